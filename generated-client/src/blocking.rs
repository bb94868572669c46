//! The same client for programs without async code: it runs the same calls, one at a time, on a runtime of its own.

use crate::error::{Error, ErrorKind};
use futures_core::Stream;
use futures_util::StreamExt;
use std::fmt;
use std::future::IntoFuture;
use std::ops::Deref;
use std::sync::Arc;
use tokio::runtime::{Builder, Handle, Runtime};

/// A [`Client`](crate::Client) that waits.
///
/// It has all that the other has; what is awaited there is run here:
///
/// ```no_run
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
    runtime: Arc<Runtime>,
}

impl Client {
    /// Makes a client that waits from one that does not.
    ///
    /// # Errors
    /// When the system has no means for a runtime.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let fault = |fault| Error::new(ErrorKind::Config, "no runtime can be set up").with_source(fault);
        Ok(Self { client, runtime: Arc::new(runtime.map_err(fault)?) })
    }

    /// Runs a call until it is done.
    ///
    /// # Errors
    /// As the call; and of kind [`ErrorKind::Config`] inside of async code, where waiting would block others.
    pub fn run<T>(&self, call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
        may_wait()?;
        self.runtime.block_on(call.into_future())
    }

    /// Goes through pages, items, events or the pieces of a download.
    pub fn iter<T, S>(&self, stream: S) -> Iter<S>
    where
        S: Stream<Item = Result<T, Error>> + Unpin,
    {
        Iter { stream, runtime: Arc::clone(&self.runtime) }
    }
}

/// Waiting inside of async code would stop the very thread that has to go on.
fn may_wait() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => Err(Error::new(ErrorKind::Config, "a blocking client cannot be used inside of async code")),
        Err(_) => Ok(()),
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
    runtime: Arc<Runtime>,
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
        match may_wait() {
            Ok(()) => self.runtime.block_on(self.stream.next()),
            Err(fault) => Some(Err(fault)),
        }
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}
