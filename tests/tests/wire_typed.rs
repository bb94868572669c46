//! Generated calls over the wire: arguments, setters and answers of each shape that the API has.

use futures_util::StreamExt;
use losant_client::resources::application::ImportResponse;
use losant_client::resources::device::StateStreamEvent;
use losant_client::schemas::{DevicePatch, DeviceState, DeviceStateOrStates, DeviceTagFilterItem, FilePatch};
use losant_client::types::Scalar;
use losant_client::{Client, ErrorKind, RequestOptions, Upload};
use serde_json::json;
use std::time::Duration;
use tests::{Answer, Server};

const APP: &str = "575ec8687ae143cd83dc4a97";

async fn server(answer: Answer) -> (Server, Client) {
    let server = Server::answering([answer]).await.expect("a free port");
    let builder = Client::builder().base_url(server.url()).token("TEST_TOKEN").no_proxy();
    let client = builder.timeout(Duration::from_secs(20)).build().expect("the settings are fine");
    (server, client)
}

async fn json_server(status: u16, body: serde_json::Value) -> (Server, Client) {
    server(Answer::json(status, &body)).await
}

#[tokio::test]
async fn a_resource_takes_its_path_once() {
    let body = json!({"id": "1", "name": "Pump", "tags": [{"key": "k", "value": "v"}], "brandNew": {"a": 1}});
    let (server, client) = json_server(200, body.clone()).await;
    let device = client.device(APP, "a/b");
    let answer = device.get().exclude_connection_info(true).await.expect("an answer");
    assert_eq!(answer.name.as_deref(), Some("Pump"));
    assert_eq!(serde_json::to_value(&answer).expect("JSON"), body, "nothing of the answer is lost");
    let seen = server.last();
    assert_eq!((seen.method.as_str(), seen.path()), ("GET", &*format!("/applications/{APP}/devices/a%2Fb")));
    assert_eq!(seen.query(), Some("_actions=false&_links=true&_embedded=true&excludeConnectionInfo=true"));

    device.patch(&DevicePatch::default().name("Fan")).include_links(false).send().await.expect("an answer");
    let seen = server.last();
    assert_eq!((seen.method.as_str(), seen.json()), ("PATCH", json!({"name": "Fan"})));
    assert_eq!(seen.query(), Some("_actions=false&_links=false&_embedded=true"));
    assert_eq!(client.device(APP, "..").get().await.expect_err("refused").kind(), ErrorKind::Request);
}

#[tokio::test]
async fn query_parameters_have_their_documented_form() {
    let (server, client) = json_server(200, json!({"items": [], "count": 0})).await;
    let tag = DeviceTagFilterItem::default().key("Floor").value("2");
    let query = serde_json::from_value(json!({"$or": [{"name": {"$ne": "x"}}]})).expect("a query");
    let call = client.devices(APP).get().page(1).per_page(10).filter("my * device").sort_direction("asc");
    let answer = call.tag_filter(&vec![tag]).query(&query).await.expect("an answer");
    assert_eq!(answer.items.map(|items| items.len()), Some(0));
    assert_eq!(
        server.last().query(),
        Some(
            "_actions=false&_links=true&_embedded=true&page=1&perPage=10&filter=my%20%2A%20device&sortDirection=asc\
            &tagFilter%5B0%5D%5Bkey%5D=Floor&tagFilter%5B0%5D%5Bvalue%5D=2\
            &query=%7B%22%24or%22%3A%5B%7B%22name%22%3A%7B%22%24ne%22%3A%22x%22%7D%7D%5D%7D"
        )
    );
}

#[tokio::test]
async fn bodies_of_several_shapes_are_one_argument() {
    let (server, client) = json_server(200, json!({"success": true})).await;
    let state = || DeviceState::default().data([("t", Scalar::from(1.5)), ("on", true.into())]);
    let device = client.device(APP, "1");
    device.send_state(&state().into()).await.expect("an answer");
    assert_eq!(server.last().json(), json!({"data": {"on": true, "t": 1.5}}));
    let list: DeviceStateOrStates = serde_json::from_value(json!([state()])).expect("a list");
    device.send_state(&list).await.expect("an answer");
    assert_eq!(server.last().json(), json!([{"data": {"on": true, "t": 1.5}}]));
}

#[tokio::test]
async fn uploads_are_forms() {
    let (server, client) = json_server(201, json!({"id": "1"})).await;
    let upload = Upload::bytes(vec![1, 2]).file_name("a.bin");
    client.file(APP, "f").upload(upload).await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.path(), format!("/applications/{APP}/file/f/upload"));
    let text = seen.text();
    assert!(
        text.contains(
            "name=\"file\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n\u{1}\u{2}\r\n"
        )
    );
    client.file(APP, "f").patch(&FilePatch::default()).await.expect("an answer");
    assert_eq!(server.last().json(), json!({}));
}

#[tokio::test]
async fn each_documented_success_is_told_apart() {
    let (server, client) = json_server(202, json!({"jobId": "j1", "jobQueued": true})).await;
    let call = || client.application(APP).import().email("a@b.c").import_bundle("zip".into());
    match call().await.expect("an answer") {
        ImportResponse::JobEnqueuedApiResult(job) => assert_eq!(job.job_id.as_deref(), Some("j1")),
        other => panic!("{other:?}"),
    }
    let text = server.last().text();
    let (email, bundle) = (text.find("name=\"email\"\r\n\r\na@b.c"), text.find("name=\"importBundle\"; filename"));
    assert!(email.is_some() && email < bundle, "the parts keep the order of the setters: {text}");
    // A form even where no part is given.
    client.application(APP).import().await.expect("an answer");
    assert!(server.last().header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data")));

    let (_server, client) = json_server(200, json!({"id": "a1"})).await;
    let answer = client.application(APP).import().await.expect("an answer");
    assert!(matches!(answer, ImportResponse::Application(application) if application.id.is_some()));
}

#[tokio::test]
async fn an_answer_may_be_empty() {
    let (server, client) = server(Answer::full(200, &[], "")).await;
    assert!(client.auth().sso_domain("a@example.com").await.expect("an answer").is_none());
    assert!(server.last().query().is_some_and(|query| query.ends_with("&email=a%40example.com")));
    // Where the documentation promises a body, none is an error and not an empty value.
    let error = client.device(APP, "1").get().await.expect_err("no body");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(".")));
}

#[tokio::test]
async fn unknown_values_are_kept() {
    let body = json!({"items": [{"deviceClass": "quantum", "connectionInfo": null}], "sortDirection": "sideways"});
    let (_server, client) = json_server(200, body).await;
    let answer = client.devices(APP).get().await.expect("an answer");
    let kept = serde_json::to_value(&answer).expect("JSON");
    assert_eq!((&kept["items"][0]["deviceClass"], &kept["sortDirection"]), (&json!("quantum"), &json!("sideways")));
}

#[tokio::test]
async fn errors_name_the_action_and_not_its_arguments() {
    let (_server, client) = json_server(404, json!({"type": "NotFound", "message": "Gone"})).await;
    let error = client.device("hunter2", "hunter3").get().await.expect_err("not found");
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        "GET /applications/{applicationId}/devices/{deviceId}: 404 Not Found: NotFound: Gone"
    );
    let (_server, client) = json_server(200, json!({"items": [{"name": "a"}, "hunter2"]})).await;
    let error = client.devices(APP).get().by_item().next().await.expect("a fault").expect_err("no device");
    assert_eq!(error.json_path(), Some("items[1]"), "{error}");
    assert!(!format!("{error:?}").contains("hunter"));
}

#[tokio::test]
async fn secrets_of_answers_do_not_show() {
    let (server, client) = json_server(200, json!({"token": "hunter2", "userId": "u"})).await;
    let credentials = losant_client::schemas::UserCredentials::new("a@example.com", "hunter2");
    let session = client.auth().authenticate_user(&credentials).await.expect("an answer");
    assert!(!format!("{credentials:?} {session:?}").contains("hunter2"));
    assert_eq!(server.last().json(), json!({"email": "a@example.com", "password": "hunter2"}));
    assert_eq!(session.token.map(|token| token.expose().to_owned()).as_deref(), Some("hunter2"));
}

#[tokio::test]
async fn streams_have_typed_events() {
    let events = "event: deviceState\ndata: {\"data\":{\"t\":1}}\n\nevent: new\ndata: x\n\nevent: deviceState\ndata: 5x\n\n\
        event: deviceState\ndata: {}\n\n";
    let (server, client) = server(Answer::events(events).close()).await;
    let mut stream = client.device(APP, "1").state_stream().keep_alive_interval(5).await.expect("a stream");
    assert_eq!(server.last().target, format!("/applications/{APP}/devices/1/stateStream?keepAliveInterval=5"));
    let Some(Ok(StateStreamEvent::DeviceState(state))) = stream.next().await else { panic!("a state") };
    assert_eq!(state.data.and_then(|data| data["t"].as_number()), Some(1.into()));
    assert!(matches!(stream.next().await, Some(Ok(StateStreamEvent::Other(event))) if event.name() == "new"));
    let rest: Vec<_> = stream.by_ref().collect().await;
    assert_eq!(rest[0].as_ref().map_err(losant_client::Error::kind).err(), Some(ErrorKind::Decode));
    assert!(rest[1].is_ok() && rest.len() == 2);
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let (server, client) = json_server(200, json!({"items": []})).await;
    let calls: Vec<_> = (0..20).map(|page| tokio::spawn(client.devices(APP).get().page(page).into_future())).collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    assert_eq!(server.seen().len(), 20);
}
