//! Values that take one of several shapes.
//!
//! A union is read as JSON first, then its variant is chosen: by the value of a tag, wherever it stands in the
//! object, or by the form of the value. What fits no variant is kept whole.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::Serializer;
use serde_json::{Map, Value};

use super::object::{self, Object};

/// What a generated union tells of itself; [`union!`](super::union) makes the rest.
pub(crate) trait Union: Sized {
    /// How its variants are told apart.
    const TELLING: Telling;
    /// Reads a variant.
    fn read(variant: usize, value: &Value) -> Result<Self, serde_json::Error>;
    /// Keeps what fits no variant.
    fn other(value: Value) -> Self;
    /// Writes the value of the variant.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// How the variants of a union are told apart.
#[derive(Clone, Copy)]
pub(crate) enum Telling {
    /// By the value of a field: each value with its variant, and whether the variant's type leaves the tag to the union.
    Tag(&'static str, &'static [(&'static str, usize, bool)]),
    /// By form, one for each variant.
    Forms(&'static [Form]),
}

/// The form of a variant's value.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A text of 24 hexadecimal digits.
    Id,
    /// A text that begins with a date.
    Timestamp,
    /// One of these texts.
    TextOf(&'static [&'static str]),
    /// A list.
    List,
    /// An object: the fields that it must have, and all that it is known to have; none where it may have any.
    Object(&'static [&'static str], Option<&'static [&'static str]>),
    /// Anything that the variant's type can read.
    Any,
}

impl Form {
    /// How well a value fits: the less, the better; none where it cannot be.
    fn fit(self, value: &Value) -> Option<u8> {
        match (self, value) {
            (Self::Boolean, Value::Bool(_)) | (Self::Number, Value::Number(_)) | (Self::List, Value::Array(_)) => {
                Some(0)
            }
            (Self::TextOf(texts), Value::String(text)) => Some(if texts.contains(&text.as_str()) { 0 } else { 2 }),
            (Self::Id, Value::String(text)) => {
                let is_id = text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                Some(if is_id { 0 } else { 3 })
            }
            (Self::Timestamp, Value::String(text)) => {
                let is_date = text
                    .as_bytes()
                    .get(..5)
                    .is_some_and(|start| start[..4].iter().all(u8::is_ascii_digit) && start[4] == b'-');
                Some(if is_date { 0 } else { 3 })
            }
            (Self::Text, Value::String(_)) => Some(1),
            (Self::Object(required, known), Value::Object(map)) => Some(Self::fit_object(required, known, map)),
            (Self::Any, _) => Some(6),
            _ => None,
        }
    }

    fn fit_object(required: &[&str], known: Option<&[&str]>, map: &Map<String, Value>) -> u8 {
        let complete = required.iter().all(|name| map.contains_key(*name));
        let is_known = |name: &String| known.is_none_or(|known| known.contains(&name.as_str()));
        match (complete, map.keys().all(is_known)) {
            (true, true) => 0,
            (true, false) if map.keys().any(is_known) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) if map.keys().any(is_known) => 4,
            (false, false) => 5,
        }
    }
}

pub(crate) fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(match T::TELLING {
        Telling::Tag(tag, values) => by_tag(tag, values, value),
        Telling::Forms(forms) => by_form(forms, value),
    })
}

fn by_tag<T: Union>(tag: &str, values: &[(&str, usize, bool)], mut value: Value) -> T {
    let told = value.get(tag).and_then(Value::as_str);
    let Some(&(_, variant, strip)) = values.iter().find(|(text, ..)| told == Some(text)) else {
        return T::other(value);
    };
    let removed = if strip { value.as_object_mut().and_then(|map| map.remove(tag)) } else { None };
    T::read(variant, &value).unwrap_or_else(|_| {
        if let (Some(removed), Some(map)) = (removed, value.as_object_mut()) {
            map.insert(tag.to_owned(), removed);
        }
        T::other(value)
    })
}

fn by_form<T: Union>(forms: &[Form], value: Value) -> T {
    for rank in 0..=6 {
        for (variant, form) in forms.iter().enumerate() {
            if form.fit(&value) == Some(rank)
                && let Ok(read) = T::read(variant, &value)
            {
                return read;
            }
        }
    }
    T::other(value)
}

/// Reads the value of a variant.
pub(crate) fn variant<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

/// Writes a variant whose type leaves the tag to the union.
pub(crate) fn tagged<T: Object, S: Serializer>(
    tag: &'static str,
    value: &'static str,
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    object::write_tagged(Some((tag, value)), object, serializer)
}

/// Everything about a union that does not depend on its variants.
macro_rules! union {
    ($ty:ident) => {
        impl $crate::types::Blank for $ty {
            fn blank() -> Self {
                $crate::types::Union::other($crate::types::Value::Null)
            }
        }

        impl<'de> $crate::types::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::types::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::types::read_union(deserializer)
            }
        }

        impl $crate::types::Serialize for $ty {
            fn serialize<S: $crate::types::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::types::Union::write(self, serializer)
            }
        }
    };
}

pub(crate) use union;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Blank, Extra, FieldReader, FieldWriter, MapAccess, Serialize, SerializeMap, object, union};

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Timer {
        seconds: Option<i64>,
        extra: Extra,
    }

    impl Blank for Timer {
        fn blank() -> Self {
            Self::default()
        }
    }

    impl Object for Timer {
        const FIELDS: &'static [&'static str] = &["seconds"];
        fn read<'de, A: MapAccess<'de>>(&mut self, _: usize, from: &mut FieldReader<'_, A>) -> Result<(), A::Error> {
            from.optional(&mut self.seconds)
        }
        fn write<M: SerializeMap>(&self, to: &mut FieldWriter<'_, M>) {
            to.optional(0, &self.seconds);
        }
        fn extra(&self) -> &Extra {
            &self.extra
        }
        fn extra_mut(&mut self) -> &mut Extra {
            &mut self.extra
        }
    }

    object!(Timer);

    #[derive(Clone, Debug, PartialEq)]
    enum Trigger {
        Timer(Box<Timer>),
        Other(Value),
    }

    impl Union for Trigger {
        const TELLING: Telling = Telling::Tag("type", &[("timer", 0, true)]);
        fn read(_: usize, value: &Value) -> Result<Self, serde_json::Error> {
            variant(value).map(Self::Timer)
        }
        fn other(value: Value) -> Self {
            Self::Other(value)
        }
        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Timer(value) => tagged("type", "timer", &**value, serializer),
                Self::Other(value) => value.serialize(serializer),
            }
        }
    }

    union!(Trigger);

    #[derive(Clone, Debug, PartialEq)]
    enum Loose {
        Number(i64),
        Text(String),
        Timer(Timer),
        Other(Value),
    }

    impl Union for Loose {
        const TELLING: Telling =
            Telling::Forms(&[Form::Number, Form::Text, Form::Object(&["seconds"], Some(&["seconds"]))]);
        fn read(at: usize, value: &Value) -> Result<Self, serde_json::Error> {
            match at {
                0 => variant(value).map(Self::Number),
                1 => variant(value).map(Self::Text),
                _ => variant(value).map(Self::Timer),
            }
        }
        fn other(value: Value) -> Self {
            Self::Other(value)
        }
        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Number(value) => value.serialize(serializer),
                Self::Text(value) => value.serialize(serializer),
                Self::Timer(value) => value.serialize(serializer),
                Self::Other(value) => value.serialize(serializer),
            }
        }
    }

    union!(Loose);

    fn back<T: DeserializeOwned + Serialize>(text: &str) -> T {
        let value: T = serde_json::from_str(text).expect(text);
        let written = serde_json::to_value(&value).expect(text);
        assert_eq!(written, serde_json::from_str::<Value>(text).expect(text));
        value
    }

    #[test]
    fn the_tag_tells_wherever_it_stands() {
        let timer = Trigger::Timer(Box::new(Timer { seconds: Some(5), ..Timer::default() }));
        assert_eq!(back::<Trigger>(r#"{"seconds":5,"type":"timer"}"#), timer);
        assert_eq!(back::<Trigger>(r#"{"type":"timer","seconds":5}"#), timer);
        for other in [r#"{"type":"mqtt","x":1}"#, r#"{"seconds":5}"#, r#"{"type":"timer","seconds":"5"}"#, "null", "7"]
        {
            assert!(matches!(back::<Trigger>(other), Trigger::Other(_)), "{other}");
        }
        assert!(matches!(back::<Trigger>(r#"{"type":"timer","seconds":null,"new":[1]}"#), Trigger::Timer(_)));
    }

    #[test]
    fn the_form_tells_where_there_is_no_tag() {
        assert_eq!(back::<Loose>("5"), Loose::Number(5));
        assert_eq!(back::<Loose>("\"5\""), Loose::Text("5".to_owned()));
        assert!(matches!(back::<Loose>(r#"{"seconds":5,"new":1}"#), Loose::Timer(_)));
        for other in ["5.5", "[]", "null", "true"] {
            assert!(matches!(back::<Loose>(other), Loose::Other(_)), "{other}");
        }
    }
}
