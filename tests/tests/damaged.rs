//! Damaged pages: every fixture has its diagnostics, by code, place and words.

mod support;

use std::collections::BTreeSet;
use std::fs;

use generator::diagnostic::Severity;
use generator::source::Source;
use generator::{codes, read};
use support::{fixtures, pages, plain, read_folder};

/// Fixtures whose problem is only pointed out: the facts are all there.
const WARNED: &[&str] = &[
    "curl-query",
    "curl-without-token",
    "default-not-accepted",
    "default-of-required",
    "html-in-text",
    "mdx-schemas-first",
    "path-row-order",
    "resource-undescribed",
    "schema-title-shared",
    "schemas-not-provided",
    "scope-twice",
    "section-order",
    "title-of-another-file",
];

fn cases() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(fixtures().join("damaged"))
        .expect("the fixtures")
        .map(|entry| entry.expect("a fixture").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_damage_is_reported() {
    let cases = cases();
    assert!(cases.len() >= 45, "only {} fixtures", cases.len());
    for case in cases {
        let result = read_folder(&fixtures().join("damaged").join(&case));
        let warned = WARNED.contains(&&case[..]);
        assert_eq!(result.has_errors(), !warned, "{case}: {:?}", result.diagnostics);
        assert!(!result.diagnostics.is_empty(), "{case}: nothing is reported");
    }
}

#[test]
fn diagnostics_say_what_and_where() {
    let mut all = String::new();
    for case in cases() {
        let result = read_folder(&fixtures().join("damaged").join(&case));
        all.extend(["# ", &case, "\n", &plain(&result), "\n"]);
    }
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("damaged", all);
    });
}

#[test]
fn sound_pages_have_no_diagnostics() {
    for case in ["canonical", "anchored", "docusaurus", "verbs"] {
        let result = read_folder(&fixtures().join("sound").join(case));
        assert!(result.diagnostics.is_empty(), "{case}: {}", plain(&result));
        assert_eq!(result.seen, result.counts);
    }
}

/// Slips of a character or two on sound pages: what a reader that is lenient anywhere would take for the same.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("anchored/widget.md", "### Authentication <a", "### Authentication<a", "html-in-text"),
    ("anchored/widget.md", "<a name=\"get-headers\">", "<a id=\"get-headers\">", "dialect-mixed"),
    ("anchored/widget.md", "<a name=\"get-headers\"></a>", "<a name=\"get-headers\">", "html-in-text"),
    ("anchored/widget.md", "following scopes:\nall", "following scopes:all", "scopes-malformed"),
    ("anchored/widget.md", "sort. Accepted", "sort.Accepted", "accepted-values-malformed"),
    ("anchored/widget.md", "asc, desc |", "asc,desc |", "accepted-values-malformed"),
    ("anchored/widget.md", "[Widget Patch](", "[Widget Patch ](", "link-blank"),
    ("anchored/widget.md", "[Widget Patch](", "[Widget PATCH](", "link-words"),
    ("anchored/widget.md", "## Get\n", "## get\n", "action-title"),
    ("anchored/widget.md", "```json", "``` json", "code-language"),
    ("anchored/widget.md", "**`WIDGET_ID`**", "**`WIDGET__ID`**", "url-malformed"),
    (
        "verbs/widget.md",
        "https://api.losant.com/applications/**`APPLICATION_ID`**/widgets/**`WIDGET_ID`**\n\nBelow",
        "<p>https://api.losant.com/applications/**`APPLICATION_ID`**/widgets/**`WIDGET_ID`**</p>\n\nBelow",
        "address-form",
    ),
    ("anchored/schemas.md", "### Schema <a", "### Schema<a", "html-in-text"),
    ("canonical/overview.md", "losant.com`", "losant.com/`", "overview-malformed"),
    ("canonical/overview.md", "`^1.30.0`", "^1.30.0", "cell-without-backticks"),
    ("canonical/widget.md", "`sortDirection=asc`", "sortDirection=asc", "cell-without-backticks"),
    ("canonical/widget.md", "scopes: all", "scopes:all", "scopes-malformed"),
    ("canonical/widget.md", "| WIDGET_ID |", "| `WIDGET_ID` |", "parameter-name"),
    ("canonical/widget.md", "Required: [", "Required ``x``: [", "body-malformed"),
    ("canonical/schemas/widget.md", "</a>What", "</a> What", "html-in-text"),
    ("canonical/schemas/widget.md", "<a id=", "<a name=", "dialect-mixed"),
    ("docusaurus/gadget.mdx", "#### Error Example", "#### Error Example {#x}", "html-in-text"),
    ("docusaurus/gadget.mdx", "#### Error Schema", "#### ErrorSchema", "section-unknown"),
    ("docusaurus/gadget.mdx", "[Error](#error)", "[Error](#-error)", "link-not-to-schema"),
    ("docusaurus/gadget.mdx", "category: Rest", "category:Rest", "front-matter-malformed"),
    ("docusaurus/gadget.mdx", "data={ {", "data={{", "json-display-malformed"),
    ("docusaurus/gadget.mdx", "there\" }", "there\", }", "schema-example-not-json"),
    ("docusaurus/gadget.mdx", "NotFound", "Not\\/Found", "schema-example-not-json"),
];

#[test]
fn no_slip_passes_in_silence() {
    for (path, from, to, code) in SLIPS {
        let (folder, page) = path.split_once('/').expect("a folder and a page");
        let mut all = pages(&fixtures().join("sound").join(folder));
        let text = &mut all.iter_mut().find(|source| source.path == page).expect("the page").text;
        assert!(text.contains(from), "{path} has no `{from}`");
        *text = text.replacen(from, to, 1);
        let result = read(all);
        let found = result.diagnostics.iter().any(|diagnostic| diagnostic.code.name == *code);
        assert!(found, "{path}: `{from}` as `{to}` is no {code}, but {}", plain(&result));
    }
}

/// The words of a link are the title of the schema that it leads to, on pages of clients, too.
#[test]
fn links_of_clients_are_in_the_words_of_the_title() {
    let sound = pages(&fixtures().join("clients/columns"));
    for words in ["[sprocket post]", "[SPROCKET Post]", "[Sprocket post]"] {
        let mut all = sound.clone();
        for page in &mut all {
            page.text = page.text.replace("[Sprocket Post](_", &format!("{words}(_"));
        }
        let result = read(all);
        assert!(result.diagnostics.iter().any(|found| found.code.name == "link-words"), "{words}: {}", plain(&result));
    }
}

#[test]
fn codes_are_unique_and_helpful() {
    let all: Vec<_> = codes::ALL.iter().copied().flatten().collect();
    let names: BTreeSet<_> = all.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), all.len(), "a code stands twice");
    for code in all {
        assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", code.name);
        assert!(!code.help.is_empty(), "{} has no help", code.name);
    }
}

#[test]
fn line_ends_byte_order_marks_and_order_carry_no_fact() {
    let sound = pages(&fixtures().join("sound/canonical"));
    let expected = read(sound.clone()).api;
    let change = |edit: fn(&str) -> String| -> Vec<Source> {
        sound.iter().map(|page| Source { path: page.path.clone(), text: edit(&page.text) }).collect()
    };
    let windows = read(change(|text| text.replace('\n', "\r\n")));
    let marked = read(change(|text| format!("\u{FEFF}{text}")));
    let reversed = read(sound.iter().rev().cloned().collect());
    for result in [windows, marked, reversed] {
        assert!(result.diagnostics.is_empty(), "{}", plain(&result));
        assert_eq!(result.api, expected);
    }
}

#[test]
fn columns_may_stand_in_another_order() {
    let mut changed = pages(&fixtures().join("sound/canonical"));
    let expected = read(changed.clone()).api;
    for page in &mut changed {
        let swap = |line: &str| {
            let cells: Vec<&str> = line.split('|').collect();
            match cells[..] {
                ["", code, kind, text, ""] if !text.contains("575e") && !code.contains("Path") => {
                    format!("|{text}|{code}|{kind}|")
                }
                _ => line.to_owned(),
            }
        };
        let in_responses = page.text.replace("| ---- | ---- | ----------- |", "| --- | --- | --- |");
        page.text = in_responses.lines().map(swap).collect::<Vec<_>>().join("\n") + "\n";
        page.text = page.text.replace("| ----------- | -------------- | ------- |", "| --- | --- | --- |");
    }
    let result = read(changed);
    assert!(!result.has_errors(), "{}", plain(&result));
    assert_eq!(without_spans(&result.api), without_spans(&expected));
}

fn without_spans(api: &generator::model::Api) -> serde_json::Value {
    serde_json::to_value(api).expect("a model")
}

#[test]
fn huge_pages_are_read_in_seconds() {
    let start = std::time::Instant::now();
    let page = |text: String| vec![Source { path: "widget.md".to_owned(), text }];
    let ten_megabytes = 10_000_000;
    for text in [
        "x".repeat(ten_megabytes),
        format!("# Widget Actions\n\n{}", "`**[a](b)".repeat(ten_megabytes / 100)),
        format!("# Widget\n\n| a | b |\n| - | - |\n| {} |\n", "x | ".repeat(ten_megabytes / 40)),
        format!("# Widget Actions\n\n{}", "## Get\n\n### Request Hats\n\n".repeat(50_000)),
        format!("# Widget Actions\n\n{}", "## GET\n<br/>\n".repeat(50_000)),
        format!("# Schemas\n\n{}", "## A\n\n### Schema <a name=\"a-schema\"></a>\n".repeat(50_000)),
        ">".repeat(100_000),
        format!("# Widget\n\n## Get\n\n```json\n{}\n```\n", "[".repeat(1_000_000)),
        "a, ".repeat(1_000_000),
    ] {
        let result = read(page(text));
        assert!(result.count(Severity::Error) > 0);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
