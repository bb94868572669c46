//! How the dialects of client references differ, and by what their pages are told.

use super::link::Words;
use super::names;
use super::outline::{Part, Section};
use super::recognise::Dialect;
use crate::markdown::{Block, BlockKind};
use crate::source::Source;

/// The sections of an action, in the order in which pages have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Authentication,
    Parameters,
    Successes,
    Errors,
    Example,
}

/// What one page has.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub dialect: Dialect,
    /// The level of an action's sections.
    pub level: u8,
    /// The sections of every action and their headings.
    pub sections: Vec<(Kind, &'static str)>,
    /// The columns of the tables of parameters.
    pub columns: &'static [&'static str],
}

/// The columns in the order in which they were introduced, but for `Required`, which every table has.
const COLUMNS: &[&str] = &["Name", "Required", "Type", "Description", "Default", "Example"];

impl Style {
    /// Columns and the section on authentication are those of the whole page: one place that has them settles it.
    pub(super) fn new(dialect: Dialect, parts: &[Part<'_>]) -> Self {
        let early = matches!(dialect, Dialect::ClientBullets | Dialect::ClientTables);
        let sections = || parts.iter().flat_map(|part| &part.sections);
        let mut kinds = Vec::new();
        if sections().any(|section| section.heading.content.line() == "Authentication") {
            kinds.push((Kind::Authentication, "Authentication"));
        }
        kinds.extend(if dialect == Dialect::ClientTitled {
            [
                (Kind::Parameters, "Available Parameters"),
                (Kind::Successes, "Successful Responses"),
                (Kind::Errors, "Error Responses"),
            ]
        } else {
            [(Kind::Parameters, "Parameters"), (Kind::Successes, "Responses"), (Kind::Errors, "Errors")]
        });
        if early {
            kinds.push((Kind::Example, "Example"));
        }
        if dialect == Dialect::ClientBullets {
            kinds.retain(|(kind, _)| *kind != Kind::Errors);
        }
        let has = |column: &str| sections().flat_map(|section| section.blocks).any(|block| has_column(block, column));
        let width = match dialect {
            Dialect::ClientTitled if kinds[0].0 == Kind::Authentication || has("Example") => 6,
            Dialect::ClientTitled if has("Default") => 5,
            _ => 4,
        };
        Self { dialect, level: if early { 3 } else { 4 }, sections: kinds, columns: &COLUMNS[..width] }
    }

    /// What the words of links to schemas are; they changed when tables had five columns.
    pub(super) fn words(&self) -> Words {
        match (self.dialect, self.columns.len()) {
            (Dialect::ClientTitled, 6) => Words::Title,
            (Dialect::ClientTitled, _) => Words::Either,
            _ => Words::Definition,
        }
    }

    /// Whether actions are headed by their call, `resource.action`, and not by a title.
    pub(super) fn headed_by_call(&self) -> bool {
        self.sections.last().is_some_and(|(kind, _)| *kind == Kind::Example)
    }
}

fn has_column(block: &Block, column: &str) -> bool {
    matches!(&block.kind, BlockKind::Table(table) if table.header.cells.iter().any(|cell| cell.line() == column))
}

/// The dialect of client references, or of their pages of schemas, that one part speaks for.
pub(super) fn vote(source: &Source, part: &Part<'_>) -> Option<Dialect> {
    let is = |section: &Section<'_>, level: u8, words: &[&str]| {
        section.heading.level == level && words.contains(&section.heading.content.line().as_str())
    };
    let any = |level: u8, words: &[&str]| part.sections.iter().any(|section| is(section, level, words));
    let sample = part.intro.iter().any(is_sample);
    if any(4, &["Available Parameters"]) || (sample && any(4, &["Successful Responses", "Error Responses"])) {
        return Some(Dialect::ClientTitled);
    }
    let early = ["Parameters", "Responses", "Errors"];
    if any(4, &early) {
        return Some(Dialect::ClientListed);
    }
    if any(3, &early) {
        let blocks = || part.sections.iter().filter(|section| is(section, 3, &early)).flat_map(|found| found.blocks);
        let lists = blocks().any(|block| matches!(block.kind, BlockKind::List(_)));
        let tables = blocks().any(|block| matches!(block.kind, BlockKind::Table(_)));
        return Some(if lists && !tables { Dialect::ClientBullets } else { Dialect::ClientTables });
    }
    if sample && part.sections.is_empty() {
        let defined = names::is_definition(&part.heading.content.line());
        return Some(if defined { Dialect::SchemasDefined } else { Dialect::SchemasPlain });
    }
    // Other pages of schemas have the anchor behind the word.
    let anchor_first = |section: &Section<'_>| {
        is(section, 3, &["Schema", "Example"])
            && section.heading.content.anchors.first().is_some_and(|anchor| {
                let before = source.text.get(section.span.start..anchor.span.start).unwrap_or_default();
                before.chars().all(|c| c == '#' || c == ' ')
            })
    };
    part.sections.iter().any(anchor_first).then_some(Dialect::SchemasListed)
}

fn is_sample(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Code(code) if matches!(&code.language[..], "javascript" | "ruby" | "python"))
}
