//! What may be said about any request, whatever its action. Touches `Request` only.

use super::{QueryValue, Request};
use std::borrow::Cow;
use std::time::Duration;

/// Options that every request builder has.
pub trait RequestOptions: Sized {
    /// The request below; generated code implements it, nobody else can name its type.
    #[doc(hidden)]
    fn request_mut(&mut self) -> &mut Request;

    /// The domain scope of the request, sent as the `losantdomain` header.
    #[must_use]
    fn losant_domain(mut self, domain: impl Into<String>) -> Self {
        self.request_mut().header("losantdomain", domain);
        self
    }

    /// Whether the answer lists the actions that may be taken on it (`_actions`).
    #[must_use]
    fn include_actions(mut self, include: bool) -> Self {
        self.request_mut().query("_actions", include);
        self
    }

    /// Whether the answer has links to related resources (`_links`).
    #[must_use]
    fn include_links(mut self, include: bool) -> Self {
        self.request_mut().query("_links", include);
        self
    }

    /// Whether related resources are embedded in the answer (`_embedded`).
    #[must_use]
    fn include_embedded(mut self, include: bool) -> Self {
        self.request_mut().query("_embedded", include);
        self
    }

    /// How long one attempt of this request may take in all, in place of the client's limit; `None` waits without end.
    #[must_use]
    fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.request_mut().timeout(limit.into());
        self
    }

    /// Another token for this request.
    #[must_use]
    fn token(mut self, token: impl Into<String>) -> Self {
        self.request_mut().token(token.into());
        self
    }

    /// A header of this request, in place of one that the client would send under the same name.
    #[must_use]
    fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.request_mut().header(name, value);
        self
    }

    /// A query parameter that this crate does not know; one of the same name takes its value.
    #[must_use]
    fn query_param(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<QueryValue>) -> Self {
        self.request_mut().query(name, value);
        self
    }
}
