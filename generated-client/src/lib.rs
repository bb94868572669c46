#![cfg_attr(feature = "all", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "all"), doc = "A typed client for some resources of the Losant platform's REST API.")]
#![cfg_attr(
    not(feature = "all"),
    allow(dead_code, unused_imports, unused_macros, reason = "no single family needs all of the runtime")
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
#[cfg(all(feature = "blocking", not(all(target_family = "wasm", target_os = "unknown"))))]
pub mod blocking;
mod body;
mod builder;
mod client;
mod clock;
pub(crate) mod decode;
mod download;
#[cfg(feature = "dynamic")]
#[allow(dead_code, reason = "which of its helpers are used depends on the pages that the crate was generated from")]
mod dynamic;
mod endpoint;
mod error;
// Its examples and links speak of many families.
#[cfg(feature = "all")]
pub mod guide;
mod log;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
mod paging;
mod random;
mod request;
mod response;
mod retry;
// How much a scope opens is known only where all actions are.
#[cfg(feature = "all")]
pub mod scopes;
mod session;
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
mod upload;
pub mod wire;

// The generator formats its own output; rustfmt must not fight it.
#[rustfmt::skip]
mod generated;

pub use builder::ClientBuilder;
pub use client::Client;
pub use download::Download;
#[cfg(feature = "dynamic")]
pub use dynamic::Call;
pub use endpoint::{Endpoint, Method};
pub use error::{ApiError, Error, ErrorKind};
pub use generated::{resources, schemas};
pub use paging::{Items, Pages};
pub use request::{QueryValue, RawRequest, RequestOptions};
pub use response::{Full, FullFuture, RawResponse, ResponseFuture};
pub use retry::RetryPolicy;
pub use session::{TokenFuture, TokenSource};
pub use stream::{EventMessage, EventStream};
pub use transport::{CallInfo, HttpTransport, RequestBody, ResponseBody, Transport, TransportFuture};
pub use upload::Upload;

/// Any error, as hooks of this crate return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
