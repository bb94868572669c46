//! Tokens: kept, replaced, renewed; and what is sent again with a new one.

use crate::{SOON, builder, client, get, post, refused};
use http::Method;
use losant_client::types::Secret;
use losant_client::{BoxError, Client, ErrorKind, RequestOptions, RetryPolicy, TokenFuture, TokenSource};
use serde_json::json;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tests::{Answer, Seen, Server};

/// A server that knows one token.
async fn guarded(token: &'static str) -> Server {
    let script = move |seen: &Seen| {
        if seen.header("authorization") == Some(&format!("Bearer {token}")) {
            Answer::json(200, &json!({}))
        } else {
            Answer::json(401, &json!({"type": "Unauthorized", "message": "who are you?"}))
        }
    };
    Server::start(script).await.expect("a free port")
}

/// A source of tokens with a number, and how often it was asked.
fn numbered() -> (impl TokenSource + 'static, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let source = move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            // Long enough for others to come and wait.
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok::<_, BoxError>(Secret::from(format!("TOKEN{number}")))
        }
    };
    (source, asked)
}

/// A client without a token that asks a source.
fn asking(server: &Server, source: impl TokenSource + 'static) -> Client {
    let builder = Client::builder().base_url(server.url()).no_proxy().timeout(SOON).retry(RetryPolicy::off());
    builder.token_source(source).build().expect("a client")
}

#[tokio::test]
async fn a_token_is_replaced_for_all_clones() {
    let server = guarded("SECOND").await;
    let client = client(&server);
    let (clone, own) = (client.clone(), client.with_token("THIRD").expect("a token"));
    assert!(refused(get(&clone).await).is_unauthorized());
    client.set_token("SECOND").expect("a token");
    assert!(get(&clone).await.is_ok() && get(&client).await.is_ok());
    assert!(refused(get(&own).await).is_unauthorized());
    assert!(client.set_token("has a blank").is_err());
    assert!(get(&client).await.is_ok(), "the old token stays");
    client.clear_token();
    refused(get(&clone).await);
    assert_eq!(server.last().header("authorization"), None);
}

#[tokio::test]
async fn a_source_is_asked_when_there_is_no_token_and_when_it_is_refused() {
    let server = guarded("TOKEN2").await;
    let (source, asked) = numbered();
    let client = asking(&server, source);
    get(&client).await.expect("an answer");
    let tokens: Vec<_> = server.seen().iter().map(|seen| seen.header("authorization").map(str::to_owned)).collect();
    assert_eq!(tokens, [Some("Bearer TOKEN1".to_owned()), Some("Bearer TOKEN2".to_owned())]);
    get(&client).await.expect("an answer");
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (2, 3), "the token is kept");
}

#[tokio::test]
async fn it_is_asked_once_for_a_call_and_once_for_all_who_wait() {
    let server = guarded("NONE OF THEM").await;
    let (source, asked) = numbered();
    let client = asking(&server, source);
    assert!(refused(get(&client).await).is_unauthorized());
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (2, 2));

    let server = guarded("TOKEN1").await;
    let (source, asked) = numbered();
    let client = asking(&server, source);
    client.set_token("OLD").expect("a token");
    let calls: Vec<_> = (0..10).map(|_| tokio::spawn(get(&client).send())).collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn only_what_does_no_harm_is_sent_again_with_the_new_token() {
    let server = guarded("TOKEN1").await;
    for method in [Method::POST, Method::PATCH] {
        let (source, asked) = numbered();
        let client = asking(&server, source);
        client.set_token("OLD").expect("a token");
        let before = server.seen().len();
        assert!(refused(client.request(method, "/things", &[]).await).is_unauthorized());
        assert_eq!((server.seen().len() - before, asked.load(Ordering::SeqCst)), (1, 1));
        // The new token is there for the next one.
        assert!(post(&client).await.is_ok());
    }
    let (source, _) = numbered();
    let client = asking(&server, source);
    client.set_token("OLD").expect("a token");
    assert!(post(&client).json(&json!({"a": 1})).repeatable(true).await.is_ok());
    assert_eq!(server.last().json(), json!({"a": 1}));
}

#[tokio::test]
async fn who_brings_a_token_is_not_helped() {
    let server = guarded("TOKEN1").await;
    let (source, asked) = numbered();
    let client = asking(&server, source);
    assert!(refused(get(&client).token("OWN").await).is_unauthorized());
    assert!(refused(get(&client).header("Authorization", "Bearer OWN").await).is_unauthorized());
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (0, 2));
}

#[tokio::test]
async fn signing_in_asks_for_no_token() {
    let server = Server::answering([Answer::json(200, &json!({"token": "t"}))]).await.expect("a free port");
    let (source, asked) = numbered();
    let client = asking(&server, source);
    let credentials = losant_client::schemas::UserCredentials::new("a@example.com", "secret").two_factor_code("123456");
    client.auth().authenticate_user(&credentials).await.expect("an answer");
    assert_eq!((asked.load(Ordering::SeqCst), server.last().header("authorization")), (0, None));
    assert_eq!(server.last().json()["twoFactorCode"], "123456");
}

/// Has none.
struct Broken;

impl TokenSource for Broken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Err(BoxError::from("the vault is closed")) })
    }
}

#[tokio::test]
async fn a_source_may_fail() {
    let server = guarded("T").await;
    let client = asking(&server, Broken);
    let error = refused(get(&client).await);
    assert_eq!((error.kind(), error.attempts(), server.seen().len()), (ErrorKind::Token, 0, 0));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the vault is closed"));
    client.set_token("OLD").expect("a token");
    let error = refused(get(&client).await);
    assert!(error.is_unauthorized() && error.api_message() == Some("who are you?"));
    let source = error.source().and_then(|source| source.source()).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the vault is closed"));
    let client = asking(&server, || async { Ok::<_, BoxError>(Secret::from("hunter2\nX-Injected: 1")) });
    let error = refused(get(&client).await);
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_source_that_hangs_is_bound_by_the_deadline() {
    let server = guarded("T").await;
    let client = asking(&server, || async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Err(BoxError::from("never"))
    });
    assert!(refused(get(&client).deadline(Duration::from_millis(200)).await).is_timeout());
    let builder = builder(&server).token_source(Broken);
    assert!(!format!("{builder:?}").contains("TEST_TOKEN"));
}

/// What a source says that has no token.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the vault is closed")
    }
}

impl std::error::Error for Closed {}

#[tokio::test]
async fn a_fault_of_a_source_is_that_of_all_who_wait() {
    let server = guarded("T").await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let client = asking(&server, move || {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Err::<Secret, BoxError>(Closed.into())
        }
    });
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(get(&client).send())).collect();
    for call in calls {
        let error = refused(call.await.expect("no panic"));
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(error.source().is_some_and(<dyn std::error::Error>::is::<Closed>), "{error:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    refused(get(&client).await);
    assert_eq!(asked.load(Ordering::SeqCst), 2, "who comes later asks again");
}

#[tokio::test]
async fn who_gives_up_leaves_the_question_to_the_next() {
    let server = guarded("TOKEN2").await;
    let (source, asked) = numbered();
    let client = asking(&server, source);
    let gone = tokio::time::timeout(Duration::from_millis(5), get(&client).send()).await;
    assert!(gone.is_err(), "the source takes longer");
    get(&client).await.expect("an answer");
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (2, 1));
}

#[tokio::test]
async fn a_stream_goes_on_with_a_new_token() {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let script = move |seen: &Seen| {
        let at = count.fetch_add(1, Ordering::SeqCst);
        match (at, seen.header("authorization")) {
            (0, Some("Bearer TOKEN1")) => Answer::events("data: a\n\n").close(),
            (_, Some("Bearer TOKEN2")) if at < 3 => Answer::events("data: b\n\n").close(),
            (_, Some("Bearer TOKEN2")) => Answer::full(204, &[], ""),
            _ => Answer::json(401, &json!({"type": "Unauthorized", "message": "expired"})),
        }
    };
    let server = Server::start(script).await.expect("a free port");
    let (source, asked) = numbered();
    let client = asking(&server, source);
    let mut events = get(&client).reconnect(crate::hasty()).stream().await.expect("a stream");
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        data.push(event.expect("no fault").data().to_owned());
    }
    assert_eq!((data, asked.load(Ordering::SeqCst)), (vec!["a".to_owned(), "b".to_owned()], 2));

    // A token that is refused, too, is the end.
    let refusing = guarded("NONE").await;
    let (source, asked) = numbered();
    let client = asking(&refusing, source);
    assert!(get(&client).reconnect(crate::hasty()).stream().await.is_err_and(|error| error.is_unauthorized()));
    assert_eq!((asked.load(Ordering::SeqCst), refusing.seen().len()), (2, 1), "the opening is not sent twice");
}

/// The documented ways to sign in, as they go over the wire.
#[tokio::test]
async fn every_way_to_sign_in() {
    use losant_client::schemas::{DeviceCredentials, GithubLogin, SamlResponse, UserCredentials};
    let script = |seen: &Seen| {
        let known = seen.json().get("twoFactorCode").is_some_and(|code| code == "123456");
        match seen.path() {
            "/auth/user" if !known => {
                Answer::json(401, &json!({"type": "TwoFactorAuthCodeRequired", "message": "a code"}))
            }
            _ => Answer::json(200, &json!({"token": "NEW", "userId": "5"})),
        }
    };
    let server = Server::start(script).await.expect("a free port");
    let (source, asked) = numbered();
    let client = asking(&server, source);
    let auth = client.auth();
    let credentials = UserCredentials::new("ann@example.com", "PASSWORD");
    let error = auth.authenticate_user(&credentials).await.expect_err("no code");
    assert_eq!((error.is_unauthorized(), error.api_type()), (true, Some("TwoFactorAuthCodeRequired")));
    let session =
        auth.authenticate_user(&credentials.two_factor_code("123456").token_ttl(60)).await.expect("a session");
    let body = json!({"email": "ann@example.com", "password": "PASSWORD", "twoFactorCode": "123456", "tokenTTL": 60});
    assert_eq!((server.last().path(), server.last().json()), ("/auth/user", body));
    auth.authenticate_device(&DeviceCredentials::new("D").key("K").secret("S")).await.expect("a session");
    assert_eq!(server.last().json(), json!({"deviceId": "D", "key": "K", "secret": "S"}));
    assert_eq!(server.last().path(), "/auth/device");
    auth.authenticate_user_github(&GithubLogin::new("G")).await.expect("a session");
    assert_eq!((server.last().path(), server.last().json()), ("/auth/user/github", json!({"accessToken": "G"})));
    auth.authenticate_user_saml(&SamlResponse::new("example.com", "R")).await.expect("a session");
    assert_eq!(server.last().json(), json!({"SAMLDomain": "example.com", "SAMLResponse": "R"}));
    auth.sso_domain("ann@example.com").await.expect("an answer");
    assert_eq!(server.last().query(), Some("_actions=false&_links=true&_embedded=true&email=ann%40example.com"));
    let sent = server.seen();
    assert!(sent.iter().all(|seen| seen.header("authorization").is_none()) && sent.len() == 6);
    assert_eq!(asked.load(Ordering::SeqCst), 0, "signing in needs no token, even where it is refused");
    client.set_token(session.token.expect("a token").expose()).expect("a token");
    get(&client).await.expect("an answer");
    assert_eq!(server.last().header("authorization"), Some("Bearer NEW"));
}
