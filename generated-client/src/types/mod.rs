//! The building blocks of the generated types: what a JSON value of the API is in Rust.
//!
//! Everything that many generated types share is written here once, by hand and without derives, so that a
//! generated type is its fields, a table of their names and a few lines that forward to this module.
//! It knows serde and nothing of HTTP.

mod blank;
#[cfg(feature = "chrono")]
mod chrono;
mod enums;
mod extra;
#[cfg(feature = "jiff")]
mod jiff;
mod list;
mod misfit;
mod number;
mod object;
mod one_or_many;
mod patch;
mod scalar;
mod secret;
mod template;
mod text;
#[cfg(feature = "time")]
mod time;
mod typed_map;
mod union;

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

pub(crate) use blank::Blank;
pub(crate) use enums::read as read_enum;
pub(crate) use object::{FieldReader, FieldWriter, Object, read as read_object, write as write_object};
pub(crate) use union::{Form, Union, tagged};

// What generated modules name, so that they need one `use` for it.
pub(crate) use serde::de::{Deserialize, Deserializer, MapAccess};
pub(crate) use serde::ser::{Serialize, SerializeMap, Serializer};
pub(crate) use serde_json::{Map, Value};
