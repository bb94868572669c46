//! Where the entries of a file stand. The YAML reader tells places of errors only, so the lines are looked at once
//! more: lists in block style are recognised, and everything else has the place of what holds it.

use std::ops::Range;

use crate::source::{FileId, Span};

/// The lines of a file, each with its first byte.
pub(super) struct Lines<'a> {
    file: FileId,
    lines: Vec<(usize, &'a str)>,
}

/// Some lines.
pub(super) type Block = Range<usize>;

impl<'a> Lines<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let mut at = 0;
        let lines = text.split('\n').map(|line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        });
        Self { file, lines: lines.collect() }
    }

    /// All lines.
    pub(super) fn all(&self) -> Block {
        0..self.lines.len()
    }

    /// The lines under a key: the key's own, and what is deeper (or as deep, for the items of a list).
    pub(super) fn section(&self, within: &Block, key: &str) -> Block {
        let Some(at) = within.clone().find(|&at| self.key(at).is_some_and(|found| found == key)) else {
            return within.clone();
        };
        let indent = self.indent(at);
        let belongs = |&line: &usize| {
            let is_item = self.content(line).starts_with('-') && !self.content(at).starts_with('-');
            self.is_blank(line) || self.indent(line) > indent || (self.indent(line) == indent && is_item)
        };
        let length = (at + 1..within.end).take_while(belongs).count();
        at..at + 1 + length
    }

    /// The lines of each item of the list under a key; the whole section for each where they are not told apart.
    pub(super) fn items(&self, section: &Block, count: usize) -> Vec<Block> {
        let is_dash = |line: usize| self.content(line) == "-" || self.content(line).starts_with("- ");
        let mut starts: Vec<usize> = section.clone().skip(1).filter(|&line| is_dash(line)).collect();
        if let Some(indent) = starts.first().map(|&first| self.indent(first)) {
            starts.retain(|&line| self.indent(line) == indent);
        }
        if starts.len() != count {
            return vec![section.clone(); count];
        }
        let ends = starts.iter().skip(1).copied().chain([section.end]);
        starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
    }

    /// What stands behind a key in some lines, or the first line of them.
    pub(super) fn value(&self, block: &Block, key: &str) -> Span {
        let found = block.clone().find_map(|at| {
            let (start, line) = self.lines[at];
            let value = self.after_dash(at).strip_prefix(key)?.trim_start().strip_prefix(':')?.trim();
            let offset = line.rfind(value).filter(|_| !value.is_empty())?;
            Some(Span::new(self.file, start + offset..start + offset + value.len()))
        });
        found.unwrap_or_else(|| self.first(block))
    }

    /// A key in some lines, or the first line of them.
    pub(super) fn name(&self, block: &Block, key: &str) -> Span {
        let found = block.clone().find(|&at| self.key(at).is_some_and(|found| found == key));
        found.map_or_else(|| self.first(block), |at| self.line(at))
    }

    /// The first line of some, without what indents it.
    pub(super) fn first(&self, block: &Block) -> Span {
        self.line(block.start)
    }

    /// A place by line and column in characters, from one.
    pub(super) fn place(&self, line: usize, column: usize) -> Span {
        let at = line.saturating_sub(1).min(self.lines.len().saturating_sub(1));
        let Some(&(start, text)) = self.lines.get(at) else { return Span::new(self.file, 0..0) };
        let offset = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(offset, _)| offset);
        Span::new(self.file, start + offset..start + text.len())
    }

    fn line(&self, at: usize) -> Span {
        let Some((start, line)) = self.lines.get(at) else { return Span::new(self.file, 0..0) };
        let from = start + line.len() - line.trim_start().len();
        Span::new(self.file, from..start + line.trim_end().len().max(from - start))
    }

    fn content(&self, at: usize) -> &'a str {
        self.lines[at].1.trim()
    }

    fn after_dash(&self, at: usize) -> &'a str {
        let content = self.content(at);
        content.strip_prefix("- ").unwrap_or(content).trim_start()
    }

    fn key(&self, at: usize) -> Option<&'a str> {
        self.after_dash(at).split_once(':').map(|(key, _)| key.trim_end())
    }

    fn indent(&self, at: usize) -> usize {
        let line = self.lines[at].1;
        line.len() - line.trim_start().len()
    }

    fn is_blank(&self, at: usize) -> bool {
        self.content(at).is_empty() || self.content(at).starts_with('#')
    }
}
