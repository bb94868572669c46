//! Faults of the connection, before, in and after the headers.

use crate::{NEVER, SOON, builder, client, fault, get, post, server};
use losant_client::ErrorKind;
use std::time::{Duration, Instant};
use tests::{Answer, Server};

#[tokio::test]
async fn connection_refused() {
    let gone = server(Answer::new()).await;
    let client = client(&gone);
    drop(gone);
    tokio::task::yield_now().await;
    let (get, post) = (get(&client).await.expect_err("gone"), post(&client).await.expect_err("gone"));
    assert_eq!((get.kind(), get.attempts()), (ErrorKind::Connect, 3));
    assert_eq!((post.kind(), post.attempts()), (ErrorKind::Connect, 1));
    assert!(get.is_retryable() && get.to_string().contains("no connection to the server"), "{get}");
}

#[tokio::test]
async fn no_such_host() {
    let server = server(Answer::new()).await;
    let client = builder(&server).base_url("http://nobody.invalid").build().expect("a client");
    let error = tokio::time::timeout(SOON, get(&client).send()).await.expect("in time").expect_err("no such host");
    assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout), "{error:?}");
}

#[tokio::test]
async fn closed_before_the_headers() {
    let errors = fault(Answer::new().close()).await.is(ErrorKind::Transport, (3, 1));
    assert!(errors.iter().all(|error| error.status_code().is_none() && error.is_retryable()));
}

#[tokio::test]
async fn reset_before_in_and_after_the_headers() {
    fault(Answer::new().reset()).await.is(ErrorKind::Transport, (3, 1));
    fault(Answer::new().write("HTTP/1.1 200 OK\r\nContent-Le").reset()).await.is(ErrorKind::Transport, (3, 1));
    let begun = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\":";
    // The pause lets the headers arrive before the reset does.
    let after = Answer::new().write(begun).wait(Duration::from_millis(50)).reset();
    let errors = fault(after).await.is(ErrorKind::Body, (1, 1));
    for error in errors {
        assert_eq!(error.status_code().map(|status| status.as_u16()), Some(200));
    }
}

#[tokio::test]
async fn closed_in_the_headers() {
    fault(Answer::new().write("HTTP/1.1 200 OK\r\nContent-Le").close()).await.is(ErrorKind::Transport, (3, 1));
}

#[tokio::test]
async fn slow_headers() {
    let drip = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".bytes();
    let drip = drip.fold(Answer::new(), |answer, byte| answer.write([byte]).wait(Duration::from_millis(40)));
    for slow in [Answer::new().wait(NEVER), drip] {
        let errors = fault(slow).await.is(ErrorKind::Timeout, (1, 1));
        assert!(errors.iter().all(losant_client::Error::is_timeout));
    }
}

#[tokio::test]
async fn slow_body() {
    let head = Answer::new().write("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n");
    let drip = (0..400).fold(head.clone(), |answer, _| answer.write("1").wait(Duration::from_millis(20)));
    for slow in [head.write("{").wait(NEVER), drip] {
        fault(slow).await.is(ErrorKind::Timeout, (1, 1));
    }
}

#[tokio::test]
async fn nothing_hangs_past_its_deadline() {
    // Attempts without a limit of their own, and a server that never ends any.
    let server = server(Answer::new().wait(NEVER)).await;
    let client = builder(&server).timeout(None).deadline(Duration::from_millis(300)).build().expect("a client");
    let begun = Instant::now();
    assert!(get(&client).await.expect_err("too late").is_timeout());
    assert!(get(&client).stream().await.is_err_and(|error| error.is_timeout()));
    assert!(get(&client).download().await.is_err_and(|error| error.is_timeout()));
    assert!(begun.elapsed() < SOON);
}

#[tokio::test]
async fn storms_of_errors() {
    for (status, gets) in [(500, 1), (502, 3), (503, 3), (504, 3)] {
        let errors = fault(Answer::full(status, &[], "<html>oops</html>")).await.is(ErrorKind::Status, (gets, 1));
        for error in errors {
            assert_eq!(error.status_code().map(|status| status.as_u16()), Some(status));
            assert_eq!(error.body().map(AsRef::as_ref), Some(&b"<html>oops</html>"[..]));
        }
    }
    // A storm of calls while it lasts: each ends, none is sent more often than it may be.
    let server = server(Answer::full(503, &[], "")).await;
    let client = client(&server);
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(get(&client).send())).collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic").expect_err("503").attempts(), 3);
    }
    assert_eq!(server.seen().len(), 300);
}

#[tokio::test]
async fn too_many_requests() {
    let errors = fault(Answer::full(429, &[], "")).await.is(ErrorKind::Status, (3, 1));
    assert!(errors.iter().all(|error| error.is_rate_limited() && error.retry_after().is_none()));
    // Longer than the deadline: the answer comes at once, and says how long.
    let errors = fault(Answer::full(429, &["Retry-After: 30"], "")).await.is(ErrorKind::Status, (1, 1));
    assert!(errors.iter().all(|error| error.retry_after() == Some(Duration::from_secs(30))));
    let server = Server::answering([Answer::full(429, &["Retry-After: 1"], ""), Answer::full(200, &[], "{}")]);
    let server = server.await.expect("a free port");
    let begun = Instant::now();
    get(&client(&server)).await.expect("an answer");
    assert!(begun.elapsed() >= Duration::from_secs(1));
}
