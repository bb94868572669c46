//! Brings a folder to a wanted state: only files that differ are written, each at once or not at all, and only files
//! that a run of ours wrote are ever replaced or removed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// What a file's first line has when a run of ours wrote it.
const MARK: &str = "@generated";

/// How a file comes to its wanted state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is not there yet.
    Added,
    /// It has another text.
    Changed,
    /// Nothing makes it any more.
    Removed,
}

/// One file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Below the folder, with `/` between the parts.
    pub path: String,
    pub kind: Kind,
    /// The text that it has.
    pub old: String,
    /// The text that it should have.
    pub new: String,
}

/// Files by path below a folder, with `/` between the parts.
pub(crate) type Files = BTreeMap<String, String>;

/// What differs between a folder and the wanted files, by path.
///
/// # Errors
/// When a path would leave the folder, a wanted file stands where a hand-written one is, or something cannot be read.
pub(crate) fn compare(folder: &Path, wanted: &Files, owned: impl Fn(&str) -> bool) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (path, new) in wanted {
        check(folder, path)?;
        let old = read(&folder.join(path))?;
        let kind = match &old {
            None => Kind::Added,
            Some(old) if old == new => continue,
            Some(old) if is_ours(old) || owned(path) => Kind::Changed,
            Some(_) => bail!("{path} is hand-written (its first line lacks {MARK}); move it away"),
        };
        changes.push(Change { path: path.clone(), kind, old: old.unwrap_or_default(), new: new.clone() });
    }
    for path in list(folder)? {
        if wanted.contains_key(&path) {
            continue;
        }
        if let Some(old) = read(&folder.join(&path))?.filter(|text| is_ours(text)) {
            changes.push(Change { path, kind: Kind::Removed, old, new: String::new() });
        }
    }
    changes.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(changes)
}

/// Makes the changes.
///
/// # Errors
/// When a file cannot be written or removed; every file is in its old or its new state then.
pub(crate) fn apply(folder: &Path, changes: &[Change]) -> Result<()> {
    for change in changes {
        check(folder, &change.path)?;
        let path = folder.join(&change.path);
        match change.kind {
            Kind::Added | Kind::Changed => replace(&path, &change.new),
            Kind::Removed => fs::remove_file(&path),
        }
        .with_context(|| format!("{} cannot be written", change.path))?;
    }
    for change in changes.iter().filter(|change| change.kind == Kind::Removed) {
        // A folder that is not empty stays.
        if let Some(parent) = folder.join(&change.path).parent().filter(|parent| *parent != folder) {
            let _ = fs::remove_dir(parent);
        }
    }
    Ok(())
}

fn is_ours(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains(MARK))
}

/// The text of a file; none where there is no file, and damaged text is only text that differs.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Writes beside the file and renames, so that nobody sees half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    fs::create_dir_all(parent)?;
    let beside = parent.join(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    let written = (|| {
        let mut file = fs::File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        drop(file);
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Whether a path stays below its folder, also on the disk: a link on the way could lead elsewhere.
fn check(folder: &Path, path: &str) -> Result<()> {
    let parts: Vec<Component<'_>> = Path::new(path).components().collect();
    let stays = !parts.is_empty() && parts.iter().all(|part| matches!(part, Component::Normal(_)));
    ensure!(stays && !path.contains('\\'), "the path {path:?} leaves the folder");
    let mut at = folder.to_owned();
    for part in parts {
        at.push(part);
        let is_link = fs::symlink_metadata(&at).is_ok_and(|data| data.file_type().is_symlink());
        ensure!(!is_link, "{path} leads through a link");
    }
    Ok(())
}

/// The files below a folder, by path; links are not followed.
pub(crate) fn list(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", folder.display())),
        };
        for entry in entries {
            let entry = entry?;
            let (kind, name) = (entry.file_type()?, entry.file_name());
            let Some(name) = name.to_str() else { continue };
            let path = format!("{prefix}{name}");
            if kind.is_dir() {
                open.push((entry.path(), path + "/"));
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
