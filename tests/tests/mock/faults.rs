//! Answers on demand, faults, and the server's own life.

use std::time::Duration;

use losant_client::mock::{Answer, MockServer};
use losant_client::resources::device::StateStreamEvent;
use losant_client::schemas::{DevicePatch, DeviceTagFilterItem};
use losant_client::{Client, Error, ErrorKind, RequestOptions, RetryPolicy, blocking};
use serde_json::json;

use super::refused;

fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(Duration::from_millis(1))
}

fn started() -> (MockServer, Client) {
    let losant = MockServer::start().expect("a server");
    let client = losant.client_builder().retry(quick()).build().expect("fine settings");
    (losant, client)
}

#[tokio::test]
async fn it_fails_so_often_and_then_answers() {
    let (losant, client) = started();
    let device = client.device("a", "d");
    losant.on("device.get").times(2).answer(Answer::fail(429).retry_after(0));
    device.get().await.expect("an answer to the third attempt");
    assert_eq!(losant.requests().len(), 3);

    losant.on("device.get").fail(503);
    let fault = device.get().retry(RetryPolicy::off()).await.expect_err("a refusal");
    assert_eq!((refused(&fault).0, fault.api_type()), (503, Some("ServiceUnavailable")));
    // The newest of the rules without a limit counts, and before them those with one.
    losant.on("device.get").json(json!({"name": "Pump"}));
    losant.on("device.get").times(1).answer(Answer::error(409, "Conflict", "busy"));
    let fault = device.get().await.expect_err("a refusal");
    assert_eq!((refused(&fault), fault.api_type()), ((409, "busy"), Some("Conflict")));
    assert_eq!(device.get().await.expect("an answer").name.as_deref(), Some("Pump"));
    // Other actions are as ever.
    client.devices("a").get().await.expect("an answer");
    losant.assert_clean();
}

/// What becomes of a call whose answer breaks off in this way; the next one is answered.
async fn broken(answer: Answer, limit: Duration) -> Error {
    let (losant, client) = started();
    let device = client.device("a", "d");
    losant.on("device.get").times(1).answer(answer.clone());
    let fault = device.get().retry(RetryPolicy::off()).timeout(limit).await.expect_err("a fault");
    device.get().await.expect("an answer");
    losant.on("device.patch").times(1).answer(answer);
    let again = device.patch(&DevicePatch::default()).timeout(limit).await.expect_err("it is not sent twice");
    assert_eq!(fault.kind(), again.kind(), "{fault:?} {again:?}");
    losant.assert_clean();
    fault
}

#[tokio::test]
async fn it_breaks_off_as_networks_do() {
    let broken_off = async |answer| broken(answer, Duration::from_secs(60)).await;
    for answer in ["", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\nContent-Le"].map(Answer::wire) {
        assert_eq!(broken_off(answer).await.kind(), ErrorKind::Transport);
    }
    assert_eq!(broken_off(Answer::reset()).await.kind(), ErrorKind::Transport);
    assert_eq!(broken_off(Answer::bytes("text/html", "<html>")).await.kind(), ErrorKind::Decode);
    // An error breaks off like any other answer.
    let fault = broken_off(Answer::fail(418).truncate(3)).await;
    assert_eq!(fault.status_code().map(|status| status.as_u16()), Some(418), "{fault:?}");
    let late = async |answer| broken(answer, Duration::from_millis(200)).await;
    for bytes in [0, 5] {
        assert_eq!(broken_off(Answer::documented().truncate(bytes)).await.kind(), ErrorKind::Body, "{bytes}");
        assert!(late(Answer::documented().stall(bytes)).await.is_timeout(), "{bytes}");
    }
    assert!(late(Answer::documented().delay(Duration::from_secs(3600))).await.is_timeout());
}

#[tokio::test]
async fn answers_are_those_of_the_test() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client_builder().user_agent("mine").build().expect("fine settings");
    losant.on("devices.get").json(json!({"items": [{"name": "Pump"}], "totalCount": 1}));
    let tag = DeviceTagFilterItem::default().key("Floor").value("2");
    let devices = client.devices("a b").get().per_page(7).tag_filter(&vec![tag]).await.expect("devices");
    assert_eq!(devices.items.iter().flatten().find_map(|device| device.name.as_deref()), Some("Pump"));
    let seen = losant.requests().pop().expect("a request");
    assert_eq!((seen.method(), seen.path()), (&http::Method::GET, "/applications/a%20b/devices"));
    assert_eq!((seen.action(), seen.path_param("applicationId")), (Some("devices.get"), Some("a b")));
    assert_eq!((seen.query("perPage"), seen.query("tagFilter[0][key]")), (Some("7"), Some("Floor")));
    assert_eq!(seen.header("User-Agent"), Some("mine"));
    assert!(!format!("{seen:?}").contains("mock-token"), "{seen:?}");

    losant.on("devices.get").answer(Answer::json(json!({"items": []})).header("X-Request-Id", "r1"));
    let full = client.devices("a").get().send().full().await.expect("an answer");
    assert_eq!(full.raw.headers()["x-request-id"], "r1");

    losant.on("files.get").answer(Answer::bytes("application/zip", vec![0, 255]));
    let mut download =
        client.request(http::Method::GET, "/applications/a/files", &[]).download().await.expect("an answer");
    assert_eq!(download.headers()["content-type"], "application/zip");
    assert_eq!(download.next().await.expect("bytes").expect("no fault"), [0, 255].as_slice());
    losant.assert_clean();
}

#[tokio::test]
async fn streams_have_the_events_of_the_test() {
    let (losant, client) = started();
    let device = client.device("a", "d");
    let states = [1, 2].map(|value| ("deviceState", json!({"data": {"t": value}})));
    losant.on("device.stateStream").times(1).answer(Answer::events(states.clone()));
    let mut stream = device.state_stream().await.expect("a stream");
    for value in [1, 2] {
        let event = stream.next().await.expect("an event").expect("no fault");
        let StateStreamEvent::DeviceState(state) = event else { panic!("a state") };
        assert_eq!(state.data.and_then(|data| data["t"].as_number()), Some(value.into()));
    }
    assert!(stream.next().await.is_none());

    losant.on("device.stateStream").times(1).answer(Answer::events(states.clone()).stall(usize::MAX));
    let mut stream = device.state_stream().await.expect("a stream");
    for _ in 0..2 {
        stream.next().await.expect("an event").expect("no fault");
    }
    let more = tokio::time::timeout(Duration::from_millis(50), stream.next()).await;
    assert!(more.is_err(), "the stream stays open");

    losant.on("device.stateStream").times(1).answer(Answer::events(states).truncate(60));
    let mut stream = device.state_stream().await.expect("a stream");
    stream.next().await.expect("an event").expect("no fault");
    let fault = stream.next().await.expect("a fault").expect_err("it breaks off");
    assert_eq!(fault.kind(), ErrorKind::Body, "{fault:?}");
    losant.on("device.stateStream").fail(401);
    let fault = device.state_stream().await.expect_err("refused");
    assert_eq!(refused(&fault).0, 401);
    losant.assert_clean();
}

#[tokio::test]
async fn pages_of_the_example_come_to_an_end() {
    let (losant, client) = started();
    let mut items = client.devices("a").get().by_item();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.expect("an item");
        count += 1;
    }
    assert!(count > 0);
    losant.on("devices.get").handle(|request| {
        let page: usize = request.query("page").and_then(|page| page.parse().ok()).unwrap_or(0);
        let names = ["a", "b", "c"].iter().skip(2 * page).take(2);
        Answer::json(json!({"items": names.map(|name| json!({"name": name})).collect::<Vec<_>>(), "perPage": 2}))
    });
    let mut items = client.devices("a").get().per_page(2).by_item();
    let mut names = String::new();
    while let Some(item) = items.next().await {
        names.extend(item.expect("an item").name);
    }
    assert_eq!(names, "abc");
    losant.assert_clean();
}

#[tokio::test]
async fn many_calls_at_once_are_told_apart() {
    let losant = MockServer::start().expect("a server");
    losant.on("device.get").handle(|request| Answer::json(json!({"name": request.path_param("deviceId")})));
    let calls: Vec<_> = (0..100)
        .map(|number| {
            let device = losant.client().device("a", number.to_string());
            tokio::spawn(async move { (number.to_string(), device.get().await.expect("an answer").name) })
        })
        .collect();
    for call in calls {
        let (number, name) = call.await.expect("no panic");
        assert_eq!(name.as_deref(), Some(&number[..]));
    }
    assert_eq!(losant.requests().len(), 100);
}

#[tokio::test]
async fn a_slow_answer_keeps_no_other_from_coming() {
    let (losant, client) = started();
    losant.on("device.get").answer(Answer::documented().delay(Duration::from_secs(3600)));
    let device = client.device("a", "d");
    let slow = tokio::spawn(device.get().timeout(None).into_future());
    for _ in 0..3 {
        client.me().get().await.expect("an answer");
    }
    assert!(!slow.is_finished());
    slow.abort();
}

#[tokio::test]
async fn a_dropped_server_is_gone() {
    let (losant, client) = started();
    losant.on("device.stateStream").answer(Answer::documented().stall(usize::MAX));
    let mut stream = client.device("a", "d").state_stream().await.expect("a stream");
    stream.next().await.expect("an event").expect("no fault");
    let address = losant.url().trim_start_matches("http://").to_owned();
    drop(losant);
    let fault = client.me().get().retry(RetryPolicy::off()).await.expect_err("nobody there");
    assert_eq!(fault.status_code(), None, "{fault:?}");
    assert!(stream.next().await.is_none_or(|event| event.is_err()), "open connections are closed");
    std::net::TcpListener::bind(address).expect("the port is free");
}

#[test]
fn the_blocking_client_needs_no_runtime() {
    let losant = MockServer::start().expect("a server");
    let client = blocking::Client::new(losant.client()).expect("a client");
    client.run(client.me().get()).expect("an answer");
    assert!(client.iter(client.devices("a").get().by_item()).all(|device| device.is_ok()));
    losant.assert_clean();
}

#[tokio::test]
async fn a_function_that_panics_breaks_its_own_answer_alone() {
    let (losant, client) = started();
    losant.on("me.get").times(1).handle(|_| panic!("as the test wants it"));
    let fault = client.me().get().retry(RetryPolicy::off()).await.expect_err("no answer");
    assert_eq!(fault.kind(), ErrorKind::Transport, "{fault:?}");
    client.me().get().await.expect("an answer");
    // A server may be dropped by its own thread.
    let other = MockServer::start().expect("a server");
    let held = std::sync::Mutex::new(Some(other));
    losant.on("me.get").handle(move |_| {
        drop(held.lock().map(|mut other| other.take()));
        Answer::documented()
    });
    client.me().get().await.expect("an answer");
}
