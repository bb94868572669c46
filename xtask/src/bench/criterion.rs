//! Runs the benchmarks of the package `tests` and reads the medians that they leave behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::process;

/// Runs them and prints a table.
///
/// # Errors
/// When they do not build or run.
pub(super) fn measure() -> Result<()> {
    let mut benches = process::cargo();
    benches.args(["bench", "-q", "-p", "tests", "--bench", "decode", "--bench", "regenerate"]);
    process::once(&mut benches)?;
    let root = process::target()?.join("criterion");
    let mut medians = BTreeMap::new();
    collect(&root, &mut medians)?;
    println!("\n| benchmark | median | MB/s |\n| --- | --: | --: |");
    for (name, (nanoseconds, bytes)) in &medians {
        let speed = bytes.map(|bytes| format!("{:.0}", bytes / nanoseconds * 1e3)).unwrap_or_default();
        println!("| {name} | {} | {speed} |", shown(*nanoseconds));
    }
    println!("\n| of medians of one run | ratio |\n| --- | --: |");
    for (what, above, below) in RATIOS {
        let sum = |names: &[&str]| names.iter().map(|name| medians.get(*name).map(|(median, _)| *median)).sum();
        let (above, below): (Option<f64>, Option<f64>) = (sum(above), sum(below));
        if let (Some(above), Some(below)) = (above, below) {
            println!("| {what} | {:.2} |", above / below);
        }
    }
    println!("\n| call | processor time | the client in terms of it |\n| --- | --: | --: |");
    print("call")?;
    println!("\n| memory | peak | allocations |\n| --- | --: | --: |");
    print("memory")
}

/// Runs a benchmark that prints lines of a table.
fn print(name: &str) -> Result<()> {
    let run = process::cargo().args(["bench", "-q", "-p", "tests", "--bench", name]).output()?;
    ensure!(run.status.success(), "the benchmark {name} failed:\n{}", String::from_utf8_lossy(&run.stderr));
    print!("{}", String::from_utf8_lossy(&run.stdout));
    Ok(())
}

/// What is compared, by the names of benchmarks: the sum of some medians in terms of others.
const RATIOS: &[(&str, &[&str], &[&str])] = &[
    ("`Value` to typed, `from_slice`", &["decode/devices/value"], &["decode/devices/typed"]),
    ("`Value` to typed, by the client", &["decode/devices/value"], &["decode/devices/typed, by the client"]),
    ("`regen` to the floor", &["regenerate/whole"], &["regenerate/floor/pages", "regenerate/floor/code"]),
];

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
