//! Enums that stay open: a value that the documentation does not know is kept.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
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

    fn json(value: Value) -> Self {
        Self { text: value.to_string().into(), json: Some(Box::new(value)) }
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

/// What a generated enum tells of itself; [`open_enum!`](super::open_enum) makes the rest.
pub(crate) trait OpenEnum: Sized {
    /// The variant of a documented value.
    fn known(value: &str) -> Option<Self>;
    /// The variant that keeps any other value.
    fn unknown(value: UnknownValue) -> Self;
    /// The text of the value, and the value itself where it is an undocumented one.
    fn text(&self) -> Result<&'static str, &UnknownValue>;
}

pub(crate) fn read<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Values(std::marker::PhantomData))
}

pub(crate) fn write<T: OpenEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match value.text() {
        Ok(text) => serializer.serialize_str(text),
        Err(unknown) => unknown.serialize(serializer),
    }
}

pub(crate) fn from_text<T: OpenEnum>(text: &str) -> T {
    T::known(text).unwrap_or_else(|| T::unknown(text.into()))
}

struct Values<T>(std::marker::PhantomData<T>);

impl<T: OpenEnum> Visitor<'_> for Values<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(from_text(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok(T::unknown(UnknownValue::json(value.into())))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::unknown(UnknownValue::json(value.into())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(T::unknown(UnknownValue::json(value.into())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Ok(T::unknown(UnknownValue::json(value.into())))
    }
}

/// Everything about an enum that does not depend on its values.
macro_rules! open_enum {
    ($ty:ident) => {
        impl $ty {
            /// The value as it stands on the wire.
            #[allow(unreachable_pub, reason = "tests have enums of their own")]
            pub fn as_str(&self) -> &str {
                $crate::types::OpenEnum::text(self).unwrap_or_else(|unknown| unknown.as_str())
            }
        }

        impl ::std::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $ty {
            fn from(text: &str) -> Self {
                $crate::types::enum_from_text(text)
            }
        }

        impl ::std::convert::From<String> for $ty {
            fn from(text: String) -> Self {
                $crate::types::enum_from_text(&text)
            }
        }

        impl $crate::types::Blank for $ty {
            fn blank() -> Self {
                $crate::types::enum_from_text("")
            }
        }

        impl<'de> $crate::types::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::types::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::types::read_enum(deserializer)
            }
        }

        impl $crate::types::Serialize for $ty {
            fn serialize<S: $crate::types::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::types::write_enum(self, serializer)
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use crate::types::{OpenEnum, UnknownValue, open_enum};

    #[derive(Clone, Debug, PartialEq)]
    enum Order {
        Asc,
        Unknown(UnknownValue),
    }

    impl OpenEnum for Order {
        fn known(value: &str) -> Option<Self> {
            (value == "asc").then_some(Self::Asc)
        }
        fn unknown(value: UnknownValue) -> Self {
            Self::Unknown(value)
        }
        fn text(&self) -> Result<&'static str, &UnknownValue> {
            match self {
                Self::Asc => Ok("asc"),
                Self::Unknown(value) => Err(value),
            }
        }
    }

    open_enum!(Order);

    #[test]
    fn a_value_survives_whether_it_is_known_or_not() {
        for text in ["\"asc\"", "\"sideways\"", "\"\"", "5", "1.5", "true"] {
            let order: Order = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&order).expect(text), text);
        }
        assert_eq!(Order::from("asc"), Order::Asc);
        assert_eq!(Order::from("up").to_string(), "up");
        assert!(serde_json::from_str::<Order>("[]").is_err());
    }
}
