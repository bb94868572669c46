//! What compiling the client costs: the package alone, with its dependencies built, without incremental compilation.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::Row;
use super::process::{self, Sample, cargo};
use crate::spec;

/// The ways in which the client is compiled.
const WAYS: &[(&str, &[&str])] = &[
    ("`cargo check`", &["check"]),
    ("`cargo build`", &["build"]),
    ("`cargo build --release`", &["build", "--release"]),
];

/// Measures them.
///
/// # Errors
/// When something does not build.
pub(super) fn measure(runs: usize, rows: &mut Vec<Row>) -> Result<()> {
    // A folder of its own: what an editor builds meanwhile would wait for the same lock.
    let target = process::target()?.join("bench");
    for (what, arguments) in WAYS {
        let sample = alone(runs, &target, arguments)?;
        rows.push(Row { what: (*what).to_owned(), sample, note: "the client alone, whole API".to_owned() });
    }
    let mut three = cargo();
    three.args(["build", "--release", "-p", "losant-client", "--no-default-features", "--example", "three_calls"]);
    three.args(["--config", "profile.release.strip=true"]).env("CARGO_TARGET_DIR", &target);
    process::once(&mut three)?;
    let binary = target.join("release/examples/three_calls").with_extension(std::env::consts::EXE_EXTENSION);
    let bytes = std::fs::metadata(&binary).context("the example is not where it should be")?.len();
    let mut start = Command::new(&binary);
    start.arg("--help");
    let note = format!("release, stripped, without TLS: {:.2} MB", to_megabytes(bytes));
    rows.push(Row { what: "a program of three calls".to_owned(), sample: process::once(&mut start)?, note });
    Ok(())
}

/// Rounded for people.
#[allow(clippy::cast_precision_loss, reason = "no file has 2^52 bytes")]
fn to_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn alone(runs: usize, target: &Path, arguments: &[&str]) -> Result<Sample> {
    let library = spec::root().join("generated-client/src/lib.rs");
    process::median(runs, || {
        // Only its time matters to cargo; where that cannot be set, the build is not measured but reported as instant.
        if let Ok(file) = std::fs::File::options().append(true).open(&library) {
            file.set_modified(std::time::SystemTime::now()).ok();
        }
        let mut cargo = cargo();
        cargo.args(arguments).args(["-p", "losant-client"]);
        cargo.env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0");
        cargo
    })
}
