//! The client that waits: the same calls, outside of async code.

use losant_client::mock::{Answer, MockServer};
use losant_client::{ErrorKind, blocking};
use serde_json::json;

/// A list of three on two pages, and a stream of two events.
fn api() -> (MockServer, blocking::Client) {
    let losant = MockServer::start().expect("a server");
    losant.on("devices.get").handle(|request| {
        let items = if request.query("page") == Some("0") {
            json!([{"name": "0"}, {"name": "1"}])
        } else {
            json!([{"name": "2"}])
        };
        Answer::json(json!({"items": items, "perPage": 2}))
    });
    losant.on("device.stateStream").answer(Answer::events([("deviceState", json!({})), ("deviceState", json!({}))]));
    losant.on("me.get").json(json!({"firstName": "Ann"}));
    losant.on("org.get").fail(404);
    let client = blocking::Client::new(losant.client()).expect("a runtime");
    (losant, client)
}

#[test]
fn calls_lists_and_streams_are_waited_for() {
    let (losant, client) = api();
    assert_eq!(client.run(client.me().get()).expect("an answer").first_name.as_deref(), Some("Ann"));
    assert!(client.run(client.org("o").get()).is_err_and(|error| error.is_not_found()));
    let names = client.iter(client.devices("a").get().per_page(2).by_item()).map(|device| device.map(|it| it.name));
    let names: Vec<_> = names.collect::<Result<_, _>>().expect("no fault");
    assert_eq!(names, ["0", "1", "2"].map(|name| Some(name.to_owned())));
    let events = client.run(client.device("a", "d").state_stream()).expect("a stream");
    assert_eq!(client.iter(events).collect::<Result<Vec<_>, _>>().expect("no fault").len(), 2);
    // From several threads at once.
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.run(client.me().get()).is_ok())
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().expect("no panic")));
    losant.assert_clean();
    let seen = losant.requests().pop().expect("a request");
    let token = seen.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).expect("a token");
    assert!(!format!("{client:?}").contains(token));
}

#[tokio::test]
async fn inside_of_async_code_it_is_an_error_and_no_panic() {
    let (losant, client) = api();
    let error = client.run(client.me().get()).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Config);
    let mut pages = client.iter(client.devices("a").get().by_page());
    assert_eq!(pages.next().expect("a fault").expect_err("refused").kind(), ErrorKind::Config);
    assert!(losant.requests().is_empty());
    drop((client, pages));
}
