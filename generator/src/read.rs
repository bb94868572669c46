//! The front end: pages in, model out.

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::Api;
use crate::reconcile::{self, Counts};
use crate::source::{Source, Sources};
use crate::{dialect, markdown};

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

    /// Adds what a later stage found, in the order of the pages.
    pub fn add(&mut self, more: Vec<Diagnostic>) {
        self.diagnostics.extend(more);
        diagnostic::sort(&mut self.diagnostics);
    }
}

/// Reads pages, in whatever order they come. Every text has a result; nothing here panics.
pub fn read(pages: Vec<Source>) -> Read {
    let sources = Sources::new(pages.into_iter().map(normalise).collect());
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::with_capacity(sources.len());
    for (file, source) in sources.iter() {
        let page = markdown::read(file, &source.text);
        let (facts, found) = dialect::read(&page, source);
        diagnostics.extend(found);
        parsed.push((page, facts));
    }
    let result = reconcile::reconcile(&parsed, &sources, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Read { api: result.api, seen: result.seen, counts: result.read, sources, diagnostics }
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
