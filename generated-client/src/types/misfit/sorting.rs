//! A deserializer between a type and the input, which looks at the kind of a value before the type does.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

use crate::types::list::Short;

/// Why a value was not read.
#[derive(Debug)]
pub(super) enum Fault<E> {
    /// It is of another kind.
    Misfit(Box<Value>),
    Error(E),
}

impl<E: fmt::Display> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misfit(_) => f.write_str("a value of another kind"),
            Self::Error(error) => error.fmt(f),
        }
    }
}

impl<E: Error> std::error::Error for Fault<E> {}

impl<E: Error> Error for Fault<E> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Error(E::custom(message))
    }
}

/// A kind of JSON values that types ask for.
trait Kind {
    const BOOLEAN: bool = false;
    const INTEGER: bool = false;
    const NUMBER: bool = false;
    const TEXT: bool = false;
    const LIST: bool = false;
    const OBJECT: bool = false;
    /// Null or something else, which is sorted in its turn.
    const OPTION: bool = false;
}

macro_rules! kinds {
    ($($kind:ident: $($what:ident)*;)*) => {
        $(struct $kind; impl Kind for $kind { $(const $what: bool = true;)* })*
    };
}

kinds! {
    Boolean: BOOLEAN;
    Integer: INTEGER NUMBER;
    Number: NUMBER;
    Text: TEXT;
    List: LIST;
    Object: OBJECT;
    Optional: OPTION;
}

/// A deserializer that reads a value of the wrong kind as JSON.
pub(super) struct Sorting<D> {
    pub(super) inner: D,
    pub(super) strict: bool,
}

macro_rules! asked_for {
    ($($kind:ident: $($method:ident)*;)*) => {
        $($(#[inline] fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let by_kind = ByKind { visitor, strict: self.strict, kind: PhantomData::<$kind> };
            self.inner.deserialize_any(by_kind).map_err(Fault::Error)?.map_err(Fault::Misfit)
        })*)*
    };
}

macro_rules! passed_on {
    ($($method:ident($($argument:ident: $ty:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Self::Error> {
            self.inner.$method($($argument,)* visitor).map_err(Fault::Error)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Sorting<D> {
    type Error = Fault<D::Error>;

    /// Who asks for anything takes anything.
    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_any(visitor).map_err(Fault::Error)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let by_kind = ByKind { visitor, strict: self.strict, kind: PhantomData::<Optional> };
        self.inner.deserialize_option(by_kind).map_err(Fault::Error)?.map_err(Fault::Misfit)
    }

    asked_for! {
        Boolean: deserialize_bool;
        Integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
        Number: deserialize_f32 deserialize_f64;
        Text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        List: deserialize_seq;
        Object: deserialize_map;
    }

    // What derived types of other crates ask for, which know no misfits.
    passed_on! {
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit();
        deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Hands a value of the right kind on to its visitor, and reads another one as JSON.
struct ByKind<V, K> {
    visitor: V,
    strict: bool,
    kind: PhantomData<K>,
}

type Sorted<T, E> = Result<Result<T, Box<Value>>, E>;

/// What a visitor made of a value without parts; one that it refuses, such as a number out of range, is a misfit.
#[inline]
fn or_misfit<T, E: Error>(strict: bool, read: Result<T, E>, value: impl Into<Value>) -> Sorted<T, E> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(error) if strict => Err(error),
        Err(_) => Ok(Err(Box::new(value.into()))),
    }
}

impl<'de, V: Visitor<'de>, K: Kind> ByKind<V, K> {
    #[cold]
    fn misfit<E: Error>(self, value: Value) -> Sorted<V::Value, E> {
        if !self.strict {
            return Ok(Err(Box::new(value)));
        }
        let what = match &value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => number.as_i64().map_or(Unexpected::Other("number"), Unexpected::Signed),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(E::invalid_type(what, &self.visitor))
    }
}

impl<'de, V: Visitor<'de>, K: Kind> Visitor<'de> for ByKind<V, K> {
    type Value = Result<V::Value, Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Sorted<V::Value, E> {
        if K::BOOLEAN {
            return or_misfit(self.strict, self.visitor.visit_bool(value), value);
        }
        self.misfit(value.into())
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Sorted<V::Value, E> {
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_i64(number), number);
        }
        self.misfit(number.into())
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Sorted<V::Value, E> {
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_u64(number), number);
        }
        self.misfit(number.into())
    }

    /// JSON has one type of numbers: `5.0` is an integer.
    #[inline]
    fn visit_f64<E: Error>(self, number: f64) -> Sorted<V::Value, E> {
        if K::INTEGER
            && let Some(whole) = whole(number)
        {
            return or_misfit(self.strict, self.visitor.visit_i64(whole), number);
        }
        if K::NUMBER {
            return or_misfit(self.strict, self.visitor.visit_f64(number), number);
        }
        self.misfit(number.into())
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Sorted<V::Value, E> {
        if K::TEXT {
            return or_misfit(self.strict, self.visitor.visit_str(text), text);
        }
        self.misfit(text.into())
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Sorted<V::Value, E> {
        if K::TEXT {
            return or_misfit(self.strict, self.visitor.visit_borrowed_str(text), text);
        }
        self.misfit(text.into())
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Sorted<V::Value, E> {
        if K::OPTION {
            return self.visitor.visit_unit().map(Ok);
        }
        self.misfit(Value::Null)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Sorted<V::Value, E> {
        if K::OPTION {
            return self.visitor.visit_none().map(Ok);
        }
        self.misfit(Value::Null)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Sorted<V::Value, D::Error> {
        match self.visitor.visit_some(Sorting { inner, strict: self.strict }) {
            Ok(value) => Ok(Ok(value)),
            Err(Fault::Misfit(value)) => Ok(Err(value)),
            Err(Fault::Error(error)) => Err(error),
        }
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Sorted<V::Value, A::Error> {
        if K::LIST {
            return self.visitor.visit_seq(Short(items)).map(Ok);
        }
        self.misfit(Value::deserialize(SeqAccessDeserializer::new(items))?)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Sorted<V::Value, A::Error> {
        if K::OBJECT {
            return self.visitor.visit_map(fields).map(Ok);
        }
        self.misfit(Value::deserialize(MapAccessDeserializer::new(fields))?)
    }
}

/// The integer that a number is, as far as every integer has a number of its own.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "there is nothing to cut off")]
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}
