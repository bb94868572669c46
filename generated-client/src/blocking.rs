//! The same client for programs without async code: it runs the same calls, one at a time, on a runtime of its own.

use crate::error::{Error, ErrorKind};
use futures_core::Stream;
use futures_util::StreamExt;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::ops::Deref;
use std::sync::Arc;
use tokio::runtime::{Builder, Handle, Runtime};

/// A [`Client`](crate::Client) that waits.
///
/// It has all that the other has; what is awaited there is run here:
///
/// ```no_run
/// # #[cfg(not(feature = "all"))]
/// # fn main() {}
/// # #[cfg(feature = "all")]
/// # fn main() -> Result<(), losant_client::Error> {
/// let client = losant_client::blocking::Client::new(losant_client::Client::new("ACCESS_TOKEN")?)?;
/// let me = client.run(client.me().get())?;
/// println!("{:?}", me.first_name);
/// for device in client.iter(client.devices("575ec8687ae143cd83dc4a97").get().by_item()) {
///     println!("{:?}", device?.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Own>,
}

impl Client {
    /// Makes a client that waits from one that does not.
    ///
    /// # Errors
    /// When the system has no means for a runtime.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let fault = |fault| Error::new(ErrorKind::Config, "no runtime can be set up").with_source(fault);
        Ok(Self { client, runtime: Arc::new(Own(Some(runtime.map_err(fault)?))) })
    }

    /// Runs a call until it is done.
    ///
    /// # Errors
    /// As the call; and of kind [`ErrorKind::Config`] inside of async code, where waiting would block others.
    pub fn run<T>(&self, call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
        self.runtime.wait(call.into_future())?
    }

    /// Goes through pages, items, events or the pieces of a download.
    pub fn iter<T, S>(&self, stream: S) -> Iter<S>
    where
        S: Stream<Item = Result<T, Error>> + Unpin,
    {
        Iter { stream, runtime: Arc::clone(&self.runtime) }
    }
}

/// The runtime; it is there until it is dropped.
struct Own(Option<Runtime>);

impl Own {
    /// Waits, except inside of async code: that would stop the very thread that has to go on.
    fn wait<T>(&self, call: impl Future<Output = T>) -> Result<T, Error> {
        match &self.0 {
            Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(call)),
            _ => Err(Error::new(ErrorKind::Config, "a blocking client cannot be used inside of async code")),
        }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // The usual end of a runtime waits, which panics inside of async code.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.client).finish()
    }
}

/// What a stream yields, waited for; see [`Client::iter`].
#[must_use = "nothing is asked for until it is read"]
pub struct Iter<S> {
    stream: S,
    runtime: Arc<Own>,
}

impl<S> Iter<S> {
    /// The stream below, such as to resume it after an error.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }
}

impl<T, S> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.runtime.wait(self.stream.next()).unwrap_or_else(|fault| Some(Err(fault)))
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}
