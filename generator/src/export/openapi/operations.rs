//! One action as an operation.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{BEARER, Components, is_common, params, path_names};
use crate::model::{Action, Api, Location, Param, Resource, Response};

/// The operation. `path` is the one that it stands under, which may call the parameters by other names.
pub(super) fn operation(
    api: &Api,
    components: &Components<'_>,
    resource: &Resource,
    action: &Action,
    path: &str,
) -> Value {
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| out.insert(key.to_owned(), value);
    let name = format!("{}.{}", resource.name, action.name);
    set("operationId", json!(name));
    set("tags", json!([resource.name]));
    set("summary", json!(action.summary));
    if let Some(description) = &action.description {
        set("description", json!(description));
    }
    if action.deprecated {
        set("deprecated", json!(true));
    }
    set("security", security(action));
    let parameters = parameters(api, components, action, path);
    if !parameters.is_empty() {
        set("parameters", Value::Array(parameters));
    }
    if let Some(body) = body(components, action) {
        set("requestBody", body);
    }
    set("responses", responses(components, action));
    Value::Object(out)
}

/// Any one of the scopes suffices, so each is an alternative of its own.
fn security(action: &Action) -> Value {
    match (action.auth.required, action.auth.scopes.is_empty()) {
        (false, _) => json!([]),
        (true, true) => json!([{BEARER: []}]),
        (true, false) => action.auth.scopes.iter().map(|scope| json!({BEARER: [scope]})).collect(),
    }
}

fn parameters(api: &Api, components: &Components<'_>, action: &Action, path: &str) -> Vec<Value> {
    let own = |param: &&Param| param.location != Location::Multipart && !is_common(api, param);
    // Names of path parameters do not travel: the path's own count.
    let renamed: BTreeMap<&str, &str> = path_names(&action.path).zip(path_names(path)).collect();
    let mut out = Vec::new();
    for (old, new) in &renamed {
        let row = action.params.iter().find(|param| param.location == Location::Path && param.name == *old);
        out.push(row.map_or_else(|| params::undocumented(new), |row| params::parameter(components, row, new)));
    }
    out.sort_by_key(|written| path_names(path).position(|name| written["name"] == name));
    let others = action.params.iter().filter(own).filter(|param| param.location != Location::Path);
    out.extend(others.map(|param| params::parameter(components, param, &param.name)));
    out
}

fn body(components: &Components<'_>, action: &Action) -> Option<Value> {
    let parts: Vec<&Param> = action.params.iter().filter(|param| param.location == Location::Multipart).collect();
    let mut content = Map::new();
    if let Some(body) = &action.body {
        let schema = body.schema.as_ref().map_or_else(|| json!({}), |name| components.reference(name));
        let mut json = json!({"schema": schema});
        let published = body.schema.as_deref().and_then(|name| components.example(name));
        if let Some(example) = body.example.as_ref().filter(|example| Some(*example) != published) {
            json["example"] = example.clone();
        }
        content.insert("application/json".to_owned(), json);
    }
    if !parts.is_empty() {
        content.insert("multipart/form-data".to_owned(), form(components, &parts));
    }
    if content.is_empty() {
        return None;
    }
    let required = action.body.as_ref().is_some_and(|body| body.required) || parts.iter().any(|part| part.required);
    let mut out = json!({"content": content});
    if let Some(body) = &action.body {
        out["x-losant-name"] = json!(body.name);
    }
    if required {
        out["required"] = json!(true);
    }
    Some(out)
}

fn form(components: &Components<'_>, parts: &[&Param]) -> Value {
    let (mut properties, mut encoding) = (Map::new(), Map::new());
    for part in parts {
        let (schema, how) = params::part(components, part);
        properties.insert(part.name.clone(), schema);
        encoding.extend(how.map(|how| (part.name.clone(), how)));
    }
    let required: Vec<&str> = parts.iter().filter(|part| part.required).map(|part| &part.name[..]).collect();
    let mut form = json!({"schema": {"type": "object", "properties": properties}});
    if !required.is_empty() {
        form["schema"]["required"] = json!(required);
    }
    if !encoding.is_empty() {
        form["encoding"] = Value::Object(encoding);
    }
    form
}

fn responses(components: &Components<'_>, action: &Action) -> Value {
    let mut by_code: BTreeMap<u16, Vec<&Response>> = BTreeMap::new();
    for response in &action.responses {
        by_code.entry(response.code).or_default().push(response);
    }
    let mut out = Map::new();
    for (code, responses) in by_code {
        let texts: Vec<&str> = responses.iter().map(|response| &response.description[..]).collect();
        let mut written = json!({"description": texts.join("\n\n")});
        let schemas: Vec<Value> = responses
            .iter()
            .filter_map(|response| response.schema.as_deref())
            .map(|name| components.reference(name))
            .collect();
        let is_stream = !action.events.is_empty() && (200..300).contains(&code);
        let content = match &schemas[..] {
            _ if is_stream => Some(stream(components, action)),
            [] => None,
            [one] => Some(json!({"application/json": {"schema": one}})),
            several => Some(json!({"application/json": {"schema": {"oneOf": several}}})),
        };
        if let Some(content) = content {
            written["content"] = content;
        }
        out.insert(code.to_string(), written);
    }
    if out.is_empty() {
        out.insert("default".to_owned(), json!({"description": "No response is documented."}));
    }
    Value::Object(out)
}

/// Each event of a stream: its name, and data that is JSON text.
fn stream(components: &Components<'_>, action: &Action) -> Value {
    let names: Vec<&str> = action.events.iter().map(|event| &event.name[..]).collect();
    let mut events: Vec<Value> = action
        .events
        .iter()
        .map(|event| {
            let mut data = json!({"type": "string"});
            if let Some(name) = &event.schema {
                data["contentMediaType"] = json!("application/json");
                data["contentSchema"] = components.reference(name);
            }
            json!({
                "type": "object",
                "description": event.description,
                "properties": {"event": {"const": event.name}, "data": data},
                "required": ["event", "data"],
            })
        })
        .collect();
    let schema = if events.len() == 1 { events.remove(0) } else { json!({"oneOf": events}) };
    json!({"text/event-stream": {"schema": schema, "x-losant-events": names}})
}
