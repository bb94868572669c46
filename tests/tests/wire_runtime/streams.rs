//! Event streams: every event, in order, and the faults between them.

use crate::{builder, client, get, server};
use futures_util::StreamExt;
use losant_client::{ErrorKind, EventMessage, EventStream, RequestOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tests::{Answer, Server};

async fn open(answer: Answer) -> EventStream<EventMessage> {
    let server = server(answer).await;
    let stream = get(&client(&server)).stream().await.expect("a stream");
    // The connection outlives the server's door.
    drop(server);
    stream
}

/// The name, data and id of all events up to the end.
async fn events(answer: Answer) -> Vec<(String, String, String)> {
    let owned = |event: EventMessage| (event.name().to_owned(), event.data().to_owned(), event.id().to_owned());
    open(answer).await.map(|event| owned(event.expect("no fault"))).collect().await
}

fn event(name: &str, data: &str, id: &str) -> (String, String, String) {
    (name.to_owned(), data.to_owned(), id.to_owned())
}

#[tokio::test]
async fn the_request_has_no_default_query() {
    let server = server(Answer::events("").close()).await;
    drop(get(&client(&server)).query("topic", "my/topic").stream().await.expect("a stream"));
    let seen = server.last();
    assert_eq!(seen.target, "/things/1?topic=my%2Ftopic");
    assert_eq!((seen.header("accept"), seen.header("accept-version")), (Some("application/json"), Some("^1.30.0")));
    assert_eq!(seen.header("authorization"), Some("Bearer TEST_TOKEN"));
    drop(get(&client(&server)).stream().await.expect("a stream"));
    assert_eq!(server.last().target, "/things/1");
    drop(get(&client(&server)).include_links(true).stream().await.expect("a stream"));
    assert_eq!(server.last().target, "/things/1?_links=true");
}

#[tokio::test]
async fn events_behind_the_headers_are_not_lost() {
    let answer = Answer::events("event: deviceState\nid: 1\ndata: {\"a\":1}\n\ndata: second\n\n").close();
    assert_eq!(events(answer).await, [event("deviceState", "{\"a\":1}", "1"), event("message", "second", "1")]);
}

#[tokio::test]
async fn packets_may_end_anywhere() {
    let text = "\u{feff}: comment\nevent: é\r\ndata: 日本\ndata:zwei\r\n\nid:7\rdata: {\"x\":\r\rretry: 5\ndata: last\n\ndata: cut off";
    let whole = events(Answer::events(text).close()).await;
    assert_eq!(
        whole.iter().map(|event| event.1.as_str()).collect::<Vec<_>>(),
        ["日本\nzwei", "{\"x\":", "last"],
        "an event that is not finished is none"
    );
    let bytes =
        text.bytes().fold(Answer::events(""), |answer, byte| answer.write([byte]).wait(Duration::from_millis(1)));
    assert_eq!(events(bytes.close()).await, whole);
}

#[tokio::test]
async fn chunked_streams_are_streams() {
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    let answer = Answer::new().write(format!("{head}7\r\ndata: 1\r\n")).wait(Duration::from_millis(5));
    let answer = answer.write("2\r\n\n\n\r\n0\r\n\r\n");
    assert_eq!(events(answer).await, [event("message", "1", "")]);
}

#[tokio::test]
async fn events_decode_or_tell_where_not() {
    let mut stream = open(Answer::events("data: {\"a\":[1,\"hunter2\"]}\n\ndata: {\"a\":[1]}\n\n").close()).await;
    let error = stream
        .next()
        .await
        .expect("an event")
        .expect("no fault")
        .json::<BTreeMap<String, Vec<u8>>>()
        .expect_err("no fit");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("a[1]")));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    let good = stream.next().await.expect("an event").expect("no fault");
    assert_eq!(good.json::<Value>().expect("JSON"), json!({"a": [1]}));
    assert!(!format!("{good:?}").contains('['));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_refused_stream_keeps_what_was_said() {
    for status in [400, 401, 404, 429, 500] {
        let answer = Answer::json(status, &json!({"type": "Refused", "message": "No stream for you"}));
        let server = server(answer).await;
        let error = get(&client(&server)).stream().await.map(|_| ()).expect_err("refused");
        assert_eq!((error.kind(), error.status_code().map(|code| code.as_u16())), (ErrorKind::Status, Some(status)));
        assert_eq!((error.api_type(), error.api_message()), (Some("Refused"), Some("No stream for you")));
        assert_eq!(error.path(), Some("/things/{thingId}"));
    }
    for answer in [Answer::full(204, &[], ""), Answer::json(200, &json!({}))] {
        let server = server(answer).await;
        let error = get(&client(&server)).stream().await.map(|_| ()).expect_err("no stream");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.body().is_some());
    }
}

#[tokio::test]
async fn a_broken_connection_is_the_last_item() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut stream = open(Answer::new().write(format!("{head}9\r\ndata: 1\n\n\r\n")).close()).await;
    assert_eq!(stream.next().await.expect("an event").expect("no fault").data(), "1");
    let error = stream.next().await.expect("a fault").expect_err("a fault");
    assert_eq!((error.kind(), error.path()), (ErrorKind::Body, Some("/things/{thingId}")));
    assert!(stream.next().await.is_none());

    let server = server(Answer::events("data: 12345\n\ndata: 123456789").wait(Duration::from_secs(60))).await;
    let client = builder(&server).max_body(12).build().expect("a client");
    let mut stream = get(&client).stream().await.expect("a stream");
    assert_eq!(stream.next().await.expect("an event").expect("no fault").data(), "12345");
    assert_eq!(stream.next().await.expect("a fault").expect_err("too long").kind(), ErrorKind::Body);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn only_silence_has_a_limit() {
    let beat = Duration::from_millis(100);
    let alive = (0..8).fold(Answer::events(""), |answer, _| answer.wait(beat).write(": alive\n")).write("data: 1\n\n");
    let dead = alive.clone().wait(Duration::from_secs(60));
    let server = Server::answering([dead]).await.expect("a free port");
    // Shorter than the stream lives: it bounds only the wait for its first line.
    let client = builder(&server).timeout(Duration::from_millis(400)).event_idle_timeout(Duration::from_millis(500));
    let mut stream = get(&client.build().expect("a client")).stream().await.expect("a stream");
    assert_eq!(stream.next().await.expect("an event").expect("no fault").data(), "1");
    let error = stream.next().await.expect("a fault").expect_err("silence");
    assert!(error.is_timeout(), "{error:?}");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn opening_has_a_limit() {
    let server = server(Answer::new().wait(Duration::from_secs(60))).await;
    let opening = get(&client(&server)).timeout(Duration::from_millis(200)).stream().await;
    assert!(opening.map(|_| ()).expect_err("too slow").is_timeout());
}

#[tokio::test]
async fn dropping_it_closes_the_connection() {
    let server = server(Answer::events("data: 1\n\n").wait(Duration::from_secs(60))).await;
    let mut stream = get(&client(&server)).stream().await.expect("a stream");
    stream.next().await.expect("an event").expect("no fault");
    assert_eq!(server.open_connections(), 1);
    drop(stream);
    for _ in 0..200 {
        if server.open_connections() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the connection stays open");
}

#[tokio::test]
async fn giving_up_a_wait_loses_nothing() {
    let answer = Answer::events("").wait(Duration::from_millis(150)).write("data: 1\n\ndata: 2\n\n").close();
    let mut stream = open(answer).await;
    let mut seen = Vec::new();
    for _ in 0..100 {
        match tokio::time::timeout(Duration::from_millis(20), stream.next()).await {
            Err(_) => {}
            Ok(Some(event)) => seen.push(event.expect("no fault").data().to_owned()),
            Ok(None) => break,
        }
    }
    assert_eq!(seen, ["1", "2"]);
}
