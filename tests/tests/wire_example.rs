//! The tour of the examples, taken against a local server that knows what is documented.

use losant_client::mock::{Answer, MockServer};
use serde_json::json;
use std::time::Duration;

#[allow(dead_code, reason = "its main function runs where it is a program")]
#[path = "../../generated-client/examples/tour.rs"]
mod tour;

const DEVICE: &str = "575ecf887ae143cd83dc4aa2";

/// Enough of the API for the tour.
fn api() -> (MockServer, tour::Settings) {
    let losant = MockServer::start().expect("a server");
    losant.on("auth.authenticateDevice").json(json!({"deviceId": DEVICE, "token": "device-token"}));
    losant.on("devices.get").json(json!({"items": [{"name": "Pump"}, {"name": "Fan"}]}));
    let states = [json!({"temperature": 21.5}), json!({"temperature": 22, "speed": null})];
    let states = states.map(|data| ("deviceState", json!({"data": data})));
    losant.on("device.stateStream").answer(Answer::events(states).stall(usize::MAX));
    let settings = tour::Settings {
        application: "575ec8687ae143cd83dc4a97".to_owned(),
        device: DEVICE.to_owned(),
        key: "the key".to_owned(),
        secret: "the secret".to_owned(),
        url: Some(losant.url()),
        states: 2,
    };
    (losant, settings)
}

#[tokio::test]
async fn the_tour_goes_all_the_way() {
    let (losant, settings) = api();
    let mut lines = Vec::new();
    let tour = tour::tour(&settings, |line| lines.push(line.to_string()));
    tokio::time::timeout(Duration::from_secs(20), tour).await.expect("in time").expect("no fault");
    assert_eq!(
        lines,
        [
            &format!("signed in as {DEVICE}"),
            "found Pump",
            "found Fan",
            "sent a state",
            "received temperature",
            "received speed, temperature",
            "done"
        ]
    );
    losant.assert_clean();
    let seen = losant.requests();
    assert_eq!(seen[0].json(), Some(json!({"deviceId": DEVICE, "key": "the key", "secret": "the secret"})));
    assert_eq!(seen[0].header("authorization"), None);
    assert!(seen[1..].iter().all(|seen| seen.header("authorization") == Some("Bearer device-token")));
    assert_eq!(seen[3].json(), Some(json!({"data": {"temperature": 21.5}})));
}

#[tokio::test]
async fn the_tour_tells_what_went_wrong() {
    let (losant, settings) = api();
    losant.on("devices.get").answer(Answer::error(404, "NotFound", "no such thing here"));
    let error = tour::tour(&settings, |_| ()).await.expect_err("no such application");
    assert_eq!(
        error.to_string(),
        "GET /applications/{applicationId}/devices: 404 Not Found: NotFound: no such thing here"
    );
}
