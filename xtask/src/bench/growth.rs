//! How regenerating grows with the API: numbers as a table, and a plot.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::process::{self, Sample};
use super::synthetic;
use crate::spec;

/// Measures multiples of the API up to the largest, prints a table and draws the curve.
///
/// # Errors
/// When a run fails or a file cannot be written.
pub(super) fn measure(runs: usize, largest: usize, plot: Option<&Path>) -> Result<()> {
    let xtask = process::build_xtask(&["--release"])?;
    let (read, _) = spec::read_pages(&[]);
    let folder = process::target()?.join("bench-growth");
    let (pages, out) = (folder.join("pages"), folder.join("crate"));
    println!(
        "\n| times the API | wall s | processor s | peak memory MB | ms per time | MB per time |\n| --: | --: | --: | --: | --: | --: |"
    );
    let mut curve = Vec::new();
    for times in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().filter(|times| *times <= largest) {
        fs::remove_dir_all(&folder).ok();
        synthetic::write(&read.api, times, &pages)?;
        // The largest ones take long enough for one run to tell.
        let runs = if times > 10 { 1 } else { runs };
        let sample = process::median(runs, || {
            let mut run = Command::new(&xtask);
            run.args(["regen", "--spec"]).arg(&pages).arg("--out").arg(&out).current_dir(spec::root());
            run
        })?;
        let each = |figure: f64| figure / f64::from(u32::try_from(times).unwrap_or(u32::MAX));
        let (wall, cpu) = (sample.wall.as_secs_f64(), sample.cpu.as_secs_f64());
        let memory = megabytes(&sample);
        println!("| {times} | {wall:.2} | {cpu:.2} | {memory:.0} | {:.0} | {:.1} |", each(wall * 1e3), each(memory));
        curve.push((times, wall, memory));
    }
    fs::remove_dir_all(&folder).ok();
    if let Some(plot) = plot {
        fs::write(plot, svg(&curve)).with_context(|| format!("{} cannot be written", plot.display()))?;
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "no process has 2^52 bytes")]
fn megabytes(sample: &Sample) -> f64 {
    sample.peak as f64 / 1e6
}

/// Both curves on logarithmic axes, where linear growth is a straight line of slope one.
fn svg(curve: &[(usize, f64, f64)]) -> String {
    const WIDTH: f64 = 640.0;
    const HEIGHT: f64 = 400.0;
    const MARGIN: f64 = 50.0;
    let decades = |values: &[f64]| {
        let low = values.iter().copied().fold(f64::MAX, f64::min).log10().floor();
        let high = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max).log10().ceil().max(low + 1.0);
        (low, high)
    };
    let place = |value: f64, (low, high): (f64, f64), length: f64| (value.log10() - low) / (high - low) * length;
    let times: Vec<f64> =
        curve.iter().map(|(times, ..)| f64::from(u32::try_from(*times).unwrap_or(u32::MAX))).collect();
    let across = decades(&times);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">times the API</text>\n",
        WIDTH / 2.0,
        HEIGHT - 10.0
    );
    let series = [
        ("#b03a2e", "seconds", curve.iter().map(|(_, wall, _)| *wall).collect::<Vec<f64>>()),
        ("#1f618d", "MB of memory", curve.iter().map(|(_, _, memory)| *memory).collect()),
    ];
    for (at, (colour, name, values)) in series.into_iter().enumerate() {
        let up = decades(&values);
        let points: Vec<(f64, f64, f64)> = times
            .iter()
            .zip(&values)
            .map(|(times, value)| {
                let x = MARGIN + place(*times, across, WIDTH - 2.0 * MARGIN);
                (x, HEIGHT - MARGIN - place(*value, up, HEIGHT - 2.0 * MARGIN), *value)
            })
            .collect();
        let line: Vec<String> = points.iter().map(|(x, y, _)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\"/>", line.join(" "));
        let y = MARGIN / 2.0 + 16.0 * if at == 0 { 0.0 } else { 1.0 };
        let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{y}\" fill=\"{colour}\">{name}</text>");
        for ((x, y, value), times) in points.iter().zip(&times) {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"><title>{times} times: {value:.2} {name}</title></circle>"
            );
        }
    }
    for times in &times {
        let x = MARGIN + place(*times, across, WIDTH - 2.0 * MARGIN);
        let _ =
            writeln!(svg, "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{times}</text>", HEIGHT - MARGIN + 20.0);
    }
    svg + "</svg>\n"
}
