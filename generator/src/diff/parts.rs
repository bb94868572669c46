//! The parts of an action: authentication, body, answers, events.

use std::collections::BTreeSet;

use super::schemas::Schemas;
use super::similar::{self, SAME};
use super::{Compare, Rule, Spot, rules};
use crate::model::{Action, Auth, Body, Event, Location, Response};

pub(super) fn auth(compare: &mut Compare<'_>, spot: &Spot, old: &Auth, new: &Auth) {
    let spot = spot.fact("authentication");
    if old.required != new.required {
        let rule = if new.required { rules::TOKEN_REQUIRED } else { rules::TOKEN_DROPPED };
        compare.add(rule, &spot, Some(old.required.to_string()), Some(new.required.to_string()));
    }
    let spot = spot.fact("scopes");
    let list = |auth: &Auth| (!auth.scopes.is_empty()).then(|| auth.scopes.join(", "));
    match (old.scopes.is_empty(), new.scopes.is_empty()) {
        (true, false) => compare.add(rules::SCOPES_LISTED, &spot, None, list(new)),
        (false, true) => compare.add(rules::SCOPES_UNLISTED, &spot, list(old), None),
        _ => {
            let (old, new): (BTreeSet<&String>, BTreeSet<&String>) =
                (old.scopes.iter().collect(), new.scopes.iter().collect());
            for scope in old.difference(&new) {
                compare.add(rules::SCOPE_REMOVED, &spot, Some((*scope).clone()), None);
            }
            for scope in new.difference(&old) {
                compare.add(rules::SCOPE_ADDED, &spot, None, Some((*scope).clone()));
            }
        }
    }
}

/// A spot whose changes show in the client's items of that name.
fn below(spot: &Spot, name: &str) -> Spot {
    let mut spot = spot.fact(name);
    for way in &mut spot.ways {
        way.push(name.to_owned());
    }
    spot
}

pub(super) fn body(compare: &mut Compare<'_>, schemas: &Schemas<'_>, spot: &Spot, old: &Action, new: &Action) {
    let spot = below(spot, "body");
    let is_form = |action: &Action| action.params.iter().any(|param| param.location == Location::Multipart);
    let show = |body: &Body| {
        let schema = body.schema.as_deref().unwrap_or("any JSON");
        Some(format!("{} {}: {schema}", if body.required { "required" } else { "optional" }, body.name))
    };
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let spot = spot.on(None, body.span);
            if is_form(old) && !is_form(new) {
                compare.add(rules::CONTENT_TYPE_CHANGED, &spot, Some("form".to_owned()), Some("JSON".to_owned()));
            } else {
                let rule = if body.required { rules::BODY_ADDED_REQUIRED } else { rules::BODY_ADDED_OPTIONAL };
                compare.add(rule, &spot, None, show(body));
            }
        }
        (Some(body), None) => {
            let spot = spot.on(body.span, None);
            if is_form(new) && !is_form(old) {
                compare.add(rules::CONTENT_TYPE_CHANGED, &spot, Some("JSON".to_owned()), Some("form".to_owned()));
            } else {
                compare.add(rules::BODY_REMOVED, &spot, show(body), None);
            }
        }
        (Some(old), Some(new)) => {
            let spot = spot.on(old.span, new.span);
            if old.name != new.name {
                compare.add(rules::BODY_RENAMED, &spot.fact("name"), Some(old.name.clone()), Some(new.name.clone()));
            }
            if old.required != new.required {
                let rule = if new.required { rules::BODY_BECAME_REQUIRED } else { rules::BODY_BECAME_OPTIONAL };
                compare.add(
                    rule,
                    &spot.fact("required"),
                    Some(old.required.to_string()),
                    Some(new.required.to_string()),
                );
            }
            schema(compare, schemas, &spot, (&old.schema, &new.schema), true, rules::BODY_SCHEMA_CHANGED);
            compare.example(&spot, old.example.as_ref(), new.example.as_ref());
        }
    }
}

/// The schema of a part, which may be another one of the same shape.
fn schema(
    compare: &mut Compare<'_>,
    schemas: &Schemas<'_>,
    spot: &Spot,
    (old, new): (&Option<String>, &Option<String>),
    in_request: bool,
    rule: &'static Rule,
) {
    if let Some(wire) = schemas.change(old.as_deref(), new.as_deref(), in_request) {
        compare.add(rule, &spot.fact("schema"), old.clone(), new.clone());
        compare.judge(wire.min(rule.wire));
    }
}

pub(super) fn responses(
    compare: &mut Compare<'_>,
    schemas: &Schemas<'_>,
    spot: &Spot,
    old: &[Response],
    new: &[Response],
) {
    let spot = below(spot, "answers");
    let of = |response: &Response| spot.fact(&response.code.to_string());
    let is_success = |response: &Response| response.code < 300;
    let show = |response: &Response| Some(response.schema.clone().unwrap_or_else(|| "empty".to_owned()));
    let (old, new): (Vec<&Response>, Vec<&Response>) = (old.iter().collect(), new.iter().collect());
    let (both, gone, come) = similar::by_key(&old, &new, |response| response.code);
    for response in gone {
        let rule = if is_success(response) { rules::SUCCESS_REMOVED } else { rules::ERROR_REMOVED };
        compare.add(rule, &of(response).on(response.span, None), show(response), None);
    }
    for response in come {
        let rule = if is_success(response) { rules::SUCCESS_ADDED } else { rules::ERROR_ADDED };
        compare.add(rule, &of(response).on(None, response.span), None, show(response));
    }
    for (old, new) in both {
        let spot = of(new).on(old.span, new.span);
        let rule = if is_success(new) { rules::SUCCESS_SCHEMA_CHANGED } else { rules::ERROR_SCHEMA_CHANGED };
        schema(compare, schemas, &spot, (&old.schema, &new.schema), false, rule);
        compare.text(&spot, "description", Some(&old.description), Some(&new.description));
    }
}

pub(super) fn events(compare: &mut Compare<'_>, schemas: &Schemas<'_>, spot: &Spot, old: &[Event], new: &[Event]) {
    /// Events whose descriptions share less are two.
    const LEAST: u32 = 600;
    let spot = below(spot, "events");
    let show = |event: &Event| Some(event.schema.clone().unwrap_or_else(|| "text".to_owned()));
    let (old, new): (Vec<&Event>, Vec<&Event>) = (old.iter().collect(), new.iter().collect());
    let (mut both, mut gone, mut come) = similar::by_key(&old, &new, |event| &event.name);
    both.extend(similar::renamed(&mut gone, &mut come, LEAST, |old, new| {
        let same = old.schema.as_deref().map(|schema| schemas.now(schema)) == new.schema.as_deref();
        let texts = similar::of_texts(&old.description, &new.description);
        if same { texts.max(similar::of_names(&old.name, &new.name)).min(SAME) } else { 0 }
    }));
    for event in gone {
        compare.add(rules::EVENT_REMOVED, &spot.fact(&event.name).on(event.span, None), show(event), None);
    }
    for event in come {
        compare.add(rules::EVENT_ADDED, &spot.fact(&event.name).on(None, event.span), None, show(event));
    }
    for (old, new) in both {
        let spot = spot.fact(&new.name).on(old.span, new.span);
        if old.name != new.name {
            compare.add(rules::EVENT_RENAMED, &spot, Some(old.name.clone()), Some(new.name.clone()));
        }
        schema(compare, schemas, &spot, (&old.schema, &new.schema), false, rules::EVENT_SCHEMA_CHANGED);
        compare.text(&spot, "description", Some(&old.description), Some(&new.description));
    }
}
