//! The texts of a run and places in them.
//!
//! Every fact of the model remembers a [`Span`]; only when somebody has to read it is it turned into
//! page, line and column.

use crate::parallel;

/// One page as it was read: its name below the spec folder and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path below the spec folder, with `/` between the parts: never absolute, never machine-dependent.
    pub path: String,
    /// The text with `\n` line ends and without byte order mark.
    pub text: String,
}

/// Which [`Source`] of a [`Sources`] is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one source; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Line and column of a place, both counted from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// All sources of a run, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    line_starts: Vec<Vec<usize>>,
}

impl Sources {
    /// Takes the pages of a run; they are put in the order of their paths, so that the order in which
    /// a file system lists them is not seen.
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let line_starts = parallel::map(&files, |file| {
            std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        Self { files, line_starts }
    }

    /// The sources with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The source of an id.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// How many sources there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start..span.end).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub fn position(&self, file: FileId, byte: usize) -> Position {
        let starts = &self.line_starts[file.0 as usize];
        let line = starts.partition_point(|&start| start <= byte).max(1);
        let start = starts[line - 1];
        let column = self.get(file).text.get(start..byte).map_or(0, |text| text.chars().count()) + 1;
        Position { line, column }
    }

    /// The first byte of a line; the end of the text where it has fewer lines.
    pub fn line_start(&self, file: FileId, line: usize) -> usize {
        let starts = &self.line_starts[file.0 as usize];
        starts.get(line.saturating_sub(1)).copied().unwrap_or(self.get(file).text.len())
    }

    /// Page and line of a span's first byte, as the model prints them.
    pub fn place(&self, span: Span) -> (String, usize) {
        (self.get(span.file).path.clone(), self.position(span.file, span.start).line)
    }
}

impl Span {
    /// A span of a source.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }
}
