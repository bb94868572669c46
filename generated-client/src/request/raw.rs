//! The request to an endpoint that no generated builder covers. Touches `Request` only.

use super::{QueryValue, Request, RequestOptions};
use crate::client::Client;
use crate::decode;
use crate::download::{self, Download};
use crate::error::Error;
use crate::response::{RawResponse, ResponseFuture};
use crate::stream::{EventMessage, EventStream};
use crate::upload::Upload;
use bytes::Bytes;
use http::Method;
use serde::Serialize;
use std::borrow::Cow;
use std::future::IntoFuture;

/// A request built by hand; see [`Client::request`].
///
/// A method other than `GET` and `HEAD` without a body sends `{}`, as every JSON action of the API does.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct RawRequest {
    request: Request,
}

impl RawRequest {
    pub(crate) fn new(client: &Client, method: Method, path: Cow<'static, str>, args: &[&str]) -> Self {
        Self { request: Request::to(client, method, path, args) }
    }

    /// A plain query parameter; given again it takes the place of the first.
    pub fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<QueryValue>) -> Self {
        self.request.query(name, value);
        self
    }

    /// A query parameter whose value is one JSON text.
    pub fn query_json(mut self, name: impl Into<Cow<'static, str>>, value: &(impl Serialize + ?Sized)) -> Self {
        self.request.query_json_text(name.into(), serde_json::to_string(value));
        self
    }

    /// A query parameter in the bracket form: `name[0][key]=value`. Nulls and empty lists are left out.
    pub fn query_brackets(mut self, name: impl Into<Cow<'static, str>>, value: &(impl Serialize + ?Sized)) -> Self {
        self.request.query_brackets_value(&name.into(), serde_json::to_value(value));
        self
    }

    /// The body, as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.request.json_text(serde_json::to_vec(body));
        self
    }

    /// The body, as bytes of any type.
    pub fn bytes(mut self, content_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.request.bytes(content_type, bytes.into());
        self
    }

    /// A text part of a multipart body.
    pub fn part_text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.request.part_text(name, value);
        self
    }

    /// A part of a multipart body that holds JSON text.
    pub fn part_json(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.request.part_json_text(name, serde_json::to_string(value));
        self
    }

    /// A file of a multipart body.
    pub fn part_file(mut self, name: &str, upload: impl Into<Upload>) -> Self {
        self.request.part_file(name, upload.into());
        self
    }

    /// Sends the request.
    ///
    /// # Errors
    /// When an argument cannot be sent, no complete answer comes, or its status is not a success.
    pub fn send(self) -> ResponseFuture<RawResponse> {
        self.request.send(decode::raw)
    }

    /// Sends the request and returns the body of the answer as it comes, however long it is.
    ///
    /// # Errors
    /// As [`send`](Self::send). The time limit of an attempt bounds the wait for the headers and each silence of the body, not
    /// the whole of it; the deadline bounds that.
    pub fn download(self) -> ResponseFuture<Download> {
        ResponseFuture::opening(Box::pin(download::open(self.request)))
    }

    /// Sends the request and follows the event stream that it opens.
    ///
    /// # Errors
    /// As [`send`](Self::send); also when the answer is not an event stream.
    pub fn stream(self) -> ResponseFuture<EventStream<EventMessage>> {
        self.request.stream(Ok)
    }
}

impl RequestOptions for RawRequest {
    fn request_mut(&mut self) -> &mut Request {
        &mut self.request
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<RawResponse, Error>;
    type IntoFuture = ResponseFuture<RawResponse>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
