//! Where in a JSON text decoding failed, found from the position that `serde_json` reports, and its words without values.
//!
//! A wrapping deserializer could record the path as it goes, but it would make every generated type compile twice and
//! every answer decode slower, for the sake of the few that fail. Touches nothing.

use serde_json::error::Category;

/// One open container on the way to the fault.
enum Frame {
    /// An object and the key whose value is being read.
    Object { key: Option<String>, in_value: bool },
    /// An array and the index of the element being read.
    Array { index: usize },
}

/// The path of the value that does not decode, such as `items[1].name`; `.` is the whole text.
pub(super) fn of(text: &[u8], fault: &serde_json::Error) -> String {
    // A fault of syntax is at the byte that is wrong, which says nothing about what is open before it.
    let column = fault.column() - usize::from(fault.classify() == Category::Syntax).min(fault.column());
    at(text, fault.line(), column)
}

/// The path of the value that ends or stands at a position (line and column from one, in bytes).
fn at(text: &[u8], line: usize, column: usize) -> String {
    let start = match line {
        0 => return ".".to_owned(),
        1 => 0,
        _ => text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line - 2).map_or(0, |(at, _)| at + 1),
    };
    let end = (start + column).min(text.len());
    open_after(&text[..end])
}

/// The path of the value that is being read where a text ends.
pub(super) fn open_after(text: &[u8]) -> String {
    render(&frames(text))
}

/// The containers that are open at the end of a text.
fn frames(text: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' => frames.push(Frame::Object { key: None, in_value: false }),
            b'[' => frames.push(Frame::Array { index: 0 }),
            b'}' | b']' => {
                frames.pop();
            }
            b',' => match frames.last_mut() {
                Some(Frame::Object { key, in_value }) => (*key, *in_value) = (None, false),
                Some(Frame::Array { index }) => *index += 1,
                None => {}
            },
            b':' => {
                if let Some(Frame::Object { in_value, .. }) = frames.last_mut() {
                    *in_value = true;
                }
            }
            b'"' => {
                let end = string_end(text, at);
                if let Some(Frame::Object { key, in_value: false }) = frames.last_mut() {
                    // An unfinished key cannot be read; its object is named then.
                    *key = text.get(at - 1..end).and_then(|raw| serde_json::from_str(str::from_utf8(raw).ok()?).ok());
                }
                at = end;
            }
            _ => {}
        }
    }
    frames
}

/// The place behind the closing quote of the string that begins at `at`, or the end of the text.
fn string_end(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn render(frames: &[Frame]) -> String {
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object { key: Some(key), .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Frame::Array { index } => path.extend(["[", &index.to_string(), "]"]),
            Frame::Object { key: None, .. } => {}
        }
    }
    if path.is_empty() {
        path.push('.');
    }
    path
}

/// What `serde_json` says, without the values of the text that it repeats.
pub(super) fn describe(fault: &serde_json::Error) -> String {
    let place = format!("line {} column {}", fault.line(), fault.column());
    let said = fault.to_string();
    let said = said.strip_suffix(&format!(" at {place}")).unwrap_or(&said);
    let kept = match fault.classify() {
        // Faults of syntax repeat nothing of the text.
        Category::Syntax | Category::Eof | Category::Io => said.to_owned(),
        Category::Data => without_values(said),
    };
    format!("{kept} ({place})")
}

/// The known sentences of serde: a lead, what was found (with its value in quotes), and what was expected.
fn without_values(said: &str) -> String {
    const NAMES_ONLY: [&str; 2] = ["missing field `", "duplicate field `"];
    const WITH_VALUE: [&str; 5] =
        ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant ", "unknown field "];
    if NAMES_ONLY.iter().any(|lead| said.starts_with(lead)) {
        return said.to_owned();
    }
    if !WITH_VALUE.iter().any(|lead| said.starts_with(lead)) {
        return "a value that does not fit".to_owned();
    }
    let found = said.split(['`', '"', ',']).next().unwrap_or_default().trim_end();
    match said.rsplit_once(", expected ") {
        Some((_, expected)) => format!("{found}, expected {expected}"),
        None => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Category, at, describe, of, without_values};
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only decoding is of interest")]
    struct Page {
        items: Vec<Item>,
        #[serde(default)]
        tags: BTreeMap<String, Vec<u8>>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only decoding is of interest")]
    struct Item {
        name: String,
        #[serde(default)]
        count: Option<u32>,
    }

    #[track_caller]
    fn check(text: &str, path: &str) {
        let fault = serde_json::from_str::<Page>(text).expect_err("the text must not fit");
        assert_eq!(of(text.as_bytes(), &fault), path);
        assert!(!describe(&fault).contains("s3cr3t"), "{}", describe(&fault));
        // The reference: a deserializer that records the path. For faults of syntax it names only the container.
        if fault.classify() != Category::Data {
            return;
        }
        let reference = serde_path_to_error::deserialize::<_, Page>(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(reference.expect_err("the text must not fit").path().to_string(), path, "as the reference has it");
    }

    #[test]
    fn the_path_of_a_fault_is_found() {
        check(r#"{"items":[{"name":"a"},{"name":5}]}"#, "items[1].name");
        check(r#"{"items":[{"name":"a","count":"s3cr3t"}]}"#, "items[0].count");
        check("{\n \"items\": [\n  {\"name\": \"a\"},\n  {\"count\": 1}\n ]\n}", "items[1]");
        check(r#"{"items":[{"name":"a, ] } \" : é","count":-5}]}"#, "items[0].count");
        check(r#"{"items":[],"tags":{"x\"y":[1,2,300]}}"#, "tags.x\"y[2]");
        check(r#"{"items":[],"tags":{"k":"s3cr3t"}}"#, "tags.k");
        check(r#"{"items":{}}"#, "items");
        check("[1]", "[0]");
        check("\"s3cr3t\"", ".");
        check("{}", ".");
        check(r#"{"items":[{"name":nul}]}"#, "items[0].name");
        check(r#"{"items":[{"name":"a"}"#, "items[0]");
    }

    #[test]
    fn words_of_serde_lose_their_values() {
        assert_eq!(
            without_values("invalid type: string \"x, expected y\", expected u32"),
            "invalid type: string, expected u32"
        );
        assert_eq!(
            without_values("unknown variant `s3cr3t`, expected one of `a`, `b`"),
            "unknown variant, expected one of `a`, `b`"
        );
        assert_eq!(without_values("missing field `name`"), "missing field `name`");
        assert_eq!(without_values("the key s3cr3t is bad"), "a value that does not fit");
    }

    #[test]
    fn a_fault_without_a_place_is_at_the_whole() {
        assert_eq!(at(b"{}", 0, 0), ".");
        assert_eq!(at(b"{}", 9, 9), ".");
    }
}
