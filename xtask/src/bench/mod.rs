//! `cargo xtask bench`: measures what people wait for, prints a table in Markdown. Whole processes are measured here; the
//! stages inside of them by the benchmarks of the package `tests`, whose figures are joined to the table.

mod compile;
mod criterion;
mod growth;
mod process;
mod synthetic;

use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::{Outcome, spec};
use process::Sample;

/// Arguments of `bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure [default: all but growth].
    #[arg(value_enum)]
    what: Vec<What>,
    /// Runs of each process; the median is shown.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// The largest multiple of the API that `growth` makes.
    #[arg(long, default_value_t = 100)]
    largest: usize,
    /// Where `growth` draws its curve.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// A part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// `cargo xtask regen` as a process, in both profiles.
    Regen,
    /// The client, alone, with its dependencies built.
    Compile,
    /// The benchmarks of the package `tests`: stages, decoding, calls.
    Micro,
    /// Regenerating multiples of the API.
    Growth,
}

/// One line of the table.
struct Row {
    what: String,
    sample: Sample,
    note: String,
}

/// Runs the command.
///
/// # Errors
/// When something to measure cannot be built or run.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    ensure!(arguments.runs > 0 && arguments.largest > 0, "nothing is measured in no runs");
    let all = [What::Regen, What::Compile, What::Micro];
    let what = if arguments.what.is_empty() { &all[..] } else { &arguments.what };
    let has = |one| what.contains(&one);
    let mut rows = Vec::new();
    if has(What::Regen) {
        regen(arguments.runs, &mut rows)?;
    }
    if has(What::Compile) {
        compile::measure(arguments.runs, &mut rows)?;
    }
    if !rows.is_empty() {
        println!("| what | wall s | processor s | peak memory MB | |\n| --- | --: | --: | --: | --- |");
        for Row { what, sample, note } in &rows {
            let Sample { wall, cpu, peak } = sample;
            println!(
                "| {what} | {:.2} | {:.2} | {} | {note} |",
                wall.as_secs_f64(),
                cpu.as_secs_f64(),
                peak / 1_000_000
            );
        }
    }
    if has(What::Compile) {
        compile::sizes()?;
    }
    if has(What::Micro) {
        criterion::measure()?;
    }
    if has(What::Growth) {
        growth::measure(arguments.runs, arguments.largest, arguments.plot.as_deref())?;
    }
    Ok(Outcome::Fine)
}

/// `regen --check` warm, as a process of its own, in both profiles and through the alias.
fn regen(runs: usize, rows: &mut Vec<Row>) -> Result<()> {
    for (profile, flags) in [("release", &["--release"][..]), ("dev", &[])] {
        let xtask = process::build_xtask(flags)?;
        for command in ["regen", "regen --check"] {
            let sample = process::median(runs, || {
                let mut run = std::process::Command::new(&xtask);
                run.args(command.split(' ')).current_dir(spec::root());
                run
            })?;
            rows.push(Row { what: format!("`{command}`, {profile}"), sample, note: "nothing changed".to_owned() });
        }
    }
    let alias = process::median(runs, || {
        let mut run = process::cargo();
        run.args(["xtask", "regen"]);
        run
    })?;
    rows.push(Row {
        what: "`cargo xtask regen`".to_owned(),
        sample: alias,
        note: "cargo's own start included".to_owned(),
    });
    Ok(())
}
