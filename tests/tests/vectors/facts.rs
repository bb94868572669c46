//! Calls made up from the facts of the API: every action with its documented examples, for the resources too of which
//! nothing was recorded.

use serde_json::{Map, Value, json};

/// A vector for an action with all arguments that have an example; none for what the examples cannot call.
pub(crate) fn vector(facts: &Value, names: (&str, &str), example: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    let (resource, action) = (&facts["resources"][names.0], &facts["resources"][names.0]["actions"][names.1]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut path = text(&resource["path"]) + &text(&action["path"]);
    let mut args = Map::new();
    let mut query = Vec::new();
    let mut body = Value::Null;
    for param in action["params"].as_array()? {
        let (name, location) = (text(&param["name"]), text(&param["in"]));
        if location == "multipart" {
            // Files and their neighbours have tests of their own.
            return None;
        }
        let documented = param.get("example").or(param.get("default")).cloned();
        let Some(value) = documented.or_else(|| example(&param["schema"])) else { continue };
        match (location.as_str(), text(&param["type"]).as_str()) {
            ("path", _) => path = path.replace(&format!("{{{name}}}"), value.as_str()?),
            ("query", "object") => query.push(json!([name, value.to_string()])),
            ("query", _) => leaves(&name, &value, &mut query),
            ("body", _) => body = value.clone(),
            _ => return None,
        }
        args.insert(name, value);
    }
    let is_stream = action["sseStream"] == true;
    let defaults = [("_actions", "false"), ("_links", "true"), ("_embedded", "true")];
    query.extend(defaults.iter().filter(|_| !is_stream).map(|(name, value)| json!([name, value])));
    let mut request = json!({
        "method": action["method"], "path": path, "query": query,
        "headers": {"accept": "application/json", "accept-version": "^1.30.0", "authorization": "Bearer TEST_TOKEN"},
    });
    if action["method"] != "GET" {
        request["headers"]["content-type"] = json!("application/json");
        request["body"] = if body.is_null() { json!({}) } else { body };
    }
    Some(json!({"resource": names.0, "action": names.1, "case": "facts", "args": args, "request": request}))
}

/// A query value as pairs: one for each leaf.
fn leaves(name: &str, value: &Value, pairs: &mut Vec<Value>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(&format!("{name}[{at}]"), item, pairs));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, field)| leaves(&format!("{name}[{key}]"), field, pairs));
        }
        Value::String(text) => pairs.push(json!([name, text])),
        value => pairs.push(json!([name, value.to_string()])),
    }
}
