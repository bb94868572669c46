//! Writing: any view to any serializer. Generic over the format alone.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::json::{List, Optional, View};
use super::{Extra, Json, TypedMap, object};

/// Writes a value.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn write<S: Serializer>(value: &dyn Json, serializer: S) -> Result<S::Ok, S::Error> {
    value.view().serialize(serializer)
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(value),
            Self::Integer(number) => serializer.serialize_i64(number),
            Self::Unsigned(number) => serializer.serialize_u64(number),
            Self::Float(number) => serializer.serialize_f64(number),
            Self::Text(text) | Self::Secret(text) => serializer.serialize_str(text),
            Self::Value(value) | Self::Odd(value) => value.serialize(serializer),
            Self::Fields(fields) => fields.serialize(serializer),
            Self::List(items, odd) => write_list(items, odd, serializer),
            Self::Entries(entries) => {
                let mut map = Kept::new(serializer.serialize_map(None)?);
                entries.each(&mut |name, value| map.entry(name, value));
                map.end()
            }
            Self::Object(ref views) => {
                let mut map = Kept::new(serializer.serialize_map(None)?);
                object::write_fields(views, &mut map);
                map.end()
            }
        }
    }
}

fn write_list<S: Serializer>(items: &dyn List, odd: &[(usize, &Value)], serializer: S) -> Result<S::Ok, S::Error> {
    let length = items.len() + odd.len();
    let mut list = serializer.serialize_seq(Some(length))?;
    let (mut next, mut odd) = (0, odd.iter().peekable());
    for at in 0..length {
        if let Some((_, value)) = odd.next_if(|(position, _)| *position <= at || next == items.len()) {
            list.serialize_element(value)?;
        } else if let Some(item) = items.get(next) {
            list.serialize_element(&item)?;
            next += 1;
        }
    }
    list.end()
}

/// What an object is written to.
pub(super) trait Fields {
    /// Writes one field. The first error ends the writing.
    fn entry(&mut self, name: &str, value: View<'_>);
}

/// A map of a format, and the first error.
struct Kept<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Kept<M> {
    fn new(map: M) -> Self {
        Self { map, error: None }
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }
}

impl<M: SerializeMap> Fields for Kept<M> {
    fn entry(&mut self, name: &str, value: View<'_>) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, &value).err();
        }
    }
}
