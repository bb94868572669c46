//! Answers of any length: bounded memory where they stream, a limit elsewhere.

use crate::{NEVER, SOON, builder, get, server};
use losant_client::{ErrorKind, RequestOptions};
use std::time::Duration;
use tests::Answer;

const MIB: usize = 1 << 20;
const LENGTH: usize = 100 * MIB;

/// A hundred MiB, a piece at a time, with its length stated or in chunks.
fn long(stated: bool) -> Answer {
    let head = if stated { format!("Content-Length: {LENGTH}") } else { "Transfer-Encoding: chunked".to_owned() };
    let piece = vec![b'x'; MIB];
    let chunk = [format!("{MIB:x}\r\n").as_bytes(), &piece, b"\r\n"].concat();
    let answer = Answer::new().write(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n"));
    let answer = answer.repeat(if stated { piece } else { chunk }, LENGTH / MIB);
    if stated { answer } else { answer.write("0\r\n\r\n") }
}

/// Counted on this thread alone, which has the client, its connection and the server: other tests run beside it.
#[test]
fn a_download_of_any_length_needs_little_memory() {
    for stated in [true, false] {
        let download = async {
            let server = server(long(stated)).await;
            let client = builder(&server).timeout(SOON).deadline(None).build().expect("a client");
            let mut download = get(&client).download().await.expect("an answer");
            let mut length = 0;
            while let Some(piece) = download.next().await {
                length += piece.expect("no fault").len();
            }
            assert_eq!(length, LENGTH);
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let needed = allocation_counter::measure(|| runtime.block_on(download));
        assert!(needed.bytes_total > MIB as u64, "the server and the client are on another thread: {needed:?}");
        assert!(needed.bytes_max < 20 * MIB as u64, "{needed:?}");
    }
}

#[tokio::test]
async fn an_answer_in_memory_has_a_limit() {
    for stated in [true, false] {
        let server = server(long(stated)).await;
        let client = builder(&server).timeout(SOON).deadline(None).max_body(MIB as u64).build().expect("a client");
        let error = get(&client).await.expect_err("too long");
        assert_eq!((error.kind(), error.is_retryable(), error.attempts()), (ErrorKind::Body, false, 1));
        assert!(error.body().is_some_and(|body| body.len() <= MIB), "{error}");
        assert!(get(&client).max_body(LENGTH as u64).await.is_ok_and(|answer| answer.body().len() == LENGTH));
    }
}

#[tokio::test]
async fn the_body_of_a_refusal_is_bounded() {
    let head = format!("HTTP/1.1 500 Oops\r\nContent-Length: {LENGTH}\r\n\r\n");
    let server = server(Answer::new().write(head).repeat(vec![b'x'; MIB], 3).wait(NEVER)).await;
    let client = builder(&server).timeout(SOON).deadline(None).build().expect("a client");
    let error = get(&client).await.expect_err("a refusal");
    assert_eq!((error.kind(), error.body().map(bytes::Bytes::len)), (ErrorKind::Status, Some(MIB)));
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let lines = "X-Filler: ".to_owned() + &"x".repeat(1000) + "\r\n";
    let answer = Answer::new().write("HTTP/1.1 200 OK\r\n").repeat(lines.into_bytes(), 10_000).close();
    let server = server(answer).await;
    let client = builder(&server).timeout(Duration::from_secs(10)).build().expect("a client");
    assert_eq!(get(&client).repeatable(false).await.expect_err("too many").kind(), ErrorKind::Transport);
}
