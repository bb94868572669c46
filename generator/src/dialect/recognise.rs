//! Which dialect a page is written in, judged by its content alone.

use std::collections::BTreeMap;

use super::client_style;
use super::mdx;
use super::outline::{Outline, Part};
use super::section::Kind;
use super::url::{self, METHODS};
use crate::markdown::BlockKind;
use crate::source::{Source, Span};

/// The dialects that are read, and what else a page can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    /// `## GET - /logs` (R1).
    Verbs,
    /// `## Get Logs`, sections of level four without anchors (R2).
    Titled,
    /// Sections of level three with anchors (R3 to R5).
    Anchored,
    /// Sections of level three with braced anchors, and schemas on the same page (R6, S7).
    Docusaurus,
    /// The project's own pages.
    Canonical,
    /// Client reference: `## resource.action`, parameters in bullets (C1).
    ClientBullets,
    /// Client reference: `## resource.action`, parameters in tables (C2).
    ClientTables,
    /// Client reference: `### Get` below `## Actions` (B1, B2).
    ClientListed,
    /// Client reference: `## Get`, `#### Available Parameters` (B3 to B4, C5 to C7).
    ClientTitled,
    /// Client schemas: `## accessTokenPatch` and a block (S1, S2).
    SchemasDefined,
    /// Client schemas: `## Access Token Patch` and a block (S3).
    SchemasPlain,
    /// Client schemas: `### <a name="x-schema"></a> Schema` (S4).
    SchemasListed,
    /// `### Schema <a name="x-schema"></a>` (S5).
    SchemasAnchored,
    /// `### X Schema` (S6).
    SchemasTitled,
    /// `### Schema` without anchor: the project's own pages of schemas.
    SchemasCanonical,
    /// The project's own page of the API as a whole.
    Overview,
    /// Prose for people, without facts.
    Prose,
    /// Known and not read.
    Unsupported(&'static str),
    /// Nothing known.
    Unknown,
}

impl Dialect {
    /// Whether it is one of the schemas pages of client references.
    pub(super) fn is_of_client(self) -> bool {
        matches!(self, Self::SchemasDefined | Self::SchemasPlain | Self::SchemasListed)
    }
}

/// What was recognised.
pub(super) struct Recognised {
    pub dialect: Dialect,
    /// The first part that speaks for another dialect.
    pub other: Option<(Span, Dialect)>,
}

const RST: &str = "Python reference pages in reStructuredText";

/// Judges a page.
pub(super) fn recognise(source: &Source, outline: &Outline<'_>) -> Recognised {
    let clear = |dialect| Recognised { dialect, other: None };
    if let Some(family) = unsupported(source) {
        return clear(Dialect::Unsupported(family));
    }
    if mdx::is_docusaurus(source, outline) {
        // Parts of other dialects have sections of another level or anchors of another spelling.
        return clear(Dialect::Docusaurus);
    }
    let votes: Vec<_> =
        outline.parts.iter().filter_map(|part| vote(source, part).map(|dialect| (part.span, dialect))).collect();
    if let Some(&(_, first)) = votes.first() {
        let mut counts: BTreeMap<Dialect, usize> = BTreeMap::new();
        for (_, dialect) in &votes {
            *counts.entry(*dialect).or_default() += 1;
        }
        let best = counts.into_iter().map(|(dialect, count)| (count, dialect == first, dialect)).max();
        let dialect = best.map_or(first, |(_, _, dialect)| dialect);
        let other = votes.into_iter().find(|(_, vote)| *vote != dialect);
        return Recognised { dialect, other };
    }
    let title = outline.title.map(|title| title.heading.content.line()).unwrap_or_default();
    let stem = stem(&source.path);
    clear(if has_fact_table(outline) {
        Dialect::Overview
    } else if outline.stray.iter().any(|section| section.heading.content.line() == "Contents") {
        Dialect::ClientTitled
    } else if title.ends_with(" Actions") {
        Dialect::Anchored
    } else if stem == "_schemas" {
        Dialect::SchemasListed
    } else if title == "Schemas" || stem == "schemas" {
        Dialect::SchemasTitled
    } else if stem == "overview" {
        Dialect::Prose
    } else if starts_with_url(outline) {
        // Actions, cut off or with their marks missing.
        Dialect::Canonical
    } else {
        Dialect::Unknown
    })
}

/// The file's name without folder and ending.
pub(super) fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn unsupported(source: &Source) -> Option<&'static str> {
    let extension = source.path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("rst").then_some(RST)
}

/// The dialect that one part speaks for.
fn vote(source: &Source, part: &Part<'_>) -> Option<Dialect> {
    if let Some(dialect) = client_style::vote(source, part) {
        return Some(dialect);
    }
    let heading = part.heading.content.line();
    if is_verb_heading(&heading) {
        return Some(Dialect::Verbs);
    }
    let mut votes = [
        (0_usize, Dialect::Titled),
        (0, Dialect::Anchored),
        (0, Dialect::Canonical),
        (0, Dialect::SchemasAnchored),
        (0, Dialect::SchemasTitled),
        (0, Dialect::SchemasCanonical),
    ];
    let own_anchor = !part.heading.content.anchors.is_empty();
    // One anchor of the two may be missing.
    let anchors = part.sections.iter().any(|section| !section.heading.content.anchors.is_empty());
    for section in &part.sections {
        let words = section.heading.content.line();
        let anchored = !section.heading.content.anchors.is_empty();
        let place = if Kind::of(section).is_some() {
            match (section.heading.level, anchored, own_anchor) {
                (_, true, _) => 1,
                (3, false, true) => 2,
                (4, false, _) => 0,
                _ => continue,
            }
        } else if words == "Schema" || words == "Example" {
            if anchors { 3 } else { 5 }
        } else if words == format!("{heading} Schema") || words == format!("{heading} Example") {
            4
        } else {
            continue;
        };
        votes[place].0 += 1;
    }
    votes.into_iter().filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, dialect)| dialect)
}

/// Whether a heading is a verb, alone or with a path behind a dash.
pub(super) fn is_verb_heading(words: &str) -> bool {
    let (verb, rest) = words.split_once(" - ").map_or((words, None), |(verb, rest)| (verb, Some(rest)));
    let verb_like =
        METHODS.contains(&verb) || (verb.len() > 2 && verb.chars().all(|c| c.is_ascii_uppercase()) && rest.is_some());
    verb_like && rest.is_none_or(|rest| rest.starts_with('/'))
}

fn starts_with_url(outline: &Outline<'_>) -> bool {
    let first = outline.intro.first().or(outline.lead.first());
    first
        .is_some_and(|block| matches!(&block.kind, BlockKind::Paragraph(inline) if inline.text.starts_with('/') || url::has_host(&inline.text)))
}

fn has_fact_table(outline: &Outline<'_>) -> bool {
    outline.intro.iter().any(|block| match &block.kind {
        BlockKind::Table(table) => table.header.cells.first().is_some_and(|cell| cell.line() == "Fact"),
        _ => false,
    })
}
