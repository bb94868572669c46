//! The runtime's requests compared with recorded requests of the API's own client, for every action that was recorded.
//!
//! The facts of the actions come from the reference material, not from generated code, so this tests the runtime alone.

use crate::{client, content};
use losant_client::{RawRequest, RequestOptions, Upload};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tests::{Seen, base64, percent_decoded, shared};

#[tokio::test]
async fn requests_are_those_of_the_official_client() {
    let (Some(facts), Some(folder)) = (shared("facts/api-facts.json"), shared("vectors/requests")) else { return };
    let facts = load(&facts);
    let distorted = distorted(&load(&shared("vectors/defects.json").expect("beside the requests")));
    let server = content().await;
    let client = client(&server);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let (mut compared, mut apart, mut wrong) = (0, 0, Vec::new());
    for vector in files.iter().flat_map(|file| list(&load(file))) {
        if vector["client"] != "js" {
            continue;
        }
        let client = if vector["noToken"] == true { client.without_token() } else { client.clone() };
        let name = key(&vector);
        let request = if distorted.contains(&name) { None } else { request(&client, &facts, &vector) };
        let Some((request, stream)) = request else {
            apart += 1;
            continue;
        };
        // The server's answer is no stream; the request is what counts.
        if stream {
            request.stream().await.map(|_| ()).expect_err("no stream");
        } else {
            request.await.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        compared += 1;
        wrong.extend(differences(&vector["request"], &server.last()).into_iter().map(|said| format!("{name}: {said}")));
    }
    println!("{compared} requests compared, {apart} set apart");
    assert!(compared > 650, "{compared} compared, {apart} set apart");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn load(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn key(vector: &Value) -> String {
    format!("{}.{} {}", text(&vector["resource"]), text(&vector["action"]), text(&vector["case"]))
}

/// The recorded requests in which the official client itself distorts what it was given.
fn distorted(defects: &Value) -> BTreeSet<String> {
    list(defects).iter().map(key).collect()
}

/// The same call through the runtime, and whether it opens a stream; none for what no typed client could be given.
fn request(client: &losant_client::Client, facts: &Value, vector: &Value) -> Option<(RawRequest, bool)> {
    if vector["request"].is_null() || vector.get("opts").is_some() {
        return None;
    }
    let resource = &facts["resources"][text(&vector["resource"])];
    let action = &resource["actions"][text(&vector["action"])];
    let template = format!("{}{}", text(&resource["path"]), text(&action["path"]));
    let args = vector["args"].as_object()?;
    let names = template.split('{').skip(1).map(|tail| tail.split('}').next().unwrap_or_default().to_owned());
    let path = names.map(|name| Some(args.get(&name)?.as_str()?.to_owned())).collect::<Option<Vec<_>>>()?;
    let method = text(&action["method"]).parse().ok()?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let mut request = client.request(method, template, &path);
    for param in
        list(&action["params"]).iter().chain(&list(&facts["globalParams"])).chain(&list(&facts["privateParams"]))
    {
        if let Some(value) = args.get(text(&param["name"])) {
            request = with(request, param, value)?;
        }
    }
    Some((request, action["sseStream"] == true))
}

fn with(request: RawRequest, param: &Value, value: &Value) -> Option<RawRequest> {
    let name = text(&param["name"]).to_owned();
    Some(match (text(&param["in"]), text(&param["type"]), value) {
        ("path", ..) => request,
        ("body", ..) if !tagged(value) && (value.is_object() || value.is_array()) => request.json(value),
        ("header", _, Value::String(text)) => request.header(&name, text),
        ("multipart", "file", Value::Object(file)) => request.part_file(&name, upload(file.get("$file")?)?),
        ("multipart", "object", Value::Object(_)) if !tagged(value) => request.part_json(&name, value),
        ("multipart", "string", Value::String(text)) => request.part_text(&name, text),
        ("query", "object", Value::Object(_)) if !tagged(value) => request.query_json(name, value),
        ("query", "" | "array", Value::Object(_) | Value::Array(_)) if !tagged(value) => {
            request.query_brackets(name, value)
        }
        ("query", _, Value::String(text)) => request.query(name, text),
        ("query", _, Value::Bool(value)) => request.query(name, *value),
        ("query", _, Value::Number(number)) => match number.as_i64() {
            Some(number) => request.query(name, number),
            None => request.query(name, number.as_f64()?),
        },
        _ => return None,
    })
}

/// Whether a value holds something that JSON has no form for, written as `{"$…": …}` in the records.
fn tagged(value: &Value) -> bool {
    const TAGS: [&str; 5] = ["$undefined", "$date", "$number", "$surrogate", "$file"];
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| TAGS.contains(&name.as_str()) || tagged(value)),
        Value::Array(items) => items.iter().any(tagged),
        _ => false,
    }
}

fn upload(file: &Value) -> Option<Upload> {
    let bytes = base64(text(&file["base64"]));
    match (text(&file["kind"]), file["filename"].as_str()) {
        ("string", None) => Some(Upload::text(String::from_utf8(bytes).ok()?)),
        ("buffer", None) => Some(Upload::bytes(bytes)),
        ("stream", Some(name)) => Some(Upload::bytes(bytes).file_name(name)),
        _ => None,
    }
}

fn differences(want: &Value, seen: &Seen) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = |what: &str, want: Value, got: Value| {
        if want != got {
            found.push(format!("{what}: {want} is {got}"));
        }
    };
    same("method", want["method"].clone(), json!(seen.method));
    same("path", json!(segments(text(&want["path"]))), json!(segments(seen.path())));
    same("query", pairs(text(&want["rawQuery"])), pairs(seen.query().unwrap_or_default()));
    for name in ["accept", "accept-version", "authorization", "losantdomain"] {
        let got = seen.header(name).map_or(Value::Null, Value::from);
        same(name, want["headers"].get(name).cloned().unwrap_or_default(), got);
    }
    let content_type = seen.header("content-type").and_then(|value| value.split(';').next());
    same("content-type", want["headers"].get("content-type").cloned().unwrap_or_default(), json!(content_type));
    if let Some(parts) = want.get("multipart") {
        same("multipart", recorded(parts), sent(seen));
    } else {
        same("body", want.get("body").cloned().unwrap_or_default(), seen.json());
    }
    found
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').map(decoded).collect()
}

/// The pairs of a query in an order of their own; a value that is a JSON container counts as that.
fn pairs(query: &str) -> Value {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        format!("{}={}", decoded(name), normal(&decoded(value)))
    };
    json!(query.split('&').map(pair).collect::<BTreeSet<_>>())
}

fn normal(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value.to_string(),
        _ => text.to_owned(),
    }
}

fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent_decoded(text)).into_owned()
}

/// Recorded parts: name, file name and content. Content types are a choice of the client's file type table.
fn recorded(parts: &Value) -> Value {
    let content = |part: &Value| match part["text"].as_str() {
        Some(text) => text.to_owned(),
        None => String::from_utf8_lossy(&base64(text(&part["base64"]))).into_owned(),
    };
    list(parts).iter().map(|part| json!([part["name"], part["filename"], normal(&content(part))])).collect()
}

/// The parts of a request in the same form.
fn sent(seen: &Seen) -> Value {
    let boundary = seen.header("content-type").and_then(|value| value.split("boundary=").nth(1)).unwrap_or_default();
    let body = format!("\r\n{}", seen.text());
    let delimiter = format!("\r\n--{boundary}");
    let parts = body.split(&delimiter).skip(1).filter_map(|part| part.strip_prefix("\r\n")?.split_once("\r\n\r\n"));
    let quoted = |head: &str, name: &str| {
        head.split(&format!(" {name}=\"")).nth(1).and_then(|tail| tail.split('"').next()).map(decoded)
    };
    parts.map(|(head, content)| json!([quoted(head, "name"), quoted(head, "filename"), normal(content)])).collect()
}

#[test]
fn the_reader_of_records_reads() {
    assert_eq!(decoded("a%2Fb%zz%E6%97%A5"), "a/b%zz日");
    assert!(tagged(&json!([{"a": {"$date": 1}}])) && !tagged(&json!(Map::new())));
}
