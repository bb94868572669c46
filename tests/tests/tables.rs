//! The tables of `docs/` and the documentation of the actions say what is there: what they name exists, and nothing is
//! left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// The rows of all tables of a page below their headers, cell by cell.
fn rows(page: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut is_table = false;
    for line in page.lines() {
        let cells = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |"));
        let cells: Vec<String> =
            cells.map(|cells| cells.split(" | ").map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default();
        if cells.first().is_some_and(|cell| cell.starts_with("---")) {
            // What stood above it was the header.
            rows.pop();
            is_table = true;
        } else if cells.is_empty() {
            is_table = false;
        } else {
            assert!(is_table || !line.is_empty(), "{line}");
            rows.push(cells);
        }
    }
    rows
}

/// What a cell names in code quotes that is a file, with the function behind `::` if one is named.
fn evidence(cell: &str) -> Vec<(String, Option<String>)> {
    let quoted = cell.split('`').skip(1).step_by(2);
    let files = quoted.filter(|text| text.contains('/') || text.contains(".rs") || text.contains(".md"));
    files
        .map(|text| match text.split_once("::") {
            Some((file, name)) => (file.to_owned(), Some(name.to_owned())),
            None => (text.to_owned(), None),
        })
        .collect()
}

/// What is wrong with a piece of evidence. Tests are below `tests/tests` unless a path says otherwise.
fn fault((file, name): &(String, Option<String>)) -> Option<String> {
    let path = [root().join("tests/tests").join(file), root().join(file)].into_iter().find(|path| path.is_file());
    let Some(path) = path else { return Some(format!("no file {file}")) };
    let name = name.as_ref()?;
    let text = fs::read_to_string(path).expect("a file");
    let is_test = ["test]", "tokio::test]"].iter().any(|attribute| {
        text.match_indices(&format!("fn {name}(")).any(|(at, _)| {
            let before = text[..at].trim_end().trim_end_matches("async").trim_end();
            before.ends_with(&format!("#[{attribute}"))
        })
    });
    (!is_test).then(|| format!("no test {name} in {file}"))
}

/// The tests of a folder or file, as the tables name them.
fn tests_of(folder: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/tests").join(folder)).expect("a folder") {
        let path = entry.expect("an entry").path();
        let file = format!("{folder}/{}", path.file_name().expect("a name").to_string_lossy());
        let text = fs::read_to_string(&path).expect("a file");
        for (at, _) in text.match_indices("test]\n") {
            let name = text[at..].split_once("fn ").and_then(|(_, rest)| rest.split('(').next());
            names.extend(name.map(|name| format!("{file}::{name}")));
        }
    }
    names
}

#[test]
fn every_row_has_its_evidence() {
    for (page, fewest) in [("docs/faults.md", 40), ("docs/wishes.md", 26 + 25)] {
        let rows = rows(&read(page));
        assert!(rows.len() >= fewest, "{page} has {} rows", rows.len());
        for row in rows {
            let evidence = evidence(row.last().expect("a cell"));
            assert!(!evidence.is_empty(), "{page}: nothing shows {row:?}");
            let faults: Vec<_> = evidence.iter().filter_map(fault).collect();
            assert!(faults.is_empty(), "{page}: {faults:?} in {row:?}");
        }
    }
}

#[test]
fn every_wish_is_answered() {
    let numbers: Vec<_> = rows(&read("docs/wishes.md")).iter().filter_map(|row| row[0].parse::<u8>().ok()).collect();
    assert_eq!(numbers, (1..=26).collect::<Vec<_>>());
}

#[test]
fn every_fault_that_is_tested_is_told() {
    let page = read("docs/faults.md");
    let untold: Vec<_> = tests_of("faults").into_iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(untold.is_empty(), "{untold:#?}");
    assert!(tests_of("faults").len() >= 40);
}

#[test]
fn a_table_that_rots_is_seen() {
    let table =
        "| a | b |\n| --- | --- |\n| x | `faults/main.rs` |\n| y | `faults/limits.rs::gone`, `docs/gone.md` |\n";
    let rows = rows(table);
    assert_eq!(rows.len(), 2);
    let faults: Vec<_> =
        rows.iter().flat_map(|row| evidence(&row[1])).filter_map(|evidence| fault(&evidence)).collect();
    assert_eq!(faults, ["no test gone in faults/limits.rs", "no file docs/gone.md"]);
}

/// The pages of the project.
fn pages() -> Vec<Source> {
    let mut pages = Vec::new();
    for folder in ["rest-api", "schemas"] {
        for entry in fs::read_dir(root().join("spec").join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            pages.push(Source { path: format!("{folder}/{name}"), text: fs::read_to_string(&path).expect("a page") });
        }
    }
    pages
}

/// The functions of a resource's handle: each with its documentation.
fn documented(text: &str) -> Vec<(String, String)> {
    let file = syn::parse_file(text).expect("Rust");
    let mut functions = Vec::new();
    for item in file.items {
        let syn::Item::Impl(item) = item else { continue };
        let syn::Type::Path(of) = &*item.self_ty else { continue };
        let is_handle = of.path.segments.last().is_some_and(|name| name.ident.to_string().ends_with("Resource"));
        if item.trait_.is_some() || !is_handle {
            continue;
        }
        for function in item.items {
            let syn::ImplItem::Fn(function) = function else { continue };
            if !matches!(function.vis, syn::Visibility::Public(_)) {
                continue;
            }
            let lines = function.attrs.iter().filter_map(|attribute| match &attribute.meta {
                syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                    syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            });
            let docs = lines.collect::<Vec<_>>().join("\n");
            functions.push((function.sig.ident.to_string().trim_start_matches("r#").to_owned(), docs));
        }
    }
    functions
}

#[test]
fn every_action_has_its_documentation() {
    let api = generator::read(pages()).api;
    let actions: usize = api.resources.iter().map(|resource| resource.actions.len()).sum();
    let mut seen = 0;
    for resource in &api.resources {
        let module = generator::plan::names::words(&resource.name).join("_");
        let file = read(format!("generated-client/src/generated/resources/{module}.rs"));
        let functions = documented(&file);
        assert_eq!(functions.len(), resource.actions.len(), "{}", resource.name);
        for action in &resource.actions {
            let name = generator::plan::names::words(&action.name).join("_");
            // Every handle has a `clone` already.
            let taken = format!("{name}_action");
            let named = |(function, _): &&(String, String)| *function == name || *function == taken;
            let (_, docs) = functions.iter().find(named).unwrap_or_else(|| panic!("no function {name}"));
            let of = |what: &str| assert!(docs.contains(what), "{}.{name} has no `{what}` in\n{docs}", resource.name);
            of(&format!("`{} {}`", action.method, action.path));
            of(if action.auth.required { "Needs a token" } else { "No token is needed." });
            action.auth.scopes.iter().for_each(|scope| of(&format!("`{scope}`")));
            of("# Errors");
            let failures = action.responses.iter().filter(|response| response.code >= 300);
            failures.for_each(|failure| of(&format!("- `{}`: ", failure.code)));
            // It is a test of the documentation, which compiles it.
            of("```no_run");
            of(".await");
            seen += 1;
        }
    }
    assert_eq!(seen, actions);
    assert!(actions > 370);
}
