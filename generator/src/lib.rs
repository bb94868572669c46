//! Reads the Losant API's documentation pages and writes the Rust client.
//!
//! Data flows one way, and no module imports one to its right:
//! [`markdown`] → [`dialect`] → [`reconcile`] → [`overrides`] → [`schema`] → [`plan`] → [`emit`].
//! [`model`] is what both halves share. Everything is pure: text in, files out; whoever calls does the IO.

pub mod codes;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod emit;
pub mod export;
mod generate;
pub mod markdown;
pub mod model;
pub mod overrides;
mod parallel;
pub mod plan;
mod read;
pub mod reconcile;
pub mod schema;
pub mod source;

pub use generate::{
    build_plan, build_types, emit_files, generate, generate_with, keep_files, plan_of, require_addresses, types_of,
};
pub use read::{Read, read};
