//! How an answer becomes a value: the functions that generated code hands to `Request::send`. Touches responses only.

#![allow(dead_code, reason = "which of them are used depends on the API that the code was generated from")]
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, reason = "one signature for all decoders")]

use crate::error::Error;
use crate::response::RawResponse;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The body as JSON.
pub(crate) fn json<T: DeserializeOwned>(response: RawResponse) -> Result<T, Error> {
    response.json()
}

/// The body as JSON, or nothing where the server sent none.
pub(crate) fn optional<T: DeserializeOwned>(response: RawResponse) -> Result<Option<T>, Error> {
    if without_bom(response.body()).trim_ascii().is_empty() { Ok(None) } else { response.json().map(Some) }
}

/// The items of a page, which stand in its field `items`.
pub(crate) fn items<T: DeserializeOwned>(response: RawResponse) -> Result<Vec<T>, Error> {
    response.json().map(|page: Page<T>| page.items.unwrap_or_default())
}

/// What all pages have in common.
#[derive(Deserialize)]
struct Page<T> {
    items: Option<Vec<T>>,
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
