//! A page with one fact changed gives another model or a diagnostic at the place of the change, never silence.

use std::path::{Path, PathBuf};

use tests::mutation::{NO_FACTS, Set, Table, Verdict, cases, folder_name, is_readable, mutant, mutant_of_folder, rule};
use tests::{pages, shared};

/// Runs a sample over folders; every mutant must be seen, or change nothing but what carries no fact.
fn sample(folders: &[&Path], set: Set, seed: u64, count: u64) {
    let named: Vec<_> = folders.iter().map(|folder| (folder_name(folder), pages(folder))).collect();
    for (name, pages) in &named {
        assert!(is_readable(pages), "{name} is refused");
    }
    let cases = cases(&named);
    let (mut table, mut shown) = (Table::default(), String::new());
    for outcome in (0..count).filter_map(|number| mutant(&cases, set, seed, number)) {
        table.add(&outcome);
        if !matches!(outcome.verdict, Verdict::Seen | Verdict::Reported) && outcome.rule.is_none() {
            let place = format!("{} {}/{}", outcome.number, outcome.folder, outcome.page);
            shown.extend([place, format!(" {}: {:?} {}\n", outcome.kind, outcome.verdict, outcome.shown)]);
        }
    }
    assert!(table.mutants() > usize::try_from(count).unwrap_or_default() / 2, "{table}");
    assert!(shown.is_empty(), "seed {seed}:\n{shown}");
}

#[test]
fn no_fact_of_our_pages_is_lost_in_silence() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    sample(&[&spec], Set::Parts, 11, 1500);
    sample(&[&spec], Set::Plain, 11, 1000);
}

#[test]
fn no_fact_of_the_reference_pages_is_lost_in_silence() {
    let Some(corpus) = shared("corpus") else { return };
    let names =
        ["rest-2016-06-14", "rest-2017-07-12", "rest-2019-02-19", "js-2016-04-12", "rb-2016-06-09", "py-2018-11-08"];
    let folders = names.map(|name| corpus.join(name));
    let folders = folders.each_ref().map(PathBuf::as_path);
    sample(&folders, Set::Parts, 12, 1500);
    sample(&folders, Set::Plain, 12, 1000);
    sample(&folders, Set::Every, 0, 2000);
}

#[test]
fn pages_that_are_gone_renamed_or_mixed_are_seen() {
    let Some(corpus) = shared("corpus") else { return };
    let named = ["rest-2018-01-17", "js-2018-11-01", "rb-2016-06-07"];
    let folders = named.map(|name| (name.to_owned(), pages(&corpus.join(name))));
    let mut count = 0;
    for outcome in (0..150).filter_map(|number| mutant_of_folder(&folders, 7, number)) {
        let seen = matches!(outcome.verdict, Verdict::Seen | Verdict::Reported) || outcome.rule.is_some();
        assert!(seen, "{} {}: {}", outcome.folder, outcome.kind, outcome.shown);
        count += 1;
    }
    assert!(count > 80, "only {count} changes");
}

#[test]
fn the_list_of_what_carries_no_fact_is_short_and_reasoned() {
    assert!(NO_FACTS.len() <= 14);
    for rule in NO_FACTS {
        assert!(rule.why.len() > 30, "{} has no reason", rule.name);
    }
    let page = "# A\n\n| a | b |\n| - | - |\n| c | d |\n\n```json\n{\"x\": 1, \"y\": 2}\n```\n";
    for (change, want) in [
        (page.replace("# A", "#  A"), Some("white space")),
        (page.replace("| - |", "| ---- |"), Some("width of a separator")),
        (page.replace("\"x\": 1, \"y\": 2", "\"y\": 2, \"x\": 1"), Some("spelling of JSON")),
        (page.replace("\"x\": 1", "\"x\": 2"), None),
        (page.replace("| c | d |", "| c | e |"), None),
        (page.replace("# A", "# B"), None),
    ] {
        assert_eq!(rule(page, &change).map(|rule| rule.name), want, "{change}");
    }
}
