//! Tables of responses and of server-sent events.

use std::collections::BTreeSet;

use super::codes;
use super::context::Context;
use super::facts::Linked;
use super::link::{self, clip};
use super::table;
use crate::markdown::Table;
use crate::model::{Event, Response};
use crate::source::Span;

pub(super) const RESPONSES: &[&str] = &["Code", "Type", "Description"];
pub(super) const EVENTS: &[&str] = &["SSE Event Name", "Type", "Description"];

/// The rows of a table of successes or errors.
pub(super) fn read(context: &mut Context<'_>, table: &Table, errors: bool) -> Vec<Linked<Response>> {
    let mut responses: Vec<Linked<Response>> = Vec::new();
    for record in table::read(context, table, RESPONSES) {
        let link = link::type_cell(context, record.cell(1));
        let Some(cell) = record.cell(0) else { continue };
        let Some(code) = status(context, &cell.line(), cell.span) else { continue };
        if (code >= 400) != errors {
            let place = if errors { "errors" } else { "successes" };
            context.report(codes::RESPONSE_CODE, cell.span, format!("{code} stands among the {place}"));
        }
        if responses.last().is_some_and(|other| other.fact.code > code) {
            context.report(codes::RESPONSE_ORDER, record.span, format!("{code} stands behind a higher code"));
        }
        let fact = Response { code, schema: None, description: record.text(2), span: Some(record.span) };
        add(context, &mut responses, Linked { fact, link });
    }
    responses
}

/// Adds a response whose code must be new.
pub(super) fn add(context: &mut Context<'_>, responses: &mut Vec<Linked<Response>>, response: Linked<Response>) {
    let code = response.fact.code;
    if let (true, Some(span)) = (responses.iter().any(|other| other.fact.code == code), response.fact.span) {
        context.report(codes::RESPONSE_DUPLICATE, span, format!("a second row {code}"));
    }
    responses.push(response);
}

/// A status code; what is none is reported.
pub(super) fn status(context: &mut Context<'_>, text: &str, span: Span) -> Option<u16> {
    let code = text.parse::<u16>().ok().filter(|code| (100..600).contains(code) && text.len() == 3);
    if code.is_none() {
        context.report(codes::RESPONSE_CODE, span, format!("`{}` is no status code", clip(text)));
    }
    code
}

/// The rows of a table of events.
pub(super) fn events(context: &mut Context<'_>, table: &Table) -> Vec<Linked<Event>> {
    let mut seen = BTreeSet::new();
    let mut events = Vec::new();
    for record in table::read(context, table, EVENTS) {
        let link = link::type_cell(context, record.cell(1));
        let name = record.text(0);
        if name.is_empty() {
            context.report(codes::CELL_EMPTY, record.span, "the event has no name");
            continue;
        }
        if !seen.insert(name.clone()) {
            context.report(codes::EVENT_DUPLICATE, record.span, format!("a second row `{}`", clip(&name)));
        }
        let fact = Event { name, schema: None, description: record.text(2), span: Some(record.span) };
        events.push(Linked { fact, link });
    }
    if events.is_empty() {
        context.report(codes::EVENTS_MISSING, table.header.span, "the stream has no events");
    }
    events
}
