//! The transport in use where no other is set: HTTP through reqwest. Nothing else in the crate sees reqwest's types.

use super::seam::{RequestBody, ResponseBody, Transport, TransportFuture};
use crate::error::{Error, ErrorKind};
use futures_util::TryStreamExt;
use std::fmt;
use std::time::Duration;
use url::Url;

/// HTTP/1 and HTTP/2 through a [`reqwest::Client`].
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An own client may have secrets in its default headers and in the addresses of its proxies.
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// Sends through this client. Build it with `reqwest::redirect::Policy::none()` and without a total timeout.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    /// The client where the user brings none. Redirects are followed in `transport`, which knows method and body.
    pub(crate) fn standard(connect_timeout: Duration, no_proxy: bool) -> Result<Self, Error> {
        let none = reqwest::redirect::Policy::none();
        // Retries have one place, which knows what may be repeated.
        let builder = reqwest::Client::builder().redirect(none).retry(reqwest::retry::never());
        let builder = builder.connect_timeout(connect_timeout);
        let builder = if no_proxy { builder.no_proxy() } else { builder };
        builder.build().map(Self::new).map_err(|fault| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be set up").with_source(fault.without_url())
        })
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = Url::parse(&parts.uri.to_string())
                .map_err(|fault| Error::new(ErrorKind::Request, "the address is not a URL").with_source(fault))?;
            let origin = url.origin();
            let mut attempt = reqwest::Request::new(parts.method, url);
            *attempt.headers_mut() = parts.headers;
            *attempt.body_mut() = Some(match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None => reqwest::Body::wrap_stream(body.into_stream()),
            });
            let response = self.client.execute(attempt).await.map_err(unsent)?;
            if response.url().origin() != origin {
                let message =
                    "the own HTTP client has followed a redirect to another origin; build it with Policy::none()";
                return Err(Error::new(ErrorKind::Redirect, message));
            }
            let mut answer = http::Response::builder().status(response.status()).version(response.version());
            if let Some(headers) = answer.headers_mut() {
                headers.clone_from(response.headers());
            }
            let length = response.content_length();
            answer
                .body(ResponseBody::stream(response.bytes_stream().map_err(broken), length))
                .map_err(|fault| Error::new(ErrorKind::Transport, "the answer is not HTTP").with_source(fault))
        })
    }
}

/// The error of an answer that broke off.
fn broken(fault: reqwest::Error) -> Error {
    let kind = if fault.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Body };
    caused(kind, "the answer broke off", fault)
}

/// The error of a request that got no answer.
fn unsent(fault: reqwest::Error) -> Error {
    let (kind, message) = if fault.is_connect() {
        // A limit of the connection alone: nothing has been sent, and another attempt may fare better.
        (ErrorKind::Connect, "no connection to the server")
    } else if fault.is_timeout() {
        (ErrorKind::Timeout, "no answer in time")
    } else if fault.is_redirect() {
        (ErrorKind::Redirect, "a redirect was not followed")
    } else if fault.is_builder() {
        (ErrorKind::Request, "the request cannot be sent")
    } else {
        (ErrorKind::Transport, "the connection broke before an answer came")
    };
    caused(kind, message, fault)
}

/// An error whose message ends with its deepest cause, which is the part that tells something.
fn caused(kind: ErrorKind, message: &str, fault: reqwest::Error) -> Error {
    // The URL has the query, which may hold secrets.
    let fault = fault.without_url();
    let is_late = fault.is_timeout();
    let mut deepest: &dyn std::error::Error = &fault;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let message = format!("{message}: {deepest}");
    let error = Error::new(kind, message).with_source(fault);
    if is_late { error.late() } else { error }
}
