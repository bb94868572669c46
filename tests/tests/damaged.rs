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
