//! Whether two models say the same: every fact but the places of the pages, and schemas as what they mean, so that it
//! makes no difference whether a part of one is written out or refers to the schema that it is.

use serde_json::{Map, Value};

use super::names::Names;
use super::share::{bare, names};
use crate::model::{Api, Schema};

/// More differences than this are not listed.
const MOST: usize = 20;

/// Where two models differ, each place with both values; nothing where they say the same.
///
/// A reference stands for the schema that it names. Beside a copy that is written out, the words of the place (`title`,
/// `description`) may be those of the schema or missing.
pub fn differences(before: &Api, after: &Api) -> Vec<String> {
    let mut found = Found::default();
    found.value(&plain(before), &plain(after));
    let sides = (Side::new(&before.schemas), Side::new(&after.schemas));
    for schema in &before.schemas {
        let Some(other) = after.schemas.iter().find(|other| other.name == schema.name) else { continue };
        found.at = vec!["schemas".to_owned(), schema.name.clone(), "schema".to_owned()];
        found.schema((&schema.schema, &sides.0), (&other.schema, &sides.1), 0);
    }
    found.places
}

/// The model without places, without the schemas' own JSON, and without rows that only repeat a list of the API's own.
fn plain(api: &Api) -> Value {
    let mut api = api.without_private_rows();
    for action in api.resources.iter_mut().flat_map(|resource| &mut resource.actions) {
        action.sources.clear();
        action.provenance.clear();
    }
    for schema in &mut api.schemas {
        schema.sources.clear();
        schema.schema = Value::Null;
    }
    // Plain data with string keys always has a JSON form.
    serde_json::to_value(&api).unwrap_or_default()
}

/// The schemas of one model.
struct Side<'a> {
    schemas: &'a [Schema],
    names: Names,
}

impl<'a> Side<'a> {
    fn new(schemas: &'a [Schema]) -> Self {
        Self { schemas, names: names(schemas) }
    }

    /// The schema that a value refers to.
    fn target(&self, value: &Value) -> Option<&'a Schema> {
        let reference = value.get("$ref")?.as_str()?;
        let index = self.names.find(reference).or_else(|| self.names.guess(reference))?;
        self.schemas.get(index)
    }
}

#[derive(Default)]
struct Found {
    at: Vec<String>,
    places: Vec<String>,
}

impl Found {
    fn add(&mut self, before: Option<&Value>, after: Option<&Value>) {
        if self.places.len() < MOST {
            let show = |value: Option<&Value>| {
                let text = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
                if text.chars().count() > 80 { text.chars().take(80).chain(['…']).collect() } else { text }
            };
            self.places.push(format!("{}: {} before, {} after", self.at.join("/"), show(before), show(after)));
        }
    }

    fn step(&mut self, step: String, run: impl FnOnce(&mut Self)) {
        self.at.push(step);
        run(self);
        self.at.pop();
    }

    /// Values that have to be equal as they stand.
    fn value(&mut self, before: &Value, after: &Value) {
        self.parts(before, after, &mut |this, before, after| this.value(before, after));
    }

    /// Compares the parts of two values one by one.
    fn parts(&mut self, before: &Value, after: &Value, run: &mut dyn FnMut(&mut Self, &Value, &Value)) {
        match (before, after) {
            (Value::Object(left), Value::Object(right)) => self.members(left, right, run),
            (Value::Array(left), Value::Array(right)) if self.is_sorted() && named(left) && named(right) => {
                let (left, right) = (by_name(left), by_name(right));
                self.members(&left, &right, run);
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                for (index, (left, right)) in left.iter().zip(right).enumerate() {
                    self.step(index.to_string(), |this| run(this, left, right));
                }
            }
            _ if before == after => {}
            _ => self.add(Some(before), Some(after)),
        }
    }

    /// Whether the list here is one that models sort by name, so that one more element does not move the others.
    fn is_sorted(&self) -> bool {
        let at: Vec<&str> = self.at.iter().map(String::as_str).collect();
        matches!(
            &at[..],
            ["resources" | "schemas"] | ["resources", _, "actions"] | ["resources", _, "actions", _, "responses"]
        )
    }

    fn members(
        &mut self,
        left: &Map<String, Value>,
        right: &Map<String, Value>,
        run: &mut dyn FnMut(&mut Self, &Value, &Value),
    ) {
        for (key, value) in left {
            self.step(key.clone(), |this| match right.get(key) {
                Some(other) => run(this, value, other),
                None => this.add(Some(value), None),
            });
        }
        for (key, value) in right.iter().filter(|(key, _)| !left.contains_key(*key)) {
            self.step(key.clone(), |this| this.add(None, Some(value)));
        }
    }

    /// Schemas that have to mean the same. `resolved` counts the references followed without a step down.
    fn schema(&mut self, before: (&Value, &Side<'_>), after: (&Value, &Side<'_>), resolved: usize) {
        match (before.1.target(before.0), after.1.target(after.0)) {
            (Some(left), Some(right)) => {
                if left.name != right.name || words(before.0) != words(after.0) {
                    self.add(Some(before.0), Some(after.0));
                }
            }
            (None, Some(right)) if resolved <= after.1.schemas.len() => {
                self.copy(before.0, after.0, right, &mut |this, written, whole| {
                    this.schema((written, before.1), (whole, after.1), resolved + 1);
                });
            }
            (Some(left), None) if resolved <= before.1.schemas.len() => {
                self.copy(after.0, before.0, left, &mut |this, written, whole| {
                    this.schema((whole, before.1), (written, after.1), resolved + 1);
                });
            }
            (None, None) => {
                let mut run = |this: &mut Self, left: &Value, right: &Value| {
                    this.schema((left, before.1), (right, after.1), 0);
                };
                self.parts(before.0, after.0, &mut run);
            }
            _ => self.add(Some(before.0), Some(after.0)),
        }
    }

    /// A place that is written out on one side and a reference on the other.
    fn copy(
        &mut self,
        written: &Value,
        reference: &Value,
        of: &Schema,
        run: &mut dyn FnMut(&mut Self, &Value, &Value),
    ) {
        let said = |key: &str| written.get(key).and_then(Value::as_str);
        let own = reference.get("description").and_then(Value::as_str);
        let title = said("title").is_none_or(|title| title == of.title);
        let description = said("description");
        let description = match own {
            Some(_) => description == own,
            None => description.is_none() || description == of.description.as_deref(),
        };
        if !title || !description {
            self.add(Some(written), Some(reference));
            return;
        }
        run(self, &bare(written, false), &bare(&of.schema, true));
    }
}

/// What stands beside a reference.
fn words(value: &Value) -> Vec<(&String, &Value)> {
    value.as_object().into_iter().flatten().filter(|(key, _)| *key != "$ref").collect()
}

/// Whether each element has a name of its own.
fn named(values: &[Value]) -> bool {
    let names: std::collections::BTreeSet<_> = values.iter().filter_map(name).collect();
    !values.is_empty() && names.len() == values.len()
}

fn by_name(values: &[Value]) -> Map<String, Value> {
    values.iter().filter_map(|value| Some((name(value)?, value.clone()))).collect()
}

/// The name of an element of such a list, or its status code.
fn name(value: &Value) -> Option<String> {
    let code = || value.get("code").map(Value::to_string);
    value.get("name").and_then(Value::as_str).map(str::to_owned).or_else(code)
}
