//! What the official JavaScript client sends for the least and for all documented arguments is as documented. The Python
//! client's is not in one point: its booleans are `True` and `False`.

use losant_client::mock::MockServer;
use serde_json::Value;
use tests::{Body, Part, Recorded, shared};

/// The recorded calls with documented arguments.
fn vectors(client: &str) -> Option<Vec<Value>> {
    let folder = shared("vectors/requests")?;
    let mut vectors = Vec::new();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let text = std::fs::read(file.expect("a file").path()).expect("a text");
        let all: Vec<Value> = serde_json::from_slice(&text).expect("vectors");
        let is_wanted =
            |vector: &Value| vector["client"] == client && ["min", "max"].iter().any(|it| vector["case"] == *it);
        vectors.extend(all.into_iter().filter(is_wanted));
    }
    Some(vectors)
}

/// Sends a request as it was recorded.
async fn send(losant: &MockServer, http: &reqwest::Client, recorded: &Recorded) -> u16 {
    let method = reqwest::Method::from_bytes(recorded.method.as_bytes()).expect("a method");
    let mut url = reqwest::Url::parse(&format!("{}{}", losant.url(), recorded.path)).expect("an address");
    url.query_pairs_mut().extend_pairs(&recorded.query);
    let mut request = http.request(method, url);
    let is_form = matches!(recorded.body, Body::Multipart(_));
    for (name, value) in recorded.headers.iter().filter(|(name, _)| !is_form || *name != "content-type") {
        request = request.header(name, value);
    }
    let request = match &recorded.body {
        Body::None => request,
        Body::Json(value) => request.body(value.to_string()),
        Body::Raw(bytes) => request.body(bytes.clone()),
        // The boundary is not recorded.
        Body::Multipart(parts) => request.header("content-type", "multipart/form-data; boundary=b").body(form(parts)),
    };
    request.send().await.expect("an answer").status().as_u16()
}

fn form(parts: &[Part]) -> Vec<u8> {
    let mut form = Vec::new();
    for part in parts {
        let name = part.name.as_deref().unwrap_or_default();
        form.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").bytes());
        form.extend([&part.content[..], b"\r\n"].concat());
    }
    form.extend(b"--b--\r\n");
    form
}

async fn misuse(client: &str) -> Option<(usize, Vec<String>)> {
    let losant = MockServer::start().expect("a server");
    let http = reqwest::Client::builder().no_proxy().build().expect("fine settings");
    let vectors = vectors(client)?;
    for vector in &vectors {
        let Some(recorded) = Recorded::of_vector(&vector["request"]) else { continue };
        let status = send(&losant, &http, &recorded).await;
        let seen = losant.requests().pop().expect("a request");
        assert_eq!((200..300).contains(&status), seen.problems().is_empty(), "{seen:?}");
        let name = format!("{}.{}", vector["resource"].as_str()?, vector["action"].as_str()?);
        assert_eq!(seen.action(), Some(&name[..]));
    }
    Some((losant.requests().len(), losant.misuse()))
}

#[tokio::test]
async fn what_the_official_clients_send_is_as_documented() {
    let Some((count, misuse)) = misuse("js").await else { return };
    // Some pages have an example of a field that they do not list.
    let other: Vec<_> = misuse.iter().filter(|line| !line.contains("Field` is none of")).collect();
    assert_eq!(other, [""; 0], "{} of {count}", other.len());
    assert!(count > 500 && misuse.len() < 10, "{} of {count}", misuse.len());
}

#[tokio::test]
async fn capital_booleans_are_not_as_documented() {
    let Some((count, misuse)) = misuse("py").await else { return };
    assert!(count > 500 && misuse.len() > 200, "{} of {count}", misuse.len());
    let is_known = |line: &&String| line.contains("is not of type boolean") || line.contains("Field` is none of");
    assert!(misuse.iter().all(|line| is_known(&line)), "{misuse:?}");
}
