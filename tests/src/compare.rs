//! Whether two requests mean the same, by the rules of the reference material's own comparison, and its names for the
//! differences.

use crate::recorded::{Body, Part, Recorded, percent_decoded};
use serde_json::Value;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its class.
    pub class: &'static str,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// The differences of a request from the expected one; none stands for a refusal to send.
pub fn differences(expected: Option<&Recorded>, found: Option<&Recorded>) -> Vec<Difference> {
    let mut said = Vec::new();
    let mut differ = |class, expected: String, found: String| said.push(Difference { class, expected, found });
    let (expected, found) = match (expected, found) {
        (Some(expected), Some(found)) => (expected, found),
        (None, None) => return said,
        (expected, _) => {
            let (sent, refused) = ("sent".to_owned(), "refused".to_owned());
            let (expected, found) = if expected.is_some() { (sent, refused) } else { (refused, sent) };
            differ("refusal", expected, found);
            return said;
        }
    };
    if expected.method != found.method {
        differ("method", expected.method.clone(), found.method.clone());
    }
    if segments(&expected.path) != segments(&found.path) {
        differ("path", expected.path.clone(), found.path.clone());
    }
    query(expected, found, &mut differ);
    for name in ["accept", "accept-version", "authorization", "losantdomain"] {
        let of = |request: &Recorded| request.headers.get(name).cloned();
        if of(expected) != of(found) {
            let class = match name {
                "accept" => "header-accept",
                "accept-version" => "header-accept-version",
                "authorization" => "header-authorization",
                _ => "header-losantdomain",
            };
            differ(class, format!("{:?}", of(expected)), format!("{:?}", of(found)));
        }
    }
    body(expected, found, &mut differ);
    said
}

/// A parameter of a query: its name and its value.
type Pair<'a> = &'a (String, String);

type Differ<'a> = &'a mut dyn FnMut(&'static str, String, String);

fn query(expected: &Recorded, found: &Recorded, differ: Differ<'_>) {
    let mut extra: Vec<Pair<'_>> = found.query.iter().collect();
    let mut missing: Vec<Pair<'_>> = Vec::new();
    for pair in &expected.query {
        let same = |other: &Pair<'_>| *other == pair;
        let means = |other: &Pair<'_>| other.0 == pair.0 && text_equal(&pair.1, &other.1);
        match extra.iter().position(same).or_else(|| extra.iter().position(means)) {
            Some(at) => drop(extra.remove(at)),
            None => missing.push(pair),
        }
    }
    let of_both = |name: &str| missing.iter().any(|pair| pair.0 == name) && extra.iter().any(|pair| pair.0 == name);
    let (changed, missing_alone): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
        missing.iter().copied().partition(|pair| of_both(&pair.0));
    let extra_alone: Vec<_> = extra.iter().filter(|pair| !of_both(&pair.0)).collect();
    for pair in changed {
        let values: Vec<_> = extra.iter().filter(|other| other.0 == pair.0).collect();
        differ("query-value", format!("{pair:?}"), format!("{values:?}"));
    }
    if !missing_alone.is_empty() {
        differ("query-missing", format!("{missing_alone:?}"), String::new());
    }
    if !extra_alone.is_empty() {
        differ("query-extra", String::new(), format!("{extra_alone:?}"));
    }
}

fn body(expected: &Recorded, found: &Recorded, differ: Differ<'_>) {
    let is_empty = |body: &Body| matches!(body, Body::Json(Value::Object(fields)) if fields.is_empty());
    let one_is_absent =
        matches!((&expected.body, &found.body), (Body::None, Body::Json(_)) | (Body::Json(_), Body::None));
    if one_is_absent && (is_empty(&expected.body) || is_empty(&found.body)) {
        // The difference of the content types comes with it.
        differ("body-absent-vs-empty-object", shown(&expected.body), shown(&found.body));
        return;
    }
    let content_type = |request: &Recorded| request.headers.get("content-type").cloned();
    if media(content_type(expected)) != media(content_type(found)) {
        let shown = |request| format!("{:?}", content_type(request));
        differ("header-content-type", shown(expected), shown(found));
    }
    match (&expected.body, &found.body) {
        (Body::None, Body::None) => {}
        (Body::Json(left), Body::Json(right)) if json_equal(left, right) => {}
        (Body::Json(_), Body::Json(_)) => differ("body-json", shown(&expected.body), shown(&found.body)),
        (Body::Raw(left), Body::Raw(right)) if left == right => {}
        (Body::Raw(_), Body::Raw(_)) => differ("body-raw", shown(&expected.body), shown(&found.body)),
        (Body::Multipart(left), Body::Multipart(right)) => multipart(left, right, differ),
        _ => differ("body-kind", shown(&expected.body), shown(&found.body)),
    }
}

/// Parts are paired by name, in order.
fn multipart(expected: &[Part], found: &[Part], differ: Differ<'_>) {
    let mut left: Vec<&Part> = found.iter().collect();
    for part in expected {
        let Some(at) = left.iter().position(|other| other.name == part.name) else {
            differ("multipart-part-missing", format!("{:?}", part.name), String::new());
            continue;
        };
        let other = left.remove(at);
        let text = |part: &Part| String::from_utf8_lossy(&part.content).into_owned();
        if part.content != other.content && !text_equal(&text(part), &text(other)) {
            differ("multipart-content", text(part), text(other));
        }
        if part.file_name != other.file_name {
            differ("multipart-filename", format!("{:?}", part.file_name), format!("{:?}", other.file_name));
        }
        if media(part.content_type.clone()) != media(other.content_type.clone()) {
            differ("multipart-content-type", format!("{:?}", part.content_type), format!("{:?}", other.content_type));
        }
    }
    for part in left {
        differ("multipart-part-extra", String::new(), format!("{:?}", part.name));
    }
}

fn shown(body: &Body) -> String {
    match body {
        Body::Json(value) => value.to_string(),
        body => format!("{body:?}"),
    }
}

/// The segments of a path, decoded; one that is not well-formed stays as it is and equals no other.
fn segments(path: &str) -> Vec<(bool, String)> {
    let segment = |raw: &str| {
        let mut pieces = raw.split('%').skip(1);
        let is_hex = |piece: &str| piece.get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let decoded = if pieces.all(is_hex) { String::from_utf8(percent_decoded(raw)).ok() } else { None };
        decoded.map_or_else(|| (false, raw.to_ascii_uppercase()), |text| (true, text))
    };
    path.split('/').map(segment).collect()
}

/// A media type and its parameters but the boundary.
fn media(content_type: Option<String>) -> Option<(String, Vec<String>)> {
    let content_type = content_type?.to_ascii_lowercase();
    let mut pieces = content_type.split(';').map(|piece| piece.trim().to_owned());
    let media_type = pieces.next()?;
    let mut params: Vec<String> = pieces.filter(|piece| !piece.is_empty() && !piece.starts_with("boundary=")).collect();
    params.sort();
    Some((media_type, params))
}

/// Equal, or the same JSON where both are an object or a list.
fn text_equal(left: &str, right: &str) -> bool {
    let container = |text: &str| {
        let value: Value = serde_json::from_str(text).ok()?;
        (value.is_object() || value.is_array()).then_some(value)
    };
    left == right
        || matches!((container(left), container(right)), (Some(left), Some(right)) if json_equal(&left, &right))
}

/// Equal as JSON: the order of fields does not count, and `1` equals `1.0`.
pub fn json_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| json_equal(value, other)))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| json_equal(left, right))
        }
        (Value::Number(left), Value::Number(right)) if left.is_f64() || right.is_f64() => {
            left.as_f64() == right.as_f64()
        }
        _ => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::{differences, json_equal, segments};
    use crate::recorded::Recorded;
    use serde_json::{Value, json};

    #[test]
    fn json_is_compared_by_meaning() {
        assert!(json_equal(&json!({"a": 1, "b": [1.0]}), &json!({"b": [1], "a": 1.0})));
        assert!(!json_equal(&json!(true), &json!(1)) && !json_equal(&json!([1]), &json!([1, null])));
    }

    #[test]
    fn paths_are_compared_by_segment() {
        assert_eq!(segments("/a%7E/b"), segments("/a~/b"));
        assert_ne!(segments("/a%2Fb"), segments("/a/b"));
        assert_ne!(segments("/%ED%A0%BD"), segments("/%F0%9F%98%80"));
        assert_ne!(segments("/%9"), segments("/%09"));
    }

    #[test]
    fn differences_have_their_class() {
        let request = |change: &dyn Fn(&mut Value)| {
            let mut request = json!({"method": "POST", "path": "/a", "query": [["q", "{\"a\":1}"], ["b", "x"]],
                "headers": {"accept": "application/json", "content-type": "application/json"}, "body": {"a": 1}});
            change(&mut request);
            Recorded::of_vector(&request)
        };
        let classes = |change: &dyn Fn(&mut Value)| -> Vec<&str> {
            let found = differences(request(&|_| {}).as_ref(), request(change).as_ref());
            found.iter().map(|difference| difference.class).collect()
        };
        assert!(classes(&|_| {}).is_empty());
        assert!(classes(&|request| request["query"] = json!([["b", "x"], ["q", "{ \"a\": 1.0 }"]])).is_empty());
        assert_eq!(classes(&|request| request["method"] = json!("PUT")), ["method"]);
        assert_eq!(classes(&|request| request["query"][1][1] = json!("y")), ["query-value"]);
        assert_eq!(classes(&|request| request["query"] = json!([["b", "x"]])), ["query-missing"]);
        assert_eq!(classes(&|request| request["query"][1][0] = json!("c")), ["query-missing", "query-extra"]);
        assert_eq!(classes(&|request| request["headers"]["accept"] = json!("*/*")), ["header-accept"]);
        assert_eq!(classes(&|request| request["body"]["a"] = json!(true)), ["body-json"]);
        assert_eq!(classes(&|request| *request = Value::Null), ["refusal"]);
        let multipart = |request: &mut Value| request["multipart"] = json!([]);
        assert_eq!(classes(&multipart), ["body-kind"]);
    }
}
