//! What may be said about any request, whatever its action. Touches `Request` only.

use super::{QueryValue, Request};
use crate::retry::RetryPolicy;
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
        self.request_mut().timeout = limit.into();
        self
    }

    /// How long this call may take in all, repeats and the waits between them included; `None` waits without end.
    #[must_use]
    fn deadline(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.request_mut().deadline = limit.into();
        self
    }

    /// When this request is sent again by itself, in place of the client's policy; [`RetryPolicy::off`] never does.
    #[must_use]
    fn retry(mut self, policy: RetryPolicy) -> Self {
        self.request_mut().retry = policy;
        self
    }

    /// Whether it does no harm to send this request twice, whatever its method and body.
    ///
    /// With `true` a `POST`, an upload or the opening of a stream is repeated like a `GET`; with `false` a `GET` is not.
    /// What has been read from an upload's stream is gone, so that one is never sent again.
    #[must_use]
    fn repeatable(mut self, repeatable: bool) -> Self {
        self.request_mut().repeatable = Some(repeatable);
        self
    }

    /// How an event stream that has ended or broken is opened again, in place of the client's setting; see
    /// [`EventStream`](crate::EventStream). It means nothing to other requests.
    #[must_use]
    fn reconnect(mut self, policy: impl Into<Option<RetryPolicy>>) -> Self {
        self.request_mut().reconnect = policy.into();
        self
    }

    /// How many bytes of the answer are kept in memory at most, in place of the client's limit.
    #[must_use]
    fn max_body(mut self, bytes: u64) -> Self {
        self.request_mut().max_body = bytes;
        self
    }

    /// Another token for this request. It is used as it is: no token source is asked for another one.
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
