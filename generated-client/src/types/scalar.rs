//! A value without structure: what device attributes, tags and template contexts hold.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::{Json, Place, View};
use super::{Number, read, write};

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

impl Json for Scalar {
    fn blank() -> Self {
        Self::default()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Scalar(self)
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Boolean(*value),
            Self::Number(number) => number.view(),
            Self::Text(text) => View::Text(text),
            Self::Other(value) => View::Value(value),
        }
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
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
