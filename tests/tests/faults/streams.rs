//! Faults of event streams and of lists in pages.

use crate::{NEVER, builder, client, get};
use losant_client::{ErrorKind, RequestOptions, RetryPolicy};
use serde_json::json;
use std::time::Duration;
use tests::{Answer, Server};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

async fn servers<const N: usize>(answers: [Answer; N]) -> Server {
    Server::answering(answers).await.expect("a free port")
}

#[tokio::test]
async fn a_stream_cut_inside_an_event() {
    let cut = || Answer::new().write(format!("{HEAD}1b\r\nid: 1\ndata: a\n\nid: 2\ndata: \r\n"));
    for end in [cut().close(), cut().reset()] {
        let server = servers([end.clone()]).await;
        let mut events = get(&client(&server)).stream().await.expect("a stream");
        assert_eq!(events.next().await.expect("an event").expect("no fault").data(), "a");
        let error = events.next().await.expect("a fault").expect_err("a fault");
        assert_eq!((error.kind(), error.path()), (ErrorKind::Body, Some("/things/{thingId}")));
        assert!(events.next().await.is_none(), "half an event is none");

        let server = servers([end, Answer::events("id: 2\ndata: b\n\n").close(), Answer::full(204, &[], "")]).await;
        let policy = RetryPolicy::default().first_delay(Duration::from_millis(1));
        let mut events = get(&client(&server)).reconnect(policy).stream().await.expect("a stream");
        let mut data = Vec::new();
        while let Some(event) = events.next().await {
            data.push(event.expect("no fault").data().to_owned());
        }
        assert_eq!(data, ["a", "b"]);
        assert_eq!(server.seen()[1].header("last-event-id"), Some("1"), "the id of half an event does not count");
    }
}

#[tokio::test]
async fn a_stream_that_ends_anywhere() {
    // CRLF, a comment, two lines of data, a name, an id; each event is there as a whole or not at all.
    let text = ": hello\r\n\r\nid: 1\r\nevent: add\r\ndata: a\r\ndata: b\r\n\r\ndata: c\n\n";
    let whole = [("add", "a\nb", "1"), ("message", "c", "1")];
    for end in 0..=text.len() {
        // In two packets, the second of which may begin with half a line end.
        let (first, second) = text[..end].split_at(end / 2);
        let answer = Answer::events(first).wait(Duration::from_millis(1)).write(second).close();
        let server = servers([answer]).await;
        let mut events = get(&client(&server)).stream().await.expect("a stream");
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.expect("a connection that is closed in order is the end");
            seen.push((event.name().to_owned(), event.data().to_owned(), event.id().to_owned()));
        }
        let seen: Vec<_> = seen.iter().map(|(name, data, id)| (name.as_str(), data.as_str(), id.as_str())).collect();
        assert_eq!(seen, whole[..seen.len()], "{end}");
        assert!(end < text.len() || seen.len() == whole.len());
    }
}

#[tokio::test]
async fn a_stream_that_falls_silent() {
    let server = servers([Answer::events("data: a\n\n").wait(NEVER)]).await;
    let client = builder(&server).event_idle_timeout(Duration::from_millis(200)).build().expect("a client");
    let mut events = get(&client).stream().await.expect("a stream");
    assert_eq!(events.next().await.expect("an event").expect("no fault").data(), "a");
    assert!(events.next().await.expect("a fault").expect_err("silence").is_timeout());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_refused_stream() {
    let server = servers([Answer::json(401, &json!({"type": "Unauthorized", "message": "no"}))]).await;
    let error = client(&server).device("a", "d").state_stream().await.map(|_| ()).expect_err("refused");
    assert_eq!((error.is_unauthorized(), error.api_message()), (true, Some("no")));
    crate::clean(&crate::printed(&error));
}

#[tokio::test]
async fn a_401_in_the_middle_of_paging() {
    let page = |at: usize| Answer::json(200, &json!({"items": [{"name": at.to_string()}], "perPage": 1}));
    let refusal = Answer::json(401, &json!({"type": "Unauthorized", "message": "expired"}));
    let server = servers([page(0), refusal, page(1), Answer::json(200, &json!({"items": []}))]).await;
    let mut items = client(&server).devices("a").get().per_page(1).by_item();
    assert_eq!(items.next().await.expect("an item").expect("no fault").name.as_deref(), Some("0"));
    assert!(items.next().await.expect("a fault").expect_err("expired").is_unauthorized());
    assert!(items.next().await.is_none());
    items.resume();
    assert_eq!(items.next().await.expect("an item").expect("no fault").name.as_deref(), Some("1"));
    assert!(items.next().await.is_none());
    let pages: Vec<_> = server.seen().iter().map(|seen| seen.target.contains("page=1")).collect();
    assert_eq!(pages, [false, true, true, false], "the page that failed is asked for again");
}
