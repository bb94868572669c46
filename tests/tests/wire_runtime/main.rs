//! The client's runtime against a real local server: what goes over the wire and what comes of the answers.

mod answers;
mod redirects;
mod requests;
mod secrets;
mod streams;
mod uploads;
mod vectors;

use losant_client::{Client, ClientBuilder, Error, RawRequest, RawResponse};
use tests::{Answer, Server};

/// No test waits longer than this for what must come.
const SOON: std::time::Duration = std::time::Duration::from_secs(20);

/// A client of a server, with a token and without the proxies of the environment.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).token("TEST_TOKEN").no_proxy().timeout(SOON)
}

fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

async fn server(answer: Answer) -> Server {
    Server::answering([answer]).await.expect("a free port")
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
