//! Values of another kind than the documentation says: told apart while reading, so that their place can keep them.
//!
//! A number where a text is due cannot become the text, and must not fail everything around it either. A [`Place`]
//! reads a value through a deserializer that looks at its kind first: what the type takes goes to the type, anything
//! else is read as JSON. Only the value itself is looked at; what lies below it is read by places of its own.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

/// A value of the type, or what came instead.
pub(super) enum Read<T> {
    Fit(T),
    Misfit(Box<Value>),
}

/// A place for a value of a type.
pub(super) struct Place<T> {
    /// Whether a value of another kind is an error.
    strict: bool,
    of: PhantomData<T>,
}

impl<T> Place<T> {
    pub(super) fn new(strict: bool) -> Self {
        Self { strict, of: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Place<T> {
    type Value = Read<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Read<T>, D::Error> {
        match T::deserialize(Sorting { inner, strict: self.strict }) {
            Ok(value) => Ok(Read::Fit(value)),
            Err(Fault::Misfit(value)) => Ok(Read::Misfit(value)),
            Err(Fault::Error(error)) => Err(error),
        }
    }
}

/// What came for a value that may be null.
pub(super) enum Came {
    Null,
    /// The value; it is in its place.
    Fit,
    Misfit(Box<Value>),
}

/// The place of a value that may be null. The value goes there at once: large ones would be moved through every layer.
pub(super) struct OptionalPlace<'a, T> {
    place: &'a mut Option<T>,
    strict: bool,
}

impl<'a, T> OptionalPlace<'a, T> {
    pub(super) fn new(place: &'a mut Option<T>, strict: bool) -> Self {
        Self { place, strict }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for OptionalPlace<'_, T> {
    type Value = Came;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Came, D::Error> {
        inner.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalPlace<'_, T> {
    type Value = Came;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Came, E> {
        *self.place = None;
        Ok(Came::Null)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Came, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Came, D::Error> {
        match T::deserialize(Sorting { inner, strict: self.strict }) {
            Ok(value) => {
                *self.place = Some(value);
                Ok(Came::Fit)
            }
            Err(Fault::Misfit(value)) => Ok(Came::Misfit(value)),
            Err(Fault::Error(error)) => Err(error),
        }
    }
}

/// Why a value was not read.
#[derive(Debug)]
enum Fault<E> {
    /// It is of another kind.
    Misfit(Box<Value>),
    Error(E),
}

impl<E: fmt::Display> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misfit(_) => f.write_str("a value of another kind"),
            Self::Error(error) => error.fmt(f),
        }
    }
}

impl<E: Error> std::error::Error for Fault<E> {}

impl<E: Error> Error for Fault<E> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Error(E::custom(message))
    }
}

/// A kind of JSON values that types ask for.
trait Kind {
    const BOOLEAN: bool = false;
    const INTEGER: bool = false;
    const NUMBER: bool = false;
    const TEXT: bool = false;
    const LIST: bool = false;
    const OBJECT: bool = false;
    /// Null or something else, which is sorted in its turn.
    const OPTION: bool = false;
}

macro_rules! kinds {
    ($($kind:ident: $($what:ident)*;)*) => {
        $(struct $kind; impl Kind for $kind { $(const $what: bool = true;)* })*
    };
}

kinds! {
    Boolean: BOOLEAN;
    Integer: INTEGER NUMBER;
    Number: NUMBER;
    Text: TEXT;
    List: LIST;
    Object: OBJECT;
    Optional: OPTION;
}

/// A deserializer that reads a value of the wrong kind as JSON.
struct Sorting<D> {
    inner: D,
    strict: bool,
}

macro_rules! asked_for {
    ($($kind:ident: $($method:ident)*;)*) => {
        $($(#[inline] fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let by_kind = ByKind { visitor, strict: self.strict, kind: PhantomData::<$kind> };
            self.inner.deserialize_any(by_kind).map_err(Fault::Error)?.map_err(Fault::Misfit)
        })*)*
    };
}

macro_rules! passed_on {
    ($($method:ident($($argument:ident: $ty:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Self::Error> {
            self.inner.$method($($argument,)* visitor).map_err(Fault::Error)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Sorting<D> {
    type Error = Fault<D::Error>;

    /// Who asks for anything takes anything.
    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_any(visitor).map_err(Fault::Error)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let by_kind = ByKind { visitor, strict: self.strict, kind: PhantomData::<Optional> };
        self.inner.deserialize_option(by_kind).map_err(Fault::Error)?.map_err(Fault::Misfit)
    }

    asked_for! {
        Boolean: deserialize_bool;
        Integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
        Number: deserialize_f32 deserialize_f64;
        Text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        List: deserialize_seq;
        Object: deserialize_map;
    }

    // What derived types of other crates ask for, which know no misfits.
    passed_on! {
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit();
        deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Hands a value of the right kind on to its visitor, and reads another one as JSON.
struct ByKind<V, K> {
    visitor: V,
    strict: bool,
    kind: PhantomData<K>,
}

type Sorted<T, E> = Result<Result<T, Box<Value>>, E>;

/// What a visitor made of a value without parts; one that it refuses, such as a number out of range, is a misfit.
#[inline]
fn or_misfit<T, E: Error>(strict: bool, read: Result<T, E>, value: impl Into<Value>) -> Sorted<T, E> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(error) if strict => Err(error),
        Err(_) => Ok(Err(Box::new(value.into()))),
    }
}

impl<'de, V: Visitor<'de>, K: Kind> ByKind<V, K> {
    #[cold]
    fn misfit<E: Error>(self, value: Value) -> Sorted<V::Value, E> {
        if !self.strict {
            return Ok(Err(Box::new(value)));
        }
        let what = match &value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => number.as_i64().map_or(Unexpected::Other("number"), Unexpected::Signed),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(E::invalid_type(what, &self.visitor))
    }
}

impl<'de, V: Visitor<'de>, K: Kind> Visitor<'de> for ByKind<V, K> {
    type Value = Result<V::Value, Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Sorted<V::Value, E> {
        if K::BOOLEAN {
            return or_misfit(self.strict, self.visitor.visit_bool(value), value);
        }
        self.misfit(value.into())
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Sorted<V::Value, E> {
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_i64(number), number);
        }
        self.misfit(number.into())
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Sorted<V::Value, E> {
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_u64(number), number);
        }
        self.misfit(number.into())
    }

    /// JSON has one type of numbers: `5.0` is an integer.
    #[inline]
    fn visit_f64<E: Error>(self, number: f64) -> Sorted<V::Value, E> {
        if K::INTEGER && let Some(whole) = whole(number) {
            return or_misfit(self.strict, self.visitor.visit_i64(whole), number);
        }
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_f64(number), number);
        }
        self.misfit(number.into())
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Sorted<V::Value, E> {
        if K::TEXT {
            return or_misfit(self.strict, self.visitor.visit_str(text), text);
        }
        self.misfit(text.into())
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Sorted<V::Value, E> {
        if K::TEXT {
            return or_misfit(self.strict, self.visitor.visit_borrowed_str(text), text);
        }
        self.misfit(text.into())
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Sorted<V::Value, E> {
        if K::OPTION {
            return self.visitor.visit_unit().map(Ok);
        }
        self.misfit(Value::Null)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Sorted<V::Value, E> {
        if K::OPTION {
            return self.visitor.visit_none().map(Ok);
        }
        self.misfit(Value::Null)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Sorted<V::Value, D::Error> {
        match self.visitor.visit_some(Sorting { inner, strict: self.strict }) {
            Ok(value) => Ok(Ok(value)),
            Err(Fault::Misfit(value)) => Ok(Err(value)),
            Err(Fault::Error(error)) => Err(error),
        }
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Sorted<V::Value, A::Error> {
        if K::LIST {
            return self.visitor.visit_seq(Short(items)).map(Ok);
        }
        self.misfit(Value::deserialize(SeqAccessDeserializer::new(items))?)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Sorted<V::Value, A::Error> {
        if K::OBJECT {
            return self.visitor.visit_map(fields).map(Ok);
        }
        self.misfit(Value::deserialize(MapAccessDeserializer::new(fields))?)
    }
}

/// A list that has room for one item at first: most have one or two, and four is what a `Vec` begins with.
struct Short<A>(A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Short<A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(seed)
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.size_hint().unwrap_or(1))
    }
}

/// The integer that a number is, as far as every integer has a number of its own.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "there is nothing to cut off")]
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Id, Number, Secret, Timestamp};

    fn read<T: for<'de> Deserialize<'de>>(strict: bool, text: &str) -> Result<Read<T>, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = Place::new(strict).deserialize(&mut reader)?;
        reader.end()?;
        Ok(read)
    }

    /// Which of a value of every kind a type takes; the others come back as they are, or are errors.
    fn fits<T: for<'de> Deserialize<'de>>() -> Vec<&'static str> {
        let texts = ["null", "true", "-5", "5.0", "5.5", "18446744073709551615", "\"a\\n\"", "[]", "{\"a\":[1,null]}"];
        let fits = |text: &&str| match read::<T>(false, text).expect(text) {
            Read::Fit(_) => {
                assert!(read::<T>(true, text).is_ok_and(|read| matches!(read, Read::Fit(_))), "{text}");
                true
            }
            Read::Misfit(value) => {
                assert_eq!(*value, serde_json::from_str::<Value>(text).expect(text));
                assert!(read::<T>(true, text).is_err(), "{text}");
                false
            }
        };
        texts.into_iter().filter(fits).collect()
    }

    #[test]
    fn a_value_of_another_kind_is_no_error() {
        assert_eq!(fits::<bool>(), ["true"]);
        assert_eq!(fits::<i64>(), ["-5", "5.0"]);
        assert_eq!(fits::<Number>(), ["-5", "5.0", "5.5", "18446744073709551615"]);
        assert_eq!(fits::<Option<i64>>(), ["null", "-5", "5.0"]);
        for texts in [fits::<String>(), fits::<Id>(), fits::<Timestamp>(), fits::<Secret>()] {
            assert_eq!(texts, ["\"a\\n\""]);
        }
        assert_eq!(fits::<Vec<String>>(), ["[]"]);
        assert_eq!(fits::<serde_json::Map<String, Value>>(), ["{\"a\":[1,null]}"]);
        assert_eq!(fits::<Value>().len(), 9);
    }

    #[test]
    fn a_fault_of_the_text_is_one() {
        for text in ["", "tru", "[1", "{\"a\"}", "\"a", "5 5"] {
            assert!(read::<bool>(false, text).is_err(), "{text}");
            assert!(read::<Option<Vec<i64>>>(false, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_strict_place_says_what_it_expects() {
        let fault = read::<Option<String>>(true, "[1]").err().expect("an error");
        assert_eq!(fault.to_string(), "invalid type: sequence, expected a string at line 1 column 3");
    }
}
