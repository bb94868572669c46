//! A model as an OpenAPI 3.1 document. What OpenAPI has no words for is said in members that begin with `x-losant-`:
//!
//! | member | says |
//! | --- | --- |
//! | `x-losant-accept-version` | the version that requests ask for in `Accept-Version` |
//! | `x-losant-encoding: brackets` | the query parameter is written as one pair per leaf, `name[0][key]=value`; `deepObject` says so for flat objects only |
//! | `x-losant-default` | a documented default that is none of the documented values |
//! | `x-losant-name` | what the API's own clients call the body |
//! | `x-losant-events` | the names of the server-sent events; the schema beside it is that of each event of the stream |
//! | `x-losant-type` | what examples and defaults say of a plain value: `id`, `timestamp` |
//! | `x-losant-undefined` | the schema is referred to, but no page defines it |
//! | `x-losant-operations` | further operations with the same method and path, which OpenAPI has no room for |

mod components;
mod operations;
mod params;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::model::{Action, Api, Param, Resource};
use components::Components;

/// The security scheme of every operation that needs a token.
const BEARER: &str = "bearer";

/// The document. Members of objects are in the order of their names.
pub fn document(api: &Api) -> Value {
    members(api, &Components::new(api)).into_iter().map(|(name, make)| (name, make())).collect()
}

/// The document as text, with the members of the document in the order in which a person wants to read them.
pub fn text_of(api: &Api) -> String {
    text::text(members(api, &Components::new(api)).into_iter().map(|(name, make)| (name, make())))
}

/// The making of a member.
type Make<'a> = Box<dyn Fn() -> Value + 'a>;

/// The members of the document. The large ones need much memory, so each is made when it is its turn.
fn members<'a>(api: &'a Api, components: &'a Components<'a>) -> Vec<(&'static str, Make<'a>)> {
    let mut members: Vec<(&str, Make<'a>)> =
        vec![("openapi", Box::new(|| json!("3.1.0"))), ("info", Box::new(|| info(api)))];
    if !api.base_url.is_empty() {
        members.push(("servers", Box::new(|| json!([{"url": api.base_url}]))));
    }
    members.push(("tags", Box::new(|| api.resources.iter().map(tag).collect())));
    members.push(("paths", Box::new(|| paths(api, components))));
    members.push(("components", Box::new(|| components.write(api))));
    members
}

fn info(api: &Api) -> Value {
    let mut info = json!({
        "title": "Losant REST API (unofficial description)",
        "description": "Made from documentation pages by the losant-client project; neither made nor endorsed by Losant.",
        "version": version(api),
    });
    if let Some(version) = &api.api_version {
        info["x-losant-accept-version"] = json!(version);
    }
    info
}

/// The version of the API as a bare number.
fn version(api: &Api) -> &str {
    let stated = api.api_version.as_deref().unwrap_or_default();
    let bare = stated.trim_start_matches(|c: char| !c.is_ascii_digit());
    if bare.is_empty() { "unknown" } else { bare }
}

fn tag(resource: &Resource) -> Value {
    let mut tag = json!({"name": resource.name});
    if let Some(description) = &resource.description {
        tag["description"] = json!(description);
    }
    tag
}

/// Operations by path and method. Paths that differ in the names of their parameters alone are one path.
fn paths(api: &Api, components: &Components<'_>) -> Value {
    let mut shapes: BTreeMap<Vec<&str>, Vec<(&Resource, &Action)>> = BTreeMap::new();
    for resource in &api.resources {
        for action in &resource.actions {
            // The pieces around the names.
            let shape = action.path.split('{').filter_map(|piece| piece.rsplit('}').next()).collect();
            shapes.entry(shape).or_default().push((resource, action));
        }
    }
    let mut paths = Map::new();
    for actions in shapes.into_values() {
        // The shortest name of a resource is the most general one.
        let Some((_, first)) = actions.iter().min_by_key(|(resource, action)| (resource.name.len(), &action.path))
        else {
            continue;
        };
        let mut item = Map::new();
        let common = components.everywhere();
        if !common.is_empty() {
            item.insert("parameters".to_owned(), Value::Array(common));
        }
        let mut surplus = Vec::new();
        for (resource, action) in &actions {
            let operation = operations::operation(api, components, resource, action, &first.path);
            let method = action.method.to_lowercase();
            if item.contains_key(&method) {
                surplus.push(json!({"method": action.method, "operation": operation}));
            } else {
                item.insert(method, operation);
            }
        }
        if !surplus.is_empty() {
            item.insert("x-losant-operations".to_owned(), Value::Array(surplus));
        }
        paths.insert(with_slash(&first.path), Value::Object(item));
    }
    Value::Object(paths)
}

fn with_slash(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// The names in a path, in order.
fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name)
}

/// Whether a parameter is one that every request takes, and so stands with the components.
fn is_common(api: &Api, param: &Param) -> bool {
    api.global_params.iter().chain(&api.private_params).any(|common| common == param)
}

/// A name of letters, digits and the few other characters that a component's name may have.
fn key(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) { c.to_string() } else { format!("_u{:X}", u32::from(c)) }
        })
        .collect()
}

/// Each name as words in capitals, or as it is where two would be the same.
fn keys<'a>(names: &[&'a str]) -> BTreeMap<&'a str, String> {
    let capitals = |name: &str| -> String {
        let words = name.split(['-', '_', ' ']).map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        });
        key(&words.collect::<String>())
    };
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.iter().collect::<BTreeSet<_>>() {
        *uses.entry(capitals(name)).or_default() += 1;
    }
    let of = |name: &str| Some(capitals(name)).filter(|short| uses.get(short) == Some(&1) && !short.is_empty());
    names.iter().map(|name| (*name, of(name).unwrap_or_else(|| key(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_components_are_distinct() {
        let keys = keys(&["access-token", "a-b", "a-B", "größe"]);
        assert_eq!(keys.values().collect::<BTreeSet<_>>().len(), 4);
        assert_eq!((&keys["access-token"][..], &keys["a-b"][..]), ("AccessToken", "a-b"));
        assert_eq!(keys["größe"], "Gr_uF6_uDFe");
    }
}
