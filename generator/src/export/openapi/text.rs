//! The document as text in which one fact is one line: what fits on a line stands on one, so that a change of one fact
//! changes few lines.

use std::fmt::Write as _;

use serde_json::Value;

/// Characters of the longest line that holds more than one value.
const WIDTH: usize = 110;

/// The members that come first, at the top of the document and nowhere else.
const FIRST: &[&str] = &["openapi", "info", "servers", "tags", "paths", "components"];

/// The document as text.
pub fn text(document: &Value) -> String {
    let mut out = String::new();
    match document.as_object() {
        Some(map) => {
            let rest = map.keys().map(String::as_str).filter(|key| !FIRST.contains(key));
            let keys: Vec<&str> = FIRST.iter().copied().filter(|key| map.contains_key(*key)).chain(rest).collect();
            members(&keys.iter().map(|key| (*key, &map[*key])).collect::<Vec<_>>(), 0, &mut out);
        }
        None => value(document, 0, 0, &mut out),
    }
    out.push('\n');
    out
}

/// Writes a value; `before` is how much of its line is taken already.
fn value(of: &Value, indent: usize, before: usize, out: &mut String) {
    let flat = of.to_string();
    let is_leaf = !matches!(of, Value::Array(_) | Value::Object(_)) || flat.len() == 2;
    if is_leaf {
        out.push_str(&flat);
    } else if flat.len() + before <= WIDTH && is_shallow(of, 2) {
        spaced(of, out);
    } else if let Value::Array(values) = of {
        block(values, ('[', ']'), indent, out, |element, out| value(element, indent + 1, 2 * indent + 2, out));
    } else if let Value::Object(map) = of {
        members(&map.iter().map(|(key, value)| (&key[..], value)).collect::<Vec<_>>(), indent, out);
    }
}

fn members(all: &[(&str, &Value)], indent: usize, out: &mut String) {
    block(all, ('{', '}'), indent, out, |(key, member), out| {
        let key = Value::from(*key).to_string();
        let _ = write!(out, "{key}: ");
        value(member, indent + 1, 2 * indent + key.len() + 4, out);
    });
}

/// One element on each line.
fn block<T>(all: &[T], (open, close): (char, char), indent: usize, out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (at, element) in all.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(indent + 1));
        write(element, out);
    }
    let _ = write!(out, "\n{}{close}", "  ".repeat(indent));
}

/// Whether a value is nested no deeper than this: deep ones are easier to read, and quieter to change, on lines of their own.
fn is_shallow(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(values) => levels > 0 && values.iter().all(|value| is_shallow(value, levels - 1)),
        Value::Object(map) => levels > 0 && map.values().all(|value| is_shallow(value, levels - 1)),
        _ => true,
    }
}

/// On one line, with spaces where a person would put them.
fn spaced(of: &Value, out: &mut String) {
    match of {
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                spaced(value, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                let _ = write!(out, "{}{}: ", if at == 0 { "" } else { ", " }, Value::from(&key[..]));
                spaced(value, out);
            }
            out.push('}');
        }
        // Writing to a string cannot fail.
        leaf => drop(write!(out, "{leaf}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_short_fact_is_one_line() {
        let document = json!({
            "components": {"a": {"type": "string", "enum": ["x"]}, "deep": {"b": {"c": {"d": 1}}}, "none": {}},
            "openapi": "3.1.0",
            "long": ["x".repeat(70), "y".repeat(70)],
        });
        let text = text(&document);
        assert!(text.starts_with("{\n  \"openapi\": \"3.1.0\",\n  \"components\": {\n"), "{text}");
        assert!(text.contains("\n    \"a\": {\"enum\": [\"x\"], \"type\": \"string\"},\n"), "{text}");
        assert!(text.contains("\n    \"none\": {}\n  },\n  \"long\": [\n    \"xxx"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), document);
    }
}
