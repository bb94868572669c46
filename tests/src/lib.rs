//! What the tests of this package share: a local HTTP server that records and answers by script, the comparison of
//! requests with recorded ones, the mutation of pages, and the way to the reference material.

mod compare;
mod http;
pub mod mutation;
pub mod page;
mod recorded;
mod server;
mod xtask;

pub use crate::compare::{Difference, differences, json_equal};
pub use crate::http::Seen;
pub use crate::recorded::{Body, Part, Recorded, base64, percent_decoded};
pub use crate::server::{Answer, Server};
pub use crate::xtask::{cargo, root, xtask};

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;

/// All that can be printed of an error, its causes included.
pub fn printed(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(source) = cause {
        text.extend([source.to_string(), format!(" {source:?}")]);
        cause = source.source();
    }
    text
}

/// A path below the reference material, or none (and a line that says so) where the material is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if full.exists() {
        return Some(full);
    }
    eprintln!("skipped: ../shared/{path} is not there");
    None
}

/// All pages of a folder, with paths below it; none where it cannot be read.
pub fn pages(folder: &Path) -> Vec<Source> {
    let mut pages = Vec::new();
    walk(folder, "", &mut pages);
    pages
}

fn walk(folder: &Path, prefix: &str, pages: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), pages);
        } else if path.extension().is_some_and(|end| end == "md" || end == "mdx" || end == "rst") {
            let bytes = fs::read(&path).unwrap_or_default();
            pages.push(Source { path: format!("{prefix}{name}"), text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
}

/// The examples of the front page compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct FrontPage;
