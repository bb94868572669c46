//! `cargo xtask import`: pages of any dialect in, pages of ours out. Nothing is written unless reading the new pages
//! gives the same model.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use generator::export::{self, Pages};
use generator::source::Source;
use generator::{overrides, schema};
use serde_json::json;

use crate::write::{self, Change, Files, Kind};
use crate::{Outcome, report, spec};

/// How the places that became references are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line per place.
    Human,
    /// One JSON object per line.
    Json,
}

/// Arguments of `import`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders of pages.
    #[arg(required = true, value_name = "SRC")]
    sources: Vec<PathBuf>,
    /// Where the pages go; new, empty, or with nothing in it but what an import wrote [default: spec].
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// How to print the places that refer to a schema now instead of repeating it.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
/// When a folder cannot be read or written, or holds pages that no import wrote.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    // Overrides are no facts of the pages: they stay in the file that gives their reasons.
    let (mut read, unreadable) = spec::read_pages(&arguments.sources);
    generator::require_addresses(&mut read);
    report::print(&read, &unreadable, report::Format::Human)?;
    eprintln!("{}", report::summary(&read, &unreadable));
    if unreadable.iter().any(|problem| problem.fatal) {
        return Ok(Outcome::Unusable);
    }
    if read.has_errors() || !unreadable.is_empty() {
        return Ok(Outcome::No);
    }
    let made = export::pages(&read.api);
    let again = generator::read(sources(&made.files));
    let differences = schema::differences(&read.api, &again.api);
    if again.has_errors() || !differences.is_empty() {
        report::print(&again, &[], report::Format::Human)?;
        for place in differences {
            eprintln!("error: {place}");
        }
        eprintln!("error: pages of ours cannot say this; nothing is written");
        return Ok(Outcome::No);
    }
    let folder = arguments.into.clone().unwrap_or_else(|| spec::root().join("spec"));
    let shown = arguments.into.as_ref().map_or_else(|| "spec".to_owned(), |folder| folder.display().to_string());
    let present = own_pages(&folder, &shown)?;
    let mut changes = write::compare(&folder, &made.files, "", |_| true)?;
    changes.extend(present.into_iter().filter(|(path, _)| !made.files.contains_key(path)).map(|(path, old)| Change {
        path,
        kind: Kind::Removed,
        old,
        new: String::new(),
    }));
    write::apply(&folder, &changes)?;
    print(&made, arguments.format)?;
    let of: BTreeSet<_> = made.copies.iter().map(|copy| &copy.of).collect();
    eprintln!(
        "{shown}: {} of {} pages changed; {} places refer to {} schemas that they repeated before",
        changes.len(),
        made.files.len(),
        made.copies.len(),
        of.len()
    );
    Ok(Outcome::Fine)
}

fn sources(files: &Files) -> Vec<Source> {
    files.iter().map(|(path, text)| Source { path: path.clone(), text: text.clone() }).collect()
}

/// The pages in a folder, all of them written by an import: writing what they say gives the very same text.
fn own_pages(folder: &Path, shown: &str) -> Result<Files> {
    let mut present = Files::new();
    for path in write::list(folder)?.into_iter().filter(|path| path != overrides::FILE) {
        let bytes = std::fs::read(folder.join(&path)).with_context(|| format!("{shown}/{path} cannot be read"))?;
        present.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    let same = export::pages(&generator::read(sources(&present)).api).files;
    let foreign = present.iter().find(|(path, text)| same.get(*path) != Some(*text));
    let foreign = foreign.map(|(path, _)| &path[..]).unwrap_or_default();
    ensure!(
        foreign.is_empty(),
        "{shown}/{foreign} is not as an import writes it; name a new or empty folder with --into"
    );
    Ok(present)
}

fn print(made: &Pages, format: Format) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = (|| {
        for copy in &made.copies {
            let (schema, at, of, by) = (&copy.schema, &copy.at, &copy.of, copy.by.as_str());
            match format {
                Format::Human => writeln!(out, "{schema}#{at} is {of}, by its {by}")?,
                Format::Json => writeln!(out, "{}", json!({"schema": schema, "at": at, "of": of, "by": by}))?,
            }
        }
        out.flush()
    })();
    match result {
        // Who reads a pipe may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the list of references cannot be written"),
    }
}
