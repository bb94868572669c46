//! The building blocks of the generated types: what a JSON value of the API is in Rust.
//!
//! Everything that many generated types share is written here once, by hand and without derives, so that a
//! generated type is its fields, two lists of their names and a few lines that forward to this module.
//! It knows serde and nothing of HTTP.

#[cfg(feature = "chrono")]
mod chrono;
mod enums;
mod extra;
#[cfg(feature = "jiff")]
mod jiff;
mod json;
mod number;
mod object;
mod one_or_many;
mod patch;
mod read;
mod scalar;
mod secret;
mod template;
mod text;
#[cfg(feature = "time")]
mod time;
mod typed_map;
mod union;
mod write;

pub use enums::UnknownValue;
pub use extra::Extra;
pub use number::Number;
pub use one_or_many::OneOrMany;
pub use patch::Patch;
pub use scalar::Scalar;
pub use secret::Secret;
pub use template::Template;
pub use text::{Id, Timestamp};
pub use typed_map::TypedMap;

pub(crate) use enums::Enumeration;
pub(crate) use json::{Choice, Json, Place, View, debug, is_same};
pub(crate) use object::{FieldPlace, FieldView};
pub(crate) use read::{Reader, read};
pub(crate) use union::{Form, Union, tagged};
pub(crate) use write::write;

// What generated modules name, so that they need one `use` for it.
pub(crate) use serde::de::{Deserialize, Deserializer};
pub(crate) use serde::ser::{Serialize, Serializer};
pub(crate) use serde_json::{Map, Value};
