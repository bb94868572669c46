//! The client: what all requests share. It holds no state of any endpoint; it is cheap to clone.

use crate::builder::ClientBuilder;
use crate::error::Error;
use crate::request::RawRequest;
use crate::token::Token;
use http::HeaderValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A connection pool, a base URL and a token: where every call starts.
///
/// Cloning is cheap and shares the pool; a client may be used from many tasks at once.
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
    token: Option<Token>,
}

/// What does not change between clones and tokens.
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    /// Without a trailing slash; a path of the API is appended as text.
    pub(crate) base_url: String,
    pub(crate) user_agent: HeaderValue,
    pub(crate) accept_version: Option<HeaderValue>,
    pub(crate) timeout: Option<Duration>,
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

    pub(crate) fn from_parts(shared: Shared, token: Option<Token>) -> Self {
        Self { shared: Arc::new(shared), token }
    }

    /// The same client with another token, such as the one that an `auth` action has answered with.
    ///
    /// # Errors
    /// When the token cannot stand in a header.
    pub fn with_token(&self, token: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { shared: Arc::clone(&self.shared), token: Some(Token::new(token.into())?) })
    }

    /// The same client without a token.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), token: None }
    }

    /// The base URL in use, without a trailing slash.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The HTTP client below.
    pub fn http_client(&self) -> &reqwest::Client {
        &self.shared.http
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

    pub(crate) fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("token", &self.token)
            .field("timeout", &self.shared.timeout)
            .field("idle_timeout", &self.shared.idle_timeout)
            .finish_non_exhaustive()
    }
}
