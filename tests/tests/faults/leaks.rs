//! Nothing that can be printed shows a secret: of the client, of requests and their bodies, of errors, of answers.

use crate::{TOKEN, clean, client, get, post, printed, server};
use losant_client::schemas::{
    CredentialPostAzureConfig, CredentialPostGcpConfig, DeviceCredentials, EnableMultiFactorAuthentication,
    GithubLogin, SamlResponse, UserCredentials,
};
use losant_client::types::Secret;
use losant_client::{BoxError, Client, ErrorKind, HttpTransport, RequestOptions, Upload};
use serde_json::json;
use tests::Answer;

#[tokio::test]
async fn words_of_a_server_that_repeat_a_secret() {
    let echo = json!({"type": format!("Bad{TOKEN}"), "message": format!("who is {TOKEN}?"), "sent": TOKEN});
    let server = server(Answer::json(401, &echo)).await;
    let client = client(&server);
    for request in [
        get(&client),
        get(&client).token("hunter2-token"),
        client.without_token().request(http::Method::GET, "/x", &[]).header("Authorization", format!("Bearer {TOKEN}")),
        client.without_token().request(http::Method::GET, "/x", &[]).header("Authorization", TOKEN),
    ] {
        let error = request.await.expect_err("refused");
        clean(&printed(&error));
        let said = error.api_error().expect("words");
        clean(&format!("{said} {said:?} {:?} {:?}", error.api_message(), error.api_type()));
        assert_eq!(error.api_message(), Some("who is [redacted]?"));
        // As it came, for who asks.
        assert!(error.body().is_some_and(|body| body.windows(7).any(|window| window == b"hunter2")));
    }
}

#[test]
fn bodies_of_requests() {
    let bodies = [
        format!("{:?}", UserCredentials::new("ann@example.com", "hunter2").two_factor_code("hunter2")),
        format!("{:?}", DeviceCredentials::new("D").key("K").secret("hunter2")),
        format!("{:?}", GithubLogin::new("hunter2")),
        format!("{:?}", SamlResponse::new("example.com", "hunter2")),
        format!("{:?}", EnableMultiFactorAuthentication::new("hunter2", "hunter2").two_factor_auth_key("hunter2")),
        format!("{:?}", CredentialPostAzureConfig::new("hunter2")),
        format!("{:?}", CredentialPostGcpConfig::new("hunter2")),
    ];
    for body in &bodies {
        clean(body);
        assert!(body.contains("[redacted]"), "{body}");
    }
}

#[tokio::test]
async fn answers_and_all_that_makes_requests() {
    let body = json!({"token": "hunter2", "userId": "5", "unknownSecret": "hunter2"});
    let server = server(Answer::full(200, &["Set-Cookie: hunter2", "X-Key: hunter2"], body.to_string())).await;
    let client = client(&server);
    let credentials = UserCredentials::new("ann@example.com", "hunter2");
    clean(&format!("{:?}", client.auth().authenticate_user(&credentials)));
    let full = client.auth().authenticate_user(&credentials).send().full().await.expect("an answer");
    clean(&format!("{full:?} {full:#?} {:?}", full.raw));
    assert_eq!(full.value.token.as_ref().map(Secret::expose), Some("hunter2"));
    let asked = client.file("a", "f").upload(Upload::text("hunter2").file_name("x"));
    clean(&format!("{asked:?} {:?} {:?}", client.devices("a").get().by_item(), asked));
    let args = json!({"credentials": {"email": "e", "password": "hunter2"}});
    let call = client.call("auth", "authenticateUser", args.as_object().expect("arguments").clone());
    clean(&format!("{call:?}"));
    clean(&format!("{:?}", post(&client).send()));
    let download = get(&client).download().await.expect("an answer");
    clean(&format!("{download:?}"));
}

#[tokio::test]
async fn clients_of_every_make() {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-api-key", http::HeaderValue::from_static("hunter2"));
    let http = reqwest::Client::builder().default_headers(headers).build().expect("a client");
    clean(&format!("{:?}", HttpTransport::new(http.clone())));
    let source = || async { Err::<Secret, _>(BoxError::from("hunter2 is no token")) };
    let builder = Client::builder().token(TOKEN).http_client(http).token_source(source);
    clean(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().expect("a client");
    clean(&format!("{client:?} {client:#?}"));
    clean(&format!("{:?}", client.device("a", "d")));
}

/// A hook that prints what it sees.
struct Printing(std::sync::Mutex<String>);

impl losant_client::Transport for Printing {
    fn send(&self, request: http::Request<losant_client::RequestBody>) -> losant_client::TransportFuture<'_> {
        *self.0.lock().expect("no panic") = format!("{:?} {:?}", request.headers(), request.body());
        Box::pin(async { Ok(http::Response::new(losant_client::ResponseBody::from("{}"))) })
    }
}

#[tokio::test]
async fn headers_that_a_hook_prints() {
    let hook = std::sync::Arc::new(Printing(std::sync::Mutex::default()));
    let client = Client::builder().token(TOKEN).transport(std::sync::Arc::clone(&hook)).build().expect("a client");
    let request = post(&client).header("X-Api-Key", "hunter2").header("Cookie", "hunter2");
    request.header("X-Secret-Id", "hunter2").header("X-Token", "hunter2").await.expect("an answer");
    let printed = hook.0.lock().expect("no panic").clone();
    clean(&printed);
    assert!(printed.contains("x-api-key") && printed.contains("Sensitive"), "{printed}");
}

#[tokio::test]
async fn an_own_client_that_follows_redirects() {
    let elsewhere = server(Answer::full(200, &[], "{}")).await;
    let redirecting = server(Answer::redirect(302, &elsewhere.url())).await;
    let own = reqwest::Client::builder().no_proxy().build().expect("a client");
    let builder = Client::builder().base_url(redirecting.url()).token(TOKEN).http_client(own);
    let error = get(&builder.build().expect("a client")).await.expect_err("another origin");
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error:?}");
    assert_eq!(elsewhere.last().header("authorization"), None);
    clean(&printed(&error));
}

#[tokio::test]
async fn a_redirect_with_a_user_in_it() {
    let server = server(Answer::new()).await;
    let there = server.url().replace("http://", "http://user:hunter2@");
    let redirecting = crate::server(Answer::redirect(302, &there)).await;
    let error = get(&client(&redirecting)).await.expect_err("another origin");
    clean(&printed(&error));
    let own = tests::Server::start(|seen| {
        let host = seen.header("host").unwrap_or_default();
        Answer::redirect(302, &format!("http://user:hunter2@{host}/there"))
    });
    let own = own.await.expect("a free port");
    let error = get(&client(&own)).await.expect_err("another user");
    assert_eq!((error.kind(), own.seen().len()), (ErrorKind::Redirect, 1), "{error}");
    clean(&printed(&error));
}
