//! The text of a form: formatted with placeholders in its holes, and cut at them.

use std::iter;

use proc_macro2::TokenStream;

use super::form::{Hole, LETTERS, Measure, PARAMETER, Place};

/// How wide the formatter makes a line.
pub(super) const MARGIN: usize = 89;

/// The text of a form, cut at its holes.
#[derive(Debug)]
pub(super) struct Template {
    head: String,
    spots: Vec<Spot>,
    /// Whether a line with a hole holds the literal of a struct, which the formatter breaks before the line is full.
    pub(super) has_literal: bool,
}

/// A hole and the text behind it.
#[derive(Debug)]
struct Spot {
    hole: usize,
    /// How far its line is indented.
    indent: usize,
    /// Whether it has a line of its own.
    is_alone: bool,
    after: String,
}

/// What may be wider than the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wide {
    Nothing,
    Unbreakable,
    Everything,
}

impl Template {
    /// Formats a form and finds its placeholders.
    pub(super) fn new(place: Place, code: TokenStream, measures: &[Measure]) -> Result<Self, syn::Error> {
        let text = format(place.around(code))?;
        let text = within(&text, place.depth());
        let mut template = Self { head: String::new(), spots: Vec::new(), has_literal: false };
        let mut done = 0;
        for (start, end) in words(text) {
            let hole = measures.iter().zip(LETTERS).position(|(measure, letter)| {
                measure.letters() == end - start && text[start..end].chars().all(|char| char == letter)
            });
            let Some(hole) = hole else { continue };
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let (start, end) = match measures[hole] {
                Measure::Literal(_) => (start - 1, end + 1),
                Measure::Parameters(_) => (start, end + PARAMETER.len()),
                Measure::Rows(..) => (line, text[end..].find('\n').map_or(text.len(), |at| end + at + 1)),
                _ => (start, end),
            };
            template.push(&text[done..start]);
            let end_of_line = text[end..].find('\n').map_or(text.len(), |at| end + at);
            template.has_literal |= text[line..end_of_line.max(line)].contains("{ ");
            let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
            let is_alone = line + indent == start && [",\n", "\n"].iter().any(|close| text[end..].starts_with(close));
            template.spots.push(Spot { hole, indent, is_alone, after: String::new() });
            done = end;
        }
        template.push(&text[done..]);
        Ok(template)
    }

    fn push(&mut self, text: &str) {
        self.spots.last_mut().map_or(&mut self.head, |spot| &mut spot.after).push_str(text);
    }

    /// Writes the form with what is in its holes; false, and nothing, where a line is wider than may be.
    pub(super) fn fill(&self, holes: &[Hole<'_>], wide: Wide, out: &mut String) -> bool {
        let begin = out.len();
        out.push_str(&self.head);
        let mut width = last_line(&self.head).len();
        let mut first = 0;
        for (at, spot) in self.spots.iter().enumerate() {
            let hole = holes[spot.hole];
            let from = out.len();
            match hole {
                Hole::Code(text) | Hole::Text(text) | Hole::Literal(text) | Hole::Rows(_, text) => out.push_str(text),
                Hole::List(elements) | Hole::Parameters(elements) => {
                    for (at, element) in elements.iter().enumerate() {
                        match at {
                            0 => {}
                            _ if spot.is_alone => new_line(",", spot.indent, out),
                            _ => out.push_str(", "),
                        }
                        out.push_str(element);
                    }
                }
                Hole::Column(elements) => {
                    for element in elements {
                        new_line("", spot.indent + 4, out);
                        out.extend([element, ","]);
                    }
                    new_line("", spot.indent, out);
                }
            }
            let added = &out[from..];
            width = match hole {
                Hole::Rows(..) | Hole::Column(_) => last_line(added).len(),
                _ if spot.is_alone => {
                    added.split(",\n").map(|line| spot.indent + line.trim_start().len()).max().unwrap_or(0)
                }
                _ => width + added.len(),
            };
            out.push_str(&spot.after);
            let Some((end, _)) = spot.after.split_once('\n') else {
                width += spot.after.len();
                continue;
            };
            if width + end.len() > MARGIN && wide != Wide::Everything {
                let mut on_line = self.spots[first..=at].iter();
                if wide == Wide::Nothing || on_line.any(|spot| holes[spot.hole].is_breakable(spot.is_alone)) {
                    out.truncate(begin);
                    return false;
                }
            }
            width = last_line(&spot.after).len();
            first = at + 1;
        }
        true
    }
}

/// What is left without the first and the last lines.
fn within(text: &str, lines: usize) -> &str {
    let begin = text.split_inclusive('\n').take(lines).map(str::len).sum::<usize>();
    let end = text.split_inclusive('\n').rev().take(lines).map(str::len).sum::<usize>();
    text.get(begin..text.len() - end).unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

fn new_line(end: &str, indent: usize, out: &mut String) {
    out.extend([end, "\n"]);
    out.extend(iter::repeat_n(' ', indent));
}

/// Where the words of a text begin and end.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_end = |char: char| !char.is_alphanumeric() && char != '_';
    let mut next = 0;
    let words = text.split_inclusive(is_end).map(move |piece| {
        let start = next;
        next += piece.len();
        (start, start + piece.trim_end_matches(is_end).len())
    });
    words.filter(|(start, end)| start < end)
}

fn format(code: TokenStream) -> Result<String, syn::Error> {
    // Given away, since syn would have to copy tokens that somebody else holds.
    Ok(spaced(&prettyplease::unparse(&syn::parse2(code)?)))
}

/// Puts a blank line between the functions of an `impl`, which the formatter sets close.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 8);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.extend([line, "\n"]);
        let opens =
            |next: &&str| ["    /// ", "    #[", "    pub fn ", "    fn "].iter().any(|start| next.starts_with(start));
        let is_statement = line.ends_with(';') && line.starts_with("    ") && !line.starts_with("    /");
        let closes = line == "    }" || is_statement && !line.starts_with("     ");
        if closes && lines.peek().is_some_and(opens) {
            spaced.push('\n');
        }
    }
    spaced
}
