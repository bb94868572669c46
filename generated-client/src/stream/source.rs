//! How an event stream is opened, read and opened again. Touches `transport` for the opening.

use super::{EventMessage, Messages};
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::log;
use crate::request::Request;
use crate::sse::{Event, Reader};
use crate::transport::{self, ResponseBody};
use bytes::Bytes;
use futures_util::stream;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How much of an answer is kept that is no event stream.
const MAX_OTHER_BODY: u64 = 1 << 20;

/// A stream that has been opened.
pub(crate) struct Opened {
    pub(super) messages: Messages,
    pub(super) headers: HeaderMap,
}

/// Sends a request and returns its events as soon as the server has accepted it.
pub(crate) async fn open(mut request: Request) -> Result<Opened, Error> {
    // An event must not wait until a compressor has a block full.
    if cfg!(feature = "gzip") {
        request.headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    }
    let (headers, body) = begin(&mut request).await?;
    let context = Arc::new(request.context.clone());
    let source = Source {
        idle: request.client.shared().idle_timeout,
        body: Some(body),
        reader: Reader::default(),
        ready: VecDeque::new(),
        has_ids: false,
        attempt: 1,
        request,
    };
    let messages = Box::pin(stream::unfold(source, move |mut source| {
        let context = Arc::clone(&context);
        async move {
            let message = match source.next().await? {
                Ok(event) => Ok(EventMessage { context, event }),
                Err(fault) => Err(fault.with_context(&context)),
            };
            Some((message, source))
        }
    }));
    Ok(Opened { messages, headers })
}

/// The answer to a request for a stream; another kind of answer is an error that keeps it.
async fn begin(request: &mut Request) -> Result<(HeaderMap, ResponseBody), Error> {
    let (parts, mut body) = transport::open(request).await?.into_parts();
    if is_event_stream(&parts.headers) && parts.status != StatusCode::NO_CONTENT {
        return Ok((parts.headers, body));
    }
    let rest = async { Ok(body.collect(request.max_body.min(MAX_OTHER_BODY)).await) };
    let (body, fault) =
        transport::within(request.timeout, rest).await.unwrap_or_else(|late| (Bytes::new(), Some(late)));
    let error = Error::new(ErrorKind::Decode, "the answer is not an event stream").with_context(&request.context);
    let error = error.with_answer(parts.status, &parts.headers, body);
    Err(match fault {
        Some(fault) => error.with_source(fault),
        None => error,
    })
}

fn is_event_stream(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("text/event-stream")
}

/// An open answer, what has been read of it, and what it takes to open it again.
struct Source {
    request: Request,
    /// None once it has ended or broken for good.
    body: Option<ResponseBody>,
    reader: Reader,
    ready: VecDeque<Event>,
    idle: Option<Duration>,
    /// Whether the server has given an id, so that `Last-Event-ID` is what it says and not what the caller has.
    has_ids: bool,
    /// How often it has been opened since something came.
    attempt: u32,
}

impl Source {
    async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            let limit = self.request.max_body;
            if u64::try_from(self.reader.held()).is_ok_and(|held| held > limit) {
                self.body = None;
                self.reader = Reader::default();
                let message = format!("an event is longer than the limit of {limit} bytes");
                return Some(Err(Error::new(ErrorKind::Body, message)));
            }
            let fault = match read(self.body.as_mut()?, self.idle).await {
                Ok(Some(bytes)) => {
                    self.attempt = 1;
                    self.reader.read(&bytes, &mut self.ready);
                    continue;
                }
                Ok(None) => None,
                Err(fault) => Some(fault),
            };
            self.body = None;
            match self.reopen(fault).await {
                Ok(Some(body)) => {
                    self.body = Some(body);
                    self.reader = self.reader.again();
                }
                Ok(None) => return None,
                Err(fault) => return Some(Err(fault)),
            }
        }
    }

    /// Opens the stream again as far as the policy allows; none where it has ended.
    async fn reopen(&mut self, mut fault: Option<Error>) -> Result<Option<ResponseBody>, Error> {
        let ended = |fault: Option<Error>| fault.map_or(Ok(None), Err);
        let Some(policy) = self.request.reconnect.clone() else { return ended(fault) };
        let mut renewed = false;
        loop {
            let asked = fault.as_ref().and_then(Error::retry_after).or(self.reader.wait()).unwrap_or_default();
            if !policy.allows_after(self.attempt) || !policy.allows_wait(asked) {
                return ended(fault);
            }
            let wait = policy.delay(self.attempt).max(asked);
            self.attempt += 1;
            log::wait(&self.request.context, wait);
            clock::sleep(wait).await;
            self.say_last_id();
            match begin(&mut self.request).await {
                Ok((_, body)) => return Ok(Some(body)),
                // The standard's way to say that there is nothing more.
                Err(error) if error.status_code() == Some(StatusCode::NO_CONTENT) => return Ok(None),
                Err(error) if error.is_retryable() => fault = Some(error),
                // The token source has been asked by now; the next attempt has what it gave.
                Err(error) if error.is_unauthorized() && self.request.can_renew() && !renewed => {
                    renewed = true;
                    fault = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Puts the id of the last event into the request; an id that is gone or cannot be sent is not there.
    fn say_last_id(&mut self) {
        let id = self.reader.last_id();
        self.has_ids |= !id.is_empty();
        match HeaderValue::from_bytes(id.as_bytes()) {
            Ok(value) if !id.is_empty() => drop(self.request.headers.insert(LAST_EVENT_ID, value)),
            _ if self.has_ids => drop(self.request.headers.remove(LAST_EVENT_ID)),
            _ => {}
        }
    }
}

/// The next bytes of an answer, or an error in place of a silence that is too long.
async fn read(body: &mut ResponseBody, idle: Option<Duration>) -> Result<Option<Bytes>, Error> {
    let read = async { body.chunk().await.transpose() };
    match idle {
        None => read.await,
        Some(idle) => clock::timeout(idle, read).await.unwrap_or_else(|_| {
            Err(Error::new(ErrorKind::Timeout, format!("the event stream was silent for {idle:?}")))
        }),
    }
}
