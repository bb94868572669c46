//! JSON texts on pages, read strictly: a doubled key is an error, since the last one would win silently.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::codes;
use super::context::Context;
use crate::diagnostic::Code;
use crate::markdown::Code as CodeBlock;
use crate::source::Span;

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonError {
    /// In one sentence.
    pub message: String,
    /// The byte of the text at which it shows.
    pub at: usize,
    /// Whether it is a doubled key.
    pub duplicate: bool,
}

const DUPLICATE: &str = "the key stands twice in one object";

/// Reads one JSON text.
pub(super) fn parse(text: &str) -> Result<Value, JsonError> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0).map_err(|error| {
        let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let full = error.to_string();
        let message = full.rsplit_once(" at line ").map_or(&full[..], |(message, _)| message).to_owned();
        JsonError { duplicate: message.starts_with(DUPLICATE), message, at }
    })
}

/// Reads a json block; what is wrong is reported with this code at the byte where it shows.
pub(super) fn block(context: &mut Context<'_>, block: &CodeBlock, code: Code) -> Option<Value> {
    if let Some(at) = inexact(&block.text) {
        let at = block.content.start + at;
        context.report(codes::JSON_NUMBER, Span { start: at, end: at + 1, ..block.content }, "digits would be lost");
    }
    parse(&block.text).map_err(|error| report(context, block.content, &error, code)).ok()
}

/// Reports what is wrong with a text that starts where this span does.
pub(super) fn report(context: &mut Context<'_>, text: Span, error: &JsonError, code: Code) {
    let start = text.start + error.at;
    let end = Span { start, ..text };
    let length = context.slice(end).chars().next().map_or(0, char::len_utf8);
    let code = if error.duplicate { codes::JSON_DUPLICATE } else { code };
    context.report(code, Span { end: start + length, ..end }, error.message.clone());
}

/// Where a number stands of which some digits would be lost.
fn inexact(text: &str) -> Option<usize> {
    const KEPT: usize = 15;
    let bytes = text.as_bytes();
    let (mut at, mut quoted) = (0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'-' | b'0'..=b'9' if !quoted => {
                let rest = &text[at..];
                let length = rest.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(rest.len());
                let number = &rest[..length];
                let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
                let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
                let whole = number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok();
                if !whole && digits.trim_matches('0').len() > KEPT {
                    return Some(at);
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number beyond all bounds"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("{DUPLICATE}: `{key}`")));
            }
            let Strict(value) = access.next_value()?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_strictly() {
        assert_eq!(
            parse(r#"{"a":[1,-2,0.5,true,null,"x"]}"#),
            Ok(serde_json::json!({"a": [1, -2, 0.5, true, null, "x"]}))
        );
        let error = parse("{\"a\":1,\n\"a\":2}").expect_err("a doubled key");
        assert!(error.duplicate && error.at > 7, "{error:?}");
        assert!(!parse("{").expect_err("cut off").duplicate);
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert_eq!(inexact(r#"["99999999999999999999", 1.50, 18446744073709551615, 99999999999999999999]"#), Some(53));
    }
}
