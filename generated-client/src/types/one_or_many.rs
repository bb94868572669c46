//! Places where the API takes one value or a list of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::{Choice, Json, Place, View};
use super::read::read_value;
use super::{read, write};

/// One value or a list of them; written as it was given.
#[derive(Clone, Debug, PartialEq)]
pub enum OneOrMany<T> {
    /// The value alone.
    One(T),
    /// A list.
    Many(Vec<T>),
    /// What is neither, as it came.
    Other(Value),
}

impl<T> OneOrMany<T> {
    /// The values, however they are given; none where something else came.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
            Self::Other(_) => &[],
        }
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(value: T) -> Self {
        Self::One(value)
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Many(values)
    }
}

impl<T: Json> Json for OneOrMany<T> {
    fn blank() -> Self {
        Self::Many(Vec::new())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::One(value) => value.view(),
            Self::Many(values) => values.view(),
            Self::Other(value) => View::Value(value),
        }
    }
}

impl<T: Json> Choice for OneOrMany<T> {
    fn take(&mut self, value: Value) {
        let read =
            if value.is_array() { read_value(&value).map(Self::Many) } else { read_value(&value).map(Self::One) };
        *self = read.unwrap_or(Self::Other(value));
    }
}

impl<T: Json> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de, T: Json> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stays_one_and_many_stay_many() {
        for text in ["\"a\"", "[\"a\"]", "[]"] {
            let values: OneOrMany<String> = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&values).expect(text), text);
        }
        for text in ["5", "[\"a\",5]", "{\"a\":[]}"] {
            let values: OneOrMany<String> = serde_json::from_str(text).expect(text);
            assert!(matches!(values, OneOrMany::Other(_)) && values.as_slice().is_empty(), "{text}");
            assert_eq!(serde_json::to_string(&values).expect(text), text);
        }
        assert_eq!(OneOrMany::<i64>::from(1).as_slice(), [1]);
        assert_eq!(OneOrMany::<i64>::from(vec![1, 2]).as_slice(), [1, 2]);
    }
}
