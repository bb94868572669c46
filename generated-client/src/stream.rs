//! Event streams: their events, and the typed stream around them. How they are opened and kept open is in `source`.

mod source;

pub(crate) use source::open;

use crate::error::{Context, Error};
use crate::response::read_text;
use crate::sse::Event;
use crate::types::{Json, Place, Reader};
use futures_core::Stream;
use futures_util::StreamExt;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use source::Opened;
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

    /// As [`json`](Self::json), for the types of this crate.
    #[allow(dead_code, reason = "not every API has events with data")]
    pub(crate) fn read<T: Json>(&self) -> Result<T, Error> {
        let mut value = T::blank();
        self.fill(value.place())?;
        Ok(value)
    }

    #[allow(dead_code, reason = "not every API has events with data")]
    fn fill(&self, place: Place<'_>) -> Result<(), Error> {
        read_text(self.data(), Reader::strict(place)).map(drop).map_err(|fault| self.undecodable(&fault))
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
/// With [`RequestOptions::reconnect`](crate::RequestOptions::reconnect) it does not end so soon: it is opened again, with
/// `Last-Event-ID` where the server gave ids, and goes on. The waits are those of the [`RetryPolicy`](crate::RetryPolicy), or
/// that of the server's `retry` where it is longer; as soon as something comes, they begin anew. It ends when the server
/// answers 204, and with an error when the server refuses it or the attempts in a row are used up. What was sent while
/// nobody was connected is lost if the server does not send it again.
///
/// It is a [`Stream`], and [`next`](Self::next) does without that trait:
///
/// ```no_run
/// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
/// # let (app, device) = ("", "");
/// use losant_client::{RequestOptions, RetryPolicy};
///
/// let request = client.request(http::Method::GET, "/applications/{app}/devices/{device}/stateStream", &[app, device]);
/// let mut events = request.reconnect(RetryPolicy::default()).stream().await?;
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct EventStream<E> {
    messages: Messages,
    headers: HeaderMap,
    decode: fn(EventMessage) -> Result<E, Error>,
}

impl<E> EventStream<E> {
    pub(crate) fn new(opened: Opened, decode: fn(EventMessage) -> Result<E, Error>) -> Self {
        Self { messages: opened.messages, headers: opened.headers, decode }
    }

    /// The headers of the answer that opened it first.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
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
