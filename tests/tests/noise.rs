//! No noise: how many generated lines change for each fact that changes, over the made-up changes and over consecutive
//! folders of published pages. The distribution is printed (`cargo test -p tests --test noise -- --nocapture`).

#[path = "../../xtask/src/cases.rs"]
mod cases;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use generator::diff::{self, Side};
use generator::source::Source;
use similar::{ChangeTag, TextDiff};
use support::{fixtures, pages, shared};

/// A client in memory.
struct Made {
    read: generator::Read,
    plan: generator::plan::Crate,
    files: BTreeMap<String, String>,
}

/// A client that keeps the names of the one before it, as `regen` does.
fn made(pages: Vec<Source>, before: Option<&Made>) -> Option<Made> {
    let mut read = generator::read(pages);
    let built = generator::build_types(&mut read);
    let plan =
        generator::build_plan(&mut read, &built, &before.map(|before| before.plan.lock.clone()).unwrap_or_default());
    let files = generator::emit_files(&mut read, &plan)?;
    Some(Made { read, plan, files })
}

/// What changed between two clients.
struct Noise {
    name: String,
    /// Changes of facts, as `cargo xtask diff` lists them.
    facts: usize,
    added: usize,
    removed: usize,
    /// Where lines changed.
    files: BTreeSet<String>,
}

impl Noise {
    fn per_fact(&self) -> usize {
        (self.added + self.removed).div_ceil(self.facts.max(1))
    }
}

fn noise(name: &str, old: &Made, new: &Made) -> Noise {
    let changes = diff::compare(Side { read: &old.read, plan: &old.plan }, Side { read: &new.read, plan: &new.plan });
    // What becomes of the client alone is no fact of the pages.
    let facts = changes.iter().filter(|change| change.place.owner != diff::Owner::Rust).count();
    let mut noise = Noise { name: name.to_owned(), facts, added: 0, removed: 0, files: BTreeSet::new() };
    let paths: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    for path in paths {
        let text = |made: &'_ Made| made.files.get(path).cloned().unwrap_or_default();
        let (before, after) = (text(old), text(new));
        for change in TextDiff::from_lines(&before, &after).iter_all_changes() {
            match change.tag() {
                ChangeTag::Insert => noise.added += 1,
                ChangeTag::Delete => noise.removed += 1,
                ChangeTag::Equal => continue,
            }
            noise.files.insert(path.clone());
        }
    }
    noise
}

/// Prints median, 95 % and maximum of the lines for each fact, with the worst.
fn print(title: &str, mut all: Vec<Noise>) {
    all.sort_by_key(|noise| (noise.per_fact(), noise.name.clone()));
    let at = |percent: usize| all.get((all.len() * percent / 100).min(all.len() - 1)).map_or(0, Noise::per_fact);
    println!(
        "{title}: {} pairs; lines for each fact: median {}, 95 % {}, maximum {}",
        all.len(),
        at(50),
        at(95),
        at(100)
    );
    for noise in all.iter().rev().take(5) {
        let Noise { name, facts, added, removed, .. } = noise;
        println!("  {:>5} lines for each of {facts} facts: {name} (+{added} -{removed})", noise.per_fact());
    }
}

#[test]
fn a_changed_fact_changes_few_lines() {
    let base = pages(&fixtures().join("changes/pages"));
    let before = made(base.clone(), None).expect("pages without errors");
    let text = fs::read_to_string(fixtures().join("changes/changes.yaml")).expect("the list of changes");
    let mut all = Vec::new();
    for case in cases::read(&text).expect("changes") {
        let Some(after) = made(case.apply(&base).expect("pages"), Some(&before)) else {
            println!("{}: pages with errors make no client", case.name);
            continue;
        };
        let noise = noise(&case.name, &before, &after);
        // What is new says nothing of what was there.
        if ["a resource", "an action", "a schema", "a field of an answer", "an optional parameter", "a value"]
            .contains(&&case.name[..])
        {
            assert_eq!(noise.removed, 0, "{}: lines went away in {:?}", case.name, noise.files);
        }
        // Prose, examples, bounds and what only the server knows are lines of documentation or none.
        if ["a text", "an example", "a bound", "a default of a field", "a default", "a method", "a failure"]
            .contains(&&case.name[..])
        {
            assert!(noise.added + noise.removed <= 8, "{}: +{} -{}", case.name, noise.added, noise.removed);
        }
        all.push(noise);
    }
    all.sort_by_key(Noise::per_fact);
    let median = all[all.len() / 2].per_fact();
    assert!(median <= 40, "the median is {median} lines for each fact");
    print("made-up changes", all);
}

#[test]
fn published_pages_change_as_much_as_they_say() {
    let Some(corpus) = shared("corpus") else { return };
    let mut names: Vec<String> = fs::read_dir(&corpus)
        .expect("the folders")
        .map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("rest-2"))
        .collect();
    names.sort();
    let mut all = Vec::new();
    let mut before: Option<(String, Made)> = None;
    for name in names {
        let after =
            made(pages(&corpus.join(&name)), before.as_ref().map(|(_, before)| before)).expect("pages without errors");
        if let Some((old, before)) = &before {
            let noise = noise(&format!("{old} → {name}"), before, &after);
            println!("{}: {} facts, +{} -{} lines", noise.name, noise.facts, noise.added, noise.removed);
            all.push(noise);
        }
        before = Some((name, after));
    }
    print("published pages", all);
}
