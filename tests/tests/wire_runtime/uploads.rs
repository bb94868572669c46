//! Multipart bodies, byte by byte.

use crate::{client, content, post, refused};
use bytes::Bytes;
use futures_util::stream;
use losant_client::{ErrorKind, Upload};
use serde_json::json;
use std::io;
use tests::Seen;

/// The body with its boundary called `B`, so that it can be compared.
#[track_caller]
fn form(seen: &Seen) -> String {
    let content_type = seen.header("content-type").expect("a content type");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    assert!(boundary.len() > 20);
    seen.text().replace(boundary, "B")
}

#[tokio::test]
async fn parts_come_in_the_order_given() {
    let server = content().await;
    let request = post(&client(&server))
        .part_text("ownerId", "575ed6e87ae143cd83dc4aa8")
        .part_file("importBundle", Upload::bytes(vec![b'P', b'K']).file_name("a.zip").content_type("application/zip"))
        .part_json("options", &json!({"k": "é", "list": [1]}))
        .part_text("email", "")
        .part_file("text", "two\r\nlines");
    request.await.expect("an answer");
    let seen = server.last();
    assert_eq!(
        form(&seen),
        "--B\r\nContent-Disposition: form-data; name=\"ownerId\"\r\n\r\n575ed6e87ae143cd83dc4aa8\r\n\
         --B\r\nContent-Disposition: form-data; name=\"importBundle\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\nPK\r\n\
         --B\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{\"k\":\"é\",\"list\":[1]}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n\r\n\
         --B\r\nContent-Disposition: form-data; name=\"text\"; filename=\"text\"\r\n\r\ntwo\r\nlines\r\n--B--\r\n"
    );
    assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
    assert_eq!(seen.header("transfer-encoding"), None);
}

#[tokio::test]
async fn bytes_arrive_as_they_are() {
    let server = content().await;
    let all: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    post(&client(&server)).part_file("file", all.clone()).await.expect("an answer");
    let seen = server.last();
    let start = seen.body.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    assert_eq!(seen.body[start..start + all.len()], all);
}

#[tokio::test]
async fn names_cannot_break_out() {
    let server = content().await;
    let upload = Upload::bytes(vec![1]).file_name("日 \"q\"\r\nX-Injected: 1\r\n\r\n.zip");
    post(&client(&server)).part_file("a\"b", upload).await.expect("an answer");
    let head = "name=\"a%22b\"; filename=\"日 %22q%22%0D%0AX-Injected: 1%0D%0A%0D%0A.zip\"\r\nContent-Type";
    assert!(form(&server.last()).contains(head));
    let upload = Upload::bytes(vec![1]).content_type("a/b\r\nX-Injected: 1");
    assert_eq!(refused(post(&client(&server)).part_file("file", upload).await).kind(), ErrorKind::Request);
    assert_eq!(server.seen().len(), 1);
}

fn pieces(texts: &[&'static str]) -> impl futures_util::Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
    stream::iter(texts.iter().map(|text| Ok(Bytes::from_static(text.as_bytes()))).collect::<Vec<_>>())
}

#[tokio::test]
async fn streams_are_sent_as_they_come() {
    let server = content().await;
    let upload = Upload::stream(pieces(&["one ", "two"])).file_name("s.txt");
    post(&client(&server)).part_file("file", upload).await.expect("an answer");
    let seen = server.last();
    assert_eq!((seen.header("transfer-encoding"), seen.header("content-length")), (Some("chunked"), None));
    assert!(
        form(&seen)
            .ends_with("filename=\"s.txt\"\r\nContent-Type: application/octet-stream\r\n\r\none two\r\n--B--\r\n")
    );

    let upload = Upload::stream_of_length(pieces(&["one ", "two"]), 7);
    post(&client(&server)).part_file("file", upload).await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
    assert_eq!(seen.header("transfer-encoding"), None);
    assert!(form(&seen).contains("one two"));
}

#[tokio::test]
async fn half_an_upload_is_never_a_whole_one() {
    let broken = || stream::iter([Ok(Bytes::from_static(b"one ")), Err(io::Error::other("the disk is gone"))]);
    for (upload, said) in [
        (Upload::stream(broken()), "the disk is gone"),
        (Upload::stream_of_length(broken(), 7), "the disk is gone"),
        (Upload::stream_of_length(pieces(&["one"]), 7), "ended before its stated length"),
        (Upload::stream_of_length(pieces(&["one ", "two ", "three"]), 7), "longer than its stated length"),
    ] {
        let server = content().await;
        let error = refused(post(&client(&server)).part_file("file", upload).await);
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert!(error.to_string().contains(said), "{error}");
        assert!(server.seen().iter().all(|seen| !seen.complete));
    }
}
