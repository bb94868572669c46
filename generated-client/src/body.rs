//! The body of a request, and how often it can be sent. Touches the multipart writer.

use crate::BoxError;
use crate::multipart::{self, Part};
use crate::transport::RequestBody;
use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method};
use std::pin::Pin;

/// Bytes as they come.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// What is sent behind the headers.
pub(crate) enum Body {
    /// Nothing was given.
    None,
    Json(Bytes),
    /// Bytes of any other type, which their header tells.
    Bytes(Bytes),
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

    /// Whether it is the same each time that it is sent, and sending it again costs nothing but the way.
    pub(crate) fn is_small(&self) -> bool {
        !matches!(self, Self::Form(_))
    }

    /// Whether it can be sent (once more).
    pub(crate) fn is_there(&self) -> bool {
        match self {
            Self::None | Self::Json(_) | Self::Bytes(_) => true,
            Self::Form(parts) => parts.iter().all(Part::is_there),
        }
    }

    /// The body for one attempt, with the headers that belong to it.
    ///
    /// None the second time where a part is a stream: what has been read from it is gone.
    pub(crate) fn take(&mut self, method: &Method, headers: &mut HeaderMap) -> Option<RequestBody> {
        let json = |text: Bytes, headers: &mut HeaderMap| {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
            Some(text.into())
        };
        match self {
            Self::None if matches!(*method, Method::GET | Method::HEAD) => Some(Bytes::new().into()),
            // The API's own client sends this, and the API is known to take it.
            Self::None => json(Bytes::from_static(b"{}"), headers),
            Self::Json(text) => json(text.clone(), headers),
            Self::Bytes(bytes) => Some(bytes.clone().into()),
            Self::Form(parts) => {
                let form = multipart::write(parts)?;
                headers.insert(CONTENT_TYPE, form.content_type);
                if let Some(length) = form.length {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
                }
                Some(RequestBody::stream(form.chunks, form.length))
            }
        }
    }
}
