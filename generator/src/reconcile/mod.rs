//! The facts of all pages to one [`Api`]: sorted, links resolved, parameters of every action added.

pub mod codes;
mod copies;
mod counts;
mod links;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{ActionFacts, Facts, Linked, OverviewFacts, ResourceFacts, names};
use crate::markdown::Page;
use crate::model::{Action, Api, Body, Param, Place, Resource};
use crate::source::{Sources, Span};

pub use counts::Counts;
use schemas::Registry;

/// What came of the pages.
#[derive(Clone, Debug, Default)]
pub struct Reconciled {
    /// The API.
    pub api: Api,
    /// What the pages show.
    pub seen: Counts,
    /// What the API has.
    pub read: Counts,
}

/// Brings the facts of all pages together.
pub fn reconcile(pages: &[(Page, Facts)], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Reconciled {
    let mut registry = Registry::new(pages.iter().map(|(_, facts)| facts), sources, diagnostics);
    links::check(pages.iter().map(|(_, facts)| facts), sources, diagnostics);
    let overview = overview(pages, diagnostics);
    let mut resources: BTreeMap<&str, Resource> = BTreeMap::new();
    for facts in pages.iter().filter_map(|(_, facts)| facts.resource.as_ref()) {
        let resource = resource(facts, &overview, &mut registry, sources, diagnostics);
        if let Some(first) = resources.get(&facts.name[..]) {
            let message = format!("a second page of the resource `{}`", facts.name);
            let diagnostic = Diagnostic::new(codes::RESOURCE_DUPLICATE, facts.span, message);
            diagnostics.push(match first.span {
                Some(span) => diagnostic.with_related(span, "the first one"),
                None => diagnostic,
            });
            continue;
        }
        resources.insert(&facts.name, resource);
    }
    let mut api = Api {
        base_url: base_url(pages, &overview, diagnostics),
        api_version: overview.api_version.map(|(version, _)| version),
        global_params: overview.global_params,
        private_params: overview.private_params,
        resources: resources.into_values().collect(),
        schemas: Vec::new(),
    };
    api.schemas = registry.finish();
    let mut seen = Counts::default();
    let mut shown = BTreeSet::new();
    for (page, facts) in pages {
        seen.add_page(page, facts, &mut shown);
    }
    let read = Counts::of_model(&api, &seen);
    whole(pages, &seen, &read, diagnostics);
    Reconciled { api, seen, read }
}

/// Judges the run as a whole.
fn whole(pages: &[(Page, Facts)], seen: &Counts, read: &Counts, diagnostics: &mut Vec<Diagnostic>) {
    if pages.is_empty() {
        diagnostics.push(Diagnostic::new(codes::NO_PAGES, None, "there are no pages"));
        return;
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        // What is missing is reported where it was lost.
        return;
    }
    if read.actions == 0 {
        diagnostics.push(Diagnostic::new(codes::NO_ACTIONS, None, "no page documents an action"));
    }
    for ((name, seen), (_, read)) in seen.named().into_iter().zip(read.named()) {
        if seen != read {
            let message = format!("the pages show {seen} {name}, the model has {read}");
            diagnostics.push(Diagnostic::new(codes::COUNT_MISMATCH, None, message));
        }
    }
}

fn overview(pages: &[(Page, Facts)], diagnostics: &mut Vec<Diagnostic>) -> OverviewFacts {
    let mut found =
        pages.iter().filter_map(|(page, facts)| facts.overview.clone().map(|overview| (page.file, overview)));
    let Some((_, overview)) = found.next() else { return OverviewFacts::default() };
    for (file, _) in found {
        let message = "a second page of facts of the API as a whole";
        diagnostics.push(Diagnostic::new(codes::OVERVIEW_DUPLICATE, Span::new(file, 0..0), message));
    }
    overview
}

/// The one scheme and host of all URLs.
fn base_url(pages: &[(Page, Facts)], overview: &OverviewFacts, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut base = overview.base_url.clone();
    let urls = || pages.iter().filter_map(|(_, facts)| facts.resource.as_ref()?.url.as_ref());
    // Pages of ours leave it to the overview.
    if let (None, Some(url)) = (&base, urls().find(|url| url.base.is_empty())) {
        let message = "paths without scheme and host, and no overview that states them";
        diagnostics.push(Diagnostic::new(codes::BASE_URL_MISSING, url.span, message));
    }
    for url in urls().filter(|url| !url.base.is_empty()) {
        match &base {
            None => base = Some((url.base.clone(), url.span)),
            Some((known, first)) if *known != url.base => {
                let message = format!("`{}` here, `{known}` elsewhere", url.base);
                diagnostics
                    .push(Diagnostic::new(codes::BASE_URL, url.span, message).with_related(*first, "the other one"));
            }
            Some(_) => {}
        }
    }
    base.map(|(base, _)| base).unwrap_or_default()
}

fn resource(
    facts: &ResourceFacts,
    overview: &OverviewFacts,
    registry: &mut Registry,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Resource {
    let mut actions: Vec<Action> =
        facts.actions.iter().map(|action| self::action(action, overview, registry, sources, diagnostics)).collect();
    actions.sort_by(|a, b| a.name.cmp(&b.name));
    Resource {
        name: facts.name.clone(),
        title: facts.title.clone(),
        path: facts.url.as_ref().map(|url| url.path.clone()).unwrap_or_default(),
        description: facts.description.clone(),
        actions,
        span: Some(facts.span),
    }
}

fn action(
    facts: &ActionFacts,
    overview: &OverviewFacts,
    registry: &mut Registry,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Action {
    let mut params: Vec<Param> = facts
        .params
        .iter()
        .map(|param| {
            let schema = linked(param, registry, diagnostics);
            let example = param.fact.example.clone().or_else(|| registry.example(schema.as_deref()));
            Param { schema, example, ..param.fact.clone() }
        })
        .collect();
    for global in &overview.global_params {
        if !params.iter().any(|own| own.name == global.name && own.location == global.location) {
            params.push(global.clone());
        }
    }
    params.sort_by_key(|param| param.location);
    let body = facts.body.as_ref().map(|body| {
        let schema = registry.resolve(&body.link, body.example.as_ref(), diagnostics);
        Body {
            name: body.name.clone().unwrap_or_else(|| names::camel_of_title(&body.link.title)),
            example: body.example.clone().or_else(|| registry.example(schema.as_deref())),
            schema,
            required: body.required,
            span: Some(body.span),
        }
    });
    let mut responses = Vec::with_capacity(facts.responses.len());
    for response in &facts.responses {
        let schema = linked(response, registry, diagnostics);
        responses.push(crate::model::Response { schema, ..response.fact.clone() });
    }
    responses.sort_by_key(|response| response.code);
    let mut events = Vec::with_capacity(facts.events.len());
    for event in &facts.events {
        let schema = linked(event, registry, diagnostics);
        events.push(crate::model::Event { schema, ..event.fact.clone() });
    }
    let (page, line) = sources.place(facts.span);
    Action {
        name: facts.name.clone(),
        method: facts.method.clone(),
        path: facts.url.as_ref().map(|url| url.path.clone()).unwrap_or_default(),
        summary: facts.summary.clone(),
        description: facts.description.clone(),
        deprecated: facts.deprecated,
        auth: facts.auth.clone(),
        params,
        body,
        responses,
        events,
        sources: vec![Place { page, line }],
        span: Some(facts.span),
    }
}

fn linked<T>(fact: &Linked<T>, registry: &mut Registry, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    fact.link.as_ref().and_then(|link| registry.resolve(link, None, diagnostics))
}
