//! Multipart bodies, byte by byte.

use crate::{client, content, post, refused};
use bytes::Bytes;
use futures_util::stream;
use losant_client::{ErrorKind, Upload};
use serde_json::json;
use std::io;
use std::sync::{Arc, Mutex};
use tests::Seen;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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

#[tokio::test]
async fn a_file_of_the_disk_is_sent_piece_by_piece() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("fílm \"1\".bin");
    let bytes: Vec<u8> = (0..=255).cycle().take(300_001).collect();
    std::fs::write(&path, &bytes).expect("a file");
    let server = content().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let upload = Upload::path(&path).await.expect("a file").on_progress({
        let told = Arc::clone(&told);
        move |sent, whole| told.lock().expect("no panic").push((sent, whole))
    });
    post(&client(&server)).part_file("file", upload).await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
    let head = String::from_utf8_lossy(&seen.body[..300]).into_owned();
    assert!(head.contains("filename=\"fílm %221%22.bin\""), "{head}");
    let start = seen.body.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    assert_eq!(seen.body[start..start + bytes.len()], bytes);
    let told = told.lock().expect("no panic");
    assert!(told.len() > 3 && told.is_sorted() && told.last() == Some(&(300_001, Some(300_001))), "{told:?}");
}

#[tokio::test]
async fn a_file_that_is_not_there_or_changes_is_a_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(Upload::path(folder.path()).await.is_err(), "a folder is no file");
    assert!(Upload::path(folder.path().join("none")).await.is_err());
    let path = folder.path().join("file");
    let server = content().await;
    for change in [Some("longer than before"), Some("sh"), None] {
        std::fs::write(&path, "content").expect("a file");
        let upload = Upload::path(&path).await.expect("a file");
        match change {
            Some(text) => std::fs::write(&path, text).expect("a file"),
            None => std::fs::remove_file(&path).expect("a file"),
        }
        let error = refused(post(&client(&server)).part_file("file", upload).await);
        assert_eq!(error.kind(), ErrorKind::Transport, "{change:?}: {error:?}");
    }
    assert!(server.seen().iter().all(|seen| !seen.complete));
}

#[tokio::test]
async fn progress_is_seen_of_bytes_and_streams() {
    let server = content().await;
    for (upload, whole) in [
        (Upload::bytes(vec![0; 200_000]), Some(200_000)),
        (Upload::stream(stream::iter((0..4).map(|_| Ok::<_, io::Error>(Bytes::from(vec![0; 50_000]))))), None),
    ] {
        let told = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&told);
        let upload = upload.on_progress(move |sent, whole| list.lock().expect("no panic").push((sent, whole)));
        post(&client(&server)).part_file("file", upload).await.expect("an answer");
        let told = told.lock().expect("no panic");
        assert!(told.len() >= 4 && told.is_sorted() && told.last() == Some(&(200_000, whole)), "{told:?}");
    }
}

#[tokio::test]
async fn a_refusal_in_the_middle_of_an_upload_is_heard() {
    // A server that has seen enough after the head, and says so at once.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let sent = Arc::new(Mutex::new(0_usize));
    let count = Arc::clone(&sent);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            *count.lock().expect("no panic") += 1;
            let mut head = [0; 1024];
            let _ = stream.read(&mut head).await;
            let answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 38\r\nConnection: close\r\n\r\n{\"type\":\"TooLarge\",\"message\":\"enough\"}";
            let _ = stream.write_all(answer.as_bytes()).await;
            // It goes on reading for a while, as proxies do, so that the answer is not lost.
            let _ = tokio::time::timeout(
                std::time::Duration::from_millis(500),
                tokio::io::copy(&mut stream, &mut tokio::io::sink()),
            )
            .await;
        }
    });
    let client =
        losant_client::Client::builder().base_url(format!("http://{address}")).no_proxy().build().expect("a client");
    let piece = Bytes::from(vec![0; 1 << 16]);
    let endless = stream::iter((0..1000).map(move |_| Ok::<_, io::Error>(piece.clone())));
    let error = refused(post(&client).part_file("file", Upload::stream(endless)).await);
    assert_eq!((error.status_code().map(|status| status.as_u16()), error.api_message()), (Some(413), Some("enough")));
    assert_eq!(*sent.lock().expect("no panic"), 1);
}
