//! The body of a request, and how often it can be sent. Touches the multipart writer and reqwest's body.

use crate::multipart::{self, Part};
use bytes::Bytes;
use http::HeaderMap;
use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};

/// What is sent behind the headers.
pub(crate) enum Body {
    /// Nothing was given.
    None,
    Json(Bytes),
    Form(Vec<Part>),
}

impl Body {
    /// Adds a part to the form; what was no form is one from now on.
    pub(crate) fn add(&mut self, part: impl IntoIterator<Item = Part>) {
        if let Self::Form(parts) = self {
            parts.extend(part);
        } else {
            *self = Self::Form(part.into_iter().collect());
        }
    }

    /// The body for one attempt, with the headers that belong to it.
    ///
    /// None the second time where a part is a stream: what has been read from it is gone.
    pub(crate) fn take(&mut self, method: &Method, headers: &mut HeaderMap) -> Option<reqwest::Body> {
        let json = |text: Bytes, headers: &mut HeaderMap| {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
            Some(text.into())
        };
        match self {
            Self::None if matches!(*method, Method::GET | Method::HEAD) => Some(reqwest::Body::default()),
            // The API's own client sends this, and the API is known to take it.
            Self::None => json(Bytes::from_static(b"{}"), headers),
            Self::Json(text) => json(text.clone(), headers),
            Self::Form(parts) => {
                let form = multipart::write(parts)?;
                headers.insert(CONTENT_TYPE, form.content_type);
                if let Some(length) = form.length {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
                }
                Some(form.body)
            }
        }
    }
}
