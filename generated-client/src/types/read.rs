//! Reading: from any deserializer into any place. Generic over the format alone.
//!
//! A number where a text is due cannot become the text, and must not fail everything around it either: what a place
//! does not take is read as JSON and handed back, so that the object around it can keep it.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

use super::enums::UnknownValue;
use super::json::{Entries, List, Optional, Place, View};
use super::{Json, Number, Scalar, object};

/// Reads a value; one of another kind is an error.
///
/// # Errors
/// When the input is none, or is of another kind than the type.
pub(crate) fn read<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    Reader::strict(value.place()).deserialize(deserializer)?;
    Ok(value)
}

/// The value as a type, if it is one.
pub(super) fn read_value<T: Json>(value: &Value) -> Option<T> {
    let mut read = T::blank();
    is_read(value, read.place()).then_some(read)
}

/// Reads a value into a place, if it is what goes there.
pub(super) fn is_read(value: &Value, place: Place<'_>) -> bool {
    Reader::strict(place).deserialize(value).is_ok()
}

/// What came for a place.
pub enum Came {
    /// A value, which is in its place.
    Fit,
    /// Null, for a place that may stay empty.
    Null,
    /// A list of which some items are in their place, and those that are not, with their positions.
    Part(Box<Odd>),
    /// Something else. What the place holds is of no use.
    Misfit(Box<Value>),
}

/// Items that do not fit their list, with their positions.
pub(crate) type Odd = Vec<(usize, Value)>;

/// What becomes of values of another kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// They are errors.
    Fail,
    /// They are handed back whole.
    Whole,
    /// The same, but a list keeps the items that fit.
    Part,
}

/// Reads one value into its place.
pub(crate) struct Reader<'a> {
    place: Place<'a>,
    otherwise: Otherwise,
}

impl<'a> Reader<'a> {
    pub(super) fn new(place: Place<'a>, otherwise: Otherwise) -> Self {
        Self { place, otherwise }
    }

    /// For a place where a value of another kind is an error.
    pub(crate) fn strict(place: Place<'a>) -> Self {
        Self::new(place, Otherwise::Fail)
    }

    #[cold]
    fn misfit<E: Error>(&self, value: Value) -> Result<Came, E> {
        if self.otherwise != Otherwise::Fail {
            return Ok(Came::Misfit(Box::new(value)));
        }
        let what = match &value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => number.as_i64().map_or(Unexpected::Other("number"), Unexpected::Signed),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(E::invalid_type(what, self))
    }

    fn number<E: Error>(self, number: Number) -> Result<Came, E> {
        match self.place {
            Place::Number(place) => *place = number,
            Place::Float(place) => *place = number.as_f64(),
            // JSON has one type of numbers: `5.0` is an integer.
            Place::Integer(place) => match number.as_whole() {
                Some(whole) => *place = whole,
                None => return Self::new(Place::Integer(place), self.otherwise).misfit(number.into()),
            },
            Place::Scalar(place) => *place = Scalar::Number(number),
            Place::Enumeration(place) => place.set_unknown(UnknownValue::json(number.into())),
            _ => return self.misfit(number.into()),
        }
        Ok(Came::Fit)
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Came;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Came, D::Error> {
        match self.place {
            Place::Value(place) => *place = Value::deserialize(deserializer)?,
            Place::Choice(place) => place.take(Value::deserialize(deserializer)?),
            Place::Optional(place) => {
                return deserializer.deserialize_option(Nullable { place, otherwise: self.otherwise });
            }
            _ => return deserializer.deserialize_any(self),
        }
        Ok(Came::Fit)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Came;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.place {
            Place::Boolean(_) => "a boolean",
            Place::Integer(_) => "an integer",
            Place::Float(_) | Place::Number(_) => "a number",
            Place::Text(_) | Place::Secret(_) | Place::Enumeration(_) => "a string",
            Place::Short(_, expected) => expected,
            Place::Scalar(_) => "a string, a number, a boolean or null",
            Place::List(_) => "a sequence",
            Place::Entries(_) | Place::Object(_) | Place::Fields(_) => "an object",
            Place::Optional(_) => "a value or null",
            Place::Value(_) | Place::Choice(_) => "any value",
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Came, E> {
        match self.place {
            Place::Boolean(place) => *place = value,
            Place::Scalar(place) => *place = value.into(),
            Place::Enumeration(place) => place.set_unknown(UnknownValue::json(value.into())),
            _ => return self.misfit(value.into()),
        }
        Ok(Came::Fit)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Came, E> {
        self.number(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Came, E> {
        self.number(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Came, E> {
        self.number(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Came, E> {
        match self.place {
            Place::Text(place) => *place = text.into(),
            Place::Short(place, _) => *place = text.into(),
            Place::Secret(place) => *place = text.into(),
            Place::Enumeration(place) => place.set(text),
            Place::Scalar(place) => *place = text.into(),
            _ => return self.misfit(text.into()),
        }
        Ok(Came::Fit)
    }

    fn visit_unit<E: Error>(self) -> Result<Came, E> {
        match self.place {
            Place::Scalar(place) => *place = Scalar::Null,
            Place::Enumeration(place) => place.set_unknown(UnknownValue::json(Value::Null)),
            _ => return self.misfit(Value::Null),
        }
        Ok(Came::Fit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Came, A::Error> {
        if let Place::List(list) = self.place {
            return read_list(list, items, self.otherwise);
        }
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        match self.place {
            Place::Scalar(place) => *place = Scalar::Other(value),
            Place::Enumeration(place) => place.set_unknown(UnknownValue::json(value)),
            _ => return self.misfit(value),
        }
        Ok(Came::Fit)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Came, A::Error> {
        match self.place {
            Place::Object(places) => return object::read_fields(places, fields).map(|()| Came::Fit),
            Place::Entries(entries) => return read_entries(entries, fields),
            _ => {}
        }
        let value = Value::deserialize(MapAccessDeserializer::new(fields))?;
        match (self.place, value) {
            (Place::Fields(place), Value::Object(map)) => *place = map,
            (Place::Scalar(place), value) => *place = Scalar::Other(value),
            (Place::Enumeration(place), value) => place.set_unknown(UnknownValue::json(value)),
            (place, value) => return Self::new(place, self.otherwise).misfit(value),
        }
        Ok(Came::Fit)
    }
}

/// Null, or a value for a place that may stay empty.
struct Nullable<'a> {
    place: &'a mut dyn Optional,
    otherwise: Otherwise,
}

impl<'de> Visitor<'de> for Nullable<'_> {
    type Value = Came;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Came, E> {
        Ok(self.place.null())
    }

    fn visit_none<E: Error>(self) -> Result<Came, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Came, D::Error> {
        let came = Reader::new(self.place.fill(), self.otherwise).deserialize(deserializer)?;
        if matches!(came, Came::Misfit(_)) {
            self.place.clear();
        }
        Ok(came)
    }
}

/// Reads one more item of a list; there is no place for it before there is an item.
struct NextItem<'a> {
    list: &'a mut dyn List,
    otherwise: Otherwise,
}

impl<'de> DeserializeSeed<'de> for NextItem<'_> {
    type Value = Option<Box<Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match Reader::new(self.list.grow(), self.otherwise).deserialize(deserializer)? {
            Came::Misfit(value) => {
                self.list.shrink();
                Ok(Some(value))
            }
            Came::Fit | Came::Null | Came::Part(_) => Ok(None),
        }
    }
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut items: A,
    otherwise: Otherwise,
) -> Result<Came, A::Error> {
    let mut odd: Vec<(usize, Value)> = Vec::new();
    // Lists in a list are whole: nobody could tell what stood in which.
    let item = if otherwise == Otherwise::Part { Otherwise::Whole } else { otherwise };
    while let Some(misfit) = items.next_element_seed(NextItem { list: &mut *list, otherwise: item })? {
        if let Some(value) = misfit {
            odd.push((list.len() + odd.len(), *value));
        }
    }
    if odd.is_empty() {
        return Ok(Came::Fit);
    }
    if list.len() == 0 {
        return Ok(Came::Misfit(Box::new(odd.into_iter().map(|(_, value)| value).collect())));
    }
    if otherwise == Otherwise::Part {
        return Ok(Came::Part(Box::new(odd)));
    }
    let odd: Vec<_> = odd.iter().map(|(at, value)| (*at, value)).collect();
    let whole = serde_json::to_value(View::List(list, &odd)).map_err(A::Error::custom)?;
    Ok(Came::Misfit(Box::new(whole)))
}

/// Reads the value under a name.
pub(super) struct Entry<'a> {
    pub(super) entries: &'a mut dyn Entries,
    pub(super) name: String,
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut deserializer = Some(deserializer);
        let mut error = None;
        self.entries.keep(self.name, &mut |place| {
            let read = Reader::new(place, Otherwise::Whole).deserialize(deserializer.take()?);
            read.map_err(|fault| error = Some(fault)).ok()
        });
        error.map_or(Ok(()), Err)
    }
}

fn read_entries<'de, A: MapAccess<'de>>(entries: &mut dyn Entries, mut fields: A) -> Result<Came, A::Error> {
    while let Some(name) = fields.next_key()? {
        fields.next_value_seed(Entry { entries: &mut *entries, name })?;
    }
    Ok(Came::Fit)
}

#[cfg(test)]
mod tests;
