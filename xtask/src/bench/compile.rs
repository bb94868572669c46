//! What compiling the client costs: the package alone, with its dependencies built, without incremental compilation.

use std::path::Path;

use anyhow::{Context, Result};

use super::Row;
use super::process::{self, Sample, cargo};
use crate::spec;

/// A way in which the client is compiled: its command, what of it, and arguments.
type Way = (&'static str, &'static str, &'static [&'static str]);

const WAYS: &[Way] = &[
    ("`cargo check`", "whole API", &["check"]),
    ("`cargo build`", "whole API", &["build"]),
    ("`cargo build --release`", "whole API", &["build", "--release"]),
    ("`cargo check`", "the family `device` alone", &["check", "--no-default-features", "--features", "rustls,device"]),
];

/// The program whose size is measured, with the client and with what the client is made of; both are examples of it.
const CLIENTS: &str = "three_calls";
const BY_HAND: &str = "three_calls_by_hand";

/// What the two are built with.
const PROGRAMS: &[(&str, &[&str])] = &[
    ("without TLS", &["--no-default-features", "--features", "application,device"]),
    ("without TLS, with HTTP/2", &["--no-default-features", "--features", "application,device,http2"]),
    ("with rustls and HTTP/2", &["--no-default-features", "--features", "application,device,http2,rustls"]),
];

/// Measures them.
///
/// # Errors
/// When something does not build.
pub(super) fn measure(runs: usize, rows: &mut Vec<Row>) -> Result<()> {
    // A folder of its own: what an editor builds meanwhile would wait for the same lock.
    let target = process::target()?.join("bench");
    for (what, of, arguments) in WAYS {
        let sample = alone(runs, &target, arguments)?;
        rows.push(Row { what: format!("{what}, {of}"), sample, note: "the client alone".to_owned() });
    }
    Ok(())
}

/// Prints what was generated and how large it becomes; compiles what is missing.
///
/// # Errors
/// When something does not build.
pub(super) fn sizes() -> Result<()> {
    let target = process::target()?.join("bench");
    let mut code = Code::default();
    code.add(&spec::root().join("generated-client/src/generated"))?;
    println!("\n| what | size |\n| --- | --: |");
    println!("| generated lines | {} |", code.lines);
    println!("| generated types | {} |", code.types);
    for (profile, flags) in [("debug", &["build"][..]), ("release", &["build", "--release"])] {
        process::once(cargo().args(flags).args(["-q", "-p", "losant-client"]).env("CARGO_TARGET_DIR", &target))?;
        println!("| rlib, {profile} | {:.1} MB |", megabytes(&target.join(profile).join("liblosant_client.rlib"))?);
    }
    for (with, flags) in PROGRAMS {
        let mut build = cargo();
        build.args(["build", "-q", "--release", "-p", "losant-client"]).args(*flags);
        build.args(["--example", CLIENTS, "--example", BY_HAND]);
        build.args(["--config", "profile.release.strip=true"]).env("CARGO_TARGET_DIR", &target);
        process::once(&mut build)?;
        for (program, how) in [(CLIENTS, "by the client"), (BY_HAND, "by hand")] {
            let binary = target.join("release/examples").join(program).with_extension(std::env::consts::EXE_EXTENSION);
            println!("| program of three calls, release, stripped, {with}, {how} | {:.2} MB |", megabytes(&binary)?);
        }
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "no file has 2^52 bytes")]
fn megabytes(file: &Path) -> Result<f64> {
    let about = std::fs::metadata(file).with_context(|| format!("{} is not there", file.display()))?;
    Ok(about.len() as f64 / 1e6)
}

/// What generated files hold.
#[derive(Default)]
struct Code {
    lines: usize,
    types: usize,
}

impl Code {
    fn add(&mut self, folder: &Path) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.add(&path)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path)?;
                let is_type = |line: &&str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
                self.lines += text.lines().count();
                self.types += text.lines().filter(is_type).count();
            }
        }
        Ok(())
    }
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
