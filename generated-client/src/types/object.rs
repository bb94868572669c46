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

/// Where the fields of an object are read to.
pub struct Places<'a> {
    extra: &'a mut Extra,
    fields: Box<[FieldPlace<'a>]>,
}

/// The name of a field, and where it is read to.
pub(crate) enum FieldPlace<'a> {
    /// It may be absent. It stays so where a value of another kind comes, which [`Extra`] keeps.
    Optional(&'static str, &'a mut dyn Optional),
    /// It may be absent, and only requests carry its object: a value of another kind is an error.
    Strict(&'static str, &'a mut dyn Optional),
    /// It must be there.
    Required(&'static str, &'a mut dyn Json),
    /// The properties beyond the fields, where the schema gives them a type; they stand last.
    Rest(&'a mut dyn Entries),
}

impl<'a> Place<'a> {
    /// An object: the place of what its fields do not take, and those of its fields.
    pub(crate) fn object(extra: &'a mut Extra, fields: Box<[FieldPlace<'a>]>) -> Self {
        Self::Object(Places { extra, fields })
    }
}

impl FieldPlace<'_> {
    fn is(&self, wanted: &[u8]) -> bool {
        match self {
            Self::Optional(name, _) | Self::Strict(name, _) | Self::Required(name, _) => name.as_bytes() == wanted,
            Self::Rest(_) => false,
        }
    }
}

/// Which field has a name. The next one is tried first: names mostly come in one order.
fn position(fields: &[FieldPlace<'_>], next: usize, name: &[u8]) -> Option<usize> {
    let is_next = fields.get(next).is_some_and(|field| field.is(name));
    if is_next { Some(next) } else { fields.iter().position(|field| field.is(name)) }
}

/// Reads every field of an object.
pub(super) fn read_fields<'de, A: MapAccess<'de>>(places: Places<'_>, mut map: A) -> Result<(), A::Error> {
    let Places { extra, mut fields } = places;
    let mut next = 0;
    let mut required = Vec::new();
    while let Some(name) = map.next_key_seed(Name)? {
        let Some(at) = position(&fields, next, &name) else {
            let name = text(name)?;
            match fields.last_mut() {
                Some(FieldPlace::Rest(rest)) => map.next_value_seed(Entry { entries: &mut **rest, name })?,
                _ => drop(extra.insert(name, map.next_value::<Value>()?)),
            }
            continue;
        };
        next = at + 1;
        let (name, place, otherwise) = match &mut fields[at] {
            FieldPlace::Optional(name, place) => (name, place, Otherwise::Part),
            FieldPlace::Strict(name, place) => (name, place, Otherwise::Fail),
            FieldPlace::Required(name, place) => {
                map.next_value_seed(Reader::strict(place.place()))?;
                required.push(*name);
                continue;
            }
            FieldPlace::Rest(_) => continue,
        };
        match map.next_value_seed(Reader::new(Place::Optional(&mut **place), otherwise))? {
            Came::Fit => {}
            Came::Null => extra.set_null(name),
            Came::Part(odd) => extra.set_odd(name, *odd),
            Came::Misfit(value) => extra.set_misfit(name, *value),
        }
    }
    let absent = fields.iter().find_map(|field| match field {
        FieldPlace::Required(name, _) if !required.contains(name) => Some(*name),
        _ => None,
    });
    absent.map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
}

/// A name as text, which nobody has made sure of yet.
fn text<E: Error>(name: Cow<'_, [u8]>) -> Result<String, E> {
    if matches!(&name, Cow::Borrowed(name) if name.iter().any(|byte| *byte < b' ')) {
        return Err(E::custom("control character in a field's name"));
    }
    String::from_utf8(name.into_owned()).map_err(E::custom)
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

/// What an object holds.
pub struct Views<'a> {
    type_name: &'static str,
    /// A tag in front of the fields, which the object's type leaves to the union around it.
    tag: Option<(&'static str, &'static str)>,
    fields: Box<[FieldView<'a>]>,
    extra: &'a Extra,
}

/// The name of a field, and what it holds.
pub(crate) enum FieldView<'a> {
    /// It may be absent.
    Optional(&'static str, &'a dyn Optional),
    /// It is always there.
    Required(&'static str, &'a dyn Json),
    /// The properties beyond the fields, where the schema gives them a type.
    Rest(&'a dyn Entries),
}

impl<'a> View<'a> {
    /// An object: the name of its type, what is beyond its fields, and those.
    pub(crate) fn object(type_name: &'static str, extra: &'a Extra, fields: Box<[FieldView<'a>]>) -> Self {
        Self::Object(Views { type_name, tag: None, fields, extra })
    }

    /// The object with a tag in front of its fields.
    pub(super) fn tagged(mut self, name: &'static str, value: &'static str) -> Self {
        if let Self::Object(views) = &mut self {
            views.tag = Some((name, value));
        }
        self
    }
}

impl Views<'_> {
    /// Every field, whether it is there or not.
    fn each(&self, take: &mut dyn FnMut(&str, Option<View<'_>>)) {
        if let Some((name, value)) = self.tag {
            take(name, Some(View::Text(value)));
        }
        for field in &self.fields {
            match field {
                FieldView::Optional(name, value) => take(name, value.get()),
                FieldView::Required(name, value) => take(name, Some(value.view())),
                FieldView::Rest(rest) => rest.each(&mut |name, value| take(name, Some(value))),
            }
        }
    }
}

/// Writes every field of an object.
pub(super) fn write_fields(views: &Views<'_>, map: &mut dyn Fields) {
    let extra = views.extra;
    views.each(&mut |name, value| match (value, extra.odd(name)) {
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
    });
    for (name, value) in extra.unknown() {
        map.entry(name, View::Value(value));
    }
}

impl PartialEq for Views<'_> {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |fields: (&FieldView<'_>, &FieldView<'_>)| match fields {
            (FieldView::Optional(_, one), FieldView::Optional(_, two)) => one.get() == two.get(),
            (FieldView::Required(_, one), FieldView::Required(_, two)) => one.view() == two.view(),
            (FieldView::Rest(one), FieldView::Rest(two)) => View::Entries(*one) == View::Entries(*two),
            _ => false,
        };
        // Types have names of their own, so that objects of one name have the same fields.
        self.type_name == other.type_name
            && self.extra == other.extra
            && self.fields.iter().zip(&other.fields).all(is_same)
    }
}

/// The fields that are there, by the names that the API has for them.
impl fmt::Debug for Views<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.type_name);
        self.each(&mut |name, value| {
            if let Some(value) = value {
                shown.field(name, &value);
            }
        });
        if !self.extra.is_empty() {
            shown.field("extra", self.extra);
        }
        shown.finish()
    }
}

#[cfg(test)]
mod tests;
