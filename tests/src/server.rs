//! A real server on a port of this machine: it records every request and answers as a test says, byte by byte if need be.

use crate::http::{self, Seen};
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does once it has read a request.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    steps: Vec<Step>,
    close: bool,
    reset: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Write(Vec<u8>),
    Repeat(Vec<u8>, usize),
    Wait(Duration),
}

impl Answer {
    /// Nothing at all; more can be added.
    pub fn new() -> Self {
        Self::default()
    }

    /// A complete answer with headers (each `Name: value`) and a body.
    pub fn full(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Test\r\nContent-Length: {}\r\n", body.len());
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        Self::new().write([head.as_bytes(), body].concat())
    }

    /// A complete JSON answer.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::full(status, &["Content-Type: application/json"], body.to_string())
    }

    /// A redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::full(status, &[&format!("Location: {location}")], "")
    }

    /// The head of an event stream without a stated length, and its first bytes in the same packet.
    pub fn events(first: &str) -> Self {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
        Self::new().write(format!("{head}{first}"))
    }

    /// Then writes bytes, as one packet where they fit.
    #[must_use]
    pub fn write(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Write(bytes.into()));
        self
    }

    /// Then writes the same bytes so many times, without holding them all.
    #[must_use]
    pub fn repeat(mut self, bytes: impl Into<Vec<u8>>, times: usize) -> Self {
        self.steps.push(Step::Repeat(bytes.into(), times));
        self
    }

    /// Then waits.
    #[must_use]
    pub fn wait(mut self, time: Duration) -> Self {
        self.steps.push(Step::Wait(time));
        self
    }

    /// Then closes the connection; without this it is kept for more requests.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }

    /// Then resets the connection: what the client has not read yet is gone.
    #[must_use]
    pub fn reset(mut self) -> Self {
        self.reset = true;
        self
    }
}

/// A running server; it ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that asks a function for each answer.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (connections, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let desk = Desk { seen: Arc::clone(&seen), open: Arc::clone(&open), script: Arc::new(answer) };
        let task = tokio::spawn(accept(listener, Arc::clone(&connections), desk));
        Ok(Self { address, seen, connections, open, task })
    }

    /// Starts a server that gives these answers in turn, and the last one for ever.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> io::Result<Self> {
        let answers = Mutex::new(answers.into_iter().collect::<Vec<_>>());
        Self::start(move |_| {
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            if answers.len() > 1 { answers.remove(0) } else { answers.first().cloned().unwrap_or_default() }
        })
        .await
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// How many connections are open now.
    pub fn open_connections(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// The latest request; an empty one where there was none.
    pub fn last(&self) -> Seen {
        self.seen().pop().unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What each connection needs of the server.
#[derive(Clone)]
struct Desk {
    seen: Arc<Mutex<Vec<Seen>>>,
    open: Arc<AtomicUsize>,
    script: Arc<dyn Fn(&Seen) -> Answer + Send + Sync>,
}

async fn accept(listener: TcpListener, connections: Arc<AtomicUsize>, desk: Desk) {
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        let desk = desk.clone();
        tokio::spawn(async move {
            desk.open.fetch_add(1, Ordering::SeqCst);
            // A client that goes away ends its connection and nothing else.
            let _ = serve(stream, &desk).await;
            desk.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(stream: TcpStream, desk: &Desk) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    while let Some(seen) = http::read(&mut read).await? {
        let answer = (desk.script)(&seen);
        let complete = seen.complete;
        desk.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
        if !complete {
            break;
        }
        for step in answer.steps {
            match step {
                Step::Write(bytes) => write.write_all(&bytes).await?,
                Step::Repeat(bytes, times) => {
                    for _ in 0..times {
                        write.write_all(&bytes).await?;
                    }
                }
                // A client that hangs up ends the wait.
                Step::Wait(time) => tokio::select! {
                    () = tokio::time::sleep(time) => {}
                    () = hung_up(&mut read) => return Ok(()),
                },
            }
        }
        if answer.reset {
            let stream = read.into_inner().reunite(write).map_err(io::Error::other)?;
            return stream.set_zero_linger();
        }
        if answer.close {
            break;
        }
    }
    write.shutdown().await
}

/// Returns when the peer has closed the connection; whatever it sends is left unread.
async fn hung_up(read: &mut BufReader<OwnedReadHalf>) {
    let mut byte = [0];
    while matches!(read.get_mut().peek(&mut byte).await, Ok(length) if length > 0) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
