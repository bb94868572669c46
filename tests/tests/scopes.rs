//! The smallest set of scopes: the client and `cargo xtask scopes` give the same answer for the same actions.

use losant_client::Endpoint;
use losant_client::resources::{application, auth, device, devices};
use losant_client::scopes::{endpoints, smallest_scopes};
use serde_json::{Value, json};

fn name(endpoint: &Endpoint) -> String {
    format!("{}.{}", endpoint.resource(), endpoint.action())
}

/// What the command says.
fn of_xtask(actions: &[&Endpoint]) -> Value {
    let arguments = ["scopes", "--format", "json"].map(str::to_owned).into_iter();
    let output = tests::xtask(arguments.chain(actions.iter().map(|action| name(action))));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("an answer")
}

#[test]
fn a_token_opens_no_more_than_it_has_to() {
    let scopes = smallest_scopes(&[&devices::GET, &device::GET, &device::SEND_STATE]);
    assert_eq!(scopes, ["device.get", "device.sendState", "devices.get"]);
    // All actions of a resource: its own scope opens just these.
    let all: Vec<&Endpoint> = endpoints().iter().copied().filter(|endpoint| endpoint.resource() == "device").collect();
    assert_eq!(smallest_scopes(&all), ["device.*"]);
    // What needs no token needs no scope.
    assert_eq!(smallest_scopes(&[&auth::AUTHENTICATE_USER]), [""; 0]);
    // The least that allows the one opens the other, too.
    assert_eq!(smallest_scopes(&[&application::README]), ["application.get"]);
    let answer = of_xtask(&[&application::README, &auth::AUTHENTICATE_USER]);
    let whole = json!({
        "scopes": ["application.get"],
        "alsoOpens": ["application.get"],
        "withoutToken": ["auth.authenticateUser"],
        "anyScope": [],
    });
    assert_eq!(answer, whole);
}

#[test]
fn client_and_command_agree() {
    // Numbers that look random and are the same each time.
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for one_in in [100, 60, 60, 30, 30, 20, 20, 10, 10, 5, 5, 3] {
        let actions: Vec<&Endpoint> = endpoints().iter().copied().filter(|_| next(one_in) == 0).collect();
        let scopes = smallest_scopes(&actions);
        assert_eq!(of_xtask(&actions)["scopes"], json!(scopes));
        for action in actions.iter().filter(|action| action.authenticated() && !action.scopes().is_empty()) {
            assert!(action.scopes().iter().any(|scope| scopes.contains(scope)), "{} is not allowed", name(action));
        }
    }
}
