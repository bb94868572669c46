//! `cargo xtask verify-verdicts`: makes the client before and after every known change, and holds the verdict of `diff`
//! against that of `cargo semver-checks`, which reads the public items of the compiled crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use generator::diff::{self, Change, Level};
use generator::plan::lock::NamesLock;
use generator::source::Source;

use crate::diff::Loaded;
use crate::write;
use crate::{Outcome, cases, regen, spec};

/// Arguments of `verify-verdicts`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only changes with this in their names.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Leave out the reference pages beside the project.
    #[arg(long)]
    no_corpus: bool,
    /// Where the crates are built [default: target/verdicts].
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// What a comparison came to.
struct Row {
    name: String,
    rules: BTreeSet<&'static str>,
    ours: Level,
    theirs: Level,
    /// Lints of cargo-semver-checks that fired.
    lints: Vec<String>,
    /// Why the other verdict is the milder one.
    reason: Option<String>,
}

/// A client and the description of its public items.
struct Built {
    loaded: Loaded,
    json: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When cargo-semver-checks is not there, or a client does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let version = Command::new("cargo").args(["semver-checks", "--version"]).output();
    let is_there = version.is_ok_and(|output| output.status.success());
    ensure!(is_there, "cargo-semver-checks is not there; run `cargo install cargo-semver-checks --locked`");
    let shop = Shop::new(arguments.dir.as_deref().unwrap_or(&spec::root().join("target/verdicts")))?;
    let mut rows = Vec::new();
    let mut unmade = Vec::new();
    let fixtures = spec::root().join("tests/fixtures/changes");
    let pages = spec::load(&[fixtures.join("pages")]).pages;
    let list = fs::read_to_string(fixtures.join("changes.yaml")).context("the list of changes cannot be read")?;
    let list = cases::read(&list).map_err(anyhow::Error::msg)?;
    let base = shop.build("base", pages.clone())?.context("the pages of the changes have errors")?;
    let wanted = |name: &str| arguments.only.as_ref().is_none_or(|only| name.contains(only));
    for (number, case) in list.iter().enumerate().filter(|(_, case)| wanted(&case.name)) {
        let pages = case.apply(&pages).map_err(anyhow::Error::msg)?;
        match shop.build(&format!("case-{number}"), pages)? {
            Some(after) => {
                rows.push(shop.compare(case.name.clone(), &base, &after)?);
                rows.push(shop.compare(format!("not any more: {}", case.name), &after, &base)?);
            }
            None => unmade.push(case.name.clone()),
        }
    }
    let corpus = spec::root().join("../shared/corpus");
    if arguments.no_corpus || !corpus.is_dir() {
        println!("skipped: the reference pages");
    } else {
        let mut before: Option<(String, Built)> = None;
        for name in folders(&corpus)?.into_iter().filter(|name| wanted(name)) {
            let Some(after) = shop.build(&name, spec::load(&[corpus.join(&name)]).pages)? else {
                unmade.push(name);
                continue;
            };
            if let Some((old, before)) = &before {
                rows.push(shop.compare(format!("{old} → {name}"), before, &after)?);
            }
            before = Some((name, after));
        }
    }
    Ok(print(&rows, &unmade))
}

/// The published folders of REST pages, by date.
fn folders(corpus: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(corpus)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.strip_prefix("rest-2").is_some() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Where crates are made, one after the other in one folder, so that cargo builds what they depend on once.
struct Shop {
    folder: PathBuf,
}

impl Shop {
    fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder: folder.canonicalize()? })
    }

    /// Makes a client and describes its public items; none where the pages have errors.
    fn build(&self, name: &str, pages: Vec<Source>) -> Result<Option<Built>> {
        let mut loaded = Loaded::new(generator::read(pages), &NamesLock::default());
        let Some(files) = loaded.files() else { return Ok(None) };
        eprintln!("building {name}");
        let (member, target) = (self.folder.join("client"), self.folder.join("target"));
        let document = regen::document(&loaded.side().read.api);
        let wanted = regen::whole_crate(&spec::root().join("generated-client"), files, document)?;
        fs::create_dir_all(&member)?;
        write::apply(&member, &write::compare(&member, &wanted, "src/generated", |_| true)?)?;
        regen::keep_lock(&member)?;
        // The form that cargo-semver-checks reads is not stable yet, so the compiler has to be asked for it by name; it
        // asks in the same way.
        let mut cargo = Command::new("cargo");
        cargo.args(["rustdoc", "--quiet", "--lib", "--manifest-path"]).arg(member.join("Cargo.toml"));
        cargo.args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"]);
        cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &target).stdout(Stdio::null());
        ensure!(cargo.status()?.success(), "the client of {name} does not compile");
        let json = self.folder.join(format!("{name}.json"));
        fs::copy(target.join("doc/losant_client.json"), &json).context("there is no description of the client")?;
        Ok(Some(Built { loaded, json }))
    }

    fn compare(&self, name: String, old: &Built, new: &Built) -> Result<Row> {
        let changes = diff::compare(old.loaded.side(), new.loaded.side());
        let mut cargo = Command::new("cargo");
        cargo.args(["semver-checks", "--color", "never", "--release-type", "patch", "--baseline-rustdoc"]);
        cargo.arg(&old.json).arg("--current-rustdoc").arg(&new.json).current_dir(&self.folder);
        let output = cargo.output()?;
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        let theirs = match () {
            () if text.contains("semver requires new major version") => Level::Major,
            () if text.contains("semver requires new minor version") => Level::Minor,
            () if output.status.success() => Level::Patch,
            () => anyhow::bail!("cargo semver-checks has no verdict for {name}:\n{text}"),
        };
        let lints = text.lines().filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next());
        let lints = lints.map(str::to_owned).collect();
        let ours = changes.iter().map(|change| change.rust).max().unwrap_or(Level::Patch);
        let reason = (ours == Level::Major && theirs < ours).then(|| reason(&changes)).flatten();
        let rules = changes.iter().map(|change| change.rule.id).collect();
        eprintln!("{name}: diff {}, cargo-semver-checks {}", ours.as_str(), theirs.as_str());
        Ok(Row { name, rules, ours, theirs, lints, reason })
    }
}

/// What cargo-semver-checks cannot see of the items that make a verdict, where all of them are of that kind.
fn reason(changes: &[Change]) -> Option<String> {
    let items = changes.iter().filter(|change| change.rust == Level::Major).flat_map(|change| &change.items);
    let mut reasons = BTreeSet::new();
    for item in items.filter(|item| !item.starts_with('+')) {
        reasons.insert(if item.starts_with('~') {
            "it does not compare the types of fields, arguments and answers"
        } else if item.contains(": From<") || item.contains(": Default") {
            "it does not look for conversions that are gone"
        } else if item.contains("::") && item.ends_with("()") {
            "it does not compare the arguments of functions that are gone otherwise"
        } else {
            return None;
        });
    }
    (!reasons.is_empty()).then(|| reasons.into_iter().collect::<Vec<_>>().join("; "))
}

/// Prints the matrix: each rule with its comparisons, then each comparison that is no agreement.
fn print(rows: &[Row], unmade: &[String]) -> Outcome {
    let mut by_rule: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let is_milder = |row: &Row| row.ours < Level::Major && row.theirs == Level::Major;
    let is_stricter = |row: &Row| row.ours == Level::Major && row.theirs < Level::Major;
    for row in rows {
        for rule in &row.rules {
            let [cases, agreements, exceptions] = by_rule.entry(rule).or_default();
            *cases += 1;
            *agreements += usize::from(!is_milder(row) && !is_stricter(row));
            *exceptions += usize::from(is_stricter(row));
        }
    }
    println!(
        "| rule | comparisons | agreements | stricter than cargo-semver-checks | milder |\n| --- | ---: | ---: | ---: | ---: |"
    );
    for rule in diff::rules::ALL {
        let [cases, agreements, exceptions] = by_rule.get(rule.id).copied().unwrap_or_default();
        println!("| {} | {cases} | {agreements} | {exceptions} | {} |", rule.id, cases - agreements - exceptions);
    }
    println!("\n| comparison | diff | cargo-semver-checks | lints | why |\n| --- | --- | --- | --- | --- |");
    let mut failures = 0;
    for row in rows.iter().filter(|row| is_milder(row) || is_stricter(row)) {
        let is_failure = is_milder(row) || row.reason.is_none();
        failures += usize::from(is_failure);
        let why = row.reason.as_deref().unwrap_or("**no reason is known**");
        println!(
            "| {} | {} | {} | {} | {why} |",
            row.name,
            row.ours.as_str(),
            row.theirs.as_str(),
            row.lints.join(", ")
        );
    }
    for name in unmade {
        println!("\n{name}: pages with errors make no client");
    }
    let agreements = rows.iter().filter(|row| !is_milder(row) && !is_stricter(row)).count();
    let milder = rows.iter().filter(|row| is_milder(row)).count();
    println!("\n{} comparisons, {agreements} agreements, {milder} milder, {failures} failures", rows.len());
    if failures > 0 { Outcome::No } else { Outcome::Fine }
}
