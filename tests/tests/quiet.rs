//! Quiet changes: what one row of a page adds changes only the generated lines that speak of it.
//!
//! Each case adds one thing to the small pages, generates before and after, and reads the difference: nothing may
//! go away, and every run of new lines must have the new name in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;
use similar::{ChangeTag, TextDiff};

const PAGES: [&str; 4] = ["rest-api/overview.md", "rest-api/widget.md", "rest-api/widgets.md", "schemas/widget.md"];

fn pages() -> Vec<Source> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("a page");
    PAGES.iter().map(|path| Source { path: (*path).to_owned(), text: read(path) }).collect()
}

fn generated(pages: Vec<Source>) -> BTreeMap<String, String> {
    let mut read = generator::read(pages);
    let files = generator::generate(&mut read);
    files.unwrap_or_else(|| panic!("errors: {:#?}", read.diagnostics))
}

/// Letters and digits alone: every case form of a name is one.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

/// Replaces `old` by `new` once in a page and checks that the difference speaks of `name` alone. Lines that begin
/// with one of `excused` may change whatever they say.
#[track_caller]
fn only_speaks_of(name: &str, page: &str, old: &str, new: &str, excused: &[&str]) {
    let mut changed = pages();
    let page = changed.iter_mut().find(|source| source.path == page).expect("a page");
    assert!(page.text.contains(old), "the page has no {old}");
    page.text = page.text.replacen(old, new, 1);
    let (before, after) = (generated(pages()), generated(changed));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let mut seen = false;
    let mut loud = Vec::new();
    for (path, before) in &before {
        let diff = TextDiff::from_lines(before.as_str(), after[path].as_str());
        let mut run = String::new();
        // The end closes the last run.
        let lines = diff.iter_all_changes().map(|change| (change.tag(), change.value()));
        for (tag, line) in lines.chain([(ChangeTag::Equal, "")]) {
            let is_excused = excused.iter().any(|start| line.trim_start().starts_with(start));
            match tag {
                ChangeTag::Insert if !is_excused => run.push_str(line),
                ChangeTag::Delete if !is_excused => loud.push(format!("{path}: -{line}")),
                ChangeTag::Insert | ChangeTag::Delete => {}
                ChangeTag::Equal if run.is_empty() => {}
                ChangeTag::Equal => {
                    seen = true;
                    if !plain(&run).contains(&plain(name)) {
                        loud.push(format!("{path}: +{run}"));
                    }
                    run.clear();
                }
            }
        }
    }
    assert!(seen, "nothing changed");
    assert!(loud.is_empty(), "these lines do not speak of {name}:\n{}", loud.concat());
}

const SCHEMAS: &str = "schemas/widget.md";
const WIDGET: &str = "rest-api/widget.md";

#[test]
fn a_field() {
    // In front, in the middle and at the end; of an answer, and of a body with a constructor and setters.
    for name in ["aaField", "middleField", "zzField"] {
        let field = format!("\"{name}\": {{ \"type\": \"string\" }},\n    ");
        let first = "\"creationDate\": {";
        only_speaks_of(name, SCHEMAS, first, &format!("{field}{first}"), &[]);
        let first = "\"password\": {";
        only_speaks_of(name, SCHEMAS, first, &format!("{field}{first}"), &[]);
    }
}

#[test]
fn a_required_field() {
    let new = "\"level\": { \"type\": \"string\" },\n    \"password\": {";
    let mut changed = pages();
    let page = changed.iter_mut().find(|source| source.path == SCHEMAS).expect("a page");
    assert!(page.text.contains("\"required\": [\n    \"name\"\n"));
    let from = page.text.find("\"password\": {").expect("a field");
    let to = page.text.find("  \"required\": [\n    \"name\"\n").expect("a list");
    let old = page.text[from..to].to_owned() + "  \"required\": [\n    \"name\"\n";
    let new = old.replacen("\"password\": {", new, 1).replace("    \"name\"\n", "    \"level\",\n    \"name\"\n");
    // The constructor's arguments are one line while they fit, in the example too.
    only_speaks_of("level", SCHEMAS, &old, &new, &["pub fn new(", "/// let widget = WidgetPatch::new("]);
}

#[test]
fn a_value_of_an_enum() {
    only_speaks_of("middle", SCHEMAS, "        \"asc\",\n", "        \"asc\",\n        \"middle\",\n", &[]);
}

#[test]
fn a_variant_of_a_union() {
    let first =
        "          {\n            \"type\": \"object\",\n            \"properties\": {\n              \"kind\": {";
    let variant = "          {\"type\": \"object\", \"required\": [\"kind\"], \"properties\": \
                   {\"kind\": {\"type\": \"string\", \"enum\": [\"lamp\"]}}},\n";
    only_speaks_of("lamp", SCHEMAS, first, &format!("{variant}{first}"), &[]);
}

#[test]
fn a_query_parameter() {
    let first = "| timeout | N |";
    only_speaks_of("level", WIDGET, first, &format!("| level | N | The level. | | `level=a` |\n{first}"), &[]);
}

#[test]
fn a_scope() {
    // The scopes are also a sentence of the documentation.
    only_speaks_of("widget.all", WIDGET, "widget.*, widget.get.", "widget.*, widget.all, widget.get.", &["///"]);
}

#[test]
fn an_error_answer() {
    let first = "| 404 | [Error](../schemas/widget.md#error) | The widget does not exist. |";
    let row = "| 409 | [Error](../schemas/widget.md#error) | The widget is busy. |";
    only_speaks_of("409", WIDGET, first, &format!("{first}\n{row}"), &[]);
}

#[test]
fn an_event() {
    let first = "| widgetChanged | [Widget](../schemas/widget.md#widget) | The widget as it is now. |";
    let row = "| widgetGone | [Widget](../schemas/widget.md#widget) | The widget as it was. |";
    only_speaks_of("widgetGone", WIDGET, first, &format!("{first}\n{row}"), &[]);
}

#[test]
fn an_action() {
    let pages = pages();
    let text = &pages.iter().find(|source| source.path == WIDGET).expect("a page").text;
    let from = text.find("## Get <a").expect("an action");
    let to = text.find("## Patch <a").expect("an action");
    let get = &text[from..to];
    let new = get
        .replace("## Get <a name=\"get\">", "## Inspect <a name=\"inspect\">")
        .replace("**`WIDGET_ID`**\n\n### Auth", "**`WIDGET_ID`**/inspect\n\n### Auth")
        .replace("widget.get", "widget.inspect");
    only_speaks_of("inspect", WIDGET, "## Patch <a", &format!("{new}## Patch <a"), &[]);
}
