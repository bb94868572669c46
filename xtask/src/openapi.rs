//! `cargo xtask openapi`: the API as an OpenAPI document on stdout.

use std::path::PathBuf;

use anyhow::Result;
use generator::export::openapi;

use crate::{Outcome, model};

/// Arguments of `openapi`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders of pages [default: spec].
    #[arg(long, value_name = "DIR", num_args = 1.., action = clap::ArgAction::Append)]
    spec: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    model::print(&arguments.spec, |api| Ok(openapi::text_of(api)))
}
