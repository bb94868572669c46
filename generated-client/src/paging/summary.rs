//! What a page says of itself, read without decoding its items. Touches nothing.

use super::Paging;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The part of a page that all lists share. Facts of another type than the usual one count as absent.
/// It is read by name: a derive of serde's in the client would be one more crate for every user to compile.
pub(super) struct Summary<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Summary<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Summary<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Summary(fields))
    }
}

impl Summary<'_> {
    /// The text of a field; of two with one name the last counts.
    fn text(&self, field: &str) -> Option<&str> {
        let (_, value) = self.0.iter().rfind(|(name, _)| name == field)?;
        Some(value.get()).filter(|text| *text != "null")
    }

    fn number(&self, field: &str) -> Option<u64> {
        serde_json::from_str::<Value>(self.text(field)?).ok()?.as_u64()
    }

    /// How many items there are, and the id of the last one if that is asked for.
    pub(super) fn items(&self, with_id: bool) -> serde_json::Result<(u64, Option<String>)> {
        let text = self.text("items").unwrap_or("[]");
        if with_id {
            let items: Vec<Value> = serde_json::from_str(text)?;
            let last = items.last().and_then(|item| item.get("id")).and_then(Value::as_str);
            return Ok((u64::try_from(items.len()).unwrap_or(u64::MAX), last.map(str::to_owned)));
        }
        let items: Vec<IgnoredAny> = serde_json::from_str(text)?;
        Ok((u64::try_from(items.len()).unwrap_or(u64::MAX), None))
    }

    /// A number that is the same for the same items.
    pub(super) fn print(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.text("items").hash(&mut hasher);
        hasher.finish()
    }

    /// The size of a page, as far as the answer tells it.
    pub(super) fn size(&self, paging: Paging) -> Option<u64> {
        let stated = match paging {
            Paging::Page(_) => "perPage",
            Paging::Offset(_) | Paging::After(_) => "limit",
        };
        self.number(stated).filter(|size| *size > 0)
    }

    /// How many items all pages have.
    pub(super) fn total(&self) -> Option<u64> {
        self.number("totalCount")
    }
}
