//! What the pages document: the actions, and arguments for each.

use std::path::Path;
use std::sync::LazyLock;

use generator::model::{Action, Api, Encoding, Location, Param, Resource, Schema};
use losant_client::{Client, RawRequest, Upload};
use serde_json::{Map, Value, json};

use super::support;

static API: LazyLock<Api> =
    LazyLock::new(|| support::read_with_overrides(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).api);

/// All actions.
pub(crate) fn actions() -> impl Iterator<Item = (&'static Resource, &'static Action)> {
    API.resources.iter().flat_map(|resource| resource.actions.iter().map(move |action| (resource, action)))
}

pub(crate) fn schema(name: Option<&str>) -> Option<&'static Schema> {
    API.schemas.iter().find(|schema| Some(&schema.name[..]) == name)
}

pub(crate) fn example(name: Option<&str>) -> Option<&'static Value> {
    schema(name)?.example.as_ref()
}

/// Whether a parameter is one of those that every request takes.
pub(crate) fn is_global(param: &Param) -> bool {
    API.global_params.iter().chain(&API.private_params).any(|global| global.name == param.name)
}

/// A value of a parameter, as its page has it; some pages have an example that they do not list.
pub(crate) fn value(param: &Param) -> Value {
    let listed = param.accepted.as_ref().and_then(|values| values.first());
    let found = listed.or(param.example.as_ref()).or(param.default.as_ref()).or(example(param.schema.as_deref()));
    let made_up = || match param.inferred.as_deref() {
        Some("integer" | "timestamp") => json!(1),
        Some("boolean") => json!(true),
        Some("file") => json!({"$file": {"filename": "a b.bin", "base64": "AA0KLS0="}}),
        _ => json!("a"),
    };
    found.cloned().unwrap_or_else(made_up)
}

fn is_wanted(param: &Param, all: bool) -> bool {
    !is_global(param) && (all || param.required || param.location == Location::Path)
}

/// The documented body of an action, if it has one.
pub(crate) fn body(action: &Action) -> Option<Value> {
    let body = action.body.as_ref()?;
    body.example.clone().or_else(|| example(body.schema.as_deref()).cloned())
}

/// The arguments of an action: all, or only those that it needs.
pub(crate) fn args(action: &Action, all: bool) -> Map<String, Value> {
    let wanted = action.params.iter().filter(|param| is_wanted(param, all));
    let mut args: Map<String, Value> = wanted.map(|param| (param.name.clone(), value(param))).collect();
    if action.body.as_ref().is_some_and(|body| all || body.required) {
        args.insert("body".to_owned(), body(action).expect("a documented body"));
    }
    args
}

/// A request to an action with what it needs, except for what is called `without`.
pub(crate) fn request(client: &Client, action: &'static Action, without: &str) -> RawRequest {
    let method = http::Method::try_from(&action.method[..]).expect("a method");
    let of_path = action.params.iter().filter(|param| param.location == Location::Path);
    let args = vec!["a"; of_path.count().max(action.path.matches('{').count())];
    let mut request = client.request(method, &action.path[..], &args);
    let wanted: Vec<&Param> =
        action.params.iter().filter(|param| is_wanted(param, false) && param.name != without).collect();
    for param in &wanted {
        request = with(request, param, &value(param));
    }
    let is_part = |param: &&Param| param.location == Location::Multipart;
    if action.params.iter().any(|param| is_part(&param)) && !wanted.iter().any(is_part) {
        // One part more, that a form be a form; an unknown one where there is no other.
        let spare = action.params.iter().filter(is_part).find(|param| param.name != without);
        request = match spare {
            Some(param) => with(request, param, &value(param)),
            None => request.part_text("zzPart", ""),
        };
    }
    match body(action).filter(|_| without != "body" && action.body.as_ref().is_some_and(|body| body.required)) {
        Some(body) => request.json(&body),
        None => request,
    }
}

/// A request with one more parameter, written as documented.
pub(crate) fn with(request: RawRequest, param: &'static Param, value: &Value) -> RawRequest {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (param.location, param.encoding) {
        (Location::Query, Some(Encoding::Json)) => request.query_json(&param.name[..], value),
        (Location::Query, Some(Encoding::Brackets)) => request.query_brackets(&param.name[..], value),
        (Location::Query, None) => request.query(&param.name[..], text),
        (Location::Multipart, _) if param.inferred.as_deref() == Some("file") => {
            request.part_file(&param.name, Upload::bytes(vec![1]))
        }
        (Location::Multipart, _) => request.part_text(&param.name, text),
        (Location::Path | Location::Header, _) => request,
    }
}
