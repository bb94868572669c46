//! Parameters: where they travel, how they are written, which values they take.

use serde_json::{Map, Value, json};

use super::Components;
use crate::model::{Encoding, Location, Param};

/// The name of a component for a parameter of every request.
pub(super) fn key<'a>(param: &Param, all: impl Iterator<Item = &'a Param>) -> String {
    let name = super::key(&param.name);
    let is_alone = all.filter(|other| other.name == param.name).count() == 1;
    if is_alone { name } else { format!("{name}-{}", place(param.location)) }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Header => "header",
        Location::Query | Location::Multipart => "query",
    }
}

/// A parameter, under the name that the path has for it.
pub(super) fn parameter(components: &Components<'_>, param: &Param, name: &str) -> Value {
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| out.insert(key.to_owned(), value);
    set("name", json!(name));
    set("in", json!(place(param.location)));
    if param.required || param.location == Location::Path {
        set("required", json!(true));
    }
    if !param.description.is_empty() {
        set("description", json!(param.description));
    }
    if param.deprecated {
        set("deprecated", json!(true));
    }
    let example = param.example.clone().filter(|example| !is_published(components, param, example));
    match param.encoding {
        Some(Encoding::Json) => {
            let mut content = json!({"schema": schema(components, param)});
            if let Some(example) = example {
                content["example"] = example;
            }
            set("content", json!({"application/json": content}));
        }
        encoding => {
            if encoding == Some(Encoding::Brackets) {
                set("style", json!("deepObject"));
                set("explode", json!(true));
                set("x-losant-encoding", json!("brackets"));
            }
            set("schema", schema(components, param));
            if let Some(example) = example {
                set("example", example);
            }
        }
    }
    Value::Object(out)
}

/// A component of the path that no row documents.
pub(super) fn undocumented(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}

/// Whether an example is that of the schema, which has it already.
fn is_published(components: &Components<'_>, param: &Param, example: &Value) -> bool {
    param.schema.as_deref().and_then(|name| components.example(name)) == Some(example)
}

/// The values of a parameter.
pub(super) fn schema(components: &Components<'_>, param: &Param) -> Value {
    let mut out = Map::new();
    if let Some(name) = &param.schema {
        out.insert("$ref".to_owned(), components.reference(name)["$ref"].clone());
    } else if let (None, Some(ty)) = (param.encoding, plain(param)) {
        out.insert("type".to_owned(), json!(ty));
    }
    if let Some(word @ ("id" | "timestamp")) = param.inferred.as_deref().or(param.ty.as_deref()) {
        out.insert("x-losant-type".to_owned(), json!(word));
    }
    if let Some(accepted) = &param.accepted {
        out.insert("enum".to_owned(), json!(accepted));
    }
    if let Some(default) = &param.default {
        // On the wire it is a text anyway; here it has to be of the type.
        let is_text = out.get("type").is_some_and(|ty| ty == "string") && !default.is_string();
        let default = if is_text { json!(default.to_string()) } else { default.clone() };
        let is_accepted = param.accepted.as_ref().is_none_or(|accepted| accepted.contains(&default));
        out.insert(if is_accepted { "default" } else { "x-losant-default" }.to_owned(), default);
    }
    Value::Object(out)
}

/// The JSON type of a plain value, as the client has it; none where documented values are of another one.
fn plain(param: &Param) -> Option<&'static str> {
    let word = param.ty.as_deref().map(str::to_ascii_lowercase);
    let accepted = param.accepted.as_deref().unwrap_or_default();
    let ty = match param.inferred.as_deref().or(word.as_deref()) {
        _ if !accepted.is_empty() && accepted.iter().all(Value::is_string) => "string",
        Some("integer" | "timestamp") => "integer",
        Some("number" | "float") => "number",
        Some("boolean") => "boolean",
        _ => "string",
    };
    let fits = |value: &Value| match ty {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => true,
    };
    (accepted.iter().chain(&param.default).all(fits) && (ty != "string" || accepted.iter().all(Value::is_string)))
        .then_some(ty)
}

/// A part of a form, and what the media type says of how it is written.
pub(super) fn part(components: &Components<'_>, param: &Param) -> (Value, Option<Value>) {
    let is_file = param.inferred.as_deref().or(param.ty.as_deref()).is_some_and(|ty| ty.eq_ignore_ascii_case("file"));
    let mut out = if is_file { json!({"type": "string", "format": "binary"}) } else { schema(components, param) };
    if !param.description.is_empty() {
        out["description"] = json!(param.description);
    }
    if param.deprecated {
        out["deprecated"] = json!(true);
    }
    if let Some(example) = param.example.as_ref().filter(|example| !is_published(components, param, example)) {
        out["examples"] = json!([example]);
    }
    let content = match (is_file, &param.schema) {
        (true, _) => Some("application/octet-stream"),
        (false, Some(_)) => Some("application/json"),
        (false, None) => None,
    };
    (out, content.map(|content| json!({"contentType": content})))
}
