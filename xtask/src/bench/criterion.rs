//! Runs the benchmarks of the package `tests` and reads the medians that they leave behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::process;

/// Runs them and prints a table.
///
/// # Errors
/// When they do not build or run.
pub(super) fn measure() -> Result<()> {
    process::once(process::cargo().args(["bench", "-q", "-p", "tests"]))?;
    let root = process::target()?.join("criterion");
    let mut medians = BTreeMap::new();
    collect(&root, &mut medians)?;
    println!("\n| benchmark | median | MB/s |\n| --- | --: | --: |");
    for (name, (nanoseconds, bytes)) in medians {
        let speed = bytes.map(|bytes| format!("{:.0}", bytes / nanoseconds * 1e3)).unwrap_or_default();
        println!("| {name} | {} | {speed} |", shown(nanoseconds));
    }
    Ok(())
}

/// Every benchmark below a folder: its name, the median in nanoseconds, the bytes that it works on.
fn collect(folder: &Path, medians: &mut BTreeMap<String, (f64, Option<f64>)>) -> Result<()> {
    let read =
        |name: &str| -> Option<Value> { serde_json::from_str(&fs::read_to_string(folder.join(name)).ok()?).ok() };
    if let (Some(about), Some(estimates)) = (read("new/benchmark.json"), read("new/estimates.json")) {
        let name = about["full_id"].as_str().context("a benchmark has a name")?.to_owned();
        let median = estimates["median"]["point_estimate"].as_f64().context("a benchmark has a median")?;
        medians.insert(name, (median, about["throughput"]["Bytes"].as_f64()));
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("{} is not there", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, medians)?;
        }
    }
    Ok(())
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n => format!("{:.1} ms", n / 1e6),
    }
}
