//! Forms: code that is formatted once and filled as text from then on.
//!
//! Nearly all of the generated code repeats a few forms, which differ in what stands in their holes: names, literals,
//! types, rows. A formatter sees no more of a hole than its width. So the tokens of a form are made with placeholders
//! in its holes, parsed and formatted once, and the text is filled ever after:
//!
//! 1. with the form of the narrowest holes, as long as every line fits: what fits on a line is never broken;
//! 2. otherwise with the form of holes as wide as these, as long as no hole stands on a line that is too wide;
//! 3. otherwise the formatter may have to break a hole, and gets its tokens.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter;
use std::rc::Rc;

use proc_macro2::{Ident, LexError, Literal, TokenStream};
use quote::{format_ident, quote};

/// How wide the formatter makes a line.
const MARGIN: usize = 89;

/// The placeholder of each hole is this letter, repeated. No form has such a word.
const LETTERS: [char; 8] = ['Q', 'X', 'Y', 'Z', 'J', 'K', 'G', 'H'];

/// Up to this length a name is treated apart at the beginning of a chain of calls.
const SHORT: usize = 4;

/// What a form leaves open, as it is to be printed. No hole is a whole statement or the body of an arm.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hole<'a> {
    /// One of a few words of the generator. Each makes a form of its own.
    Code(&'static str),
    /// A name, a type, a pattern or a call; nothing stays out.
    Text(&'a str),
    /// A literal, as `literal` makes it.
    Literal(&'a str),
    /// The elements of a list, on one line if they fit, otherwise each on its own.
    List(&'a [String]),
    /// The same for the parameters of a function.
    Parameters(&'a [String]),
    /// The elements of a list that grows with the API: each on a line of its own, however few there are, so that one
    /// more changes no line of the others.
    Column(&'a [String]),
    /// Lines that were made for a place of this kind.
    Rows(Place, &'a str),
}

/// Where code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// An item of a file.
    Item,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function of an `impl`.
    Member,
    /// A statement of a function that is an item.
    FreeStatement,
    /// A statement of a function of an `impl`.
    Statement,
    /// An arm of a `match` that is all of such a function.
    Arm,
}

impl Place {
    /// How many blocks are around it; each begins and ends with one line.
    fn depth(self) -> usize {
        match self {
            Self::Item => 0,
            Self::Field | Self::Variant | Self::Member | Self::FreeStatement => 1,
            Self::Statement => 2,
            Self::Arm => 3,
        }
    }

    /// A file with such a place.
    fn around(self, code: TokenStream) -> TokenStream {
        match self {
            Self::Item => code,
            Self::Field => quote!(struct Around { #code }),
            Self::Variant => quote!(enum Around { #code }),
            Self::Member => quote!(impl Around { #code }),
            Self::FreeStatement => quote!(fn around() { #code }),
            Self::Statement => quote!(impl Around { fn around() { #code } }),
            Self::Arm => quote!(impl Around { fn around() { match around { #code } } }),
        }
    }

    /// A row for the others to be put in its stead.
    fn row(self, name: &Ident) -> TokenStream {
        match self {
            Self::Item | Self::Member => quote!(fn #name() {}),
            Self::Field => quote!(#name: (),),
            Self::Variant => quote!(#name,),
            Self::FreeStatement | Self::Statement => quote!(#name();),
            Self::Arm => quote!(#name => (),),
        }
    }

    /// A comment in front of such code.
    pub(super) fn comment(self, lines: &[String]) -> String {
        let mut comment = String::new();
        for line in lines.iter().flat_map(|line| line.split('\n')) {
            comment.extend(iter::repeat_n("    ", self.depth()));
            comment.extend([if line.is_empty() { "///" } else { "/// " }, line]);
            comment.truncate(comment.trim_end().len());
            comment.push('\n');
        }
        comment
    }
}

/// What a form knows of a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Measure {
    /// Nothing is there, not even a placeholder.
    Nothing,
    Code(&'static str),
    /// The length of the name that stands there, and that of all.
    Text(usize),
    Literal(usize),
    Parameters(usize),
    Column,
    Rows(Place),
}

/// What all elements need on one line.
fn width(elements: &[String]) -> usize {
    elements.iter().map(|element| element.len() + 2).sum::<usize>().saturating_sub(2)
}

impl Hole<'_> {
    /// At its own width, or at the least of all that are treated alike.
    fn measure(self, exact: bool) -> Measure {
        let pick = |least: usize, width: usize| if exact { width } else { least };
        match self {
            Self::Text("") | Self::List([]) | Self::Parameters([]) | Self::Column([]) | Self::Rows(_, "") => {
                Measure::Nothing
            }
            Self::Code(code) => Measure::Code(code),
            Self::Text(text) => Measure::Text(pick(if text.len() > SHORT { SHORT + 1 } else { 1 }, text.len())),
            // Without a letter there is no placeholder, but then there is only one such literal.
            Self::Literal("\"\"") => Measure::Code("\"\""),
            Self::Literal(text) => Measure::Literal(pick(3, text.len())),
            Self::List(elements) => Measure::Text(pick(1, width(elements))),
            Self::Parameters(elements) => Measure::Parameters(pick(PARAMETER.len() + 1, width(elements))),
            Self::Column(_) => Measure::Column,
            Self::Rows(place, _) => Measure::Rows(place),
        }
    }

    /// Whether the formatter could break it.
    fn is_breakable(self) -> bool {
        let has_breaks = |text: &str| text.contains([' ', '<', '(', '[']);
        match self {
            Self::Text(text) => has_breaks(text),
            Self::List(elements) | Self::Parameters(elements) => elements.iter().any(|text| has_breaks(text)),
            Self::Code(_) | Self::Literal(_) | Self::Column(_) | Self::Rows(..) => false,
        }
    }

    /// Its own tokens; a placeholder for what never meets the formatter.
    fn tokens(self, placeholder: &Ident) -> Result<TokenStream, LexError> {
        match self {
            Self::Text(text) | Self::Literal(text) => text.parse(),
            Self::List(elements) | Self::Parameters(elements) => elements.join(", ").parse(),
            Self::Code(_) | Self::Column(_) | Self::Rows(..) => self.measure(true).tokens(placeholder),
        }
    }
}

/// What a parameter's name has behind it while it is a placeholder.
const PARAMETER: &str = ": ()";

impl Measure {
    /// The letters of the placeholder; none where nothing is to be filled in.
    fn letters(self) -> usize {
        match self {
            Self::Nothing | Self::Code(_) => 0,
            Self::Text(width) => width,
            Self::Literal(width) => width.saturating_sub(2),
            Self::Parameters(width) => width.saturating_sub(PARAMETER.len()),
            Self::Column | Self::Rows(_) => SHORT,
        }
    }

    fn tokens(self, placeholder: &Ident) -> Result<TokenStream, LexError> {
        Ok(match self {
            Self::Nothing => TokenStream::new(),
            Self::Code(code) => code.parse()?,
            Self::Text(_) | Self::Column => quote!(#placeholder),
            Self::Literal(_) => {
                let text = placeholder.to_string();
                quote!(#text)
            }
            Self::Parameters(_) => quote!(#placeholder: ()),
            Self::Rows(place) => place.row(placeholder),
        })
    }
}

/// The text of a form, cut at its holes.
#[derive(Debug)]
struct Template {
    head: String,
    spots: Vec<Spot>,
    /// Whether a line with a hole holds the literal of a struct, which the formatter breaks before the line is full.
    has_literal: bool,
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
enum Wide {
    Nothing,
    Unbreakable,
    Everything,
}

impl Template {
    /// Formats a form and finds its placeholders.
    fn new(place: Place, code: TokenStream, measures: &[Measure]) -> Result<Self, syn::Error> {
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
                Measure::Rows(_) => (line, text[end..].find('\n').map_or(text.len(), |at| end + at + 1)),
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
    fn fill(&self, holes: &[Hole<'_>], wide: Wide, out: &mut String) -> bool {
        let begin = out.len();
        out.push_str(&self.head);
        let mut width = last_line(&self.head).len();
        let mut is_breakable = false;
        for spot in &self.spots {
            let hole = holes[spot.hole];
            is_breakable |= hole.is_breakable();
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
            let is_too_wide = width + end.len() > MARGIN;
            if is_too_wide && (wide == Wide::Nothing || wide == Wide::Unbreakable && is_breakable) {
                out.truncate(begin);
                return false;
            }
            width = last_line(&spot.after).len();
            is_breakable = false;
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

/// The function that makes a form, its place and what it knows of its holes.
type Key = (usize, Place, [Measure; LETTERS.len()]);

thread_local! {
    static FORMS: RefCell<BTreeMap<Key, Rc<Template>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Writes a form. `make` is a function that captures nothing: the same holes make the same form.
///
/// # Errors
/// When the form is no Rust, which is a fault of the generator.
pub(super) fn write<const N: usize>(
    out: &mut String,
    place: Place,
    holes: [Hole<'_>; N],
    make: fn([TokenStream; N]) -> TokenStream,
) -> Result<(), syn::Error> {
    const { assert!(N <= LETTERS.len()) }
    let mut measures = [Measure::Nothing; LETTERS.len()];
    for (exact, wide) in [(false, Wide::Nothing), (true, Wide::Unbreakable)] {
        for (measure, hole) in measures.iter_mut().zip(holes) {
            *measure = hole.measure(exact);
        }
        let template = known((make as usize, place, measures), || {
            let tokens = tokens(&measures, |at, placeholder| measures[at].tokens(placeholder))?;
            Template::new(place, make(tokens), &measures)
        })?;
        if (exact || !template.has_literal) && template.fill(&holes, wide, out) {
            return Ok(());
        }
    }
    let tokens = tokens(&measures, |at, placeholder| holes[at].tokens(placeholder))?;
    let rows = measures.map(|measure| match measure {
        Measure::Column | Measure::Rows(_) => measure,
        _ => Measure::Nothing,
    });
    Template::new(place, make(tokens), &rows)?.fill(&holes, Wide::Everything, out);
    Ok(())
}

/// Writes code that is no form: there are few of its kind.
///
/// # Errors
/// When it is no Rust, which is a fault of the generator.
pub(super) fn write_once(out: &mut String, place: Place, code: TokenStream) -> Result<(), syn::Error> {
    out.push_str(&Template::new(place, code, &[])?.head);
    Ok(())
}

/// A form that was made before, or else now.
fn known(key: Key, make: impl FnOnce() -> Result<Template, syn::Error>) -> Result<Rc<Template>, syn::Error> {
    if let Some(template) = FORMS.with_borrow(|forms| forms.get(&key).cloned()) {
        return Ok(template);
    }
    let template = Rc::new(make()?);
    FORMS.with_borrow_mut(|forms| forms.insert(key, Rc::clone(&template)));
    Ok(template)
}

/// What is put into the holes before a form is formatted.
fn tokens<const N: usize>(
    measures: &[Measure],
    make: impl Fn(usize, &Ident) -> Result<TokenStream, LexError>,
) -> Result<[TokenStream; N], LexError> {
    let mut tokens = [const { None }; N];
    for (at, ((token, measure), letter)) in tokens.iter_mut().zip(measures).zip(LETTERS).enumerate() {
        let placeholder = iter::repeat_n(letter, measure.letters().max(1)).collect::<String>();
        *token = Some(make(at, &format_ident!("{placeholder}"))?);
    }
    Ok(tokens.map(Option::unwrap_or_default))
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

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
    if is_plain { format!("\"{text}\"") } else { Literal::string(text).to_string() }
}
