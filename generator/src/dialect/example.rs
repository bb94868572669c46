//! Example and default cells: the value that stands there, and how it travels.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{json, literal};
use crate::model::Encoding;

/// A text as the JSON value it looks like: an integer, a boolean, else a string.
pub(super) fn natural(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Value::Number(number.into()),
            _ => Value::String(text.to_owned()),
        },
    }
}

/// Whether an example cell has the form `name=value` or `name[…]=value` for this very name.
pub(super) fn is_named(name: &str, text: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| rest.starts_with('=') || rest.starts_with('['))
}

/// A list as JavaScript shows it: `[ 'gps', 'aws' ]`.
pub(super) fn inspected(text: &str) -> Option<Value> {
    let (value, end) = literal::parse(text).ok()?;
    (value.is_array() && end == text.len()).then_some(value)
}

/// What is wrong with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ExampleError {
    /// Not of the form `name=value`.
    Form(String),
    /// Starts like JSON and is none.
    Json(String),
}

/// Decodes `name=value`, `name={json}`, `name[0][key]=value&…`, and `name[]=[json]`, which says the same in JSON.
pub(super) fn decode(name: &str, text: &str) -> Result<(Value, Option<Encoding>), ExampleError> {
    let Some(rest) = text.strip_prefix(name).filter(|rest| rest.starts_with('=') || rest.starts_with('[')) else {
        return Err(ExampleError::Form(format!("the example does not start with `{name}=`")));
    };
    if let Some(value) = rest.strip_prefix('=') {
        if value.starts_with(['{', '[']) {
            let value = json::parse(value).map_err(|error| ExampleError::Json(error.message))?;
            return Ok((value, Some(Encoding::Json)));
        }
        return Ok((natural(value), None));
    }
    if let Some(value) = rest.strip_prefix("[]=").filter(|value| value.starts_with(['{', '['])) {
        let value = json::parse(value).map_err(|error| ExampleError::Json(error.message))?;
        return Ok((value, Some(Encoding::Brackets)));
    }
    let mut root = Node::default();
    for pair in pairs(name, text) {
        let (key, value) = pair.split_once('=').ok_or_else(|| ExampleError::Form("a pair without `=`".to_owned()))?;
        let path = key.strip_prefix(name).and_then(brackets);
        let path = path.ok_or_else(|| ExampleError::Form("a key that is no `name[…]`".to_owned()))?;
        root.insert(&path, value).map_err(ExampleError::Form)?;
    }
    Ok((root.value(), Some(Encoding::Brackets)))
}

/// Parts `name[0]=a&name[1]=b` at each `&name[`, so that an `&` within a value stays.
fn pairs<'a>(name: &str, text: &'a str) -> Vec<&'a str> {
    let mark = format!("&{name}[");
    let mut starts = vec![0];
    starts.extend(text.match_indices(&mark).map(|(at, _)| at + 1));
    let ends = starts.iter().skip(1).map(|at| at - 1).chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &text[start..end]).collect()
}

/// Deeper nesting than this is no example, but an attack.
const DEEPEST: usize = 32;

/// The parts of `[0][key]`.
fn brackets(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.strip_prefix('[')?.split_once(']')?;
        if part.contains('[') {
            return None;
        }
        parts.push(part);
        rest = after;
    }
    (!parts.is_empty() && parts.len() <= DEEPEST).then_some(parts)
}

#[derive(Default)]
struct Node {
    leaf: Option<String>,
    children: BTreeMap<String, Node>,
    /// The keys as they came; numbered from 0 on without a gap they make a list.
    order: Vec<String>,
}

impl Node {
    fn insert(&mut self, path: &[&str], value: &str) -> Result<(), String> {
        let Some((first, rest)) = path.split_first() else {
            if self.leaf.is_some() || !self.children.is_empty() {
                return Err("one key stands twice".to_owned());
            }
            self.leaf = Some(value.to_owned());
            return Ok(());
        };
        if self.leaf.is_some() {
            return Err("one key stands for a value and for a group of values".to_owned());
        }
        if !self.children.contains_key(*first) {
            self.order.push((*first).to_owned());
        }
        self.children.entry((*first).to_owned()).or_default().insert(rest, value)
    }

    fn value(&self) -> Value {
        if let Some(leaf) = &self.leaf {
            return Value::String(leaf.clone());
        }
        if self.order.iter().enumerate().all(|(at, key)| *key == at.to_string()) {
            return Value::Array(self.order.iter().filter_map(|key| self.children.get(key)).map(Self::value).collect());
        }
        Value::Object(self.children.iter().map(|(key, node)| (key.clone(), node.value())).collect::<Map<_, _>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn decodes_what_travels() {
        let cases = [
            ("page", "page=0", json!(0), None),
            ("filter", "filter=my * device", json!("my * device"), None),
            ("callbackUrl", "callbackUrl=https://x.y/?a=1&b=2", json!("https://x.y/?a=1&b=2"), None),
            ("query", r#"query={"$or":[{"a":1}]}"#, json!({"$or": [{"a": 1}]}), Some(Encoding::Json)),
            ("dataType", "dataType[0]=number&dataType[1]=blob", json!(["number", "blob"]), Some(Encoding::Brackets)),
            (
                "tagFilter",
                "tagFilter[0][key]=Floor&tagFilter[0][value]=2&tagFilter[1][key]=A&B",
                json!([{"key": "Floor", "value": "2"}, {"key": "A&B"}]),
                Some(Encoding::Brackets),
            ),
            (
                "tagFilter",
                r#"tagFilter[]=[{"key":"Floor","value":2}]"#,
                json!([{"key": "Floor", "value": 2}]),
                Some(Encoding::Brackets),
            ),
        ];
        for (name, text, value, encoding) in cases {
            assert_eq!(decode(name, text), Ok((value, encoding)), "{text}");
        }
        for (name, text) in [
            ("page", "1"),
            ("page", "size=1"),
            ("a", "a[0=1"),
            ("a", "a[0]"),
            ("a", "a[0]=1&a[0]=2"),
            ("q", "q={"),
            ("a", "a[]=[1"),
        ] {
            assert!(decode(name, text).is_err(), "{text}");
        }
        assert_eq!(natural("-2592000000"), json!(-2_592_000_000_i64));
        assert_eq!(natural("007"), json!("007"));
        assert_eq!(inspected("[ 'gps', 'aws', 1, true ]"), Some(json!(["gps", "aws", 1, true])));
        for broken in ["[ 'gps', 'aws'", "[ gps ]", "[ 'gps 'aws' ]", "'gps'", "[] x"] {
            assert_eq!(inspected(broken), None, "{broken}");
        }
    }
}
