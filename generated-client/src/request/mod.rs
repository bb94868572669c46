//! A request before it is sent: path, query, headers, body, and the first argument that cannot be sent. Generated builders
//! and the raw request fill it; `transport` sends it.

mod options;
mod path;
mod query;
mod raw;

pub use options::RequestOptions;
pub use query::QueryValue;
pub use raw::RawRequest;

use crate::body::Body;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Context, Error, ErrorKind};
use crate::multipart::Part;
use crate::paging::{Items, Pages, Paging};
use crate::response::{BoxFuture, RawResponse, ResponseFuture};
use crate::retry::RetryPolicy;
use crate::stream::{self, EventMessage, EventStream};
use crate::token::Token;
use crate::transport;
use crate::types::Json;
use crate::upload::Upload;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Method};
use query::Query;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A request before it is sent.
pub struct Request {
    pub(crate) client: Client,
    pub(crate) context: Context,
    pub(crate) path: String,
    pub(crate) query: Query,
    /// Only what was asked for; `transport` adds what every request has.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The limit of one attempt: the client's, until the request gets its own.
    pub(crate) timeout: Option<Duration>,
    /// The limit of the whole call, repeats and waits included.
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    /// How an event stream that has ended is opened again; none where it is not.
    pub(crate) reconnect: Option<RetryPolicy>,
    /// What the caller says about sending it twice.
    pub(crate) repeatable: Option<bool>,
    pub(crate) max_body: u64,
    /// The request's own token; without it, that of the client is used.
    pub(crate) token: Option<Token>,
    pub(crate) needs_token: bool,
    /// The first fault of an argument; it surfaces when the request is sent.
    pub(crate) fault: Option<Error>,
}

impl Request {
    /// A request to a documented action; the arguments fill the braces of its path in order.
    #[allow(dead_code, reason = "an API without pages has no action")]
    pub(crate) fn new(client: &Client, endpoint: &'static Endpoint, args: &[&str]) -> Self {
        let path = path::fill(endpoint.path, args);
        let mut request = Self::begin(client, endpoint.method.into(), Cow::Borrowed(endpoint.path), path);
        request.needs_token = endpoint.authenticated;
        request
    }

    pub(crate) fn to(client: &Client, method: Method, template: Cow<'static, str>, args: &[&str]) -> Self {
        let path = path::check(&template).map_err(str::to_owned).and_then(|()| path::fill(&template, args));
        Self::begin(client, method, template, path)
    }

    fn begin(client: &Client, method: Method, template: Cow<'static, str>, path: Result<String, String>) -> Self {
        let (path, fault) = match path {
            Ok(path) => (path, None),
            Err(message) => (String::new(), Some(Error::new(ErrorKind::Request, message))),
        };
        let shared = client.shared();
        Self {
            client: client.clone(),
            context: Context { method, path: template },
            path,
            query: Query::with_defaults(),
            headers: HeaderMap::new(),
            body: Body::None,
            timeout: shared.timeout,
            deadline: shared.deadline,
            retry: shared.retry.clone(),
            reconnect: shared.reconnect.clone(),
            repeatable: None,
            max_body: shared.max_body,
            token: None,
            needs_token: true,
            fault,
        }
    }

    /// A plain query parameter; given again it takes the place of the first.
    pub(crate) fn query(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<QueryValue>) {
        let name = name.into();
        match value.into().into_text() {
            Ok(value) => self.query.set(name, value),
            Err(fault) => self.refuse(format!("query parameter {name}: {fault}")),
        }
    }

    /// A query parameter whose value is one compact JSON text.
    #[allow(dead_code, reason = "not every API has an action with one")]
    pub(crate) fn query_json(&mut self, name: &'static str, value: &dyn Json) {
        self.query_json_text(name.into(), serde_json::to_string(&value.view()));
    }

    /// The same, written already.
    pub(crate) fn query_json_text(&mut self, name: Cow<'static, str>, text: serde_json::Result<String>) {
        match text {
            Ok(text) => self.query.set(name, text),
            Err(fault) => self.refuse_unserialisable(&format!("query parameter {name}"), fault),
        }
    }

    /// A query parameter in the bracket form: `name[0][key]=value`.
    #[allow(dead_code, reason = "not every API has an action with one")]
    pub(crate) fn query_brackets(&mut self, name: &'static str, value: &dyn Json) {
        self.query_brackets_value(name, serde_json::to_value(value.view()));
    }

    /// The same, as JSON already.
    pub(crate) fn query_brackets_value(&mut self, name: &str, value: serde_json::Result<Value>) {
        match value {
            Ok(value) => self.query.set_brackets(name, &value),
            Err(fault) => self.refuse_unserialisable(&format!("query parameter {name}"), fault),
        }
    }

    /// A header; given again it takes the place of the first.
    pub(crate) fn header(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match (HeaderName::try_from(name), header_value(&value)) {
            // They say where a message ends; another word on that would make two messages of one.
            (Ok(CONTENT_LENGTH | TRANSFER_ENCODING | CONNECTION), _) => {
                self.refuse(format!("header {name}: it belongs to the connection"));
            }
            (Ok(name), Ok(mut value)) => {
                // A hook may print the request that it gets.
                let is_secret =
                    ["auth", "cookie", "key", "secret", "token"].iter().any(|word| name.as_str().contains(word));
                value.set_sensitive(is_secret);
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse("a header name has characters that no header may have".to_owned()),
            (_, Err(fault)) => self.refuse(format!("header {name}: {fault}")),
        }
    }

    /// The body, as JSON.
    #[allow(dead_code, reason = "not every API has an action with one")]
    pub(crate) fn json(&mut self, value: &dyn Json) {
        self.json_text(serde_json::to_vec(&value.view()));
    }

    /// The body, written as JSON already.
    pub(crate) fn json_text(&mut self, text: serde_json::Result<Vec<u8>>) {
        match text {
            Ok(text) => self.body = Body::Json(Bytes::from(text)),
            Err(fault) => self.refuse_unserialisable("the body", fault),
        }
    }

    /// The body, as bytes of any type.
    pub(crate) fn bytes(&mut self, content_type: &str, bytes: Bytes) {
        self.header(CONTENT_TYPE.as_str(), content_type);
        self.body = Body::Bytes(bytes);
    }

    /// Makes the body a multipart form, if it is none yet; without a part it is an empty form.
    #[allow(dead_code, reason = "not every API has an action with a multipart body")]
    pub(crate) fn multipart(&mut self) {
        self.body.add(None);
    }

    /// A text part of a multipart body.
    pub(crate) fn part_text(&mut self, name: &str, value: impl Into<String>) {
        self.body.add([Part::text(name, value.into())]);
    }

    /// A part of a multipart body that holds JSON text.
    #[allow(dead_code, reason = "not every API has an action with one")]
    pub(crate) fn part_json(&mut self, name: &str, value: &dyn Json) {
        self.part_json_text(name, serde_json::to_string(&value.view()));
    }

    /// The same, written already.
    pub(crate) fn part_json_text(&mut self, name: &str, text: serde_json::Result<String>) {
        match text {
            Ok(text) => self.body.add([Part::text(name, text)]),
            Err(fault) => self.refuse_unserialisable(&format!("part {name}"), fault),
        }
    }

    /// A file of a multipart body.
    pub(crate) fn part_file(&mut self, name: &str, upload: Upload) {
        match upload.into_part(name) {
            Ok(part) => self.body.add([part]),
            Err(fault) => self.refuse(fault),
        }
    }

    /// Another token than the client's.
    pub(crate) fn token(&mut self, token: String) {
        match Token::new(token) {
            Ok(token) => self.token = Some(token),
            Err(fault) => self.refuse(fault.to_string()),
        }
    }

    /// Whether the token is the client's, so that another one may take its place.
    fn uses_session(&self) -> bool {
        self.token.is_none() && !self.headers.contains_key(AUTHORIZATION)
    }

    /// Whether it cannot go without the client's token. A refusal of any other has other reasons, such as a wrong password.
    pub(crate) fn depends_on_token(&self) -> bool {
        self.needs_token && self.uses_session()
    }

    /// Whether a token that is refused may be replaced by one of a token source.
    pub(crate) fn can_renew(&self) -> bool {
        self.depends_on_token() && self.client.session().has_source()
    }

    /// Whether it may be sent again: what the caller says, else what its method means, and never what is gone.
    pub(crate) fn may_repeat(&self, opens_stream: bool) -> bool {
        let is_idempotent =
            matches!(self.context.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE);
        let is_safe = self.repeatable.unwrap_or(is_idempotent && self.body.is_small() && !opens_stream);
        is_safe && self.body.is_there()
    }

    /// Sends the request; the answer is decoded by `decode`.
    pub(crate) fn send<T>(self, decode: fn(RawResponse) -> Result<T, Error>) -> ResponseFuture<T> {
        ResponseFuture::whole(self.answer(), decode)
    }

    /// The answer in full: code that knows no type, so that there is one of it.
    fn answer(mut self) -> BoxFuture<RawResponse> {
        Box::pin(async move { transport::answer(&mut self).await })
    }

    /// The pages of a list, each decoded by `decode`.
    #[allow(dead_code, reason = "not every API has an action with pages")]
    pub(crate) fn pages<T>(self, paging: Paging, decode: fn(RawResponse) -> Result<T, Error>) -> Pages<T> {
        Pages::new(self, paging, decode)
    }

    /// The items of all pages of a list; `decode` takes them from a page.
    #[allow(dead_code, reason = "not every API has an action with pages")]
    pub(crate) fn items<T>(self, paging: Paging, decode: fn(RawResponse) -> Result<Vec<T>, Error>) -> Items<T> {
        Items::new(self, paging, decode)
    }

    /// Sends the request and follows the event stream that it opens.
    pub(crate) fn stream<E: 'static>(
        mut self,
        decode: fn(EventMessage) -> Result<E, Error>,
    ) -> ResponseFuture<EventStream<E>> {
        self.query.drop_defaults();
        ResponseFuture::opening(Box::pin(async move { Ok(EventStream::new(stream::open(self).await?, decode)) }))
    }

    fn refuse(&mut self, message: String) {
        self.fault.get_or_insert_with(|| Error::new(ErrorKind::Request, message));
    }

    fn refuse_unserialisable(&mut self, what: &str, fault: serde_json::Error) {
        let fault = Error::new(ErrorKind::Request, format!("{what} cannot be written as JSON")).with_source(fault);
        self.fault.get_or_insert(fault);
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Arguments, query, header values and body may be secrets.
        f.debug_struct("Request")
            .field("method", &self.context.method)
            .field("path", &self.context.path)
            .finish_non_exhaustive()
    }
}

/// A header value: Latin-1 as HTTP has it, and nothing that could end the header.
pub(crate) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    for char in text.chars() {
        bytes.push(u8::try_from(char).map_err(|_| "a character beyond Latin-1 cannot be sent in a header")?);
    }
    HeaderValue::from_bytes(&bytes).map_err(|_| "a line break or control character cannot be sent in a header")
}
