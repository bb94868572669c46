//! Nothing that is printed shows a token, a query value or a body.

use crate::{builder, get, post, server};
use losant_client::{Client, RequestOptions, Upload};
use serde_json::json;
use std::time::Duration;
use tests::{Answer, printed};

#[track_caller]
fn clean(text: &str) {
    for secret in ["hunter2", "querysecret", "bodysecret", "headersecret", "answersecret"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn errors_of_every_kind_are_clean() {
    let answers = [
        Answer::json(401, &json!({"type": "Unauthorized", "message": "Bad token hunter2", "x": "answersecret"})),
        Answer::full(500, &[], "answersecret"),
        Answer::full(200, &[], "\"answersecret\""),
        Answer::redirect(302, "http://example.com/?answersecret"),
        Answer::redirect(302, "http://[answersecret"),
        Answer::new().write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nanswersecret").close(),
        Answer::new().write("answersecret\r\n\r\n").close(),
        Answer::new().close(),
        Answer::new().wait(Duration::from_secs(60)),
    ];
    for answer in answers {
        let server = server(answer).await;
        let client = builder(&server).token("hunter2").timeout(Duration::from_millis(300)).build().expect("a client");
        let request = post(&client).query("q", "querysecret").json(&json!({"password": "bodysecret"}));
        let request = request.header("X-Key", "headersecret");
        clean(&format!("{request:?}"));
        let error = match request.await {
            Ok(answer) => {
                clean(&format!("{answer:?}"));
                answer.json::<u8>().expect_err("no number")
            }
            Err(error) => error,
        };
        clean(&printed(&error));
        assert!(error.to_string().starts_with("POST /things: "), "{error}");
    }
    // Nobody listens there any more.
    let gone = server(Answer::new()).await;
    let client = builder(&gone).token("hunter2").build().expect("a client");
    drop(gone);
    clean(&printed(&get(&client).query("q", "querysecret").await.expect_err("gone")));
}

#[tokio::test]
async fn arguments_are_not_in_errors() {
    let client = Client::builder().token("hunter2").build().expect("a client");
    for request in [
        client.request(http::Method::GET, "/a/{x}/{y}", &["querysecret", ""]),
        get(&client).header("X-Key", "headersecret\n"),
        get(&client).token("hunter2\n"),
        get(&client).part_file("f", Upload::text("bodysecret").content_type("answersecret\n")),
    ] {
        clean(&format!("{request:?}"));
        clean(&printed(&request.await.expect_err("refused")));
    }
}

#[test]
fn clients_are_clean() {
    let builder = Client::builder().token("hunter2").base_url("https://user:hunter2@example.com");
    clean(&format!("{builder:?} {builder:#?}"));
    clean(&printed(&builder.build().expect_err("refused")));
    let client = Client::new("hunter2").expect("a client");
    clean(&format!("{client:?} {client:#?}"));
    clean(&format!("{:?}", Upload::text("bodysecret")));
}

/// Compiles only while calls can be spawned and shared.
#[tokio::test]
async fn calls_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    fn shares<T: Send + Sync>(_: &T) {}
    let client = Client::new("t").expect("a client");
    shares(&client);
    let request = get(&client).part_file("file", "x");
    shares(&request);
    moves(&request.send());
    moves(&get(&client).stream());
    shares(&get(&client).header("a b", "").await.expect_err("refused"));
}
