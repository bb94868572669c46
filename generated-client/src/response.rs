//! The answer in full, and the future that a call is. Nothing here is generic but the last step.

use crate::decode::without_bom;
use crate::error::{Context, Error, ErrorKind};
use crate::types::{Place, Reader};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Poll, ready};

/// A successful answer: status, headers and the whole body.
#[derive(Clone)]
pub struct RawResponse {
    pub(crate) context: Context,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawResponse {
    /// The status, always a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body decoded from JSON.
    ///
    /// # Errors
    /// When the body is not JSON or does not fit the type; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.json_borrowed()
    }

    /// As [`json`](Self::json), for a type that borrows from the body.
    pub(crate) fn json_borrowed<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Error> {
        self.read(PhantomData)
    }

    /// Reads the body into a place.
    #[allow(dead_code, reason = "not every API answers with JSON")]
    pub(crate) fn fill(&self, place: Place<'_>) -> Result<(), Error> {
        self.read(Reader::strict(place)).map(drop)
    }

    /// Reads the body.
    pub(crate) fn read<'a, S: DeserializeSeed<'a>>(&'a self, seed: S) -> Result<S::Value, Error> {
        let body = without_bom(&self.body);
        // The body is looked through once: serde_json does it for every text in a slice of bytes, which takes a fifth
        // of the time.
        match str::from_utf8(body) {
            Ok(text) => read_text(text, seed).map_err(|fault| self.undecodable(&fault)),
            Err(fault) => Err(self.with_answer(Error::not_utf8(body, fault))),
        }
    }

    pub(crate) fn undecodable(&self, fault: &serde_json::Error) -> Error {
        self.with_answer(Error::decode(without_bom(&self.body), fault))
    }

    fn with_answer(&self, error: Error) -> Error {
        error.with_context(&self.context).with_answer(self.status, &self.headers, self.body.clone())
    }
}

/// Reads a text of JSON to its end.
pub(crate) fn read_text<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> serde_json::Result<S::Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The answer to an authentication is a token: neither body nor header values are printed.
        f.debug_struct("RawResponse")
            .field("request", &format_args!("{} {}", self.context.method, self.context.path))
            .field("status", &self.status)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A value and the answer that it was decoded from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Full<T> {
    /// The value.
    pub value: T,
    /// Status, headers and body.
    pub raw: RawResponse,
}

/// A call on its way; dropping it gives the call up.
#[must_use = "a call does nothing until it is awaited"]
pub struct ResponseFuture<T>(Step<T>);

enum Step<T> {
    /// The answer is read in full by code that knows no `T`, then decoded.
    Whole { answer: BoxFuture<RawResponse>, decode: fn(RawResponse) -> Result<T, Error> },
    /// The value is there as soon as the answer begins.
    Opening(BoxFuture<T>),
}

impl<T> ResponseFuture<T> {
    pub(crate) fn whole(answer: BoxFuture<RawResponse>, decode: fn(RawResponse) -> Result<T, Error>) -> Self {
        Self(Step::Whole { answer, decode })
    }

    pub(crate) fn opening(value: BoxFuture<T>) -> Self {
        Self(Step::Opening(value))
    }

    /// Keeps the answer beside the value, for its status and headers.
    ///
    /// ```no_run
    /// # #[cfg(feature = "me")]
    /// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
    /// let answer = client.me().get().send().full().await?;
    /// println!("{:?} left, {:?}", answer.raw.headers().get("x-ratelimit-remaining"), answer.value.first_name);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As the call itself; and of kind [`ErrorKind::Request`] where it opens a stream, which has no answer in full.
    pub fn full(self) -> FullFuture<T> {
        FullFuture(self.0)
    }
}

/// A call on its way whose answer is kept beside its value; see [`ResponseFuture::full`].
#[must_use = "a call does nothing until it is awaited"]
pub struct FullFuture<T>(Step<T>);

impl<T> Future for FullFuture<T> {
    type Output = Result<Full<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Step::Whole { answer, decode } => {
                let answer = ready!(answer.as_mut().poll(context));
                let full = |raw: RawResponse| decode(raw.clone()).map(|value| Full { value, raw });
                Poll::Ready(answer.and_then(full))
            }
            Step::Opening(_) => {
                Poll::Ready(Err(Error::new(ErrorKind::Request, "a call that opens a stream has no answer in full")))
            }
        }
    }
}

impl<T> fmt::Debug for FullFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FullFuture").finish_non_exhaustive()
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Step::Whole { answer, decode } => {
                let answer = ready!(answer.as_mut().poll(context));
                Poll::Ready(answer.and_then(*decode))
            }
            Step::Opening(value) => value.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
