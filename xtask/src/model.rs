//! `cargo xtask model`: the endpoint model on stdout.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use generator::model::Api;

use crate::{Outcome, report, spec};

/// How the model is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Yaml,
}

/// Arguments of `model`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders of pages [default: spec].
    #[arg(long, value_name = "DIR", num_args = 1.., action = clap::ArgAction::Append)]
    spec: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    print(&arguments.spec, |api| match arguments.format {
        Format::Json => Ok(serde_json::to_string_pretty(api).context("the model has no JSON form")? + "\n"),
        Format::Yaml => serde_yaml::to_string(api).context("the model has no YAML form"),
    })
}

/// Reads folders and prints what is made of their model; nothing where a page has an error.
///
/// # Errors
/// When it cannot be made, or the output cannot be written.
pub(crate) fn print(folders: &[PathBuf], form: impl FnOnce(&Api) -> Result<String>) -> Result<Outcome> {
    let (read, unreadable) = spec::read(folders);
    report::print(&read, &unreadable, report::Format::Human)?;
    eprintln!("{}", report::summary(&read, &unreadable));
    if unreadable.iter().any(|problem| problem.fatal) {
        return Ok(Outcome::Unusable);
    }
    if read.has_errors() || !unreadable.is_empty() {
        return Ok(Outcome::No);
    }
    let text = form(&read.api)?;
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        other => other.context("the output cannot be written")?,
    }
    Ok(Outcome::Fine)
}
