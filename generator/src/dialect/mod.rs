//! One page to its [`Facts`]: every row, heading, block and sentence becomes a fact, is known as boilerplate, or is
//! reported with its place.

mod action;
mod auth;
mod body;
mod check;
mod client;
mod client_params;
mod client_style;
pub mod codes;
mod contents;
mod context;
mod curl;
mod describe;
mod example;
mod facts;
mod json;
mod lead;
mod link;
mod literal;
mod marks;
mod mdx;
pub mod names;
mod outline;
mod overview;
mod params;
mod recognise;
mod responses;
mod rest;
mod sample;
mod schemas;
mod schemas_client;
mod section;
mod table;
mod text;
mod url;
mod verb_names;

use crate::diagnostic::Diagnostic;
use crate::markdown::Page;
use crate::source::{Source, Span};

pub use facts::{
    ActionFacts, BodyFacts, ClientAction, ClientFacts, ClientParam, Facts, Linked, OverviewFacts, ResourceFacts,
    SchemaFacts, SchemaLink, Url,
};
pub use params::inferred;

use context::Context;
use outline::Outline;
use recognise::Dialect;

/// Reads the facts of a page. Always succeeds: what could not be read is in the diagnostics.
pub fn read(page: &Page, source: &Source) -> (Facts, Vec<Diagnostic>) {
    let mut context =
        Context { source, file: page.file, canonical: false, client: None, docusaurus: false, diagnostics: Vec::new() };
    let facts = facts(&mut context, page);
    (facts, context.diagnostics)
}

fn facts(context: &mut Context<'_>, page: &Page) -> Facts {
    let mut facts = Facts::default();
    let start = Span::new(page.file, 0..0);
    if context.source.text.trim_ascii().is_empty() {
        context.report(codes::EMPTY, start, "the page is empty");
        return facts;
    }
    text::check(context, page);
    let mut outline = Outline::new(page);
    let recognised = recognise::recognise(context.source, &outline);
    if let Some((span, _)) = recognised.other {
        context.report(codes::MIXED, span, "this part is written in another dialect than the rest of the page");
    }
    for &span in &outline.extra_titles {
        context.report(codes::TITLE_SECOND, span, "a second heading of level one");
    }
    context.canonical =
        matches!(recognised.dialect, Dialect::Canonical | Dialect::SchemasCanonical | Dialect::Overview);
    context.docusaurus = recognised.dialect == Dialect::Docusaurus;
    marks::check(context, page, recognised.dialect);
    match recognised.dialect {
        dialect @ (Dialect::Verbs | Dialect::Titled | Dialect::Anchored | Dialect::Canonical) => {
            facts.resource = Some(rest::read(context, page, &outline, dialect));
        }
        dialect @ (Dialect::ClientBullets | Dialect::ClientTables | Dialect::ClientListed | Dialect::ClientTitled) => {
            facts.client = Some(client::read(context, &outline, dialect));
        }
        dialect @ (Dialect::SchemasDefined
        | Dialect::SchemasPlain
        | Dialect::SchemasListed
        | Dialect::SchemasAnchored
        | Dialect::SchemasTitled
        | Dialect::SchemasCanonical) => {
            facts.schemas_page = true;
            facts.schemas = schemas::read(context, &outline, dialect);
        }
        Dialect::Docusaurus => {
            facts.schemas_page = true;
            facts.schemas = mdx::schemas(context, &mut outline);
            let resource = rest::read(context, page, &outline, Dialect::Docusaurus);
            mdx::unlinked(context, &resource, &facts.schemas);
            facts.resource = Some(resource);
        }
        Dialect::Overview => facts.overview = Some(overview::read(context, &outline)),
        Dialect::Prose => {}
        Dialect::Unsupported(family) => {
            // What else is wrong with the page is of no use to anybody.
            context.diagnostics.clear();
            context.report(codes::UNSUPPORTED, start, format!("this page belongs to the {family}, which are not read"));
        }
        Dialect::Unknown => {
            context.report(codes::NOT_RECOGNISED, start, "this page is of no known kind");
        }
    }
    facts
}
