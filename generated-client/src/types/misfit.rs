//! Values of another kind than the documentation says: told apart while reading, so that their place can keep them.
//!
//! A number where a text is due cannot become the text, and must not fail everything around it either. A [`Place`]
//! reads a value through a deserializer that looks at its kind first: what the type takes goes to the type, anything
//! else is read as JSON. Only the value itself is looked at; what lies below it is read by places of its own.

mod sorting;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, Visitor};
use serde_json::Value;

use sorting::{Fault, Sorting};

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

/// The place behind the last item of a list. The item goes there at once; what is none is handed back.
pub(super) struct NextPlace<'a, T>(pub(super) &'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for NextPlace<'_, T> {
    type Value = Option<Box<Value>>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        match T::deserialize(Sorting { inner, strict: false }) {
            Ok(item) => {
                self.0.push(item);
                Ok(None)
            }
            Err(Fault::Misfit(value)) => Ok(Some(value)),
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
