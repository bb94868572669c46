//! A part of a schema: what it says, where its text is, and how much it is like another one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::schemas::Shared;
use super::similar::{self, SAME};

/// Deeper than any schema that a page prints.
pub(super) const DEEPEST: usize = 64;
/// Fields, and forms of a union, that are less alike are two.
pub(super) const LEAST: u32 = 600;

/// A part of a schema, and where its text is.
#[derive(Clone)]
pub(super) struct At<'v> {
    pub(super) value: &'v Value,
    pub(super) schema: usize,
    pub(super) way: Vec<String>,
    nullable: bool,
    /// The one of its types that is meant, where it stands for several forms.
    only: Option<&'v str>,
}

impl<'v> At<'v> {
    pub(super) fn root(shared: &'v Shared, schema: usize) -> Self {
        Self { value: &shared.schemas[schema].schema, schema, way: Vec::new(), nullable: false, only: None }
    }

    pub(super) fn get(&self, keys: &[&str]) -> Option<Self> {
        let value = keys.iter().try_fold(self.value, |value, key| value.get(key))?;
        let way = self.way.iter().cloned().chain(keys.iter().map(|key| (*key).to_owned())).collect();
        Some(Self { value, schema: self.schema, way, nullable: false, only: None })
    }

    pub(super) fn elements(&self, key: &str) -> Vec<Self> {
        let values = self.value.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
        let element = |(index, value): (usize, &'v Value)| {
            let way = self.way.iter().cloned().chain([key.to_owned(), index.to_string()]).collect();
            Self { value, schema: self.schema, way, nullable: false, only: None }
        };
        values.map(element).collect()
    }

    pub(super) fn members(&self, key: &str) -> Vec<(&'v str, Self)> {
        let map = self.value.get(key).and_then(Value::as_object);
        map.into_iter().flatten().filter_map(|(name, _)| Some((name.as_str(), self.get(&[key, name])?))).collect()
    }

    /// Its fields, and those that a page writes beside the keywords instead of below `properties`.
    pub(super) fn fields(&self) -> Vec<(&'v str, Self)> {
        let strays = self.value.as_object().into_iter().flatten().filter(|(key, value)| is_stray(key, value));
        let strays = strays.filter_map(|(name, _)| Some((name.as_str(), self.get(&[name])?)));
        self.members("properties").into_iter().chain(strays).collect()
    }

    /// What stands behind references, and behind a choice between one thing and null.
    pub(super) fn resolve(mut self, shared: &'v Shared) -> Self {
        for _ in 0..DEEPEST {
            if let Some(schema) = shared.target(self.value) {
                self = Self { nullable: self.nullable, ..Self::root(shared, schema) };
                continue;
            }
            let choices = self.forms();
            let [only] = &choices[..] else { break };
            let says_more = |key: &str| !matches!(key, "oneOf" | "anyOf" | "title" | "description" | "type");
            if self.value.as_object().is_some_and(|map| map.keys().any(|key| says_more(key))) {
                break;
            }
            self = Self { nullable: true, ..only.clone() };
        }
        self
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    /// The forms of a union, without null.
    pub(super) fn forms(&self) -> Vec<Self> {
        let forms = self.elements("oneOf").into_iter().chain(self.elements("anyOf"));
        forms.filter(|form| form.value.get("type").and_then(Value::as_str) != Some("null")).collect()
    }

    /// One form for each of its types: a list of types is a short way to write a union.
    pub(super) fn of_types(self) -> Vec<Self> {
        let types = self.types();
        if types.len() < 2 || !self.forms().is_empty() {
            return vec![self];
        }
        types.into_iter().map(|ty| Self { only: Some(ty), ..self.clone() }).collect()
    }

    pub(super) fn word(&self) -> String {
        self.only.map_or_else(|| word(self.value), str::to_owned)
    }

    pub(super) fn outline(&self) -> String {
        self.only.map_or_else(|| outline(self.value), str::to_owned)
    }

    pub(super) fn has_null(&self) -> bool {
        let list = |key: &str| self.value.get(key).and_then(Value::as_array).into_iter().flatten();
        let is_null = |value: &Value| value.as_str() == Some("null");
        let forms = self.elements("oneOf").into_iter().chain(self.elements("anyOf"));
        self.nullable
            || list("type").any(is_null)
            || list("enum").any(Value::is_null)
            || self.value.get("nullable").and_then(Value::as_bool) == Some(true)
            || forms.into_iter().any(|form| form.value.get("type").is_some_and(is_null))
    }

    /// Its types without null, or what its other keywords tell of them.
    pub(super) fn types(&self) -> BTreeSet<&'v str> {
        if let Some(only) = self.only {
            return BTreeSet::from([only]);
        }
        let types = match self.value.get("type") {
            Some(Value::String(ty)) => BTreeSet::from([ty.as_str()]),
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            _ if self.value.get("properties").is_some() => BTreeSet::from(["object"]),
            _ if self.value.get("items").is_some() => BTreeSet::from(["array"]),
            _ => BTreeSet::new(),
        };
        types.into_iter().filter(|ty| *ty != "null").collect()
    }

    pub(super) fn required(&self) -> BTreeSet<&'v str> {
        self.value.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// Whether a key is no keyword but a field in the wrong place.
pub(super) fn is_stray(key: &str, value: &Value) -> bool {
    let is_keyword = super::keywords::ELSEWHERE.contains(&key) || super::keywords::HOLDING.contains(&key);
    value.is_object() && !is_keyword
}

/// A word for a form of a union: its title, the value that only it has, its type.
fn word(value: &Value) -> String {
    let title = value.get("title").and_then(Value::as_str);
    let tag = || {
        let properties = value.get("properties")?.as_object()?;
        properties.values().find_map(|property| {
            match property.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
                Some([only]) => only.as_str(),
                _ => property.get("const").and_then(Value::as_str),
            }
        })
    };
    let reference = || value.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    let ty = || value.get("type").and_then(Value::as_str);
    title.or_else(tag).or_else(reference).or_else(ty).unwrap_or("form").to_owned()
}

/// What a part is, in a few words.
fn outline(value: &Value) -> String {
    let reference = value.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    match (reference, value.get("type")) {
        (Some(name), _) => name.to_owned(),
        (None, Some(Value::String(ty))) => ty.clone(),
        (None, Some(Value::Array(types))) => types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ if value.get("oneOf").or(value.get("anyOf")).is_some() => "one of several".to_owned(),
        _ if value.get("properties").is_some() => "object".to_owned(),
        _ => "any".to_owned(),
    }
}

/// The parts of a schema with their types.
pub(super) fn features(value: &Value) -> BTreeSet<String> {
    fn down(value: &Value, at: &str, out: &mut BTreeSet<String>) {
        out.insert(format!("{at}:{}", outline(value)));
        if let Some(Value::Object(properties)) = value.get("properties") {
            properties.iter().for_each(|(name, value)| down(value, &format!("{at}.{name}"), out));
        }
        value.get("items").into_iter().for_each(|items| down(items, &format!("{at}[]"), out));
        for key in ["oneOf", "anyOf", "allOf"] {
            value.get(key).and_then(Value::as_array).into_iter().flatten().for_each(|form| down(form, at, out));
        }
        if let Some(values) = value.get("enum").and_then(Value::as_array) {
            out.extend(values.iter().map(|value| format!("{at}={value}")));
        }
    }
    let mut out = BTreeSet::new();
    down(value, "", &mut out);
    out
}

/// A schema without what is said of it.
fn shape(value: &Value) -> Value {
    let Value::Object(map) = value else { return value.clone() };
    let mut kept = Map::new();
    for (key, value) in map {
        match (&key[..], value) {
            ("title" | "description" | "example" | "examples" | "$comment", _) => {}
            ("properties" | "patternProperties", Value::Object(parts)) => {
                let parts = parts.iter().map(|(name, part)| (name.clone(), shape(part)));
                kept.insert(key.clone(), Value::Object(parts.collect()));
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                kept.insert(key.clone(), parts.iter().map(shape).collect());
            }
            ("items" | "additionalProperties", part) => {
                kept.insert(key.clone(), shape(part));
            }
            _ => {
                kept.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(kept)
}

/// How alike two forms of a union are. What has one word and one type is one form, however much of it changed.
pub(super) fn of_forms(old: &At<'_>, new: &At<'_>) -> u32 {
    if shape(old.value) == shape(new.value) && old.only == new.only {
        return SAME;
    }
    let same_word = old.word() == new.word() && old.outline() == new.outline();
    if old.only.is_some() || new.only.is_some() {
        return if same_word || old.types() == new.types() { LEAST } else { 0 };
    }
    similar::jaccard(&features(old.value), &features(new.value)).max(if same_word { LEAST } else { 0 })
}

/// How alike two fields of different names are. Many fields are texts: a small one needs a like name or the same words.
pub(super) fn of_fields((old_name, old): (&str, &Value), (new_name, new): (&str, &Value)) -> u32 {
    if shape(old) != shape(new) {
        return 0;
    }
    let names = similar::of_names(old_name, new_name);
    if features(old).len() > 3 {
        return (SAME * 3 + names) / 4;
    }
    let said = |value: &Value| value.get("description").and_then(Value::as_str).map(str::to_owned);
    let texts = match (said(old), said(new)) {
        (Some(old), Some(new)) => similar::of_texts(&old, &new),
        _ => 0,
    };
    names.max(texts.saturating_sub(100))
}
