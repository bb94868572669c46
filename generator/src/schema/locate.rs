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
    spots: Vec<Spot<'a>>,
}

#[derive(Debug)]
struct Spot<'a> {
    /// The key where it has one, else the value.
    place: Range<usize>,
    /// By key, in order; the elements of a list have the empty key and stand in their own order.
    children: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Locator<'a> {
    /// Reads a text; one that is not JSON has no places.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader { text, at: 0, spots: Vec::new() };
        if reader.value(0).is_some() { Self { spots: reader.spots } } else { Self::default() }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    spots: Vec<Spot<'a>>,
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
        self.spots.push(Spot { place: start..start, children: Vec::new() });
        let children = match self.byte()? {
            b'{' => self.members(depth)?,
            b'[' => self.elements(depth)?,
            b'"' | b'\'' | b'`' => self.string().map(|_| Vec::new())?,
            _ => {
                while self.byte().is_some_and(|byte| !matches!(byte, b',' | b']' | b'}') && !byte.is_ascii_whitespace())
                {
                    self.at += 1;
                }
                Vec::new()
            }
        };
        self.spots[own] = Spot { place: start..self.at, children };
        Some(own)
    }

    fn members(&mut self, depth: usize) -> Option<Vec<(Cow<'a, str>, usize)>> {
        let mut children = Vec::new();
        self.at += 1;
        while self.eat(b'}').is_none() {
            if !children.is_empty() {
                self.eat(b',')?;
                self.space();
            }
            let start = self.at;
            let key = self.key()?;
            let place = start..self.at;
            self.eat(b':')?;
            let child = self.value(depth + 1)?;
            self.spots[child].place = place;
            children.push((key, child));
        }
        // Of a key that stands twice the last one counts, as for serde_json.
        children.sort_by(|a, b| a.0.cmp(&b.0));
        Some(children)
    }

    fn elements(&mut self, depth: usize) -> Option<Vec<(Cow<'a, str>, usize)>> {
        let mut children = Vec::new();
        self.at += 1;
        while self.eat(b']').is_none() {
            if !children.is_empty() {
                self.eat(b',')?;
            }
            children.push((Cow::Borrowed(""), self.value(depth + 1)?));
        }
        Some(children)
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
        let children = &self.locator.spots[self.spot?].children;
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
            let spot = self.spot.and_then(|spot| Some(self.locator.spots[spot].children.get(index)?.1));
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
