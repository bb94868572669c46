//! The pages of each resource brought together, action by action.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::counts::Counts;
use super::draft::{Draft, ParamDraft};
use super::join::{At, Join, subject};
use super::naming::{self, Named, Pages};
use super::schemas::{Registry, home};
use super::stated::{Side, Stated, Topic};
use super::{PageFacts, adopt, client, guess, rest};
use crate::diagnostic::Diagnostic;
use crate::dialect::{ClientFacts, OverviewFacts, names};
use crate::model::{Api, Param, Resource};
use crate::source::{Sources, Span};

/// A resource whose actions are not finished, because the parameters of every action are known only at the end.
pub(super) struct Open {
    name: String,
    title: String,
    path: String,
    description: Option<String>,
    pub actions: Vec<Draft>,
    span: Span,
}

/// Puts the resources and the parameters of every action into the model, and counts what it got.
pub(super) fn join(
    api: &mut Api,
    pages: &[PageFacts],
    overview: &OverviewFacts,
    registry: &mut Registry,
    sources: &Sources,
    counts: &mut Counts,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut groups: BTreeMap<&str, Pages<'_>> = BTreeMap::new();
    for PageFacts { facts, .. } in pages {
        if let Some(rest) = &facts.resource {
            groups.entry(&rest.name).or_default().rest.push(rest);
        }
        if let Some(client) = &facts.client {
            groups.entry(&client.name).or_default().client.push(client);
        }
    }
    let everywhere = everywhere(pages, overview, sources);
    let overall = || overview.global_params.iter().chain(&overview.private_params);
    let mut common: BTreeMap<String, ParamDraft> = BTreeMap::new();
    for param in overall() {
        common.entry(param.name.clone()).or_insert_with(|| stated(param));
    }
    let mut names = naming::names(&groups, diagnostics);
    let mut reported = BTreeSet::new();
    let mut open = Vec::with_capacity(groups.len());
    for (name, pages) in &groups {
        let mut join = Join {
            registry,
            diagnostics,
            everywhere: &everywhere,
            common: &mut common,
            reported: &mut reported,
            subject: subject(name),
        };
        open.extend(resource(name, pages, names.remove(name).unwrap_or_default(), &mut join));
    }
    adopt::types(&mut open, diagnostics);
    let mut finish = |params: &[Param]| -> Vec<Param> {
        params
            .iter()
            .map(|param| common.remove(&param.name).map_or_else(|| param.clone(), ParamDraft::finish))
            .collect()
    };
    api.global_params = finish(&overview.global_params);
    api.private_params = finish(&overview.private_params);
    for (name, param) in common {
        let list = if guess::is_private(&name) { &mut api.private_params } else { &mut api.global_params };
        list.push(param.finish());
    }
    for resource in open {
        let actions = resource.actions.into_iter();
        let resource = Resource {
            name: resource.name,
            title: resource.title,
            path: resource.path,
            description: resource.description,
            actions: actions.map(|action| action.finish(api, sources, counts)).collect(),
            span: Some(resource.span),
        };
        api.resources.push(resource);
    }
}

/// What the overview says of a parameter.
fn stated(param: &Param) -> ParamDraft {
    let mut draft = ParamDraft { name: param.name.clone(), inferred: param.inferred.clone(), ..ParamDraft::default() };
    let Some(span) = param.span else { return draft };
    let topic = Topic { code: codes::CONFLICT, what: "" };
    // Nothing can clash with what is said first.
    let mut nothing = Vec::new();
    draft.rows.push((Side::Rest, span));
    draft.location.say(Some(param.location), span, topic, &mut nothing);
    draft.required.say(Some(param.required), span, topic, &mut nothing);
    draft.ty.say(param.ty.clone(), span, topic, &mut nothing);
    draft.schema.say(param.schema.clone(), span, topic, &mut nothing);
    draft.default.say(param.default.clone(), span, topic, &mut nothing);
    draft.example.say(param.example.clone(), span, topic, &mut nothing);
    draft.accepted.say(param.accepted.clone(), span, topic, &mut nothing);
    draft.encoding.say(param.encoding, span, topic, &mut nothing);
    draft.description.say(Some(param.description.clone()), span, topic, &mut nothing);
    draft.deprecated.say(Some(param.deprecated), span, topic, &mut nothing);
    draft
}

/// The names of the parameters of every action: those of the overview, and what every function of a folder takes
/// although no REST page has it.
fn everywhere(pages: &[PageFacts], overview: &OverviewFacts, sources: &Sources) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = overview.global_params.iter().map(|param| param.name.clone()).collect();
    let mut folders: BTreeMap<String, Vec<&ClientFacts>> = BTreeMap::new();
    let mut on_rest = BTreeSet::new();
    for PageFacts { file, facts, .. } in pages {
        if let Some(client) = &facts.client {
            folders.entry(home(&sources.get(*file).path)).or_default().push(client);
        }
        let actions = facts.resource.iter().flat_map(|resource| &resource.actions);
        on_rest.extend(actions.flat_map(|action| &action.params).map(|param| &param.fact.name[..]));
    }
    let found = folders.values().flat_map(|pages| guess::everywhere(pages));
    names.extend(found.filter(|name| !on_rest.contains(name)).map(str::to_owned));
    names
}

/// One resource from all of its pages.
fn resource(name: &str, pages: &Pages<'_>, named: Vec<Vec<Named<'_>>>, join: &mut Join<'_>) -> Option<Open> {
    let span = pages.rest.first().map(|page| page.span).or_else(|| pages.client.first().map(|page| page.span))?;
    let (mut title, mut path, mut description) = (Stated::default(), Stated::default(), Stated::default());
    for page in &pages.rest {
        let at = At { side: Side::Rest, span: page.span };
        join.say(&mut title, Some(page.title.clone()), at, codes::TEXT, "the title");
        if let Some(url) = &page.url {
            let at = At { span: url.span, ..at };
            join.say(&mut path, Some(url.path.clone()), at, codes::CONFLICT, "the path of the resource");
        }
        join.say(&mut description, page.description.clone(), at, codes::TEXT, "the text of the resource");
    }
    if pages.rest.is_empty() {
        for page in &pages.client {
            let at = At { side: Side::Client, span: page.span };
            join.say(&mut title, Some(page.title.clone()), at, codes::TEXT, "the title");
        }
    }
    let mut actions: BTreeMap<String, Draft> = BTreeMap::new();
    let mut headings = Vec::new();
    for (page, named) in pages.rest.iter().zip(named) {
        headings.push((Side::Rest, page.span));
        for Named { facts, name, by } in named {
            let draft = actions.entry(name.clone()).or_insert_with(|| Draft { name, ..Draft::default() });
            let at = At { side: Side::Rest, span: facts.span };
            if !at.repeats(&draft.headings) {
                draft.named_by.extend(by);
                rest::add(draft, facts, join);
            }
        }
    }
    for page in &pages.client {
        headings.push((Side::Client, page.span));
        let reader = client::Reader::new(page);
        for action in &page.actions {
            let draft = actions
                .entry(action.name.clone())
                .or_insert_with(|| Draft { name: action.name.clone(), ..Draft::default() });
            let at = At { side: Side::Client, span: action.span };
            if !at.repeats(&draft.headings) {
                if !draft.named_by.contains(&action.span) {
                    draft.named_by.push(action.span);
                }
                reader.add(draft, action, join);
            }
        }
    }
    for draft in actions.values() {
        join.lone(codes::ACTION_LONE, &format!("`{name}.{}`", draft.name), &draft.headings, &headings);
        join.lone_facts(draft);
        if draft.headings.iter().all(|(side, _)| *side == Side::Client) {
            join.without_address(name, draft);
        }
    }
    Some(Open {
        name: name.to_owned(),
        title: title.take().unwrap_or_else(|| names::title_of_camel(name)),
        path: path.take().unwrap_or_default(),
        description: description.take(),
        actions: actions.into_values().collect(),
        span,
    })
}
