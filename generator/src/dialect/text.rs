//! What can be wrong with a page before anybody knows what it is about.

use super::codes;
use super::context::Context;
use crate::markdown::{BlockKind, Page};
use crate::source::Span;

/// More of one kind than this on a page are not listed one by one.
const MOST: usize = 20;

/// Checks characters, fences, headings and the end of the page.
pub(super) fn check(context: &mut Context<'_>, page: &Page) {
    characters(context);
    for block in &page.blocks {
        match &block.kind {
            BlockKind::Code(code) if !code.closed => {
                context.report(codes::FENCE_OPEN, first_line(context, block.span), "this code block is never closed");
            }
            BlockKind::Heading(heading) if heading.content.is_empty() => {
                context.report(codes::HEADING_EMPTY, block.span, "a heading without words");
            }
            _ => {}
        }
    }
    if let Some(last) = page.blocks.last()
        && matches!(last.kind, BlockKind::Table(_))
        && !context.source.text.ends_with('\n')
    {
        let end = context.source.text.len();
        context.report(
            codes::TABLE_CUT,
            Span::new(context.file, end..end),
            "the page ends within a table, without a line break",
        );
    }
}

/// Every page of a client reference ends with a line break; what ends without one may go on behind the last block.
pub(super) fn check_end(context: &mut Context<'_>) {
    let end = context.source.text.len();
    if !context.source.text.ends_with('\n') && context.diagnostics.iter().all(|found| found.code != codes::TABLE_CUT) {
        context.report(codes::TABLE_CUT, Span::new(context.file, end..end), "the page ends without a line break");
    }
}

fn first_line(context: &Context<'_>, span: Span) -> Span {
    let length = context.slice(span).find('\n').unwrap_or(span.end - span.start);
    Span { end: span.start + length, ..span }
}

fn characters(context: &mut Context<'_>) {
    let text = &context.source.text;
    // Blanks that look like the usual one would be lost where blanks carry no fact.
    let odd = |c: char| c == '\u{FFFD}' || ((c.is_control() || c.is_whitespace()) && !matches!(c, ' ' | '\n' | '\t'));
    // Most lines are plain ASCII, which their bytes tell sooner than their characters.
    let is_plain = |line: &str| line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    let mut end = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        end += line.len();
        (end - line.len(), line)
    });
    let characters = lines
        .filter(|(_, line)| !is_plain(line))
        .flat_map(|(start, line)| line.char_indices().map(move |(at, character)| (start + at, character)));
    let found: Vec<_> = characters.filter(|(_, character)| odd(*character)).take(MOST).collect();
    for (at, character) in found {
        let span = Span::new(context.file, at..at + character.len_utf8());
        if character == '\u{FFFD}' {
            context.report(codes::NOT_UTF8, span, "bytes that are no UTF-8 stand here");
        } else {
            let kind = if character.is_control() { "control character" } else { "unusual blank" };
            let message = format!("the {kind} U+{:04X}", u32::from(character));
            context.report(codes::CONTROL, span, message);
        }
    }
}
