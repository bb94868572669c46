//! The facts of all pages to one [`Api`]: sorted, links resolved, parameters of every action added.
//!
//! Pages of one resource are joined action by action. What goes over the wire is taken from the REST page, types and
//! names from the pages of clients, and of two pages of one family the first in the order of their paths is believed;
//! every difference is a diagnostic that quotes both places.

mod adopt;
mod assign;
mod client;
pub mod codes;
mod copies;
mod counts;
mod draft;
mod guess;
mod join;
mod links;
mod naming;
mod resources;
mod rest;
mod schemas;
mod stated;
mod version;

use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{Facts, OverviewFacts};
use crate::markdown::Page;
use crate::model::Api;
use crate::source::{FileId, Sources, Span};

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

/// What one page says and how much it shows: all that is needed of it.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// Which page.
    pub file: FileId,
    /// What it says.
    pub facts: Facts,
    /// How much it shows.
    pub seen: Counts,
}

impl PageFacts {
    /// The facts of a page, which is counted here.
    pub fn new(page: &Page, facts: Facts) -> Self {
        Self { file: page.file, seen: Counts::of_page(page, &facts), facts }
    }
}

/// Brings the facts of all pages together. The schemas are taken out of the pages: they are most of the facts.
pub fn reconcile(pages: &mut [PageFacts], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Reconciled {
    links::check(pages.iter().map(|page| &page.facts), sources, diagnostics);
    let mut registry = Registry::new(pages, sources, diagnostics);
    let pages = &*pages;
    let overview = overview(pages, diagnostics);
    let base_url = base_url(pages, &overview, diagnostics);
    let seen = pages.iter().fold(Counts::default(), |all, page| all + page.seen);
    let mut read = Counts { pages: seen.pages, sections: seen.sections, rows: seen.rows, ..Counts::default() };
    let mut api = Api { base_url, ..Api::default() };
    resources::join(&mut api, pages, &overview, &mut registry, sources, &mut read, diagnostics);
    api.api_version = version::version(pages, &overview, diagnostics);
    api.schemas = registry.finish();
    read.schemas = api.schemas.iter().map(|schema| schema.sources.len()).sum();
    whole(pages, &seen, &read, diagnostics);
    Reconciled { api, seen, read }
}

/// Judges the run as a whole.
fn whole(pages: &[PageFacts], seen: &Counts, read: &Counts, diagnostics: &mut Vec<Diagnostic>) {
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

fn overview(pages: &[PageFacts], diagnostics: &mut Vec<Diagnostic>) -> OverviewFacts {
    let mut found = pages.iter().filter_map(|page| page.facts.overview.clone().map(|overview| (page.file, overview)));
    let Some((_, overview)) = found.next() else { return OverviewFacts::default() };
    for (file, _) in found {
        let message = "a second page of facts of the API as a whole";
        diagnostics.push(Diagnostic::new(codes::OVERVIEW_DUPLICATE, Span::new(file, 0..0), message));
    }
    overview
}

/// The one scheme and host of all URLs.
fn base_url(pages: &[PageFacts], overview: &OverviewFacts, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut base = overview.base_url.clone();
    let urls = || pages.iter().filter_map(|page| page.facts.resource.as_ref()?.url.as_ref());
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
