//! Objects with known fields, read and written without derives.
//!
//! A generated struct lists its fields twice, by name: where each is read to, and what of each is written. Everything
//! else is here, once: no function knows the type that it works for.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::json::{Entries, Optional, Place, View};
use super::read::{Came, Entry, Otherwise, Reader};
use super::write::Fields;
use super::{Extra, Json};

/// For how many fields there is room at first, which is enough for nearly all objects.
const FIELDS: usize = 24;

/// Where the fields of an object are read to.
pub struct Places<'a> {
    extra: &'a mut Extra,
    fields: Vec<FieldPlace<'a>>,
}

enum FieldPlace<'a> {
    Optional(&'static str, &'a mut dyn Optional, Otherwise),
    /// With whether it was there.
    Required(&'static str, &'a mut dyn Json, bool),
    Rest(&'a mut dyn Entries),
}

impl FieldPlace<'_> {
    #[inline]
    fn is(&self, wanted: &[u8]) -> bool {
        match self {
            Self::Optional(name, ..) | Self::Required(name, ..) => name.as_bytes() == wanted,
            Self::Rest(_) => false,
        }
    }
}

impl<'a> Places<'a> {
    /// No fields yet; what none of them takes goes to `extra`.
    pub(crate) fn new(extra: &'a mut Extra) -> Self {
        Self { extra, fields: Vec::with_capacity(FIELDS) }
    }

    /// A field that may be absent. It stays so where a value of another kind comes, which [`Extra`] keeps.
    pub(crate) fn optional(&mut self, name: &'static str, place: &'a mut dyn Optional) {
        self.fields.push(FieldPlace::Optional(name, place, Otherwise::Part));
    }

    /// A field that may be absent, of an object that only requests carry: a value of another kind is an error.
    pub(crate) fn strict(&mut self, name: &'static str, place: &'a mut dyn Optional) {
        self.fields.push(FieldPlace::Optional(name, place, Otherwise::Fail));
    }

    /// A field that must be there.
    pub(crate) fn required(&mut self, name: &'static str, place: &'a mut dyn Json) {
        self.fields.push(FieldPlace::Required(name, place, false));
    }

    /// The properties beyond the fields, where the schema gives them a type; after all fields.
    pub(crate) fn rest(&mut self, rest: &'a mut dyn Entries) {
        self.fields.push(FieldPlace::Rest(rest));
    }

    /// Which field has a name. The next one is tried first: names mostly come in one order.
    #[inline]
    fn position(&self, next: usize, name: &[u8]) -> Option<usize> {
        let is_next = self.fields.get(next).is_some_and(|field| field.is(name));
        if is_next { Some(next) } else { self.fields.iter().position(|field| field.is(name)) }
    }
}

impl<'a> From<Places<'a>> for Place<'a> {
    fn from(places: Places<'a>) -> Self {
        Self::Object(places)
    }
}

/// Reads every field of an object.
pub(super) fn read_fields<'de, A: MapAccess<'de>>(mut places: Places<'_>, mut map: A) -> Result<(), A::Error> {
    let mut next = 0;
    while let Some(name) = map.next_key_seed(Name)? {
        let Some(at) = places.position(next, &name) else {
            let name = text(&name)?;
            match places.fields.last_mut() {
                Some(FieldPlace::Rest(rest)) => map.next_value_seed(Entry { entries: &mut **rest, name })?,
                _ => drop(places.extra.insert(name, map.next_value::<Value>()?)),
            }
            continue;
        };
        next = at + 1;
        match &mut places.fields[at] {
            FieldPlace::Optional(name, place, otherwise) => {
                match map.next_value_seed(Reader::new(Place::Optional(&mut **place), *otherwise))? {
                    Came::Fit => {}
                    Came::Null => places.extra.set_null(name),
                    Came::Part(odd) => places.extra.set_odd(name, *odd),
                    Came::Misfit(value) => places.extra.set_misfit(name, *value),
                }
            }
            FieldPlace::Required(_, place, is_there) => {
                map.next_value_seed(Reader::strict(place.place()))?;
                *is_there = true;
            }
            FieldPlace::Rest(_) => {}
        }
    }
    let absent = places.fields.iter().find_map(|field| match field {
        FieldPlace::Required(name, _, false) => Some(*name),
        _ => None,
    });
    absent.map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
}

/// A name as text, which nobody has made sure of yet.
fn text<E: Error>(name: &Cow<'_, [u8]>) -> Result<String, E> {
    if matches!(name, Cow::Borrowed(name) if name.iter().any(|byte| *byte < b' ')) {
        return Err(E::custom("control character in a field's name"));
    }
    str::from_utf8(name).map(str::to_owned).map_err(E::custom)
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

/// What the fields of an object hold.
pub struct Views<'a> {
    type_name: &'static str,
    extra: &'a Extra,
    fields: Vec<(&'static str, FieldView<'a>)>,
}

enum FieldView<'a> {
    Optional(&'a dyn Optional),
    Required(&'a dyn Json),
    Rest(&'a dyn Entries),
    /// A text that tells a union's variants apart, which the object's type leaves to the union.
    Tag(&'static str),
}

impl<'a> Views<'a> {
    /// No fields yet; `extra` is what none of them can hold.
    pub(crate) fn new(type_name: &'static str, extra: &'a Extra) -> Self {
        Self { type_name, extra, fields: Vec::with_capacity(FIELDS) }
    }

    /// A field that may be absent.
    pub(crate) fn optional(&mut self, name: &'static str, value: &'a dyn Optional) {
        self.fields.push((name, FieldView::Optional(value)));
    }

    /// A field that is always there.
    pub(crate) fn required(&mut self, name: &'static str, value: &'a dyn Json) {
        self.fields.push((name, FieldView::Required(value)));
    }

    /// The properties beyond the fields, where the schema gives them a type.
    pub(crate) fn rest(&mut self, rest: &'a dyn Entries) {
        self.fields.push(("", FieldView::Rest(rest)));
    }

    /// A tag in front of the fields.
    pub(super) fn tag(&mut self, name: &'static str, value: &'static str) {
        self.fields.insert(0, (name, FieldView::Tag(value)));
    }
}

impl<'a> From<Views<'a>> for View<'a> {
    fn from(views: Views<'a>) -> Self {
        Self::Object(views)
    }
}

impl FieldView<'_> {
    /// What is written, if anything.
    fn get(&self) -> Option<View<'_>> {
        match self {
            Self::Optional(value) => value.get(),
            Self::Required(value) => Some(value.view()),
            Self::Rest(rest) => Some(View::Entries(*rest)),
            Self::Tag(value) => Some(View::Text(value)),
        }
    }
}

impl PartialEq for Views<'_> {
    fn eq(&self, other: &Self) -> bool {
        let mut fields = self.fields.iter().zip(&other.fields);
        self.type_name == other.type_name
            && fields.all(|((_, one), (_, two))| one.get() == two.get())
            && self.extra == other.extra
    }
}

/// Writes every field of an object.
pub(super) fn write_fields(views: &Views<'_>, map: &mut dyn Fields) {
    let extra = views.extra;
    for (name, field) in &views.fields {
        match field {
            FieldView::Optional(value) => optional(name, value.get(), extra, map),
            FieldView::Required(value) => map.entry(name, value.view()),
            FieldView::Rest(rest) => rest.each(&mut |name, value| map.entry(name, value)),
            FieldView::Tag(value) => map.entry(name, View::Text(value)),
        }
    }
    for (name, value) in extra.unknown() {
        map.entry(name, View::Value(value));
    }
}

fn optional(name: &str, value: Option<View<'_>>, extra: &Extra, map: &mut dyn Fields) {
    match (value, extra.odd(name)) {
        (Some(View::List(items, _)), Some(odd)) => map.entry(name, View::List(items, &odd)),
        (Some(value), _) => map.entry(name, value),
        // Who takes the list away takes what stood in it.
        (None, Some(_)) => {}
        (None, None) => {
            if let Some(value) = extra.misfit(name) {
                map.entry(name, View::Value(value));
            } else if extra.is_null(name) {
                map.entry(name, View::Null);
            }
        }
    }
}

/// The fields that are there, by the names that the API has for them.
impl fmt::Debug for Views<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.type_name);
        for (name, field) in &self.fields {
            let mut show = |name, value: View<'_>| {
                shown.field(name, &value);
            };
            match field {
                FieldView::Optional(value) => value.get().into_iter().for_each(|value| show(name, value)),
                FieldView::Required(value) => show(name, value.view()),
                FieldView::Rest(rest) => rest.each(&mut show),
                FieldView::Tag(value) => show(name, View::Text(value)),
            }
        }
        if !self.extra.is_empty() {
            shown.field("extra", self.extra);
        }
        shown.finish()
    }
}

#[cfg(test)]
mod tests;
