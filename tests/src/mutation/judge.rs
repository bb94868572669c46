//! Whether a mutant is seen: another model, or a diagnostic that was not there before, at the place of the change.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use generator::source::Source;
use generator::{Read, read};
use serde_json::Value;

use super::edits::Edit;
use super::subject::Subject;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The model differs.
    Seen,
    /// A new diagnostic stands in the part of the page that was changed.
    Reported,
    /// A new diagnostic stands elsewhere.
    Misplaced(String),
    /// Nothing is new.
    Silent,
    /// The reader panicked.
    Panicked,
}

/// What a subject reads as without any change.
pub struct Baseline {
    model: String,
    problems: BTreeMap<(String, String, String), usize>,
}

impl Baseline {
    /// Reads a subject.
    pub fn new(subject: &Subject) -> Self {
        let read = read_with(subject, subject.page.text.clone());
        Self {
            model: model(&read),
            problems: problems(&read).into_iter().map(|(key, lines)| (key, lines.len())).collect(),
        }
    }

    /// Judges a mutant.
    pub fn judge(&self, subject: &Subject, edit: &Edit) -> Verdict {
        let text = edit.apply(&subject.page.text);
        let Ok(read) = catch_unwind(AssertUnwindSafe(|| read_with(subject, text.clone()))) else {
            return Verdict::Panicked;
        };
        let touched = touched(&text, edit);
        let mut elsewhere = None;
        let mut here = false;
        for (key, lines) in problems(&read) {
            if lines.len() <= self.problems.get(&key).copied().unwrap_or_default() {
                continue;
            }
            if key.0 == subject.page.path && lines.iter().any(|line| touched.contains(line)) {
                here = true;
            } else {
                elsewhere.get_or_insert(format!("{}:{:?} {} {}", key.0, lines, key.1, key.2));
            }
        }
        if here {
            Verdict::Reported
        } else if model(&read) != self.model {
            Verdict::Seen
        } else if let Some(elsewhere) = elsewhere {
            Verdict::Misplaced(elsewhere)
        } else {
            Verdict::Silent
        }
    }
}

/// Judges a change of several pages: whether the model differs, or what is reported more than before.
pub(super) fn compare(before: Vec<Source>, after: Vec<Source>) -> (Verdict, String) {
    let before = read(before);
    let Ok(after) = catch_unwind(AssertUnwindSafe(|| read(after))) else { return (Verdict::Panicked, String::new()) };
    if model(&before) != model(&after) {
        return (Verdict::Seen, String::new());
    }
    let known = problems(&before);
    let new = problems(&after).into_iter().find(|(key, lines)| lines.len() > known.get(key).map_or(0, Vec::len));
    new.map_or((Verdict::Silent, String::new()), |(key, _)| (Verdict::Reported, format!("{key:?}")))
}

fn read_with(subject: &Subject, text: String) -> Read {
    let mut pages = subject.beside.clone();
    pages.push(Source { path: subject.page.path.clone(), text });
    read(pages)
}

/// Page, code and message, with the lines where they stand (0 for a problem of the whole run).
fn problems(read: &Read) -> BTreeMap<(String, String, String), Vec<usize>> {
    let mut found: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for diagnostic in &read.diagnostics {
        let (page, line) = diagnostic.span.map(|span| read.sources.place(span)).unwrap_or_default();
        let lines = found.entry((page, diagnostic.code.name.to_owned(), diagnostic.message.clone())).or_default();
        lines.push(line);
        lines.extend(diagnostic.related.iter().map(|(span, _)| read.sources.place(*span).1));
    }
    found
}

/// The lines of the part that holds a change, and of the head of the page where the change is there.
fn touched(text: &str, edit: &Edit) -> std::ops::RangeInclusive<usize> {
    let line_of = |byte: usize| text.get(..byte).map_or(usize::MAX, |before| before.matches('\n').count() + 1);
    let changed_to = (edit.range.start + edit.with.len()).min(text.len());
    let head = |at: usize| text.get(..at).and_then(|before| before.rfind("\n## ")).map_or(0, |found| found + 1);
    let tail = |at: usize| text.get(at..).and_then(|rest| rest.find("\n## ")).map_or(text.len(), |found| at + found);
    let start = if edit.range.start == 0 { 0 } else { head(edit.range.start - 1) };
    // What is left of two parts without the heading between them is one part.
    line_of(start)..=line_of(tail(changed_to))
}

/// The model as text, with the order of places instead of their lines: lines move whenever one is added.
fn model(read: &Read) -> String {
    let mut value = serde_json::to_value(&read.api).unwrap_or_default();
    let mut places = BTreeSet::new();
    walk(&mut value, &mut |page, line| {
        places.insert((page.to_owned(), line.as_u64().unwrap_or_default()));
    });
    let ranks: BTreeMap<_, usize> = places.into_iter().zip(0..).collect();
    walk(&mut value, &mut |page, line| {
        let key = (page.to_owned(), line.as_u64().unwrap_or_default());
        *line = ranks.get(&key).copied().unwrap_or_default().into();
    });
    value.to_string()
}

fn walk(value: &mut Value, visit: &mut impl FnMut(&str, &mut Value)) {
    match value {
        Value::Object(map) if map.len() == 2 && map.contains_key("page") && map.contains_key("line") => {
            let page = map.get("page").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(line) = map.get_mut("line") {
                visit(&page, line);
            }
        }
        Value::Object(map) => map.values_mut().for_each(|inner| walk(inner, visit)),
        Value::Array(items) => items.iter_mut().for_each(|inner| walk(inner, visit)),
        _ => {}
    }
}
