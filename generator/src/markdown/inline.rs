//! One run of text: events between the start and the end of a paragraph, heading or cell.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Anchor, BLANKS, Inline, Link, Spelling};
use crate::source::{FileId, Span};

/// Collects the events of one run of text.
///
/// The text is rebuilt from the source between the events, so that marks such as the `*` of `device.*` survive
/// whatever Markdown takes them for, while entities and escapes are decoded.
pub(super) struct Builder<'a> {
    source: &'a str,
    file: FileId,
    inline: Inline,
    /// Up to where the source is copied.
    cursor: Option<usize>,
    link: Option<Link>,
    /// Whether an anchor waits for its closing tag.
    anchor_open: bool,
    /// Whether only tags and white space were seen.
    only_html: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, file: FileId, range: &Range<usize>) -> Self {
        let span = Span::new(file, range.clone());
        Self {
            source,
            file,
            inline: Inline {
                text: String::new(),
                span,
                links: Vec::new(),
                anchors: Vec::new(),
                html: Vec::new(),
                images: Vec::new(),
            },
            cursor: None,
            link: None,
            anchor_open: false,
            only_html: true,
        }
    }

    pub(super) fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.cursor.get_or_insert(range.start);
                self.only_html = false;
                match tag {
                    Tag::Link { dest_url, title, .. } => {
                        let span = Span::new(self.file, range);
                        // Nobody asks for the title of a link; as a part of the target it is seen.
                        let target =
                            if title.is_empty() { dest_url.to_string() } else { format!("{dest_url} \"{title}\"") };
                        self.link = Some(Link { text: String::new(), target, span });
                    }
                    Tag::Image { .. } => self.inline.images.push(Span::new(self.file, range)),
                    _ => {}
                }
            }
            Event::End(tag) => {
                self.copy_to(range.end);
                if matches!(tag, TagEnd::Link)
                    && let Some(link) = self.link.take()
                {
                    self.inline.links.push(link);
                }
            }
            Event::Text(text) => {
                self.only_html &= text.trim_matches(BLANKS).is_empty();
                self.leaf(&range, text);
            }
            Event::Code(text) => {
                self.only_html = false;
                let whole = self.source.get(range.clone()).unwrap_or_default();
                let ticks = whole.len() - whole.trim_start_matches('`').len();
                let fence = "`".repeat(ticks.max(1));
                self.leaf(&range, &format!("{fence}{text}{fence}"));
            }
            Event::InlineHtml(tag) | Event::Html(tag) => self.html(&range, tag),
            Event::SoftBreak | Event::HardBreak => self.leaf(&range, "\n"),
            _ => self.leaf(&range, ""),
        }
    }

    fn html(&mut self, range: &Range<usize>, tag: &str) {
        if let Some((name, spelling)) = anchor_name(tag) {
            let span = Span::new(self.file, range.clone());
            if self.anchor_open {
                self.inline.html.push(span);
            }
            self.inline.anchors.push(Anchor { name, span, spelling });
            self.anchor_open = true;
            self.leaf(range, "");
        } else if tag == "</a>" && self.anchor_open {
            self.anchor_open = false;
            self.leaf(range, "");
        } else {
            self.inline.html.push(Span::new(self.file, range.clone()));
            self.leaf(range, tag);
        }
    }

    fn leaf(&mut self, range: &Range<usize>, text: &str) {
        self.copy_to(range.start);
        self.inline.text.push_str(text);
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        self.cursor = Some(range.end.max(self.cursor.unwrap_or(range.end)));
    }

    /// Copies the marks between two events; a backslash at their end is an escape and goes.
    fn copy_to(&mut self, end: usize) {
        let start = self.cursor.unwrap_or(end);
        if let Some(gap) = self.source.get(start..end) {
            self.inline.text.push_str(gap.strip_suffix('\\').unwrap_or(gap));
            self.cursor = Some(end);
        } else if self.cursor.is_none() {
            self.cursor = Some(end);
        }
    }

    /// The finished text, and whether it holds nothing but tags.
    pub(super) fn finish(mut self) -> (Inline, bool) {
        if let Some(open) = self.inline.anchors.last().filter(|_| self.anchor_open) {
            // An anchor that is never closed is a tag like any.
            self.inline.html.push(open.span);
        }
        let trimmed = self.inline.text.trim_matches(BLANKS);
        if trimmed.len() != self.inline.text.len() {
            self.inline.text = trimmed.to_owned();
        }
        let whole = self.source.get(self.inline.span.start..self.inline.span.end).unwrap_or_default();
        let tight = whole.trim_matches(|c: char| c.is_whitespace() || c == '|');
        if !tight.is_empty() {
            self.inline.span.start +=
                whole.len() - whole.trim_start_matches(|c: char| c.is_whitespace() || c == '|').len();
            self.inline.span.end = self.inline.span.start + tight.len();
        }
        let only_html = self.only_html && !self.inline.html.is_empty() && self.inline.anchors.is_empty();
        (self.inline, only_html)
    }
}

/// The name of `<a name="x">` and `<a id="x">`.
fn anchor_name(tag: &str) -> Option<(String, Spelling)> {
    let (key, value) = tag.strip_prefix("<a ")?.trim_ascii_start().split_once('=')?;
    let spelling = match key {
        "name" => Spelling::Name,
        "id" => Spelling::Id,
        _ => return None,
    };
    let name = value.strip_prefix('"')?.strip_suffix("\">")?;
    (!name.contains('"')).then(|| (name.to_owned(), spelling))
}

/// Takes ` {#name}` from the end of a heading, where that is what the source has there.
pub(super) fn braced_anchor(source: &str, inline: &mut Inline) {
    let Some((words, name)) = inline.text.strip_suffix('}').and_then(|text| text.rsplit_once(" {#")) else { return };
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "{}#<>".contains(c)) {
        return;
    }
    let start = inline.span.end.saturating_sub(name.len() + "{#}".len());
    let span = Span { start, ..inline.span };
    let written = source.get(span.start..span.end).unwrap_or_default();
    if written.strip_prefix("{#").and_then(|rest| rest.strip_suffix('}')) == Some(name) {
        inline.anchors.push(Anchor { name: name.to_owned(), span, spelling: Spelling::Braced });
        inline.text = words.trim_ascii_end().to_owned();
    }
}
