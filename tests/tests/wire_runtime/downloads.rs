//! Answers that are read as they come.

use crate::{builder, client, get, server};
use futures_util::TryStreamExt;
use losant_client::{ErrorKind, RequestOptions};
use serde_json::json;
use std::time::Duration;
use tests::Answer;

#[tokio::test]
async fn a_body_is_read_as_it_comes() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Type: application/zip\r\n\r\n";
    let answer = Answer::new().write(format!("{head}01234")).wait(Duration::from_millis(30)).write("56789");
    let server = server(answer).await;
    // The limit for answers in memory is not for it.
    let client = builder(&server).max_body(3).build().expect("a client");
    let mut download = get(&client).timeout(Duration::from_secs(20)).download().await.expect("an answer");
    assert_eq!((download.status().as_u16(), download.length()), (200, Some(10)));
    assert_eq!(download.headers()["content-type"], "application/zip");
    assert_eq!(download.next().await.expect("a piece").expect("no fault").as_ref(), b"01234");
    let rest: Vec<_> = download.try_collect().await.expect("no fault");
    assert_eq!(rest.concat(), b"56789");
}

#[tokio::test]
async fn a_download_can_be_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes: Vec<u8> = (0..=255).cycle().take(700_000).collect();
    let server = server(Answer::full(200, &[], &bytes)).await;
    let path = folder.path().join("saved.bin");
    let length = get(&client(&server)).download().await.expect("an answer").save(&path).await.expect("no fault");
    assert_eq!(length, 700_000);
    assert_eq!(std::fs::read(path).expect("a file"), bytes);
    let nowhere = folder.path().join("no/such/folder");
    let error = get(&client(&server)).download().await.expect("an answer").save(nowhere).await.expect_err("no folder");
    assert_eq!((error.kind(), error.path()), (ErrorKind::Body, Some("/things/{thingId}")));
}

#[tokio::test]
async fn half_a_download_is_a_fault() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let server = server(Answer::new().write(answer).close()).await;
        let path = folder.path().join("half.bin");
        let error = get(&client(&server)).download().await.expect("an answer").save(&path).await.expect_err("half");
        assert_eq!((error.kind(), error.path()), (ErrorKind::Body, Some("/things/{thingId}")));
        assert_eq!(std::fs::read(path).expect("a file"), b"01234");
    }
}

#[tokio::test]
async fn a_refused_download_says_why() {
    let server = server(Answer::json(404, &json!({"type": "NotFound", "message": "no such file"}))).await;
    let error = get(&client(&server)).download().await.map(|_| ()).expect_err("refused");
    assert!(error.is_not_found() && error.api_message() == Some("no such file"));
}
