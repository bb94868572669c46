//! The project's commands: `cargo xtask <command>`. Arguments and exit codes; each command has a file of its own.

mod bench;
mod cases;
mod changelog;
mod diff;
mod git;
mod import;
mod lint;
mod manifest;
mod model;
mod openapi;
mod page_lock;
mod regen;
mod report;
mod scopes;
#[path = "../../generated-client/src/scopes/smallest.rs"]
mod smallest;
mod spec;
mod verdicts;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the client from the pages.
    Regen(regen::Arguments),
    /// Show what is wrong with the pages.
    Lint(lint::Arguments),
    /// Print the endpoint model.
    Model(model::Arguments),
    /// Print the API as an OpenAPI document.
    Openapi(openapi::Arguments),
    /// Print the smallest set of scopes that allows some actions.
    Scopes(scopes::Arguments),
    /// Show what changed between two sets of pages, and what that means for the client's users.
    Diff(diff::Arguments),
    /// Hold the verdicts of `diff` against those of cargo-semver-checks.
    VerifyVerdicts(verdicts::Arguments),
    /// Write pages of any dialect as pages of ours.
    Import(import::Arguments),
    /// Measure what people wait for.
    Bench(bench::Arguments),
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// The answer is no: pages with errors, stale files.
    No,
    /// Wrong use or unreadable input.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::No => 1,
            Outcome::Unusable => 2,
        })
    }
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Regen(arguments) => regen::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Model(arguments) => model::run(&arguments),
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Scopes(arguments) => scopes::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::VerifyVerdicts(arguments) => verdicts::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            Outcome::Unusable.into()
        }
    }
}
