//! Limits of time: what is slow, what says how long it takes, and what is given up.

use crate::{NEVER, SOON, builder, client, fault, get, post, server};
use losant_client::{ErrorKind, RequestOptions, RetryPolicy};
use std::time::{Duration, Instant};
use tests::{Answer, Server};
use tokio::net::{TcpSocket, TcpStream};

/// A server whose queue is full: connecting to it takes for ever.
async fn full() -> (tokio::net::TcpListener, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    let listener = socket.listen(1).expect("a queue");
    let address = listener.local_addr().expect("an address");
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(Duration::from_millis(300), TcpStream::connect(address)).await {
        waiting.push(stream);
        assert!(waiting.len() < 1000, "the queue has no end");
    }
    (listener, waiting)
}

#[tokio::test]
async fn a_connection_that_does_not_come_about() {
    let (listener, _waiting) = full().await;
    let address = listener.local_addr().expect("an address");
    let server = server(Answer::new()).await;
    let hasty = builder(&server).connect_timeout(Duration::from_millis(100)).timeout(SOON);
    let client = hasty.base_url(format!("http://{address}")).build().expect("a client");
    for (request, attempts) in [(get(&client), 3), (post(&client), 1)] {
        let error = tokio::time::timeout(SOON, request.send()).await.expect("in time").expect_err("nobody answers");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, attempts), "{error:?}");
        assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    }
}

#[tokio::test]
async fn the_deadline_holds_for_all_attempts_together() {
    let server = server(Answer::full(503, &[], "")).await;
    let policy = RetryPolicy::default().attempts(1000).first_delay(Duration::from_millis(50));
    let begun = Instant::now();
    let request = get(&client(&server)).retry(policy).deadline(Duration::from_millis(400));
    let error = request.await.expect_err("busy for ever");
    // What came counts more than that the time is over.
    assert_eq!((error.kind(), error.attempts() > 1), (ErrorKind::Status, true), "{error:?}");
    assert!(begun.elapsed() < SOON);
    assert_eq!(server.seen().len(), usize::try_from(error.attempts()).expect("a number"));
}

#[tokio::test]
async fn waits_that_no_server_may_ask_for() {
    for asked in ["99999999999999999999999", "4000000000", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let header = format!("Retry-After: {asked}");
        let errors = fault(Answer::full(429, &[&header], "")).await.is(ErrorKind::Status, (1, 1));
        assert!(errors.iter().all(|error| error.retry_after().is_some_and(|wait| wait > NEVER)), "{asked}");
    }
    // A date that has passed is no wait; what cannot be read is as if nothing had been said.
    for asked in ["0", "Sun, 06 Nov 1994 08:49:37 GMT", "-5", "1e9", "soon", "", "\u{fe}"] {
        let header = format!("Retry-After: {asked}");
        fault(Answer::full(503, &[&header], "")).await.is(ErrorKind::Status, (3, 1));
    }
    // With no limit at all the wait is begun, and the deadline ends it.
    let server = server(Answer::full(429, &["Retry-After: 18446744073709551615"], "")).await;
    let client = builder(&server).deadline(None).build().expect("a client");
    let endless = get(&client).retry(RetryPolicy::default().longest_wait(Duration::MAX));
    assert!(tokio::time::timeout(Duration::from_millis(300), endless.send()).await.is_err(), "it waits");
}

#[tokio::test]
async fn a_download_that_stalls() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n";
    let drip = (0..4000).fold(Answer::new().write(head), |answer, _| answer.write("x").wait(Duration::from_millis(20)));
    let silent = Answer::new().write(format!("{head}xx")).wait(NEVER);
    let endless = format!("{}{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
    let endless = Answer::new().write(endless).repeat("4\r\nxxxx\r\n".repeat(1 << 16), usize::MAX);
    for (answer, silence, deadline) in [
        // Never silent at all.
        (endless, None, Some(Duration::from_millis(300))),
        (silent.clone(), Some(Duration::from_millis(200)), None),
        (silent, None, Some(Duration::from_millis(300))),
        // Never silent for long, and never done.
        (drip, Some(Duration::from_secs(5)), Some(Duration::from_millis(300))),
    ] {
        let server = server(answer).await;
        let request = get(&client(&server)).timeout(silence).deadline(deadline);
        let mut download = request.download().await.expect("an answer");
        let rest = async {
            while let Some(piece) = download.next().await {
                piece?;
            }
            Ok::<_, losant_client::Error>(())
        };
        let error = tokio::time::timeout(SOON, rest).await.expect("no hanging").expect_err("too slow");
        assert_eq!((error.kind(), error.path()), (ErrorKind::Timeout, Some("/things/{thingId}")), "{error:?}");
        assert!(download.next().await.is_none(), "a fault is the end");
    }
}

#[tokio::test]
async fn a_call_that_is_given_up() {
    let server = server(Answer::new().wait(NEVER)).await;
    let client = builder(&server).timeout(None).deadline(None).build().expect("a client");
    for request in [get(&client), post(&client)] {
        let call = tokio::spawn(request.send());
        while server.open_connections() == 0 || server.seen().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        call.abort();
        assert!(call.await.expect_err("given up").is_cancelled());
        let closed = async {
            while server.open_connections() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(SOON, closed).await.expect("the connection is closed");
    }
    assert_eq!(server.seen().len(), 2, "and nothing is sent again");
}

#[tokio::test]
async fn a_kept_connection_that_dies() {
    for (last, kind) in [(Answer::new().reset(), "reset"), (Answer::new().close(), "closed")] {
        let fine = || Answer::full(200, &[], "{}");
        let server = Server::answering([fine(), last.clone(), fine()]).await.expect("a free port");
        let sound = client(&server);
        get(&sound).await.expect("an answer");
        get(&sound).await.expect("an answer, at the second attempt");
        assert_eq!(server.seen().len(), 3, "{kind}");
        let server = Server::answering([fine(), last, fine()]).await.expect("a free port");
        let sound = client(&server);
        get(&sound).await.expect("an answer");
        let error = post(&sound).await.expect_err("nobody knows what came of it");
        assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Transport, 2), "{kind}: {error:?}");
    }
}
