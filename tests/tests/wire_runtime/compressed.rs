//! The feature `gzip`: answers that come compressed count as what is in them.

use crate::{builder, client, get, outcome, server};
use flate2::Compression;
use flate2::write::GzEncoder;
use losant_client::ErrorKind;
use std::io::Write as _;
use tests::Answer;

fn compressed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).expect("memory");
    encoder.finish().expect("memory")
}

fn answer(status: u16, body: impl AsRef<[u8]>) -> Answer {
    Answer::full(status, &["Content-Type: application/json", "Content-Encoding: gzip"], body)
}

#[tokio::test]
async fn it_is_asked_for_and_taken_off() {
    let server = server(answer(200, compressed(br#"{"a":1}"#))).await;
    let got = get(&client(&server)).await.expect("an answer");
    assert_eq!(server.last().header("accept-encoding"), Some("gzip"));
    assert_eq!(&got.body()[..], br#"{"a":1}"#);
    assert!(got.headers().get("content-encoding").is_none() && got.headers().get("content-length").is_none());
}

#[tokio::test]
async fn a_refusal_is_read() {
    let body = compressed(br#"{"type":"Validation","message":"too short"}"#);
    let error = outcome(answer(400, body)).await.expect_err("a refusal");
    assert_eq!(error.api_message(), Some("too short"), "{error}");
}

/// Whatever is missing at its end, even the sum alone: the value may be another one. (Nothing at all is an empty answer;
/// that a connection broke before the first byte, its length tells.)
#[tokio::test]
async fn what_was_cut_off_is_no_success() {
    let whole = compressed(br#"{"a":1}"#);
    for cut in 1..whole.len() {
        let error = outcome(answer(200, &whole[..cut])).await.expect_err("half an answer");
        assert_eq!(error.kind(), ErrorKind::Body, "{cut}: {error}");
    }
    let mut damaged = whole.clone();
    damaged[whole.len() - 5] ^= 1;
    let error = outcome(answer(200, damaged)).await.expect_err("the sum is wrong");
    assert_eq!(error.kind(), ErrorKind::Body, "{error}");
}

/// The limit is one for memory: it counts what comes out.
#[tokio::test]
async fn a_small_answer_that_grows_has_the_limit() {
    const LIMIT: usize = 1 << 20;
    let bomb = compressed(&vec![b' '; 64 * LIMIT]);
    assert!(bomb.len() < LIMIT / 8);
    for status in [200, 500] {
        let server = server(answer(status, &bomb)).await;
        let client = builder(&server).max_body(LIMIT as u64).build().expect("a client");
        let error = get(&client).await.expect_err("too long");
        assert!(error.body().is_some_and(|body| body.len() <= LIMIT), "{error}");
        assert_eq!(error.kind(), if status == 200 { ErrorKind::Body } else { ErrorKind::Status }, "{error}");
    }
}

/// A compressor would keep events until it has a block full.
#[tokio::test]
async fn event_streams_come_as_they_are() {
    let server = server(Answer::events("data: 1\n\n")).await;
    let mut events = get(&client(&server)).stream().await.expect("a stream");
    assert!(events.next().await.is_some_and(|event| event.is_ok()));
    assert_eq!(server.last().header("accept-encoding"), Some("identity"));
}
