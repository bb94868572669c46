//! Arguments that would change what is asked, or whom: refused before anything is sent.

use crate::{TOKEN, builder, client, get, post, server};
use losant_client::{Client, ErrorKind, RawRequest, RequestOptions, Upload};
use tests::Answer;

#[tokio::test]
async fn path_parameters() {
    let server = server(Answer::full(200, &[], "{}")).await;
    let client = client(&server);
    for value in ["", ".", ".."] {
        for error in [
            client.device("a", value).get().await.expect_err("refused"),
            client.device(value, "d").get().await.expect_err("refused"),
            client.request(http::Method::GET, "/a/{x}", &[value]).await.expect_err("refused"),
        ] {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0), "{value:?}");
        }
    }
    assert!(server.seen().is_empty());
    for (value, segment) in [
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../../me", "..%2F..%2Fme"),
        ("%2e%2e", "%252e%252e"),
        ("?x=1#y", "%3Fx%3D1%23y"),
        ("😀日", "%F0%9F%98%80%E6%97%A5"),
        ("a\r\nHost: evil", "a%0D%0AHost%3A%20evil"),
        (" ", "%20"),
    ] {
        client.device("a", value).get().await.expect("an answer");
        assert_eq!(server.last().path(), format!("/applications/a/devices/{segment}"));
    }
}

#[tokio::test]
async fn header_injection() {
    let server = server(Answer::full(200, &[], "{}")).await;
    let sound = client(&server);
    for evil in ["a\r\nX-Injected: 1", "a\nX-Injected: 1", "a\rb", "a\0b", "日本"] {
        for setting in
            [builder(&server).token(evil), builder(&server).user_agent(evil), builder(&server).accept_version(evil)]
        {
            assert_eq!(setting.build().expect_err("refused").kind(), ErrorKind::Config, "{evil:?}");
        }
        assert!(sound.set_token(evil).is_err() && sound.with_token(evil).is_err());
        let requests: [fn(RawRequest, &str) -> RawRequest; 5] = [
            |request, evil| request.token(evil),
            |request, evil| request.losant_domain(evil),
            |request, evil| request.header("X-Own", evil),
            |request, evil| request.header(evil, "x"),
            |request, evil| request.bytes(evil, ""),
        ];
        for request in requests {
            let error = request(post(&sound), evil).await.expect_err("refused");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0), "{evil:?}");
            assert!(!error.to_string().contains("Injected"), "{error}");
        }
        let upload = Upload::bytes(vec![1]).content_type(evil);
        let error = sound.file("a", "f").upload(upload).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Request);
    }
    assert!(server.seen().is_empty());
    get(&sound).await.expect("an answer");
    assert_eq!(server.last().header("authorization"), Some(&*format!("Bearer {TOKEN}")));
}

#[tokio::test]
async fn a_query_that_no_url_can_hold() {
    let server = server(Answer::full(200, &[], "{}")).await;
    let client = client(&server);
    get(&client).query("long", "x".repeat(60_000)).await.expect("an answer");
    let error = get(&client).query("long", "x".repeat(70_000)).await.expect_err("refused");
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Request, 1), "{error}");
}

#[test]
fn nothing_printable_shows_the_token() {
    let client = Client::builder().token(TOKEN).build().expect("a client");
    crate::clean(&format!("{client:?} {:?} {:?}", get(&client), client.device("hunter2", "hunter2").get()));
}
