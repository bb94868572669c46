//! JSON Schema to type graph: canonicalise, recover shared types, classify unions.
//!
//! [`read`] turns the JSON of each schema into a tree of what it accepts, [`classify`] decides what its unions are,
//! [`structure`] numbers equal shapes, and [`intern`] writes them down as the [`graph`]. Nothing here knows Rust names.

mod classify;
pub mod codes;
pub mod graph;
mod infer;
mod intern;
mod keywords;
mod locate;
mod names;
mod node;
mod read;
mod same;
mod structure;
mod words;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{Api, Schema};
use crate::source::{Sources, Span};

use classify::Roots;
use graph::{Path, TypeGraph};
use locate::Locator;
use names::Names;
pub use node::Reason;
use node::{Form, Node};
use read::Library;

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
    let mut seen = BTreeSet::new();
    let mut schemas: Vec<&Schema> = Vec::new();
    for schema in &api.schemas {
        if seen.insert(schema.name.as_str()) {
            schemas.push(schema);
        } else {
            diagnostics.push(Diagnostic::new(
                codes::DOUBLED,
                schema.span,
                format!("there are two schemas `{}`", schema.name),
            ));
        }
    }
    schemas.sort_by(|a, b| a.name.cmp(&b.name));

    let mut names = Names::default();
    for (index, schema) in schemas.iter().enumerate() {
        names.add(index, &schema.name, &schema.title, schema.definition.as_deref());
    }
    let locators = schemas
        .iter()
        .map(|schema| schema.span.map_or_else(Locator::default, |span| Locator::new(sources.slice(span))));
    let library = Library { names, locators: locators.collect(), schemas };

    let mut named: Vec<Named> = library.schemas.iter().map(|schema| Named::of(schema)).collect();
    let mut read: Vec<Node> = (0..named.len()).map(|index| library.read(index, &mut diagnostics)).collect();
    missing(api, &seen, &mut named, &mut read, &mut diagnostics);

    let roots = Roots(&read);
    let mut settled: Vec<Node> = read.iter().map(|root| roots.settle(root)).collect();
    let owners = structure::number(&mut settled);
    for (named, root) in named.iter_mut().zip(&settled) {
        named.reason = if let Form::Any(reason) = root.form { Some(reason) } else { None };
    }
    let (graph, untyped) = intern::intern(&named, &settled, &owners);
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
            out.push(Diagnostic::new(
                codes::UNDEFINED,
                missing.span,
                format!("no page defines the schema `{name}` and no example shows it"),
            ));
            Node::new(Form::Any(Reason::Undefined), missing.span)
        } else {
            out.push(Diagnostic::new(
                codes::FROM_EXAMPLE,
                missing.span,
                format!("no page defines the schema `{name}`; an example shows it"),
            ));
            infer::shape(&missing.examples, missing.span, 0)
        };
        named.push(Named { name: name.to_owned(), title: None, description: None, span: missing.span, reason: None });
        read.push(node);
    }
}
