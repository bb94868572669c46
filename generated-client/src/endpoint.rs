//! What is known of an action before it is called: static facts, written by the generator. Touches nothing.

use std::fmt;

/// The HTTP method of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method as it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

/// The documented facts of one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub(crate) resource: &'static str,
    pub(crate) action: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) authenticated: bool,
}

impl Endpoint {
    /// The resource's name as the API spells it, such as `device`.
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// The action's name as the API spells it, such as `sendState`.
    pub const fn action(&self) -> &'static str {
        self.action
    }

    /// The HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path with its parameters in braces, such as `/applications/{applicationId}`.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The scopes of which a token needs one; empty where the documentation names none.
    pub const fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Whether the action needs a token.
    pub const fn authenticated(&self) -> bool {
        self.authenticated
    }
}
