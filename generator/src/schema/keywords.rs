//! The keywords of one schema object: which of its keys are keywords, which are properties written in the wrong
//! place, and which are spelled wrongly. Reports and corrects; says nothing about types.

use serde_json::{Number, Value};

use super::codes;
use super::graph::Limits;
use super::locate::Cursor;
use crate::diagnostic::{Code, Diagnostic};

/// A simple type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Simple {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What the keys of one schema object say.
#[derive(Debug, Default)]
pub(super) struct Keywords<'a> {
    /// The types it names; empty where it names none.
    pub(super) types: Vec<Simple>,
    /// Another schema that stands for this one.
    pub(super) reference: Option<(&'a str, Cursor<'a>)>,
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) properties: Option<Cursor<'a>>,
    pub(super) patterns: Option<Cursor<'a>>,
    pub(super) additional: Option<Cursor<'a>>,
    pub(super) items: Option<Cursor<'a>>,
    pub(super) accepted: Option<Vec<&'a Value>>,
    /// `oneOf` and `anyOf`: for a reader of values they are the same.
    pub(super) unions: Vec<Cursor<'a>>,
    pub(super) parts: Option<Cursor<'a>>,
    pub(super) required: Vec<&'a str>,
    pub(super) definitions: Option<Cursor<'a>>,
    /// Keys that are no keywords but hold schemas: properties in the wrong place.
    pub(super) strays: Vec<(&'a str, Cursor<'a>)>,
    pub(super) limits: Option<Box<Limits>>,
}

impl<'a> Keywords<'a> {
    /// Reads the keys of an object.
    pub(super) fn read(schema: Cursor<'a>, out: &mut Vec<Diagnostic>) -> Self {
        let mut found = Self::default();
        let mut spelled = Vec::new();
        for (key, at) in schema.members() {
            if !found.known(key, at, out) {
                spelled.push((key, at));
            }
        }
        // Misspelled keywords come last: what they mean depends on the type.
        for (key, at) in spelled {
            found.unknown(key, at, out);
        }
        found
    }

    /// Whether a schema says anything but which properties are required.
    pub(super) fn only_required(schema: &Value) -> bool {
        let prose = |key: &str| matches!(key, "title" | "description" | "$comment");
        schema
            .as_object()
            .is_some_and(|map| map.contains_key("required") && map.keys().all(|key| key == "required" || prose(key)))
    }

    fn limits(&mut self) -> &mut Limits {
        self.limits.get_or_insert_default()
    }

    /// Takes a key that is a keyword and has a value of the keyword's form, or nearly.
    fn known(&mut self, key: &str, at: Cursor<'a>, out: &mut Vec<Diagnostic>) -> bool {
        let value = at.value;
        match (key, value) {
            ("type", Value::String(_) | Value::Array(_) | Value::Null) => self.read_type(at, out),
            ("$ref", Value::String(reference)) => self.reference = Some((reference, at)),
            ("title", Value::String(text)) => self.title = Some(text),
            ("description", Value::String(text)) => self.description = Some(text),
            ("properties", Value::Object(_)) => self.properties = Some(at),
            ("patternProperties", Value::Object(_)) => self.patterns = Some(at),
            ("additionalProperties", Value::Object(_)) => self.additional = Some(at),
            ("items", Value::Object(_) | Value::Array(_)) => self.items = Some(at),
            ("enum", Value::Array(values)) => self.accepted = Some(values.iter().collect()),
            ("const", _) if !looks_like_schema(value) => self.accepted = Some(vec![value]),
            ("oneOf" | "anyOf", Value::Array(_)) => self.unions.push(at),
            ("allOf", Value::Array(_)) => self.parts = Some(at),
            ("definitions" | "$defs", Value::Object(_)) => self.definitions = Some(at),
            ("required", Value::Array(names)) => self.required.extend(names.iter().filter_map(Value::as_str)),
            ("pattern", Value::String(text)) => self.limits().pattern = Some(text.clone()),
            ("format", Value::String(text)) => self.limits().format = Some(text.clone()),
            ("default", _) if !looks_like_schema(value) => self.limits().default = Some(value.clone()),
            ("minLength" | "minItems" | "minProperties", _) if is_numeric(value) => {
                self.limits().length.0 = count(key, at, out);
            }
            ("maxLength" | "maxItems" | "maxProperties", _) if is_numeric(value) => {
                self.limits().length.1 = count(key, at, out);
            }
            ("minimum", _) if is_numeric(value) => self.limits().range.0 = number(key, at, out),
            ("maximum", _) if is_numeric(value) => self.limits().range.1 = number(key, at, out),
            (_, _) if says_nothing(key, value) => {}
            (
                "not" | "if" | "then" | "else" | "contains" | "propertyNames" | "dependencies" | "dependentRequired"
                | "dependentSchemas",
                _,
            ) => {
                report(
                    out,
                    codes::UNKNOWN_KEYWORD,
                    at,
                    format!("`{key}` narrows what is accepted in a way that no type says"),
                );
            }
            _ => return false,
        }
        true
    }

    /// Takes a key that is no keyword as it stands.
    fn unknown(&mut self, key: &'a str, at: Cursor<'a>, out: &mut Vec<Diagnostic>) {
        let value = at.value;
        match (key, value) {
            ("$oneOf" | "$anyOf", Value::Array(_)) => {
                report(out, codes::KEYWORD_SPELLING, at, format!("`{key}` is read as `{}`", &key[1..]));
                self.unions.push(at);
            }
            ("integer", Value::Bool(whole)) => {
                report(out, codes::KEYWORD_SPELLING, at, "`integer` is read as the type `integer`");
                if *whole {
                    for simple in self.types.iter_mut().filter(|simple| **simple == Simple::Number) {
                        *simple = Simple::Integer;
                    }
                }
            }
            ("min" | "max", _) if is_numeric(value) => self.bound(key, at, out),
            (_, Value::Object(_)) => self.strays.push((key, at)),
            _ if is_keyword(key) => {
                report(out, codes::KEYWORD_FORM, at, format!("`{key}` cannot be {}", kind(value)));
            }
            _ => report(out, codes::UNKNOWN_KEYWORD, at, format!("`{key}` is no keyword of JSON Schema")),
        }
    }

    /// `min` and `max`, which mean the length of a string and the size of a number.
    fn bound(&mut self, key: &str, at: Cursor<'a>, out: &mut Vec<Diagnostic>) {
        let length = self.types.contains(&Simple::String);
        let meant = if length { format!("{key}Length") } else { format!("{key}imum") };
        report(out, codes::KEYWORD_SPELLING, at, format!("`{key}` is read as `{meant}`"));
        match (key, length) {
            ("min", true) => self.limits().length.0 = count(key, at, out),
            ("max", true) => self.limits().length.1 = count(key, at, out),
            ("min", false) => self.limits().range.0 = number(key, at, out),
            _ => self.limits().range.1 = number(key, at, out),
        }
    }

    fn read_type(&mut self, at: Cursor<'a>, out: &mut Vec<Diagnostic>) {
        if at.value.is_array() {
            for element in at.elements() {
                self.simple(element, out);
            }
            if self.types.is_empty() {
                report(out, codes::UNKNOWN_TYPE, at, "the list of types names none");
            }
        } else {
            self.simple(at, out);
        }
    }

    fn simple(&mut self, at: Cursor<'a>, out: &mut Vec<Diagnostic>) {
        match at.value {
            Value::Null => {
                report(out, codes::TYPE_SPELLING, at, "the type is JSON's null, read as the type `null`");
                self.types.push(Simple::Null);
            }
            Value::String(word) if word.contains('#') || word.contains('/') => {
                report(out, codes::TYPE_SPELLING, at, format!("the type `{word}` is read as a reference"));
                self.reference = Some((word, at));
            }
            Value::String(word) => {
                let found = simple_named(&word.to_lowercase());
                match found {
                    Some(simple) if simple_named(word).is_some() => self.types.push(simple),
                    Some(simple) => {
                        report(
                            out,
                            codes::TYPE_SPELLING,
                            at,
                            format!("the type `{word}` is read as `{}`", word.to_lowercase()),
                        );
                        self.types.push(simple);
                    }
                    None => report(out, codes::UNKNOWN_TYPE, at, format!("there is no type `{word}`")),
                }
            }
            other => report(out, codes::UNKNOWN_TYPE, at, format!("{} is no type", kind(other))),
        }
    }
}

pub(super) fn simple_named(word: &str) -> Option<Simple> {
    Some(match word {
        "null" => Simple::Null,
        "boolean" => Simple::Boolean,
        "integer" => Simple::Integer,
        "number" => Simple::Number,
        "string" => Simple::String,
        "array" => Simple::Array,
        "object" => Simple::Object,
        _ => return None,
    })
}

/// Whether a keyword, in its right form, says nothing that a type could carry.
fn says_nothing(key: &str, value: &Value) -> bool {
    match key {
        "additionalProperties"
        | "items"
        | "required"
        | "uniqueItems"
        | "additionalItems"
        | "readOnly"
        | "writeOnly"
        | "deprecated" => value.is_boolean(),
        "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => value.is_boolean() || value.is_number(),
        "$schema" | "id" | "$id" | "$comment" => value.is_string(),
        // Wording for error messages, by keyword.
        "messages" => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
        "example" | "examples" => true,
        _ => false,
    }
}

/// Whether a keyword is known at all.
fn is_keyword(key: &str) -> bool {
    const KNOWN: [&str; 22] = [
        "type",
        "$ref",
        "title",
        "description",
        "properties",
        "patternProperties",
        "additionalProperties",
        "items",
        "enum",
        "oneOf",
        "anyOf",
        "allOf",
        "definitions",
        "required",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
    ];
    KNOWN.contains(&key)
}

/// Whether an object has a keyword that says what it accepts: then it is a schema and not a value.
pub(super) fn looks_like_schema(value: &Value) -> bool {
    const SAYING: [&str; 9] =
        ["type", "properties", "items", "enum", "oneOf", "anyOf", "allOf", "$ref", "patternProperties"];
    value.as_object().is_some_and(|map| SAYING.iter().any(|key| map.contains_key(*key)))
}

pub(super) fn is_numeric(value: &Value) -> bool {
    value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok())
}

/// A bound that is a number, or the text of one.
fn number(key: &str, at: Cursor<'_>, out: &mut Vec<Diagnostic>) -> Option<Number> {
    match at.value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => {
            report(out, codes::KEYWORD_FORM, at, format!("`{key}` is the text \"{text}\" and read as a number"));
            serde_json::from_str(text).ok()
        }
        _ => None,
    }
}

fn count(key: &str, at: Cursor<'_>, out: &mut Vec<Diagnostic>) -> Option<u64> {
    let found = number(key, at, out)?.as_u64();
    if found.is_none() {
        report(out, codes::KEYWORD_FORM, at, format!("`{key}` is no whole number"));
    }
    found
}

/// The kind of a JSON value, with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Reports a problem at the place of a value.
pub(super) fn report(out: &mut Vec<Diagnostic>, code: Code, at: Cursor<'_>, message: impl Into<String>) {
    out.push(Diagnostic::new(code, at.span(), message));
}
