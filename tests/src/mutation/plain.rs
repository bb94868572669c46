//! A second set of changes, which shares nothing with the first: characters, words, lines and headings of the bare
//! text, without asking what they are a part of.

use std::ops::Range;

use super::edits::Edit;
use super::random::Random;
use super::stretches::{
    anchors, below, between, cells, cells_of, head, headings, lines, names, quoted, rows, runs, tags, words,
};

type Make = fn(&str, &mut Random) -> Option<Edit>;

/// All changes with their names.
pub const PLAIN: &[(&str, Make)] = &[
    ("any line removed", |text, random| removed(&lines(text), random)),
    ("any line doubled", |text, random| doubled(text, &lines(text), "", random)),
    ("any line doubled elsewhere", |text, random| copied(text, &lines(text), random)),
    ("any lines swapped", |text, random| neighbours(text, &lines(text), random)),
    ("any line moved", |text, random| apart(text, &lines(text), random)),
    ("any line marked", line_marked),
    ("any word removed", |text, random| removed(&words(text), random)),
    ("any word removed with its blank", word_and_blank),
    ("any word doubled", |text, random| doubled(text, &words(text), " ", random)),
    ("any word replaced", |text, random| replaced(text, &words(text), random)),
    ("any words swapped", |text, random| neighbours_apart(text, &words(text), random)),
    ("any word marked", word_marked),
    ("any name removed", |text, random| removed(&names(text), random)),
    ("any name doubled", |text, random| doubled(text, &names(text), "", random)),
    ("any name replaced", |text, random| replaced(text, &names(text), random)),
    ("any name in another case", name_case),
    ("any cell removed", |text, random| removed(&cells(text), random)),
    ("any cell replaced", |text, random| replaced(text, &cells(text), random)),
    ("any cells swapped", cells_swapped),
    ("any rows swapped", |text, random| apart(text, &rows(text), random)),
    ("any character removed", character_removed),
    ("any character doubled", character_doubled),
    ("any character inserted", character_inserted),
    ("any character replaced", character_replaced),
    ("any characters swapped", characters_swapped),
    ("any mark removed", mark_removed),
    ("any number changed", number_changed),
    ("any quoted text replaced", |text, random| replaced(text, &quoted(text), random)),
    ("any quoted text emptied", |text, random| removed(&quoted(text), random)),
    ("any target replaced", |text, random| replaced(text, &between(text, "](", ")"), random)),
    ("any words of a link replaced", |text, random| replaced(text, &between(text, "[", "]("), random)),
    ("any link without its target", link_unlinked),
    ("any anchor replaced", |text, random| replaced(text, &anchors(text), random)),
    ("any anchor removed", |text, random| removed(&tags(text), random)),
    ("any anchor doubled", |text, random| copied(text, &tags(text), random)),
    ("line of the head removed", |text, random| removed(&head(text), random)),
    ("line of the head doubled", |text, random| doubled(text, &head(text), "", random)),
    ("lines of the head swapped", |text, random| neighbours(text, &head(text), random)),
    ("value of the head replaced", head_value),
    ("heading renamed as another one", |text, random| replaced(text, &headings(text), random)),
    ("below a heading: removed", |text, random| removed(&below(text), random)),
    ("below a heading: doubled", |text, random| doubled(text, &below(text), "", random)),
    ("below a heading: doubled elsewhere", |text, random| copied(text, &below(text), random)),
    ("below a heading: moved", |text, random| apart(text, &below(text), random)),
    ("member removed", |text, random| members(text, random).map(|(first, _)| Edit::new(first, ""))),
    ("member doubled", |text, random| members(text, random).map(|(first, _)| copy(text, &first, first.end))),
    ("members swapped", |text, random| {
        let (first, second) = members(text, random)?;
        second.and_then(|second| exchange(text, &first, &second))
    }),
];

fn removed(of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    random.pick(of).map(|range| Edit::new(range.clone(), ""))
}

fn copy(text: &str, from: &Range<usize>, to: usize) -> Edit {
    Edit::new(to..to, &text[from.clone()])
}

fn doubled(text: &str, of: &[Range<usize>], gap: &str, random: &mut Random) -> Option<Edit> {
    random.pick(of).map(|range| Edit::new(range.end..range.end, format!("{gap}{}", &text[range.clone()])))
}

/// One stands once more in front of another one.
fn copied(text: &str, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    Some(copy(text, random.pick(of)?, random.pick(of)?.start))
}

/// One takes the text of another one.
fn replaced(text: &str, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let (to, from) = (random.pick(of)?, random.pick(of)?);
    Some(Edit::new(to.clone(), &text[from.clone()]))
}

/// Two of them change places, whatever stands between them.
fn exchange(text: &str, one: &Range<usize>, other: &Range<usize>) -> Option<Edit> {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let gap = text.get(first.end..second.start)?;
    let with = [&text[second.clone()], gap, &text[first.clone()]].concat();
    Some(Edit::new(first.start..second.end, with))
}

fn neighbours(text: &str, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let at = random.below(of.len().checked_sub(1)?);
    exchange(text, of.get(at)?, of.get(at + 1)?)
}

fn neighbours_apart(text: &str, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    neighbours(text, of, random)
}

fn apart(text: &str, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    exchange(text, random.pick(of)?, random.pick(of)?)
}

fn line_marked(text: &str, random: &mut Random) -> Option<Edit> {
    let line = random.pick(&lines(text))?.clone();
    let inner = text[line.clone()].trim_end_matches('\n');
    let (before, behind) = *random.pick(&[
        ("> ", ""),
        ("- ", ""),
        ("    ", ""),
        ("<!-- ", " -->"),
        ("## ", ""),
        (" ", ""),
        ("", "  "),
        ("1. ", ""),
        ("\\", ""),
        ("**", "**"),
        ("~~", "~~"),
        ("`", "`"),
        ("<p>", "</p>"),
        ("\t", ""),
        ("", "\r"),
        ("| ", " |"),
        ("[x]: ", ""),
    ])?;
    Some(Edit::new(line.start..line.start + inner.len(), [before, inner, behind].concat()))
}

fn word_marked(text: &str, random: &mut Random) -> Option<Edit> {
    let word = random.pick(&words(text))?.clone();
    let marks = ["*", "**", "_", "`", "\"", "'", "~~", "<", "(", "[", "{", "$", "=", "^", "|"];
    let mark = random.pick(&marks)?;
    let close = match *mark {
        "<" => ">",
        "(" => ")",
        "[" => "]",
        "{" => "}",
        same => same,
    };
    Some(Edit::new(word.clone(), [mark, &text[word], close].concat()))
}

fn word_and_blank(text: &str, random: &mut Random) -> Option<Edit> {
    let word = random.pick(&words(text))?.clone();
    let blank = text[word.end..].starts_with(' ');
    Some(Edit::new(word.start..word.end + usize::from(blank), ""))
}

fn name_case(text: &str, random: &mut Random) -> Option<Edit> {
    let name = random.pick(&names(text))?.clone();
    let own = &text[name.clone()];
    let mut rest = own.chars();
    let first = rest.next()?;
    let with = match random.below(4) {
        0 => own.to_uppercase(),
        1 => own.to_lowercase(),
        2 if first.is_uppercase() => first.to_lowercase().chain(rest).collect(),
        2 => first.to_uppercase().chain(rest).collect(),
        _ => own.chars().rev().collect(),
    };
    Some(Edit::new(name, with))
}

/// Any two cells of one row.
fn cells_swapped(text: &str, random: &mut Random) -> Option<Edit> {
    let cells = cells_of(text, random.pick(&rows(text))?);
    apart(text, &cells, random)
}

/// One character somewhere.
fn character(text: &str, random: &mut Random) -> Option<Range<usize>> {
    let mut at = random.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[at..].chars().next().map(|found| at..at + found.len_utf8())
}

fn character_removed(text: &str, random: &mut Random) -> Option<Edit> {
    character(text, random).map(|range| Edit::new(range, ""))
}

fn character_doubled(text: &str, random: &mut Random) -> Option<Edit> {
    character(text, random).map(|range| copy(text, &range, range.end))
}

/// Characters that mean something somewhere, and some that look like others.
const ALPHABET: &[&str] = &[
    " ", "\n", "\t", "|", "#", "*", "_", "`", "~", "[", "]", "(", ")", "{", "}", "<", ">", "\"", "'", "\\", "/", ":",
    ";", ",", ".", "-", "+", "=", "!", "?", "&", "%", "$", "@", "^", "0", "1", "7", "a", "e", "s", "x", "A", "S", "Y",
    "N", "é", "а", "\u{a0}", "\u{ad}", "\u{200b}", "\u{202e}", "\u{feff}", "\u{fffd}", "\0", "\r", "“", "’", "–", "…",
    "😀",
];

fn character_inserted(text: &str, random: &mut Random) -> Option<Edit> {
    let start = character(text, random)?.start;
    random.pick(ALPHABET).map(|new| Edit::new(start..start, *new))
}

fn character_replaced(text: &str, random: &mut Random) -> Option<Edit> {
    let range = character(text, random)?;
    random.pick(ALPHABET).map(|new| Edit::new(range, *new))
}

fn characters_swapped(text: &str, random: &mut Random) -> Option<Edit> {
    let first = character(text, random)?;
    let second = text[first.end..].chars().next()?;
    exchange(text, &first, &(first.end..first.end + second.len_utf8()))
}

/// What is put in front of every character, or instead of it.
const PUT: &[&str] = &[" ", "`", "\\", "*", ",", "-", ".", "x", "S", "\n"];

const STRIDE: usize = 29;

/// One of all the changes of single characters, by their number; none behind the last one.
pub(super) fn every(text: &str, number: u64) -> Option<(String, Edit)> {
    let kinds = 2 * PUT.len() + 2;
    let number = usize::try_from(number).ok()?;
    // In strides, so that few changes reach the whole page.
    let (length, step) = (text.chars().count(), number / kinds);
    let place = (step % length * STRIDE + step * STRIDE / length) % length;
    let (at, character) = text.char_indices().nth(place).filter(|_| step < length)?;
    let range = at..at + character.len_utf8();
    let (name, edit) = match number % kinds {
        0 => ("removed", Edit::new(range, "")),
        1 => ("doubled", copy(text, &range, at)),
        kind if kind < PUT.len() + 2 => ("inserted", Edit::new(at..at, PUT[kind - 2])),
        kind => ("replaced", Edit::new(range, PUT[kind - 2 - PUT.len()])),
    };
    Some((format!("every character: {name}"), edit))
}

fn mark_removed(text: &str, random: &mut Random) -> Option<Edit> {
    let marks: Vec<_> = text.match_indices(|c: char| c.is_ascii_punctuation() || c == ' ').collect();
    random.pick(&marks).map(|(at, _)| Edit::new(*at..at + 1, ""))
}

fn number_changed(text: &str, random: &mut Random) -> Option<Edit> {
    let number = random.pick(&runs(text, |c| c.is_ascii_digit()))?.clone();
    let own = text[number.clone()].parse::<u64>().ok()?;
    let all = [
        own.wrapping_add(1).to_string(),
        own.saturating_sub(1).to_string(),
        format!("{own}0"),
        format!("-{own}"),
        format!("0{own}"),
        format!("{own}.5"),
    ];
    random.pick(&all).map(|with| Edit::new(number, &with[..]))
}

fn link_unlinked(text: &str, random: &mut Random) -> Option<Edit> {
    let target = random.pick(&between(text, "](", ")"))?.clone();
    let open = text[..target.start].rfind('[')?;
    let words = &text[open + 1..target.start - 2];
    Some(Edit::new(open..target.end + 1, words))
}

fn head_value(text: &str, random: &mut Random) -> Option<Edit> {
    let line = random.pick(&head(text))?.clone();
    let colon = text[line.clone()].find(": ")?;
    let values = ["", "x", "null", "2", "Rest API", "-1", "A detailed look."];
    random.pick(&values).map(|value| Edit::new(line.start + colon + 2..line.end - 1, *value))
}

/// A member or item of some object or list in braces, with its comma, and the one that follows it.
fn members(text: &str, random: &mut Random) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let opens: Vec<usize> = text.match_indices(['{', '[']).map(|(at, _)| at + 1).collect();
    let start = *random.pick(&opens)?;
    let mut ends = Vec::new();
    let (mut depth, mut quote) = (0_usize, None);
    let mut characters = text[start..].char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => drop(characters.next()),
            (Some(mark), found) if mark == found => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') if depth == 0 => {
                ends.push(start + at);
                break;
            }
            (None, '}' | ']') => depth -= 1,
            (None, ',') if depth == 0 => ends.push(start + at + 1),
            _ => {}
        }
    }
    let starts = std::iter::once(start).chain(ends.iter().copied());
    let all: Vec<Range<usize>> = starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect();
    let at = random.below(all.len());
    Some((all.get(at)?.clone(), all.get(at + 1).cloned()))
}
