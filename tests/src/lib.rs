//! What the tests of this package share: a local HTTP server that records and answers by script, and the way to the
//! reference material. It knows neither the generator nor the client.

mod http;
mod server;

pub use crate::http::Seen;
pub use crate::server::{Answer, Server};

use std::path::PathBuf;

/// A path below the reference material, or none (and a line that says so) where the material is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if full.exists() {
        return Some(full);
    }
    eprintln!("skipped: ../shared/{path} is not there");
    None
}

/// The examples of the front page compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct FrontPage;
