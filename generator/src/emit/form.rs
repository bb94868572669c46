//! Forms: code that is formatted once and filled as text from then on.
//!
//! Nearly all of the generated code repeats a few forms, which differ in what stands in their holes: names, literals,
//! types, rows. A formatter sees no more of a hole than its width. So the tokens of a form are made with placeholders
//! in its holes, parsed and formatted once, and the text is filled ever after.
//!
//! A text serves all holes that are at least as wide as those it was made for, as long as every line fits: what was
//! too wide for a line is so still, and what fits on a line is never broken. So a form is formatted for the narrowest
//! holes first, and for others when no text serves. Only where a hole stands on a line that is too wide, so that the
//! formatter may have to break it, its own tokens are formatted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter;

use proc_macro2::{Ident, LexError, Literal, TokenStream};
use quote::{format_ident, quote};

use super::template::{MARGIN, Template, Wide};

/// The placeholder of each hole is this letter, repeated. No form has such a word.
pub(super) const LETTERS: [char; 8] = ['Q', 'X', 'Y', 'Z', 'J', 'K', 'G', 'H'];

/// Up to this length a name is treated apart at the beginning of a chain of calls.
const SHORT: usize = 4;

/// What a form leaves open, as it is to be printed. No text or list is a whole statement or the body of an arm.
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
    pub(super) fn depth(self) -> usize {
        match self {
            Self::Item => 0,
            Self::Field | Self::Variant | Self::Member | Self::FreeStatement => 1,
            Self::Statement => 2,
            Self::Arm => 3,
        }
    }

    /// A file with such a place.
    pub(super) fn around(self, code: TokenStream) -> TokenStream {
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
pub(super) enum Measure {
    /// Nothing is there, not even a placeholder.
    Nothing,
    Code(&'static str),
    /// The length of the name that stands there, and that of all.
    Text(usize),
    Literal(usize),
    Parameters(usize),
    Column(usize),
    Rows(Place, usize),
}

/// What all elements need on one line.
fn width(elements: &[String]) -> usize {
    elements.iter().map(|element| element.len() + 2).sum::<usize>().saturating_sub(2)
}

impl Hole<'_> {
    /// At its own width, or at the least of all that are treated alike. No line takes what is wider than the margin,
    /// so that is treated alike, too.
    fn measure(self, exact: bool) -> Measure {
        let pick = |least: usize, width: usize| if exact { width.min(MARGIN + 1) } else { least };
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
            Self::Column(_) => Measure::Column(SHORT),
            Self::Rows(place, _) => Measure::Rows(place, SHORT),
        }
    }

    /// Whether the formatter could break it where it stands.
    pub(super) fn is_breakable(self, is_alone: bool) -> bool {
        let has_breaks = |text: &str| text.contains([' ', '<', '(', '[']);
        match self {
            Self::Text(text) => has_breaks(text),
            Self::List(elements) | Self::Parameters(elements) => {
                elements.len() > 1 && !is_alone || elements.iter().any(|text| has_breaks(text))
            }
            Self::Code(_) | Self::Literal(_) | Self::Column(_) | Self::Rows(..) => false,
        }
    }

    /// Its own tokens; a placeholder for what never meets the formatter.
    fn tokens(self, placeholder: &Ident) -> Result<TokenStream, LexError> {
        match self {
            Self::Text(text) | Self::Literal(text) => text.parse(),
            Self::List(elements) | Self::Parameters(elements) => elements.join(", ").parse(),
            Self::Code(code) => code.parse(),
            Self::Column(_) | Self::Rows(..) => self.measure(true).tokens(placeholder),
        }
    }
}

/// What a parameter's name has behind it while it is a placeholder.
pub(super) const PARAMETER: &str = ": ()";

impl Measure {
    /// The letters of the placeholder; none where nothing is to be filled in.
    pub(super) fn letters(self) -> usize {
        match self {
            Self::Nothing | Self::Code(_) => 0,
            Self::Text(width) | Self::Column(width) | Self::Rows(_, width) => width,
            Self::Literal(width) => width.saturating_sub(2),
            Self::Parameters(width) => width.saturating_sub(PARAMETER.len()),
        }
    }

    fn tokens(self, placeholder: &Ident) -> Result<TokenStream, LexError> {
        Ok(match self {
            Self::Nothing => TokenStream::new(),
            Self::Code(code) => code.parse()?,
            Self::Text(_) | Self::Column(_) => quote!(#placeholder),
            Self::Literal(_) => {
                let text = placeholder.to_string();
                quote!(#text)
            }
            Self::Parameters(_) => quote!(#placeholder: ()),
            Self::Rows(place, _) => place.row(placeholder),
        })
    }
}

/// What a form knows of all its holes.
type Measures = [Measure; LETTERS.len()];

/// The function that makes the tokens of a form, its place and the least measures of its holes.
type Key = (usize, Place, Measures);

thread_local! {
    /// The texts of each form, with what they were made for. The first is for the least measures.
    static FORMS: RefCell<BTreeMap<Key, Vec<(Measures, Template)>>> = const { RefCell::new(BTreeMap::new()) };
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
    let (mut least, mut own) = ([Measure::Nothing; LETTERS.len()], [Measure::Nothing; LETTERS.len()]);
    for (at, hole) in holes.iter().enumerate() {
        (least[at], own[at]) = (hole.measure(false), hole.measure(true));
    }
    let made_for = |measures: Measures| {
        let tokens = tokens(&measures, |at, placeholder| measures[at].tokens(placeholder))?;
        Template::new(place, make(tokens), &measures)
    };
    let is_written = FORMS.with_borrow_mut(|forms| {
        let known = forms.entry((make as usize, place, least)).or_default();
        if known.is_empty() {
            known.push((least, made_for(least)?));
        }
        for (measures, template) in known.iter() {
            if *measures == own {
                return Ok(template.fill(&holes, Wide::Unbreakable, out));
            }
            let is_wider = measures.iter().zip(&own).all(|(least, own)| least <= own);
            if is_wider && !template.has_literal && template.fill(&holes, Wide::Nothing, out) {
                return Ok(true);
            }
        }
        let template = made_for(own)?;
        let is_written = template.fill(&holes, Wide::Unbreakable, out);
        known.push((own, template));
        Ok::<_, syn::Error>(is_written)
    })?;
    if is_written {
        return Ok(());
    }
    let mut rows = own;
    for (at, measure) in rows.iter_mut().enumerate() {
        *measure = match *measure {
            Measure::Column(_) => Measure::Column(unused(LETTERS[at], &holes)),
            Measure::Rows(place, _) => Measure::Rows(place, unused(LETTERS[at], &holes)),
            _ => Measure::Nothing,
        };
    }
    let tokens = tokens(&rows, |at, placeholder| holes[at].tokens(placeholder))?;
    Template::new(place, make(tokens), &rows)?.fill(&holes, Wide::Everything, out);
    Ok(())
}

/// Writes code that is no form: there is little of its kind.
///
/// # Errors
/// When it is no Rust, which is a fault of the generator.
pub(super) fn write_once(out: &mut String, place: Place, code: TokenStream) -> Result<(), syn::Error> {
    Template::new(place, code, &[])?.fill(&[], Wide::Everything, out);
    Ok(())
}

/// How many of a letter make a placeholder that stands in no hole.
fn unused(letter: char, holes: &[Hole<'_>]) -> usize {
    let is_used = |letters: &String| {
        holes.iter().any(|hole| match hole {
            Hole::Text(text) | Hole::Literal(text) => text.contains(letters),
            Hole::List(elements) | Hole::Parameters(elements) => elements.iter().any(|text| text.contains(letters)),
            Hole::Code(_) | Hole::Column(_) | Hole::Rows(..) => false,
        })
    };
    let mut letters = iter::repeat_n(letter, SHORT).collect();
    while is_used(&letters) {
        letters.push(letter);
    }
    letters.len()
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

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
    if is_plain { format!("\"{text}\"") } else { Literal::string(text).to_string() }
}

#[cfg(test)]
mod tests;
