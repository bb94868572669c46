//! Models written down: back to pages, and as an OpenAPI document. Nothing here reads pages or decides about Rust.

mod actions;
pub mod openapi;
mod pages;
mod text;
mod wire;

pub use pages::{Pages, pages};
