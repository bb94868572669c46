//! The dynamic call and its example program against a local server: what is refused before anything is sent, what is
//! taken from the arguments, and what comes back.

use losant_client::{Client, ErrorKind};
use serde_json::{Map, Value, json};
use tests::{Answer, Recorded, Server};

#[allow(dead_code, reason = "its main function runs where it is a program")]
#[path = "../../generated-client/examples/call.rs"]
mod call;

async fn server(answer: Answer) -> (Server, Client) {
    let server = Server::answering([answer]).await.expect("a free port");
    let client = Client::builder().base_url(server.url()).token("TOKEN").no_proxy().build().expect("fine settings");
    (server, client)
}

fn args(args: &Value) -> Map<String, Value> {
    args.as_object().cloned().expect("an object")
}

#[tokio::test]
async fn wrong_arguments_are_named_and_nothing_is_sent() {
    let (server, client) = server(Answer::json(200, &json!({}))).await;
    let device = |more: &Value| {
        let mut device = args(&json!({"applicationId": "a", "deviceId": "d"}));
        device.extend(args(more));
        device
    };
    for (resource, action, args, said) in [
        ("devise", "get", device(&json!({})), "there is no resource `devise`"),
        ("device", "gett", device(&json!({})), "the resource `device` has no action `gett`"),
        ("device", "get", args(&json!({"applicationId": "a"})), "the argument `deviceId` is missing"),
        ("device", "get", args(&json!({"applicationId": "a", "deviceId": null})), "the argument `deviceId` is missing"),
        (
            "device",
            "get",
            args(&json!({"applicationId": "a", "deviceId": ["d"]})),
            "the argument `deviceId` is not a text",
        ),
        ("device", "get", args(&json!({"applicationId": "a", "deviceId": ""})), "the path parameter deviceId is empty"),
        ("device", "get", device(&json!({"verbose": true})), "the action has no argument `verbose`"),
        ("device", "get", device(&json!({"excludeConnectionInfo": {}})), "the argument `excludeConnectionInfo`"),
        ("device", "patch", device(&json!({})), "the argument `device` is missing"),
        ("device", "patch", device(&json!({"device": "secret"})), "the argument `device` does not fit its type"),
        ("device", "patch", device(&json!({"device": {"tags": [1]}})), "at tags[0]"),
        ("device", "patch", device(&json!({"device": {}, "body": {}})), "the action has no argument `body`"),
        ("device", "get", device(&json!({"_links": [true]})), "the argument `_links` is not a text"),
        ("file", "upload", args(&json!({"applicationId": "a", "fileId": "f"})), "the argument `file` is missing"),
        (
            "file",
            "upload",
            args(&json!({"applicationId": "a", "fileId": "f", "file": {"$file": {"base64": "?"}}})),
            "the argument `file` is no file: `base64` is not base64",
        ),
    ] {
        let error = client.call(resource, action, args).await.expect_err(said);
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains(said), "{error} does not say: {said}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn arguments_reach_their_places() {
    let (server, client) =
        server(Answer::json(200, &json!({"items": [{"name": "Pump", "new": 1.10}], "count": 1}))).await;
    let call = client.call(
        "devices",
        "get",
        args(&json!({
            "applicationId": "a b", "page": 2, "perPage": "many", "excludeConnectionInfo": true, "filter": 1e21,
            "tagFilter": [{"key": "Floor", "value": "2"}], "query": {"name": {"$ne": null}},
            "losantdomain": "example.com", "_links": false, "sortField": null,
        })),
    );
    let answer = call.await.expect("an answer");
    assert_eq!(answer, json!({"items": [{"name": "Pump", "new": 1.10}], "count": 1}));
    let seen = Recorded::of_seen(&server.last());
    assert_eq!(seen.path, "/applications/a%20b/devices");
    assert_eq!(seen.headers.get("losantdomain").map(String::as_str), Some("example.com"));
    let mut query: Vec<String> = seen.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    query.sort();
    let wanted = [
        "_actions=false",
        "_embedded=true",
        "_links=false",
        "excludeConnectionInfo=true",
        "filter=1e+21",
        "page=2",
        "perPage=many",
        r#"query={"name":{"$ne":null}}"#,
        "tagFilter[0][key]=Floor",
        "tagFilter[0][value]=2",
    ];
    assert_eq!(query, wanted);
}

#[tokio::test]
async fn the_body_has_two_names_and_keeps_everything() {
    let (server, client) = server(Answer::json(200, &json!({}))).await;
    let body = json!({"name": "Pump", "parentId": null, "extra": {"deep": [null, 1.0]}});
    for name in ["device", "body"] {
        let mut args = args(&json!({"applicationId": "a", "deviceId": "d"}));
        args.insert(name.to_owned(), body.clone());
        client.call("device", "patch", args).await.expect("an answer");
        assert_eq!(server.last().json(), body);
    }
}

#[tokio::test]
async fn unknown_arguments_are_ignored_on_request() {
    let (server, client) = server(Answer::json(200, &json!({}))).await;
    let args = args(&json!({"applicationId": "a", "colour": {"red": 1}}));
    client.call("application", "get", args).lenient(true).await.expect("an answer");
    assert!(!server.last().target.contains("colour"));
}

#[tokio::test]
async fn events_are_collected_up_to_a_number() {
    let state = |value: i32| format!("event: deviceState\ndata: {{\"data\":{{\"t\":{value}}}}}\n\n");
    let events = Answer::events(&format!("{}event: other\ndata: 7\n\n{}", state(1), state(2))).close();
    let (server, client) = server(events).await;
    let call = || client.call("device", "stateStream", args(&json!({"applicationId": "a", "deviceId": "d"})));
    let first = json!({"name": "deviceState", "data": {"data": {"t": 1}}});
    let second = json!({"name": "deviceState", "data": {"data": {"t": 2}}});
    let other = json!({"name": "other", "data": 7});
    assert_eq!(call().await.expect("events"), json!([first]));
    assert_eq!(call().max_events(2).await.expect("events"), json!([first, other]));
    assert_eq!(call().max_events(9).await.expect("events"), json!([first, other, second]));
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn the_example_answers_each_line() {
    let missing = json!({"type": "NotFound", "message": "no such device"});
    let answers = [Answer::json(200, &json!({"name": "Pump"})), Answer::json(404, &missing)];
    let server = Server::answering(answers).await.expect("a free port");
    let read = |args: &[&str]| call::Settings::read(args.iter().map(|arg| (*arg).to_owned()));
    let settings = read(&["--url", &server.url(), "--token", "TOKEN", "--max-events", "3", "--lenient"]);
    let settings = settings.expect("fine settings");
    assert!(settings.lenient && settings.max_events == Some(3));
    let client = settings.client().expect("fine settings");
    let line = r#"{"resource": "device", "action": "get", "args": {"applicationId": "a", "deviceId": "d", "x": 1}}"#;
    assert_eq!(call::answer(&client, &settings, line).await, json!({"ok": {"name": "Pump"}}));
    assert_eq!(
        call::answer(&client, &settings, line).await,
        json!({"error": {"kind": "status", "status": 404, "type": "NotFound", "message": "no such device"}})
    );
    let error = call::answer(&client, &settings, r#"{"resource": "device", "action": "get"}"#).await;
    assert_eq!(
        error,
        json!({"error": {"kind": "request", "status": null, "type": null, "message": "the argument `applicationId` is missing"}})
    );
    for line in ["", "[]", "{", r#"{"resource": "device"}"#, r#"{"resource": "device", "action": "get", "args": []}"#] {
        assert_eq!(call::answer(&client, &settings, line).await["error"]["kind"], "input", "{line}");
    }
    for args in [&["--url"][..], &["--max-events", "x"], &["--what"]] {
        assert!(read(args).is_err(), "{args:?}");
    }
    assert_eq!(server.seen().len(), 2);
}
