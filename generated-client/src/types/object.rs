//! Objects with known fields, read and written without derives.
//!
//! A generated struct says which fields it has and how each is kept ([`Object`]); everything else is here, once.
//! A field's name is looked up from where the one before it was found, so that objects whose fields come in the
//! order of the table are read without searching.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::extra::Bits;
use super::{Blank, Extra, Patch};

/// What a generated struct tells of itself; [`object!`](super::object) makes the rest.
pub(crate) trait Object: Blank {
    /// The fields' names on the wire; a field is meant by its index in this table.
    const FIELDS: &'static [&'static str];
    /// Fields without which there is no such object.
    const REQUIRED: &'static [usize] = &[];

    /// Reads the value of a field.
    fn read<'de, A: MapAccess<'de>>(&mut self, field: usize, from: &mut FieldReader<'_, A>) -> Result<(), A::Error>;

    /// Writes every field.
    fn write<M: SerializeMap>(&self, to: &mut FieldWriter<'_, M>);

    /// What the object holds beyond its fields.
    fn extra(&self) -> &Extra;

    /// What the object holds beyond its fields.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Keeps a field that is not in the table.
    fn keep(&mut self, name: String, value: Value) {
        self.extra_mut().insert(name, value);
    }
}

/// Reads the value of one field into the place where the object keeps it.
pub(crate) struct FieldReader<'a, A> {
    map: &'a mut A,
    seen: &'a mut Bits,
    field: usize,
    null: bool,
}

impl<'de, A: MapAccess<'de>> FieldReader<'_, A> {
    /// A field that may be absent; null counts as absent, and is remembered.
    pub(crate) fn optional<T: Deserialize<'de>>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        *place = self.map.next_value()?;
        self.null = place.is_none();
        Ok(())
    }

    /// A field that must be there.
    pub(crate) fn required<T: Deserialize<'de>>(&mut self, place: &mut T) -> Result<(), A::Error> {
        *place = self.map.next_value()?;
        self.seen.set(self.field);
        Ok(())
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch<T: Deserialize<'de>>(&mut self, place: &mut Patch<T>) -> Result<(), A::Error> {
        *place = self.map.next_value()?;
        Ok(())
    }
}

/// Writes the fields of one object; the first error is kept and ends the writing.
pub(crate) struct FieldWriter<'a, M: SerializeMap> {
    map: M,
    fields: &'static [&'static str],
    extra: &'a Extra,
    error: Option<M::Error>,
}

impl<M: SerializeMap> FieldWriter<'_, M> {
    /// A field that may be absent.
    #[allow(clippy::ref_option, reason = "every field is handed over in one form, so that generated code is a table")]
    pub(crate) fn optional<T: Serialize>(&mut self, field: usize, value: &Option<T>) {
        match value {
            Some(value) => self.required(field, value),
            None if self.extra.is_null(field) => self.required(field, &()),
            None => {}
        }
    }

    /// A field that is always there.
    pub(crate) fn required<T: Serialize>(&mut self, field: usize, value: &T) {
        self.entry(self.fields[field], value);
    }

    /// A field for which absent and null are two things.
    pub(crate) fn patch<T: Serialize>(&mut self, field: usize, value: &Patch<T>) {
        if !value.is_keep() {
            self.required(field, value);
        }
    }

    /// The properties beyond the fields, where the schema gives them a type.
    pub(crate) fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.entry(name, value);
        }
    }

    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }
}

/// Keeps a property beyond the fields: with its type where it has it, as it came where not.
pub(crate) fn keep_rest<T: DeserializeOwned>(
    rest: &mut BTreeMap<String, T>,
    extra: &mut Extra,
    name: String,
    value: Value,
) {
    if let Ok(value) = T::deserialize(&value) {
        rest.insert(name, value);
    } else {
        extra.insert(name, value);
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
    let mut writer = FieldWriter { map, fields: T::FIELDS, extra: object.extra(), error: None };
    object.write(&mut writer);
    for (name, value) in object.extra().iter() {
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
        let mut seen = Bits::default();
        let mut hint = 0;
        while let Some(key) = map.next_key_seed(Key::<T> { hint, object: PhantomData })? {
            match key {
                Found::Field(field) => {
                    let mut reader = FieldReader { map: &mut map, seen: &mut seen, field, null: false };
                    object.read(field, &mut reader)?;
                    if reader.null {
                        object.extra_mut().set_null(field);
                    }
                    hint = field + 1;
                }
                Found::Unknown(name) => {
                    let value = map.next_value()?;
                    object.keep(name, value);
                }
            }
        }
        match T::REQUIRED.iter().find(|&&field| !seen.get(field)) {
            Some(&field) => Err(A::Error::missing_field(T::FIELDS[field])),
            None => Ok(object),
        }
    }
}

enum Found {
    Field(usize),
    Unknown(String),
}

/// Reads a name as a field. The table is part of the type, so that the compiler makes of it what it makes of a `match`.
struct Key<T> {
    hint: usize,
    object: PhantomData<T>,
}

impl<T: Object> Key<T> {
    #[inline]
    fn find(&self, name: &str) -> Option<usize> {
        if T::FIELDS.get(self.hint).is_some_and(|field| *field == name) {
            return Some(self.hint);
        }
        T::FIELDS.iter().position(|field| *field == name)
    }
}

impl<'de, T: Object> DeserializeSeed<'de> for Key<T> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T: Object> Visitor<'_> for Key<T> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Found, E> {
        Ok(self.find(name).map_or_else(|| Found::Unknown(name.to_owned()), Found::Field))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Found, E> {
        Ok(self.find(&name).map_or(Found::Unknown(name), Found::Field))
    }
}

/// Everything about a struct that does not depend on its fields.
macro_rules! object {
    ($ty:ident) => {
        impl<'de> $crate::types::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::types::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::types::read_object(deserializer)
            }
        }

        impl $crate::types::Serialize for $ty {
            fn serialize<S: $crate::types::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::types::write_object(self, serializer)
            }
        }
    };
}

pub(crate) use object;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::object;

    #[derive(Clone, Debug, PartialEq)]
    struct Row {
        id: String,
        name: Patch<String>,
        size: Option<i64>,
        rest: BTreeMap<String, i64>,
        extra: Extra,
    }

    impl Blank for Row {
        fn blank() -> Self {
            Self {
                id: Blank::blank(),
                name: Blank::blank(),
                size: Blank::blank(),
                rest: Blank::blank(),
                extra: Blank::blank(),
            }
        }
    }

    impl Object for Row {
        const FIELDS: &'static [&'static str] = &["id", "name", "size"];
        const REQUIRED: &'static [usize] = &[0];
        fn read<'de, A: MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut FieldReader<'_, A>,
        ) -> Result<(), A::Error> {
            match field {
                0 => from.required(&mut self.id),
                1 => from.patch(&mut self.name),
                _ => from.optional(&mut self.size),
            }
        }
        fn write<M: SerializeMap>(&self, to: &mut FieldWriter<'_, M>) {
            to.required(0, &self.id);
            to.patch(1, &self.name);
            to.optional(2, &self.size);
            to.rest(&self.rest);
        }
        fn extra(&self) -> &Extra {
            &self.extra
        }
        fn extra_mut(&mut self) -> &mut Extra {
            &mut self.extra
        }
        fn keep(&mut self, name: String, value: Value) {
            keep_rest(&mut self.rest, &mut self.extra, name, value);
        }
    }

    object!(Row);

    #[test]
    fn an_object_is_written_as_it_came() {
        for text in [
            r#"{"id":"a"}"#,
            r#"{"id":"a","name":null}"#,
            r#"{"id":"a","name":"b","size":null}"#,
            r#"{"size":1,"name":"b","id":"a","other":7,"odd":{"x":[1]}}"#,
        ] {
            let row: Row = serde_json::from_str(text).expect(text);
            let back = serde_json::to_value(&row).expect(text);
            assert_eq!(back, serde_json::from_str::<Value>(text).expect(text));
        }
        let row: Row = serde_json::from_str(r#"{"id":"a","other":7,"odd":true}"#).expect("a row");
        assert_eq!(row.rest.get("other"), Some(&7));
        assert_eq!(row.extra.get("odd"), Some(&Value::Bool(true)));
    }

    #[test]
    fn a_missing_field_is_named() {
        let error = serde_json::from_str::<Row>(r#"{"size":1}"#).expect_err("no id");
        assert!(error.to_string().contains("`id`"), "{error}");
        assert!(serde_json::from_str::<Row>("[]").is_err());
    }
}
