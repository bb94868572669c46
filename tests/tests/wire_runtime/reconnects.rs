//! Event streams that are opened again when they end.

use crate::{builder, client, get, hasty, servers};
use losant_client::{Client, ErrorKind, EventMessage, EventStream, RequestOptions};
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{Answer, Server};

async fn open(server: &Server) -> EventStream<EventMessage> {
    get(&client(server)).query("topic", "t").reconnect(hasty()).stream().await.expect("a stream")
}

/// The data of the events until the end or the first fault.
async fn data(mut stream: EventStream<EventMessage>) -> (Vec<String>, Option<losant_client::Error>) {
    let mut data = Vec::new();
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => data.push(event.data().to_owned()),
            Err(error) => return (data, Some(error)),
        }
    }
    (data, None)
}

/// What ends a stream for good.
fn over() -> Answer {
    Answer::full(204, &[], "")
}

#[tokio::test]
async fn a_stream_goes_on_behind_the_last_event() {
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let server = servers([
        Answer::events("id: 7\ndata: a\n\n").close(),
        // Cut inside an event: what had begun comes again, whole.
        Answer::new().write(format!("{chunked}13\r\ndata: b\n\ndata: half \r\n")).close(),
        Answer::events("data: c\n\nid: 9\ndata: d\n\n").close(),
        over(),
    ])
    .await;
    let (data, fault) = data(open(&server).await).await;
    assert!(fault.is_none(), "{fault:?}");
    assert_eq!(data, ["a", "b", "c", "d"]);
    let seen = server.seen();
    let ids: Vec<_> = seen.iter().map(|seen| seen.header("last-event-id")).collect();
    assert_eq!(ids, [None, Some("7"), Some("7"), Some("9")]);
    assert!(seen.iter().all(|seen| seen.target == "/things/1?topic=t"));
    assert!(seen.iter().all(|seen| seen.header("authorization") == Some("Bearer TEST_TOKEN")));
}

#[tokio::test]
async fn without_a_word_of_the_caller_it_ends() {
    let server = servers([Answer::events("data: a\n\n").close(), Answer::events("data: b\n\n")]).await;
    let stream = get(&client(&server)).stream().await.expect("a stream");
    assert_eq!(data(stream).await.0, ["a"]);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn passing_refusals_are_waited_out() {
    let server = servers([
        Answer::events("data: a\n\n").close(),
        Answer::full(503, &[], ""),
        Answer::new().close(),
        Answer::events(": alive\n\ndata: b\n\n").close(),
        Answer::full(429, &["Retry-After: 0"], ""),
        Answer::full(502, &[], ""),
        Answer::full(503, &[], ""),
    ])
    .await;
    let stream = get(&client(&server)).reconnect(hasty().attempts(4)).stream().await.expect("a stream");
    let (data, fault) = data(stream).await;
    assert_eq!(data, ["a", "b"]);
    // Three in a row are enough.
    assert_eq!(fault.and_then(|fault| fault.status_code()).map(|status| status.as_u16()), Some(503));
    assert_eq!(server.seen().len(), 7);
}

#[tokio::test]
async fn a_refusal_is_the_end_and_keeps_what_was_said() {
    for status in [400, 401, 403, 404] {
        let refusal = Answer::json(status, &json!({"type": "Gone", "message": "No more of this"}));
        let server = servers([Answer::events("data: a\n\n").close(), refusal]).await;
        let (data, fault) = data(open(&server).await).await;
        let fault = fault.expect("a fault");
        assert_eq!((data.len(), fault.api_message()), (1, Some("No more of this")));
        assert_eq!((fault.path(), server.seen().len()), (Some("/things/{thingId}"), 2));
    }
    let server = servers([Answer::events("data: a\n\n").close(), Answer::json(200, &json!({}))]).await;
    let (_, fault) = data(open(&server).await).await;
    assert_eq!(fault.map(|fault| fault.kind()), Some(ErrorKind::Decode));
}

#[tokio::test]
async fn a_stream_that_says_nothing_is_given_up() {
    let server = servers([Answer::events("").close()]).await;
    let (events, fault) = data(open(&server).await).await;
    assert_eq!((events.len(), fault.map(|fault| fault.kind()), server.seen().len()), (0, None, 3));
}

#[tokio::test]
async fn the_server_s_wait_counts() {
    let server = servers([Answer::events("retry: 300\ndata: a\n\n").close(), over()]).await;
    let begun = Instant::now();
    assert_eq!(data(open(&server).await).await.0, ["a"]);
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn silence_is_a_reason_to_reconnect() {
    let server = servers([
        Answer::events("data: a\n\n").wait(Duration::from_secs(60)),
        Answer::events("data: b\n\n").close(),
        over(),
    ])
    .await;
    let client: Client =
        builder(&server).event_idle_timeout(Duration::from_millis(200)).reconnect(hasty()).build().expect("a client");
    let (data, fault) = data(get(&client).stream().await.expect("a stream")).await;
    assert!(fault.is_none(), "{fault:?}");
    assert_eq!(data, ["a", "b"]);
}

#[tokio::test]
async fn what_the_server_says_without_an_event_counts() {
    // An id and a wait of their own, as servers send them at the start.
    let server = servers([Answer::events("retry: 300\nid: 5\n\n: comment\n").close(), over()]).await;
    let begun = Instant::now();
    assert!(data(open(&server).await).await.1.is_none());
    assert_eq!(server.last().header("last-event-id"), Some("5"));
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn an_id_may_be_taken_back_and_may_be_the_caller_s() {
    let server = servers([
        Answer::events("id: 1\ndata: a\n\n").close(),
        Answer::events("id:\ndata: b\n\n").close(),
        // It cannot stand in a header.
        Answer::events("id: \u{1}\ndata: c\n\n").close(),
        over(),
    ])
    .await;
    assert_eq!(data(open(&server).await).await.0, ["a", "b", "c"]);
    let ids: Vec<_> = server.seen().iter().map(|seen| seen.header("last-event-id").map(str::to_owned)).collect();
    assert_eq!(ids, [None, Some("1".to_owned()), None, None]);

    let server =
        servers([Answer::events("data: a\n\n").close(), Answer::events("id: 42\ndata: b\n\n").close(), over()]);
    let server = server.await;
    let stream =
        get(&client(&server)).header("Last-Event-ID", "41").reconnect(hasty()).stream().await.expect("a stream");
    assert_eq!(data(stream).await.0, ["a", "b"]);
    let ids: Vec<_> = server.seen().iter().map(|seen| seen.header("last-event-id").map(str::to_owned)).collect();
    assert_eq!(ids, ["41", "41", "42"].map(|id| Some(id.to_owned())));
}
