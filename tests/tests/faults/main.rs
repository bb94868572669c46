//! What a client survives: one test per fault, against a real socket. Each call ends in time, in an error that says what
//! happened; nothing secret is in what can be printed of it; a `GET` is repeated where that may help, a `POST` never.

mod answers;
mod arguments;
mod connections;
mod leaks;
mod limits;
mod sizes;
mod streams;

use losant_client::{Client, ClientBuilder, Error, RawRequest, RawResponse, RetryPolicy};
use serde_json::{Value, json};
use std::time::Duration;
use tests::{Answer, Server, printed};

/// Longer than any call here may take, so that a call that hangs is seen.
const SOON: Duration = Duration::from_secs(20);
/// Longer than any call waits.
const NEVER: Duration = Duration::from_secs(3600);
/// The secrets that no printed text may hold.
const TOKEN: &str = "hunter2-token";

/// A client that repeats at once, and gives up a call after a second.
fn builder(server: &Server) -> ClientBuilder {
    let retry = RetryPolicy::default().first_delay(Duration::from_millis(1));
    let builder = Client::builder().base_url(server.url()).token(TOKEN).no_proxy();
    builder.timeout(Duration::from_millis(400)).deadline(Duration::from_secs(5)).retry(retry)
}

fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

async fn server(answer: Answer) -> Server {
    Server::answering([answer]).await.expect("a free port")
}

fn get(client: &Client) -> RawRequest {
    client.request(http::Method::GET, "/things/{thingId}", &["1"]).query("q", "hunter2-query")
}

fn post(client: &Client) -> RawRequest {
    let request = client.request(http::Method::POST, "/things", &[]).query("q", "hunter2-query");
    request.json(&json!({"password": "hunter2-body"}))
}

/// What came of the same fault in a `GET` and in a `POST`: never later than soon, and without a secret.
struct Fault {
    get: Result<RawResponse, Error>,
    post: Result<RawResponse, Error>,
    /// How often each was sent.
    sent: (usize, usize),
}

/// Sends both to a server that answers so.
async fn fault(answer: Answer) -> Fault {
    let server = server(answer).await;
    let client = client(&server);
    let get = tokio::time::timeout(SOON, get(&client).send()).await.expect("no hanging call");
    let gets = server.seen().len();
    let post = tokio::time::timeout(SOON, post(&client).send()).await.expect("no hanging call");
    for outcome in [&get, &post] {
        clean(&format!("{outcome:?}"));
        if let Err(error) = outcome {
            clean(&printed(error));
            assert!(error.path().is_some_and(|path| error.to_string().contains(path)), "{error}");
        }
    }
    Fault { get, post, sent: (gets, server.seen().len() - gets) }
}

impl Fault {
    /// That both have failed in one way and were sent so often.
    #[track_caller]
    fn is(self, kind: losant_client::ErrorKind, sent: (usize, usize)) -> [Error; 2] {
        let (get, post) = (self.get.expect_err("a fault"), self.post.expect_err("a fault"));
        assert_eq!((get.kind(), post.kind()), (kind, kind), "{get:?} {post:?}");
        assert_eq!(self.sent, sent, "{get:?} {post:?}");
        [get, post]
    }
}

#[track_caller]
fn clean(text: &str) {
    assert!(!text.contains("hunter2"), "{text}");
}

/// A typed value of an answer.
fn decoded(answer: Result<RawResponse, Error>) -> Result<Value, Error> {
    answer.and_then(|answer| answer.json())
}
