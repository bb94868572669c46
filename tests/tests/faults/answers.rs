//! Answers that are not what they should be.

use crate::{clean, client, decoded, fault, get, post, printed, server};
use losant_client::{ErrorKind, RequestOptions};
use serde_json::json;
use tests::{Answer, Server};

/// A gzip stream of `{"a":1}`, whole.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x4a, 0x54, 0xb2, 0x32, 0xac, 0x05, 0x00,
    0x65, 0x46, 0xc7, 0x5b, 0x07, 0x00, 0x00, 0x00,
];

#[tokio::test]
async fn truncated_bodies_are_never_taken_for_success() {
    for cut in [
        // Each would be a whole value if only the framing were ignored.
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n",
    ] {
        let errors = fault(Answer::new().write(cut).close()).await.is(ErrorKind::Body, (1, 1));
        for error in errors {
            assert_eq!(error.body().map(AsRef::as_ref), Some(&b"{\"a\":1}"[..]), "{cut}");
            assert_eq!(error.status_code().map(|status| status.as_u16()), Some(200));
        }
    }
}

#[tokio::test]
async fn an_answer_that_ends_anywhere() {
    for whole in [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"items\":[1,2,3]}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"items\":\r\n8\r\n[1,2,3]}\r\n0\r\n\r\n",
    ] {
        for end in 0..=whole.len() {
            let server = server(Answer::new().write(&whole[..end]).close()).await;
            let outcome = decoded(get(&client(&server)).repeatable(false).await);
            match outcome {
                Ok(value) => assert_eq!((end, value), (whole.len(), json!({"items": [1, 2, 3]}))),
                Err(error) => {
                    assert!(end < whole.len(), "the whole is no fault: {error:?}");
                    assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Body), "at {end}: {error:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn compressed_answers_that_nobody_asked_for() {
    for body in [GZIP, &GZIP[..15]] {
        for encoding in ["br", "rot13"] {
            let header = format!("Content-Encoding: {encoding}");
            let errors = fault(Answer::full(200, &[&header], body)).await.is(ErrorKind::Decode, (1, 1));
            assert!(errors[0].to_string().contains(encoding), "{}", errors[0]);
        }
    }
    assert!(fault(Answer::full(200, &["Content-Encoding: identity"], "{}")).await.get.is_ok());
}

#[tokio::test]
async fn garbage_in_chunks() {
    for garbage in ["zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "2\r\n{}garbage\r\n"]
    {
        let answer = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{garbage}");
        fault(Answer::new().write(answer).close()).await.is(ErrorKind::Body, (1, 1));
    }
}

#[tokio::test]
async fn no_http_at_all() {
    for garbage in
        ["hello\r\n\r\n", "\r\n\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "\0\u{1}\u{2}"]
    {
        fault(Answer::new().write(garbage).close()).await.is(ErrorKind::Transport, (3, 1));
    }
    for header in ["Content-Length: x", "Content-Length: 1\r\nContent-Length: 2", "Content Length: 2"] {
        let answer = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n{{}}");
        fault(Answer::new().write(answer).close()).await.is(ErrorKind::Transport, (3, 1));
    }
}

#[tokio::test]
async fn not_json() {
    for body in ["<html>", "{\"a\":", "NaN", "{} {}", "{'a': 1}", "\u{feff}", "\0", "hunter2"] {
        let error = decoded(fault(Answer::full(200, &[], body)).await.get).expect_err("no JSON");
        assert_eq!((error.kind(), error.body().map(AsRef::as_ref)), (ErrorKind::Decode, Some(body.as_bytes())));
        assert!(error.json_path().is_some() && !error.is_retryable());
        clean(&printed(&error));
    }
}

#[tokio::test]
async fn json_of_another_shape() {
    for body in [json!([]), json!("hunter2"), json!(5)] {
        let server = server(Answer::json(200, &body)).await;
        let error = client(&server).devices("a").get().await.expect_err("no list");
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(".")), "{error}");
        clean(&printed(&error));
    }
    let body = json!({"items": [{"name": "a"}, "hunter2"]});
    let server = server(Answer::json(200, &body)).await;
    let error = client(&server).devices("a").get().by_item().next().await.expect("a fault").expect_err("no device");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("items[1]")), "{error}");
    clean(&printed(&error));
    // Inside of an object, what does not fit is kept beside what does.
    let body = json!({"items": [{"name": {"hunter2": 1}}], "count": "hunter2"});
    let server = crate::server(Answer::json(200, &body)).await;
    let kept = client(&server).devices("a").get().await.expect("an answer");
    assert_eq!(serde_json::to_value(&kept).expect("JSON"), body);
    clean(&format!("{kept:?}"));
}

#[tokio::test]
async fn nested_beyond_reason() {
    let server = server(Answer::full(200, &[], "[".repeat(1_000_000))).await;
    let error = client(&server).devices("a").get().await.expect_err("no list");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let deep = format!("{{\"type\":{}", "[".repeat(1_000_000));
    let errors = fault(Answer::full(400, &[], deep)).await.is(ErrorKind::Status, (1, 1));
    assert!(errors[0].api_error().is_none());
}

#[tokio::test]
async fn empty_bodies_and_no_content() {
    for answer in [Answer::full(200, &[], ""), Answer::new().write("HTTP/1.1 204 No Content\r\n\r\n")] {
        let fault = fault(answer.clone()).await;
        assert!(fault.get.is_ok_and(|answer| answer.body().is_empty()) && fault.post.is_ok());
        let server = server(answer).await;
        let error = client(&server).devices("a").get().await.expect_err("no list");
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(".")));
    }
    let errors = fault(Answer::full(404, &[], "")).await.is(ErrorKind::Status, (1, 1));
    assert_eq!(errors[0].to_string(), "GET /things/{thingId}: 404 Not Found");
}

#[tokio::test]
async fn unknown_content_types_and_byte_order_marks() {
    for headers in [&["Content-Type: text/html"][..], &["Content-Type: x/y; charset=klingon"], &[]] {
        for body in ["{\"a\":1}", "\u{feff}{\"a\":1}", "\r\n {\"a\":1}\t"] {
            let value = decoded(fault(Answer::full(200, headers, body)).await.get).expect("JSON");
            assert_eq!(value, json!({"a": 1}));
        }
    }
    let body = "\u{feff}{\"type\":\"Bad\",\"message\":\"no\"}";
    let errors = fault(Answer::full(400, &["Content-Type: text/html"], body)).await.is(ErrorKind::Status, (1, 1));
    assert_eq!(errors[0].to_string(), "GET /things/{thingId}: 400 Bad Request: Bad: no");
}

#[tokio::test]
async fn redirects() {
    let target = Server::answering([Answer::full(200, &[], "{}")]).await.expect("a free port");
    // The same host: a GET follows, a POST does not lose its body.
    let there = Answer::redirect(302, "/there");
    let server = Server::answering([there.clone(), Answer::full(200, &[], "{}")]).await.expect("a free port");
    get(&client(&server)).await.expect("an answer");
    assert_eq!(server.last().target, "/there");
    let server = Server::answering([there]).await.expect("a free port");
    assert_eq!(post(&client(&server)).await.expect_err("refused").kind(), ErrorKind::Redirect);
    // Another host, another port, another scheme: nothing goes there.
    let port = target.url().rsplit(':').next().map(str::to_owned).expect("a port");
    for location in [target.url(), format!("http://localhost:{port}/"), format!("https://127.0.0.1:{port}/")] {
        for status in [301, 302, 303, 307, 308] {
            let location = format!("{location}?hunter2");
            fault(Answer::redirect(status, &location)).await.is(ErrorKind::Redirect, (1, 1));
        }
    }
    assert!(target.seen().is_empty());
    // A loop, and nowhere.
    let server = Server::answering([Answer::redirect(302, "/things/1")]).await.expect("a free port");
    let error = get(&client(&server)).losant_domain("d").await.expect_err("a loop");
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Redirect, 11));
    for location in ["http://[", "javascript:alert(1)", "file:///etc/passwd"] {
        fault(Answer::redirect(302, location)).await.is(ErrorKind::Redirect, (1, 1));
    }
}

#[tokio::test]
async fn words_of_a_server_stay_on_one_line() {
    let message = format!("first\nERROR forged line\r\u{1b}[31m{}", "x".repeat(100_000));
    let body = json!({"type": "A\nB", "message": message}).to_string();
    let errors = fault(Answer::full(400, &[], body)).await.is(ErrorKind::Status, (1, 1));
    let said = errors[0].to_string();
    assert!(!said.chars().any(char::is_control) && said.len() < 2000, "{said}");
    assert_eq!(errors[0].api_message(), Some(message.as_str()), "what was said is kept as it is");
    let echo = json!({"type": "Echo", "message": format!("bad token {}", crate::TOKEN)}).to_string();
    fault(Answer::full(401, &[], echo)).await.is(ErrorKind::Status, (1, 1));
}
