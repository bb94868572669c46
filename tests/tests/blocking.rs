//! The client that waits: the same calls, outside of async code.

use losant_client::{Client, ErrorKind, blocking};
use serde_json::json;
use tests::{Answer, Seen, Server};

/// A list of three on two pages, and a stream of two events.
fn api(seen: &Seen) -> Answer {
    match (seen.path(), seen.target.contains("page=0")) {
        ("/applications/a/devices", true) => {
            Answer::json(200, &json!({"items": [{"name": "0"}, {"name": "1"}], "perPage": 2}))
        }
        ("/applications/a/devices", false) => Answer::json(200, &json!({"items": [{"name": "2"}], "perPage": 2})),
        ("/applications/a/devices/d/stateStream", _) => {
            Answer::events("event: deviceState\ndata: {}\n\nevent: deviceState\ndata: {}\n\n").close()
        }
        ("/me", _) => Answer::json(200, &json!({"firstName": "Ann"})),
        _ => Answer::json(404, &json!({"type": "NotFound", "message": "not here"})),
    }
}

fn client(server: &Server) -> blocking::Client {
    let client = Client::builder().base_url(server.url()).token("T").no_proxy().build().expect("a client");
    blocking::Client::new(client).expect("a runtime")
}

#[test]
fn calls_lists_and_streams_are_waited_for() {
    // The server needs a runtime of its own, which runs while this thread waits.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let server = runtime.block_on(Server::start(api)).expect("a free port");
    let client = client(&server);
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
    assert!(!format!("{client:?}").contains("\"T\""));
}

#[tokio::test]
async fn inside_of_async_code_it_is_an_error_and_no_panic() {
    let server = Server::start(api).await.expect("a free port");
    let client = client(&server);
    let error = client.run(client.me().get()).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Config);
    let mut pages = client.iter(client.devices("a").get().by_page());
    assert_eq!(pages.next().expect("a fault").expect_err("refused").kind(), ErrorKind::Config);
    assert!(server.seen().is_empty());
    drop((client, pages));
}
