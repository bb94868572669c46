//! The client's runtime against a real local server: what goes over the wire and what comes of the answers.

mod answers;
mod compressed;
mod downloads;
mod paging;
mod reconnects;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod sessions;
mod streams;
mod transports;
mod uploads;
mod vectors;

use losant_client::{Client, ClientBuilder, Error, RawRequest, RawResponse, RetryPolicy};
use tests::{Answer, Server};

/// No test waits longer than this for what must come.
const SOON: std::time::Duration = std::time::Duration::from_secs(20);

/// A client of a server, with a token, without the proxies of the environment, and without repeats.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).token("TEST_TOKEN").no_proxy().timeout(SOON).retry(RetryPolicy::off())
}

/// Repeats without waits that a test would notice.
fn hasty() -> RetryPolicy {
    RetryPolicy::default().first_delay(std::time::Duration::from_millis(1))
}

fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

async fn server(answer: Answer) -> Server {
    servers([answer]).await
}

/// A server that gives these answers in turn.
async fn servers<const N: usize>(answers: [Answer; N]) -> Server {
    Server::answering(answers).await.expect("a free port")
}

/// A server that says `{}` to everything.
async fn content() -> Server {
    server(Answer::json(200, &serde_json::json!({}))).await
}

fn get(client: &Client) -> RawRequest {
    client.request(http::Method::GET, "/things/{thingId}", &["1"])
}

fn post(client: &Client) -> RawRequest {
    client.request(http::Method::POST, "/things", &[])
}

/// What a call to a server that answers so ends in.
async fn outcome(answer: Answer) -> Result<RawResponse, Error> {
    let server = server(answer).await;
    get(&client(&server)).await
}

/// The error that a call to a server that answers so ends in.
#[track_caller]
fn refused(outcome: Result<RawResponse, Error>) -> Error {
    outcome.expect_err("this must be an error")
}
