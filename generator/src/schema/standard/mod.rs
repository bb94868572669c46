//! A schema as JSON Schema 2020-12, which OpenAPI 3.1 speaks: constructs of older drafts in today's words, and known slips
//! of authors put right in the way [`super::read`] understands them, so that both halves see the same types.

mod pattern;
mod simple;

use serde_json::{Map, Value, json};

use super::keywords::looks_like_schema;
use super::names::Names;
use super::share;
use crate::model::Schema;
use pattern::portable;
use simple::{Simple, simple_keyword, types};

/// Levels that are written; beyond, a place accepts anything, as for the reader.
const DEPTH: usize = 128;

/// Keywords that hold schemas, other than `properties`; in whatever form they have, they are never properties.
const HOLDING: [&str; 8] =
    ["items", "additionalItems", "patternProperties", "additionalProperties", "oneOf", "anyOf", "allOf", "not"];

/// All schemas, each to be written with references to the others.
pub struct Standard<'a> {
    schemas: Vec<&'a Schema>,
    names: Names,
    /// How the document refers to each of them: `#/components/schemas/Device`.
    targets: &'a [String],
}

impl<'a> Standard<'a> {
    /// Takes the schemas and, in the same order, what the document calls them by.
    pub fn new(schemas: impl IntoIterator<Item = &'a Schema>, targets: &'a [String]) -> Self {
        let schemas: Vec<&Schema> = schemas.into_iter().collect();
        let names = share::names(schemas.iter().copied());
        Self { schemas, names, targets }
    }

    /// One schema; `index` is its place in the list.
    pub fn write(&self, index: usize) -> Value {
        let (Some(schema), Some(target)) = (self.schemas.get(index), self.targets.get(index)) else {
            return json!({});
        };
        let mut walk = Walk {
            all: self,
            root: &schema.schema,
            target,
            scopes: Vec::new(),
            at: Vec::new(),
            hoisted: Map::new(),
            has_local: false,
        };
        let mut value = walk.schema(&schema.schema);
        let (hoisted, has_local) = (std::mem::take(&mut walk.hoisted), walk.has_local);
        adopt(&mut value, hoisted);
        if has_local {
            let whole = value.clone();
            drop_dangling(&mut value, &whole, target);
        }
        value
    }
}

struct Walk<'a, 'b> {
    all: &'b Standard<'a>,
    root: &'a Value,
    target: &'b str,
    /// The `definitions` around the place, outermost first, each with where it stands in what is written.
    scopes: Vec<(&'a Value, String)>,
    /// The place in what is written.
    at: Vec<String>,
    /// Properties that were written into a schema which is no object; they belong to the object around it.
    hoisted: Map<String, Value>,
    has_local: bool,
}

impl<'a> Walk<'a, '_> {
    fn schema(&mut self, value: &'a Value) -> Value {
        match value {
            Value::Object(map) if self.at.len() <= DEPTH * 2 => Value::Object(self.object(map)),
            Value::Bool(all) => Value::Bool(*all),
            // The reader accepts anything here, too.
            _ => json!({}),
        }
    }

    fn below(&mut self, step: &str, value: &'a Value) -> Value {
        self.at.push(step.replace('~', "~0").replace('/', "~1"));
        let written = self.schema(value);
        self.at.pop();
        written
    }

    fn object(&mut self, map: &'a Map<String, Value>) -> Map<String, Value> {
        let as_type = map.get("type").and_then(Value::as_str).filter(|word| word.contains(['#', '/']));
        if let Some(reference) = map.get("$ref").and_then(Value::as_str).or(as_type) {
            // Older drafts ignore what stands beside a reference.
            let mut out = self.reference(reference);
            for key in ["title", "description", "deprecated"] {
                out.extend(
                    map.get(key).filter(|value| !value.is_object()).map(|value| (key.to_owned(), value.clone())),
                );
            }
            return out;
        }
        let scope = ["definitions", "$defs"].iter().find_map(|key| map.get(*key).filter(|value| value.is_object()));
        if let Some(definitions) = scope {
            self.scopes.push((definitions, format!("{}/$defs", self.pointer())));
        }
        let mut out = Map::new();
        let mut strays = Vec::new();
        out.extend(types(map));
        // What is misplaced belongs to the object here or, as for the reader, to the first one that holds it or is held.
        let (inner, outer): (Vec<_>, Vec<_>) = map.iter().partition(|(key, _)| HOLDING.contains(&key.as_str()));
        for (key, value) in outer {
            if !self.keyword(key, value, map, &mut out) {
                strays.push((key, value));
            }
        }
        self.strays(&strays, map, &mut out);
        for (key, value) in inner {
            self.keyword(key, value, map, &mut out);
        }
        if scope.is_some() {
            self.scopes.pop();
        }
        out
    }

    /// Writes one keyword; false for a key that holds a schema and is no keyword.
    fn keyword(&mut self, key: &str, value: &'a Value, map: &Map<String, Value>, out: &mut Map<String, Value>) -> bool {
        let written = match (key, value) {
            // Types are written already; an identifier would change what references mean, and the dialect is that of
            // the document.
            ("type", Value::String(_) | Value::Array(_) | Value::Null)
            | ("$schema" | "id" | "$id", Value::String(_))
            | ("required" | "integer", Value::Bool(_)) => None,
            ("properties", Value::Object(properties)) => {
                self.properties(properties, out);
                None
            }
            ("patternProperties" | "dependentSchemas", Value::Object(schemas)) => {
                Some((key, self.schemas(key, schemas, portable)))
            }
            ("definitions" | "$defs", Value::Object(schemas)) => {
                Some(("$defs", self.schemas("$defs", schemas, str::to_owned)))
            }
            ("items", Value::Array(each)) => {
                let each = self.branches("prefixItems", each);
                (!each.is_empty()).then_some(("prefixItems", Value::Array(each)))
            }
            ("additionalItems", Value::Object(_) | Value::Bool(_)) => {
                let is_tuple = map.get("items").is_some_and(Value::is_array);
                is_tuple.then(|| ("items", self.below("items", value)))
            }
            ("items" | "additionalProperties", Value::Object(_) | Value::Bool(_))
            | ("not" | "if" | "then" | "else" | "contains" | "propertyNames", _) => Some((key, self.below(key, value))),
            ("oneOf" | "anyOf" | "allOf" | "$oneOf" | "$anyOf", Value::Array(branches)) => {
                let key = key.trim_start_matches('$');
                let branches = self.branches(key, branches);
                (!branches.is_empty()).then_some((key, Value::Array(branches)))
            }
            ("dependencies", Value::Object(dependencies)) => {
                self.dependencies(dependencies, out);
                None
            }
            ("required", Value::Array(names)) => {
                require(out, names);
                None
            }
            ("example", _) => Some(("examples", json!([value]))),
            ("examples", Value::Array(_)) | ("dependentRequired", Value::Object(_)) => Some((key, value.clone())),
            ("examples", _) => Some((key, json!([value]))),
            (_, Value::Object(inner)) if key == "messages" && inner.values().all(Value::is_string) => {
                Some(("x-messages", value.clone()))
            }
            _ => match simple_keyword(key, value, map) {
                Simple::Says(key, value) => Some((key, value)),
                Simple::Nothing => None,
                Simple::NoKeyword if value.is_object() => return false,
                Simple::NoKeyword => {
                    let key = if key.starts_with("x-") { key.to_owned() } else { format!("x-{key}") };
                    out.insert(key, value.clone());
                    None
                }
            },
        };
        if let Some((key, value)) = written {
            out.insert(key.to_owned(), value);
        }
        true
    }

    fn schemas(&mut self, under: &str, schemas: &'a Map<String, Value>, name: fn(&str) -> String) -> Value {
        self.at.push(under.to_owned());
        let written = schemas.iter().map(|(key, value)| (name(key), self.below(&name(key), value))).collect();
        self.at.pop();
        Value::Object(written)
    }

    /// A list of schemas; a list in it is spread.
    fn branches(&mut self, under: &str, branches: &'a [Value]) -> Vec<Value> {
        let spread =
            branches.iter().flat_map(|branch| branch.as_array().map_or(std::slice::from_ref(branch), Vec::as_slice));
        self.at.push(under.to_owned());
        let written = spread.enumerate().map(|(index, branch)| self.below(&index.to_string(), branch)).collect();
        self.at.pop();
        written
    }

    fn properties(&mut self, mut properties: &'a Map<String, Value>, out: &mut Map<String, Value>) {
        while properties.get("type").is_some_and(Value::is_string)
            && let Some(Value::Object(inner)) = properties.get("properties")
        {
            out.extend(
                properties.get("title").filter(|title| title.is_string()).map(|t| ("title".to_owned(), t.clone())),
            );
            if let Some(Value::Array(names)) = properties.get("required") {
                require(out, names);
            }
            properties = inner;
        }
        for (name, value) in properties {
            match (&name[..], value) {
                ("required", Value::Array(names)) => require(out, names),
                ("additionalProperties", Value::Bool(_)) => {
                    out.insert(name.clone(), value.clone());
                }
                _ => self.property(name, value, out),
            }
        }
    }

    /// A property, with the properties that were misplaced inside it.
    fn property(&mut self, name: &str, value: &'a Value, out: &mut Map<String, Value>) {
        let outer = std::mem::take(&mut self.hoisted);
        self.at.push("properties".to_owned());
        let written = self.below(name, value);
        self.at.pop();
        let inner = std::mem::replace(&mut self.hoisted, outer);
        declare(out, name, written);
        for (name, schema) in inner {
            declare(out, &name, schema);
        }
    }

    /// Keys that are no keywords but hold schemas: properties in the wrong place.
    fn strays(&mut self, strays: &[(&String, &'a Value)], map: &Map<String, Value>, out: &mut Map<String, Value>) {
        let holds = |key: &str| map.get(key).is_some_and(Value::is_object);
        let is_object = match out.get("type") {
            Some(Value::String(word)) => word == "object",
            Some(Value::Array(words)) => words.iter().any(|word| word == "object"),
            _ => ["properties", "patternProperties", "additionalProperties"].iter().any(|key| holds(key)),
        };
        let says = ["items", "enum", "oneOf", "anyOf", "allOf", "pattern", "format", "minimum", "maximum"];
        let is_bare = out.get("type").is_none()
            && !holds("properties")
            && (is_object || !says.iter().any(|key| map.contains_key(*key)));
        for (name, value) in strays {
            if is_bare {
                out.entry("type").or_insert_with(|| json!("object"));
                self.property(name, value, out);
            } else if looks_like_schema(value) {
                let written = self.below(name, value);
                self.hoisted.entry((*name).clone()).or_insert(written);
            } else {
                out.insert(format!("x-{name}"), (*value).clone());
            }
        }
        if is_object {
            for (name, schema) in std::mem::take(&mut self.hoisted) {
                declare(out, &name, schema);
            }
        }
    }

    fn dependencies(&mut self, dependencies: &'a Map<String, Value>, out: &mut Map<String, Value>) {
        let (mut names, mut schemas) = (Map::new(), Map::new());
        for (name, value) in dependencies {
            match value {
                Value::Array(_) => drop(names.insert(name.clone(), value.clone())),
                Value::String(one) => drop(names.insert(name.clone(), json!([one]))),
                _ => {
                    self.at.push("dependentSchemas".to_owned());
                    schemas.insert(name.clone(), self.below(name, value));
                    self.at.pop();
                }
            }
        }
        for (key, map) in [("dependentRequired", names), ("dependentSchemas", schemas)] {
            if !map.is_empty() {
                out.insert(key.to_owned(), Value::Object(map));
            }
        }
    }

    fn pointer(&self) -> String {
        self.at.iter().fold(self.target.to_owned(), |pointer, step| pointer + "/" + step)
    }

    /// A reference, found as the reader finds it; what it means nobody knows where it is found nowhere.
    fn reference(&mut self, reference: &str) -> Map<String, Value> {
        let names = &self.all.names;
        let target = if reference == "#" {
            Some(self.target.to_owned())
        } else if let Some(local) = self.local(reference) {
            self.has_local = true;
            Some(local)
        } else {
            let index = names.find(reference).or_else(|| names.guess(reference));
            index.and_then(|index| self.all.targets.get(index)).cloned()
        };
        let (key, value) = target.map_or(("x-unresolved-reference", reference.to_owned()), |target| ("$ref", target));
        Map::from_iter([(key.to_owned(), Value::String(value))])
    }

    /// Where a place inside this schema stands in what is written.
    fn local(&self, reference: &str) -> Option<String> {
        let path = reference.strip_prefix("#/")?;
        let inner = path.strip_prefix("definitions/").or_else(|| path.strip_prefix("$defs/"));
        let holds = |from: &Value, path: &str| from.pointer(&format!("/{path}")).is_some();
        let scoped = inner.and_then(|inner| {
            let scope = self.scopes.iter().rev().find(|(definitions, _)| holds(definitions, inner));
            scope.map(|(_, pointer)| format!("{pointer}/{}", renamed(inner)))
        });
        scoped.or_else(|| holds(self.root, path).then(|| format!("{}/{}", self.target, renamed(path))))
    }
}

/// A path whose steps have the names of today.
fn renamed(path: &str) -> String {
    let mut steps: Vec<&str> = path.split('/').collect();
    for at in 0..steps.len() {
        let is_index = steps.get(at + 1).is_some_and(|next| next.parse::<usize>().is_ok());
        match steps[at] {
            "definitions" => steps[at] = "$defs",
            "items" if is_index => steps[at] = "prefixItems",
            _ => {}
        }
    }
    steps.join("/")
}

/// References into this schema that lead nowhere, because what they mean was put elsewhere, say what they meant.
fn drop_dangling(value: &mut Value, whole: &Value, target: &str) {
    match value {
        Value::Object(map) => {
            let path = map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix(target));
            if path.is_some_and(|path| path.starts_with('/') && whole.pointer(path).is_none())
                && let Some(reference) = map.remove("$ref")
            {
                map.insert("x-unresolved-reference".to_owned(), reference);
            }
            map.values_mut().for_each(|value| drop_dangling(value, whole, target));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| drop_dangling(value, whole, target)),
        _ => {}
    }
}

fn require(out: &mut Map<String, Value>, names: &[Value]) {
    let Value::Array(all) = out.entry("required").or_insert_with(|| json!([])) else { return };
    for name in names.iter().filter(|name| name.is_string()) {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
}

/// Adds a property, unless there is one of that name.
fn declare(out: &mut Map<String, Value>, name: &str, schema: Value) {
    if let Value::Object(properties) = out.entry("properties").or_insert_with(|| json!({})) {
        properties.entry(name).or_insert(schema);
    }
}

/// Misplaced properties that no inner object took.
fn adopt(value: &mut Value, hoisted: Map<String, Value>) {
    if let Value::Object(out) = value
        && out.get("type").is_some_and(|types| types.to_string().contains("\"object\""))
    {
        for (name, schema) in hoisted {
            declare(out, &name, schema);
        }
    }
}

#[cfg(test)]
mod tests;
