//! Where each key and value of a JSON text (or a JavaScript literal) stands, so that a diagnostic can point at the key.
//! Reads the text once, in linear time, and knows nothing of schemas.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::source::Span;

/// As deep as `serde_json` reads.
const DEPTH: usize = 128;

/// Places of one JSON text.
#[derive(Debug, Default)]
pub(super) struct Locator<'a> {
    spots: Vec<Spot>,
    /// The children of all spots; those of one stand side by side.
    children: Vec<Child<'a>>,
}

#[derive(Debug)]
struct Spot {
    /// The key where it has one, else the value.
    place: Range<usize>,
    /// Which children are its own: by key, in order; the elements of a list have the empty key and stand in their own
    /// order.
    children: Range<usize>,
}

/// A key and the number of the spot of its value.
type Child<'a> = (Cow<'a, str>, usize);

impl<'a> Locator<'a> {
    /// Reads a text; one that is not JSON has no places.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader { text, at: 0, spots: Vec::new(), children: Vec::new(), open: Vec::new() };
        let is_whole = reader.value(0).is_some();
        if is_whole { Self { spots: reader.spots, children: reader.children } } else { Self::default() }
    }

    fn children(&self, spot: usize) -> &[Child<'a>] {
        &self.children[self.spots[spot].children.clone()]
    }
}

/// The place of a part of a schema, by the keys and indices that lead to it; where the text has no such part, the
/// nearest place above.
pub(crate) fn place(text: &str, value: &Value, base: Span, way: &[String]) -> Span {
    let locator = Locator::new(text);
    let mut at = Cursor::root(value, &locator, Some(base));
    for step in way {
        let next = if at.value.is_array() {
            step.parse().ok().and_then(|index| at.elements().nth(index))
        } else {
            at.key(step)
        };
        let Some(next) = next else { break };
        at = next;
    }
    at.span().unwrap_or(base)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    spots: Vec<Spot>,
    children: Vec<Child<'a>>,
    /// The children of the spots that are being read, the innermost last.
    open: Vec<Child<'a>>,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.byte()? == byte).then(|| self.at += 1)
    }

    /// Reads a value and gives the number of its spot.
    fn value(&mut self, depth: usize) -> Option<usize> {
        self.space();
        let (start, own) = (self.at, self.spots.len());
        if depth > DEPTH {
            return None;
        }
        self.spots.push(Spot { place: start..start, children: 0..0 });
        let first = self.open.len();
        match self.byte()? {
            b'{' => self.members(depth)?,
            b'[' => self.elements(depth)?,
            b'"' | b'\'' | b'`' => drop(self.string()?),
            _ => {
                while self.byte().is_some_and(|byte| !matches!(byte, b',' | b']' | b'}') && !byte.is_ascii_whitespace())
                {
                    self.at += 1;
                }
            }
        }
        let children = self.children.len();
        self.children.extend(self.open.drain(first..));
        self.spots[own] = Spot { place: start..self.at, children: children..self.children.len() };
        Some(own)
    }

    fn members(&mut self, depth: usize) -> Option<()> {
        let first = self.open.len();
        self.at += 1;
        while self.eat(b'}').is_none() {
            if self.open.len() > first {
                self.eat(b',')?;
                self.space();
            }
            let start = self.at;
            let key = self.key()?;
            let place = start..self.at;
            self.eat(b':')?;
            let child = self.value(depth + 1)?;
            self.spots[child].place = place;
            self.open.push((key, child));
        }
        // Of a key that stands twice the last one counts, as for serde_json.
        self.open[first..].sort_by(|a, b| a.0.cmp(&b.0));
        Some(())
    }

    fn elements(&mut self, depth: usize) -> Option<()> {
        let first = self.open.len();
        self.at += 1;
        while self.eat(b']').is_none() {
            if self.open.len() > first {
                self.eat(b',')?;
            }
            let child = self.value(depth + 1)?;
            self.open.push((Cow::Borrowed(""), child));
        }
        Some(())
    }

    /// A string, or the bare word of a JavaScript literal.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$') {
            self.at += 1;
        }
        if self.at == start { self.string() } else { self.text.get(start..self.at).map(Cow::Borrowed) }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let quote = self.byte().filter(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
        self.at += 1;
        let mut escaped = false;
        loop {
            match self.byte()? {
                byte if byte == quote => break,
                b'\\' => {
                    escaped = true;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        self.at += 1;
        if escaped && quote == b'"' {
            serde_json::from_str(self.text.get(start..self.at)?).ok().map(Cow::Owned)
        } else {
            self.text.get(start + 1..self.at - 1).map(Cow::Borrowed)
        }
    }
}

/// A JSON value together with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    /// The value.
    pub(super) value: &'a Value,
    locator: &'a Locator<'a>,
    spot: Option<usize>,
    base: Option<Span>,
}

impl<'a> Cursor<'a> {
    /// The whole value; `base` is the place of its text.
    pub(super) fn root(value: &'a Value, locator: &'a Locator<'a>, base: Option<Span>) -> Self {
        let spot = (base.is_some() && !locator.spots.is_empty()).then_some(0);
        Self { value, locator, spot, base }
    }

    /// The value of a key.
    pub(super) fn key(self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { value, spot: self.child(key, None), ..self })
    }

    /// The keys and values of an object, in the order of the keys.
    pub(super) fn members(self) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten().enumerate();
        members.map(move |(index, (key, value))| {
            (key.as_str(), Self { value, spot: self.child(key, Some(index)), ..self })
        })
    }

    /// The spot of a key, which probably stands at the index.
    fn child(&self, key: &str, index: Option<usize>) -> Option<usize> {
        let children = self.locator.children(self.spot?);
        if let Some((name, child)) = index.and_then(|index| children.get(index))
            && name == key
            && children.len() == self.value.as_object().map_or(0, serde_json::Map::len)
        {
            return Some(*child);
        }
        let after = children.partition_point(|(name, _)| name.as_ref() <= key);
        let (name, child) = children.get(after.checked_sub(1)?)?;
        (name == key).then_some(*child)
    }

    /// The elements of a list.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        let values = self.value.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate();
        values.map(move |(index, value)| {
            let spot = self.spot.and_then(|spot| Some(self.locator.children(spot).get(index)?.1));
            Self { value, spot, ..self }
        })
    }

    /// Its key, or the value itself where it has none; the whole text where the place is not known.
    pub(super) fn span(self) -> Option<Span> {
        let base = self.base?;
        let Some(place) = self.spot.and_then(|spot| self.locator.spots.get(spot)).map(|spot| &spot.place) else {
            return Some(base);
        };
        Some(Span::new(base.file, base.start + place.start..base.start + place.end))
    }
}
