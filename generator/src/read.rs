//! The front end: pages in, model out, with `overrides.yaml` applied.

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::Api;
use crate::overrides::{self, Overrides};
use crate::reconcile::{self, Counts, PageFacts};
use crate::source::{Source, Sources};
use crate::{dialect, markdown, parallel};

/// What came of reading pages.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The API as far as it could be read; whole only where no diagnostic is an error.
    pub api: Api,
    /// The pages.
    pub sources: Sources,
    /// What the pages show.
    pub seen: Counts,
    /// What the model has.
    pub counts: Counts,
    /// What is wrong, in the order of the pages. Later stages add to it.
    pub diagnostics: Vec<Diagnostic>,
    /// What `overrides.yaml` says.
    pub overrides: Overrides,
}

impl Read {
    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// Whether a fact was lost.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Adds what a later stage found, in the order of the pages, without what is accepted.
    pub fn add(&mut self, mut more: Vec<Diagnostic>) {
        self.overrides.accept(&mut more);
        self.diagnostics.extend(more);
        diagnostic::sort(&mut self.diagnostics);
    }

    /// Adds what the last stage that warns found, and which overrides none of the stages needed.
    pub fn add_last(&mut self, more: Vec<Diagnostic>) {
        self.add(more);
        self.add(self.overrides.unused());
    }
}

/// Reads pages, in whatever order they come. Every text has a result; nothing here panics.
pub fn read(pages: Vec<Source>) -> Read {
    let sources = Sources::new(pages.into_iter().map(normalise).collect());
    let pages: Vec<_> = sources.iter().filter(|(_, source)| !overrides::is_overrides(&source.path)).collect();
    let facts = parallel::map(&pages, |(file, source)| {
        let page = markdown::read(*file, &source.text);
        let (facts, found) = dialect::read(&page, source);
        (PageFacts::new(&page, facts), found)
    });
    let (mut facts, found): (Vec<PageFacts>, Vec<Vec<Diagnostic>>) = facts.into_iter().unzip();
    let mut diagnostics = found.concat();
    let mut result = reconcile::reconcile(&mut facts, &sources, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let mut overridden = Vec::new();
    let mut overrides = Overrides::read(&sources, &mut overridden);
    overrides.apply(&mut result.api, &sources, &mut overridden);
    overrides.accept(&mut diagnostics);
    let mut read = Read { api: result.api, seen: result.seen, counts: result.read, sources, diagnostics, overrides };
    read.add(overridden);
    read
}

/// Line ends and byte order mark carry no fact.
fn normalise(mut source: Source) -> Source {
    if let Some(rest) = source.text.strip_prefix('\u{FEFF}') {
        source.text = rest.to_owned();
    }
    if source.text.contains("\r\n") {
        source.text = source.text.replace("\r\n", "\n");
    }
    source
}
