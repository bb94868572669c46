//! Copies of a schema: pages for Docusaurus show every schema that they link to, so `error` stands on each of them.

use serde_json::Value;

use crate::dialect::SchemaFacts;
use crate::model::Schema;

/// What a page says otherwise about a schema that another page has, too; none where it is an equal copy. Title and
/// description are those that the copy is taken to have.
pub(super) fn difference(
    known: &Schema,
    (title, description): (&str, Option<&str>),
    copy: &SchemaFacts,
) -> Option<String> {
    if known.title != title {
        return Some(format!("the title is `{}` elsewhere", known.title));
    }
    if known.description.as_deref() != description {
        return Some("the description is another one elsewhere".to_owned());
    }
    let value = |at: String, what: &str| format!("the {what} says otherwise at `{at}` elsewhere");
    let schema = first_difference(&known.schema, &copy.schema).map(|at| value(at, "schema"));
    schema.or_else(|| match (&known.example, &copy.example) {
        (Some(known), Some(copy)) => first_difference(known, copy).map(|at| value(at, "example")),
        // One that is missing is reported where it is.
        _ => None,
    })
}

/// The way to the first place at which two values differ.
fn first_difference(left: &Value, right: &Value) -> Option<String> {
    let below = |step: &str, at: String| if at == "/" { format!("/{step}") } else { format!("/{step}{at}") };
    let root = || Some("/".to_owned());
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let keys: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
            keys.into_iter().find_map(|key| {
                let found = match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => first_difference(left, right),
                    _ => root(),
                };
                found.map(|at| below(key, at))
            })
        }
        (Value::Array(left), Value::Array(right)) => {
            let mut pairs = left.iter().zip(right).enumerate();
            let found = pairs.find_map(|(at, (left, right))| {
                first_difference(left, right).map(|found| below(&at.to_string(), found))
            });
            found.or_else(|| if left.len() == right.len() { None } else { root() })
        }
        _ if left == right => None,
        _ => root(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::first_difference;

    #[test]
    fn finds_the_place() {
        let base = json!({"a": [1, {"b": 2}], "c": null});
        let at = |other| first_difference(&base, &other);
        assert_eq!(at(base.clone()), None);
        assert_eq!(at(json!({"a": [1, {"b": 3}], "c": null})).as_deref(), Some("/a/1/b"));
        assert_eq!(at(json!({"a": [1], "c": null})).as_deref(), Some("/a"));
        assert_eq!(at(json!({"a": [1, {"b": 2}]})).as_deref(), Some("/c"));
        assert_eq!(at(json!(1)).as_deref(), Some("/"));
    }
}
