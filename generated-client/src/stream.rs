//! Event streams: opening one, its events, and the typed stream around them. Touches `transport` for the opening.

use crate::client::Shared;
use crate::error::{Context, Error, ErrorKind};
use crate::request::Request;
use crate::sse::{Event, Reader};
use crate::transport;
use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, stream};
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// One event as the server sent it.
#[derive(Clone)]
pub struct EventMessage {
    context: Arc<Context>,
    event: Event,
}

impl EventMessage {
    /// The event's name; `message` where the server gave none.
    pub fn name(&self) -> &str {
        &self.event.name
    }

    /// The event's data, its lines joined.
    pub fn data(&self) -> &str {
        &self.event.data
    }

    /// The latest id that the server gave on this stream; empty where it gave none.
    pub fn id(&self) -> &str {
        &self.event.id
    }

    /// How long the server asks to wait before a reconnect.
    pub fn retry(&self) -> Option<Duration> {
        self.event.retry
    }

    /// The data decoded from JSON.
    ///
    /// # Errors
    /// When the data is not JSON or does not fit the type; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(self.data()).map_err(|fault| self.undecodable(&fault))
    }

    fn undecodable(&self, fault: &serde_json::Error) -> Error {
        Error::decode(self.data().as_bytes(), fault).with_context(&self.context)
    }
}

impl fmt::Debug for EventMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventMessage")
            .field("name", &self.name())
            .field("id", &self.id())
            .field("data_length", &self.data().len())
            .finish_non_exhaustive()
    }
}

pub(crate) type Messages = Pin<Box<dyn Stream<Item = Result<EventMessage, Error>> + Send>>;

/// The events of an open stream, from the first that the server sent behind its headers.
///
/// It ends when the server ends it. After a fault of the connection it ends too; an event that does not decode is an error
/// in its place, and the events behind it follow. Dropping it closes the connection.
///
/// It is a [`Stream`], and [`next`](Self::next) does without that trait:
///
/// ```no_run
/// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
/// # let (app, device) = ("", "");
/// let request = client.request(http::Method::GET, "/applications/{app}/devices/{device}/stateStream", &[app, device]);
/// let mut events = request.stream().await?;
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct EventStream<E> {
    messages: Messages,
    decode: fn(EventMessage) -> Result<E, Error>,
}

impl<E> EventStream<E> {
    pub(crate) fn new(messages: Messages, decode: fn(EventMessage) -> Result<E, Error>) -> Self {
        Self { messages, decode }
    }

    /// The next event, or none when the stream has ended. Giving up the wait loses no event.
    pub async fn next(&mut self) -> Option<Result<E, Error>> {
        StreamExt::next(self).await
    }
}

impl<E> Stream for EventStream<E> {
    type Item = Result<E, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Option<Self::Item>> {
        let decode = self.decode;
        self.messages.as_mut().poll_next(context).map(|next| next.map(|message| message.and_then(decode)))
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// Sends a request and returns its events as soon as the server has accepted it.
pub(crate) async fn open(mut request: Request) -> Result<Messages, Error> {
    let context = request.context.clone();
    let limit = request.timeout;
    let opening = async {
        let response = transport::open(&mut request).await?;
        if response.status().is_success() && is_event_stream(&response) {
            return Ok(response);
        }
        let answer = transport::read(response, &request).await?;
        let message = "the answer is not an event stream";
        Err(Error::new(ErrorKind::Decode, message).with_answer(answer.status, &answer.headers, answer.body))
    };
    let response = transport::within(limit, opening).await;
    let response = response.map_err(|error| error.with_context(&context))?;
    Ok(messages(response, request.client.shared(), context))
}

fn is_event_stream(response: &reqwest::Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("text/event-stream")
}

/// The events of an answer; the first fault of the connection is the last item.
fn messages(response: reqwest::Response, shared: &Shared, context: Context) -> Messages {
    let source = Source {
        response: Some(response),
        reader: Reader::default(),
        ready: VecDeque::new(),
        idle: shared.idle_timeout,
        max_event: shared.max_body,
    };
    let context = Arc::new(context);
    Box::pin(stream::unfold(source, move |mut source| {
        let context = Arc::clone(&context);
        async move {
            let next = source.next().await?;
            let message = match next {
                Ok(event) => Ok(EventMessage { context, event }),
                Err(fault) => Err(fault.with_context(&context)),
            };
            Some((message, source))
        }
    }))
}

/// An open answer and what has been read of it.
struct Source {
    /// None once it has ended or broken.
    response: Option<reqwest::Response>,
    reader: Reader,
    ready: VecDeque<Event>,
    idle: Option<Duration>,
    max_event: u64,
}

impl Source {
    async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            if u64::try_from(self.reader.held()).is_ok_and(|held| held > self.max_event) {
                self.response = None;
                self.reader = Reader::default();
                let message = format!("an event is longer than the limit of {} bytes", self.max_event);
                return Some(Err(Error::new(ErrorKind::Body, message)));
            }
            match read(self.response.as_mut()?, self.idle).await {
                Ok(Some(bytes)) => self.reader.read(&bytes, &mut self.ready),
                Ok(None) => self.response = None,
                Err(fault) => {
                    self.response = None;
                    return Some(Err(fault));
                }
            }
        }
    }
}

/// The next bytes of an answer, or an error in place of a silence that is too long.
async fn read(response: &mut reqwest::Response, idle: Option<Duration>) -> Result<Option<Bytes>, Error> {
    let read = async { response.chunk().await.map_err(transport::broken) };
    match idle {
        None => read.await,
        Some(idle) => tokio::time::timeout(idle, read).await.unwrap_or_else(|_| {
            Err(Error::new(ErrorKind::Timeout, format!("the event stream was silent for {idle:?}")))
        }),
    }
}
