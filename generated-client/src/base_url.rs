//! The base URL, and the addresses below it. Touches nothing but URLs.

use crate::error::{Error, ErrorKind};
use http::Uri;
use http::uri::{Parts, PathAndQuery};
use url::{Position, Url};

/// Where the API is: scheme, host, and possibly the beginning of a path.
pub(crate) struct BaseUrl {
    /// Without a trailing slash; a path of the API is appended as text.
    text: String,
    /// Where the path in it begins.
    origin: usize,
    url: Url,
    uri: Uri,
}

/// The address of a request, in both forms that are in use.
pub(crate) struct Address {
    pub(crate) url: Url,
    pub(crate) uri: Uri,
}

impl BaseUrl {
    /// Checks the URL and brings it into its normal form.
    pub(crate) fn new(text: &str) -> Result<Self, Error> {
        // The text may hold a password, so no message repeats it.
        let fault = |message: &str| Error::new(ErrorKind::Config, format!("base_url: {message}"));
        let url = Url::parse(text).map_err(|cause| fault(&format!("not a URL: {cause}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(fault("only http and https can be used"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(fault("a user or password in it would be sent in place of the token"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(fault("a query or fragment cannot be part of it"));
        }
        let uri = Uri::try_from(url.as_str()).map_err(|cause| fault(&format!("it cannot be sent: {cause}")))?;
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, origin: url[..Position::BeforePath].len(), url, uri })
    }

    /// Without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address of a path and a query, both encoded. That it means what was built is checked, not hoped.
    pub(crate) fn address(&self, path: &str, query: &str) -> Result<Address, Error> {
        let fault =
            || Error::new(ErrorKind::Request, "the path has characters or dot segments that a URL cannot carry");
        let text = [&self.text, path, query].concat();
        let below = &text[self.origin..];
        // What is known of the host is not parsed again. Behind two slashes there would be another host.
        let url = if below.starts_with("//") { Url::parse(&text) } else { self.url.join(below) };
        let url = url.ok().filter(|url| url.as_str() == text).ok_or_else(fault)?;
        let mut parts = Parts::default();
        parts.scheme = self.uri.scheme().cloned();
        parts.authority = self.uri.authority().cloned();
        parts.path_and_query = Some(PathAndQuery::try_from(below).map_err(unsent)?);
        Ok(Address { url, uri: Uri::from_parts(parts).map_err(unsent)? })
    }
}

impl Address {
    /// The address that a redirect leads to.
    pub(crate) fn of(url: Url) -> Result<Self, Error> {
        let uri = Uri::try_from(url.as_str()).map_err(unsent)?;
        Ok(Self { url, uri })
    }
}

fn unsent(fault: impl Into<crate::BoxError>) -> Error {
    Error::new(ErrorKind::Request, "the URL cannot be sent").with_source(fault)
}
