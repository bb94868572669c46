//! The token that a client and its clones share: kept, replaced at run time, renewed by a hook. Touches `token` only.

use crate::error::{Error, ErrorKind};
use crate::token::Token;
use crate::types::Secret;
use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// What a [`TokenSource`] comes up with, some time.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where tokens come from; see [`ClientBuilder::token_source`](crate::ClientBuilder::token_source).
///
/// It is asked when a call needs a token and there is none, and once when the API refuses one (401). Calls that wait for
/// a token at the same time share one question and its outcome, be it a token or a fault. Use a client of its own in it:
/// the client that asks has to wait.
///
/// A function that returns a future is a source:
///
/// ```
/// # #[cfg(not(feature = "auth"))]
/// # fn main() {}
/// # #[cfg(feature = "auth")]
/// # fn main() -> Result<(), losant_client::Error> {
/// use losant_client::schemas::DeviceCredentials;
/// use losant_client::{BoxError, Client};
///
/// let login = Client::builder().build()?;
/// let source = move || {
///     let login = login.clone();
///     async move {
///         let credentials = DeviceCredentials::new("DEVICE_ID").key("KEY").secret("SECRET");
///         let session = login.auth().authenticate_device(&credentials).await?;
///         session.token.ok_or(BoxError::from("no token in the answer"))
///     }
/// };
/// let client = Client::builder().token_source(source).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
pub trait TokenSource: Send + Sync {
    /// Gets a token.
    ///
    /// # Errors
    /// When there is none to be had. The fault becomes the source of the call's error.
    fn token(&self) -> TokenFuture<'_>;
}

impl<F, T> TokenSource for F
where
    F: Fn() -> T + Send + Sync,
    T: Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(self())
    }
}

/// The token of a client and its clones.
pub(crate) struct Session {
    token: RwLock<Option<Token>>,
    source: Option<Arc<dyn TokenSource>>,
    /// Held while the source is asked, so that it is asked once for all who wait; the fault of the last time.
    turn: tokio::sync::Mutex<Option<Arc<Fault>>>,
    /// How often the source has answered.
    answered: AtomicU64,
}

/// A fault of a source, shared by all who have waited for it.
type Fault = dyn StdError + Send + Sync;

impl Session {
    pub(crate) fn new(token: Option<Token>, source: Option<Arc<dyn TokenSource>>) -> Arc<Self> {
        Arc::new(Self {
            token: RwLock::new(token),
            source,
            turn: tokio::sync::Mutex::default(),
            answered: AtomicU64::new(0),
        })
    }

    /// The token in use.
    pub(crate) fn token(&self) -> Option<Token> {
        self.token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, token: Option<Token>) {
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    /// A token in place of one that was refused; none where there is no other.
    pub(crate) async fn renew(&self, refused: Option<&Token>) -> Result<Option<Token>, Error> {
        let before = self.answered.load(Ordering::Acquire);
        let mut turn = self.turn.lock().await;
        // Somebody else may have replaced it meanwhile, or have tried to.
        if let Some(token) = self.token().filter(|token| !refused.is_some_and(|refused| refused.is(token))) {
            return Ok(Some(token));
        }
        let Some(source) = &self.source else { return Ok(None) };
        let has_waited = self.answered.load(Ordering::Acquire) > before;
        if let Some(fault) = turn.clone().filter(|_| has_waited) {
            return Err(no_token(fault));
        }
        let asked = source.token().await;
        self.answered.fetch_add(1, Ordering::AcqRel);
        let token = asked.and_then(|secret| Token::new(secret.expose().to_owned()).map_err(Into::into));
        match token {
            Ok(token) => {
                *turn = None;
                self.set(Some(token.clone()));
                Ok(Some(token))
            }
            Err(fault) => {
                let fault: Arc<Fault> = fault.into();
                *turn = Some(Arc::clone(&fault));
                Err(no_token(fault))
            }
        }
    }

    /// Whether there is somebody to ask.
    pub(crate) fn has_source(&self) -> bool {
        self.source.is_some()
    }
}

fn no_token(fault: Arc<Fault>) -> Error {
    Error::new(ErrorKind::Token, "the token source has no token").with_shared_source(fault)
}
