//! The configuration of a client: defaults, checks, and the reqwest client where the user brings none.

use crate::base_url::BaseUrl;
use crate::client::{Client, Shared};
use crate::error::{Error, ErrorKind};
use crate::generated::{API_VERSION, BASE_URL};
use crate::request::header_value;
use crate::retry::RetryPolicy;
use crate::session::{Session, TokenSource};
use crate::token::Token;
use crate::transport::{HttpTransport, Transport};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);
const MAX_BODY: u64 = 256 * 1024 * 1024;
const USER_AGENT: &str = concat!("losant-client/", env!("CARGO_PKG_VERSION"));

/// Configures a [`Client`].
///
/// | setting | default |
/// | --- | --- |
/// | [`token`](Self::token) | none: only the actions that need no token work |
/// | [`base_url`](Self::base_url) | the one that the API's documentation names |
/// | [`accept_version`](Self::accept_version) | the API version that this crate was generated from |
/// | [`connect_timeout`](Self::connect_timeout) | 10 seconds |
/// | [`timeout`](Self::timeout) | 60 seconds, from the call to the last byte of the answer |
/// | [`deadline`](Self::deadline) | none: each attempt has its limit, and there are three at most |
/// | [`retry`](Self::retry) | three attempts of what is idempotent; see [`RetryPolicy`] |
/// | [`reconnect`](Self::reconnect) | none: an event stream that has ended stays so |
/// | [`event_idle_timeout`](Self::event_idle_timeout) | none |
/// | [`max_body`](Self::max_body) | 256 MiB |
/// | [`user_agent`](Self::user_agent) | `losant-client/` and the version of this crate |
/// | proxy | as the environment says (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) |
///
/// # Redirects
/// A redirect to another scheme, host or port is not followed: it would carry the token, the `losantdomain` header or the
/// body to a place that nobody has named. Within the origin, a `GET` follows up to 10 redirects, any other method only 307
/// and 308, and only while its body can be sent again. Everything else is an error of kind [`ErrorKind::Redirect`].
#[derive(Clone)]
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    token: Option<SecretString>,
    base_url: String,
    accept_version: Option<String>,
    user_agent: String,
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    retry: RetryPolicy,
    reconnect: Option<RetryPolicy>,
    idle_timeout: Option<Duration>,
    max_body: u64,
    no_proxy: bool,
    http: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
    wraps: Vec<Arc<Wrap>>,
    token_source: Option<Arc<dyn TokenSource>>,
}

type Wrap = dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync;

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: None,
            base_url: BASE_URL.to_owned(),
            accept_version: API_VERSION.map(str::to_owned),
            user_agent: USER_AGENT.to_owned(),
            connect_timeout: None,
            timeout: Some(TIMEOUT),
            deadline: None,
            retry: RetryPolicy::default(),
            reconnect: None,
            idle_timeout: None,
            max_body: MAX_BODY,
            no_proxy: false,
            http: None,
            transport: None,
            wraps: Vec::new(),
            token_source: None,
        }
    }
}

impl ClientBuilder {
    /// The access token, sent with every request as `Authorization: Bearer …`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(SecretString::from(token.into()));
        self
    }

    /// Who is asked for a token: when a call needs one and there is none, and once when the API refuses the one in use (401).
    ///
    /// The refused call is sent again with the new token, if its method is idempotent or the caller has said that it is
    /// [`repeatable`](crate::RequestOptions::repeatable); any other returns the refusal, and the next call has the new
    /// token.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.token_source = Some(Arc::new(source));
        self
    }

    /// Another address of the API: `http` or `https`, a path is allowed, a trailing slash makes no difference.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The value of the `Accept-Version` header, such as `^1.30.0`; with an empty text none is sent.
    pub fn accept_version(mut self, version: impl Into<String>) -> Self {
        self.accept_version = Some(version.into());
        self
    }

    /// The value of the `User-Agent` header.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// How long connecting may take, TLS included.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// How long one attempt may take in all, body and redirects included; `None` waits without end.
    ///
    /// For an event stream it bounds the wait for the first line of the answer, never the stream itself; for a
    /// [`Download`](crate::Download) that wait, and then each silence of the body.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeout = limit.into();
        self
    }

    /// How long a call may take in all, repeats and the waits between them included; `None` waits without end.
    ///
    /// A wait that would go beyond it is not begun: the error that came is returned then. A [`Download`](crate::Download) has
    /// to be complete by then. For an event stream it bounds the opening, never the stream itself.
    pub fn deadline(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.deadline = limit.into();
        self
    }

    /// When requests are sent again by themselves; [`RetryPolicy::off`] never does.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How event streams that have ended or broken are opened again; see [`EventStream`](crate::EventStream).
    pub fn reconnect(mut self, policy: impl Into<Option<RetryPolicy>>) -> Self {
        self.reconnect = policy.into();
        self
    }

    /// How long an open event stream may be silent before it ends with an error; comments count as life.
    pub fn event_idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = limit.into();
        self
    }

    /// How many bytes of an answer are kept in memory at most; a longer answer is an error. An event stream may be of any
    /// length, but no single event of it.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Connects directly, whatever proxy the environment names.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// Sends through an own HTTP client, for its TLS settings, proxies or pool.
    ///
    /// Build it with `reqwest::redirect::Policy::none()`: with another policy it follows redirects by its own rules, before
    /// this crate sees them. One that has led to another origin is an error, but what was sent there has been sent. It must not have a total timeout if event streams are to live longer than that.
    /// [`connect_timeout`](Self::connect_timeout) and [`no_proxy`](Self::no_proxy) are settings of that client then and
    /// refused here.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Sends through something else than HTTP by reqwest; see [`Transport`].
    ///
    /// [`http_client`](Self::http_client), [`connect_timeout`](Self::connect_timeout) and [`no_proxy`](Self::no_proxy) mean
    /// nothing to it and are refused beside it.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts something around the transport: a hook that sees every attempt, and may change what goes and comes.
    ///
    /// ```
    /// use losant_client::{Client, RequestBody, Transport, TransportFuture};
    /// use std::sync::Arc;
    ///
    /// struct Traced(Arc<dyn Transport>);
    ///
    /// impl Transport for Traced {
    ///     fn send(&self, mut request: http::Request<RequestBody>) -> TransportFuture<'_> {
    ///         request.headers_mut().insert("x-trace", http::HeaderValue::from_static("7"));
    ///         self.0.send(request)
    ///     }
    /// }
    ///
    /// # fn main() -> Result<(), losant_client::Error> {
    /// let client = Client::builder().wrap_transport(|inner| Arc::new(Traced(inner))).build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wrap_transport(
        mut self,
        wrap: impl Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync + 'static,
    ) -> Self {
        self.wraps.push(Arc::new(wrap));
        self
    }

    /// Checks the settings and makes the client.
    ///
    /// # Errors
    /// When a setting cannot be used (kind [`ErrorKind::Config`]). The message never shows the token.
    pub fn build(self) -> Result<Client, Error> {
        let token = self.token.map(|token| Token::new(token.expose_secret().to_owned())).transpose()?;
        let setting = |name: &str, value: &str| {
            header_value(value).map_err(|fault| Error::new(ErrorKind::Config, format!("{name}: {fault}")))
        };
        let user_agent = setting("user_agent", &self.user_agent)?;
        let accept_version = self.accept_version.as_deref().filter(|version| !version.is_empty());
        let accept_version = accept_version.map(|version| setting("accept_version", version)).transpose()?;
        let base_url = BaseUrl::new(&self.base_url)?;
        let is_set = self.connect_timeout.is_some() || self.no_proxy;
        let (transport, http): (Arc<dyn Transport>, _) = match (self.transport, self.http) {
            (Some(_), http) if http.is_some() || is_set => {
                let message = "http_client, connect_timeout and no_proxy mean nothing to an own transport";
                return Err(Error::new(ErrorKind::Config, message));
            }
            (None, Some(_)) if is_set => {
                let message = "connect_timeout and no_proxy belong to the own HTTP client; set them there";
                return Err(Error::new(ErrorKind::Config, message));
            }
            (Some(transport), _) => (transport, None),
            (None, own) => {
                let http = match own {
                    Some(client) => HttpTransport::new(client),
                    None => HttpTransport::standard(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT), self.no_proxy)?,
                };
                let client = http.client().clone();
                (Arc::new(http), Some(client))
            }
        };
        let transport = self.wraps.iter().fold(transport, |inner, wrap| wrap(inner));
        let shared = Shared {
            transport,
            http,
            base_url,
            user_agent,
            accept_version,
            timeout: self.timeout,
            deadline: self.deadline,
            retry: self.retry,
            reconnect: self.reconnect,
            idle_timeout: self.idle_timeout,
            max_body: self.max_body,
        };
        Ok(Client::from_parts(shared, Session::new(token, self.token_source)))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is unchecked here and may hold a password.
        f.debug_struct("ClientBuilder")
            .field("token", &self.token.as_ref().map(|_| format_args!("[redacted]")))
            .field("accept_version", &self.accept_version)
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}
