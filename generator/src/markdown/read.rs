//! The walk over pulldown-cmark's events.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};

use super::inline::{self, Builder};
use super::{Block, BlockKind, Code, Heading, Inline, Page, Row, Table, row};
use crate::source::{FileId, Span};

/// A line that upstream templates put between blocks, often without the blank line that Markdown wants after it.
const BREAK: &str = "<br/>";

/// Reads a page. Every text is a page; what is wrong with it is judged by who knows the dialect.
pub fn read(file: FileId, text: &str) -> Page {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let parsed = without_breaks(text);
    let mut reader = Reader { file, text, events: Parser::new_ext(&parsed, options).into_offset_iter() };
    let mut blocks = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        if let Some(kind) = reader.block(event, &range) {
            blocks.push(Block { kind, span: reader.span(&range) });
        }
    }
    Page { file, blocks }
}

/// Blanks the lines `<br/>` in place: as the start of an HTML block they would swallow the lines below.
fn without_breaks(text: &str) -> Cow<'_, str> {
    if !text.contains(BREAK) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim_end_matches('\n') == BREAK {
            out.push_str("     ");
            out.push_str(&line[BREAK.len()..]);
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    events: OffsetIter<'a>,
}

impl Reader<'_> {
    /// The span of a block, without the line ends behind it.
    fn span(&self, range: &Range<usize>) -> Span {
        let slice = self.text.get(range.clone()).unwrap_or_default();
        let end = range.start + slice.trim_end_matches(['\n', ' ']).len();
        Span::new(self.file, range.start..end.max(range.start))
    }

    fn block(&mut self, event: Event<'_>, range: &Range<usize>) -> Option<BlockKind> {
        let tag = match event {
            Event::Rule => return Some(BlockKind::Rule),
            Event::Start(tag) => tag,
            _ => return None,
        };
        Some(match tag {
            Tag::Heading { level, .. } => {
                let (mut content, _) = self.inline(range);
                inline::braced_anchor(self.text, &mut content);
                BlockKind::Heading(Heading { level: level as u8, content })
            }
            Tag::Paragraph => match self.inline(range) {
                (inline, false) => BlockKind::Paragraph(inline),
                (inline, true) => BlockKind::Html(inline.text),
            },
            Tag::CodeBlock(kind) => {
                self.skip();
                BlockKind::Code(self.code(&kind, range))
            }
            Tag::Table(_) => BlockKind::Table(self.table(range)),
            Tag::MetadataBlock(_) => {
                self.skip();
                let whole = self.text.get(range.clone()).unwrap_or_default().trim_ascii_end();
                let inner = whole.strip_prefix("---").unwrap_or(whole);
                BlockKind::FrontMatter(inner.strip_suffix("---").unwrap_or(inner).trim_ascii().to_owned())
            }
            Tag::BlockQuote(_) => {
                self.skip();
                BlockKind::Quote
            }
            Tag::List(_) => BlockKind::List(self.list()),
            // Blocks of HTML; all others belong to extensions that are switched off.
            _ => {
                self.skip();
                BlockKind::Html(self.text.get(range.clone()).unwrap_or_default().trim_ascii().to_owned())
            }
        })
    }

    /// Passes over everything up to the end of the block that has just begun.
    fn skip(&mut self) {
        let mut depth = 1_usize;
        while depth > 0
            && let Some((event, _)) = self.events.next()
        {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    fn inline(&mut self, range: &Range<usize>) -> (Inline, bool) {
        let mut builder = Builder::new(self.text, self.file, range);
        let mut depth = 0_usize;
        for (event, at) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            builder.event(&event, at);
        }
        builder.finish()
    }

    fn list(&mut self) -> Vec<Inline> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(_) => items.push(self.inline(&at).0),
                Event::End(_) => break,
                _ => {}
            }
        }
        items
    }

    fn code(&self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Code {
        let slice = self.text.get(range.clone()).unwrap_or_default();
        let CodeBlockKind::Fenced(_) = kind else {
            let content = Span::new(self.file, range.clone());
            return Code { language: String::new(), text: slice.to_owned(), content, closed: true };
        };
        let opening = slice.find('\n').map_or(slice.len(), |at| at + 1);
        let first = slice[..opening].trim_ascii_start();
        let mark = first.chars().next().unwrap_or('`');
        let width = first.len() - first.trim_start_matches(mark).len();
        let body = slice[opening..].trim_end_matches('\n');
        let last_start = body.rfind('\n').map_or(0, |at| at + 1);
        let last = body[last_start..].trim_ascii();
        let closed = slice.len() > opening && last.len() >= width && last.chars().all(|c| c == mark);
        let inner = if closed { &body[..last_start] } else { &slice[opening..] };
        Code {
            // A blank before the word is a part of it: no page has one.
            language: first.trim_start_matches(mark).trim_end_matches(super::BLANKS).to_owned(),
            text: inner.to_owned(),
            content: Span::new(self.file, range.start + opening..range.start + opening + inner.len()),
            closed,
        }
    }

    fn table(&mut self, range: &Range<usize>) -> Table {
        let mut header = None;
        let mut rows = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => header = Some(self.row(&at)),
                Event::Start(Tag::TableRow) => rows.push(self.row(&at)),
                Event::Start(_) => self.skip(),
                Event::End(_) => break,
                _ => {}
            }
        }
        let separator = self.text.get(range.clone()).and_then(|table| table.lines().nth(1)).unwrap_or_default();
        let empty = || Row { cells: Vec::new(), written: 0, closed: true, span: self.span(range) };
        Table { header: header.unwrap_or_else(empty), separator_closed: row::written(separator).1, rows }
    }

    fn row(&mut self, range: &Range<usize>) -> Row {
        let line = self.text.get(range.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let (written, closed) = row::written(line);
        let span = Span::new(self.file, range.start..range.start + line.trim_ascii_end().len());
        let mut cells = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.inline(&at).0),
                Event::End(_) => break,
                _ => {}
            }
        }
        Row { cells, written, closed, span }
    }
}
