//! What the tests of this package share: a local HTTP server that records and answers by script, the comparison of
//! requests with recorded ones, and the way to the reference material. It knows neither the generator nor the client.

mod compare;
mod http;
mod recorded;
mod server;
mod xtask;

pub use crate::compare::{Difference, differences, json_equal};
pub use crate::http::Seen;
pub use crate::recorded::{Body, Part, Recorded, base64};
pub use crate::server::{Answer, Server};
pub use crate::xtask::{cargo, root, xtask};

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
