//! What comes of an answer.

use crate::{builder, client, get, outcome, refused, server};
use http::StatusCode;
use losant_client::{ErrorKind, RequestOptions};
use serde_json::{Value, json};
use std::error::Error as _;
use std::time::Duration;
use tests::{Answer, Server};

#[tokio::test]
async fn success_is_any_2xx() {
    for status in [200, 201, 202, 203, 204, 299] {
        let answer = outcome(Answer::full(status, &["X-Limit: 5"], if status == 204 { "" } else { "{\"a\":1}" })).await;
        let answer = answer.expect("a success");
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["x-limit"], "5");
    }
}

#[tokio::test]
async fn json_is_read_whatever_it_is_called() {
    for (headers, body) in [
        (&["Content-Type: application/json"][..], "{\"n\":9007199254740993}"),
        (&["Content-Type: text/plain"][..], "{\"n\":9007199254740993}"),
        (&[][..], " {\"n\":9007199254740993}\n"),
        (&[][..], "\u{feff}{\"n\":9007199254740993}"),
    ] {
        let value: Value = outcome(Answer::full(200, headers, body)).await.expect("an answer").json().expect("JSON");
        assert_eq!(value["n"].as_i64(), Some(9_007_199_254_740_993));
    }
}

#[tokio::test]
async fn what_is_no_json_is_a_decode_error_with_its_body() {
    for body in ["", "<html>", "{\"a\":", "NaN", "{} {}", "\u{feff}"] {
        let answer = outcome(Answer::full(200, &[], body)).await.expect("an answer");
        let error = answer.json::<Value>().expect_err("no JSON");
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()));
        assert_eq!((error.status_code(), error.path()), (Some(StatusCode::OK), Some("/things/{thingId}")));
        assert!(error.json_path().is_some() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_decode_error_names_the_place_and_no_value() {
    let body = json!({"items": [{"id": 1}, {"id": "hunter2"}]});
    let answer = outcome(Answer::json(200, &body)).await.expect("an answer");
    let error = answer.json::<std::collections::BTreeMap<String, Vec<std::collections::BTreeMap<String, u8>>>>();
    let error = error.expect_err("it does not fit");
    assert_eq!(error.json_path(), Some("items[1].id"));
    let said = format!("{error} {error:?}");
    assert!(said.contains("items[1].id") && said.contains("expected u8") && !said.contains("hunter2"), "{said}");
    assert!(error.source().is_none());
}

#[tokio::test]
async fn the_api_s_words_are_in_the_error() {
    let body = json!({"type": "NotFound", "message": "Device was not found", "hint": [1]});
    let error = refused(outcome(Answer::json(404, &body)).await);
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status_code(), Some(StatusCode::NOT_FOUND));
    assert_eq!((error.api_type(), error.api_message()), (Some("NotFound"), Some("Device was not found")));
    assert_eq!(error.api_error().map(|error| &error.extra["hint"]), Some(&json!([1])));
    assert!(error.is_not_found() && !error.is_rate_limited() && !error.is_timeout() && !error.is_retryable());
    assert_eq!(error.to_string(), "GET /things/{thingId}: 404 Not Found: NotFound: Device was not found");
    assert_eq!(error.body().map(AsRef::as_ref), Some(body.to_string().as_bytes()));
}

#[tokio::test]
async fn every_other_status_is_an_error() {
    for status in [300, 304, 399, 400, 401, 403, 409, 413, 422, 429, 500, 502, 503, 504, 599] {
        let error = refused(outcome(Answer::full(status, &[], "")).await);
        assert_eq!((error.kind(), error.status_code().map(|code| code.as_u16())), (ErrorKind::Status, Some(status)));
        assert_eq!(error.is_retryable(), matches!(status, 429 | 502 | 503 | 504), "{status}");
        assert_eq!(error.is_rate_limited(), status == 429);
        assert!(error.api_error().is_none());
    }
}

#[tokio::test]
async fn odd_error_bodies_are_kept() {
    for body in ["<html>Bad Gateway</html>", "\"text\"", "[1]", "{\"type\":5,\"message\":null}", "\u{feff}{}"] {
        let error = refused(outcome(Answer::full(502, &[], body)).await);
        assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()));
        assert_eq!(error.to_string(), "GET /things/{thingId}: 502 Bad Gateway");
    }
}

#[tokio::test]
async fn retry_after_is_read() {
    let error = refused(outcome(Answer::full(429, &["Retry-After: 7"], "")).await);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let error = refused(outcome(Answer::full(503, &["Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"], "")).await);
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
    assert_eq!(refused(outcome(Answer::full(503, &[], "")).await).retry_after(), None);
}

#[tokio::test]
async fn bodies_that_break_off_are_errors() {
    let cut = [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];
    for answer in cut {
        let error = refused(outcome(Answer::new().write(answer).close()).await);
        assert_eq!(error.kind(), ErrorKind::Body, "{answer}");
        assert_eq!(error.status_code(), Some(StatusCode::OK));
        assert!(error.is_retryable() && error.source().is_some());
    }
    let answer = "HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\n{\"type\"";
    let error = refused(outcome(Answer::new().write(answer).close()).await);
    assert_eq!((error.kind(), error.status_code()), (ErrorKind::Status, Some(StatusCode::INTERNAL_SERVER_ERROR)));
    assert_eq!(error.body().map(AsRef::as_ref), Some(&b"{\"type\""[..]));
}

#[tokio::test]
async fn answers_have_a_size_limit() {
    for answer in [
        Answer::full(200, &[], "0123456789"),
        Answer::new().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n"),
    ] {
        let server = server(answer).await;
        let fits = builder(&server).max_body(10).build().expect("a client");
        assert_eq!(get(&fits).await.expect("an answer").body().len(), 10);
        let error = refused(get(&builder(&server).max_body(9).build().expect("a client")).await);
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Body, false));
    }
}

#[tokio::test]
async fn no_answer_is_told_apart() {
    // Closed before the answer, and something that is no HTTP.
    for answer in [Answer::new().close(), Answer::new().write("hello\r\n\r\n").close()] {
        let error = refused(outcome(answer).await);
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert!(error.status_code().is_none() && error.source().is_some());
    }
    // Nobody listens.
    let server = server(Answer::new()).await;
    let client = client(&server);
    drop(server);
    tokio::task::yield_now().await;
    let error = refused(get(&client).await);
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert!(error.is_retryable() && error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn the_time_limit_covers_the_whole_attempt() {
    let never = Duration::from_secs(60);
    let drip = (0..40).fold(Answer::new().write("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"), |answer, _| {
        answer.wait(Duration::from_millis(50)).write("x")
    });
    let stalled = Answer::new().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab").wait(never);
    for answer in [Answer::new().wait(never), stalled, drip] {
        let server = server(answer).await;
        let error = refused(get(&client(&server)).timeout(Duration::from_millis(300)).await);
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert!(error.is_timeout() && error.is_retryable());
        assert_eq!(error.path(), Some("/things/{thingId}"));
    }
    let slow = Answer::new().wait(Duration::from_millis(200)).write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let server = server(slow).await;
    let hasty = builder(&server).timeout(Duration::from_millis(50)).build().expect("a client");
    assert!(refused(get(&hasty).await).is_timeout());
    assert!(get(&hasty).timeout(None).await.is_ok());
}

#[tokio::test]
async fn interim_answers_are_passed_over() {
    let answer = Answer::new()
        .write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    assert_eq!(outcome(answer).await.expect("an answer").body().as_ref(), b"{}");
}

#[tokio::test]
async fn connections_are_kept() {
    let server = Server::start(|_| Answer::full(200, &[], "{}")).await.expect("a free port");
    let client = client(&server);
    for _ in 0..3 {
        get(&client).await.expect("an answer");
    }
    assert_eq!(server.seen().len(), 3);
    assert_eq!(server.connections(), 1);
}
