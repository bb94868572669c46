//! Hostile pages: whatever stands in any place of a page, the generated code is the one meant, or the page is refused.
//!
//! The pages in `fixtures/hostile` mark their places as `⟦name|text⟧`. Every hostile text is put into every place.

mod code;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use code::Checks;
use generator::model::{Api, Location};
use generator::source::Source;
use generator::{Read, generate, read};
use serde_json::Value;
use texts::texts;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Two sets of pages with their marks: ours, and one for Docusaurus.
fn marked() -> [Vec<Source>; 2] {
    let folder = root().join("tests/fixtures/hostile");
    let page = |path: &str| {
        let text = fs::read_to_string(folder.join(path)).expect(path);
        Source { path: path.to_owned(), text }
    };
    [
        vec![page("rest-api/overview.md"), page("rest-api/widget.md"), page("schemas/widget.md")],
        vec![page("gadget.mdx")],
    ]
}

/// The pages with a text for each place; without one, it has the text that stands in the mark.
fn filled(pages: &[Source], texts: &BTreeMap<String, String>) -> Vec<Source> {
    let fill = |text: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, mark)) = rest.split_once('⟦') {
            let (mark, after) = mark.split_once('⟧').expect("a mark is closed");
            let (name, own) = mark.split_once('|').expect("a mark has a text");
            out.push_str(before);
            out.push_str(&texts.get(name).map_or_else(|| own.to_owned(), |text| written(name)(text)));
            rest = after;
        }
        out + rest
    };
    pages.iter().map(|page| Source { path: page.path.clone(), text: fill(&page.text) }).collect()
}

/// How texts are written in a place.
fn written(name: &str) -> fn(&str) -> String {
    match name.split_once(':') {
        Some(("json", _)) => |text| {
            let quoted = Value::String(text.to_owned()).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        },
        Some(("js", _)) => |text| {
            let mut out = String::new();
            for char in text.chars() {
                match char {
                    '\'' | '\\' => out.extend(['\\', char]),
                    '\n' => out.push_str("\\n"),
                    _ if char.is_control() => out.extend([format!("\\x{:02X}", u32::from(char))]),
                    _ => out.push(char),
                }
            }
            out
        },
        _ => str::to_owned,
    }
}

/// The places of the marked pages.
fn places(pages: &[Source]) -> BTreeSet<String> {
    let marks = pages.iter().flat_map(|page| page.text.split('⟦').skip(1));
    marks.filter_map(|mark| mark.split_once('|')).map(|(name, _)| name.to_owned()).collect()
}

/// What came of some pages: the code, or none where they were refused; and what is wrong with that.
fn outcome(checks: &Checks, pages: Vec<Source>) -> (Option<BTreeMap<String, String>>, Vec<String>) {
    let mut result = read(pages);
    let wire = wire_names(&result.api);
    let files = generate(&mut result);
    let faults = files.as_ref().map_or_else(|| faults_of_refusal(&result), |files| checks.faults(files, &wire));
    (files, faults)
}

/// Pages are refused for what stands in some place of them, and never because their code is none.
fn faults_of_refusal(read: &Read) -> Vec<String> {
    let errors = read.diagnostics.iter().filter(|diagnostic| diagnostic.severity().as_str() == "error");
    let errors: Vec<_> = errors.map(|error| (error.code.name, error.location(&read.sources))).collect();
    let fine = errors.iter().any(|(_, place)| place.is_some()) && errors.iter().all(|(code, _)| *code != "no-rust");
    if fine { Vec::new() } else { vec![format!("refused without a place, or for its code: {errors:?}")] }
}

/// What the code must say on the wire, letter by letter.
fn wire_names(api: &Api) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for action in api.resources.iter().flat_map(|resource| &resource.actions) {
        names.extend(action.auth.scopes.iter().cloned());
        names.extend(action.events.iter().map(|event| event.name.clone()));
        // What the client sends with every request has no name in its code.
        for param in action.params.iter().filter(|param| !api.global_params.contains(param)) {
            if param.location != Location::Path {
                names.insert(param.name.clone());
            }
            names.extend(param.accepted.iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        }
    }
    for schema in &api.schemas {
        wire_names_of(&schema.schema, &mut names);
    }
    names
}

fn wire_names_of(schema: &Value, names: &mut BTreeSet<String>) {
    names.extend(schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        names.insert(name.clone());
        wire_names_of(inner, names);
    }
    for inner in schema["oneOf"].as_array().into_iter().flatten() {
        wire_names_of(inner, names);
    }
}

/// The checks, which the pages pass as they are.
fn checks(pages: &[Source]) -> Checks {
    let sound = filled(pages, &BTreeMap::new());
    let (files, faults) = outcome(&Checks::default(), sound);
    assert!(faults.is_empty(), "{faults:#?}");
    Checks::of(&files.expect("nothing is wrong with the pages themselves"))
}

#[test]
fn no_text_of_an_action_is_code() {
    every_text(0, |place| !place.starts_with("json:"));
}

#[test]
fn no_text_of_a_schema_is_code() {
    every_text(0, |place| place.starts_with("json:"));
}

#[test]
fn no_text_of_a_page_for_docusaurus_is_code() {
    every_text(1, |_| true);
}

/// Puts every text into every place of one of the two sets.
fn every_text(set: usize, place: impl Fn(&str) -> bool) {
    let pages = &marked()[set];
    let checks = checks(pages);
    let places: Vec<_> = places(pages).into_iter().filter(|name| place(name)).collect();
    let (mut made, mut refused, mut all) = (0, 0, Vec::new());
    for (place, text) in places.iter().flat_map(|place| texts().map(move |text| (place, text))) {
        let short = text.chars().take(60).collect::<String>();
        let (files, faults) = outcome(&checks, filled(pages, &BTreeMap::from([(place.clone(), text)])));
        *if files.is_some() { &mut made } else { &mut refused } += 1;
        all.extend(faults.into_iter().map(|fault| format!("{place} is {short:?}: {fault}")));
    }
    let counts = format!("{} places: {made} texts became code, {refused} were refused", places.len());
    println!("{counts}");
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
    assert!(places.len() >= 14 && made > refused, "{counts}");
}

#[test]
fn no_name_of_a_page_is_a_path() {
    let mut all = Vec::new();
    for pages in marked() {
        let checks = checks(&pages);
        let renamed = (0..pages.len()).filter(|&at| !pages[at].path.ends_with("overview.md"));
        for (at, text) in renamed.flat_map(|at| texts().map(move |text| (at, text))) {
            let mut changed = filled(&pages, &BTreeMap::new());
            let (start, end) = changed[at].path.rsplit_once('.').expect("an ending");
            let folder = start.rsplit_once('/').map_or("", |(folder, _)| folder);
            changed[at].path = format!("{folder}/{text}.{end}");
            let (_, faults) = outcome(&checks, changed);
            let short = text.chars().take(60).collect::<String>();
            all.extend(faults.into_iter().map(|fault| format!("a page called {short:?}: {fault}")));
        }
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

/// The worst that is not refused, all at once, compiles without a warning.
#[test]
fn hostile_code_compiles() {
    let folder = tempfile::tempdir().expect("a folder");
    let (spec, crate_) = (folder.path().join("pages"), folder.path().join("client"));
    let pages = worst();
    for page in &pages {
        let path = spec.join(&page.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &page.text).expect("a page");
    }
    // With the target folder of this very test, so that nothing is built twice.
    let cargo = |folder: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        if let Some(target) = std::env::current_exe().ok().and_then(|exe| Some(exe.ancestors().nth(3)?.to_owned())) {
            command.env("CARGO_TARGET_DIR", target);
        }
        let output = command.current_dir(folder).args(arguments).output().expect("cargo runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !errors.contains("\nwarning: "), "{arguments:?}: {errors}");
    };
    let (from, to) = (spec.to_string_lossy(), crate_.to_string_lossy());
    cargo(&root(), &["run", "--quiet", "--package", "xtask", "--", "regen", "--spec", &from, "--out", &to]);
    cargo(&crate_, &["check", "--offline", "--features", "dynamic"]);
}

/// Pages with a hostile text in every place that takes one beside those in the places before.
fn worst() -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    for pages in marked() {
        let mut chosen = BTreeMap::new();
        for (at, place) in places(&pages).into_iter().enumerate() {
            // Another text is tried first in each place.
            let texts: Vec<String> = texts().collect();
            let (before, behind) = texts.split_at(at * 7 % texts.len());
            for text in behind.iter().chain(before) {
                let mut more = chosen.clone();
                more.insert(place.clone(), text.clone());
                // One crate is made of all of them in the end.
                let together = all.iter().cloned().chain(filled(&pages, &more)).collect();
                if generate(&mut read(together)).is_some() {
                    chosen = more;
                    break;
                }
            }
        }
        println!("{} places hold hostile texts", chosen.len());
        all.extend(filled(&pages, &chosen));
    }
    all
}
