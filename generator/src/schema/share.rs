//! Finds the places where one schema is written out within another and lets them refer to it, as JSON: what a type
//! does not carry (bounds, patterns, the order of values) has to be equal too, so that nothing is lost.
//!
//! Which schema a copy is: the one whose title it carries, else the first by name of those with its structure.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::names::Names;
use super::structure::pick;
use crate::model::Schema;

/// A place that became a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Copy {
    /// The schema that it stands in.
    pub schema: String,
    /// Where in it, as a JSON pointer.
    pub at: String,
    /// The schema that it refers to now.
    pub of: String,
    /// How it was known.
    pub by: By,
}

/// How a copy was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// By its title, which the structure confirmed.
    Title,
    /// By its structure alone.
    Structure,
}

impl By {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Structure => "structure",
        }
    }
}

/// Schemas that refer to each other wherever one held a copy of another, and the outermost of these places.
pub fn share(schemas: &[Schema]) -> (Vec<Schema>, Vec<Copy>) {
    let mut schemas = schemas.to_vec();
    let mut copies = Vec::new();
    // A reference can make a larger place equal to another schema, and there are fewer places each time.
    loop {
        let found = pass(&mut schemas);
        if found.is_empty() {
            break;
        }
        copies.extend(found);
    }
    copies.sort();
    let mut outermost: Vec<Copy> = Vec::new();
    for copy in copies {
        let inside = |outer: &Copy| outer.schema == copy.schema && below(&copy.at, &outer.at);
        if !outermost.iter().rev().any(inside) {
            outermost.push(copy);
        }
    }
    (schemas, outermost)
}

/// Every schema under the names by which references call it.
pub(crate) fn names<'a>(schemas: impl IntoIterator<Item = &'a Schema>) -> Names {
    let mut names = Names::default();
    for (index, schema) in schemas.into_iter().enumerate() {
        names.add(index, &schema.name, &schema.title, schema.definition.as_deref());
    }
    names
}

fn below(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Replaces copies from the smallest to the largest.
fn pass(schemas: &mut [Schema]) -> Vec<Copy> {
    let names = names(&*schemas);
    let references: Vec<String> = (0..schemas.len()).map(|index| reference(schemas, &names, index)).collect();
    let mut order: Vec<usize> = (0..schemas.len()).filter(|&index| is_free(&schemas[index].schema)).collect();
    order.sort_by_key(|&index| (height(&schemas[index].schema), index));
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut copies = Vec::new();
    for index in order {
        let mut value = schemas[index].schema.take();
        let mut walk =
            Walk { schemas, references: &references, owners: &owners, own: index, at: Vec::new(), copies: &mut copies };
        walk.parts(&mut value);
        schemas[index].schema = value;
        let known = owners.entry(bare(&schemas[index].schema, true).to_string()).or_default();
        known.push(index);
        known.sort_unstable();
    }
    copies
}

/// How other schemas refer to one: by its definition name, else by its title, else by its name.
fn reference(schemas: &[Schema], names: &Names, index: usize) -> String {
    let schema = &schemas[index];
    let title = crate::dialect::names::camel_of_title(&schema.title);
    let name = [schema.definition.clone(), Some(title)].into_iter().flatten();
    let name = name.into_iter().find(|name| names.find(name) == Some(index));
    format!("#/definitions/{}", name.unwrap_or_else(|| schema.name.clone()))
}

/// Whether a schema means the same wherever it stands: it has no definitions of its own and does not call itself `#`.
fn is_free(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().all(|(key, value)| match &key[..] {
            "$ref" => value.as_str() != Some("#"),
            "definitions" | "$defs" => !value.is_object(),
            _ => is_free(value),
        }),
        Value::Array(values) => values.iter().all(is_free),
        _ => true,
    }
}

fn height(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(height).max().unwrap_or(0),
        Value::Array(values) => 1 + values.iter().map(height).max().unwrap_or(0),
        _ => 0,
    }
}

/// A schema without what is said of it; `whole` where it stands for itself and not within another one.
pub(super) fn bare(value: &Value, whole: bool) -> Value {
    let mut value = value.clone();
    if let Value::Object(map) = &mut value {
        map.retain(|key, _| !(matches!(&key[..], "title" | "description") || (whole && key == "$schema")));
    }
    value
}

/// Whether a structure says enough to be taken for a schema without having its title; as for types, an object with one
/// property does not, and a list of a schema is just that.
fn is_telling(schema: &Map<String, Value>) -> bool {
    let several = |key: &str| schema.get(key).and_then(Value::as_object).is_some_and(|map| map.len() > 1);
    let branches = |key: &str| schema.get(key).and_then(Value::as_array).is_some_and(|list| list.len() > 1);
    let part = |value: &Value| value.as_object().is_some_and(is_telling);
    several("properties")
        || branches("oneOf")
        || branches("anyOf")
        || schema.get("items").is_some_and(part)
        || schema.get("patternProperties").and_then(Value::as_object).is_some_and(|map| map.values().any(part))
}

/// The walk through one schema.
struct Walk<'a> {
    schemas: &'a [Schema],
    references: &'a [String],
    owners: &'a BTreeMap<String, Vec<usize>>,
    own: usize,
    at: Vec<String>,
    copies: &'a mut Vec<Copy>,
}

impl Walk<'_> {
    /// The places of a schema where other schemas stand.
    fn parts(&mut self, value: &mut Value) {
        let Value::Object(map) = value else { return };
        for (key, value) in map.iter_mut() {
            self.at.push(key.clone());
            match (&key[..], value) {
                ("properties" | "patternProperties", Value::Object(parts)) => {
                    for (name, part) in parts.iter_mut() {
                        self.part(name, part);
                    }
                }
                ("items" | "oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter_mut().enumerate() {
                        self.part(&index.to_string(), part);
                    }
                }
                ("items" | "additionalProperties" | "not", part) => self.place(part),
                _ => {}
            }
            self.at.pop();
        }
    }

    fn part(&mut self, step: &str, value: &mut Value) {
        self.at.push(step.to_owned());
        self.place(value);
        self.at.pop();
    }

    fn place(&mut self, value: &mut Value) {
        self.parts(value);
        let Value::Object(map) = &*value else { return };
        if map.contains_key("$ref") {
            return;
        }
        let Some(owners) = self.owners.get(&bare(value, false).to_string()) else { return };
        let title = map.get("title").and_then(Value::as_str);
        let titled = |owner: usize| title == Some(&self.schemas[owner].title[..]);
        let Some(of) = pick(
            owners.iter().find(|&&owner| titled(owner)),
            owners.first(),
            !map.contains_key("title") && is_telling(map),
        ) else {
            return;
        };
        let owner = &self.schemas[of];
        let mut reference = Map::new();
        reference.insert("$ref".to_owned(), Value::String(self.references[of].clone()));
        // Words of its own stay with the place.
        if let Some(words) = map.get("description")
            && words.as_str() != owner.description.as_deref()
        {
            reference.insert("description".to_owned(), words.clone());
        }
        let steps = self.at.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
        self.copies.push(Copy {
            schema: self.schemas[self.own].name.clone(),
            at: steps.collect(),
            of: owner.name.clone(),
            by: if titled(of) { By::Title } else { By::Structure },
        });
        *value = Value::Object(reference);
    }
}
