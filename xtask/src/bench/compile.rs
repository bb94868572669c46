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
];

/// One family of resources alone, where the client has a feature for each.
const FAMILY: Way =
    ("`cargo check`", "the family `device` alone", &["check", "--no-default-features", "--features", "rustls,device"]);

/// Measures them.
///
/// # Errors
/// When something does not build.
pub(super) fn measure(runs: usize, rows: &mut Vec<Row>) -> Result<()> {
    // A folder of its own: what an editor builds meanwhile would wait for the same lock.
    let target = process::target()?.join("bench");
    let family = has_feature("device")?.then_some(&FAMILY);
    for (what, of, arguments) in WAYS.iter().chain(family) {
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
    for (what, flags) in [("without TLS", &["--no-default-features"][..]), ("with rustls", &[])] {
        let mut three = cargo();
        three.args(["build", "-q", "--release", "-p", "losant-client", "--example", "three_calls"]).args(flags);
        if !flags.is_empty() && has_feature("device")? {
            three.args(["--features", "application,device"]);
        }
        three.args(["--config", "profile.release.strip=true"]).env("CARGO_TARGET_DIR", &target);
        process::once(&mut three)?;
        let binary = target.join("release/examples/three_calls").with_extension(std::env::consts::EXE_EXTENSION);
        println!("| program of three calls, release, stripped, {what} | {:.2} MB |", megabytes(&binary)?);
    }
    Ok(())
}

fn has_feature(name: &str) -> Result<bool> {
    let manifest = std::fs::read_to_string(spec::root().join("generated-client/Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse().context("the client's manifest is not TOML")?;
    Ok(manifest.get("features").is_some_and(|features| features.get(name).is_some()))
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
