//! What the tests of pages share: reading folders of pages.

pub(crate) mod facts;
pub(crate) mod widget;

use std::fs;
use std::path::{Path, PathBuf};

use generator::overrides::FILE;
use generator::source::Source;
use generator::{Read, read};

/// The tests' own pages.
#[allow(dead_code, reason = "not every test file reads the tests' own pages")]
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[allow(unused_imports, reason = "not every test file reads the reference material")]
pub(crate) use tests::{pages, shared};

/// Reads a folder.
#[allow(dead_code, reason = "not every test file reads whole folders")]
pub(crate) fn read_folder(folder: &Path) -> Read {
    read(pages(folder))
}

/// Reads a folder with its overrides.
#[allow(dead_code, reason = "not every test file reads overrides")]
pub(crate) fn read_with_overrides(folder: &Path) -> Read {
    let text = fs::read_to_string(folder.join(FILE)).expect("a file of overrides");
    let mut sources = pages(folder);
    sources.push(Source { path: FILE.to_owned(), text });
    read(sources)
}

/// Each diagnostic on one line, with its help below.
#[allow(dead_code, reason = "not every test file looks at diagnostics")]
pub(crate) fn plain(read: &Read) -> String {
    let mut out = String::new();
    for diagnostic in &read.diagnostics {
        let place = diagnostic.location(&read.sources).map(|place| format!("{place}: ")).unwrap_or_default();
        let severity = diagnostic.severity().as_str();
        let name = diagnostic.code.name;
        let lines = [
            format!("{place}{severity}[{name}]: {}\n", diagnostic.message),
            format!("    help: {}\n", diagnostic.help()),
        ];
        out.extend(lines);
    }
    out
}
