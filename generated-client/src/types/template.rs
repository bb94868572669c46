//! Values that may also be given as a template text.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Id, Number};

/// A value, or a template such as `{{ctx.deviceId}}` that the platform fills in.
#[derive(Clone, Debug, PartialEq)]
pub enum Template<T> {
    /// The value itself.
    Value(T),
    /// A template, or another text that stands in place of a value.
    Text(String),
    /// What is neither, as it came.
    Other(Value),
}

impl<T> Template<T> {
    /// The value, unless it is a template.
    pub fn value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// The template text, unless it is a value.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<T> From<&str> for Template<T> {
    /// A template text; a value that is a text itself is made with [`Template::Value`].
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T> From<String> for Template<T> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! from_value {
    ($($from:ty => $ty:ty),*) => { $(impl From<$from> for Template<$ty> { fn from(value: $from) -> Self { Self::Value(value.into()) } })* };
}

from_value!(bool => bool, i64 => i64, i32 => i64, i32 => Number, i64 => Number, f64 => Number, Number => Number, Id => Id);

impl<T: Serialize> Serialize for Template<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Template<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::String(text) if text.contains("{{") => Self::Text(text),
            value => match (T::deserialize(&value), value) {
                (Ok(read), _) => Self::Value(read),
                (Err(_), Value::String(text)) => Self::Text(text),
                (Err(_), value) => Self::Other(value),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_told_by_its_braces_or_by_being_a_text_where_none_is_due() {
        let number = |text: &str| serde_json::from_str::<Template<Number>>(text).expect(text);
        assert_eq!(number("5"), Template::from(5));
        assert_eq!(number("\"{{a}}\""), Template::from("{{a}}"));
        assert_eq!(number("\"5\""), Template::from("5"));
        let id = |text: &str| serde_json::from_str::<Template<Id>>(text).expect(text);
        assert_eq!(id("\"abc\""), Template::Value(Id::from("abc")));
        assert_eq!(id("\"{{abc}}\"").text(), Some("{{abc}}"));
        assert_eq!(id("[5]"), Template::Other(serde_json::json!([5])));
    }
}
