//! `cargo xtask lint`: what is wrong with the pages, and nothing else.

use std::path::PathBuf;

use anyhow::Result;
use generator::diagnostic::Severity;

use crate::report::{self, Format};
use crate::{Outcome, page_lock, spec};

/// Arguments of `lint`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders of pages [default: spec].
    #[arg(long, value_name = "DIR", num_args = 1.., action = clap::ArgAction::Append)]
    spec: Vec<PathBuf>,
    /// Exit with 1 on warnings, too.
    #[arg(long)]
    deny_warnings: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
/// When the output cannot be written, or the lock file is malformed.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let (mut read, unreadable) = spec::read(&arguments.spec);
    // What the types and names have to say is part of the verdict; the code itself is not wanted.
    generator::generate(&mut read);
    match &arguments.spec[..] {
        [] => page_lock::check(&mut read, &spec::root().join("spec"))?,
        [folder] => page_lock::check(&mut read, folder)?,
        // Paths of several folders begin with the folder's name.
        _ => {}
    }
    report::print_below(&read, &unreadable, arguments.format, &below(&arguments.spec))?;
    if arguments.format == Format::Human {
        eprintln!("{}", report::summary(&read, &unreadable));
    }
    Ok(if unreadable.iter().any(|problem| problem.fatal) {
        Outcome::Unusable
    } else if read.has_errors()
        || !unreadable.is_empty()
        || (arguments.deny_warnings && read.count(Severity::Warning) > 0)
    {
        Outcome::No
    } else {
        Outcome::Fine
    })
}

/// Where the pages lie as seen from the repository's root, which GitHub wants to know; with several folders the
/// paths start with their own names already.
fn below(folders: &[PathBuf]) -> String {
    match folders {
        [] => "spec/".to_owned(),
        [folder] if folder.is_relative() => format!("{}/", folder.display()),
        _ => String::new(),
    }
}
