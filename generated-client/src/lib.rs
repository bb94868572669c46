#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod builder;
mod client;
pub(crate) mod decode;
#[cfg(feature = "dynamic")]
#[allow(dead_code, reason = "which of its helpers are used depends on the pages that the crate was generated from")]
mod dynamic;
mod endpoint;
mod error;
mod multipart;
mod request;
mod response;
pub mod scopes;
mod sse;
mod stream;
mod token;
mod transport;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which of them are used depends on the pages that the crate was generated from"
)]
pub mod types;
pub mod wire;

// The generator formats its own output; rustfmt must not fight it.
#[rustfmt::skip]
mod generated;

pub use builder::ClientBuilder;
pub use client::Client;
#[cfg(feature = "dynamic")]
pub use dynamic::Call;
pub use endpoint::{Endpoint, Method};
pub use error::{ApiError, Error, ErrorKind};
pub use generated::{resources, schemas};
pub use multipart::Upload;
pub use request::{QueryValue, RawRequest, RequestOptions};
pub use response::{RawResponse, ResponseFuture};
pub use stream::{EventMessage, EventStream};
