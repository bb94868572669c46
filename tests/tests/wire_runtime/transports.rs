//! Raw access: the answer beside the value, requests by hand, own transports and hooks.

use crate::{SOON, client, get, hasty, post, refused, server, servers};
use losant_client::{
    CallInfo, Client, Error, ErrorKind, RequestBody, RequestOptions, ResponseBody, Transport, TransportFuture,
};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use tests::Answer;

#[tokio::test]
async fn the_answer_stands_beside_the_value() {
    let body = json!({"id": "1", "name": "Pump"});
    let server = server(Answer::full(202, &["Content-Type: application/json", "X-Left: 7"], body.to_string())).await;
    let full = client(&server).device("a", "1").get().send().full().await.expect("an answer");
    assert_eq!(full.value.name.as_deref(), Some("Pump"));
    assert_eq!(
        (full.raw.status().as_u16(), &full.raw.headers()["x-left"]),
        (202, &http::HeaderValue::from_static("7"))
    );
    assert_eq!(full.raw.body().as_ref(), body.to_string().as_bytes());
    assert!(!format!("{:?}", full.raw).contains("Pump"));
    let stream = client(&server).device("a", "1").state_stream().send().full().await;
    assert_eq!(stream.map(|_| ()).expect_err("no stream").kind(), ErrorKind::Request);
}

#[tokio::test]
async fn bodies_may_be_of_any_type() {
    let server = server(Answer::json(200, &json!({}))).await;
    post(&client(&server)).bytes("text/csv", "a,b\n").await.expect("an answer");
    let seen = server.last();
    assert_eq!((seen.header("content-type"), seen.text().as_str()), (Some("text/csv"), "a,b\n"));
    assert_eq!(refused(post(&client(&server)).bytes("a\nb", "").await).kind(), ErrorKind::Request);
}

/// Answers from a list and keeps what it was asked.
#[derive(Default)]
struct Scripted {
    answers: Mutex<Vec<Result<u16, ErrorKind>>>,
    seen: Mutex<Vec<(String, CallInfo, Option<bytes::Bytes>)>>,
}

impl Transport for Scripted {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture<'_> {
        let info = request.extensions().get::<CallInfo>().expect("call info").clone();
        let head = format!("{} {}", request.method(), request.uri());
        let body = request.body().as_bytes().cloned();
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((head, info, body));
        let next = self.answers.lock().unwrap_or_else(PoisonError::into_inner).remove(0);
        Box::pin(async move {
            match next {
                Ok(status) => {
                    let mut answer = http::Response::new(ResponseBody::from("{\"name\": \"Fan\"}"));
                    *answer.status_mut() = http::StatusCode::from_u16(status).expect("a status");
                    Ok(answer)
                }
                Err(kind) => Err(Error::transport(kind, "the line is dead")),
            }
        })
    }
}

#[tokio::test]
async fn an_own_transport_gets_every_attempt() {
    let scripted = Arc::new(Scripted::default());
    *scripted.answers.lock().expect("no panic") = vec![Err(ErrorKind::Connect), Ok(503), Ok(200)];
    let client =
        Client::builder().token("T").retry(hasty()).transport(Arc::clone(&scripted)).build().expect("a client");
    assert!(client.http_client().is_none());
    let device = client.device("a b", "1").get().await.expect("an answer");
    assert_eq!(device.name.as_deref(), Some("Fan"));
    let seen = scripted.seen.lock().expect("no panic").clone();
    assert_eq!(seen.len(), 3);
    for (at, (head, info, body)) in (1..).zip(&seen) {
        assert!(head.starts_with("GET https://api.losant.com/applications/a%20b/devices/1?"), "{head}");
        assert_eq!((info.attempt, &*info.path), (at, "/applications/{applicationId}/devices/{deviceId}"));
        assert_eq!(body.as_deref(), Some(&b""[..]));
    }
    *scripted.answers.lock().expect("no panic") = vec![Err(ErrorKind::Transport)];
    let error = client.device("a", "1").delete().repeatable(false).await.expect_err("a fault");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().ends_with("the transport failed: the line is dead"), "{error}");
    for builder in [
        Client::builder().transport(Arc::clone(&scripted)).no_proxy(),
        Client::builder().transport(scripted).http_client(reqwest::Client::new()),
    ] {
        assert_eq!(builder.build().expect_err("refused").kind(), ErrorKind::Config);
    }
}

/// Adds a header to everything that goes through it.
struct Stamped(Arc<dyn Transport>, &'static str);

impl Transport for Stamped {
    fn send(&self, mut request: http::Request<RequestBody>) -> TransportFuture<'_> {
        request.headers_mut().append("x-stamp", http::HeaderValue::from_static(self.1));
        self.0.send(request)
    }
}

#[tokio::test]
async fn hooks_stand_around_the_transport() {
    let server = servers([Answer::full(503, &[], ""), Answer::json(200, &json!({}))]).await;
    let builder = Client::builder().base_url(server.url()).no_proxy().timeout(SOON).retry(hasty());
    let builder = builder.wrap_transport(|inner| Arc::new(Stamped(inner, "inner")));
    let client = builder.wrap_transport(|inner| Arc::new(Stamped(inner, "outer"))).build().expect("a client");
    get(&client).await.expect("an answer");
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for seen in seen {
        let stamps: Vec<_> =
            seen.headers.iter().filter(|(name, _)| name == "x-stamp").map(|(_, value)| &**value).collect();
        assert_eq!(stamps, ["outer", "inner"]);
    }
}
