//! The API's own error format: `{"type", "message"}` and whatever else a resource adds. Touches nothing.

use serde_json::{Map, Value};
use std::fmt;

/// What the API says when it refuses a request.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// The type of the error, such as `NotFound`.
    pub error_type: Option<String>,
    /// The message for people.
    pub message: Option<String>,
    /// All other fields.
    pub extra: Map<String, Value>,
}

impl ApiError {
    /// Reads an error body; none where it is not a JSON object. `redact` takes secrets out of the words, which are printed.
    pub(crate) fn read(body: &[u8], redact: impl Fn(&str) -> String) -> Option<Self> {
        let mut extra: Map<String, Value> =
            serde_json::from_str(str::from_utf8(crate::decode::without_bom(body)).ok()?).ok()?;
        let mut text = |name: &str| match extra.remove(name) {
            Some(Value::String(text)) => Some(redact(&text)),
            Some(other) => {
                // Not the documented type: kept where nothing gets lost.
                extra.insert(name.to_owned(), other);
                None
            }
            None => None,
        };
        let (error_type, message) = (text("type"), text("message"));
        Some(Self { error_type, message, extra })
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.error_type, &self.message) {
            (Some(error_type), Some(message)) => write!(f, "{error_type}: {message}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The further fields may repeat what was sent: their names only.
        f.debug_struct("ApiError")
            .field("error_type", &self.error_type)
            .field("message", &self.message)
            .field("extra", &self.extra.keys().collect::<Vec<_>>())
            .finish()
    }
}
