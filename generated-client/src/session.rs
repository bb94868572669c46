//! The token that a client and its clones share: kept, replaced at run time, renewed by a hook. Touches `token` only.

use crate::error::{Error, ErrorKind};
use crate::token::Token;
use crate::types::Secret;
use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

/// What a [`TokenSource`] comes up with, some time.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where tokens come from; see [`ClientBuilder::token_source`](crate::ClientBuilder::token_source).
///
/// It is asked when a call needs a token and there is none, and once when the API refuses one (401). Calls that wait for
/// a token at the same time share one question. Use a client of its own in it: the client that asks has to wait.
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
    /// Held while the source is asked, so that it is asked once for all who wait.
    turn: tokio::sync::Mutex<()>,
}

impl Session {
    pub(crate) fn new(token: Option<Token>, source: Option<Arc<dyn TokenSource>>) -> Arc<Self> {
        Arc::new(Self { token: RwLock::new(token), source, turn: tokio::sync::Mutex::new(()) })
    }

    /// The token in use.
    pub(crate) fn token(&self) -> Option<Token> {
        self.token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, token: Option<Token>) {
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    /// The token for a call; the source is asked only where the call needs one.
    pub(crate) async fn for_call(&self, needed: bool) -> Result<Option<Token>, Error> {
        match self.token() {
            None if needed => self.renew(None).await,
            token => Ok(token),
        }
    }

    /// A token in place of one that was refused; none where there is no other.
    pub(crate) async fn renew(&self, refused: Option<&Token>) -> Result<Option<Token>, Error> {
        let _turn = self.turn.lock().await;
        // Somebody else may have replaced it meanwhile.
        if let Some(token) = self.token().filter(|token| !refused.is_some_and(|refused| refused.is(token))) {
            return Ok(Some(token));
        }
        let Some(source) = &self.source else { return Ok(None) };
        let fault = |fault| Error::new(ErrorKind::Token, "the token source has no token").with_source(fault);
        let secret = source.token().await.map_err(fault)?;
        let token = Token::new(secret.expose().to_owned())?;
        self.set(Some(token.clone()));
        Ok(Some(token))
    }
}
