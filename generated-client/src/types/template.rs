//! Values that may also be given as a template text.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::{Choice, Json, Place, View};
use super::read::read_value;
use super::{Id, Number, read, write};

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

impl<T: Json> Json for Template<T> {
    fn blank() -> Self {
        Self::Text(String::new())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Value(value) => value.view(),
            Self::Text(text) => View::Text(text),
            Self::Other(value) => View::Value(value),
        }
    }
}

impl<T: Json> Choice for Template<T> {
    fn take(&mut self, value: Value) {
        *self = match value {
            Value::String(text) if text.contains("{{") => Self::Text(text),
            value => match (read_value(&value), value) {
                (Some(read), _) => Self::Value(read),
                (None, Value::String(text)) => Self::Text(text),
                (None, value) => Self::Other(value),
            },
        }
    }
}

impl<T: Json> Serialize for Template<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de, T: Json> Deserialize<'de> for Template<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
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
