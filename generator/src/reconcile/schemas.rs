//! The schemas of all pages under their names, and links to them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::draft::place;
use super::stated::Side;
use super::{PageFacts, codes, copies};
use crate::diagnostic::Diagnostic;
use crate::dialect::{SchemaFacts, SchemaLink, names};
use crate::model::Schema;
use crate::source::{FileId, Sources, Span};

/// More schemas of one title than this are an attack: each is compared with those before it.
const MOST_ALIKE: usize = 16;

/// All schemas of a run.
#[derive(Default)]
pub(super) struct Registry {
    entries: Vec<Entry>,
    /// By the name that their title gives.
    by_name: BTreeMap<String, Vec<usize>>,
    by_own_name: BTreeMap<String, Vec<usize>>,
    by_anchor: BTreeMap<String, Vec<usize>>,
    by_definition: BTreeMap<String, usize>,
    /// The definitions on each page that shows the schemas it links to.
    shown: BTreeMap<FileId, BTreeSet<String>>,
    /// Those whose pages state their names.
    stated: BTreeSet<usize>,
    /// The folders that have schemas.
    provided: BTreeSet<String>,
    /// The folder of each page.
    homes: BTreeMap<FileId, String>,
    /// Names that are linked and provided nowhere, with the definition that a link states and its place.
    missing: BTreeMap<String, Option<(String, Span)>>,
}

/// A schema and the pages it stands on.
struct Entry {
    schema: Schema,
    side: Side,
    /// The heading on each page; the first one is that of the schema which was taken.
    headings: Vec<Span>,
}

/// A page that holds schemas.
struct Holder {
    side: Side,
    file: FileId,
    /// Whether it is a page of actions, too.
    has_actions: bool,
}

/// The family of a schemas page: those of clients have an underscore in front of their file's name.
fn side(path: &str) -> Side {
    let file = path.rsplit('/').next().unwrap_or_default();
    if file.starts_with('_') { Side::Client } else { Side::Rest }
}

/// The folder of a page with the parts that belong together: `rest-api` and `schemas` lie side by side.
pub(super) fn home(path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (above, last) = folder.rsplit_once('/').unwrap_or(("", folder));
    if last == "schemas" || last == "rest-api" { above.to_owned() } else { folder.to_owned() }
}

/// The name of a title; pages that print the definition's name (`accessTokenPatch`) mean the same as those with words.
fn name_of(title: &str) -> String {
    if is_definition(title) { names::kebab(&names::title_of_camel(title)) } else { names::kebab(title) }
}

/// Whether a title is the name of a definition: early pages have no other titles.
fn is_definition(title: &str) -> bool {
    names::is_identifier(title) && title.starts_with(|c: char| c.is_lowercase())
}

impl Registry {
    /// Takes the schemas of all pages, those of the REST pages first.
    pub(super) fn new(pages: &mut [PageFacts], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut registry = Self::default();
        let mut holders: Vec<(Holder, Vec<SchemaFacts>)> = Vec::new();
        for PageFacts { file, facts, .. } in pages {
            let path = &sources.get(*file).path;
            registry.homes.insert(*file, home(path));
            if let (Some(resource), true) = (&facts.resource, facts.schemas_page) {
                let shown = registry.shown.entry(resource.span.file).or_default();
                shown.extend(facts.schemas.iter().filter_map(|schema| schema.definition.clone()));
            }
            if facts.schemas_page || !facts.schemas.is_empty() {
                registry.provided.insert(home(path));
                let holder = Holder { side: side(path), file: *file, has_actions: facts.resource.is_some() };
                holders.push((holder, std::mem::take(&mut facts.schemas)));
            }
        }
        holders.sort_by_key(|(holder, _)| holder.side);
        for (holder, schemas) in holders {
            for schema in schemas {
                registry.add(schema, &holder, sources, diagnostics);
            }
        }
        registry
    }

    /// Whether a page may show a schema once more: not twice itself, and pages of one folder only where each of them shows
    /// the schemas that it uses.
    fn may_repeat(&self, at: usize, holder: &Holder) -> bool {
        let entry = &self.entries[at];
        let shows_all = !holder.has_actions && entry.side == holder.side;
        !entry.headings.iter().any(|heading| {
            let same_folder = || self.homes.get(&heading.file) == self.homes.get(&holder.file);
            heading.file == holder.file || (shows_all && same_folder())
        })
    }

    fn add(&mut self, mut facts: SchemaFacts, holder: &Holder, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let known = facts.definition.as_ref().and_then(|definition| self.by_definition.get(definition));
        if let Some(&at) = known.filter(|&&at| self.may_repeat(at, holder)) {
            self.join(at, &facts, holder.side, sources, diagnostics);
            return;
        }
        let mut name = name_of(&facts.title);
        let same = self.by_name.get(&name).into_iter().flatten().copied();
        let mut same: Vec<usize> = same.filter(|at| !self.stated.contains(at)).collect();
        if let Some(stated) = &facts.name {
            name.clone_from(stated);
            same = self.by_own_name.get(&name).cloned().unwrap_or_default();
        }
        let mut elsewhere = same.iter().copied().filter(|&at| self.may_repeat(at, holder));
        let equal = elsewhere.clone().find(|&at| self.entries[at].schema.schema == facts.schema);
        if let Some(at) = equal.or_else(|| elsewhere.next()) {
            self.join(at, &facts, holder.side, sources, diagnostics);
            return;
        }
        if let Some(&first) = same.first().filter(|_| same.len() >= MOST_ALIKE) {
            let diagnostic = Diagnostic::new(codes::SCHEMA_DUPLICATE, facts.heading, "one more schema of this title");
            diagnostics.push(diagnostic.with_related(self.entries[first].headings[0], "the first one"));
            return;
        }
        if let Some(&first) = same.first() {
            let equal = same.iter().any(|&at| self.entries[at].schema.schema == facts.schema);
            let other_page = same.iter().any(|&at| self.entries[at].headings.iter().all(|it| it.file != holder.file));
            let shared = facts.shared_titles && !other_page && !equal;
            let code = if shared { codes::SCHEMA_SHARED } else { codes::SCHEMA_DUPLICATE };
            let diagnostic = Diagnostic::new(code, facts.heading, format!("a second schema `{}`", facts.title));
            diagnostics.push(diagnostic.with_related(self.entries[first].headings[0], "the first one"));
            name = format!("{name}-{}", same.len() + 1);
        }
        let at = self.entries.len();
        self.by_name.entry(name_of(&facts.title)).or_default().push(at);
        self.by_own_name.entry(name.clone()).or_default().push(at);
        if facts.name.is_some() {
            self.stated.insert(at);
        }
        let schema = Schema {
            name,
            title: facts.title.clone(),
            definition: None,
            description: facts.description.clone(),
            schema: std::mem::take(&mut facts.schema),
            example: facts.example.take(),
            sources: vec![place(sources, facts.heading)],
            span: Some(facts.span),
        };
        self.entries.push(Entry { schema, side: holder.side, headings: vec![facts.heading] });
        self.call(at, &facts, diagnostics);
    }

    /// Takes a schema that another page has, too.
    fn join(
        &mut self,
        at: usize,
        facts: &SchemaFacts,
        side: Side,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let known = &mut self.entries[at];
        // Pages of one family are one documentation, which repeats a schema in every detail.
        let strict = (known.side, side) == (Side::Rest, Side::Rest);
        let said = if strict { said(facts) } else { as_said(&known.schema, facts) };
        if let Some(difference) = copies::difference(&known.schema, said, facts) {
            let only_words = known.schema.schema == facts.schema && known.schema.example == facts.example;
            let code = match (strict, only_words) {
                (true, _) => codes::SCHEMA_DIFFERS,
                (false, true) => codes::TEXT,
                (false, false) => codes::SCHEMA_OTHER,
            };
            let message = format!("the schema `{}` is another one here: {difference}", facts.title);
            let diagnostic = Diagnostic::new(code, facts.heading, message);
            diagnostics.push(diagnostic.with_related(known.headings[0], "this is taken"));
        }
        if is_definition(&known.schema.title) && !is_definition(&facts.title) {
            known.schema.title.clone_from(&facts.title);
        }
        if known.schema.example.is_none() {
            known.schema.example.clone_from(&facts.example);
        }
        if known.schema.description.is_none() {
            known.schema.description.clone_from(&facts.description);
        }
        known.headings.push(facts.heading);
        known.schema.sources.push(place(sources, facts.heading));
        self.call(at, facts, diagnostics);
    }

    /// Notes the anchor and the definition under which pages link to a schema.
    fn call(&mut self, at: usize, facts: &SchemaFacts, diagnostics: &mut Vec<Diagnostic>) {
        let anchor = facts.name.clone().unwrap_or_else(|| names::anchor(&facts.title));
        let anchors = self.by_anchor.entry(anchor).or_default();
        if !anchors.contains(&at) {
            anchors.push(at);
        }
        let Some(definition) = &facts.definition else { return };
        let first = *self.by_definition.entry(definition.clone()).or_insert(at);
        let known = self.entries[at].schema.definition.get_or_insert_with(|| definition.clone());
        if first != at || known != definition {
            let message = format!("a second definition `{definition}`");
            let diagnostic = Diagnostic::new(codes::DEFINITION_DUPLICATE, facts.heading, message);
            diagnostics.push(diagnostic.with_related(self.entries[first].headings[0], "the first one"));
        }
    }

    /// The name of the schema that a link means; an example tells schemas with one title apart.
    pub(super) fn resolve(
        &mut self,
        link: &SchemaLink,
        example: Option<&Value>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let title = name_of(&link.title);
        let by_anchor = self.by_anchor.get(&link.anchor).map(Vec::as_slice).unwrap_or_default();
        let by_title = self.by_name.get(&title).map(Vec::as_slice).unwrap_or_default();
        let by_definition = link.definition.as_ref().and_then(|definition| self.by_definition.get(definition));
        let by_target = by_definition.map_or(by_anchor, std::slice::from_ref);
        let shown = self.shown.get(&link.span.file).zip(link.definition.as_ref());
        if by_definition.is_some() && shown.is_some_and(|(shown, definition)| !shown.contains(definition)) {
            let message = format!("the schema `{}` is missing on this page", link.title);
            diagnostics.push(Diagnostic::new(codes::SCHEMA_UNDEFINED, link.span, message));
        }
        // Where the link's own pages have no schemas, the words alone tell which schema of other pages is meant.
        let provided = self.homes.get(&link.span.file).is_some_and(|home| self.provided.contains(home));
        let hits = match (by_target, by_title) {
            ([], []) if provided => {
                let message = format!("no schemas page has a schema `{}`", link.title);
                diagnostics.push(Diagnostic::new(codes::SCHEMA_UNDEFINED, link.span, message));
                return None;
            }
            ([], []) => return Some(self.missing(title, link, diagnostics)),
            ([], hits) => {
                if provided && !link.anchor.is_empty() {
                    let message = format!("no schema has the anchor `{}`; taken for `{}`", link.anchor, link.title);
                    diagnostics.push(Diagnostic::new(codes::LINK_ANCHOR, link.span, message));
                }
                hits
            }
            (hits, others) => {
                // Early pages have the definition's name for words.
                let only_target = link.definition.as_ref().is_some_and(|definition| name_of(definition) == title);
                if !only_target && !hits.iter().any(|hit| others.contains(hit)) {
                    let target = link.definition.as_ref().unwrap_or(&link.anchor);
                    let message = format!("the words say `{}`, the target says `{target}`", link.title);
                    diagnostics.push(Diagnostic::new(codes::LINK_MISMATCH, link.span, message));
                }
                hits
            }
        };
        let has_example = |at: &usize| self.entries[*at].schema.example.as_ref() == example;
        let fitting = hits.iter().copied().find(|at| example.is_some() && has_example(at));
        let at = fitting.or(hits.first().copied())?;
        self.learn(at, link, diagnostics);
        Some(self.entries[at].schema.name.clone())
    }

    /// A schema that no page describes.
    fn missing(&mut self, title: String, link: &SchemaLink, diagnostics: &mut Vec<Diagnostic>) -> String {
        let stated = link.definition.clone().map(|definition| (definition, link.span));
        match self.missing.get_mut(&title) {
            None => {
                let message = format!("no page describes the schema `{}`", link.title);
                diagnostics.push(Diagnostic::new(codes::SCHEMA_NOT_PROVIDED, link.span, message));
                self.missing.insert(title.clone(), stated);
            }
            Some(known) => {
                if let (Some((first, span)), Some((other, _))) = (&known, &stated)
                    && !same_definition(first, other)
                {
                    diagnostics.push(two_targets(link, other, first, *span));
                }
                if known.is_none() {
                    *known = stated;
                }
            }
        }
        title
    }

    /// Takes the definition that a link states for a schema whose page does not.
    fn learn(&mut self, at: usize, link: &SchemaLink, diagnostics: &mut Vec<Diagnostic>) {
        let Some(definition) = &link.definition else { return };
        let known = &mut self.entries[at];
        match &known.schema.definition {
            None => {
                known.schema.definition = Some(definition.clone());
                self.by_definition.entry(definition.clone()).or_insert(at);
            }
            Some(first) if !same_definition(first, definition) => {
                diagnostics.push(two_targets(link, definition, first, known.headings[0]));
            }
            Some(_) => {}
        }
    }

    /// The published example of a schema.
    pub(super) fn example(&self, name: Option<&str>) -> Option<Value> {
        let name = name?;
        let first = *self.by_own_name.get(name)?.first()?;
        self.entries[first].schema.example.clone()
    }

    /// The schemas by name.
    pub(super) fn finish(self) -> Vec<Schema> {
        let mut schemas: Vec<Schema> = self.entries.into_iter().map(|entry| entry.schema).collect();
        schemas.sort_by(|a, b| a.name.cmp(&b.name));
        schemas
    }
}

/// The title and the description of a schema.
fn said(facts: &SchemaFacts) -> (&str, Option<&str>) {
    (&facts.title, facts.description.as_deref())
}

/// The same of another family's page, which has the title or the description only where that family prints one.
fn as_said<'a>(known: &'a Schema, facts: &'a SchemaFacts) -> (&'a str, Option<&'a str>) {
    let (title, description) = said(facts);
    let title = if is_definition(title) || is_definition(&known.title) { &known.title } else { title };
    let known = known.description.as_deref();
    (title, if description.is_none() { known } else { known.and(description) })
}

/// Whether two names of definitions are the same; those of 2015 are in dashes.
fn same_definition(one: &str, other: &str) -> bool {
    one == other || (one.contains('-') != other.contains('-') && names::camel(one) == names::camel(other))
}

fn two_targets(link: &SchemaLink, definition: &str, first: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` is `{definition}` here, `{first}` elsewhere", link.title);
    Diagnostic::new(codes::LINK_MISMATCH, link.span, message).with_related(span, "the other place")
}
