//! A server on this machine for tests of programs that use the client: it answers every action with its documented example,
//! refuses what is not documented, and fails when it is told to.
//!
//! ```
//! use losant_client::mock::{Answer, MockServer};
//! use serde_json::json;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), losant_client::Error> {
//! let losant = MockServer::start()?;
//! let client = losant.client();
//!
//! // As documented.
//! let me = client.me().get().await?;
//! assert!(me.email.is_some());
//!
//! // As the test needs it: refused once, then an answer of its own.
//! losant.on("devices.get").times(1).answer(Answer::fail(429).retry_after(0));
//! losant.on("devices.get").json(json!({"items": [{"name": "Pump"}]}));
//! let devices = client.devices("APPLICATION").get().await?;
//! assert_eq!(devices.items.unwrap_or_default().len(), 1);
//!
//! assert_eq!(losant.requests().len(), 3);
//! losant.assert_clean();
//! # Ok(())
//! # }
//! ```
//!
//! A request is checked before anything else: method and path, the token's presence, parameters of path and query, headers,
//! forms and JSON bodies, with types, values, patterns and schemas, all by the OpenAPI document that is part of this crate.
//! What is not as documented is answered with 400 (404 for an unknown path, 401 without a token) and an error of type
//! `Validation` that says what and where, and is kept for [`MockServer::misuse`]. What a token allows is not checked, and
//! nothing is stored: an object that was posted is not there afterwards.
//!
//! The server has a thread and a runtime of its own, so that it works under every kind of test and with the blocking client.
//! It ends when it is dropped.

mod answer;
mod check;
mod document;
mod example;
mod form;
mod request;
mod rule;
mod schema;
mod serve;
mod values;

pub use answer::Answer;
pub use request::Request;
pub use rule::{ActionName, Rule};

use crate::builder::ClientBuilder;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use answer::Outgoing;
use bytes::Bytes;
use document::{Document, Operation};
use futures_util::future;
use http::{Method, StatusCode};
use rule::{Rules, Target};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A running mock server; see [the module](self).
pub struct MockServer {
    address: SocketAddr,
    client: Client,
    state: Arc<State>,
    /// The thread runs as long as this is not dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the connections of a server share.
struct State {
    document: &'static Document,
    operations: &'static [Operation<'static>],
    rules: Rules,
    seen: Mutex<Vec<Request>>,
}

impl MockServer {
    /// Starts a server on a free port of the loopback interface. Nothing is awaited, so that it works outside of async code.
    ///
    /// # Errors
    /// When there is no port, no thread or no client to be had.
    pub fn start() -> Result<Self, Error> {
        let failed =
            |fault: io::Error| Error::new(ErrorKind::Config, "the mock server cannot start").with_source(fault);
        let (document, operations) = document::own()
            .map_err(|fault| Error::new(ErrorKind::Config, format!("the OpenAPI document is damaged: {fault}")))?;
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let client = builder(address).build()?;
        let state = Arc::new(State { document, operations, rules: Rules::default(), seen: Mutex::default() });
        let ((stop, stopped), (ready, started)) = (oneshot::channel(), mpsc::channel());
        let shared = Arc::clone(&state);
        let thread = thread::Builder::new().name("losant-mock".to_owned());
        let thread = thread.spawn(move || run(listener, shared, stopped, &ready)).map_err(failed)?;
        started.recv().unwrap_or_else(|fault| Err(io::Error::other(fault))).map_err(failed)?;
        Ok(Self { address, client, state, stop: Some(stop), thread: Some(thread) })
    }

    /// A client of the server, with a token and the default settings.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The settings of such a client, for more of them.
    pub fn client_builder(&self) -> ClientBuilder {
        builder(self.address)
    }

    /// The server's address, for clients that are made elsewhere.
    pub fn url(&self) -> String {
        url(self.address)
    }

    /// A rule for the requests of an action, named as in the API's documentation (`"device.get"`) or by its constant
    /// (`resources::device::GET`).
    ///
    /// # Panics
    /// When there is no such action.
    #[track_caller]
    pub fn on(&self, action: impl Into<ActionName>) -> Rule<'_> {
        let ActionName(name) = action.into();
        let Some(operation) = self.state.operations.iter().find(|operation| operation.name == name) else {
            let resource = format!("{}.", name.split('.').next().unwrap_or_default());
            let names = self.state.operations.iter().map(|operation| operation.name);
            let others: Vec<&str> = names.filter(|name| name.starts_with(&resource)).collect();
            panic!("the API has no action `{name}`; of its resource there are {others:?}");
        };
        self.state.rules.add(Target::Action(operation.name))
    }

    /// A rule for a method and path, whether they are documented or not; nothing is checked. Parameters of the path stand in
    /// braces: `/applications/{applicationId}/new`. It goes before the rules of actions.
    pub fn route(&self, method: Method, path: impl Into<String>) -> Rule<'_> {
        self.state.rules.add(Target::Route(method, path.into()))
    }

    /// All requests so far, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state.seen).clone()
    }

    /// What was not as documented so far, a line for each request.
    pub fn misuse(&self) -> Vec<String> {
        let seen = lock(&self.state.seen);
        let wrong = seen.iter().filter(|request| !request.problems().is_empty());
        wrong
            .map(|request| format!("{} {}: {}", request.method(), request.path(), request.problems().join("; ")))
            .collect()
    }

    /// Checks that every request so far was as documented.
    ///
    /// # Panics
    /// When one was not; the message says what was wrong with each.
    #[track_caller]
    pub fn assert_clean(&self) {
        let misuse = self.misuse();
        assert!(misuse.is_empty(), "requests are not as documented:\n{}", misuse.join("\n"));
    }
}

/// The server's thread: says whether it is ready, and takes connections until it is stopped.
fn run(
    listener: std::net::TcpListener,
    state: Arc<State>,
    stopped: oneshot::Receiver<()>,
    ready: &mpsc::Sender<io::Result<()>>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build() {
        Ok(runtime) => runtime,
        Err(fault) => return drop(ready.send(Err(fault))),
    };
    runtime.block_on(async {
        match TcpListener::from_std(listener) {
            Ok(listener) => {
                let _ = ready.send(Ok(()));
                drop(future::select(pin!(serve::accept(listener, state)), stopped).await);
            }
            Err(fault) => drop(ready.send(Err(fault))),
        }
    });
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder().base_url(url(address)).token("mock-token").no_proxy()
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.stop = None;
        // Its own thread drops it where a rule holds it; it cannot wait for itself.
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id()) {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("address", &self.address).finish_non_exhaustive()
    }
}

impl State {
    /// Keeps a request and decides how it is answered.
    fn answer(&self, head: http::request::Parts, body: Bytes) -> Outgoing {
        let mut request = Request::new(head, body);
        let operation = self.find(&mut request);
        let rule = match (self.rules.of_route(&request), operation) {
            (Some((handler, arguments)), _) => {
                request.arguments = arguments;
                Some(handler)
            }
            (None, Some(operation)) => self.rules.of_action(operation, request.problems.is_empty()),
            (None, None) => None,
        };
        if rule.is_some() {
            request.problems.clear();
        }
        lock(&self.seen).push(request.clone());
        let answer = match rule {
            Some(handler) => handler(&request),
            None if request.problems.is_empty() => Answer::documented(),
            None => refusal(operation, &request),
        };
        answer.decide(self.document, operation)
    }

    /// The operation that a request is for, noted there with what is wrong.
    fn find(&self, request: &mut Request) -> Option<&'static Operation<'static>> {
        let segments = request.segments();
        let of_method = self.operations.iter().filter(|it| it.method.eq_ignore_ascii_case(request.method().as_str()));
        let found: Vec<_> = of_method.filter_map(|it| Some((it, it.arguments(&segments)?))).collect();
        // A fixed segment counts more than an argument.
        let shape = found.iter().map(|(operation, _)| operation.shape()).min();
        let mut best = None;
        for (operation, arguments) in found.into_iter().filter(|(operation, _)| Some(operation.shape()) == shape) {
            // Of several with the same method and path, the one that it fits, or the last.
            request.action = Some(operation.name);
            request.arguments = arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            request.problems = check::problems(self.document, operation, request);
            best = Some(operation);
            if request.problems.is_empty() {
                break;
            }
        }
        if best.is_none() {
            request.problems = vec!["no documented action has this method and path".to_owned()];
        }
        best
    }
}

/// The answer to a request that is not as documented.
fn refusal(operation: Option<&Operation<'_>>, request: &Request) -> Answer {
    let status = match operation {
        None => StatusCode::NOT_FOUND,
        Some(operation) if operation.needs_token() && !check::has_token(request) => StatusCode::UNAUTHORIZED,
        Some(_) => StatusCode::BAD_REQUEST,
    };
    Answer::error(status.as_u16(), answer::kind(status), request.problems.join("; "))
}
