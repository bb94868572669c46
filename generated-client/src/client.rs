//! The client: what all requests share. It holds no state of any endpoint; it is cheap to clone.

use crate::base_url::BaseUrl;
use crate::builder::ClientBuilder;
use crate::error::Error;
use crate::request::RawRequest;
use crate::retry::RetryPolicy;
use crate::session::Session;
use crate::token::Token;
use crate::transport::Transport;
use http::HeaderValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A connection pool, a base URL and a token: where every call starts.
///
/// Cloning is cheap and shares the pool and the token; a client may be used from many tasks at once.
///
/// ```
/// # fn main() -> Result<(), losant_client::Error> {
/// let client = losant_client::Client::builder().token("ACCESS_TOKEN").build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    session: Arc<Session>,
}

/// What does not change between clones and tokens.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    /// What is below the transport, where it is the standard one.
    pub(crate) http: Option<reqwest::Client>,
    pub(crate) base_url: BaseUrl,
    pub(crate) user_agent: HeaderValue,
    pub(crate) accept_version: Option<HeaderValue>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) reconnect: Option<RetryPolicy>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_body: u64,
}

impl Client {
    /// Starts the configuration of a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client of the documented base URL with this token and the default settings.
    ///
    /// # Errors
    /// When the token cannot stand in a header, or the TLS library cannot be set up.
    pub fn new(token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().token(token).build()
    }

    pub(crate) fn from_parts(shared: Shared, session: Arc<Session>) -> Self {
        Self { shared: Arc::new(shared), session }
    }

    /// A second client with a token of its own, such as the one that an `auth` action has answered with. This one and its
    /// clones keep theirs.
    ///
    /// # Errors
    /// When the token cannot stand in a header.
    pub fn with_token(&self, token: impl Into<String>) -> Result<Self, Error> {
        let session = Session::new(Some(Token::new(token.into())?), None);
        Ok(Self { shared: Arc::clone(&self.shared), session })
    }

    /// A second client without a token.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), session: Session::new(None, None) }
    }

    /// Replaces the token of this client and of all its clones; calls that are on their way keep the old one.
    ///
    /// # Errors
    /// When the token cannot stand in a header; the old one stays then.
    pub fn set_token(&self, token: impl Into<String>) -> Result<(), Error> {
        self.session.set(Some(Token::new(token.into())?));
        Ok(())
    }

    /// Takes the token from this client and from all its clones. The next call that needs one asks the
    /// [`token_source`](ClientBuilder::token_source), if there is one.
    pub fn clear_token(&self) {
        self.session.set(None);
    }

    /// The base URL in use, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }

    /// The HTTP client below, unless a [`transport`](ClientBuilder::transport) was set in its place.
    pub fn http_client(&self) -> Option<&reqwest::Client> {
        self.shared.http.as_ref()
    }

    /// A request to an endpoint that this crate does not know (yet).
    ///
    /// `path` starts with a slash and is appended to the base URL; each `{…}` in it takes one of `args`, encoded as one
    /// path segment. Everything else is as for documented actions: token, version, default query, errors.
    ///
    /// ```no_run
    /// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
    /// let answer = client.request(http::Method::GET, "/orgs/{orgId}/news", &["575ed70c7ae143cd83dc4aa9"]).await?;
    /// let news: serde_json::Value = answer.json()?;
    /// # let _ = news;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: http::Method, path: impl Into<Cow<'static, str>>, args: &[&str]) -> RawRequest {
        RawRequest::new(self, method, path.into(), args)
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.as_str())
            .field("token", &self.session.token())
            .field("timeout", &self.shared.timeout)
            .field("deadline", &self.shared.deadline)
            .field("retry", &self.shared.retry)
            .field("idle_timeout", &self.shared.idle_timeout)
            .finish_non_exhaustive()
    }
}
