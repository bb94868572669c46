//! A page's blocks as a tree of titles, parts (`##`) and sections (deeper headings).

use crate::markdown::{Block, BlockKind, Heading, Page};
use crate::source::Span;

/// The tree.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// What stands above the title.
    pub lead: &'a [Block],
    /// The first heading of level one.
    pub title: Option<Titled<'a>>,
    /// What stands between the title and the first part.
    pub intro: &'a [Block],
    /// Sections above the first part; no dialect has any.
    pub stray: Vec<Section<'a>>,
    /// The parts.
    pub parts: Vec<Part<'a>>,
    /// Further headings of level one.
    pub extra_titles: Vec<Span>,
}

/// A heading and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Titled<'a> {
    pub heading: &'a Heading,
    pub span: Span,
}

/// A heading of level two with everything below it.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub heading: &'a Heading,
    pub span: Span,
    /// What stands before the first section.
    pub intro: &'a [Block],
    pub sections: Vec<Section<'a>>,
}

/// A deeper heading with the blocks up to the next heading.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub heading: &'a Heading,
    pub span: Span,
    pub blocks: &'a [Block],
}

impl<'a> Outline<'a> {
    pub(super) fn new(page: &'a Page) -> Self {
        let blocks = &page.blocks[..];
        let first = blocks.iter().position(is_heading).unwrap_or(blocks.len());
        let mut outline = Self {
            lead: &blocks[..first],
            title: None,
            intro: &[],
            stray: Vec::new(),
            parts: Vec::new(),
            extra_titles: Vec::new(),
        };
        let mut rest = &blocks[first..];
        while let Some((block, below)) = rest.split_first() {
            let BlockKind::Heading(heading) = &block.kind else { break };
            let length = below.iter().position(is_heading).unwrap_or(below.len());
            let (body, next) = below.split_at(length);
            outline.add(heading, block.span, body);
            rest = next;
        }
        if outline.title.is_none() && !outline.parts.is_empty() {
            // Only the title is missing, not what stands below it.
            outline.intro = std::mem::take(&mut outline.lead);
        }
        outline
    }

    fn add(&mut self, heading: &'a Heading, span: Span, body: &'a [Block]) {
        match heading.level {
            1 if self.title.is_none() && self.parts.is_empty() => {
                self.title = Some(Titled { heading, span });
                self.intro = body;
            }
            1 => {
                self.extra_titles.push(span);
                self.part(heading, span, body);
            }
            2 => self.part(heading, span, body),
            _ => {
                let section = Section { heading, span, blocks: body };
                match self.parts.last_mut() {
                    Some(part) => part.sections.push(section),
                    None => self.stray.push(section),
                }
            }
        }
    }

    fn part(&mut self, heading: &'a Heading, span: Span, intro: &'a [Block]) {
        self.parts.push(Part { heading, span, intro, sections: Vec::new() });
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}
