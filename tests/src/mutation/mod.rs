//! Mutation sensitivity: a page with one fact changed must give another model or a diagnostic, never silence.
//!
//! Nothing here asks the reader where a fact stands: pages are cut into lines, cells and words by other means.

mod edits;
mod folder;
mod json_values;
mod judge;
mod layout;
mod moves;
mod no_fact;
mod plain;
mod random;
mod stretches;
mod subject;
mod table;
mod targets;

use std::path::Path;
use std::sync::OnceLock;

use generator::source::Source;

pub use edits::{EDITS, Edit};
pub use folder::{FOLDER, mutant_of_folder};
pub use json_values::VALUES;
pub use judge::{Baseline, Verdict};
pub use layout::Layout;
pub use moves::MOVES;
pub use no_fact::{NO_FACTS, NoFact, rule};
pub use plain::PLAIN;
pub use random::Random;
pub use subject::{Subject, subjects};
pub use table::Table;
pub use targets::TARGETS;

/// A subject with what it reads as.
pub struct Case {
    /// The pages.
    pub subject: Subject,
    /// Made when the first mutant asks for them.
    made: OnceLock<(Layout, Baseline)>,
}

/// A mutant and what became of it.
pub struct Outcome {
    /// Which mutant of the run.
    pub number: u64,
    /// The folder.
    pub folder: String,
    /// The page.
    pub page: String,
    /// The kind of mutation.
    pub kind: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The rule under which the change carries no fact, where it was silent.
    pub rule: Option<&'static str>,
    /// The lines before and after.
    pub shown: String,
}

/// The cases of several folders.
pub fn cases(folders: &[(String, Vec<Source>)]) -> Vec<Vec<Case>> {
    let case = |subject: Subject| Case { subject, made: OnceLock::new() };
    let all = folders.iter().map(|(name, pages)| subjects(name, pages).into_iter().map(case).collect());
    all.filter(|cases: &Vec<Case>| !cases.is_empty()).collect()
}

/// The name under which a folder stands in the table: its own and that of the folder above.
pub fn folder_name(folder: &Path) -> String {
    let own = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let above = folder.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if above == "seeds" { format!("seeds/{own}") } else { own }
}

/// Whether the generator reads the pages of a folder at all.
pub fn is_readable(pages: &[Source]) -> bool {
    let read = generator::read(pages.to_vec());
    !read.diagnostics.iter().any(|diagnostic| diagnostic.code == generator::dialect::codes::UNSUPPORTED)
}

/// How often another page or kind is tried before a mutant is given up.
const TRIES: usize = 50;

/// Which changes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Of the parts of a page: its tables, cells, headings, addresses.
    Parts,
    /// Of the bare text, its lines, words and characters, and of the JSON values in it.
    Plain,
    /// Of every single character of the shortest page of each folder, one after the other.
    Every,
}

/// Makes and judges one mutant; folders, pages and kinds are drawn evenly.
pub fn mutant(folders: &[Vec<Case>], set: Set, seed: u64, number: u64) -> Option<Outcome> {
    let mut random = Random::new(seed, number);
    for _ in 0..TRIES {
        let case = match set {
            Set::Every => shortest(folders, number)?,
            _ => random.pick(folders).and_then(|cases| random.pick(cases))?,
        };
        let subject = &case.subject;
        let (layout, baseline) = case.made.get_or_init(|| (Layout::new(&subject.page.text), Baseline::new(subject)));
        let drawn = match set {
            Set::Parts => draw(layout, &mut random),
            Set::Plain => draw_plain(&layout.text, &mut random),
            Set::Every => Some(plain::every(&layout.text, number / count(folders))?),
        };
        let Some((kind, edit)) = drawn else { continue };
        let text = &case.subject.page.text;
        if edit.apply(text) == *text {
            continue;
        }
        let verdict = baseline.judge(&case.subject, &edit);
        let silent = verdict == Verdict::Silent;
        return Some(Outcome {
            number,
            folder: case.subject.folder.clone(),
            page: case.subject.page.path.clone(),
            rule: silent.then(|| rule(text, &edit.apply(text)).map(|rule| rule.name)).flatten(),
            kind,
            verdict,
            shown: shown(text, &edit),
        });
    }
    None
}

/// A small edit of some target, or a change of whole blocks.
fn draw(layout: &Layout, random: &mut Random) -> Option<(String, Edit)> {
    if random.below(2) == 0 {
        let (name, make) = random.pick(MOVES)?;
        return make(layout, random).map(|edit| ((*name).to_owned(), edit));
    }
    let (target, find) = random.pick(TARGETS)?;
    let range = random.pick(&find(layout))?.clone();
    let (name, make) = random.pick(EDITS)?;
    make(&layout.text, &range, random).map(|edit| (format!("{target}: {name}"), edit))
}

fn count<T>(folders: &[T]) -> u64 {
    u64::try_from(folders.len()).unwrap_or(u64::MAX).max(1)
}

/// The shortest page of the folder whose turn it is.
fn shortest(folders: &[Vec<Case>], number: u64) -> Option<&Case> {
    let folder = folders.get(usize::try_from(number % count(folders)).ok()?)?;
    folder.iter().min_by_key(|case| case.subject.page.text.len())
}

/// A change of the bare text, or now and then of one JSON value.
fn draw_plain(text: &str, random: &mut Random) -> Option<(String, Edit)> {
    if random.below(5) == 0 {
        return json_values::draw(text, random);
    }
    let (name, make) = random.pick(PLAIN)?;
    make(text, random).map(|edit| ((*name).to_owned(), edit))
}

/// The changed lines before and after, as a difference prints them; of long changes the start.
fn shown(text: &str, edit: &Edit) -> String {
    let start = text[..edit.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[edit.range.end..].find('\n').map_or(text.len(), |at| edit.range.end + at);
    let line = text[..start].matches('\n').count() + 1;
    let after = format!("{}{}{}", &text[start..edit.range.start], edit.with, &text[edit.range.end..end]);
    let clip = |text: &str, mark: char| -> String {
        let lines = text.lines().take(8).map(|line| line.chars().take(300).collect::<String>());
        lines.flat_map(|line| ["    ".to_owned(), mark.to_string(), " ".to_owned(), line, "\n".to_owned()]).collect()
    };
    format!("line {line}\n{}{}", clip(&text[start..end], '-'), clip(&after, '+'))
}
