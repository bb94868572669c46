//! Parameters: those of the path by their position, the others by place and name.

use serde_json::Value;

use super::schemas::Schemas;
use super::similar::{self, SAME};
use super::{Compare, Rule, Spot, Wire, rules};
use crate::model::{Action, Location, Param};

/// Parameters that are less alike are two.
const LEAST: u32 = 650;

pub(super) fn all(params: &[Param]) -> Vec<&Param> {
    params.iter().collect()
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Multipart => "form",
    }
}

fn between(spot: &Spot, old: &Param, new: &Param) -> Spot {
    spot.part(location(new.location), &old.name, &new.name).on(old.span, new.span)
}

fn one(spot: &Spot, param: &Param) -> Spot {
    spot.part(location(param.location), &param.name, &param.name)
}

/// Components of the path. No request shows their names, so they are told apart by position where the path is the same.
pub(super) fn of_path(compare: &mut Compare<'_>, spot: &Spot, old: &Action, new: &Action) {
    let of = |action: &'_ Action| -> Vec<Param> {
        let names = action.path.split('{').skip(1).filter_map(|part| part.split('}').next());
        let params = names.filter_map(|name| {
            action.params.iter().find(|param| param.location == Location::Path && param.name == name).cloned()
        });
        params.collect()
    };
    let (before, after) = (of(old), of(new));
    let pairs: Vec<(&Param, &Param)> = if super::actions::shape(&old.path) == super::actions::shape(&new.path) {
        before.iter().zip(&after).collect()
    } else {
        let (both, gone, come) = similar::by_key(&all(&before), &all(&after), |param| &param.name);
        for param in gone {
            compare.add(
                rules::PATH_PARAM_REMOVED,
                &one(spot, param).on(param.span, None),
                Some(param.name.clone()),
                None,
            );
        }
        for param in come {
            compare.add(
                rules::PATH_PARAM_ADDED,
                &one(spot, param).on(None, param.span),
                None,
                Some(param.name.clone()),
            );
        }
        both
    };
    for (old, new) in pairs {
        let spot = between(spot, old, new);
        if old.name != new.name {
            compare.add(rules::PATH_PARAM_RENAMED, &spot, Some(old.name.clone()), Some(new.name.clone()));
        }
        said(compare, &spot, old, new);
    }
}

/// Every other parameter.
pub(super) fn compare(compare: &mut Compare<'_>, schemas: &Schemas<'_>, spot: &Spot, old: &[&Param], new: &[&Param]) {
    let others = |params: &[&'_ Param]| -> Vec<Param> {
        params.iter().filter(|param| param.location != Location::Path).map(|param| (*param).clone()).collect()
    };
    let (old, new) = (others(old), others(new));
    let (mut pairs, mut gone, mut come) =
        similar::by_key(&all(&old), &all(&new), |param| (param.location, &param.name));
    let same_name = |old: &&Param, new: &&Param| if old.name == new.name { SAME } else { 0 };
    pairs.extend(similar::renamed(&mut gone, &mut come, SAME, same_name));
    pairs.extend(similar::renamed(&mut gone, &mut come, LEAST, |old, new| likeness(schemas, old, new)));
    for param in gone {
        compare.add(rules::PARAM_REMOVED, &one(spot, param).on(param.span, None), Some(show(param)), None);
    }
    for param in come {
        let rule = if param.required { rules::PARAM_ADDED_REQUIRED } else { rules::PARAM_ADDED_OPTIONAL };
        compare.add(rule, &one(spot, param).on(None, param.span), None, Some(show(param)));
    }
    for (old, new) in pairs {
        facts(compare, schemas, &between(spot, old, new), old, new);
    }
}

fn show(param: &Param) -> String {
    let ty = param.ty.as_deref().or(param.schema.as_deref()).or(param.inferred.as_deref()).unwrap_or("value");
    format!("{} {ty}", if param.required { "required" } else { "optional" })
}

/// How alike two parameters of different names are: by what they take, by what is said of them, by their names.
fn likeness(schemas: &Schemas<'_>, old: &Param, new: &Param) -> u32 {
    let facts = |param: &Param| {
        (param.location, param.ty.clone(), param.inferred.clone(), param.encoding, param.accepted.clone())
    };
    let schema = old.schema.as_deref().map(|schema| schemas.now(schema)) == new.schema.as_deref();
    if facts(old) != facts(new) || !schema {
        return 0;
    }
    let letters = |name: &str| name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase();
    if letters(&old.name) == letters(&new.name) {
        return SAME;
    }
    similar::of_texts(&old.description, &new.description).midpoint(similar::of_names(&old.name, &new.name))
}

fn facts(compare: &mut Compare<'_>, schemas: &Schemas<'_>, spot: &Spot, old: &Param, new: &Param) {
    if old.name != new.name {
        compare.add(rules::PARAM_RENAMED, spot, Some(old.name.clone()), Some(new.name.clone()));
    }
    if old.location != new.location {
        let (old, new) = (location(old.location).to_owned(), location(new.location).to_owned());
        compare.add(rules::PARAM_MOVED, &spot.fact("in"), Some(old), Some(new));
    }
    if old.required != new.required {
        let rule = if new.required { rules::PARAM_BECAME_REQUIRED } else { rules::PARAM_BECAME_OPTIONAL };
        compare.add(rule, &spot.fact("required"), Some(old.required.to_string()), Some(new.required.to_string()));
    }
    if let Some(rule) = of_types(old.ty.as_deref(), new.ty.as_deref()) {
        compare.add(rule, &spot.fact("type"), old.ty.clone(), new.ty.clone());
    }
    if old.inferred != new.inferred {
        compare.add(rules::PARAM_TYPE_LEARNED, &spot.fact("inferred type"), old.inferred.clone(), new.inferred.clone());
    }
    let way = schemas.change(old.schema.as_deref(), new.schema.as_deref(), true);
    if let Some(wire) = way {
        compare.add(rules::PARAM_SCHEMA_CHANGED, &spot.fact("schema"), old.schema.clone(), new.schema.clone());
        compare.judge(wire);
    }
    if old.encoding != new.encoding {
        let name = |encoding: Option<crate::model::Encoding>| {
            Some(
                match encoding {
                    None => "plain",
                    Some(crate::model::Encoding::Json) => "json",
                    Some(crate::model::Encoding::Brackets) => "brackets",
                }
                .to_owned(),
            )
        };
        let is_known = old.encoding.is_some() && new.encoding.is_some();
        let rule = if is_known { rules::PARAM_ENCODING_CHANGED } else { rules::PARAM_ENCODING_LEARNED };
        compare.add(rule, &spot.fact("encoding"), name(old.encoding), name(new.encoding));
    }
    let default = match (&old.default, &new.default) {
        (None, Some(_)) => Some(rules::PARAM_DEFAULT_ADDED),
        (Some(_), None) => Some(rules::PARAM_DEFAULT_REMOVED),
        (old, new) => (old != new).then_some(rules::PARAM_DEFAULT_CHANGED),
    };
    if let Some(rule) = default {
        let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        compare.add(rule, &spot.fact("default"), text(&old.default), text(&new.default));
    }
    let values =
        [rules::PARAM_BECAME_ENUM, rules::PARAM_ENUM_DROPPED, rules::PARAM_VALUE_ADDED, rules::PARAM_VALUE_REMOVED];
    super::keywords::values(
        &mut |rule, old, new| compare.add(rule, &spot.fact("values"), old, new),
        old.accepted.as_deref(),
        new.accepted.as_deref(),
        values,
    );
    compare.deprecated(spot, old.deprecated, new.deprecated, [rules::PARAM_DEPRECATED, rules::PARAM_UNDEPRECATED]);
    said(compare, spot, old, new);
}

/// What is said of a parameter.
fn said(compare: &mut Compare<'_>, spot: &Spot, old: &Param, new: &Param) {
    compare.text(spot, "description", Some(&old.description), Some(&new.description));
    compare.example(spot, old.example.as_ref(), new.example.as_ref());
}

/// What became of a documented type. A type that some client page adds is news of the pages and not of the API.
fn of_types(old: Option<&str>, new: Option<&str>) -> Option<&'static Rule> {
    let (old, new) = (old.map(str::to_lowercase), new.map(str::to_lowercase));
    match (old.as_deref(), new.as_deref()) {
        (old, new) if old == new => None,
        (None, _) | (_, None) => Some(rules::PARAM_TYPE_LEARNED),
        (Some("integer"), Some("number")) | (_, Some("string")) => Some(rules::PARAM_TYPE_WIDENED),
        (Some("number"), Some("integer")) | (Some("string"), _) => Some(rules::PARAM_TYPE_NARROWED),
        _ => Some(rules::PARAM_TYPE_CHANGED),
    }
}

impl Compare<'_> {
    /// What the last change means on the wire, where that depends on more than its kind.
    pub(super) fn judge(&mut self, wire: Wire) {
        if let Some(change) = self.changes.last_mut() {
            change.wire = wire;
        }
    }
}
