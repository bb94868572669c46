//! Where things stand on a page, told by its lines alone: the harness must not trust the reader that it tests.

use std::ops::Range;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Blank,
    /// A heading of some level.
    Heading(usize),
    /// A row of a table.
    Row,
    /// The row below a table's header.
    Separator,
    /// The line that opens or closes a block of code.
    Fence,
    /// A line of code.
    Code,
    /// A line of the head of a page.
    Head,
    /// Any other line.
    Text,
}

/// A line without its end.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// A page with its lines and the groups that they form; groups are ranges of bytes that end with a line end.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The page.
    pub text: String,
    /// All lines.
    pub lines: Vec<Line>,
    /// From a heading of level two to the next.
    pub parts: Vec<Range<usize>>,
    /// From a deeper heading to the next heading.
    pub sections: Vec<Range<usize>>,
    /// Whole tables, by lines.
    pub tables: Vec<Range<usize>>,
    /// Blocks of code with their fences, by lines.
    pub fences: Vec<Range<usize>>,
    /// Lines of text without a blank line between them, by lines.
    pub paragraphs: Vec<Range<usize>>,
}

impl Layout {
    /// Looks at a page.
    pub fn new(text: &str) -> Self {
        let lines = lines(text);
        let end = |line: usize| lines.get(line).map_or(text.len(), |line| line.range.start);
        let starts = |wanted: fn(usize) -> bool| -> Vec<usize> {
            (0..lines.len()).filter(|&at| matches!(lines[at].kind, Kind::Heading(level) if wanted(level))).collect()
        };
        let (all, twos, deeper) = (starts(|_| true), starts(|level| level == 2), starts(|level| level > 2));
        let next = |at: usize, stops: &[usize]| stops.iter().copied().find(|stop| *stop > at).map_or(text.len(), end);
        let parts = twos.iter().map(|&at| end(at)..next(at, &twos)).collect();
        let sections = deeper.iter().map(|&at| end(at)..next(at, &all)).collect();
        let runs = |wanted: fn(Kind) -> bool| -> Vec<Range<usize>> {
            let mut runs: Vec<Range<usize>> = Vec::new();
            for at in (0..lines.len()).filter(|&at| wanted(lines[at].kind)) {
                match runs.last_mut() {
                    Some(run) if run.end == at => run.end = at + 1,
                    _ => runs.push(at..at + 1),
                }
            }
            runs
        };
        let tables = runs(|kind| matches!(kind, Kind::Row | Kind::Separator));
        let fences = runs(|kind| matches!(kind, Kind::Fence | Kind::Code));
        let paragraphs = runs(|kind| kind == Kind::Text);
        Self { text: text.to_owned(), parts, sections, tables, fences, paragraphs, lines }
    }

    /// The bytes of some lines, with the line end of the last one.
    pub fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let start = self.lines.get(lines.start).map_or(self.text.len(), |line| line.range.start);
        let end = self.lines.get(lines.end).map_or(self.text.len(), |line| line.range.start);
        start..end.max(start)
    }

    /// The lines of a kind.
    pub fn of(&self, wanted: impl Fn(Kind) -> bool) -> Vec<Range<usize>> {
        self.lines.iter().filter(|line| wanted(line.kind)).map(|line| line.range.clone()).collect()
    }

    /// The text of a range.
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The cells of a row, without the blanks around them.
    pub fn cells(&self, row: &Range<usize>) -> Vec<Range<usize>> {
        let text = self.slice(row);
        let pipes: Vec<usize> = text.match_indices('|').map(|(at, _)| at).collect();
        let mut cells = Vec::new();
        for pair in pipes.windows(2) {
            let inner = &text[pair[0] + 1..pair[1]];
            let lead = inner.len() - inner.trim_start().len();
            let start = row.start + pair[0] + 1 + lead.min(1);
            cells.push(start..(start + inner.trim().len()).max(start));
        }
        cells
    }

    /// Every stretch between two marks within the lines of a kind.
    pub fn between(&self, open: &str, close: &str, wanted: impl Fn(Kind) -> bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for line in self.of(wanted) {
            let text = self.slice(&line);
            for (at, _) in text.match_indices(open) {
                let start = at + open.len();
                if let Some(length) = text[start..].find(close) {
                    found.push(line.start + start..line.start + start + length);
                }
            }
        }
        found
    }
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut fenced, mut head) = (0, false, false);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches('\n');
        let first = at == 0;
        let kind = if line.starts_with("```") {
            fenced = !fenced;
            Kind::Fence
        } else if fenced {
            Kind::Code
        } else if line == "---" && (first || head) {
            head = first;
            Kind::Head
        } else if head || line.starts_with("description:") {
            Kind::Head
        } else {
            outside(line)
        };
        lines.push(Line { range: at..at + line.len(), kind });
        at += whole.len();
    }
    lines
}

fn outside(line: &str) -> Kind {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if line.trim().is_empty() {
        Kind::Blank
    } else if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        Kind::Heading(hashes)
    } else if line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c)) {
        Kind::Separator
    } else if line.starts_with('|') {
        Kind::Row
    } else {
        Kind::Text
    }
}
