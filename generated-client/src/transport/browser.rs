//! The same through the `fetch` of JavaScript. Its futures stay in the thread that made them; each call is a task of its own,
//! which hands the answer over as it comes, and ends when nobody wants it any more.

use super::seam::{RequestBody, ResponseBody, Transport, TransportFuture};
use crate::error::{Error, ErrorKind};
use bytes::Bytes;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, TryStreamExt, stream};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use std::fmt;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use url::Url;
use wasm_bindgen_futures::spawn_local;

/// HTTP through a [`reqwest::Client`], which asks the browser.
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An own client may have secrets in its default headers.
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// Sends through this client.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    /// Connections, proxies and TLS are the browser's: nothing can be set, and nothing can fail.
    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(crate) fn standard(_: Duration, _: bool) -> Result<Self, Error> {
        Ok(Self::new(reqwest::Client::new()))
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
            let mut attempt = reqwest::Request::new(parts.method, url);
            *attempt.headers_mut() = parts.headers;
            // A page cannot name itself; that it tries would have to be allowed by the server.
            attempt.headers_mut().remove(USER_AGENT);
            // `fetch` takes whole bodies.
            let body: Result<Vec<u8>, _> = body.into_stream().map_ok(Vec::from).try_concat().await;
            let unread = |fault| Error::new(ErrorKind::Transport, "the body cannot be read").with_source(fault);
            *attempt.body_mut() = Some(body.map_err(unread)?.into());
            let (tell, answer) = oneshot::channel();
            spawn_local(exchange(self.client.clone(), attempt, tell));
            answer.await.unwrap_or_else(|_| Err(Error::new(ErrorKind::Transport, "the call was given up")))
        })
    }
}

type Answer = http::Response<ResponseBody>;

/// Sends a request and hands out the answer: first its head, then the pieces of its body.
async fn exchange(
    client: reqwest::Client,
    attempt: reqwest::Request,
    mut tell: oneshot::Sender<Result<Answer, Error>>,
) {
    let sent = match select(pin!(client.execute(attempt)), pin!(tell.closed())).await {
        Either::Left((sent, _)) => sent,
        Either::Right(_) => return,
    };
    let response = match sent {
        Ok(response) => response,
        Err(fault) => {
            let kind = if fault.is_builder() { ErrorKind::Request } else { ErrorKind::Transport };
            let _ = tell.send(Err(caused(kind, "there is no answer", fault)));
            return;
        }
    };
    let (give, pieces) = mpsc::channel(1);
    if tell.send(Ok(head(&response, pieces))).is_err() {
        return;
    }
    let mut body = pin!(response.bytes_stream());
    loop {
        let piece = match select(body.next(), pin!(give.closed())).await {
            Either::Left((Some(piece), _)) => piece,
            Either::Left((None, _)) | Either::Right(_) => return,
        };
        let piece = piece.map_err(|fault| caused(ErrorKind::Body, "the answer broke off", fault));
        if give.send(piece).await.is_err() {
            return;
        }
    }
}

fn head(response: &reqwest::Response, pieces: mpsc::Receiver<Result<Bytes, Error>>) -> Answer {
    let mut headers = response.headers().clone();
    let mut length = response.content_length();
    // The body comes decoded, and as long as it then is.
    if headers.remove(CONTENT_ENCODING).is_some() {
        headers.remove(CONTENT_LENGTH);
        length = None;
    }
    let pieces = stream::unfold(pieces, |mut pieces| async { Some((pieces.recv().await?, pieces)) });
    let mut answer = http::Response::new(ResponseBody::stream(pieces, length));
    *answer.status_mut() = response.status();
    *answer.headers_mut() = headers;
    answer
}

fn caused(kind: ErrorKind, message: &str, fault: reqwest::Error) -> Error {
    // The URL has the query, which may hold secrets.
    let fault = fault.without_url();
    let cause = std::error::Error::source(&fault).map_or_else(|| fault.to_string(), ToString::to_string);
    // The lines below the first one are where in JavaScript it happened.
    let cause = cause.lines().next().unwrap_or_default();
    Error::new(kind, format!("{message}: {cause}")).with_source(fault)
}
