//! One action while its pages are brought together: every fact with the pages that state it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::counts::Counts;
use super::stated::{Side, Stated};
use crate::dialect::{inferred, names};
use crate::model::{Action, Api, Auth, Body, Encoding, Event, Location, Param, Place, Response};
use crate::source::{Sources, Span};

/// A row of a table, a section or a heading, and the family of its page.
pub(super) type Row = (Side, Span);

/// What is known of an action so far.
#[derive(Default)]
pub(super) struct Draft {
    pub name: String,
    /// The pages that give the name.
    pub named_by: Vec<Span>,
    /// The headings, of the REST pages first.
    pub headings: Vec<Row>,
    pub method: Stated<String>,
    pub path: Stated<String>,
    pub summary: Stated<String>,
    pub description: Stated<String>,
    pub deprecated: Stated<bool>,
    pub token: Stated<bool>,
    pub scopes: Stated<Vec<String>>,
    pub params: Vec<ParamDraft>,
    /// Where a name stands in `params`.
    pub index: BTreeMap<String, Vec<usize>>,
    pub body: Option<BodyDraft>,
    pub responses: BTreeMap<u16, ResponseDraft>,
    pub events: Vec<EventDraft>,
    /// Rows of parameters that belong to every action or request.
    pub common: Vec<(String, Row)>,
}

/// What is known of a parameter so far.
#[derive(Default)]
pub(super) struct ParamDraft {
    pub name: String,
    pub location: Stated<Location>,
    /// Where it travels as far as nobody says so.
    pub guess: Option<Location>,
    pub rows: Vec<Row>,
    pub required: Stated<bool>,
    pub ty: Stated<String>,
    pub inferred: Option<String>,
    pub schema: Stated<String>,
    pub default: Stated<Value>,
    pub example: Stated<Value>,
    pub accepted: Stated<Vec<Value>>,
    pub encoding: Stated<Encoding>,
    pub description: Stated<String>,
    pub deprecated: Stated<bool>,
}

/// What is known of a body so far.
#[derive(Default)]
pub(super) struct BodyDraft {
    pub rows: Vec<Row>,
    pub name: Stated<String>,
    /// A name made of the schema's words, for where no page names the body.
    pub fallback: String,
    pub schema: Stated<String>,
    pub required: Stated<bool>,
    pub example: Stated<Value>,
    pub description: Stated<String>,
}

/// What is known of a response so far.
#[derive(Default)]
pub(super) struct ResponseDraft {
    pub rows: Vec<Row>,
    pub schema: Stated<String>,
    pub description: Stated<String>,
}

/// What is known of an event so far.
#[derive(Default)]
pub(super) struct EventDraft {
    pub name: String,
    pub rows: Vec<Row>,
    pub schema: Stated<String>,
    pub description: Stated<String>,
}

impl ParamDraft {
    /// Where it travels.
    pub(super) fn place(&self) -> Location {
        self.location.get().copied().or(self.guess).unwrap_or(Location::Query)
    }
}

impl Draft {
    /// The first known parameter with a name that satisfies a condition.
    pub(super) fn find(&self, name: &str, test: impl Fn(&ParamDraft) -> bool) -> Option<usize> {
        self.index.get(name)?.iter().copied().find(|&at| test(&self.params[at]))
    }

    /// Adds a parameter of which nothing is known but its name, and perhaps a guess of where it travels.
    pub(super) fn add(&mut self, name: &str, guess: Option<Location>) -> usize {
        let at = self.params.len();
        self.index.entry(name.to_owned()).or_default().push(at);
        self.params.push(ParamDraft { name: name.to_owned(), guess, ..ParamDraft::default() });
        at
    }

    /// The action, its parts counted page by page; parameters of every action are added, and those of every request
    /// where a page of the action lists them.
    pub(super) fn finish(self, api: &Api, sources: &Sources, counts: &mut Counts) -> Action {
        self.count(counts);
        let provenance = if self.headings.len() > 1 { self.provenance(sources) } else { BTreeMap::new() };
        let places = self.headings.iter().map(|(_, span)| place(sources, *span)).collect();
        let mut params: Vec<Param> = self.params.into_iter().map(ParamDraft::finish).collect();
        let is_listed = |param: &&Param| self.common.iter().any(|(name, _)| *name == param.name);
        for common in api.global_params.iter().chain(api.private_params.iter().filter(is_listed)) {
            if !params.iter().any(|own| own.name == common.name && own.location == common.location) {
                params.push(common.clone());
            }
        }
        params.sort_by_key(|param| param.location);
        Action {
            name: self.name,
            method: self.method.take().unwrap_or_default(),
            path: self.path.take().unwrap_or_default(),
            summary: self.summary.take().unwrap_or_default(),
            description: self.description.take(),
            deprecated: self.deprecated.take().unwrap_or(false),
            auth: Auth { required: self.token.take().unwrap_or(false), scopes: self.scopes.take().unwrap_or_default() },
            params,
            body: self.body.map(BodyDraft::finish),
            responses: self.responses.into_iter().map(|(code, response)| response.finish(code)).collect(),
            events: self.events.into_iter().map(EventDraft::finish).collect(),
            sources: places,
            provenance,
            span: self.headings.first().map(|(_, span)| *span),
        }
    }

    /// Counts every page's rows on their own, so that the sum is what the pages show.
    fn count(&self, counts: &mut Counts) {
        counts.actions += self.headings.len();
        for param in &self.params {
            for (side, _) in &param.rows {
                match (side, param.place()) {
                    (Side::Client, _) => counts.client_params += 1,
                    (Side::Rest, Location::Path) => counts.path_params += 1,
                    (Side::Rest, Location::Query) => counts.query_params += 1,
                    (Side::Rest, Location::Header | Location::Multipart) => counts.other_params += 1,
                }
            }
        }
        counts.client_params += self.common.len();
        for (side, _) in self.body.iter().flat_map(|body| &body.rows) {
            match side {
                Side::Rest => counts.bodies += 1,
                Side::Client => counts.client_params += 1,
            }
        }
        counts.events += self.events.iter().map(|event| event.rows.len()).sum::<usize>();
        counts.responses += self.responses.values().map(|response| response.rows.len()).sum::<usize>();
        // The response that stands for a stream has no row of its own on a REST page.
        if !self.events.is_empty() {
            let of_stream = self.responses.get(&200).into_iter().flat_map(|response| &response.rows);
            counts.responses -= of_stream.filter(|(side, _)| *side == Side::Rest).count();
        }
    }

    /// Which pages state which fact; the first one of each is the one that was taken.
    fn provenance(&self, sources: &Sources) -> BTreeMap<String, Vec<Place>> {
        let mut all = Origins { sources, facts: BTreeMap::new() };
        all.add("name", &self.named_by);
        all.add("method", self.method.by());
        all.add("path", self.path.by());
        all.add("summary", self.summary.by());
        all.add("description", self.description.by());
        all.add("deprecated", self.deprecated.by());
        all.add("auth.required", self.token.by());
        all.add("auth.scopes", self.scopes.by());
        for param in &self.params {
            let key = format!("params.{}", param.name);
            all.rows(&key, &param.rows);
            all.add(&format!("{key}.in"), param.location.by());
            all.add(&format!("{key}.required"), param.required.by());
            all.add(&format!("{key}.type"), param.ty.by());
            all.add(&format!("{key}.schema"), param.schema.by());
            all.add(&format!("{key}.default"), param.default.by());
            all.add(&format!("{key}.example"), param.example.by());
            all.add(&format!("{key}.enum"), param.accepted.by());
            all.add(&format!("{key}.encoding"), param.encoding.by());
            all.add(&format!("{key}.description"), param.description.by());
            all.add(&format!("{key}.deprecated"), param.deprecated.by());
        }
        for (name, row) in &self.common {
            all.rows(&format!("params.{name}"), &[*row]);
        }
        if let Some(body) = &self.body {
            all.rows("body", &body.rows);
            all.add("body.name", body.name.by());
            all.add("body.schema", body.schema.by());
            all.add("body.required", body.required.by());
            all.add("body.example", body.example.by());
            all.add("body.description", body.description.by());
        }
        for (code, response) in &self.responses {
            let key = format!("responses.{code}");
            all.rows(&key, &response.rows);
            all.add(&format!("{key}.schema"), response.schema.by());
            all.add(&format!("{key}.description"), response.description.by());
        }
        for event in &self.events {
            let key = format!("events.{}", event.name);
            all.rows(&key, &event.rows);
            all.add(&format!("{key}.schema"), event.schema.by());
            all.add(&format!("{key}.description"), event.description.by());
        }
        all.facts
    }
}

struct Origins<'a> {
    sources: &'a Sources,
    facts: BTreeMap<String, Vec<Place>>,
}

impl Origins<'_> {
    fn add(&mut self, fact: &str, by: &[Span]) {
        if !by.is_empty() {
            let places = by.iter().map(|span| place(self.sources, *span));
            self.facts.entry(fact.to_owned()).or_default().extend(places);
        }
    }

    fn rows(&mut self, fact: &str, rows: &[Row]) {
        let spans: Vec<Span> = rows.iter().map(|(_, span)| *span).collect();
        self.add(fact, &spans);
    }
}

/// Page and line of a span.
pub(super) fn place(sources: &Sources, span: Span) -> Place {
    let (page, line) = sources.place(span);
    Place { page, line }
}

fn first(rows: &[Row]) -> Option<Span> {
    rows.first().map(|(_, span)| *span)
}

impl ParamDraft {
    pub(super) fn finish(self) -> Param {
        let location = self.place();
        let mut param = Param {
            location,
            required: self.required.take().unwrap_or(location == Location::Path),
            ty: self.ty.take(),
            inferred: self.inferred,
            schema: self.schema.take(),
            default: self.default.take(),
            example: self.example.take(),
            accepted: self.accepted.take(),
            encoding: self.encoding.take(),
            description: self.description.take().unwrap_or_default(),
            deprecated: self.deprecated.take().unwrap_or(false),
            span: first(&self.rows),
            name: self.name,
        };
        if param.inferred.is_none() && param.schema.is_none() {
            // Default and example may come from different pages.
            param.inferred = inferred(&param);
        }
        param
    }
}

impl BodyDraft {
    fn finish(self) -> Body {
        Body {
            name: self.name.take().unwrap_or_else(|| names::camel_of_title(&self.fallback)),
            schema: self.schema.take(),
            required: self.required.take().unwrap_or(false),
            example: self.example.take(),
            description: self.description.take(),
            span: first(&self.rows),
        }
    }
}

impl ResponseDraft {
    fn finish(self, code: u16) -> Response {
        Response {
            code,
            schema: self.schema.take(),
            description: self.description.take().unwrap_or_default(),
            span: first(&self.rows),
        }
    }
}

impl EventDraft {
    fn finish(self) -> Event {
        Event {
            name: self.name,
            schema: self.schema.take(),
            description: self.description.take().unwrap_or_default(),
            span: first(&self.rows),
        }
    }
}
