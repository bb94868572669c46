//! The project's own page of the API as a whole.

use std::collections::BTreeSet;

use super::codes;
use super::context::{Body, Context};
use super::describe;
use super::facts::OverviewFacts;
use super::link::clip;
use super::outline::Outline;
use super::{params, table};
use crate::markdown::Table;
use crate::model::{Location, Param};
use crate::source::Span;

const FACTS: &[&str] = &["Fact", "Value"];
const PARAMS: &[&str] = &["Name", "Required", "Description", "Default", "Example", "In"];

/// Reads the page.
pub(super) fn read(context: &mut Context<'_>, outline: &Outline<'_>) -> OverviewFacts {
    let mut facts = OverviewFacts::default();
    let start = outline.title.map_or(Span::new(context.file, 0..0), |title| title.span);
    for block in outline.lead {
        context.unexpected(block, "the head of the page");
    }
    let mut body = Body::new(outline.intro, start);
    if let Some(table) = body.table() {
        fact_table(context, table, &mut facts);
    }
    body.finish(context, "the overview");
    if outline.title.is_none_or(|title| title.heading.content.line() != "Overview") {
        context.report(codes::TITLE_FILE, start, "the title is not `Overview`");
    }
    if facts.base_url.is_none() {
        context.report(codes::OVERVIEW, start, "the row `Base URL` is missing");
    }
    for section in &outline.stray {
        context.report(codes::SECTION_UNKNOWN, section.span, "the overview has no such section");
    }
    let (mut requests, mut seen) = (false, BTreeSet::new());
    for part in &outline.parts {
        for section in &part.sections {
            context.report(codes::SECTION_UNKNOWN, section.span, "the overview has no such section");
        }
        let words = part.heading.content.line();
        let mut body = Body::new(part.intro, part.span);
        let list = match &words[..] {
            "Parameters Of Every Action" => {
                if std::mem::take(&mut requests) {
                    context.report(codes::SECTION_ORDER, part.span, "the parameters of every action stand first");
                }
                &mut facts.global_params
            }
            "Parameters Of Every Request" => {
                requests = true;
                &mut facts.private_params
            }
            _ => {
                context.report(
                    codes::SECTION_UNKNOWN,
                    part.span,
                    format!("the overview has no section `{}`", clip(&words)),
                );
                continue;
            }
        };
        if !seen.insert(words.clone()) {
            context.report(codes::SECTION_DUPLICATE, part.span, format!("a second section `{words}`"));
        }
        match body.table() {
            Some(table) => *list = param_table(context, table),
            None if body.has_broken_table() => {}
            None => context.report(codes::SECTION_EMPTY, part.span, "the section has no table"),
        }
        body.finish(context, "the overview");
    }
    facts
}

fn fact_table(context: &mut Context<'_>, table: &Table, facts: &mut OverviewFacts) {
    for record in table::read(context, table, FACTS) {
        let fact = record.text(0);
        let value = record.cell(1).map(|cell| params::coded(context, cell)).unwrap_or_default();
        if value.is_empty() {
            context.report(codes::CELL_EMPTY, record.span, "the fact has no value");
            continue;
        }
        let place = match &fact[..] {
            "Base URL" if value.starts_with("http") => &mut facts.base_url,
            "API version" => &mut facts.api_version,
            _ => {
                context.report(codes::OVERVIEW, record.span, format!("`{}` is no fact of an overview", clip(&fact)));
                continue;
            }
        };
        if place.is_some() {
            context.report(codes::OVERVIEW, record.span, format!("`{fact}` stands twice"));
        }
        if fact == "Base URL" && facts.api_version.is_some() {
            context.report(codes::SECTION_ORDER, record.span, "the base URL stands first");
        }
        if fact == "Base URL" && value.ends_with('/') {
            context.report(codes::OVERVIEW, record.span, "paths begin with a slash, so the base URL ends without one");
        }
        let place = if fact == "Base URL" { &mut facts.base_url } else { &mut facts.api_version };
        *place = Some((value.trim_end_matches('/').to_owned(), record.span));
    }
}

fn param_table(context: &mut Context<'_>, table: &Table) -> Vec<Param> {
    let mut found: Vec<Param> = Vec::new();
    for record in table::read_typed(context, table, PARAMS) {
        let Some(name) = params::name(context, &record) else { continue };
        let place = params::plain(record.cell(5));
        let location = match place {
            "query" => Location::Query,
            "header" => Location::Header,
            _ => {
                context.report(codes::OVERVIEW, record.span, format!("`{}` is neither query nor header", clip(place)));
                continue;
            }
        };
        let required = params::required(context, &record);
        let described = describe::read(context, record.cell(2));
        let default = params::value(record.cell(3));
        let example = record.cell(4).map(|cell| params::coded(context, cell)).unwrap_or_default();
        let example = (!example.is_empty()).then(|| super::example::natural(&example));
        if found.iter().any(|other| other.name == name) {
            context.report(codes::PARAM_DUPLICATE, record.span, format!("a second row `{name}`"));
        }
        let mut made = params::param(name, location, required, described, default, example, record.span);
        made.fact.ty = params::documented(context, &record, PARAMS.len());
        found.push(made.fact);
    }
    found
}
