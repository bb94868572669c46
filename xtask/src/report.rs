//! Diagnostics for people (with the lines they speak of), for programs (JSON) and for GitHub's annotations.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::Result;
use clap::ValueEnum;
use generator::Read;
use generator::diagnostic::{Diagnostic, Severity};
use generator::source::{Sources, Span};
use serde_json::json;

use crate::spec::Unreadable;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines they speak of.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// Workflow commands that GitHub shows beside the lines.
    Github,
}

/// Prints everything that is wrong to stderr.
///
/// # Errors
/// When stderr cannot be written.
pub(crate) fn print(read: &Read, unreadable: &[Unreadable], format: Format) -> Result<()> {
    print_below(read, unreadable, format, "")
}

/// The same, with what stands before the paths of pages in GitHub's annotations.
///
/// # Errors
/// When stderr cannot be written.
pub(crate) fn print_below(read: &Read, unreadable: &[Unreadable], format: Format, below: &str) -> Result<()> {
    let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stderr().is_terminal();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = io::BufWriter::new(io::stderr().lock());
    let result = (|| {
        for problem in unreadable {
            writeln!(out, "{}", folder(problem, format))?;
        }
        for diagnostic in &read.diagnostics {
            writeln!(out, "{}", render(&read.sources, diagnostic, format, &renderer, below))?;
        }
        out.flush()
    })();
    match result {
        // Who reads a pipe may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// The line that says what was read.
pub(crate) fn summary(read: &Read, unreadable: &[Unreadable]) -> String {
    let errors = read.count(Severity::Error) + unreadable.len();
    let warnings = read.count(Severity::Warning);
    let notes = read.count(Severity::Note);
    let accepted = match read.overrides.accepted() {
        0 => String::new(),
        count => format!(", {count} accepted"),
    };
    let seen = &read.seen;
    format!(
        "{} pages, {} sections, {} rows; in: {seen}; out: {}; {errors} errors, {warnings} warnings, {notes} notes{accepted}",
        seen.pages, seen.sections, seen.rows, read.counts
    )
}

fn folder(problem: &Unreadable, format: Format) -> String {
    let Unreadable { code, path, message, .. } = problem;
    match format {
        Format::Human => format!("error[{code}]: {path}: {message}"),
        Format::Json => json!({"severity": "error", "code": code, "page": path, "message": message}).to_string(),
        Format::Github => format!("::error title={code}::{}", escape(&format!("{path}: {message}"))),
    }
}

/// One diagnostic.
pub(crate) fn render(
    sources: &Sources,
    diagnostic: &Diagnostic,
    format: Format,
    renderer: &Renderer,
    below: &str,
) -> String {
    match format {
        Format::Human => human(sources, diagnostic, renderer),
        Format::Json => as_json(sources, diagnostic),
        Format::Github => github(sources, diagnostic, below),
    }
}

fn human(sources: &Sources, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let places = diagnostic.span.map(|span| (span, "")).into_iter();
    let related = diagnostic.related.iter().map(|(span, why)| (*span, &why[..]));
    let excerpts: Vec<_> = places.chain(related).map(|(span, why)| (Excerpt::new(sources, span), why)).collect();
    let mut group = level
        .primary_title(&diagnostic.message[..])
        .id(diagnostic.code.name)
        .elements(Vec::<annotate_snippets::Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    for (at, (excerpt, why)) in excerpts.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(excerpt.range.clone()).label((!why.is_empty()).then_some(*why));
        group = group.element(
            Snippet::source(&excerpt.text[..]).line_start(excerpt.line).path(&excerpt.page[..]).annotation(annotation),
        );
    }
    group = group.element(Level::HELP.message(diagnostic.help()));
    renderer.render(&[group])
}

/// The line of a place, cut to what a screen can show.
struct Excerpt {
    page: String,
    line: usize,
    text: String,
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn new(sources: &Sources, span: Span) -> Self {
        /// Characters of context on each side of a place in a very long line.
        const AROUND: usize = 60;
        /// Longer marks say nothing more.
        const LONGEST: usize = 160;
        let source = sources.get(span.file);
        let text = &source.text;
        let start = span.start.min(text.len());
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = span.end.clamp(start, line_end);
        let from = backward(text, line_start, start, AROUND);
        let marked = forward(text, start, end, LONGEST);
        let to = forward(text, marked, line_end, AROUND);
        let mut shown = String::new();
        if from > line_start {
            shown.push('…');
        }
        let shift = shown.len();
        let clean = |part: &str| part.replace(|c: char| c.is_control() && c != '\t', "?");
        shown.push_str(&clean(&text[from..start]));
        let begin = shown.len().max(shift);
        shown.push_str(&clean(&text[start..marked]));
        let range = begin..shown.len();
        shown.push_str(&clean(&text[marked..to]));
        if to < line_end {
            shown.push('…');
        }
        Self { page: source.path.clone(), line: sources.position(span.file, start).line, text: shown, range }
    }
}

/// The place some characters before another one, not before a bound.
fn backward(text: &str, bound: usize, from: usize, characters: usize) -> usize {
    text[bound..from].char_indices().rev().take(characters).last().map_or(from, |(at, _)| bound + at)
}

/// The place some characters behind another one, not behind a bound.
fn forward(text: &str, from: usize, bound: usize, characters: usize) -> usize {
    text[from..bound].char_indices().nth(characters).map_or(bound, |(at, _)| from + at)
}

fn as_json(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let place = |span: Span| {
        let at = sources.position(span.file, span.start);
        json!({"page": sources.get(span.file).path, "line": at.line, "column": at.column})
    };
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(span, why)| {
            let mut at = place(*span);
            at["message"] = json!(why);
            at
        })
        .collect();
    let mut value = json!({
        "severity": diagnostic.severity().as_str(),
        "code": diagnostic.code.name,
        "message": diagnostic.message,
        "help": diagnostic.help(),
        "related": related,
    });
    if let Some(span) = diagnostic.span {
        let at = place(span);
        for key in ["page", "line", "column"] {
            value[key] = at[key].clone();
        }
    }
    value.to_string()
}

fn github(sources: &Sources, diagnostic: &Diagnostic, below: &str) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut line = format!("::{level} ");
    if let Some(span) = diagnostic.span {
        let at = sources.position(span.file, span.start);
        let page = escape(&format!("{below}{}", sources.get(span.file).path)).replace(':', "%3A").replace(',', "%2C");
        // Writing to a string cannot fail.
        let _ = write!(line, "file={page},line={},col={},", at.line, at.column);
    }
    let text = escape(&format!("{}. {}", diagnostic.message, diagnostic.help()));
    let _ = write!(line, "title={}::{text}", diagnostic.code.name);
    line
}

/// Workflow commands are one line each.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
