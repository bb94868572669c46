//! What went wrong, where, and how to mend it.
//!
//! Every stage collects [`Diagnostic`]s and goes on; who called decides which severity ends a run.

use crate::source::{Sources, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A fact was lost or contradicts another one: nothing is written.
    Error,
    /// A fact was understood, but looks wrong.
    Warning,
    /// Worth knowing: a place without a type of its own, for example.
    Note,
}

impl Severity {
    /// The word that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A stable name of one kind of problem, such as `table-missing-cell`, with its severity.
///
/// Each stage lists its own codes as constants beside its code; [`crate::codes::ALL`] has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// Kebab-case name; never reused for something else.
    pub name: &'static str,
    /// How bad every problem of this kind is.
    pub severity: Severity,
    /// What a reader does about it.
    pub help: &'static str,
}

impl Code {
    /// A kind of problem that ends a run.
    pub const fn error(name: &'static str, help: &'static str) -> Self {
        Self { name, severity: Severity::Error, help }
    }

    /// A kind of problem that is only pointed out.
    pub const fn warning(name: &'static str, help: &'static str) -> Self {
        Self { name, severity: Severity::Warning, help }
    }

    /// Something worth knowing.
    pub const fn note(name: &'static str, help: &'static str) -> Self {
        Self { name, severity: Severity::Note, help }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What is wrong here, in one sentence without a final dot.
    pub message: String,
    /// The place it speaks of; only a folder or a whole run has none.
    pub span: Option<Span>,
    /// Other places that belong to it, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// How to mend this very place, where that is more than [`Code::help`] says.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span: span.into(), related: Vec::new(), help: None }
    }

    /// Adds another place.
    #[must_use]
    pub fn with_related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related.push((span, why.into()));
        self
    }

    /// Adds how to mend this very place.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The help line: of this place, else of the kind.
    pub fn help(&self) -> &str {
        self.help.as_deref().unwrap_or(self.code.help)
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    /// `page:line:column`, or nothing for a problem without a place.
    pub fn location(&self, sources: &Sources) -> Option<String> {
        let span = self.span?;
        let at = sources.position(span.file, span.start);
        Some(format!("{}:{}:{}", sources.get(span.file).path, at.line, at.column))
    }
}

/// Puts diagnostics in the order in which a reader meets them: by page and place, then by kind.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
}
