//! The project's commands, run as a user runs them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Cargo with the target folder of this very test, so that nothing is built twice.
pub fn cargo() -> Command {
    let mut command = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    if let Some(target) = std::env::current_exe().ok().and_then(|exe| Some(exe.ancestors().nth(3)?.to_owned())) {
        command.env("CARGO_TARGET_DIR", target);
    }
    command
}

/// Runs `cargo xtask` with these arguments.
///
/// # Panics
/// When cargo cannot be run.
pub fn xtask<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    let mut command = cargo();
    command.current_dir(root()).args(["run", "--quiet", "--package", "xtask", "--"]).args(arguments);
    command.output().expect("cargo runs")
}
