//! Models written down: back to pages. Nothing here reads pages or decides about Rust.

mod actions;
mod pages;
mod text;
mod wire;

pub use pages::{Pages, pages};
