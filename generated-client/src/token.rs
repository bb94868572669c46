//! The access token: kept where neither `Debug` nor an error can print it. Touches no other module but `error`.

use crate::error::{Error, ErrorKind};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::sync::Arc;

/// What is printed in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// An access token that is known to fit into a header.
#[derive(Clone)]
pub(crate) struct Token(Arc<SecretString>);

impl Token {
    /// Checks a token; the error names the fault and not the token.
    pub(crate) fn new(token: String) -> Result<Self, Error> {
        let token = SecretString::from(token);
        let text = token.expose_secret();
        if text.is_empty() {
            return Err(Error::new(ErrorKind::Config, "the token is empty"));
        }
        if let Some(at) = text.bytes().position(|byte| !byte.is_ascii_graphic()) {
            let message = format!(
                "the token has a character that no token may have (blank, line break, control or not ASCII) at byte {at}"
            );
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self(Arc::new(token)))
    }

    /// The value of the `Authorization` header, marked so that HTTP libraries do not print or index it.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let mut value = HeaderValue::try_from(format!("Bearer {}", self.0.expose_secret()))
            .map_err(|_| Error::new(ErrorKind::Config, "the token cannot stand in a header"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Whether both are the same token, not only the same text.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A server's words without the token, should it have repeated it.
    pub(crate) fn redact(&self, text: &str) -> String {
        text.replace(self.0.expose_secret(), REDACTED)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}
