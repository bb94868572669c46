//! How an answer becomes a value: the functions that generated code hands to `Request::send`. Touches responses only.

#![allow(dead_code, reason = "which of them are used depends on the API that the code was generated from")]
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, reason = "one signature for all decoders")]

use crate::error::Error;
use crate::response::RawResponse;
use crate::types::{Json, Place, Reader};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// The body as JSON.
pub(crate) fn json<T: Json>(response: RawResponse) -> Result<T, Error> {
    let mut value = T::blank();
    response.fill(value.place())?;
    Ok(value)
}

/// The body as JSON, or nothing where the server sent none.
pub(crate) fn optional<T: Json>(response: RawResponse) -> Result<Option<T>, Error> {
    if without_bom(response.body()).trim_ascii().is_empty() { Ok(None) } else { json(response).map(Some) }
}

/// The items of a page, which stand in its field `items`.
pub(crate) fn items<T: Json>(response: RawResponse) -> Result<Vec<T>, Error> {
    let mut items: Option<Vec<T>> = None;
    response.read(Page(items.place()))?;
    Ok(items.unwrap_or_default())
}

/// What all pages have in common; its place is that of the items.
struct Page<'a>(Place<'a>);

impl<'de> DeserializeSeed<'de> for Page<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Page<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut place = Some(self.0);
        while let Some(name) = fields.next_key::<String>()? {
            match place.take_if(|_| name == "items") {
                Some(place) => drop(fields.next_value_seed(Reader::strict(place))?),
                None => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Nothing: whatever the body holds, the status said all.
pub(crate) fn empty(_: RawResponse) -> Result<(), Error> {
    Ok(())
}

/// The answer itself.
pub(crate) fn raw(response: RawResponse) -> Result<RawResponse, Error> {
    Ok(response)
}

/// A text without the byte order mark that some servers put before it.
pub(crate) fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}
