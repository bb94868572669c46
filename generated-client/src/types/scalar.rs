//! A value without structure: what device attributes, tags and template contexts hold.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Number;

/// A text, a number, a boolean or null.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scalar {
    /// Null.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list or an object, which no documentation promises here, as it came.
    Other(Value),
}

impl Scalar {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<Number> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }
}

macro_rules! from_number {
    ($($ty:ty),*) => { $(impl From<$ty> for Scalar { fn from(number: $ty) -> Self { Self::Number(number.into()) } })* };
}

from_number!(i32, i64, u32, u64, f64, Number);

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Scalar {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalars;
        impl<'de> Visitor<'de> for Scalars {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a number, a boolean or null")
            }
            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(value.into())
            }
            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(number.into())
            }
            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(number.into())
            }
            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(number.into())
            }
            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(text.into())
            }
            fn visit_string<E>(self, text: String) -> Result<Scalar, E> {
                Ok(text.into())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Scalar, A::Error> {
                Value::deserialize(SeqAccessDeserializer::new(items)).map(Scalar::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Scalar, A::Error> {
                Value::deserialize(MapAccessDeserializer::new(fields)).map(Scalar::Other)
            }
        }
        deserializer.deserialize_any(Scalars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_survives() {
        for text in ["null", "true", "0", "1.5", "\"a\"", "[1,null]", "{\"a\":[]}"] {
            let scalar: Scalar = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&scalar).expect(text), text);
        }
        assert_eq!(Scalar::from(Some(1)), Scalar::from(1));
        assert_eq!(Scalar::from(None::<bool>), Scalar::Null);
    }
}
