//! The one error type: what happened, to which request, and what the API said. It never prints a token, a query value or
//! a body. Touches nothing of the sending side.

mod api;
mod json_path;
mod retry_after;

pub use api::ApiError;

use crate::BoxError;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;
use std::sync::Arc;
use std::time::Duration;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client cannot be used; nothing was sent.
    Config,
    /// An argument of the request cannot be sent; nothing was sent.
    Request,
    /// No connection to the server, be it refused or not there in time.
    Connect,
    /// The time limit passed.
    Timeout,
    /// The connection broke before the answer began, or what came was not HTTP.
    Transport,
    /// A redirect that must not or cannot be followed.
    Redirect,
    /// The server answered with a status that is not a success.
    Status,
    /// The answer's body broke off, or is longer than the limit.
    Body,
    /// The answer is complete and is not what was expected.
    Decode,
    /// The [`TokenSource`](crate::TokenSource) has no token.
    Token,
}

/// The request that an error or an answer belongs to, without its values.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) method: Method,
    /// With the parameters in braces, so that no value of a user gets into a message.
    pub(crate) path: Cow<'static, str>,
}

/// Why a call failed.
///
/// `Display` tells what happened in one line, API type and message included. The causes follow through
/// [`source`](std::error::Error::source).
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    context: Option<Context>,
    answer: Option<Answer>,
    json_path: Option<String>,
    attempts: u32,
    /// Several errors may have the same cause.
    source: Option<Arc<dyn StdError + Send + Sync>>,
    /// Whether the cause is a time limit, whatever the kind.
    is_late: bool,
}

/// What is kept of the answer that an error is about.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    api: Option<ApiError>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        let (context, answer, json_path, source) = (None, None, None, None);
        let inner = Inner { kind, message, context, answer, json_path, attempts: 0, source, is_late: false };
        Self(Box::new(inner))
    }

    /// The same fault once more.
    pub(crate) fn again(&self) -> Self {
        let mut again = Self::new(self.0.kind, self.0.message.clone());
        again.0.source.clone_from(&self.0.source);
        again
    }

    /// The error of a [`Transport`](crate::Transport): `kind` tells whether there was no connection
    /// ([`ErrorKind::Connect`]), no answer ([`ErrorKind::Transport`]), half an answer ([`ErrorKind::Body`]) or too long a
    /// wait ([`ErrorKind::Timeout`]). The message ends with the words of the cause: nothing secret should be in them.
    pub fn transport(kind: ErrorKind, source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self::new(kind, format!("the transport failed: {source}")).with_source(source)
    }

    /// The error of an answer whose status is not a success; `redact` takes secrets out of the server's words.
    pub(crate) fn status(status: StatusCode, headers: HeaderMap, body: Bytes, redact: impl Fn(&str) -> String) -> Self {
        let api = ApiError::read(&body, redact);
        let said = api.as_ref().map(ToString::to_string).filter(|text| !text.is_empty());
        let message = match said {
            Some(said) => format!("{status}: {}", one_line(&said)),
            None => status.to_string(),
        };
        let mut error = Self::new(ErrorKind::Status, message);
        error.0.answer = Some(Answer { status, headers, body, api });
        error
    }

    /// The error of a JSON text that does not fit; its words are chosen so that they hold no value of the text.
    pub(crate) fn decode(text: &[u8], fault: &serde_json::Error) -> Self {
        Self::undecodable(json_path::of(text, fault), &json_path::describe(fault))
    }

    /// The error of a body that is no text.
    pub(crate) fn not_utf8(body: &[u8], fault: Utf8Error) -> Self {
        let before = &body[..fault.valid_up_to()];
        Self::undecodable(json_path::open_after(before), &fault.to_string())
    }

    fn undecodable(path: String, fault: &str) -> Self {
        let message = format!("the answer does not decode at {path}: {fault}");
        let mut error = Self::new(ErrorKind::Decode, message);
        error.0.json_path = Some(path);
        error
    }

    /// The error of an argument that does not fit its type; like [`decode`](Self::decode) it holds no value of the text.
    #[cfg(feature = "dynamic")]
    pub(crate) fn argument(name: &str, text: &[u8], fault: &serde_json::Error) -> Self {
        let path = json_path::of(text, fault);
        let place = if path == "." { String::new() } else { format!(" at {path}") };
        let said = json_path::describe(fault);
        // The place in a text that the caller has never seen says nothing.
        let said = said.split(" (line ").next().unwrap_or_default();
        let message = format!("the argument `{name}` does not fit its type{place}: {said}");
        Self::new(ErrorKind::Request, message)
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }

    pub(crate) fn with_shared_source(mut self, source: Arc<dyn StdError + Send + Sync>) -> Self {
        self.0.source = Some(source);
        self
    }

    /// Says that a time limit is the cause.
    pub(crate) fn late(mut self) -> Self {
        self.0.is_late = true;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_context(mut self, context: &Context) -> Self {
        self.0.context.get_or_insert_with(|| context.clone());
        self
    }

    pub(crate) fn with_answer(mut self, status: StatusCode, headers: &HeaderMap, body: Bytes) -> Self {
        self.0.answer = Some(Answer { status, headers: headers.clone(), body, api: None });
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The method of the request, where there was one.
    pub fn method(&self) -> Option<&Method> {
        self.0.context.as_ref().map(|context| &context.method)
    }

    /// The path of the request with its parameters in braces, such as `/applications/{applicationId}`.
    pub fn path(&self) -> Option<&str> {
        self.0.context.as_ref().map(|context| &*context.path)
    }

    /// The status of the answer, where one came.
    pub fn status_code(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers of the answer, where one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// How often the request was sent before the call was given up; 0 where nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The body of the answer as it came, where one came.
    ///
    /// It is what was there when the answer broke off or went over the limit, which is
    /// [`ClientBuilder::max_body`](crate::ClientBuilder::max_body) for a success and a MiB at most for a refusal.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// What the API said in its own error format.
    pub fn api_error(&self) -> Option<&ApiError> {
        self.0.answer.as_ref()?.api.as_ref()
    }

    /// The API's type of the error, such as `NotFound` or `Validation`.
    pub fn api_type(&self) -> Option<&str> {
        self.api_error()?.error_type.as_deref()
    }

    /// The API's message.
    pub fn api_message(&self) -> Option<&str> {
        self.api_error()?.message.as_deref()
    }

    /// Where in a JSON answer decoding failed, such as `items[3].name`; `.` is the whole.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Whether the API answered 404.
    pub fn is_not_found(&self) -> bool {
        self.status_code() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the API answered 401: the token is missing, unknown or has expired.
    pub fn is_unauthorized(&self) -> bool {
        self.status_code() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the API answered 403: the token does not allow this.
    pub fn is_forbidden(&self) -> bool {
        self.status_code() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether the API answered 429.
    pub fn is_rate_limited(&self) -> bool {
        self.status_code() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether a time limit passed, while connecting, waiting or reading.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout || self.0.is_late
    }

    /// Whether the fault may be gone at the next attempt.
    ///
    /// It says nothing about whether the request may be repeated: a `POST` may have had its effect although its answer was
    /// lost.
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Status => {
                self.status_code().is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504))
            }
            // A body that broke off has its cause as source; one beyond the limit has none and will not get shorter.
            ErrorKind::Body => self.0.source.is_some(),
            ErrorKind::Config | ErrorKind::Request | ErrorKind::Redirect | ErrorKind::Decode | ErrorKind::Token => {
                false
            }
        }
    }

    /// How long the server asks to wait (`Retry-After`, in seconds or as a date, counted from now).
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::read(self.headers()?)
    }
}

/// Words of a server as they may stand in a message: one line of bounded length.
fn one_line(said: &str) -> String {
    const MOST: usize = 1000;
    let mut line: String = said.chars().map(|char| if char.is_control() { ' ' } else { char }).take(MOST).collect();
    if said.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = &self.0.context {
            write!(f, "{} {}: ", context.method, context.path)?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &format_args!("{self}"))
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
