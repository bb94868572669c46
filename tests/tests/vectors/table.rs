//! The table of the client's `wire` module: where its requests are not those of an official client.

use std::collections::BTreeSet;

const DOCS: &str = include_str!("../../../generated-client/src/wire.rs");

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    client: String,
    /// Calls, with `*` for anything; or `defect` and its name.
    vectors: Vec<String>,
    classes: Vec<String>,
}

/// A difference and where it was found.
pub(crate) struct Call<'a> {
    pub(crate) client: &'a str,
    pub(crate) key: &'a str,
    pub(crate) defects: &'a BTreeSet<String>,
    pub(crate) class: &'a str,
}

impl Row {
    pub(crate) fn covers(&self, call: &Call<'_>) -> bool {
        let is_of = |vectors: &String| match vectors.strip_prefix("defect ") {
            Some(defect) => call.defects.contains(defect),
            None => matches(vectors, call.key),
        };
        self.client == call.client
            && self.classes.iter().any(|class| class == call.class)
            && self.vectors.iter().any(is_of)
    }
}

/// The rows; each cell that is data is a list of code spans.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for line in DOCS.lines().filter_map(|line| line.strip_prefix("//! | `")) {
        let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
        let [client, vectors, classes, sent, ours, why] = cells[..] else { panic!("not six cells: {line}") };
        for text in [sent, ours, why] {
            assert!(!text.trim().is_empty(), "an empty cell: {line}");
        }
        let client = client.trim_end_matches('`').to_owned();
        rows.push(Row { client, vectors: codes(vectors), classes: codes(classes) });
    }
    assert!(!rows.is_empty(), "the table is not there");
    rows
}

fn codes(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            (0..=tail.len()).filter(|at| tail.is_char_boundary(*at)).any(|at| matches(rest, &tail[at..]))
        }),
    }
}

#[test]
fn patterns_match_whole_names() {
    for (pattern, text, is) in [
        ("a.b min", "a.b min", true),
        ("*.* min", "a.b min", true),
        ("*.* min", "a.b min-anon", false),
        ("*", "", true),
        ("a*c", "abc", true),
        ("a*c", "abd", false),
    ] {
        assert_eq!(matches(pattern, text), is, "{pattern} {text}");
    }
}
