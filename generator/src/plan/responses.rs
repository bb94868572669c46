//! What an action answers with.

use std::collections::BTreeMap;

use super::names::{self, Name};
use super::types::Lowering;
use super::{Answer, EventVariant, Events, Success, SuccessVariant, Ty, doc};
use crate::model::{Action, Response};

pub(super) fn answer(lowering: &Lowering<'_>, action: &Action, builder: &Name) -> Answer {
    if !action.events.is_empty() {
        return Answer::Events(events(lowering, action, builder));
    }
    let mut successes: Vec<&Response> =
        action.responses.iter().filter(|response| (200..300).contains(&response.code)).collect();
    successes.sort_by_key(|response| (response.code, &response.schema));
    let mut types: Vec<(Option<&str>, Vec<&Response>)> = Vec::new();
    for response in successes {
        let schema = response.schema.as_deref();
        match types.iter_mut().find(|(known, _)| *known == schema) {
            Some((_, responses)) => responses.push(response),
            None => types.push((schema, vec![response])),
        }
    }
    let schemas: Vec<&str> = types.iter().filter_map(|(schema, _)| *schema).collect();
    match (&schemas[..], types.len()) {
        ([], _) => Answer::Empty,
        ([schema], 1) => Answer::Json(lowering.schema(schema)),
        ([schema], _) => Answer::Optional(lowering.schema(schema)),
        _ => Answer::Several(several(lowering, action, builder, &types)),
    }
}

fn several(
    lowering: &Lowering<'_>,
    action: &Action,
    builder: &Name,
    types: &[(Option<&str>, Vec<&Response>)],
) -> Success {
    let words: Vec<&str> = types.iter().map(|(schema, _)| schema.unwrap_or("empty")).collect();
    let (names, _) = names::variants(&words.iter().copied().collect(), &[]);
    let variants = types
        .iter()
        .zip(words)
        .map(|((schema, responses), word)| {
            let mut codes: Vec<u16> = responses.iter().map(|response| response.code).collect();
            codes.dedup();
            let listed: Vec<String> = codes.iter().map(ToString::to_string).collect();
            let described = responses.first().map(|response| response.description.as_str()).unwrap_or_default();
            let docs = doc::lines(&format!("{}: {described}", listed.join(", ")));
            SuccessVariant { name: names[word].clone(), codes, docs, ty: schema.map(|schema| lowering.schema(schema)) }
        })
        .collect();
    Success {
        name: names::type_name(&[names::words(builder.as_str()), vec!["response".to_owned()]].concat()),
        docs: vec![format!("What {} answers with.", doc::code(&action.name))],
        variants,
    }
}

fn events(lowering: &Lowering<'_>, action: &Action, builder: &Name) -> Events {
    let by_name: BTreeMap<&str, &crate::model::Event> =
        action.events.iter().rev().map(|event| (event.name.as_str(), event)).collect();
    let (names, _) = names::variants(&by_name.keys().copied().collect(), &["Other"]);
    let variants = by_name
        .into_iter()
        .map(|(wire, event)| {
            let mut docs = doc::lines(&event.description);
            if docs.is_empty() {
                docs.push(format!("The event {}.", doc::code(wire)));
            }
            let ty = event.schema.as_ref().map_or(Ty::Text, |schema| lowering.schema(schema));
            EventVariant { wire: wire.to_owned(), name: names[wire].clone(), docs, ty }
        })
        .collect();
    Events {
        name: names::type_name(&[names::words(builder.as_str()), vec!["event".to_owned()]].concat()),
        docs: vec![format!("An event of the stream of {}.", doc::code(&action.name))],
        variants,
    }
}

/// How an action fails, as documentation.
pub(super) fn errors(action: &Action) -> Vec<String> {
    let mut failures: Vec<&Response> = action.responses.iter().filter(|response| response.code >= 300).collect();
    failures.sort_by(|left, right| (left.code, &left.description).cmp(&(right.code, &right.description)));
    failures.dedup_by(|left, right| left.code == right.code && left.description == right.description);
    let mut lines = vec!["# Errors".to_owned()];
    lines.push(String::new());
    if failures.is_empty() {
        lines.push("When the request cannot be sent or its answer is not a success.".to_owned());
        return lines;
    }
    lines.push("Beside failures of the transport, the documented answers:".to_owned());
    lines.push(String::new());
    for failure in failures {
        lines.extend(doc::item(&format!("`{}`: {}", failure.code, failure.description)));
    }
    lines
}
