//! Answers of the mock server: as documented, as the API fails, as networks fail, or as a test has them.

use super::document::{Document, Operation, list, members};
use super::example;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;

/// An answer of the mock server.
///
/// It begins with what is answered ([`documented`](Self::documented), [`json`](Self::json), [`fail`](Self::fail) and so on)
/// and goes on with how.
#[derive(Clone, Debug)]
#[must_use = "an answer is not given until the server is told to"]
pub struct Answer {
    status: Option<StatusCode>,
    headers: HeaderMap,
    content: Content,
    delay: Duration,
    ending: Ending,
}

#[derive(Clone, Debug)]
enum Content {
    /// The documented example.
    Documented,
    /// An error as the API words them.
    Error { kind: String, message: String },
    /// A body and its type.
    Bytes(HeaderValue, Bytes),
    /// Server-sent events.
    Events(String),
}

/// How an answer ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ending {
    /// With its last byte.
    Whole,
    /// After so many bytes of the body the connection is closed.
    Cut(usize),
    /// After so many bytes of the body nothing comes any more.
    Stalled(usize),
    /// Instead of an answer the connection is reset.
    Reset,
    /// Instead of an answer these bytes are sent, and the connection is closed.
    Wire(Bytes),
}

/// An answer with everything decided.
pub(super) struct Outgoing {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Whether nobody knows how long the body will be.
    pub(super) is_stream: bool,
    pub(super) delay: Duration,
    pub(super) ending: Ending,
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl Answer {
    fn new(status: Option<StatusCode>, content: Content) -> Self {
        Self { status, headers: HeaderMap::new(), content, delay: Duration::ZERO, ending: Ending::Whole }
    }

    /// The documented example. An event stream has one event of each documented kind, and ends.
    pub fn documented() -> Self {
        Self::new(None, Content::Documented)
    }

    /// A value, as JSON.
    ///
    /// # Panics
    /// When the value cannot be JSON, such as a map whose keys are no texts.
    #[track_caller]
    pub fn json(value: impl Serialize) -> Self {
        match serde_json::to_vec(&value) {
            Ok(text) => Self::new(None, Content::Bytes(JSON, text.into())),
            Err(fault) => panic!("the answer cannot be JSON: {fault}"),
        }
    }

    /// Bytes of any type, such as those of a download.
    ///
    /// # Panics
    /// When the type cannot stand in a header.
    #[track_caller]
    pub fn bytes(content_type: &str, bytes: impl Into<Bytes>) -> Self {
        Self::new(None, Content::Bytes(header_value(content_type), bytes.into()))
    }

    /// A stream of these events, each a name and its data, which then ends; [`stall`](Self::stall) keeps it open.
    pub fn events<'a>(events: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        let text = events.into_iter().map(|(name, data)| event(name, &data)).collect();
        Self::new(None, Content::Events(text))
    }

    /// An error with this status, as the API words them. Its type is `Validation` for 400, else the status in one word, such
    /// as `NotFound`.
    ///
    /// # Panics
    /// When there is no such status.
    #[track_caller]
    pub fn fail(status: u16) -> Self {
        let status = status_code(status);
        Self::error(status.as_u16(), kind(status), "The mock server was told to fail.")
    }

    /// An error with this status, type and message.
    ///
    /// # Panics
    /// When there is no such status.
    #[track_caller]
    pub fn error(status: u16, kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Some(status_code(status)), Content::Error { kind: kind.into(), message: message.into() })
    }

    /// In place of an answer the connection is reset.
    pub fn reset() -> Self {
        Self { ending: Ending::Reset, ..Self::documented() }
    }

    /// In place of an answer these bytes are sent as they are, and the connection is closed.
    pub fn wire(bytes: impl Into<Bytes>) -> Self {
        Self { ending: Ending::Wire(bytes.into()), ..Self::documented() }
    }

    /// With this status; a documented answer becomes the one that is documented for it.
    ///
    /// # Panics
    /// When there is no such status.
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status_code(status));
        self
    }

    /// With this header.
    ///
    /// # Panics
    /// When name or value cannot be those of a header.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let Ok(name) = HeaderName::try_from(name) else { panic!("{name:?} is no name of a header") };
        self.headers.append(name, header_value(value));
        self
    }

    /// With a `Retry-After` of so many seconds.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.headers.insert(RETRY_AFTER, seconds.into());
        self
    }

    /// Not before so much time has passed.
    pub fn delay(mut self, time: Duration) -> Self {
        self.delay = time;
        self
    }

    /// The connection is closed after so many bytes of the body, although more were announced.
    pub fn truncate(mut self, bytes: usize) -> Self {
        self.ending = Ending::Cut(bytes);
        self
    }

    /// Nothing more comes after so many bytes of the body, and the connection stays open. With `usize::MAX`, all events of a
    /// stream come and the stream does not end.
    pub fn stall(mut self, bytes: usize) -> Self {
        self.ending = Ending::Stalled(bytes);
        self
    }

    /// Decides everything that is left open, by what is documented of the action.
    pub(super) fn decide(self, document: &Document, operation: Option<&Operation<'_>>) -> Outgoing {
        let answers = || operation.into_iter().flat_map(Operation::answers);
        let success = || answers().map(|(code, _)| code).filter(|code| (200..300).contains(code)).min();
        let status = self.status.or_else(|| StatusCode::from_u16(success()?).ok()).unwrap_or(StatusCode::OK);
        let answer = answers().find(|(code, _)| *code == status.as_u16()).map(|(_, answer)| document.resolved(answer));
        let content = match self.content {
            Content::Documented if answer.is_none() && !status.is_success() => {
                Content::Error { kind: kind(status), message: reason(status).to_owned() }
            }
            Content::Documented => documented(document, answer.unwrap_or(&Value::Null)),
            other => other,
        };
        let is_stream = matches!(content, Content::Events(_));
        let (kind, body) = match content {
            Content::Documented => (None, Bytes::new()),
            Content::Bytes(kind, bytes) => (Some(kind), bytes),
            Content::Events(text) => (Some(HeaderValue::from_static("text/event-stream")), text.into()),
            Content::Error { kind, message } => {
                // Of the documented form, where one is documented.
                let form = answer.and_then(|answer| answer["content"].get("application/json"));
                let mut body = form.map_or_else(|| json!({}), |form| example::of_content(document, form));
                if !body.is_object() {
                    body = json!({});
                }
                body["type"] = Value::from(kind);
                body["message"] = Value::from(message);
                (Some(JSON), body.to_string().into())
            }
        };
        let mut headers = self.headers;
        if let Some(kind) = kind {
            headers.entry(CONTENT_TYPE).or_insert(kind);
        }
        Outgoing { status, headers, body, is_stream, delay: self.delay, ending: self.ending }
    }
}

/// What is documented for a status; `Documented` where that is an empty body.
fn documented(document: &Document, answer: &Value) -> Content {
    let content = &answer["content"];
    if let Some(stream) = content.get("text/event-stream") {
        return Content::Events(events(document, &stream["schema"]));
    }
    let Some((kind, content)) = members(content).next() else { return Content::Documented };
    let example = example::of_content(document, content);
    match (HeaderValue::try_from(kind), example) {
        (Ok(kind), Value::String(text)) if kind != JSON => Content::Bytes(kind, text.into()),
        (kind, example) => Content::Bytes(kind.unwrap_or(JSON), example.to_string().into()),
    }
}

/// One event of each documented kind.
fn events(document: &Document, schema: &Value) -> String {
    let kinds = schema.get("oneOf").map_or(std::slice::from_ref(schema), list);
    let text = |kind: &Value| {
        let [name, data] = ["event", "data"].map(|field| &kind["properties"][field]);
        let name = name["const"].as_str().unwrap_or("message");
        let data = data.get("contentSchema").map_or_else(|| json!("data"), |schema| example::of(document, schema));
        event(name, &data)
    };
    kinds.iter().map(text).collect()
}

fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

/// The type of an error.
pub(super) fn kind(status: StatusCode) -> String {
    if status == StatusCode::BAD_REQUEST {
        return "Validation".to_owned();
    }
    reason(status).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[track_caller]
fn status_code(status: u16) -> StatusCode {
    // What comes before 200 is no answer to a request of ours.
    match StatusCode::from_u16(status) {
        Ok(status) if status >= StatusCode::OK => status,
        _ => panic!("{status} is no status of an answer"),
    }
}

#[track_caller]
fn header_value(value: &str) -> HeaderValue {
    match HeaderValue::try_from(value) {
        Ok(value) => value,
        Err(fault) => panic!("{value:?} cannot stand in a header: {fault}"),
    }
}
