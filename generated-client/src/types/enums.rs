//! Enums that stay open: a value that the documentation does not know is kept.

use std::fmt;

use serde_json::Value;

use super::json::View;

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

    /// A value that is no text.
    pub(super) fn json(value: Value) -> Self {
        Self { text: value.to_string().into(), json: Some(Box::new(value)) }
    }

    /// As it came.
    pub(crate) fn view(&self) -> View<'_> {
        match &self.json {
            Some(value) => View::Value(value),
            None => View::Text(&self.text),
        }
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

/// What a generated enum tells of itself.
pub trait Enumeration {
    /// Takes a text.
    fn set(&mut self, text: &str);

    /// Takes what is no text.
    fn set_unknown(&mut self, value: UnknownValue);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Deserialize, Deserializer, Json, Place, Serialize, Serializer, read, write};

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

    impl Enumeration for Order {
        fn set(&mut self, text: &str) {
            *self = text.into();
        }

        fn set_unknown(&mut self, value: UnknownValue) {
            *self = Self::Unknown(value);
        }
    }

    impl Json for Order {
        fn blank() -> Self {
            Self::from("")
        }

        fn place(&mut self) -> Place<'_> {
            Place::Enumeration(self)
        }

        fn view(&self) -> View<'_> {
            match self {
                Self::Asc => View::Text("asc"),
                Self::Unknown(value) => value.view(),
            }
        }
    }

    impl<'de> Deserialize<'de> for Order {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from)
        }
    }

    impl Serialize for Order {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            write(self, to)
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
