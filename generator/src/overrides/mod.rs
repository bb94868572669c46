//! `overrides.yaml`: what no page states, what a page states wrongly, and taste, each entry with its reason.
//!
//! It stands between `reconcile` and `schema`: facts are corrected in the model, known warnings are taken out of the
//! reports, and wishes for names go on to `plan` as plain data. An entry that does nothing is an error, so that the
//! file never outlives what it was written for.

pub mod codes;
mod facts;
mod locate;
mod parse;
mod warnings;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Encoding};
use crate::source::{FileId, Sources, Span};

/// The file, at the root of a folder of pages.
pub const FILE: &str = "overrides.yaml";

/// Whether a source is no page but a file of overrides: at the root of a folder, or of one of several.
pub fn is_overrides(path: &str) -> bool {
    path.strip_suffix(FILE).is_some_and(|folder| folder.matches('/').count() <= 1 && !folder.starts_with('/'))
        && path.rsplit('/').next() == Some(FILE)
}

/// Everything that the files say, and what of it was of use so far.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    accepts: Vec<Accept>,
    sets: Vec<Set>,
    wishes: Vec<Wish>,
}

/// A warning that is known, and read correctly anyway.
#[derive(Clone, Debug)]
struct Accept {
    code: Code,
    place: Place,
    span: Span,
    /// Where the place stands in the pages, once the model is known.
    region: Option<Region>,
    matched: usize,
}

/// A part of the API, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Schema(String),
    Resource(String),
}

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Region {
    file: FileId,
    start: usize,
    end: usize,
}

/// What is so of some parameters, whatever the pages say.
#[derive(Clone, Debug)]
struct Set {
    params: Vec<ParamPath>,
    ty: Option<String>,
    required: Option<bool>,
    default: Option<serde_json::Value>,
    encoding: Option<Encoding>,
}

/// `resource.action.parameter`.
#[derive(Clone, Debug)]
struct ParamPath {
    resource: String,
    action: String,
    param: String,
    span: Span,
}

/// A name that a type or a variant shall have in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// A place where the type stands, as `lint` prints it: `workflow.triggers[]<device>`.
    pub path: String,
    /// The value or word of the variant; none where the type itself is meant.
    pub variant: Option<String>,
    /// The name, not yet checked.
    pub name: String,
    /// The entry's path.
    pub span: Span,
    /// The entry's name.
    pub name_span: Span,
}

impl Overrides {
    /// Reads the files of overrides among the sources.
    pub(crate) fn read(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut overrides = Self::default();
        for (file, source) in sources.iter().filter(|(_, source)| is_overrides(&source.path)) {
            parse::parse(file, &source.text, &mut overrides, diagnostics);
        }
        overrides
    }

    /// Corrects the facts of the model, and finds the places of which warnings are accepted.
    pub(crate) fn apply(&mut self, api: &mut Api, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let mut said = BTreeSet::new();
        for set in &self.sets {
            facts::apply(set, api, &mut said, diagnostics);
        }
        for accept in &mut self.accepts {
            accept.region = warnings::region(&accept.place, api, sources);
        }
    }

    /// Takes accepted warnings out.
    pub(crate) fn accept(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|diagnostic| !self.accepts.iter_mut().any(|accept| accept.matches(diagnostic)));
    }

    /// How many warnings were accepted.
    pub fn accepted(&self) -> usize {
        self.accepts.iter().map(|accept| accept.matched).sum()
    }

    /// The wishes for names.
    pub fn wishes(&self) -> &[Wish] {
        &self.wishes
    }

    /// Entries that no warning matched, after all stages.
    pub(crate) fn unused(&self) -> Vec<Diagnostic> {
        let unused = self.accepts.iter().filter(|accept| accept.matched == 0);
        unused.map(Accept::unused).collect()
    }
}
