//! The types of parameters, and the enums that several of them share.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{self, NamesLock};
use super::names::{self, Name};
use super::types::{self, Lowering};
use super::{Enum, Travels, Ty, doc};
use crate::diagnostic::Diagnostic;
use crate::model::{Action, Api, Encoding, Location, Param, Resource};
use crate::schema::graph::{Kind, Ref};

/// Enums of parameters, each once.
pub(super) struct Params {
    pub(super) enums: Vec<Enum>,
    /// The names by the first use of each enum.
    pub(super) published: BTreeMap<String, Name>,
    names: BTreeMap<Key, Name>,
}

/// The same name and the same values make the same type.
type Key = (String, BTreeSet<String>);

fn key(param: &Param) -> Option<Key> {
    let values: BTreeSet<String> =
        param.accepted.as_ref()?.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let is_plain = param.schema.is_none() && param.encoding.is_none() && !values.is_empty();
    is_plain.then(|| (param.name.clone(), values))
}

/// One use of an enum: the resource, the action, the parameter row.
type Use<'a> = (&'a Resource, &'a Action, &'a Param);

/// An enum has the name of its parameter where actions of several resources use it, else with the resource's name, or
/// the resource's and the action's, in front. Where that name is taken by one with other values, the longer form is used.
/// One that has been published keeps its name.
pub(super) fn shared_enums(api: &Api, lock: &NamesLock, diagnostics: &mut Vec<Diagnostic>) -> Params {
    let mut uses: BTreeMap<Key, Vec<Use<'_>>> = BTreeMap::new();
    for resource in &api.resources {
        for action in &resource.actions {
            for param in action.params.iter().filter(|param| !api.is_common(param)) {
                if let Some(key) = key(param) {
                    uses.entry(key).or_default().push((resource, action, param));
                }
            }
        }
    }
    let mut sorted: Vec<(Key, Vec<Use<'_>>)> = uses.into_iter().collect();
    for (_, uses) in &mut sorted {
        uses.sort_by_key(|(resource, action, _)| {
            (resource.name.len(), &resource.name, action.name.len(), &action.name)
        });
    }
    // The more resources share an enum, the sooner it has the short name.
    let resources = |uses: &[Use<'_>]| uses.iter().map(|(resource, ..)| &resource.name).collect::<BTreeSet<_>>().len();
    sorted.sort_by_cached_key(|(key, uses)| (std::cmp::Reverse(resources(uses)), key.clone()));

    let place =
        |(resource, action, param): &Use<'_>| lock::place(&format!("{}.{}.{}", resource.name, action.name, param.name));
    let published = |uses: &[Use<'_>]| {
        uses.iter().map(place).find_map(|place| Some((place.clone(), lock.params.get(&place)?.clone())))
    };
    let mut params = Params { enums: Vec::new(), published: BTreeMap::new(), names: BTreeMap::new() };
    let mut taken: BTreeSet<Name> = sorted.iter().filter_map(|(_, uses)| Some(published(uses)?.1)).collect();
    for (key, uses) in sorted {
        let Some((resource, action, param)) = uses.first() else { continue };
        let own = names::words(&key.0);
        let with_resource = [&names::words(&resource.name)[..], &own].concat();
        let with_action = [&names::words(&resource.name)[..], &names::words(&action.name), &own].concat();
        let with_values =
            [&with_action[..], &key.1.iter().flat_map(|value| names::words(value)).collect::<Vec<_>>()].concat();
        let is_of_one_action = uses.iter().all(|(_, other, _)| std::ptr::eq(*other, *action));
        let candidates = match resources(&uses) {
            1 if is_of_one_action => vec![with_action, with_values],
            1 => vec![with_resource, with_action, with_values],
            _ => vec![own, with_resource, with_action, with_values],
        };
        let names: Vec<Name> = candidates.iter().map(|words| names::type_name(words)).collect();
        let free = || names.iter().find(|name| !taken.contains(*name)).or(names.last()).cloned();
        let Some((place, name)) = published(&uses).or_else(|| Some((place(&uses[0]), free()?))) else { continue };
        taken.insert(name.clone());
        params.published.insert(place, name.clone());
        let docs = vec![format!("The accepted values of the parameter {}.", doc::code(&key.0))];
        let values: Vec<String> = key.1.iter().cloned().collect();
        params.enums.push(types::enumeration(name.clone(), docs, &values, param.span, diagnostics));
        params.names.insert(key, name);
    }
    params.enums.sort_by(|left, right| left.name.cmp(&right.name));
    params
}

/// The type of a parameter and how it travels.
pub(super) fn ty(lowering: &Lowering<'_>, params: &Params, param: &Param) -> (Ty, Travels) {
    if let Some(name) = key(param).and_then(|key| params.names.get(&key)) {
        let travels = match param.location {
            Location::Header => Travels::Header,
            Location::Multipart => Travels::PartText,
            Location::Query | Location::Path => Travels::Query,
        };
        return (Ty::Param(name.clone()), travels);
    }
    let plain = match (param.inferred.as_deref(), param.ty.as_deref().map(str::to_ascii_lowercase).as_deref()) {
        (Some("file"), _) | (_, Some("file")) => Ty::Upload,
        // Times travel as milliseconds since the epoch, or as negative ones that count back from now.
        (Some("integer" | "timestamp"), _) | (None, Some("integer")) => Ty::Integer,
        (Some("boolean"), _) | (None, Some("boolean")) => Ty::Bool,
        (Some("number"), _) | (None, Some("number" | "float")) => Ty::Float,
        (Some("id"), _) => Ty::Id,
        _ => Ty::Text,
    };
    let structured = structured(lowering, param);
    match (param.location, structured) {
        (Location::Query | Location::Path, Some(ty)) if param.encoding == Some(Encoding::Brackets) => {
            (ty, Travels::QueryBrackets)
        }
        (Location::Query | Location::Path, Some(ty)) => (ty, Travels::QueryJson),
        (Location::Query | Location::Path, None) if plain == Ty::Upload => (Ty::Text, Travels::Query),
        (Location::Query | Location::Path, None) => (plain, Travels::Query),
        (Location::Header, _) => (Ty::Text, Travels::Header),
        (Location::Multipart, _) if plain == Ty::Upload => (Ty::Upload, Travels::PartFile),
        (Location::Multipart, Some(ty)) => (ty, Travels::PartJson),
        (Location::Multipart, None) => (plain, Travels::PartText),
    }
}

/// The type of a parameter that is more than one plain value.
fn structured(lowering: &Lowering<'_>, param: &Param) -> Option<Ty> {
    match (&param.schema, param.encoding) {
        (Some(schema), encoding) => {
            let target = lowering.graph.schemas.get(schema);
            let target = match target {
                Some(Ref::Type(id)) => match &lowering.graph.get(*id).kind {
                    Kind::Alias(inner) => Some(inner),
                    _ => target,
                },
                _ => target,
            };
            let is_plain = matches!(
                target,
                Some(Ref::Boolean | Ref::Integer | Ref::Number | Ref::String | Ref::Id | Ref::Timestamp | Ref::Scalar)
            );
            if is_plain && encoding.is_none() { None } else { Some(lowering.schema(schema)) }
        }
        (None, Some(_)) => Some(Ty::Value),
        (None, None) => None,
    }
}
