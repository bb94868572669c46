//! Types for actions that pages of clients leave out, as they do with streams of events.

use std::collections::BTreeMap;

use super::codes;
use super::draft::{Draft, ParamDraft};
use super::resources::Open;
use super::stated::{Side, Topic};
use crate::diagnostic::Diagnostic;
use crate::model::Location;
use crate::source::Span;

/// Types and where one of them is documented.
type Types = BTreeMap<String, Span>;

/// Gives parameters of actions that only REST pages have the type that pages of clients document elsewhere: for the
/// same parameter of the same resource, else for every plain parameter of the same kind. Nothing is adopted from pages
/// that do not agree, and each case is pointed out.
pub(super) fn types(resources: &mut [Open], diagnostics: &mut Vec<Diagnostic>) {
    let mut of_kind: BTreeMap<Location, Types> = BTreeMap::new();
    for param in resources.iter().flat_map(|resource| &resource.actions).flat_map(|action| &action.params) {
        note(param, of_kind.entry(param.place()).or_default());
    }
    for resource in resources {
        let has_client = |action: &Draft| action.headings.iter().any(|(side, _)| *side == Side::Client);
        if !resource.actions.iter().any(has_client) {
            continue;
        }
        let mut of_name: BTreeMap<String, Types> = BTreeMap::new();
        for param in resource.actions.iter().flat_map(|action| &action.params) {
            note(param, of_name.entry(param.name.clone()).or_default());
        }
        for action in resource.actions.iter_mut().filter(|action| !has_client(action)) {
            for param in action.params.iter_mut().filter(|param| is_plain(param) && param.ty.get().is_none()) {
                let named = of_name.get(&param.name).filter(|types| !types.is_empty());
                let Some(types) = named.or_else(|| of_kind.get(&param.place())) else { continue };
                let (Some((ty, by)), 1, Some((_, row))) = (types.first_key_value(), types.len(), param.rows.first())
                else {
                    continue;
                };
                let message = format!("no page documents the type of `{}`; `{ty}` is adopted", param.name);
                let diagnostic = Diagnostic::new(codes::TYPE_ADOPTED, *row, message);
                diagnostics.push(diagnostic.with_related(*by, "as here and wherever else one is documented"));
                let topic = Topic { code: codes::TYPE, what: "the type" };
                param.ty.say(Some(ty.clone()), *by, topic, diagnostics);
            }
        }
    }
}

/// Whether a parameter is one plain value.
fn is_plain(param: &ParamDraft) -> bool {
    let is_file = param.inferred.as_deref() == Some("file");
    param.schema.get().is_none() && param.encoding.get().is_none() && !is_file
}

fn note(param: &ParamDraft, types: &mut Types) {
    if let (true, Some(ty), Some(by)) = (is_plain(param), param.ty.get(), param.ty.by().first()) {
        types.entry(ty.clone()).or_insert(*by);
    }
}
