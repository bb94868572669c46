//! Marks that Markdown or the readers of facts would pass over: tags and anchors where none belong, and text that
//! Markdown does not show.

use super::codes;
use super::context::Context;
use super::mdx::is_braced;
use super::recognise::Dialect;
use crate::markdown::{Anchor, Block, BlockKind, Heading, Inline, Page, Spelling};
use crate::source::Span;

/// The lines that old templates put between blocks.
const BREAK: &str = "<br/>";

/// Checks a page.
pub(super) fn check(context: &mut Context<'_>, page: &Page, dialect: Dialect) {
    if dialect == Dialect::Prose {
        return;
    }
    dropped(context, page);
    anchors(context, page);
    // Descriptions of schemas carry the names of definitions.
    let defined = matches!(dialect, Dialect::SchemasTitled | Dialect::SchemasCanonical);
    for block in &page.blocks {
        match &block.kind {
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.header).chain(&table.rows);
                for cell in rows.flat_map(|row| &row.cells) {
                    text(context, cell, false);
                }
            }
            // A literal is read as it is written.
            BlockKind::Paragraph(inline) if inline.text.starts_with(super::mdx::DISPLAY) => {}
            BlockKind::Paragraph(inline) => text(context, inline, defined),
            BlockKind::List(items) => {
                for item in items {
                    text(context, item, false);
                }
                list(context, block, dialect);
            }
            BlockKind::Heading(heading) => self::heading(context, heading, block, dialect),
            _ => {}
        }
    }
}

fn text(context: &mut Context<'_>, inline: &Inline, anchors: bool) {
    super::table::tags(context, inline);
    if let Some(anchor) = inline.anchors.first().filter(|_| !anchors) {
        context.report(codes::HTML_INLINE, anchor.span, "an anchor in a text");
    }
    for anchor in &inline.anchors {
        let (_, behind) = around(context, anchor);
        if behind.starts_with([' ', '\n']) {
            context.report(codes::HTML_INLINE, anchor.span, "a blank between this anchor and its text");
        }
    }
}

fn heading(context: &mut Context<'_>, heading: &Heading, block: &Block, dialect: Dialect) {
    super::table::tags(context, &heading.content);
    // All others have none.
    let most = usize::from(matches!(
        (dialect, heading.level),
        (Dialect::Anchored | Dialect::SchemasAnchored | Dialect::SchemasListed | Dialect::Docusaurus, 3)
            | (Dialect::Canonical | Dialect::SchemasCanonical | Dialect::SchemasDefined, 2)
    ));
    if let Some(anchor) = heading.content.anchors.get(most) {
        context.report(codes::HTML_INLINE, anchor.span, "an anchor that this heading does not have on other pages");
    }
    for anchor in heading.content.anchors.iter().filter(|anchor| anchor.spelling != Spelling::Braced) {
        let (before, behind) = around(context, anchor);
        let apart = before.ends_with([' ', '\n']) && (behind.is_empty() || behind.starts_with([' ', '\n']));
        // The oldest pages have the words between the tags.
        if !apart && dialect != Dialect::SchemasDefined {
            context.report(codes::HTML_INLINE, anchor.span, "there is no blank between this anchor and the words");
        }
    }
    let written = context.slice(block.span);
    if written.starts_with('#') && written.ends_with('#') && !heading.content.text.ends_with('#') {
        context.report(codes::DROPPED, block.span, "Markdown drops the closing marks of this heading");
    }
}

/// What stands before an anchor and behind its two tags.
fn around<'a>(context: &Context<'a>, anchor: &Anchor) -> (&'a str, &'a str) {
    let text = &context.source.text;
    let behind = text.get(anchor.span.end..).unwrap_or_default();
    (text.get(..anchor.span.start).unwrap_or_default(), behind.strip_prefix("</a>").unwrap_or(behind))
}

/// Lists begin with one mark in all pages of a dialect; where there are none, each is reported as such.
fn list(context: &mut Context<'_>, block: &Block, dialect: Dialect) {
    let mark = match dialect {
        Dialect::ClientBullets => '-',
        Dialect::ClientListed | Dialect::ClientTitled => '*',
        _ if dialect.is_of_client() => '*',
        _ => return,
    };
    if !context.slice(block.span).starts_with(mark) {
        context.report(
            codes::LIST_UNEXPECTED,
            block.span,
            format!("the items of this list do not begin with `{mark}`"),
        );
    }
}

/// Reports anchors that are spelled as another dialect has them.
fn anchors(context: &mut Context<'_>, page: &Page) {
    let mut headed: Vec<(&Anchor, bool)> = Vec::new();
    for block in &page.blocks {
        match &block.kind {
            BlockKind::Heading(heading) => headed.extend(heading.content.anchors.iter().map(|anchor| (anchor, true))),
            BlockKind::Paragraph(inline) => headed.extend(inline.anchors.iter().map(|anchor| (anchor, false))),
            _ => {}
        }
    }
    // On the day before braces came, pages for Docusaurus had tags.
    let braced = context.docusaurus && headed.iter().any(|(anchor, _)| is_braced(anchor));
    for (anchor, is_headed) in headed {
        let known = match is_headed {
            true if braced => Spelling::Braced,
            true => Spelling::Name,
            false => Spelling::Id,
        };
        if anchor.spelling != known {
            context.report(codes::MIXED, anchor.span, "this anchor is spelled as another dialect has it");
        }
    }
}

/// Reports what stands outside of all blocks: definitions of links, which Markdown shows nowhere.
fn dropped(context: &mut Context<'_>, page: &Page) {
    let end = context.source.text.len();
    let mut found = Vec::new();
    let mut at = 0;
    for (start, next) in page.blocks.iter().map(|block| (block.span.start, block.span.end)).chain([(end, end)]) {
        let gap = context.source.text.get(at..start).unwrap_or_default();
        let mut line_start = at;
        for line in gap.split_inclusive('\n') {
            // A fence's marks and the blanks before a block belong to the block.
            if !line.trim_ascii().is_empty() && line.trim_ascii() != BREAK {
                found.push(Span::new(page.file, line_start..line_start + line.trim_ascii_end().len()));
            }
            line_start += line.len();
        }
        at = at.max(next);
    }
    for span in found {
        context.report(codes::DROPPED, span, "Markdown does not show this text");
    }
}
