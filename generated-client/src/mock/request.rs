//! What the mock server has seen. Touches nothing.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::fmt;

/// The parameters of a path by name.
pub(super) type Arguments = Vec<(String, String)>;

/// A request that the mock server has seen.
#[derive(Clone)]
pub struct Request {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    pub(super) action: Option<&'static str>,
    pub(super) arguments: Arguments,
    pub(super) problems: Vec<String>,
}

impl Request {
    pub(super) fn new(head: Parts, body: Bytes) -> Self {
        let query = url::form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes());
        Self {
            query: query.into_owned().collect(),
            path: head.uri.path().to_owned(),
            method: head.method,
            headers: head.headers,
            body,
            action: None,
            arguments: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The documented action that it is for, such as `device.get`; none where no action has its method and path.
    pub fn action(&self) -> Option<&'static str> {
        self.action
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as it was sent, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The segments of the path, decoded.
    pub(super) fn segments(&self) -> Vec<String> {
        let decoded = |segment| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        super::document::segments(&self.path).map(decoded).collect()
    }

    /// The value of a parameter of the path, such as `deviceId`, decoded.
    pub fn path_param(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| &value[..])
    }

    /// The value of a query parameter, named as on the wire (`tagFilter[0][key]`), decoded.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| &value[..])
    }

    /// All query parameters in their order, decoded.
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON, where it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// What is not as documented, each in one sentence.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Query, headers and body may hold secrets.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("action", &self.action)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}
