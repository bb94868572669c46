//! `cargo xtask diff`: what changed between two sets of pages, and what that means for the client's users.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use generator::Read;
use generator::diagnostic::Severity;
use generator::diff::{self, Approvals, Change, Head, Side, Verdict};
use generator::plan::Crate;
use generator::plan::lock::{self, NamesLock};
use serde_json::json;

use crate::write::Files;
use crate::{Outcome, git, regen, report, spec};

/// How the changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a pull request.
    Markdown,
    /// Everything, for programs.
    Json,
}

/// Arguments of `diff`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder of pages, or a revision (its `spec`, or `REVISION:FOLDER`).
    #[arg(value_name = "OLD")]
    old: String,
    /// The same.
    #[arg(value_name = "NEW")]
    new: String,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Breaking changes that somebody approved (YAML).
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,
}

/// A set of pages and the client that is made of it.
pub(crate) struct Loaded {
    read: Read,
    plan: Crate,
}

impl Loaded {
    /// Plans the client with the names that were published before; what is wrong with the types joins the diagnostics.
    pub(crate) fn new(mut read: Read, published: &NamesLock) -> Self {
        let built = generator::build_types(&mut read);
        let plan = generator::build_plan(&mut read, &built, published);
        Self { read, plan }
    }

    pub(crate) fn side(&self) -> Side<'_> {
        Side { read: &self.read, plan: &self.plan }
    }

    /// The generated part of the client; none where the pages have errors.
    pub(crate) fn files(&mut self) -> Option<Files> {
        generator::emit_files(&mut self.read, &self.plan)
    }
}

/// Runs the command.
///
/// # Errors
/// When a side or the approvals cannot be read, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let approvals = match &arguments.approvals {
        None => Approvals::default(),
        Some(file) => {
            let shown = file.display();
            let text = std::fs::read_to_string(file).with_context(|| format!("{shown} cannot be read"))?;
            Approvals::parse(&text).map_err(|fault| anyhow::anyhow!("{shown}: {fault}"))?
        }
    };
    // The names that a client has published stay, as they do where `regen` writes one client after the other.
    let Some(old) = load(&arguments.old, &published(&arguments.old))? else { return Ok(Outcome::Unusable) };
    let Some(new) = load(&arguments.new, &old.plan.lock)? else { return Ok(Outcome::Unusable) };
    let changes = diff::compare(old.side(), new.side());
    let verdict = Verdict::of(&changes, &version()?);
    let review = approvals.review(&changes);
    let errors = (old.read.count(Severity::Error), new.read.count(Severity::Error));
    let names = (arguments.old.as_str(), arguments.new.as_str());
    let text = match arguments.format {
        Format::Markdown => diff::markdown(Head { names, errors }, &changes, &verdict, &review),
        Format::Json => {
            let approved: Vec<_> = review
                .approved
                .iter()
                .map(|(change, why)| json!({"fingerprint": change.fingerprint(), "why": why}))
                .collect();
            let value = json!({
                "old": names.0,
                "new": names.1,
                "errors": {"old": errors.0, "new": errors.1},
                "verdict": verdict,
                "approved": approved,
                "unapproved": review.unapproved.len(),
                "stale": review.stale,
                "changes": changes,
            });
            serde_json::to_string_pretty(&value).context("the changes have no JSON form")? + "\n"
        }
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        // Who reads a pipe may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        other => other.context("the changes cannot be written")?,
    }
    eprintln!("{}", verdict.line());
    for approval in &review.stale {
        eprintln!("error: the approval of {} is stale: no breaking change has it", approval.fingerprint);
    }
    Ok(if review.is_fine() { Outcome::Fine } else { Outcome::No })
}

/// One side, or none where it cannot be read at all.
fn load(name: &str, published: &NamesLock) -> Result<Option<Loaded>> {
    let (read, unreadable) = if Path::new(name).is_dir() {
        spec::read(&[PathBuf::from(name)])
    } else {
        spec::read_loaded(git::load(Path::new("."), name)?)
    };
    eprintln!("{name}: {}", report::summary(&read, &unreadable));
    for problem in &unreadable {
        eprintln!("error[{}]: {}: {}", problem.code, problem.path, problem.message);
    }
    Ok((!unreadable.iter().any(|problem| problem.fatal) && !read.sources.is_empty())
        .then(|| Loaded::new(read, published)))
}

/// The names that the project's client had published at a revision; folders have no client beside them.
fn published(name: &str) -> NamesLock {
    let path = format!("{name}:{}/{}", regen::OWN, lock::FILE);
    let text = git::text(&spec::root(), &path).ok().filter(|_| !Path::new(name).is_dir());
    text.and_then(|text| NamesLock::parse(&text).ok()).unwrap_or_default()
}

/// The version of the client.
fn version() -> Result<String> {
    let path = spec::root().join("Cargo.toml");
    let text = std::fs::read_to_string(&path).context("Cargo.toml cannot be read")?;
    let manifest: toml::Table = text.parse().context("Cargo.toml is no TOML")?;
    let version = manifest.get("workspace").and_then(|table| table.get("package")?.get("version")?.as_str());
    Ok(version.context("Cargo.toml has no version")?.to_owned())
}

/// The pages of the last commit beside those of a run.
pub(crate) enum Commit {
    /// None can be read: a fresh copy has no history.
    None,
    /// They are the same.
    Same,
    /// Some differ.
    Other(spec::Loaded),
}

impl Commit {
    /// Reads the pages of the last commit.
    pub(crate) fn of(read: &Read) -> Self {
        let Ok(commit) = git::load(&spec::root(), "HEAD") else { return Self::None };
        let now: BTreeMap<_, _> = read.sources.iter().map(|(_, page)| (&page.path, &page.text)).collect();
        let then: BTreeMap<_, _> = commit.pages.iter().map(|page| (&page.path, &page.text)).collect();
        if now == then { Self::Same } else { Self::Other(commit) }
    }
}

/// What changed in `spec/` since the last commit, where there is one.
///
/// # Errors
/// When the version cannot be read.
pub(crate) fn since(commit: Commit, read: &Read, plan: &Crate) -> Result<Option<(Vec<Change>, Verdict)>> {
    let changes = match commit {
        Commit::None => return Ok(None),
        Commit::Same => Vec::new(),
        Commit::Other(commit) => {
            let (before, _) = spec::read_loaded(commit);
            diff::compare(Loaded::new(before, &published("HEAD")).side(), Side { read, plan })
        }
    };
    let verdict = Verdict::of(&changes, &version()?);
    Ok(Some((changes, verdict)))
}
