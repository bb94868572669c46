//! Reads spec folders from disk: the only place where pages are files.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use generator::Read;
use generator::overrides;
use generator::source::Source;

/// The endings of pages; pages of the last two are refused by the reader, with the reason.
const PAGES: &[&str] = &["md", "mdx", "rst"];

/// What can be wrong with a folder or a file before anybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// A code like those of the generator's diagnostics.
    pub code: &'static str,
    /// The folder or file as it was named, or below the folder that was named.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// Whether there is nothing that could be read, rather than something that is missing.
    pub fatal: bool,
}

/// A folder could not be listed.
pub(crate) const FOLDER_UNREADABLE: &str = "folder-unreadable";
/// A file could not be read.
pub(crate) const FILE_UNREADABLE: &str = "file-unreadable";
/// A folder holds no page.
pub(crate) const FOLDER_WITHOUT_PAGES: &str = "folder-without-pages";

/// Pages (and overrides beside them) and what could not be read.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub pages: Vec<Source>,
    pub unreadable: Vec<Unreadable>,
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Loads and reads folders; without any, the project's own.
pub(crate) fn read(folders: &[PathBuf]) -> (Read, Vec<Unreadable>) {
    read_loaded(load(folders))
}

/// The same without overrides: what the pages say themselves.
pub(crate) fn read_pages(folders: &[PathBuf]) -> (Read, Vec<Unreadable>) {
    let mut loaded = load(folders);
    loaded.pages.retain(|page| !overrides::is_overrides(&page.path));
    read_loaded(loaded)
}

/// Reads what is loaded.
pub(crate) fn read_loaded(loaded: Loaded) -> (Read, Vec<Unreadable>) {
    let Loaded { pages, unreadable } = loaded;
    let nothing = pages.is_empty() && !unreadable.is_empty();
    let mut read = generator::read(pages);
    if nothing {
        // That there are no pages is said already, with the folder's name.
        read.diagnostics.clear();
    }
    (read, unreadable)
}

/// Loads folders.
pub(crate) fn load(folders: &[PathBuf]) -> Loaded {
    let own = [root().join("spec")];
    let folders = if folders.is_empty() { &own } else { folders };
    let names = prefixes(folders);
    let mut loaded = Loaded::default();
    for (folder, name) in folders.iter().zip(names) {
        let shown = if *folder == own[0] { "spec".to_owned() } else { folder.display().to_string() };
        let before = loaded.pages.len();
        let failures = loaded.unreadable.len();
        walk(folder, &name, &shown, &mut loaded);
        if loaded.pages.len() == before && loaded.unreadable.len() == failures {
            let message = "the folder holds no pages (files that end with .md)".to_owned();
            loaded.unreadable.push(Unreadable { code: FOLDER_WITHOUT_PAGES, path: shown, message, fatal: false });
            continue;
        }
        let overrides = folder.join(overrides::FILE);
        if overrides.is_file() {
            let shown = format!("{shown}/{}", overrides::FILE);
            file(&overrides, format!("{name}{}", overrides::FILE), shown, &mut loaded);
        }
    }
    loaded
}

/// What stands before the paths of each folder's pages: nothing for one folder, else the folder's own name, with as many
/// of those above it as it takes to tell two apart. The order of the folders is not seen.
fn prefixes(folders: &[PathBuf]) -> Vec<String> {
    if folders.len() < 2 {
        return vec![String::new(); folders.len()];
    }
    let names = |folder: &PathBuf| -> Vec<String> {
        let parts = folder.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        parts.collect()
    };
    let all: Vec<Vec<String>> = folders.iter().map(names).collect();
    let last = |names: &Vec<String>, count: usize| names[names.len().saturating_sub(count)..].join("/");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    all.iter()
        .map(|own| {
            let alike = |count: usize| all.iter().filter(|other| last(other, count) == last(own, count)).count();
            let count = (1..=own.len()).find(|&count| alike(count) == 1).unwrap_or(own.len());
            let name = Some(last(own, count)).filter(|name| !name.is_empty()).unwrap_or_else(|| "spec".to_owned());
            // Only one folder that is named twice is left to be numbered.
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            if *times == 1 { format!("{name}/") } else { format!("{name}-{times}/") }
        })
        .collect()
}

fn is_page(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|end| PAGES.contains(&end))
}

/// Whether a file of a folder of pages is read: what is hidden is not, and overrides stand at the top alone.
pub(crate) fn is_wanted(path: &Path) -> bool {
    let is_hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    !is_hidden && (is_page(path) || path == Path::new(overrides::FILE))
}

/// Folders deeper than this are a loop of links.
const DEEPEST: usize = 16;

fn walk(folder: &Path, prefix: &str, shown: &str, loaded: &mut Loaded) {
    if prefix.matches('/').count() > DEEPEST {
        return;
    }
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder cannot be read: {}", reason(&error));
            loaded.unreadable.push(Unreadable {
                code: FOLDER_UNREADABLE,
                path: shown.to_owned(),
                message,
                fatal: true,
            });
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{shown}/{name}");
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), &below, loaded);
        } else if is_page(&path) {
            file(&path, format!("{prefix}{name}"), below, loaded);
        }
    }
}

/// Bytes as text. What is no UTF-8 shows as U+FFFD, which the reader reports with its place.
pub(crate) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned())
}

fn file(path: &Path, name: String, shown: String, loaded: &mut Loaded) {
    match fs::read(path) {
        Ok(bytes) => loaded.pages.push(Source { path: name, text: text(bytes) }),
        Err(error) => {
            let message = format!("the file cannot be read: {}", reason(&error));
            loaded.unreadable.push(Unreadable { code: FILE_UNREADABLE, path: shown, message, fatal: true });
        }
    }
}

/// The reason in the same words on every system.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory => "it is no folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::prefixes;
    use std::path::PathBuf;

    #[test]
    fn folders_stay_distinct() {
        let folders = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(prefixes(&folders(&["a/spec"])), [""]);
        assert_eq!(prefixes(&folders(&["c/spec", "b", "a/spec/"])), ["c/spec/", "b/", "a/spec/"]);
        assert_eq!(prefixes(&folders(&["a", "a"])), ["a/", "a-2/"]);
        assert_eq!(prefixes(&folders(&["a/spec", "b", "c/spec/"])), ["a/spec/", "b/", "c/spec/"]);
    }
}
