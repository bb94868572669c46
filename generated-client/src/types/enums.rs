//! Enums that stay open: a value that the documentation does not know is kept.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A value that the documentation does not list; it is written back as it came.
#[derive(Clone, PartialEq)]
pub struct UnknownValue {
    text: Box<str>,
    /// What came where it was no text.
    json: Option<Box<Value>>,
}

impl UnknownValue {
    /// The text; the JSON text where the value is no string.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

impl From<&str> for UnknownValue {
    fn from(text: &str) -> Self {
        Self { text: text.into(), json: None }
    }
}

impl Serialize for UnknownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.json {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_str(&self.text),
        }
    }
}

/// Reads an enum; `unknown` is its variant for what is no text.
pub(crate) fn read<'de, T, D>(deserializer: D, unknown: fn(UnknownValue) -> T) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Values(unknown))
}

struct Values<T>(fn(UnknownValue) -> T);

impl<T> Values<T> {
    fn json(&self, value: Value) -> T {
        (self.0)(UnknownValue { text: value.to_string().into(), json: Some(Box::new(value)) })
    }
}

impl<'de, T: for<'a> From<&'a str>> Visitor<'de> for Values<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(text.into())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok(self.json(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(self.json(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(self.json(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Ok(self.json(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.json(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(|value| self.json(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(fields)).map(|value| self.json(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Order {
        Asc,
        Unknown(UnknownValue),
    }

    impl From<&str> for Order {
        fn from(value: &str) -> Self {
            match value {
                "asc" => Self::Asc,
                _ => Self::Unknown(value.into()),
            }
        }
    }

    impl<'de> Deserialize<'de> for Order {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from, Self::Unknown)
        }
    }

    impl Serialize for Order {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Asc => to.serialize_str("asc"),
                Self::Unknown(value) => value.serialize(to),
            }
        }
    }

    #[test]
    fn a_value_survives_whether_it_is_known_or_not() {
        for text in ["\"asc\"", "\"sideways\"", "\"\"", "5", "1.5", "true", "null", "[1,null]", "{\"a\":[]}"] {
            let order: Order = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&order).expect(text), text);
        }
        assert_eq!(serde_json::from_str::<Order>("\"asc\"").expect("an order"), Order::Asc);
        assert!(serde_json::from_str::<Order>("[").is_err());
    }
}
