//! Objects with known fields, read and written without derives.
//!
//! A generated struct says how each of its fields is kept, by name: one line for reading it and one for writing it
//! ([`Object`]). Everything else is here, once.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::extra::Bits;
use super::list::{List, Merged};
use super::misfit::{Came, OptionalPlace, Place, Read};
use super::{Blank, Extra, Patch, TypedMap};

/// What a generated struct tells of itself; its `Deserialize` and `Serialize` forward to [`read`] and [`write`].
pub(crate) trait Object: Sized {
    /// The names of its fields on the wire.
    const FIELDS: &'static [&'static str] = &[];

    /// Fields without which there is no such object, by their names on the wire.
    const REQUIRED: &'static [&'static str] = &[];

    /// Whether a value of another kind in a field is an error: it is where only requests carry the object. From an
    /// answer the field is left out, and `extra` keeps the value.
    const STRICT: bool = false;

    /// An object to start from.
    fn blank() -> Self;

    /// Reads the field that the reader stands at.
    fn read<'de, A: MapAccess<'de>>(&mut self, from: &mut FieldReader<'_, 'de, A>) -> Result<(), A::Error>;

    /// Writes every field.
    fn write<M: SerializeMap>(&self, to: &mut FieldWriter<'_, M>);

    /// What the object holds beyond its fields.
    fn extra(&self) -> &Extra;

    /// What the object holds beyond its fields.
    fn extra_mut(&mut self) -> &mut Extra;
}

impl<T: Object> Blank for T {
    fn blank() -> Self {
        Object::blank()
    }
}

/// Reads one field into the place where the object keeps it.
pub(crate) struct FieldReader<'a, 'de, A: MapAccess<'de>> {
    /// The field's name on the wire; empty where it is none of the object's.
    pub(crate) name: &'static str,
    /// The name as it came.
    came: &'a Cow<'de, [u8]>,
    map: &'a mut A,
    beside: &'a mut Beside,
    required: &'static [&'static str],
    strict: bool,
}

/// What an object keeps beside its fields while it is read.
#[derive(Default)]
struct Beside {
    extra: Extra,
    /// Which of the required fields were there.
    seen: Bits,
}

impl<'de, A: MapAccess<'de>> FieldReader<'_, 'de, A> {
    /// A field that may be absent; null counts as absent, and is remembered.
    pub(crate) fn optional<T: Deserialize<'de>>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        match self.map.next_value_seed(OptionalPlace::new(place, self.strict))? {
            Came::Fit => {}
            Came::Null => self.beside.extra.set_null(self.name),
            Came::Misfit(value) => self.beside.extra.set_misfit(self.name, *value),
        }
        Ok(())
    }

    /// A list that may be absent.
    pub(crate) fn list<T: Deserialize<'de>>(&mut self, place: &mut Option<Vec<T>>) -> Result<(), A::Error> {
        if self.strict {
            return self.optional(place);
        }
        let mut list = None;
        self.optional(&mut list)?;
        match list {
            None => *place = None,
            Some(List::Odd(value)) => self.beside.extra.set_misfit(self.name, value),
            Some(List::Items(items, odd)) => {
                if !odd.is_empty() {
                    self.beside.extra.set_odd(self.name, odd);
                }
                *place = Some(items);
            }
        }
        Ok(())
    }

    /// A field that must be there.
    pub(crate) fn required<T: Deserialize<'de>>(&mut self, place: &mut T) -> Result<(), A::Error> {
        *place = self.map.next_value()?;
        if let Some(at) = self.required.iter().position(|name| *name == self.name) {
            self.beside.seen.set(at);
        }
        Ok(())
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch<T: Deserialize<'de>>(&mut self, place: &mut Patch<T>) -> Result<(), A::Error> {
        match self.map.next_value_seed(Place::new(self.strict))? {
            Read::Fit(value) => *place = value,
            Read::Misfit(value) => self.beside.extra.set_misfit(self.name, *value),
        }
        Ok(())
    }

    /// A property beyond the fields.
    pub(crate) fn rest<T: Deserialize<'de>>(&mut self, rest: &mut TypedMap<T>) -> Result<(), A::Error> {
        let name = self.text()?;
        rest.keep(name, self.map.next_value_seed(Place::new(false))?);
        Ok(())
    }

    /// A field that the documentation does not know.
    pub(crate) fn unknown(&mut self) -> Result<(), A::Error> {
        let name = self.text()?;
        let value: Value = self.map.next_value()?;
        self.beside.extra.insert(name, value);
        Ok(())
    }

    /// The name as text, which nobody has made sure of yet.
    fn text(&self) -> Result<String, A::Error> {
        if matches!(self.came, Cow::Borrowed(name) if name.iter().any(|byte| *byte < b' ')) {
            return Err(A::Error::custom("control character in a field's name"));
        }
        str::from_utf8(self.came).map(str::to_owned).map_err(A::Error::custom)
    }
}

/// Writes the fields of one object; the first error is kept and ends the writing.
pub(crate) struct FieldWriter<'a, M: SerializeMap> {
    map: M,
    extra: &'a Extra,
    error: Option<M::Error>,
}

impl<M: SerializeMap> FieldWriter<'_, M> {
    /// A field that may be absent.
    #[allow(clippy::ref_option, reason = "every field is handed over in one form, so that generated code is a table")]
    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(value) => self.required(name, value),
            None => self.instead(name),
        }
    }

    /// A list that may be absent.
    #[allow(clippy::ref_option, reason = "every field is handed over in one form, so that generated code is a table")]
    pub(crate) fn list<T: Serialize>(&mut self, name: &'static str, value: &Option<Vec<T>>) {
        match (value, self.extra.odd(name)) {
            (Some(items), Some(odd)) => self.entry(name, &Merged { items, odd }),
            // Who takes the list away takes what stood in it.
            (None, Some(_)) => {}
            (_, None) => self.optional(name, value),
        }
    }

    /// A field that is always there.
    pub(crate) fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.entry(name, value);
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch<T: Serialize>(&mut self, name: &'static str, value: &Patch<T>) {
        if value.is_keep() {
            self.instead(name);
        } else {
            self.required(name, value);
        }
    }

    /// The properties beyond the fields, where the schema gives them a type.
    pub(crate) fn rest<T: Serialize>(&mut self, rest: &TypedMap<T>) {
        for (name, value) in rest {
            self.entry(name, value);
        }
        for (name, value) in rest.misfits() {
            self.entry(name, value);
        }
    }

    /// What came in place of a value.
    fn instead(&mut self, name: &'static str) {
        if let Some(value) = self.extra.misfit(name) {
            self.entry(name, value);
        } else if self.extra.is_null(name) {
            self.entry(name, &());
        }
    }

    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }
}

pub(crate) fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Objects(PhantomData))
}

pub(crate) fn write<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    write_tagged(None, object, serializer)
}

/// Writes an object with the tag that its type leaves to the union around it.
pub(crate) fn write_tagged<T: Object, S: Serializer>(
    tag: Option<(&'static str, &'static str)>,
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    if let Some((name, value)) = tag {
        map.serialize_entry(name, value)?;
    }
    let mut writer = FieldWriter { map, extra: object.extra(), error: None };
    object.write(&mut writer);
    for (name, value) in object.extra().unknown() {
        writer.entry(name, value);
    }
    match writer.error {
        Some(error) => Err(error),
        None => writer.map.end(),
    }
}

struct Objects<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Objects<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::blank();
        let mut beside = Beside::default();
        let mut next = 0;
        while let Some(came) = map.next_key_seed(Name)? {
            let at = field(T::FIELDS, next, &came);
            next = at.map_or(next, |at| at + 1);
            let mut reader = FieldReader {
                name: at.map_or("", |at| T::FIELDS[at]),
                came: &came,
                map: &mut map,
                beside: &mut beside,
                required: T::REQUIRED,
                strict: T::STRICT,
            };
            object.read(&mut reader)?;
        }
        if let Some((_, name)) = T::REQUIRED.iter().enumerate().find(|(at, _)| !beside.seen.get(*at)) {
            return Err(A::Error::missing_field(name));
        }
        if !beside.extra.is_blank() {
            *object.extra_mut() = beside.extra;
        }
        Ok(object)
    }
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

#[cfg(test)]
mod tests;
