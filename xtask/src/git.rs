//! Pages as they were committed: read from git's objects, so that the work tree stays as it is.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use generator::source::Source;

use crate::spec::{self, Loaded};

/// Where the pages are, unless a revision says otherwise (`REV:FOLDER`).
const FOLDER: &str = "spec";

/// The pages of a revision in the repository around a folder.
///
/// # Errors
/// When git does not run there, or knows no such revision or folder.
pub(crate) fn load(repository: &Path, revision: &str) -> Result<Loaded> {
    let name = if revision.contains(':') { revision.to_owned() } else { format!("{revision}:{FOLDER}") };
    let tree = git(repository, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
    let tree =
        tree.with_context(|| format!("`{revision}` is neither a folder nor a revision with a folder of pages"))?;
    let list = git(repository, &["ls-tree", "-r", "-z", "--full-tree", tree.trim()])?;
    let mut wanted = Vec::new();
    for entry in list.split_terminator('\0') {
        // `mode type object<TAB>path`
        let (facts, path) = entry.split_once('\t').context("git lists files in an unknown form")?;
        let object = facts.split(' ').nth(2).context("git lists files in an unknown form")?;
        if facts.contains(" blob ") && spec::is_wanted(Path::new(path)) {
            wanted.push((object.to_owned(), path.to_owned()));
        }
    }
    let pages = contents(repository, wanted)?;
    Ok(Loaded { pages, unreadable: Vec::new() })
}

/// The text of one file of a revision (`REV:PATH`).
///
/// # Errors
/// When git does not run, or knows no such file.
pub(crate) fn text(repository: &Path, file: &str) -> Result<String> {
    git(repository, &["cat-file", "blob", file])
}

/// The texts of objects, all of them from one process.
fn contents(repository: &Path, wanted: Vec<(String, String)>) -> Result<Vec<Source>> {
    let mut process =
        command(repository, ["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut to), Some(from)) = (process.stdin.take(), process.stdout.take()) else { bail!("git has no pipes") };
    let names: String = wanted.iter().flat_map(|(object, _)| [object, "\n"]).collect();
    // Written beside the reading: neither side is to wait for a full pipe.
    let writer = std::thread::spawn(move || to.write_all(names.as_bytes()));
    let mut from = BufReader::new(from);
    let mut pages = Vec::with_capacity(wanted.len());
    for (_, path) in wanted {
        let mut head = String::new();
        from.read_line(&mut head)?;
        let length = head.trim_end().rsplit(' ').next().and_then(|length| length.parse().ok());
        let length: usize = length.with_context(|| format!("git cannot read {path}"))?;
        // A line end stands behind every text.
        let mut bytes = vec![0; length + 1];
        from.read_exact(&mut bytes)?;
        bytes.pop();
        pages.push(Source { path, text: spec::text(bytes) });
    }
    let written = writer.join().map_err(|_| anyhow::anyhow!("git's input could not be written"))?;
    written.context("git's input could not be written")?;
    process.wait()?;
    Ok(pages)
}

fn git(repository: &Path, arguments: &[&str]) -> Result<String> {
    let output = command(repository, arguments).stderr(Stdio::piped()).output().context("git does not run")?;
    ensure!(output.status.success(), "git: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn command(repository: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository).args(arguments);
    command
}
