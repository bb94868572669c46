//! The OpenAPI document of this crate, read once for each process: its operations, and where its references lead.

use serde_json::{Map, Value};
use std::sync::LazyLock;

/// References that are followed from one place to the next; more than that is a circle.
const HOPS: usize = 32;

/// An OpenAPI document.
pub(super) struct Document(Value);

/// One action of the API.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    /// Its name, `device.get`.
    pub(super) name: &'a str,
    /// In capitals or not.
    pub(super) method: &'a str,
    /// With the parameters in braces.
    pub(super) path: &'a str,
    /// What is documented of it.
    pub(super) facts: &'a Value,
    /// The parameters that all operations of the path take.
    common: &'a [Value],
}

static DOCUMENT: LazyLock<Result<Document, String>> = LazyLock::new(|| {
    let text = include_str!("../../openapi/losant.openapi.json");
    serde_json::from_str(text).map(Document).map_err(|fault| fault.to_string())
});

static OPERATIONS: LazyLock<Vec<Operation<'static>>> =
    LazyLock::new(|| DOCUMENT.as_ref().map(Document::operations).unwrap_or_default());

/// The document and the operations of this crate.
///
/// # Errors
/// When the document is no JSON.
pub(super) fn own() -> Result<(&'static Document, &'static [Operation<'static>]), &'static str> {
    match &*DOCUMENT {
        Ok(document) => Ok((document, &OPERATIONS)),
        Err(fault) => Err(fault),
    }
}

impl Document {
    #[cfg(test)]
    pub(super) fn new(value: Value) -> Self {
        Self(value)
    }

    /// What a reference such as `#/components/schemas/Device` stands for.
    pub(super) fn at(&self, reference: &str) -> Option<&Value> {
        self.0.pointer(reference.strip_prefix('#')?)
    }

    /// A value, or what it refers to.
    pub(super) fn resolved<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        for _ in 0..HOPS {
            match value.get("$ref").and_then(Value::as_str).and_then(|reference| self.at(reference)) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }

    /// All operations of the document.
    pub(super) fn operations(&self) -> Vec<Operation<'_>> {
        members(&self.0["paths"]).flat_map(|(path, item)| of_path(path, item)).collect()
    }
}

fn of_path<'a>(path: &'a str, item: &'a Value) -> impl Iterator<Item = Operation<'a>> {
    let common = list(&item["parameters"]);
    let alone = members(item).map(|(method, facts)| (method.as_str(), facts));
    // Further operations with a method and path that is taken.
    let others = list(&item["x-losant-operations"]).iter();
    let others = others.filter_map(|other| Some((other["method"].as_str()?, &other["operation"])));
    alone.chain(others).filter_map(move |(method, facts)| {
        Some(Operation { name: facts["operationId"].as_str()?, method, path, facts, common })
    })
}

impl<'a> Operation<'a> {
    /// Its parameters, those of its path among them.
    pub(super) fn parameters(&self, document: &'a Document) -> impl Iterator<Item = &'a Value> + use<'a> {
        let own = list(&self.facts["parameters"]);
        self.common.iter().chain(own).map(|parameter| document.resolved(parameter))
    }

    /// Whether it needs a token.
    pub(super) fn needs_token(&self) -> bool {
        !list(&self.facts["security"]).is_empty()
    }

    /// The documented answers by their codes.
    pub(super) fn answers(&self) -> impl Iterator<Item = (u16, &'a Value)> + use<'a> {
        members(&self.facts["responses"]).filter_map(|(code, answer)| Some((code.parse().ok()?, answer)))
    }

    /// The arguments in a path, if it is one of this operation: each name with its value.
    pub(super) fn arguments(&self, path: &[String]) -> Option<Vec<(&'a str, String)>> {
        arguments(self.path, path)
    }

    /// What stands where in the path: false for a fixed segment, true for an argument.
    pub(super) fn shape(&self) -> Vec<bool> {
        segments(self.path).map(|segment| segment.contains('{')).collect()
    }
}

/// The segments of a path.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

/// The arguments that make a path of a template; none where none do.
pub(super) fn arguments<'a>(template: &'a str, path: &[String]) -> Option<Vec<(&'a str, String)>> {
    let mut found = Vec::new();
    let mut values = path.iter();
    for segment in segments(template) {
        let value = values.next()?;
        match segment.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
            Some((before, (name, after))) => {
                let value = value.strip_prefix(before)?.strip_suffix(after)?;
                if value.is_empty() {
                    return None;
                }
                found.push((name, value.to_owned()));
            }
            None if value == segment => {}
            None => return None,
        }
    }
    values.next().is_none().then_some(found)
}

/// The members of an object; none of anything else.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// The items of a list; none of anything else.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(template: &str, path: &str) -> Option<String> {
        let path: Vec<String> = segments(path).map(str::to_owned).collect();
        let found = arguments(template, &path)?;
        Some(found.iter().flat_map(|(name, value)| [name, "=", value, " "]).collect())
    }

    #[test]
    fn a_template_says_which_paths_are_its_own() {
        assert_eq!(found("/a/{b}/c", "/a/1 2/c").as_deref(), Some("b=1 2 "));
        assert_eq!(found("/a/{b}.json/{c}", "/a/1.json/2").as_deref(), Some("b=1 c=2 "));
        for other in ["/a/1", "/a/1/c/d", "/a//c", "/x/1/c", "/a/1/x"] {
            assert_eq!(found("/a/{b}/c", other), None, "{other}");
        }
    }

    #[test]
    fn operations_with_one_method_and_path_are_all_there() {
        let operation = |name: &str| json!({"operationId": name});
        let document = Document::new(json!({"paths": {"/a": {
            "parameters": [{"$ref": "#/p"}],
            "get": operation("one"),
            "x-losant-operations": [{"method": "GET", "operation": operation("two")}],
        }}, "p": {"name": "q"}}));
        let operations = document.operations();
        assert_eq!(operations.iter().map(|operation| operation.name).collect::<Vec<_>>(), ["one", "two"]);
        assert!(operations.iter().all(|operation| operation.parameters(&document).all(|it| it["name"] == "q")));
    }

    #[test]
    fn a_circle_of_references_has_an_end() {
        let document = Document::new(json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}));
        assert!(document.resolved(&json!({"$ref": "#/a"})).is_object());
        assert_eq!(document.resolved(&json!({"$ref": "#/none"})), &json!({"$ref": "#/none"}));
    }
}
