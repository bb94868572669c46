//! Markdown text to [`Page`]: blocks in page order, each with the bytes it came from.
//!
//! pulldown-cmark is used here and nowhere else; nothing here knows what a page is about.

mod inline;
mod read;
mod row;

use crate::source::{FileId, Span};

pub use read::read;

/// What Markdown takes for white space; others, such as the no-break space, are characters like any.
const BLANKS: [char; 3] = [' ', '\n', '\t'];

/// A page as a list of its top-level blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The source it was read from.
    pub file: FileId,
    /// In page order. What stands inside quotes is not read: no page dialect uses them for facts.
    pub blocks: Vec<Block>,
}

/// One top-level block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes.
    pub span: Span,
}

/// The kinds of top-level blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The YAML head of a page, without its fences.
    FrontMatter(String),
    /// A heading.
    Heading(Heading),
    /// A paragraph of text.
    Paragraph(Inline),
    /// A fenced or indented block of code.
    Code(Code),
    /// A table.
    Table(Table),
    /// A block of HTML, or a paragraph that holds nothing but HTML tags.
    Html(String),
    /// A bulleted or numbered list: its items. What is nested in an item is part of the item's text.
    List(Vec<Inline>),
    /// A block quote.
    Quote,
    /// A horizontal rule.
    Rule,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its words and anchors.
    pub content: Inline,
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The info string: `json`, `bash`.
    pub language: String,
    /// The text between the fences.
    pub text: String,
    /// Where that text stands.
    pub content: Span,
    /// Whether the closing fence is there.
    pub closed: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub header: Row,
    /// Whether the separator row begins and ends with a pipe.
    pub separator_closed: bool,
    /// The rows below the separator.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many cells as the header has; missing ones are empty.
    pub cells: Vec<Inline>,
    /// How many cells are written: surplus cells are not read, but counted.
    pub written: usize,
    /// Whether the row begins and ends with a pipe.
    pub closed: bool,
    /// Its line.
    pub span: Span,
}

/// A run of text with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The text as Markdown with entities and escapes decoded, line breaks kept and anchors left out.
    pub text: String,
    /// Its bytes, without padding.
    pub span: Span,
    /// The links in it.
    pub links: Vec<Link>,
    /// The named places in it: `<a name="x"></a>`, `<a id="x"></a>`, and `{#x}` at the end of a heading.
    pub anchors: Vec<Anchor>,
    /// HTML tags that are no anchors.
    pub html: Vec<Span>,
    /// Images.
    pub images: Vec<Span>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub target: String,
    /// Its bytes.
    pub span: Span,
}

/// A named place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// The bytes of its opening tag, or of its braces.
    pub span: Span,
    /// How it is written.
    pub spelling: Spelling,
}

/// The ways in which places are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `<a name="x">`
    Name,
    /// `<a id="x">`
    Id,
    /// `{#x}` at the end of a heading, as MDX has it.
    Braced,
}

impl Inline {
    /// The text on one line: every run of blanks and line ends is one blank.
    pub fn line(&self) -> String {
        one_line(&self.text)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim_matches(BLANKS).is_empty()
    }
}

/// A text on one line: every run of blanks and line ends is one blank.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(BLANKS).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
