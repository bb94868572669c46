//! The comparison of a model with the bare facts of the API.
#![allow(dead_code, reason = "not every test file compares facts")]

use std::collections::BTreeSet;

use generator::model::{Action, Api, Location};
use serde_json::{Map, Value};

/// The response of this action was an inline schema, which pages printed as `undefined`.
pub(crate) const INLINE: &[&str] = &["events.mostRecentBySeverity"];

/// Compares action by action; each difference starts with `resource.action`.
pub(crate) fn compare(api: &Api, truth: &Map<String, Value>, differences: &mut Vec<String>) -> usize {
    let mut compared = 0;
    for resource in &api.resources {
        // Pages of which no truth is known are not in the file.
        let Some(want) = truth.get(&resource.name) else { continue };
        let wanted = want["actions"].as_object().expect("actions");
        let got: BTreeSet<&str> = resource.actions.iter().map(|action| &action.name[..]).collect();
        let names: BTreeSet<&str> = wanted.keys().map(|name| &name[..]).collect();
        if got != names {
            differences.push(format!("{}: actions {got:?} instead of {names:?}", resource.name));
        }
        for action in &resource.actions {
            let Some(want_action) = wanted.get(&action.name) else { continue };
            let place = format!("{}.{}", resource.name, action.name);
            let path = [want, want_action].map(|value| value["path"].as_str().unwrap_or_default()).concat();
            for (what, fine) in facts(action, want_action, &path) {
                compared += 1;
                if !fine {
                    differences.push(format!("{place}: {what}"));
                }
            }
        }
    }
    compared
}

fn facts(action: &Action, want: &Value, path: &str) -> Vec<(String, bool)> {
    let mut found = vec![
        ("method".to_owned(), want["method"] == action.method[..]),
        ("path".to_owned(), path == action.path),
        ("deprecated".to_owned(), want["deprecated"].as_bool().unwrap_or(false) == action.deprecated),
    ];
    // The oldest pages have no scopes, and neither have their truth files.
    if let Some(scopes) = want.get("scopes").and_then(Value::as_array) {
        let wanted: BTreeSet<&str> = scopes.iter().filter_map(Value::as_str).collect();
        let got: BTreeSet<&str> = action.auth.scopes.iter().map(|scope| &scope[..]).collect();
        found.push(("scopes".to_owned(), wanted == got && action.auth.required != wanted.is_empty()));
    }
    let private = ["_actions", "_links", "_embedded", "losantdomain"];
    let params: Vec<&Value> = want["params"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|p| !private.contains(&p["name"].as_str().unwrap_or_default()))
        .collect();
    let (bodies, others): (Vec<&Value>, Vec<&Value>) = params.into_iter().partition(|param| param["in"] == "body");
    found.push(("body".to_owned(), bodies.is_empty() == action.body.is_none()));
    if let (Some(want), Some(body)) = (bodies.first(), &action.body) {
        found.push(("body required".to_owned(), want["required"].as_bool().unwrap_or(false) == body.required));
    }
    let names: BTreeSet<&str> = others.iter().filter_map(|param| param["name"].as_str()).collect();
    let got = action.params.iter().map(|param| &param.name[..]).filter(|name| !private.contains(name));
    let got: BTreeSet<&str> = got.collect();
    found.push((format!("parameters {got:?} instead of {names:?}"), names == got));
    for want in others {
        let name = want["name"].as_str().unwrap_or_default();
        let Some(param) = action.params.iter().find(|param| param.name == name) else { continue };
        let location = serde_json::to_value(param.location).expect("a place");
        found.push((format!("place of {name}"), want["in"] == location));
        found.push((
            format!("schema of {name}"),
            want.get("schema").is_some_and(Value::is_string) == param.schema.is_some(),
        ));
        found.push((format!("required of {name}"), want["required"].as_bool().unwrap_or(false) == param.required));
        if param.location == Location::Query {
            let default = want.get("default").filter(|value| !value.is_null()).map(text);
            found.push((format!("default of {name}"), default == param.default.as_ref().map(text)));
            if let Some(accepted) = want.get("enum").and_then(Value::as_array) {
                found.push((format!("accepted values of {name}"), Some(accepted) == param.accepted.as_ref()));
            }
        }
    }
    let stream = want.get("sseStream").is_some_and(|value| value.as_bool() != Some(false) && !value.is_null());
    let wanted: BTreeSet<(String, bool)> = want["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(code, _)| !(stream && *code == "200"))
        .map(|(code, schema)| (code.clone(), !schema.is_null()))
        .collect();
    let got: BTreeSet<(String, bool)> = action
        .responses
        .iter()
        .filter(|response| !(stream && response.code == 200))
        .map(|response| (response.code.to_string(), response.schema.is_some()))
        .collect();
    found.push((format!("responses {got:?} instead of {wanted:?}"), wanted == got));
    let events: BTreeSet<&str> =
        want.get("sseEvents").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| &name[..]).collect();
    let got: BTreeSet<&str> = action.events.iter().map(|event| &event.name[..]).collect();
    found.push(("events".to_owned(), events == got));
    found
}

/// A value as pages print it.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned).to_lowercase()
}
