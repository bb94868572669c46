//! The tour of the examples, taken against a local server.

use serde_json::json;
use std::time::Duration;
use tests::{Answer, Seen, Server};

#[allow(dead_code, reason = "its main function runs where it is a program")]
#[path = "../../generated-client/examples/tour.rs"]
mod tour;

/// Enough of the API for the tour.
fn api(seen: &Seen) -> Answer {
    match (seen.method.as_str(), seen.path()) {
        ("POST", "/auth/device") => Answer::json(200, &json!({"deviceId": "d1", "token": "device-token"})),
        ("GET", "/applications/a1/devices") => {
            Answer::json(200, &json!({"items": [{"name": "Pump"}, {"name": "Fan"}]}))
        }
        ("POST", "/applications/a1/devices/d1/state") => Answer::json(200, &json!({"success": true})),
        ("GET", "/applications/a1/devices/d1/stateStream") => {
            Answer::events(": keep alive\n\nevent: deviceState\ndata: {\"data\":{\"temperature\":21.5}}\n\n")
                .wait(Duration::from_millis(20))
                .write("event: deviceState\ndata: {\"data\":{\"temperature\":22,\"speed\":null}}\n\n")
                .wait(Duration::from_secs(60))
        }
        _ => Answer::json(404, &json!({"type": "NotFound", "message": "no such thing here"})),
    }
}

fn settings(server: &Server, application: &str) -> tour::Settings {
    tour::Settings {
        application: application.to_owned(),
        device: "d1".to_owned(),
        key: "the key".to_owned(),
        secret: "the secret".to_owned(),
        url: Some(server.url()),
        states: 2,
    }
}

#[tokio::test]
async fn the_tour_goes_all_the_way() {
    let server = Server::start(api).await.expect("a free port");
    let mut lines = Vec::new();
    let settings = settings(&server, "a1");
    let tour = tour::tour(&settings, |line| lines.push(line.to_string()));
    tokio::time::timeout(Duration::from_secs(20), tour).await.expect("in time").expect("no fault");
    assert_eq!(
        lines,
        [
            "signed in as d1",
            "found Pump",
            "found Fan",
            "sent a state",
            "received temperature",
            "received speed, temperature",
            "done"
        ]
    );
    let seen = server.seen();
    assert_eq!(seen[0].json(), json!({"deviceId": "d1", "key": "the key", "secret": "the secret"}));
    assert_eq!(seen[0].header("authorization"), None);
    assert!(seen[1..].iter().all(|seen| seen.header("authorization") == Some("Bearer device-token")));
    assert_eq!(seen[3].json(), json!({"data": {"temperature": 21.5}}));
}

#[tokio::test]
async fn the_tour_tells_what_went_wrong() {
    let server = Server::start(api).await.expect("a free port");
    let error = tour::tour(&settings(&server, "a2"), |_| ()).await.expect_err("no such application");
    assert_eq!(
        error.to_string(),
        "GET /applications/{applicationId}/devices: 404 Not Found: NotFound: no such thing here"
    );
}
