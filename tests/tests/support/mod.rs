//! What the tests of pages share: reading folders of pages.

use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;
use generator::{Read, read};

/// The tests' own pages.
#[allow(dead_code, reason = "not every test file reads the tests' own pages")]
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// A folder of the reference material; none, with a word about it, where it is absent.
#[allow(dead_code, reason = "not every test file reads the reference material")]
pub(crate) fn shared(below: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(below);
    if !path.exists() {
        println!("skipped: ../shared/{below} is not there");
        return None;
    }
    Some(path)
}

/// All pages of a folder, with paths below it.
pub(crate) fn pages(folder: &Path) -> Vec<Source> {
    let mut pages = Vec::new();
    walk(folder, "", &mut pages);
    pages
}

fn walk(folder: &Path, prefix: &str, pages: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), pages);
        } else if path.extension().is_some_and(|end| end == "md" || end == "mdx" || end == "rst") {
            let bytes = fs::read(&path).expect("a page that can be read");
            pages.push(Source { path: format!("{prefix}{name}"), text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
}

/// Reads a folder.
#[allow(dead_code, reason = "not every test file reads whole folders")]
pub(crate) fn read_folder(folder: &Path) -> Read {
    read(pages(folder))
}

/// Each diagnostic on one line, with its help below.
#[allow(dead_code, reason = "not every test file looks at diagnostics")]
pub(crate) fn plain(read: &Read) -> String {
    let mut out = String::new();
    for diagnostic in &read.diagnostics {
        let place = diagnostic.location(&read.sources).map(|place| format!("{place}: ")).unwrap_or_default();
        let severity = diagnostic.severity().as_str();
        let name = diagnostic.code.name;
        out.push_str(&format!("{place}{severity}[{name}]: {}\n    help: {}\n", diagnostic.message, diagnostic.help()));
    }
    out
}
