//! Changes real pages one fact at a time and prints what the reader saw: `cargo run -p tests --bin mutate -- --count 50000`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use generator::source::Source;
use tests::mutation::{Case, Outcome, Set, Table, Verdict, cases, mutant, mutant_of_folder};

struct Options {
    seed: u64,
    count: u64,
    set: Set,
    /// Whole pages are changed instead.
    pages: bool,
    /// Only this mutant, with its verdict.
    only: Option<u64>,
    /// How many silent mutants are printed.
    show: usize,
    folders: Vec<PathBuf>,
}

fn options() -> Result<Options, String> {
    let mut options =
        Options { seed: 1, count: 50_000, set: Set::Parts, pages: false, only: None, show: 20, folders: Vec::new() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number =
            || words.next().and_then(|text| text.parse::<u64>().ok()).ok_or(format!("{word} takes a number"));
        match &word[..] {
            "--seed" => options.seed = number()?,
            "--count" => options.count = number()?,
            "--plain" => options.set = Set::Plain,
            "--every" => options.set = Set::Every,
            "--pages" => options.pages = true,
            "--only" => options.only = Some(number()?),
            "--show" => options.show = usize::try_from(number()?).unwrap_or(usize::MAX),
            flag if flag.starts_with("--") => return Err(format!("{flag} is not known")),
            folder => options.folders.push(folder.into()),
        }
    }
    Ok(options)
}

/// Folders of pages: those named, else `spec/` and the reference pages.
fn folders(named: &[PathBuf]) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named.to_vec();
    }
    let mut all = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")];
    for group in ["corpus", "seeds"] {
        let Some(group) = tests::shared(group) else { continue };
        let Ok(entries) = std::fs::read_dir(group) else { continue };
        let mut found: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        found.sort();
        all.extend(found);
    }
    all
}

/// Makes and judges one mutant.
fn one(named: &[(String, Vec<Source>)], cases: &[Vec<Case>], options: &Options, number: u64) -> Option<Outcome> {
    if options.pages {
        mutant_of_folder(named, options.seed, number)
    } else {
        mutant(cases, options.set, options.seed, number)
    }
}

fn run(options: &Options, one: impl Fn(u64) -> Option<Outcome> + Sync) -> Vec<Outcome> {
    let next = AtomicU64::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= options.count {
                return found;
            }
            found.extend(one(number));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    });
    outcomes.sort_by_key(|outcome| outcome.number);
    outcomes
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let named: Vec<_> = folders(&options.folders)
        .iter()
        .map(|folder| (tests::mutation::folder_name(folder), tests::pages(folder)))
        .collect();
    let (readable, refused): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(_, pages)| tests::mutation::is_readable(pages));
    for (name, _) in refused {
        println!("{name}: not read by the generator");
    }
    let cases = cases(&readable);
    let mut out = std::io::stdout().lock();
    if let Some(number) = options.only {
        if let Some(outcome) = one(&readable, &cases, &options, number) {
            let _ = writeln!(
                out,
                "{} {} {}: {:?}\n{}",
                outcome.folder, outcome.page, outcome.kind, outcome.verdict, outcome.shown
            );
        }
        return ExitCode::SUCCESS;
    }
    let mut table = Table::default();
    let mut shown = 0;
    for outcome in run(&options, |number| one(&readable, &cases, &options, number)) {
        table.add(&outcome);
        let bad = !matches!(outcome.verdict, Verdict::Seen | Verdict::Reported) && outcome.rule.is_none();
        if bad && shown < options.show {
            shown += 1;
            let _ = writeln!(
                out,
                "{} {} {} {}: {:?} {}",
                outcome.number, outcome.folder, outcome.page, outcome.kind, outcome.verdict, outcome.shown
            );
        }
    }
    let _ = write!(out, "{table}");
    if table.unseen() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
