//! What a request is on the wire.

use crate::{builder, client, content, get, post};
use http::Method;
use losant_client::{Client, ErrorKind, RequestOptions};
use serde_json::json;

#[tokio::test]
async fn every_request_has_the_same_head() {
    let server = content().await;
    get(&client(&server)).await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.method, "GET");
    assert_eq!(seen.target, "/things/1?_actions=false&_links=true&_embedded=true");
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("accept-version"), Some("^1.30.0"));
    assert_eq!(seen.header("authorization"), Some("Bearer TEST_TOKEN"));
    assert!(seen.header("user-agent").is_some_and(|name| name.starts_with("losant-client/")));
    for absent in ["content-type", "content-length", "transfer-encoding", "losantdomain", "cookie", "referer"] {
        assert_eq!(seen.header(absent), None, "{absent}");
    }
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn options_change_one_request() {
    let server = content().await;
    let client = client(&server);
    let request = get(&client).include_embedded(false).include_actions(true).losant_domain("example.losant.com");
    let request = request.query_param("extra", "a b").header("X-Trace", "7").header("accept-version", "^2.0.0");
    request.token("OTHER").await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.query(), Some("_actions=true&_links=true&_embedded=false&extra=a%20b"));
    assert_eq!(seen.header("losantdomain"), Some("example.losant.com"));
    assert_eq!(seen.header("x-trace"), Some("7"));
    assert_eq!(seen.header("accept-version"), Some("^2.0.0"));
    assert_eq!(seen.header("authorization"), Some("Bearer OTHER"));
    get(&client).include_links(false).await.expect("an answer");
    let seen = server.last();
    assert_eq!(seen.query(), Some("_actions=false&_links=false&_embedded=true"));
    assert_eq!((seen.header("losantdomain"), seen.header("authorization")), (None, Some("Bearer TEST_TOKEN")));
}

#[tokio::test]
async fn the_query_has_three_forms() {
    let server = content().await;
    let request = get(&client(&server))
        .query("page", 2)
        .query("filter", "my * device")
        .query("exclude", true)
        .query("ratio", 0.5)
        .query_json("query", &json!({"$or": [{"a": "é"}]}))
        .query_brackets("tagFilter", &json!([{"key": "Floor", "value": "2"}, {"key": "a b&c"}]))
        .query("page", 3);
    request.await.expect("an answer");
    let expected = "_actions=false&_links=true&_embedded=true&page=3&filter=my%20%2A%20device&exclude=true&ratio=0.5\
        &query=%7B%22%24or%22%3A%5B%7B%22a%22%3A%22%C3%A9%22%7D%5D%7D\
        &tagFilter%5B0%5D%5Bkey%5D=Floor&tagFilter%5B0%5D%5Bvalue%5D=2&tagFilter%5B1%5D%5Bkey%5D=a%20b%26c";
    assert_eq!(server.last().query(), Some(expected));
}

#[tokio::test]
async fn hostile_path_arguments_stay_one_segment() {
    let server = content().await;
    let client = client(&server);
    for (value, segment) in [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("%2e%2e", "%252e%252e"),
        ("../..", "..%2F.."),
        ("a b+c", "a%20b%2Bc"),
        ("é日😀", "%C3%A9%E6%97%A5%F0%9F%98%80"),
        ("\0\t\r\n\u{7f}", "%00%09%0D%0A%7F"),
        ("\\", "%5C"),
        ("!*'();:@$,[]~-_.=", "%21%2A%27%28%29%3B%3A%40%24%2C%5B%5D~-_.%3D"),
    ] {
        client.request(Method::GET, "/a/{x}/b", &[value]).await.expect("an answer");
        assert_eq!(server.last().path(), format!("/a/{segment}/b"));
    }
}

#[tokio::test]
async fn arguments_that_cannot_be_sent_are_refused_before_anything_is() {
    let server = content().await;
    let client = client(&server);
    let refused = [
        client.request(Method::GET, "/a/{x}/b", &[""]),
        client.request(Method::GET, "/a/{x}/b", &["."]),
        client.request(Method::GET, "/a/{x}/b", &[".."]),
        client.request(Method::GET, "/a/{x}", &[]),
        client.request(Method::GET, "/a", &["1"]),
        client.request(Method::GET, "a", &[]),
        client.request(Method::GET, "/a/../b", &[]),
        client.request(Method::GET, "/a b", &[]),
        client.request(Method::GET, "/a#b", &[]).query("x", 1),
        get(&client).query("x", f64::NAN),
        get(&client).header("X-Y", "a\r\nX-Injected: 1"),
        get(&client).header("X-Y", "日本"),
        get(&client).header("X Y", "1"),
        get(&client).header("Content-Length", "5"),
        get(&client).header("Transfer-Encoding", "chunked"),
        get(&client).losant_domain("a\nb"),
        get(&client).token("a b"),
        get(&client).token(""),
    ];
    for request in refused {
        let error = request.send().await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert_eq!((error.method(), error.status_code()), (Some(&Method::GET), None));
        assert!(!error.is_retryable());
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn headers_are_latin_1() {
    let server = content().await;
    get(&client(&server)).losant_domain("höst; x=\"y\"").await.expect("an answer");
    assert_eq!(server.last().header("losantdomain"), Some("höst; x=\"y\""));
}

#[tokio::test]
async fn bodies_are_json_and_never_missing() {
    let server = content().await;
    let client = client(&server);
    post(&client).json(&json!({"name": "é", "list": [1, null]})).await.expect("an answer");
    let seen = server.last();
    assert_eq!((seen.method.as_str(), seen.header("content-type")), ("POST", Some("application/json")));
    assert_eq!(seen.text(), r#"{"list":[1,null],"name":"é"}"#);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        client.request(method.clone(), "/things", &[]).await.expect("an answer");
        let seen = server.last();
        assert_eq!(seen.method, method.as_str());
        assert_eq!((seen.header("content-type"), seen.text().as_str()), (Some("application/json"), "{}"));
        assert_eq!(seen.header("content-length"), Some("2"));
    }
}

#[tokio::test]
async fn the_base_url_may_have_a_path_and_slashes() {
    let server = content().await;
    for (base, path) in
        [("", "/things/1"), ("/", "/things/1"), ("/api/v1", "/api/v1/things/1"), ("/api/", "/api/things/1")]
    {
        let client = builder(&server).base_url(format!("{}{base}", server.url())).build().expect("a client");
        get(&client).await.expect("an answer");
        assert_eq!(server.last().path(), path);
        assert!(!client.base_url().ends_with('/'));
    }
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let refused = [
        Client::builder().base_url("ftp://example.com"),
        Client::builder().base_url("file:///etc/passwd"),
        Client::builder().base_url("api.losant.com"),
        Client::builder().base_url(""),
        Client::builder().base_url("https://user:hunter2@example.com"),
        Client::builder().base_url("https://example.com/?a=b"),
        Client::builder().base_url("https://example.com/#a"),
        Client::builder().token(""),
        Client::builder().token("hunter2\n"),
        Client::builder().token("hunter2\r\nX-Injected: 1"),
        Client::builder().token("hunter2 "),
        Client::builder().token("hünter2"),
        Client::builder().user_agent("a\nb"),
        Client::builder().accept_version("a\nb"),
        Client::builder().http_client(reqwest::Client::new()).no_proxy(),
    ];
    for builder in refused {
        assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
        let error = builder.build().expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn tokens_and_versions_are_choices() {
    let server = content().await;
    let client = builder(&server).accept_version("").user_agent("mine/1").build().expect("a client");
    get(&client.without_token()).await.expect("an answer");
    let seen = server.last();
    assert_eq!((seen.header("authorization"), seen.header("accept-version")), (None, None));
    assert_eq!(seen.header("user-agent"), Some("mine/1"));
    get(&client.with_token("SECOND").expect("a token")).await.expect("an answer");
    assert_eq!(server.last().header("authorization"), Some("Bearer SECOND"));
    get(&client).await.expect("an answer");
    assert_eq!(server.last().header("authorization"), Some("Bearer TEST_TOKEN"));
}

#[tokio::test]
async fn an_own_http_client_is_used() {
    let server = content().await;
    let headers = http::HeaderMap::from_iter([(
        http::header::HeaderName::from_static("x-own"),
        http::HeaderValue::from_static("yes"),
    )]);
    let own = reqwest::Client::builder().no_proxy().default_headers(headers).build().expect("a client");
    let client = Client::builder().base_url(server.url()).http_client(own).build().expect("a client");
    get(&client).await.expect("an answer");
    assert_eq!(server.last().header("x-own"), Some("yes"));
    let below = client.http_client().expect("its own");
    below.get(server.url()).send().await.expect("an answer");
    assert_eq!(server.last().path(), "/");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_client_serves_many_tasks() {
    let server = tests::Server::start(|seen| tests::Answer::full(200, &[], seen.path())).await.expect("a free port");
    let client = client(&server);
    let calls = (0..200).map(|number| {
        let client = client.clone();
        tokio::spawn(async move {
            let number = number.to_string();
            let answer = client.request(Method::GET, "/n/{number}", &[&number]).await?;
            Ok::<_, losant_client::Error>((number, answer))
        })
    });
    for call in calls.collect::<Vec<_>>() {
        let (number, answer) = call.await.expect("no panic").expect("an answer");
        assert_eq!(answer.body().as_ref(), format!("/n/{number}").as_bytes());
    }
    assert_eq!(server.seen().len(), 200);
}
