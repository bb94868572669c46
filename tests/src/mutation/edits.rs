//! Small edits of a stretch of text: the kinds of slips that a hand or a template makes.

use std::ops::Range;

use super::random::Random;

/// One change of a page: these bytes become that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub range: Range<usize>,
    /// What comes.
    pub with: String,
}

impl Edit {
    /// A change.
    pub fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }

    /// The changed page.
    pub fn apply(&self, text: &str) -> String {
        let mut out = text.to_owned();
        out.replace_range(self.range.clone(), &self.with);
        out
    }
}

type Make = fn(&str, &Range<usize>, &mut Random) -> Option<Edit>;

/// All small edits with their names.
pub const EDITS: &[(&str, Make)] = &[
    ("character changed", changed),
    ("character removed", removed),
    ("character inserted", inserted),
    ("characters swapped", characters_swapped),
    ("blank inserted", blank),
    ("case flipped", case),
    ("case of all flipped", cases),
    ("digit changed", digit),
    ("punctuation removed", punctuation),
    ("word removed", word_removed),
    ("word doubled", word_doubled),
    ("words swapped", words_swapped),
    ("plural", plural),
    ("word replaced", word_replaced),
    ("entity written", entity),
    ("tag inserted", tag),
    ("emptied", emptied),
    ("text appended", appended),
];

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const MARKS: &str = ".,:;!?'\"`*_-+=/\\|#<>()[]{}&%$@~^";

/// Another character of the same class.
fn other(character: char, random: &mut Random) -> char {
    let class = match character {
        'a'..='z' => LETTERS.to_owned(),
        'A'..='Z' => LETTERS.to_uppercase(),
        '0'..='9' => "0123456789".to_owned(),
        _ => MARKS.to_owned(),
    };
    let others: Vec<char> = class.chars().filter(|other| *other != character).collect();
    random.pick(&others).copied().unwrap_or('x')
}

fn one(at: usize, character: char) -> Range<usize> {
    at..at + character.len_utf8()
}

fn changed(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, character) = random.place(text, range, |c| !c.is_whitespace())?;
    Some(Edit::new(one(at, character), other(character, random)))
}

fn removed(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, character) = random.place(text, range, |c| !c.is_whitespace())?;
    Some(Edit::new(one(at, character), ""))
}

fn inserted(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, _) = random.place(text, range, |_| true)?;
    let all: Vec<char> = LETTERS.chars().chain(MARKS.chars()).chain("AZ09é\u{a0}\u{200b}\u{202e}".chars()).collect();
    let character = random.pick(&all).copied()?;
    Some(Edit::new(at..at, character))
}

fn characters_swapped(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, first) = random.place(text, range, |c| !c.is_whitespace())?;
    let second = text[at + first.len_utf8()..range.end].chars().next().filter(|c| *c != first && !c.is_whitespace())?;
    Some(Edit::new(at..at + first.len_utf8() + second.len_utf8(), format!("{second}{first}")))
}

/// A blank within a word.
fn blank(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, _) = random.place(text, range, char::is_alphanumeric)?;
    text[range.start..at].ends_with(char::is_alphanumeric).then(|| Edit::new(at..at, " "))
}

/// Everything in capitals, or without any.
fn cases(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let slice = &text[range.clone()];
    let flipped = if random.below(2) == 0 { slice.to_uppercase() } else { slice.to_lowercase() };
    (flipped != slice).then(|| Edit::new(range.clone(), flipped))
}

fn case(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, character) = random.place(text, range, |c| c.is_ascii_alphabetic())?;
    let flipped =
        if character.is_ascii_lowercase() { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() };
    Some(Edit::new(one(at, character), flipped))
}

fn digit(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, character) = random.place(text, range, |c| c.is_ascii_digit())?;
    Some(Edit::new(one(at, character), other(character, random)))
}

fn punctuation(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, character) = random.place(text, range, |c| c.is_ascii_punctuation())?;
    Some(Edit::new(one(at, character), ""))
}

fn words(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, character) in slice.char_indices().map(|(at, c)| (range.start + at, c)) {
        if !character.is_whitespace() {
            match found.last_mut() {
                Some(word) if word.end == at => word.end = at + character.len_utf8(),
                _ => found.push(one(at, character)),
            }
        }
    }
    found
}

fn word_removed(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    random.pick(&words(text, range)).map(|word| Edit::new(word.clone(), ""))
}

fn word_doubled(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let all = words(text, range);
    let word = random.pick(&all)?;
    Some(Edit::new(word.end..word.end, format!(" {}", &text[word.clone()])))
}

fn words_swapped(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let all = words(text, range);
    let at = random.below(all.len().checked_sub(1).filter(|pairs| *pairs > 0)?);
    let (first, second) = (all[at].clone(), all[at + 1].clone());
    let (left, right) = (&text[first.clone()], &text[second.clone()]);
    let gap = &text[first.end..second.start];
    (left != right).then(|| Edit::new(first.start..second.end, format!("{right}{gap}{left}")))
}

fn plural(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let all: Vec<_> =
        words(text, range).into_iter().filter(|w| text[w.clone()].ends_with(|c: char| c.is_alphabetic())).collect();
    random.pick(&all).map(|word| Edit::new(word.end..word.end, "s"))
}

fn word_replaced(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let all = words(text, range);
    let word = random.pick(&all)?.clone();
    let new = ["gadget", "false", "42", "null", "[x](y)", "`z`"];
    let with = random.pick(&new)?;
    (text[word.clone()] != **with).then(|| Edit::new(word, *with))
}

/// Writes another character's entity.
fn entity(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, _) = random.place(text, range, |_| true)?;
    let entities = ["&lt;", "&amp;", "&#x27;", "&quot;", "&nbsp;", "&#65;"];
    random.pick(&entities).map(|entity| Edit::new(at..at, *entity))
}

fn tag(text: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let (at, _) = random.place(text, range, |_| true)?;
    let tags =
        ["<b>", "</a>", "<!-- x -->", "<a name=\"x\"></a>", "<a id=\"y\"></a>", "<small></small>", "<br>", "<code>"];
    random.pick(&tags).map(|tag| Edit::new(at..at, *tag))
}

fn emptied(text: &str, range: &Range<usize>, _: &mut Random) -> Option<Edit> {
    let slice = text.get(range.clone())?;
    (!slice.trim().is_empty()).then(|| Edit::new(range.clone(), ""))
}

fn appended(_: &str, range: &Range<usize>, random: &mut Random) -> Option<Edit> {
    let tails = [" more", "x", ".", " (deprecated)", " \\", " 7", " {#x}", " #", " `", " **", " [a](b)", " |"];
    random.pick(&tails).map(|tail| Edit::new(range.end..range.end, *tail))
}
