//! What every reader of a page carries along: the page's text and the list of its problems.

use super::codes;
use super::link::Words;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Block, BlockKind, Code as CodeBlock, Inline, Table};
use crate::source::{FileId, Source, Span};

/// The page under the reader's hands.
pub(super) struct Context<'a> {
    pub source: &'a Source,
    pub file: FileId,
    /// Whether it is one of the project's own pages, which have sentences of their own.
    pub canonical: bool,
    /// On a page of a client reference: how it names schemas in links.
    pub client: Option<Words>,
    /// Whether it is a page for Docusaurus, whose links to schemas lead to places of the page itself.
    pub docusaurus: bool,
    pub diagnostics: Vec<Diagnostic>,
}

impl Context<'_> {
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        self.source.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Reports a block in a place where the grammar has none of its kind.
    pub(super) fn unexpected(&mut self, block: &Block, place: &str) {
        let (code, message) = match &block.kind {
            BlockKind::Paragraph(inline) if looks_like_rows(inline) => {
                (codes::TABLE_SEPARATOR, format!("rows of a table that is none, in {place}"))
            }
            BlockKind::Paragraph(inline) if !inline.images.is_empty() => {
                (codes::IMAGE_UNEXPECTED, format!("an image in {place}"))
            }
            BlockKind::Paragraph(_) => (codes::PARAGRAPH_UNKNOWN, format!("text that is not known in {place}")),
            BlockKind::Code(_) => (codes::CODE_UNEXPECTED, format!("a code block in {place}")),
            BlockKind::Table(_) => (codes::TABLE_UNEXPECTED, format!("a table in {place}")),
            BlockKind::Html(_) => (codes::HTML_UNEXPECTED, format!("HTML in {place}")),
            BlockKind::List(_) => (codes::LIST_UNEXPECTED, format!("a list in {place}")),
            BlockKind::Quote => (codes::QUOTE_UNEXPECTED, format!("a quote in {place}")),
            BlockKind::Rule => (codes::RULE_UNEXPECTED, format!("a horizontal rule in {place}")),
            BlockKind::FrontMatter(_) => (codes::FRONT_MATTER, format!("front matter in {place}")),
            BlockKind::Heading(_) => (codes::SECTION_UNKNOWN, format!("a heading in {place}")),
        };
        self.report(code, block.span, message);
    }
}

/// Whether a paragraph is what is left of a table.
pub(super) fn looks_like_rows(inline: &Inline) -> bool {
    inline.text.lines().any(|line| line.trim_start().starts_with('|'))
}

/// The blocks of one section, taken one by one; what nobody takes is reported at the end.
pub(super) struct Body<'a> {
    blocks: Vec<Option<&'a Block>>,
    /// The section's heading.
    pub heading: Span,
    /// The last text that was taken; readers take texts in the order in which pages have them.
    last: Option<Span>,
    /// A text behind a table or code block, or behind a text that follows it elsewhere.
    late: Option<Span>,
}

impl<'a> Body<'a> {
    pub(super) fn new(blocks: &'a [Block], heading: Span) -> Self {
        let blocks: Vec<_> = blocks.iter().filter(|block| !is_spacer(block)).collect();
        let mut behind = blocks.iter().skip_while(|block| is_text(block));
        let late = behind.find(|block| is_text(block)).map(|block| block.span);
        Self { blocks: blocks.into_iter().map(Some).collect(), heading, last: None, late }
    }

    fn take<T>(&mut self, pick: impl Fn(&'a Block) -> Option<T>) -> Option<T> {
        let mut found = self.blocks.iter_mut().filter_map(|slot| Some((pick((*slot)?)?, slot.take()?)));
        let (picked, block) = found.next()?;
        if is_text(block) {
            if self.last.is_some_and(|last| last.start > block.span.start) {
                self.late = self.late.or(self.last);
            }
            self.last = Some(block.span);
        }
        Some(picked)
    }

    /// The first table.
    pub(super) fn table(&mut self) -> Option<&'a Table> {
        self.take(|block| if let BlockKind::Table(table) = &block.kind { Some(table) } else { None })
    }

    /// The first list.
    pub(super) fn list(&mut self) -> Option<(&'a [Inline], Span)> {
        self.take(|block| if let BlockKind::List(items) = &block.kind { Some((&items[..], block.span)) } else { None })
    }

    /// Whether there is a list.
    pub(super) fn has_list(&self) -> bool {
        self.blocks.iter().flatten().any(|block| matches!(block.kind, BlockKind::List(_)))
    }

    /// The first code block.
    pub(super) fn code(&mut self) -> Option<(&'a CodeBlock, Span)> {
        self.take(|block| if let BlockKind::Code(code) = &block.kind { Some((code, block.span)) } else { None })
    }

    /// The first paragraph that is not the ruin of a table.
    pub(super) fn paragraph(&mut self) -> Option<&'a Inline> {
        self.take(|block| match &block.kind {
            BlockKind::Paragraph(inline) if !looks_like_rows(inline) && inline.images.is_empty() => Some(inline),
            _ => None,
        })
    }

    /// The first paragraph that satisfies a condition.
    pub(super) fn paragraph_if(&mut self, test: impl Fn(&Inline) -> bool) -> Option<&'a Inline> {
        self.take(|block| match &block.kind {
            BlockKind::Paragraph(inline) if test(inline) => Some(inline),
            _ => None,
        })
    }

    /// The first block of HTML that satisfies a condition.
    pub(super) fn html_if(&mut self, test: impl Fn(&str) -> bool) -> Option<(&'a str, Span)> {
        self.take(|block| match &block.kind {
            BlockKind::Html(html) if test(html) => Some((&html[..], block.span)),
            _ => None,
        })
    }

    /// The place of the first block that satisfies a condition.
    pub(super) fn block_if(&mut self, test: impl Fn(&Block) -> bool) -> Option<Span> {
        self.take(|block| test(block).then_some(block.span))
    }

    /// Whether something is left that may be a broken table.
    pub(super) fn has_broken_table(&self) -> bool {
        self.blocks.iter().flatten().any(|block| matches!(&block.kind, BlockKind::Paragraph(p) if looks_like_rows(p)))
    }

    /// Reports what is left.
    pub(super) fn finish(self, context: &mut Context<'_>, place: &str) {
        if let Some(span) = self.late {
            context.report(codes::BLOCK_ORDER, span, format!("this text stands too late in {place}"));
        }
        for block in self.blocks.into_iter().flatten() {
            context.unexpected(block, place);
        }
    }
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Html(_))
}

/// Empty lines that old templates made out of tags.
fn is_spacer(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Html(html) if html == "<small><br/></small>" || html == "<small></small>" || html == "<br/>")
}
