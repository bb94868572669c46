//! Objects with known fields, read and written without derives.
//!
//! A generated struct says how each of its fields is kept, by name: one line for reading it and one for writing it
//! ([`Object`]). Everything else is here, once: no function knows the type that it works for.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::extra::Bits;
use super::json::{Entries, Optional, Place, View};
use super::read::{Came, Entry, Otherwise, Reader};
use super::write;
use super::{Extra, Json};

/// What a generated struct tells of itself.
pub trait Object {
    /// What is known of all such objects.
    fn shape(&self) -> Shape;

    /// Reads the field that the reader stands at.
    fn read(&mut self, from: &mut FieldReader<'_>);

    /// Writes every field.
    fn write(&self, to: &mut FieldWriter<'_>);

    /// What the object holds beyond its fields.
    fn extra(&self) -> &Extra;

    /// What the object holds beyond its fields.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// What is known of all objects of a type.
#[derive(Clone, Copy)]
pub struct Shape {
    /// The names of the fields on the wire.
    pub(crate) fields: &'static [&'static str],
    /// Those without which there is no such object.
    pub(crate) required: &'static [&'static str],
    /// Whether a value of another kind in a field is an error: it is where only requests carry the object. From an
    /// answer the field is left out, and `extra` keeps the value.
    pub(crate) strict: bool,
}

/// Reads one field into the place where the object keeps it. The first error is kept and ends the reading.
pub struct FieldReader<'a> {
    /// The field's name on the wire; empty where it is none of the object's.
    pub(crate) name: &'static str,
    fields: &'a mut dyn Fields,
    beside: &'a mut Beside,
    shape: Shape,
}

/// What an object keeps beside its fields while it is read.
#[derive(Default)]
struct Beside {
    extra: Extra,
    /// Which of the required fields were there.
    seen: Bits,
}

impl FieldReader<'_> {
    /// A field that may be absent; null counts as absent, and is remembered.
    pub(crate) fn optional(&mut self, place: &mut dyn Optional) {
        if self.nullable(place, Otherwise::Whole) {
            self.beside.extra.set_null(self.name);
        }
    }

    /// A list that may be absent.
    pub(crate) fn list(&mut self, place: &mut dyn Optional) {
        if self.nullable(place, Otherwise::Part) {
            self.beside.extra.set_null(self.name);
        }
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch(&mut self, place: &mut dyn Optional) {
        self.nullable(place, Otherwise::Whole);
    }

    /// A field that must be there.
    pub(crate) fn required(&mut self, place: &mut dyn Json) {
        self.fields.value(Reader::strict(place.place()));
        if let Some(at) = self.shape.required.iter().position(|name| *name == self.name) {
            self.beside.seen.set(at);
        }
    }

    /// A property beyond the fields.
    pub(crate) fn rest(&mut self, rest: &mut dyn Entries) {
        self.fields.entry(rest);
    }

    /// A field that the documentation does not know.
    pub(crate) fn unknown(&mut self) {
        self.fields.unknown(&mut self.beside.extra);
    }

    /// Reads a field that may be null, and says whether it is.
    fn nullable(&mut self, place: &mut dyn Optional, otherwise: Otherwise) -> bool {
        let otherwise = if self.shape.strict { Otherwise::Fail } else { otherwise };
        match self.fields.value(Reader::new(Place::Optional(place), otherwise)) {
            Some(Came::Null) => return true,
            Some(Came::Part(odd)) => self.beside.extra.set_odd(self.name, *odd),
            Some(Came::Misfit(value)) => self.beside.extra.set_misfit(self.name, *value),
            Some(Came::Fit) | None => {}
        }
        false
    }
}

/// The fields of an object in some format, at one of them.
trait Fields {
    /// Reads the field's value; nothing where there is an error.
    fn value(&mut self, reader: Reader<'_>) -> Option<Came>;

    /// Reads the field into a map.
    fn entry(&mut self, rest: &mut dyn Entries);

    /// Reads the field as JSON.
    fn unknown(&mut self, extra: &mut Extra);
}

struct Kept<'de, A: MapAccess<'de>> {
    map: A,
    /// The field's name as it came.
    name: Cow<'de, [u8]>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Kept<'de, A> {
    fn or_error<T>(&mut self, read: Result<T, A::Error>) -> Option<T> {
        read.map_err(|error| self.error = Some(error)).ok()
    }

    /// The name as text, which nobody has made sure of yet.
    fn text(&self) -> Result<String, A::Error> {
        if matches!(self.name, Cow::Borrowed(name) if name.iter().any(|byte| *byte < b' ')) {
            return Err(A::Error::custom("control character in a field's name"));
        }
        str::from_utf8(&self.name).map(str::to_owned).map_err(A::Error::custom)
    }
}

impl<'de, A: MapAccess<'de>> Fields for Kept<'de, A> {
    fn value(&mut self, reader: Reader<'_>) -> Option<Came> {
        let read = self.map.next_value_seed(reader);
        self.or_error(read)
    }

    fn entry(&mut self, rest: &mut dyn Entries) {
        let read = self.text().and_then(|name| self.map.next_value_seed(Entry { entries: rest, name }));
        self.or_error(read);
    }

    fn unknown(&mut self, extra: &mut Extra) {
        let read = self.text().and_then(|name| Ok((name, self.map.next_value::<Value>()?)));
        if let Some((name, value)) = self.or_error(read) {
            extra.insert(name, value);
        }
    }
}

/// Reads every field of an object.
pub(super) fn read_fields<'de, A: MapAccess<'de>>(object: &mut dyn Object, map: A) -> Result<(), A::Error> {
    let shape = object.shape();
    let mut beside = Beside::default();
    let mut fields = Kept { map, name: Cow::Borrowed(&[]), error: None };
    let mut next = 0;
    while let Some(name) = fields.map.next_key_seed(Name)? {
        let at = field(shape.fields, next, &name);
        next = at.map_or(next, |at| at + 1);
        fields.name = name;
        let name = at.map_or("", |at| shape.fields[at]);
        object.read(&mut FieldReader { name, fields: &mut fields, beside: &mut beside, shape });
        if let Some(error) = fields.error {
            return Err(error);
        }
    }
    if let Some((_, name)) = shape.required.iter().enumerate().find(|(at, _)| !beside.seen.get(*at)) {
        return Err(A::Error::missing_field(name));
    }
    if !beside.extra.is_blank() {
        *object.extra_mut() = beside.extra;
    }
    Ok(())
}

/// Which field has a name. The next one is tried first: names mostly come in one order.
#[inline]
fn field(fields: &[&str], next: usize, name: &[u8]) -> Option<usize> {
    let is = |field: &&str| field.as_bytes() == name;
    if fields.get(next).is_some_and(is) { Some(next) } else { fields.iter().position(is) }
}

/// Reads a name, without a copy where the input has it as it is. It is read as bytes, since a name that is known need not
/// be looked through for UTF-8.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, [u8]>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_bytes<E: Error>(self, name: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name.as_bytes()))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.as_bytes().to_owned()))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.into_bytes()))
    }
}

/// Writes the fields of one object.
pub struct FieldWriter<'a> {
    map: &'a mut dyn write::Fields,
    extra: &'a Extra,
}

impl FieldWriter<'_> {
    /// A field that may be absent.
    pub(crate) fn optional(&mut self, name: &'static str, value: &dyn Optional) {
        match value.get() {
            Some(value) => self.map.entry(name, value),
            None => self.instead(name),
        }
    }

    /// A list that may be absent.
    pub(crate) fn list(&mut self, name: &'static str, value: &dyn Optional) {
        match (value.get(), self.extra.odd(name)) {
            (Some(View::List(items, _)), Some(odd)) => self.map.entry(name, View::List(items, &odd)),
            // Who takes the list away takes what stood in it.
            (None, Some(_)) => {}
            _ => self.optional(name, value),
        }
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch(&mut self, name: &'static str, value: &dyn Optional) {
        self.optional(name, value);
    }

    /// A field that is always there.
    pub(crate) fn required(&mut self, name: &'static str, value: &dyn Json) {
        self.map.entry(name, value.view());
    }

    /// The properties beyond the fields, where the schema gives them a type.
    pub(crate) fn rest(&mut self, rest: &dyn Entries) {
        rest.each(&mut |name, value| self.map.entry(name, value));
    }

    /// What came in place of a value.
    fn instead(&mut self, name: &'static str) {
        if let Some(value) = self.extra.misfit(name) {
            self.map.entry(name, View::Value(value));
        } else if self.extra.is_null(name) {
            self.map.entry(name, View::Null);
        }
    }
}

/// Writes every field of an object.
pub(super) fn write_fields(object: &dyn Object, map: &mut dyn write::Fields) {
    let extra = object.extra();
    object.write(&mut FieldWriter { map: &mut *map, extra });
    for (name, value) in extra.unknown() {
        map.entry(name, View::Value(value));
    }
}

#[cfg(test)]
mod tests;
