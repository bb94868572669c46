//! Keywords that hold no schema: types, bounds, texts.

use serde_json::{Map, Value, json};

use super::super::keywords::{is_numeric, looks_like_schema, simple_named};
use super::pattern::portable;

/// What a keyword with a value and no schemas in it says.
pub(super) enum Simple<'k> {
    /// This keyword with this value.
    Says(&'k str, Value),
    /// Nothing that the newest draft could say.
    Nothing,
    /// It is none.
    NoKeyword,
}

pub(super) fn simple_keyword<'k>(key: &'k str, value: &Value, map: &Map<String, Value>) -> Simple<'k> {
    let says = |found: Option<Value>| found.map_or(Simple::Nothing, |value| Simple::Says(key, value));
    let is_text = || types(map).is_some_and(|(_, types)| types.to_string().contains("\"string\""));
    match key {
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
            if is_numeric(value) =>
        {
            says(number(value).filter(Value::is_u64))
        }
        "minimum" | "maximum" if is_numeric(value) => {
            let exclusive = if key == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
            // The boolean of draft 4 turns the bound beside it into the exclusive one.
            let key = if map.get(exclusive) == Some(&Value::Bool(true)) { exclusive } else { key };
            number(value).map_or(Simple::Nothing, |value| Simple::Says(key, value))
        }
        "exclusiveMinimum" | "exclusiveMaximum" if is_numeric(value) => says(number(value)),
        "exclusiveMinimum" | "exclusiveMaximum" if value.is_boolean() => Simple::Nothing,
        "multipleOf" if is_numeric(value) => says(number(value).filter(|n| n.as_f64().is_some_and(|n| n > 0.0))),
        "min" | "max" if is_numeric(value) => {
            let (low, text) = (key == "min", is_text());
            let meant = match (low, text) {
                (true, true) => "minLength",
                (true, false) => "minimum",
                (false, true) => "maxLength",
                (false, false) => "maximum",
            };
            number(value).filter(|n| !text || n.is_u64()).map_or(Simple::Nothing, |value| Simple::Says(meant, value))
        }
        "pattern" => value.as_str().map_or(Simple::NoKeyword, |text| Simple::Says(key, json!(portable(text)))),
        "format" | "title" | "description" | "$comment" | "contentEncoding" | "contentMediaType"
            if value.is_string() =>
        {
            says(Some(value.clone()))
        }
        "uniqueItems" | "readOnly" | "writeOnly" | "deprecated" if value.is_boolean() => says(Some(value.clone())),
        "enum" if value.is_array() => says(Some(value.clone())),
        "const" if !looks_like_schema(value) => says(Some(value.clone())),
        "default" if !looks_like_schema(value) => {
            Simple::Says(if is_possible(value, map) { key } else { "x-default" }, value.clone())
        }
        _ => Simple::NoKeyword,
    }
}

/// Whether a default is of the type and among the values that its schema accepts: tools refuse another one.
fn is_possible(default: &Value, map: &Map<String, Value>) -> bool {
    let is = |word: &Value| match word.as_str() {
        Some("null") => default.is_null(),
        Some("boolean") => default.is_boolean(),
        Some("integer") => default.is_i64() || default.is_u64(),
        Some("number") => default.is_number(),
        Some("string") => default.is_string(),
        Some("array") => default.is_array(),
        _ => default.is_object(),
    };
    let of_type =
        types(map).is_none_or(|(_, types)| types.as_array().map_or_else(|| is(&types), |all| all.iter().any(is)));
    of_type && map.get("enum").and_then(Value::as_array).is_none_or(|accepted| accepted.contains(default))
}

/// A number, or the number that a text says.
fn number(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => serde_json::from_str(text).ok().filter(Value::is_number),
        other => Some(other.clone()),
    }
}

/// The types by their names; none where none is known.
pub(super) fn types(map: &Map<String, Value>) -> Option<(String, Value)> {
    let word = |value: &Value| {
        let word = value.as_str().unwrap_or("null").to_lowercase();
        simple_named(&word)?;
        let whole = word == "number" && map.get("integer") == Some(&Value::Bool(true));
        (value.is_string() || value.is_null()).then(|| if whole { "integer".to_owned() } else { word })
    };
    let found = match map.get("type")? {
        Value::Array(values) => {
            let mut words: Vec<String> = Vec::new();
            for word in values.iter().filter_map(word) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            (!words.is_empty()).then(|| json!(words))
        }
        single => word(single).map(Value::String),
    };
    found.map(|found| ("type".to_owned(), found))
}
