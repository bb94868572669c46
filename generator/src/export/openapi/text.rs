//! The document as text in which one fact is one line: what fits on a line stands on one, so that a change of one fact
//! changes few lines.

use std::borrow::Borrow;
use std::io;

use serde::Serialize;
use serde_json::Value;

/// Characters of the longest line that holds more than one value.
const WIDTH: usize = 110;

/// A document as text, of its members. They are asked for one after the other, and none is kept.
pub(super) fn text(members: impl Iterator<Item = (&'static str, Value)>) -> String {
    let mut out = Vec::new();
    self::members(members, 0, &mut out);
    out.push(b'\n');
    // JSON is UTF-8 always.
    String::from_utf8(out).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned())
}

/// Writes a value; `before` is how much of its line is taken already.
fn value(of: &Value, indent: usize, before: usize, out: &mut Vec<u8>) {
    match of {
        Value::Array(values) if !values.is_empty() && !fits(of, before) => {
            block(values, [b'[', b']'], indent, out, |element, out| value(element, indent + 1, 2 * indent + 2, out));
        }
        Value::Object(map) if !map.is_empty() && !fits(of, before) => members(map.iter(), indent, out),
        _ => spaced(of, out),
    }
}

fn members(all: impl Iterator<Item = (impl AsRef<str>, impl Borrow<Value>)>, indent: usize, out: &mut Vec<u8>) {
    block(all, [b'{', b'}'], indent, out, |(key, member), out| {
        let start = out.len();
        plain(key.as_ref(), out);
        let key = out.len() - start;
        out.extend(b": ");
        value(member.borrow(), indent + 1, 2 * indent + key + 4, out);
    });
}

/// One element on each line.
fn block<T>(
    all: impl IntoIterator<Item = T>,
    [open, close]: [u8; 2],
    indent: usize,
    out: &mut Vec<u8>,
    write: impl Fn(T, &mut Vec<u8>),
) {
    let line = |indent: usize, out: &mut Vec<u8>| {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', 2 * indent));
    };
    out.push(open);
    for (at, element) in all.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        line(indent + 1, out);
        write(element, out);
    }
    line(indent, out);
    out.push(close);
}

/// Whether a value stands on one line, behind what is there already.
fn fits(of: &Value, before: usize) -> bool {
    is_shallow(of, 2) && WIDTH.checked_sub(before).is_some_and(|left| serde_json::to_writer(Room(left), of).is_ok())
}

/// Takes so many bytes and no more: what is long is not written to its end to learn that.
struct Room(usize);

impl io::Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::WriteZero)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
fn spaced(of: &Value, out: &mut Vec<u8>) {
    match of {
        Value::Array(values) => {
            out.push(b'[');
            for (at, value) in values.iter().enumerate() {
                out.extend(if at == 0 { "" } else { ", " }.bytes());
                spaced(value, out);
            }
            out.push(b']');
        }
        Value::Object(map) => {
            out.push(b'{');
            for (at, (key, value)) in map.iter().enumerate() {
                out.extend(if at == 0 { "" } else { ", " }.bytes());
                plain(key, out);
                out.extend(b": ");
                spaced(value, out);
            }
            out.push(b'}');
        }
        leaf => plain(leaf, out),
    }
}

fn plain(leaf: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    // Memory takes all that is written, and a text or number can be.
    drop(serde_json::to_writer(out, leaf));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_short_fact_is_one_line() {
        let members = [
            ("openapi", json!("3.1.0")),
            ("components", json!({"a": {"type": "string", "enum": ["x"]}, "deep": {"b": {"c": {"d": 1}}}, "none": {}})),
            ("long", json!(["x".repeat(70), "y".repeat(70)])),
        ];
        let document: Value = members.iter().cloned().collect();
        let text = text(members.into_iter());
        assert!(text.starts_with("{\n  \"openapi\": \"3.1.0\",\n  \"components\": {\n"), "{text}");
        assert!(text.contains("\n    \"a\": {\"enum\": [\"x\"], \"type\": \"string\"},\n"), "{text}");
        assert!(text.contains("\n    \"none\": {}\n  },\n  \"long\": [\n    \"xxx"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), document);
    }
}
