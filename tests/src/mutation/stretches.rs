//! Stretches of the bare text: its lines, words, cells, quoted texts, anchors and what stands below its headings.

use std::ops::Range;

/// The lines with their ends.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        at += line.len();
        at - line.len()..at
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The longest runs of wanted characters.
pub(super) fn runs(text: &str, wanted: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, c)| wanted(*c)) {
        match found.last_mut() {
            Some(run) if run.end == at => run.end += character.len_utf8(),
            _ => found.push(at..at + character.len_utf8()),
        }
    }
    found
}

pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    runs(text, |c| !c.is_whitespace())
}

pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    runs(text, char::is_alphanumeric)
}

pub(super) fn rows(text: &str) -> Vec<Range<usize>> {
    let mut found = lines(text);
    found.retain(|line| text[line.clone()].starts_with('|'));
    found
}

/// What stands between two bars of a line, with its blanks.
pub(super) fn cells(text: &str) -> Vec<Range<usize>> {
    rows(text).into_iter().flat_map(|row| cells_of(text, &row)).collect()
}

pub(super) fn cells_of(text: &str, row: &Range<usize>) -> Vec<Range<usize>> {
    let bars: Vec<usize> = text[row.clone()].match_indices('|').map(|(at, _)| row.start + at).collect();
    bars.windows(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// Every stretch of one line between two marks.
pub(super) fn between(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices(open).map(|(at, _)| at + open.len());
    let stretch = |start: usize| {
        let length = text[start..].find(close)?;
        (!text[start..start + length].contains('\n')).then_some(start..start + length)
    };
    starts.filter_map(stretch).collect()
}

/// What stands between two equal quotes of one line.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in lines(text) {
        let mut open: Option<(usize, char)> = None;
        for (at, character) in text[line.clone()].char_indices().map(|(at, c)| (line.start + at, c)) {
            match open {
                Some((start, mark)) if mark == character => {
                    found.push(start..at);
                    open = None;
                }
                None if matches!(character, '"' | '\'' | '`') => open = Some((at + 1, character)),
                _ => {}
            }
        }
    }
    found
}

/// The names of places: `{#x}`, `name="x"`, `id="x"`.
pub(super) fn anchors(text: &str) -> Vec<Range<usize>> {
    [("{#", "}"), ("name=\"", "\""), ("id=\"", "\"")]
        .iter()
        .flat_map(|(open, close)| between(text, open, close))
        .collect()
}

/// The same with all their marks.
pub(super) fn tags(text: &str) -> Vec<Range<usize>> {
    let whole = |open: &'static str, close: &'static str| {
        between(text, open, close).into_iter().map(move |inner| inner.start - open.len()..inner.end + close.len())
    };
    whole("{#", "}").chain(whole("<a ", "</a>")).collect()
}

/// The lines above the first heading.
pub(super) fn head(text: &str) -> Vec<Range<usize>> {
    let mut found = lines(text);
    let first = found.iter().position(|line| text[line.clone()].starts_with('#')).unwrap_or_default();
    found.truncate(first);
    found
}

/// Lines that begin as headings do, with the number of their marks; some of them stand in code.
fn marked(text: &str) -> Vec<(Range<usize>, usize)> {
    let level = |line: Range<usize>| {
        let level = text[line.clone()].bytes().take_while(|byte| *byte == b'#').count();
        (level > 0).then_some((line, level))
    };
    lines(text).into_iter().filter_map(level).collect()
}

/// What stands behind the marks of headings.
pub(super) fn headings(text: &str) -> Vec<Range<usize>> {
    let words = |(line, level): (Range<usize>, usize)| line.start + level..line.end.saturating_sub(1);
    marked(text).into_iter().map(words).filter(|words| words.start < words.end).collect()
}

/// From a heading to the next one that is not deeper.
pub(super) fn below(text: &str) -> Vec<Range<usize>> {
    let all = marked(text);
    let end =
        |at: usize| all[at + 1..].iter().find(|(_, level)| *level <= all[at].1).map_or(text.len(), |next| next.0.start);
    (0..all.len()).map(|at| all[at].0.start..end(at)).collect()
}
