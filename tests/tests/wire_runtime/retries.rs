//! What is sent again, how often, and what never is.

use crate::{SOON, builder, get, hasty, post, refused, server, servers};
use bytes::Bytes;
use futures_util::stream;
use http::Method;
use losant_client::{Client, ErrorKind, RawRequest, RequestOptions, RetryPolicy, Upload};
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{Answer, Server};

/// A client that repeats without noticeable waits.
fn client(server: &Server) -> Client {
    builder(server).retry(hasty()).build().expect("a client")
}

fn ok() -> Answer {
    Answer::json(200, &json!({"ok": true}))
}

#[tokio::test]
async fn passing_faults_are_repeated() {
    for fault in [
        Answer::full(429, &[], ""),
        Answer::full(502, &[], "<html>"),
        Answer::full(503, &[], ""),
        Answer::full(504, &[], ""),
        Answer::new().close(),
    ] {
        let server = servers([fault.clone(), fault.clone(), ok()]).await;
        assert!(get(&client(&server)).query("q", 1).await.is_ok(), "{fault:?}");
        assert_eq!(server.seen().len(), 3);
        assert!(server.seen().iter().all(|seen| seen.target == server.seen()[0].target && seen.headers.len() > 3));

        let server = servers([fault]).await;
        let error = refused(get(&client(&server)).await);
        assert_eq!((server.seen().len(), error.attempts()), (3, 3), "{error}");
    }
}

#[tokio::test]
async fn every_other_fault_is_not() {
    for (status, headers) in [(400, ""), (401, ""), (403, ""), (404, ""), (408, ""), (409, ""), (500, ""), (501, "")] {
        let server = server(Answer::full(status, &["X-Y: 1"], headers)).await;
        let error = refused(get(&client(&server)).await);
        assert_eq!((server.seen().len(), error.attempts()), (1, 1), "{status}");
    }
    let cut = Answer::new().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").close();
    let server = server(cut).await;
    assert_eq!(refused(get(&client(&server)).await).kind(), ErrorKind::Body);
    assert_eq!(server.seen().len(), 1);
}

/// Requests that must not be sent twice without a word of the caller.
fn unsafe_requests(client: &Client) -> [RawRequest; 4] {
    [
        post(client).json(&json!({"a": 1})),
        client.request(Method::PATCH, "/things", &[]),
        client.request(Method::PUT, "/things", &[]).part_file("file", "content"),
        get(client).repeatable(false),
    ]
}

#[tokio::test]
async fn what_may_do_harm_twice_is_sent_once() {
    for at in 0..4 {
        for fault in [Answer::full(503, &["Retry-After: 0"], ""), Answer::full(429, &[], ""), Answer::new().close()] {
            let server = servers([fault, ok()]).await;
            let [a, b, c, d] = unsafe_requests(&client(&server));
            let request = [a, b, c, d].into_iter().nth(at).expect("a request");
            refused(request.await);
            assert_eq!(server.seen().len(), 1, "request {at}");
        }
    }
    let server = servers([Answer::full(503, &[], ""), Answer::events("data: 1\n\n")]).await;
    let error = get(&client(&server)).stream().await.map(|_| ()).expect_err("refused");
    assert_eq!((error.status_code().map(|status| status.as_u16()), server.seen().len()), (Some(503), 1));
}

#[tokio::test]
async fn the_caller_may_say_that_it_does_no_harm() {
    for at in 0..3 {
        let server = servers([Answer::full(503, &[], ""), ok()]).await;
        let request = unsafe_requests(&client(&server)).into_iter().nth(at).expect("a request");
        assert!(request.repeatable(true).await.is_ok(), "request {at}");
        let seen = server.seen();
        assert_eq!((seen.len(), &seen[0].method), (2, &seen[1].method));
        if at == 0 {
            assert_eq!(seen[0].json(), seen[1].json());
        }
    }
    let server = servers([Answer::full(503, &[], ""), Answer::events("data: 1\n\n")]).await;
    let mut events = get(&client(&server)).repeatable(true).stream().await.expect("a stream");
    assert_eq!(events.next().await.expect("an event").expect("no fault").data(), "1");
}

#[tokio::test]
async fn what_was_read_from_a_stream_is_never_sent_again() {
    let server = servers([Answer::full(503, &[], ""), ok()]).await;
    let upload = Upload::stream(stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"content"))]));
    let error = refused(post(&client(&server)).part_file("file", upload).repeatable(true).await);
    assert_eq!((error.status_code().map(|status| status.as_u16()), server.seen().len()), (Some(503), 1));
}

#[tokio::test]
async fn repeats_can_be_switched_off() {
    let server = server(Answer::full(503, &[], "")).await;
    refused(get(&client(&server)).retry(RetryPolicy::off()).await);
    assert_eq!(server.seen().len(), 1);
    refused(get(&builder(&server).build().expect("a client")).await);
    assert_eq!(server.seen().len(), 2);
    refused(get(&client(&server)).retry(hasty().attempts(5)).await);
    assert_eq!(server.seen().len(), 7);
}

#[tokio::test]
async fn a_connection_that_is_refused_is_tried_again() {
    let gone = server(ok()).await;
    let client = client(&gone);
    drop(gone);
    tokio::task::yield_now().await;
    let error = refused(get(&client).await);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert_eq!(refused(post(&client).await).attempts(), 1);
}

#[tokio::test]
async fn a_server_gets_the_wait_that_it_asks_for() {
    let server = servers([Answer::full(429, &["Retry-After: 1"], ""), ok()]).await;
    let begun = Instant::now();
    get(&client(&server)).await.expect("an answer");
    assert!(begun.elapsed() >= Duration::from_secs(1), "sent too soon");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_wait_beyond_the_limits_is_not_begun() {
    let server = server(Answer::full(429, &["Retry-After: 3600"], "")).await;
    let error = refused(get(&client(&server)).await);
    assert_eq!((error.retry_after(), server.seen().len()), (Some(Duration::from_secs(3600)), 1));
    let request = get(&client(&server)).deadline(SOON).retry(hasty().longest_wait(Duration::from_secs(9999)));
    let error = refused(request.await);
    assert!(error.is_rate_limited(), "the answer says more than a time limit: {error}");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn nothing_goes_beyond_the_deadline() {
    let silent = server(Answer::new().wait(Duration::from_secs(60))).await;
    let error = refused(get(&client(&silent)).deadline(Duration::from_millis(200)).await);
    assert!(error.is_timeout() && error.path().is_some(), "{error}");
    // Attempts that are over soon, one after the other, and waits between them.
    let busy = server(Answer::full(503, &[], "")).await;
    let policy = RetryPolicy::default().attempts(u32::MAX).first_delay(Duration::from_millis(20));
    let error = refused(get(&client(&busy)).retry(policy).deadline(Duration::from_millis(400)).await);
    assert!(error.is_timeout() || error.status_code().is_some(), "{error}");
    assert!((2..=40).contains(&busy.seen().len()), "{}", busy.seen().len());
    let client = builder(&silent).deadline(Duration::from_millis(200)).build().expect("a client");
    assert!(refused(get(&client).await).is_timeout());
    assert!(get(&client).stream().await.is_err_and(|error| error.is_timeout()));
}
