//! Pages of client references: every page of the reference material is read whole, and counts as it should.

mod support;

use generator::diagnostic::{Diagnostic, Severity};
use generator::dialect::{self, ClientFacts, Facts};
use generator::markdown;
use generator::source::{Source, Sources};
use support::{pages, shared};

/// The facts of pages, with what is wrong on each of them.
fn facts(pages: Vec<Source>) -> (Sources, Vec<Facts>, Vec<Diagnostic>) {
    let sources = Sources::new(pages);
    let mut all = Vec::new();
    let mut found = Vec::new();
    for (file, source) in sources.iter() {
        let page = markdown::read(file, &source.text);
        let (facts, diagnostics) = dialect::read(&page, source);
        all.push(facts);
        found.extend(diagnostics);
    }
    (sources, all, found)
}

fn lines(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        format!("{}: [{}] {}\n", one.location(sources).unwrap_or_default(), one.code.name, one.message)
    };
    diagnostics.iter().map(line).collect()
}

/// Pages, actions, parameters, responses and schemas.
fn counts(facts: &[Facts]) -> [usize; 5] {
    let clients = || facts.iter().filter_map(|facts| facts.client.as_ref());
    let actions = || clients().flat_map(|client: &ClientFacts| &client.actions);
    [
        clients().count(),
        actions().count(),
        actions().map(|action| action.params.len()).sum(),
        actions().map(|action| action.responses.len()).sum(),
        facts.iter().map(|facts| facts.schemas.len()).sum(),
    ]
}

/// Each folder of the reference material with what its index counts.
const FOLDERS: &[(&str, [usize; 5])] = &[
    ("js-2015-11-11", [20, 48, 213, 72, 0]),
    ("js-2016-04-12", [23, 80, 437, 180, 106]),
    ("js-2018-11-01", [56, 191, 792, 550, 171]),
    ("js-2026-06-05", [99, 372, 1696, 1088, 323]),
    ("rb-2016-06-07", [23, 85, 462, 193, 109]),
    ("rb-2016-06-09", [23, 83, 204, 189, 70]),
    ("rb-2025-12-09", [97, 367, 1678, 1075, 0]),
    ("py-2016-06-14", [23, 83, 204, 230, 73]),
    ("py-2018-11-08", [56, 191, 792, 550, 171]),
    ("py-2026-03-03", [97, 367, 1680, 1075, 0]),
];

#[test]
fn every_page_is_read_whole() {
    let Some(corpus) = shared("corpus") else { return };
    for (folder, expected) in FOLDERS {
        let (sources, facts, diagnostics) = facts(pages(&corpus.join(folder)));
        let odd = |one: &&Diagnostic| one.code.name != "default-not-accepted" || one.severity() == Severity::Error;
        let worst: Vec<Diagnostic> = diagnostics.iter().filter(odd).cloned().collect();
        assert!(
            worst.is_empty(),
            "{folder}: {} problems\n{}",
            worst.len(),
            lines(&sources, &worst[..worst.len().min(20)])
        );
        assert_eq!(counts(&facts), *expected, "{folder}");
    }
}
