//! What is wrong with a request is said, and kept.

use losant_client::mock::{Answer, MockServer};
use losant_client::{Client, RawRequest, resources};
use serde_json::json;

use super::refused;

/// Makes a request.
type Make = fn(&Client) -> RawRequest;

fn get(client: &Client, path: &'static str) -> RawRequest {
    client.request(http::Method::GET, path, &[])
}

fn post(client: &Client, path: &'static str) -> RawRequest {
    client.request(http::Method::POST, path, &[])
}

const DEVICE: &str = "/applications/a/devices/d";
const DEVICES: &str = "/applications/a/devices";
const IMPORT: &str = "/applications/a/import";

#[tokio::test]
async fn what_is_wrong_is_named_and_kept() {
    let cases: &[(Make, u16, &str)] = &[
        (|c| get(c, "/applications/a/devises"), 404, "no documented action"),
        (|c| post(c, DEVICE), 404, "no documented action"),
        (|c| get(&c.without_token(), DEVICE), 401, "`Authorization` has no bearer token"),
        (|c| get(c, DEVICE).query("verbose", true), 400, "query parameter `verbose` is not documented"),
        (|c| get(c, DEVICES).query("perPage", "many"), 400, "query parameter `perPage` is not of type integer"),
        (|c| get(c, DEVICES).query("sortField", "colour"), 400, "query parameter `sortField` is none of \"name\""),
        (|c| get(c, DEVICES).query("query", "{"), 400, "query parameter `query` is not JSON"),
        (|c| get(c, DEVICES).query("tagFilter", "a"), 400, "query parameter `tagFilter` is not of type array"),
        (
            |c| get(c, DEVICES).query("tagFilter[0][colour]", "a"),
            400,
            "query parameter `tagFilter`[0].colour is not documented",
        ),
        (|c| get(c, DEVICES).query("perPage[0]", "1"), 400, "query parameter `perPage` is not one plain value"),
        (|c| get(c, DEVICE).json(&json!({"a": 1})), 400, "no body is documented"),
        (|c| post(c, DEVICES), 400, "body lacks the field `name`"),
        (|c| post(c, DEVICES).bytes("application/json", ""), 400, "the body is missing"),
        (|c| post(c, DEVICES).json(&json!({"name": 5})), 400, "body.name is not of type string"),
        (|c| post(c, DEVICES).json(&json!({"name": ""})), 400, "body.name is shorter than the minLength 1"),
        (|c| post(c, DEVICES).json(&json!({"name": "a", "deviceClass": "b"})), 400, "body.deviceClass is none of"),
        (
            |c| post(c, DEVICES).json(&json!({"name": "a", "parentId": "x"})),
            400,
            "body.parentId does not match the pattern",
        ),
        (
            |c| post(c, DEVICES).json(&json!({"name": "a", "tags": [{"key": "k", "value": "v"}, 1]})),
            400,
            "body.tags[1] is not of type object",
        ),
        (|c| post(c, DEVICES).json(&json!({"name": "a", "colour": "red"})), 400, "body.colour is not documented"),
        (|c| post(c, DEVICES).bytes("application/json", "{\"name\""), 400, "body is not JSON"),
        (|c| post(c, DEVICES).bytes("text/plain", "{\"name\":\"a\"}"), 400, "not sent as application/json"),
        (|c| post(c, IMPORT).json(&json!({"a": 1})), 400, "not sent as multipart/form-data"),
        (|c| post(c, IMPORT).bytes("multipart/form-data; boundary=x", "--x"), 400, "not a multipart form"),
        (|c| post(c, IMPORT).part_text("colour", "red"), 400, "part `colour` is not documented"),
        (|c| post(c, IMPORT).part_text("options", "[1]"), 400, "part `options` is not of type object"),
        (|c| post(c, "/applications/a/file/f/upload").part_text("x", ""), 400, "part `file` is missing"),
    ];
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    for (make, code, said) in cases {
        let fault = make(&client).send().await.expect_err(said);
        let (status, message) = refused(&fault);
        assert_eq!(status, *code, "{said}: {fault}");
        assert!(message.contains(said), "{fault} does not say: {said}");
        assert_eq!(fault.api_type() == Some("Validation"), *code == 400);
        let seen = losant.requests().pop().expect("a request");
        assert!(seen.problems().iter().any(|problem| problem.contains(said)), "{:?}", seen.problems());
    }
    let misuse = losant.misuse();
    assert_eq!(misuse.len(), cases.len());
    assert_eq!(misuse[2], format!("GET {DEVICE}: header `Authorization` has no bearer token"));
    let fault = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| losant.assert_clean())).expect_err("unclean");
    assert!(fault.downcast_ref::<String>().is_some_and(|message| message.contains(&misuse[2])));
}

#[tokio::test]
async fn a_refused_request_uses_up_no_rule() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    losant.on(resources::device::GET).times(1).json(json!({"name": "Pump"}));
    get(&client, DEVICE).query("colour", "red").await.expect_err("refused");
    losant.on("device.get").times(1).unchecked().json(json!({"name": "Fan"}));
    let fan = get(&client, DEVICE).query("colour", "red").await.expect("an answer");
    assert_eq!(fan.body(), "{\"name\":\"Fan\"}");
    let device = client.device("a", "d").get().await.expect("an answer");
    assert_eq!(device.name.as_deref(), Some("Pump"));
}

#[tokio::test]
async fn what_the_documentation_lacks_can_be_answered() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    losant.on("device.get").unchecked().times(1).json(json!({"name": "Pump"}));
    get(&client, DEVICE).query("colour", "red").await.expect("an answer");
    losant.route(http::Method::PUT, "/applications/{applicationId}/lamps/{lamp}").handle(|request| {
        Answer::json(json!({"lamp": request.path_param("lamp"), "sent": request.json()})).status(201)
    });
    let lamp = client.request(http::Method::PUT, "/applications/{}/lamps/{}", &["a", "ä/b"]).json(&json!([1])).await;
    let lamp = lamp.expect("an answer");
    assert_eq!((lamp.status().as_u16(), &lamp.body()[..]), (201, "{\"lamp\":\"ä/b\",\"sent\":[1]}".as_bytes()));
    // A route goes before the action with this path.
    losant.route(http::Method::GET, DEVICE).json(json!({"name": "Fan"}));
    assert_eq!(client.device("a", "d").get().await.expect("an answer").name.as_deref(), Some("Fan"));
    losant.assert_clean();
}

#[test]
#[should_panic(expected = "the API has no action `device.gett`; of its resource there are [\"device.delete\"")]
fn a_misspelt_action_is_told_at_once() {
    let losant = MockServer::start().expect("a server");
    let _ = losant.on("device.gett");
}

#[test]
fn impossible_answers_are_told_at_once() {
    type Panics = fn();
    let cases: [(Panics, &str); 4] = [
        (|| drop(Answer::fail(1000)), "1000 is no status"),
        (|| drop(Answer::documented().status(100)), "100 is no status"),
        (|| drop(Answer::bytes("a\nb", "")), "cannot stand in a header"),
        (|| drop(Answer::documented().header("a b", "")), "is no name of a header"),
    ];
    for (make, said) in cases {
        let fault = std::panic::catch_unwind(make).expect_err(said);
        assert!(fault.downcast_ref::<String>().is_some_and(|message| message.contains(said)), "{said}");
    }
}
