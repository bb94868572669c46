//! The seam between this crate and what moves bytes: one request out, one answer in. Touches neither.

use crate::body::Chunks;
use crate::error::{Error, ErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, stream};
use http::Uri;
use http::uri::{Authority, PathAndQuery};
use std::borrow::Cow;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use url::Url;

/// What a [`Transport`] does with a request, some time.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<http::Response<ResponseBody>, Error>> + Send + 'a>>;

/// Sends one request and brings the answer to it.
///
/// It follows no redirect, repeats nothing and knows no time limit: all of that is done around it, so that it holds for every
/// transport. [`HttpTransport`](crate::HttpTransport) is the one in use where no other is set; one of your own can stand
/// in its place in tests, or around it as a hook that sees every attempt
/// ([`ClientBuilder::transport`](crate::ClientBuilder::transport) and
/// [`ClientBuilder::wrap_transport`](crate::ClientBuilder::wrap_transport)). A request carries a [`CallInfo`] in its extensions.
///
/// ```
/// use losant_client::{Client, ResponseBody, Transport, TransportFuture};
///
/// /// Says the same to everybody.
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(&self, request: http::Request<losant_client::RequestBody>) -> TransportFuture<'_> {
///         assert_eq!(request.uri().path(), "/me");
///         Box::pin(async { Ok(http::Response::new(ResponseBody::from(self.0))) })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), losant_client::Error> {
/// let client = Client::builder().token("T").transport(Canned(r#"{"firstName": "Ann"}"#)).build()?;
/// assert_eq!(client.me().get().await?.first_name.as_deref(), Some("Ann"));
/// # Ok(())
/// # }
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request; the future is done when the headers of the answer are there.
    ///
    /// # Errors
    /// Made with [`Error::transport`]; its kind decides what is done about it.
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// Which call a request belongs to: an extension of the requests that a [`Transport`] gets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// The path with its parameters in braces, such as `/applications/{applicationId}`.
    pub path: Cow<'static, str>,
    /// How many times the call has been sent, this time included.
    pub attempt: u32,
}

/// The address of a request as it was parsed, for the transport that needs it so.
#[derive(Clone)]
pub(super) struct Target(pub(super) Url);

impl Target {
    /// Whether an address is still the same.
    pub(super) fn is(&self, uri: &Uri) -> bool {
        let parts = [
            uri.scheme_str().unwrap_or_default(),
            "://",
            uri.authority().map_or("", Authority::as_str),
            uri.path_and_query().map_or("", PathAndQuery::as_str),
        ];
        parts.iter().try_fold(self.0.as_str(), |rest, part| rest.strip_prefix(part)).is_some_and(str::is_empty)
    }
}

/// The body of a request on its way: bytes, or a stream of them.
pub struct RequestBody(Outgoing);

enum Outgoing {
    Bytes(Bytes),
    Stream { chunks: Chunks, length: Option<u64> },
}

impl RequestBody {
    pub(crate) fn stream(chunks: Chunks, length: Option<u64>) -> Self {
        Self(Outgoing::Stream { chunks, length })
    }

    /// The body where it is in memory, as that of every request without an upload is.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Outgoing::Bytes(bytes) => Some(bytes),
            Outgoing::Stream { .. } => None,
        }
    }

    /// Its length, where it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Outgoing::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Outgoing::Stream { length, .. } => *length,
        }
    }

    /// The body as it comes, whatever it is.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, crate::BoxError>> + Send {
        match self.0 {
            Outgoing::Bytes(bytes) => stream::iter([Ok(bytes)]).left_stream(),
            Outgoing::Stream { chunks, .. } => chunks.right_stream(),
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Outgoing::Bytes(bytes))
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// The body of an answer as it comes.
pub struct ResponseBody {
    chunks: Incoming,
    length: Option<u64>,
}

enum Incoming {
    /// All of it, until it is handed out.
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>),
}

impl ResponseBody {
    /// A body that comes in pieces; `length` is what the sender has said of it.
    pub fn stream(chunks: impl Stream<Item = Result<Bytes, Error>> + Send + 'static, length: Option<u64>) -> Self {
        Self { chunks: Incoming::Stream(Box::pin(chunks)), length }
    }

    /// The next piece.
    pub(crate) async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// The next piece, if it is there.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        match &mut self.chunks {
            Incoming::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Incoming::Stream(chunks) => chunks.as_mut().poll_next(context),
        }
    }

    /// The body where it is there in full; else nothing.
    pub(crate) fn whole(self) -> Bytes {
        match self.chunks {
            Incoming::Whole(bytes) => bytes.unwrap_or_default(),
            Incoming::Stream(_) => Bytes::new(),
        }
    }

    /// Its length, where the sender has said it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Reads the body as far as it comes and fits.
    pub(crate) async fn collect(&mut self, limit: u64) -> (Bytes, Option<Error>) {
        // What a server states is no reason to reserve it all.
        let stated = self.length.unwrap_or(0).min(limit).min(1 << 20);
        let mut body = Collected { stated: usize::try_from(stated).unwrap_or(0), ..Collected::default() };
        while let Some(next) = self.chunk().await {
            let mut chunk = match next {
                Ok(chunk) => chunk,
                Err(fault) => return (body.into_bytes(), Some(fault)),
            };
            let room = usize::try_from(limit).unwrap_or(usize::MAX) - body.len();
            if chunk.len() > room {
                chunk.truncate(room);
                body.push(chunk);
                let message = format!("the answer is longer than the limit of {limit} bytes");
                return (body.into_bytes(), Some(Error::new(ErrorKind::Body, message)));
            }
            body.push(chunk);
        }
        (body.into_bytes(), None)
    }
}

/// Pieces of a body in one. Most bodies are one piece, which is kept as it is.
#[derive(Default)]
struct Collected {
    stated: usize,
    first: Bytes,
    /// The first one and the others, once there are any.
    all: Vec<u8>,
}

impl Collected {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, chunk: Bytes) {
        if self.first.is_empty() {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.reserve(self.stated.max(self.first.len() + chunk.len()));
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.into() }
    }
}

impl<B: Into<Bytes>> From<B> for ResponseBody {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        let length = u64::try_from(bytes.len()).ok();
        Self { chunks: Incoming::Whole(Some(bytes)), length }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").field("length", &self.length).finish_non_exhaustive()
    }
}
