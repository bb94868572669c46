//! Resources and actions: which of both sides are the same one, and what each says as a whole.

use std::collections::BTreeSet;

use super::schemas::Schemas;
use super::similar::{self, SAME};
use super::{Compare, Owner, Spot, params, parts, rules};
use crate::model::{Action, Api, Resource};

/// Resources that share fewer of their actions are two.
const LEAST_OF_RESOURCES: u32 = 500;
/// Actions that share fewer of their facts are two.
const LEAST_OF_ACTIONS: u32 = 750;

/// An action with its resource.
type Owned<'a> = (&'a Resource, &'a Action);

/// Compares everything but the schemas.
pub(super) fn compare(compare: &mut Compare<'_>, schemas: &Schemas<'_>) {
    let (old, new) = (&compare.old.read.api, &compare.new.read.api);
    whole(compare, schemas, old, new);
    let (before, after): (Vec<&Resource>, Vec<&Resource>) =
        (old.resources.iter().collect(), new.resources.iter().collect());
    let (mut both, mut gone, mut come) = similar::by_key(&before, &after, |resource| &resource.name);
    both.extend(similar::renamed(&mut gone, &mut come, LEAST_OF_RESOURCES, |old, new| {
        similar::jaccard(&features(old), &features(new))
    }));
    let mut pairs: Vec<(Owned<'_>, Owned<'_>)> = Vec::new();
    let (mut lost, mut found): (Vec<Owned<'_>>, Vec<Owned<'_>>) = (Vec::new(), Vec::new());
    for (old, new) in both {
        let spot = of_resource(old, new).on(old.span, new.span);
        resource(compare, &spot, old, new);
        let own = |resource| move |action| (resource, action);
        let (before, after): (Vec<Owned<'_>>, Vec<Owned<'_>>) =
            (old.actions.iter().map(own(old)).collect(), new.actions.iter().map(own(new)).collect());
        let (same, mut gone, mut come) = similar::by_key(&before, &after, |(_, action)| &action.name);
        pairs.extend(same);
        pairs.extend(similar::renamed(&mut gone, &mut come, LEAST_OF_ACTIONS, likeness));
        lost.extend(gone);
        found.extend(come);
    }
    // An action that went to another resource is the same request as before.
    let (whole_gone, whole_come) = (gone, come);
    lost.extend(whole_gone.iter().flat_map(|resource| resource.actions.iter().map(|action| (*resource, action))));
    found.extend(whole_come.iter().flat_map(|resource| resource.actions.iter().map(|action| (*resource, action))));
    let same_request = |old: &Owned<'_>, new: &Owned<'_>| if request(old.1) == request(new.1) { SAME } else { 0 };
    pairs.extend(similar::renamed(&mut lost, &mut found, SAME, same_request));
    for (old, new) in &pairs {
        action(compare, schemas, *old, *new);
    }
    added_and_removed(compare, &lost, &found, &whole_gone, &whole_come);
}

fn added_and_removed(
    compare: &mut Compare<'_>,
    lost: &[Owned<'_>],
    found: &[Owned<'_>],
    whole_gone: &[&Resource],
    whole_come: &[&Resource],
) {
    let is_one = |list: &[&Resource], resource: &Resource| list.iter().any(|known| known.name == resource.name);
    let names = |resource: &Resource| {
        let names: Vec<&str> = resource.actions.iter().map(|action| action.name.as_str()).collect();
        Some(format!("{} ({})", resource.path, names.join(", ")))
    };
    for resource in whole_gone {
        compare.add(
            rules::RESOURCE_REMOVED,
            &of_resource(resource, resource).on(resource.span, None),
            names(resource),
            None,
        );
    }
    for resource in whole_come {
        compare.add(
            rules::RESOURCE_ADDED,
            &of_resource(resource, resource).on(None, resource.span),
            None,
            names(resource),
        );
    }
    for (resource, action) in lost.iter().filter(|(resource, _)| !is_one(whole_gone, resource)) {
        let spot = of_action((resource, action), (resource, action));
        compare.add(rules::ACTION_REMOVED, &Spot { new: None, ..spot }, Some(show(action)), None);
    }
    for (resource, action) in found.iter().filter(|(resource, _)| !is_one(whole_come, resource)) {
        let spot = of_action((resource, action), (resource, action));
        compare.add(rules::ACTION_ADDED, &Spot { old: None, ..spot }, None, Some(show(action)));
    }
}

/// The facts of the API as a whole.
fn whole(compare: &mut Compare<'_>, schemas: &Schemas<'_>, old: &Api, new: &Api) {
    let spot = Spot::new(Owner::Api, &[&["api"]]);
    if old.base_url != new.base_url {
        let (old, new) = (Some(old.base_url.clone()), Some(new.base_url.clone()));
        compare.add(rules::BASE_URL_CHANGED, &spot.fact("base URL"), old, new);
    }
    if old.api_version != new.api_version {
        let (old, new) = (old.api_version.clone(), new.api_version.clone());
        compare.add(rules::API_VERSION_CHANGED, &spot.fact("version"), old, new);
    }
    let every_action = spot.fact("every action");
    params::compare(
        compare,
        schemas,
        &every_action,
        &params::all(&old.global_params),
        &params::all(&new.global_params),
    );
    let every_request = spot.fact("every request");
    params::compare(
        compare,
        schemas,
        &every_request,
        &params::all(&old.private_params),
        &params::all(&new.private_params),
    );
}

fn of_resource(old: &Resource, new: &Resource) -> Spot {
    Spot::new(Owner::Resource(new.name.clone()), &[&["resources", &old.name], &["resources", &new.name]])
}

fn of_action(old: Owned<'_>, new: Owned<'_>) -> Spot {
    let ways: [&[&str]; 2] = [&["resources", &old.0.name, &old.1.name], &["resources", &new.0.name, &new.1.name]];
    let mut spot = Spot::new(Owner::Resource(new.0.name.clone()), &ways).on(old.1.span, new.1.span);
    spot.place.action = Some(new.1.name.clone());
    spot
}

fn resource(compare: &mut Compare<'_>, spot: &Spot, old: &Resource, new: &Resource) {
    if old.name != new.name {
        compare.add(rules::RESOURCE_RENAMED, spot, Some(old.name.clone()), Some(new.name.clone()));
    }
    if shape(&old.path) != shape(&new.path) {
        compare.add(rules::RESOURCE_PATH_CHANGED, &spot.fact("path"), Some(old.path.clone()), Some(new.path.clone()));
    }
    compare.text(spot, "title", Some(&old.title), Some(&new.title));
    compare.text(spot, "description", old.description.as_deref(), new.description.as_deref());
}

fn action(compare: &mut Compare<'_>, schemas: &Schemas<'_>, old: Owned<'_>, new: Owned<'_>) {
    let spot = of_action(old, new);
    let ((before, old), (after, new)) = (old, new);
    // A resource that has another name says so itself.
    let is_at_home = before.name == after.name || features_meet(before, after);
    if !is_at_home {
        let show = |resource: &Resource, action: &Action| Some(format!("{}.{}", resource.name, action.name));
        compare.add(rules::ACTION_MOVED, &spot, show(before, old), show(after, new));
    } else if old.name != new.name {
        compare.add(rules::ACTION_RENAMED, &spot, Some(old.name.clone()), Some(new.name.clone()));
    }
    if old.method != new.method {
        compare.add(
            rules::ACTION_METHOD_CHANGED,
            &spot.fact("method"),
            Some(old.method.clone()),
            Some(new.method.clone()),
        );
    }
    if shape(&old.path) != shape(&new.path) {
        compare.add(rules::ACTION_PATH_CHANGED, &spot.fact("path"), Some(old.path.clone()), Some(new.path.clone()));
    }
    compare.text(&spot, "summary", Some(&old.summary), Some(&new.summary));
    compare.text(&spot, "description", old.description.as_deref(), new.description.as_deref());
    compare.deprecated(&spot, old.deprecated, new.deprecated, [rules::ACTION_DEPRECATED, rules::ACTION_UNDEPRECATED]);
    parts::auth(compare, &spot, &old.auth, &new.auth);
    // What every action takes is said once, unless one of the sides says it of this action alone.
    let (old_api, new_api) = (&compare.old.read.api, &compare.new.read.api);
    let said_there = |param: &crate::model::Param| {
        let has =
            |action: &Action| action.params.iter().any(|own| own.name == param.name && own.location == param.location);
        (old_api.is_common(param) || !has(old)) && (new_api.is_common(param) || !has(new))
    };
    let own = |action: &'_ Action| action.params.iter().filter(|param| !said_there(param)).cloned().collect::<Vec<_>>();
    let (before, after) = (own(old), own(new));
    params::of_path(compare, &spot, old, new);
    params::compare(compare, schemas, &spot, &params::all(&before), &params::all(&after));
    parts::body(compare, schemas, &spot, old, new);
    parts::responses(compare, schemas, &spot, &old.responses, &new.responses);
    parts::events(compare, schemas, &spot, &old.events, &new.events);
}

fn show(action: &Action) -> String {
    format!("{} {}", action.method, action.path)
}

/// A path without the names of its components, which no request shows.
pub(super) fn shape(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    shape
}

fn request(action: &Action) -> (&str, String) {
    (&action.method, shape(&action.path))
}

/// What makes a resource: its requests below its own path.
fn features(resource: &Resource) -> BTreeSet<(String, String, String)> {
    let below = |action: &Action| {
        action.path.strip_prefix(&resource.path[..]).map_or_else(|| action.path.clone(), str::to_owned)
    };
    let last = resource.path.rsplit('/').find(|part| !part.starts_with('{')).unwrap_or_default();
    let of = |action: &Action| (last.to_owned(), action.method.clone(), shape(&below(action)));
    resource.actions.iter().map(of).collect()
}

fn features_meet(old: &Resource, new: &Resource) -> bool {
    similar::jaccard(&features(old), &features(new)) >= LEAST_OF_RESOURCES
}

/// How alike two actions of one resource are. The same request is the same action; else most of what they say has to be.
fn likeness(old: &Owned<'_>, new: &Owned<'_>) -> u32 {
    let (old, new) = (old.1, new.1);
    if request(old) == request(new) {
        return SAME;
    }
    let facts = |action: &Action| {
        let path = action.path.split('/').filter(|part| !part.is_empty()).map(|part| format!("path {}", shape(part)));
        let params = action.params.iter().map(|param| format!("param {}", param.name));
        let body = action.body.iter().map(|body| format!("body {:?}", body.schema));
        let answers = action.responses.iter().map(|response| format!("{} {:?}", response.code, response.schema));
        let facts = path.chain(params).chain(body).chain(answers).chain([format!("method {}", action.method)]);
        facts.collect::<BTreeSet<_>>()
    };
    // Many actions of a resource take and give the same; their names have to speak for it as well.
    (similar::jaccard(&facts(old), &facts(new)) * 3 + similar::of_names(&old.name, &new.name)) / 4
}
