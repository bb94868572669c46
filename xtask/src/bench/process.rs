//! Processes and what they cost: time, processor time, peak memory.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

use crate::spec;

/// What one run cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sample {
    pub wall: Duration,
    /// In user and system mode.
    pub cpu: Duration,
    /// Bytes.
    pub peak: u64,
}

/// Runs a command and measures it.
///
/// # Errors
/// When it does not start or fails.
pub(super) fn once(command: &mut Command) -> Result<Sample> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{command:?} does not start"))?;
    let mut said = Vec::new();
    if let Some(mut stderr) = child.stderr.take() {
        std::io::copy(&mut stderr, &mut said)?;
    }
    let ended = child.wait4()?;
    let wall = start.elapsed();
    ensure!(ended.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&said));
    Ok(Sample { wall, cpu: ended.rusage.utime + ended.rusage.stime, peak: ended.rusage.maxrss })
}

/// The median of each figure over some runs, after one that warms up.
///
/// # Errors
/// When a run fails.
pub(super) fn median(runs: usize, mut command: impl FnMut() -> Command) -> Result<Sample> {
    once(&mut command())?;
    let samples: Vec<Sample> = (0..runs).map(|_| once(&mut command())).collect::<Result<_>>()?;
    Ok(Sample {
        wall: middle(samples.iter().map(|sample| sample.wall)),
        cpu: middle(samples.iter().map(|sample| sample.cpu)),
        peak: middle(samples.iter().map(|sample| sample.peak)),
    })
}

fn middle<T: Ord + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The cargo that runs us, in the workspace's root.
pub(super) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(spec::root());
    cargo
}

/// Builds this program in a profile and says where it is.
///
/// # Errors
/// When it does not build.
pub(super) fn build_xtask(flags: &[&str]) -> Result<PathBuf> {
    once(cargo().args(["build", "-q", "-p", "xtask"]).args(flags))?;
    let profile = if flags.contains(&"--release") { "release" } else { "debug" };
    Ok(target()?.join(profile).join("xtask").with_extension(std::env::consts::EXE_EXTENSION))
}

/// The folder of build results.
///
/// # Errors
/// When cargo does not know it.
pub(super) fn target() -> Result<PathBuf> {
    let output = cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).output()?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo does not tell its folders")?;
    Ok(metadata["target_directory"].as_str().context("cargo does not tell its target folder")?.into())
}
