//! The schemas of all pages under their names, and links to them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{codes, copies};
use crate::diagnostic::Diagnostic;
use crate::dialect::{Facts, SchemaFacts, SchemaLink, names};
use crate::model::Schema;
use crate::source::{Sources, Span};

/// All schemas of a run.
#[derive(Default)]
pub(super) struct Registry {
    schemas: Vec<Schema>,
    headings: Vec<Span>,
    by_name: BTreeMap<String, Vec<usize>>,
    by_anchor: BTreeMap<String, Vec<usize>>,
    by_definition: BTreeMap<String, usize>,
    /// Those whose pages state their names.
    stated: BTreeSet<usize>,
    /// Whether there is any page of schemas.
    provided: bool,
    /// Names that are linked and provided nowhere.
    missing: BTreeSet<String>,
}

impl Registry {
    /// Takes the schemas of all pages.
    pub(super) fn new<'a>(
        pages: impl Iterator<Item = &'a Facts>,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut registry = Self::default();
        for facts in pages {
            registry.provided |= facts.schemas_page;
            for schema in &facts.schemas {
                // Only pages that document actions repeat what other pages have.
                let copy = facts.resource.is_some() && registry.is_copy(schema, sources, diagnostics);
                if !copy {
                    registry.add(schema, sources, diagnostics);
                }
            }
        }
        registry
    }

    /// Whether another page has this schema, too; if so, the place is added, and a difference reported.
    fn is_copy(&mut self, facts: &SchemaFacts, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let known = facts.definition.as_ref().and_then(|definition| self.by_definition.get(definition));
        let Some(&at) = known.filter(|&&at| self.headings[at].file != facts.heading.file) else { return false };
        if let Some(difference) = copies::difference(&self.schemas[at], facts) {
            let message = format!("the schema `{}` is another one here: {difference}", facts.title);
            let diagnostic = Diagnostic::new(codes::SCHEMA_DIFFERS, facts.heading, message);
            diagnostics.push(diagnostic.with_related(self.headings[at], "the other one"));
        }
        let (page, line) = sources.place(facts.heading);
        self.schemas[at].sources.push(crate::model::Place { page, line });
        true
    }

    /// The schema whose definition name a link states, as pages have it that show schemas themselves.
    fn defined(&self, link: &SchemaLink, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let at = *self.by_definition.get(link.definition.as_ref()?)?;
        let schema = &self.schemas[at];
        if names::kebab(&schema.title) != names::kebab(&link.title) {
            let message = format!("the words say `{}`, the target is `{}`", link.title, schema.title);
            diagnostics.push(Diagnostic::new(codes::LINK_MISMATCH, link.span, message));
        }
        Some(schema.name.clone())
    }

    fn add(&mut self, facts: &SchemaFacts, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let mut name = names::kebab(&facts.title);
        let same = self.by_name.get(&name).into_iter().flatten().copied();
        let mut same: Vec<usize> = same.filter(|at| !self.stated.contains(at)).collect();
        if let Some(stated) = &facts.name {
            name.clone_from(stated);
            same = (0..self.schemas.len()).filter(|&at| self.schemas[at].name == name).collect();
        }
        if let Some(&first) = same.first() {
            let other_page = same.iter().any(|&at| self.headings[at].file != facts.heading.file);
            let equal = same.iter().any(|&at| self.schemas[at].schema == facts.schema);
            let shared = facts.shared_titles && !other_page && !equal;
            let code = if shared { codes::SCHEMA_SHARED } else { codes::SCHEMA_DUPLICATE };
            let diagnostic = Diagnostic::new(code, facts.heading, format!("a second schema `{}`", facts.title));
            diagnostics.push(diagnostic.with_related(self.headings[first], "the first one"));
            name = format!("{name}-{}", same.len() + 1);
        }
        let at = self.schemas.len();
        if let Some(definition) = &facts.definition
            && let Some(first) = self.by_definition.insert(definition.clone(), at)
        {
            let message = format!("a second definition `{definition}`");
            let diagnostic = Diagnostic::new(codes::DEFINITION_DUPLICATE, facts.heading, message);
            diagnostics.push(diagnostic.with_related(self.headings[first], "the first one"));
        }
        self.by_name.entry(names::kebab(&facts.title)).or_default().push(at);
        if facts.name.is_some() {
            self.stated.insert(at);
        }
        let anchor = facts.name.clone().unwrap_or_else(|| names::anchor(&facts.title));
        self.by_anchor.entry(anchor).or_default().push(at);
        self.headings.push(facts.heading);
        let (page, line) = sources.place(facts.heading);
        self.schemas.push(Schema {
            name,
            title: facts.title.clone(),
            definition: facts.definition.clone(),
            description: facts.description.clone(),
            schema: facts.schema.clone(),
            example: facts.example.clone(),
            sources: vec![crate::model::Place { page, line }],
            span: Some(facts.span),
        });
    }

    /// The name of the schema that a link means; an example tells schemas with one title apart.
    pub(super) fn resolve(
        &mut self,
        link: &SchemaLink,
        example: Option<&Value>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let title = names::kebab(&link.title);
        if !self.provided {
            if self.missing.insert(title.clone()) {
                let message = format!("no page describes the schema `{}`", link.title);
                diagnostics.push(Diagnostic::new(codes::SCHEMA_NOT_PROVIDED, link.span, message));
            }
            return Some(title);
        }
        if let Some(name) = self.defined(link, diagnostics) {
            return Some(name);
        }
        let by_anchor = self.by_anchor.get(&link.anchor).map(Vec::as_slice).unwrap_or_default();
        let by_title = self.by_name.get(&title).map(Vec::as_slice).unwrap_or_default();
        let hits = match (by_anchor, by_title) {
            ([], []) => {
                let message = format!("no schemas page has a schema `{}`", link.title);
                diagnostics.push(Diagnostic::new(codes::SCHEMA_UNDEFINED, link.span, message));
                return None;
            }
            ([], hits) => {
                let message = format!("no schema has the anchor `{}`; taken for `{}`", link.anchor, link.title);
                diagnostics.push(Diagnostic::new(codes::LINK_ANCHOR, link.span, message));
                hits
            }
            (hits, others) => {
                if !hits.iter().any(|hit| others.contains(hit)) {
                    let message = format!("the words say `{}`, the target says `{}`", link.title, link.anchor);
                    diagnostics.push(Diagnostic::new(codes::LINK_MISMATCH, link.span, message));
                }
                hits
            }
        };
        let fitting =
            hits.iter().copied().find(|&at| example.is_some() && self.schemas[at].example.as_ref() == example);
        fitting.or(hits.first().copied()).map(|at| self.schemas[at].name.clone())
    }

    /// The published example of a schema.
    pub(super) fn example(&self, name: Option<&str>) -> Option<Value> {
        let name = name?;
        self.schemas.iter().find(|schema| schema.name == name)?.example.clone()
    }

    /// The schemas by name.
    pub(super) fn finish(mut self) -> Vec<Schema> {
        self.schemas.sort_by(|a, b| a.name.cmp(&b.name));
        self.schemas
    }
}
