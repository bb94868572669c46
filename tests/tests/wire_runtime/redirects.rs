//! Where a redirect may lead, and what it never carries.

use crate::{SOON, client, content, get, post, refused};
use bytes::Bytes;
use futures_util::stream;
use http::Method;
use losant_client::{Client, ErrorKind, RawRequest, RequestOptions, Upload};
use serde_json::json;
use tests::{Answer, Server};

/// A server that redirects `/things…` to `/there` with a status, and says `{}` to everything else.
async fn redirecting(status: u16) -> Server {
    let script = move |seen: &tests::Seen| {
        if seen.path().starts_with("/things") {
            Answer::redirect(status, "/there?only=this")
        } else {
            Answer::json(200, &json!({}))
        }
    };
    Server::start(script).await.expect("a free port")
}

#[tokio::test]
async fn a_get_follows_within_its_origin() {
    for status in [301, 302, 303, 307, 308] {
        let server = redirecting(status).await;
        get(&client(&server)).losant_domain("example.com").await.expect("an answer");
        let seen = server.last();
        assert_eq!((seen.method.as_str(), seen.target.as_str()), ("GET", "/there?only=this"));
        assert_eq!(seen.header("authorization"), Some("Bearer TEST_TOKEN"));
        assert_eq!((seen.header("losantdomain"), seen.header("referer")), (Some("example.com"), None));
    }
}

#[tokio::test]
async fn other_methods_follow_only_what_keeps_them() {
    for method in [Method::POST, Method::PATCH, Method::DELETE] {
        for status in [307, 308] {
            let server = redirecting(status).await;
            let request = client(&server).request(method.clone(), "/things", &[]).json(&json!({"a": 1}));
            request.await.expect("an answer");
            let seen = server.last();
            assert_eq!((seen.method.as_str(), seen.text().as_str()), (method.as_str(), "{\"a\":1}"));
        }
        for status in [301, 302, 303] {
            let server = redirecting(status).await;
            let error = refused(client(&server).request(method.clone(), "/things", &[]).await);
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.status_code().map(|code| code.as_u16()), Some(status));
            assert_eq!(server.seen().len(), 1);
        }
    }
}

#[tokio::test]
async fn nothing_goes_to_another_origin() {
    let target = content().await;
    let calls: [fn(&Client) -> RawRequest; 3] = [
        get,
        |client| post(client).json(&json!({"password": "p"})),
        |client| post(client).part_file("file", "content"),
    ];
    for call in calls {
        for status in [301, 302, 303, 307, 308] {
            let location = format!("{}/steal?x=1", target.url());
            let server = Server::answering([Answer::redirect(status, &location)]).await.expect("a free port");
            let error = refused(call(&client(&server)).losant_domain("example.com").await);
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert!(!error.to_string().contains("steal"), "{error}");
        }
    }
    assert!(target.seen().is_empty());
    // The same place under another name is another place.
    for location in ["http://localhost:{port}/", "https://127.0.0.1:{port}/", "file:///etc/passwd", "//example.com/x"] {
        let server = Server::start({
            let location = location.to_owned();
            move |seen| {
                let port = seen.header("host").and_then(|host| host.split(':').nth(1)).unwrap_or_default();
                Answer::redirect(302, &location.replace("{port}", port))
            }
        });
        let error = refused(get(&client(&server.await.expect("a free port"))).await);
        assert_eq!(error.kind(), ErrorKind::Redirect, "{location}");
    }
}

#[tokio::test]
async fn a_stream_follows_within_its_origin_only() {
    let target = Server::answering([Answer::events("data: stolen\n\n")]).await.expect("a free port");
    let server = Server::answering([Answer::redirect(307, &target.url())]).await.expect("a free port");
    let error = get(&client(&server)).stream().await.map(|_| ()).expect_err("not followed");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(target.seen().is_empty());
    let server = Server::answering([Answer::redirect(307, "/there"), Answer::events("data: 1\n\n").close()]);
    let server = server.await.expect("a free port");
    let mut events = get(&client(&server)).stream().await.expect("a stream");
    assert_eq!(events.next().await.expect("an event").expect("no fault").data(), "1");
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let server = Server::answering([Answer::redirect(302, "/things/1")]).await.expect("a free port");
    let error = refused(get(&client(&server)).await);
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Redirect, 11));
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_error() {
    let server = Server::answering([Answer::full(302, &[], "")]).await.expect("a free port");
    assert_eq!(refused(get(&client(&server)).await).kind(), ErrorKind::Status);
    let server = Server::answering([Answer::redirect(302, "http://[")]).await.expect("a free port");
    assert_eq!(refused(get(&client(&server)).await).kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn forms_are_repeated_and_streams_are_not() {
    let server = redirecting(307).await;
    post(&client(&server)).part_file("file", "content").await.expect("an answer");
    let (first, second) = (&server.seen()[0], &server.seen()[1]);
    assert!(first.text().contains("content") && second.text().contains("content"));

    let server = redirecting(307).await;
    let upload = Upload::stream(stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"content"))]));
    let error = refused(post(&client(&server)).part_file("file", upload).timeout(SOON).await);
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Redirect, 1));
}
