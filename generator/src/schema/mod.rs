//! JSON Schema to type graph: canonicalise, recover shared types, classify unions.
//!
//! `read` turns the JSON of each schema into a tree of what it accepts, `classify` decides what its unions are,
//! `structure` numbers equal shapes, and `intern` writes them down as the [`graph`]. Nothing here knows Rust names.

mod classify;
pub mod codes;
mod combine;
mod compare;
pub mod graph;
mod infer;
mod intern;
mod keywords;
pub(crate) mod locate;
pub(crate) mod names;
mod node;
mod read;
mod refer;
mod same;
pub(crate) mod share;
mod standard;
mod structure;
mod values;
mod words;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{Api, Schema};
use crate::parallel;
use crate::source::{Sources, Span};

use classify::Roots;
pub use compare::differences;
use graph::{Path, TypeGraph};
use names::Names;
pub use node::Reason;
use node::{Form, Node};
use read::Library;
pub use share::{By, Copy, share};
pub use standard::Standard;

/// What became of the schemas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Built {
    /// Every type.
    pub graph: TypeGraph,
    /// Every place that accepts anything, in the order of the schemas.
    pub untyped: Vec<Untyped>,
    /// What is wrong with the schemas; nothing of it is fatal.
    pub diagnostics: Vec<Diagnostic>,
}

/// A place that accepts anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Untyped {
    /// The place.
    pub path: Path,
    /// Why.
    pub reason: Reason,
    /// Where it stands on its page.
    pub span: Option<Span>,
}

/// What is known of a schema apart from its structure.
#[derive(Debug)]
struct Named {
    name: String,
    title: Option<String>,
    description: Option<String>,
    span: Option<Span>,
    /// Why it accepts anything, where it does.
    reason: Option<Reason>,
}

/// Builds the types of an API: one for each of its schemas, one for each schema that it uses without defining it, and
/// one for each structure in them that has no name.
pub fn build(api: &Api, sources: &Sources) -> Built {
    let mut diagnostics = Vec::new();
    // Of two schemas of one name the reading half has told already; the first one counts.
    let mut seen = BTreeSet::new();
    let mut schemas: Vec<&Schema> = api.schemas.iter().filter(|schema| seen.insert(schema.name.as_str())).collect();
    schemas.sort_by(|a, b| a.name.cmp(&b.name));

    let mut lookup = Names::default();
    for (index, schema) in schemas.iter().enumerate() {
        lookup.add(index, &schema.name, &schema.title, schema.definition.as_deref());
    }
    let library = Library { names: lookup, schemas, sources };

    let mut named: Vec<Named> = library.schemas.iter().map(|schema| Named::of(schema)).collect();
    let indices: Vec<usize> = (0..named.len()).collect();
    let read = parallel::map(&indices, |&index| {
        let mut found = Vec::new();
        (library.read(index, &mut found), found)
    });
    let (mut trees, found): (Vec<Node>, Vec<Vec<Diagnostic>>) = read.into_iter().unzip();
    diagnostics.extend(found.into_iter().flatten());
    missing(api, &seen, &mut named, &mut trees, &mut diagnostics);

    let roots = Roots::of(&named, &trees);
    for root in &mut trees {
        roots.settle(root);
    }
    let owners = structure::number(&mut trees);
    for (named, root) in named.iter_mut().zip(&trees) {
        named.reason = if let Form::Any(reason) = root.form { Some(reason) } else { None };
    }
    crate::diagnostic::sort(&mut diagnostics);
    let (graph, untyped) = intern::intern(&named, &trees, &owners);
    Built { graph, untyped, diagnostics }
}

impl Named {
    fn of(schema: &Schema) -> Self {
        Self {
            name: schema.name.clone(),
            title: Some(schema.title.clone()),
            description: schema.description.clone(),
            span: schema.span,
            reason: None,
        }
    }
}

/// Adds the schemas that the API uses and no page defines.
fn missing(
    api: &Api,
    defined: &BTreeSet<&str>,
    named: &mut Vec<Named>,
    read: &mut Vec<Node>,
    out: &mut Vec<Diagnostic>,
) {
    for (name, missing) in infer::uses(api).into_iter().filter(|(name, _)| !defined.contains(name)) {
        let node = if missing.examples.is_empty() {
            Node::new(Form::Any(Reason::Undefined), missing.span)
        } else {
            out.push(Diagnostic::new(
                codes::FROM_EXAMPLE,
                missing.span,
                format!("the schema `{name}` is typed from an example"),
            ));
            infer::shape(&missing.examples, missing.span, 0)
        };
        named.push(Named { name: name.to_owned(), title: None, description: None, span: missing.span, reason: None });
        read.push(node);
    }
}
