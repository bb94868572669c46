//! Links against the pages that they lead to: words, page and place must all be those of one schema.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use crate::diagnostic::Diagnostic;
use crate::dialect::{ClientFacts, Facts, ResourceFacts, SchemaFacts, SchemaLink, names};
use crate::source::{FileId, Sources, Span};

/// Reports links of pages of actions that name a schema in other words than its title, or lead to another page.
pub(super) fn check<'a>(
    pages: impl Iterator<Item = &'a Facts> + Clone,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut by_anchor: BTreeMap<String, Vec<&SchemaFacts>> = BTreeMap::new();
    let mut by_definition: BTreeMap<&str, Vec<&SchemaFacts>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut spelled = BTreeMap::new();
    for schema in pages.clone().flat_map(|facts| &facts.schemas) {
        known.insert(page_of(schema, sources));
        let anchor = schema.name.clone().unwrap_or_else(|| names::anchor(&schema.title));
        by_anchor.entry(anchor).or_default().push(schema);
        if let Some(definition) = &schema.definition {
            by_definition.entry(definition).or_default().push(schema);
        }
    }
    let mut named = Named::default();
    for link in pages.clone().filter_map(|facts| facts.client.as_ref()).flat_map(ClientFacts::links) {
        let written = sources.slice(link.span).strip_prefix('[').and_then(|rest| rest.split(']').next());
        let words = written.unwrap_or(&link.title);
        let anchor = names::anchor(words);
        let found =
            link.definition.as_deref().and_then(|name| by_definition.get(name)).or_else(|| by_anchor.get(&anchor));
        // Links of early pages are in the words of the definition.
        let other = found.filter(|_| !names::is_definition(words)).and_then(|found| other_title(found, words));
        if let Some(title) = other {
            words_differ(link, words, title, diagnostics);
        }
        of_client(link, words, other.is_some(), &mut named, diagnostics);
    }
    for link in pages.filter_map(|facts| facts.resource.as_ref()).flat_map(ResourceFacts::links) {
        let found = match &link.definition {
            Some(definition) => by_definition.get(&definition[..]),
            None => by_anchor.get(&link.anchor),
        };
        let found = found.map(Vec::as_slice).unwrap_or_default();
        if let Some(title) = other_title(found, &link.title) {
            words_differ(link, &link.title, title, diagnostics);
        }
        if known.is_empty() {
            alone(link, &mut spelled, diagnostics);
        }
        let page = page(sources.slice(link.span));
        let elsewhere =
            page.is_some() && !found.is_empty() && found.iter().all(|schema| Some(page_of(schema, sources)) != page);
        if elsewhere && (page.is_some_and(|page| !known.contains(page)) || known.len() > 1) {
            let message = format!("the schema `{}` does not stand on the page that the link names", link.title);
            diagnostics.push(Diagnostic::new(codes::LINK_PAGE, link.span, message));
        }
    }
}

/// A link where there are no schemas: words and target are all there is.
fn alone<'a>(link: &'a SchemaLink, spelled: &mut BTreeMap<&'a str, &'a str>, diagnostics: &mut Vec<Diagnostic>) {
    if names::anchor(&link.title) != link.anchor {
        let message = format!("the words say `{}`, the target says `{}`", link.title, link.anchor);
        diagnostics.push(Diagnostic::new(codes::LINK_MISMATCH, link.span, message));
    }
    let first = *spelled.entry(&link.anchor).or_insert(&link.title);
    if first != link.title || !names::is_spelled(&link.title) {
        let message = format!("the words `{}` are not spelled as titles are, or as elsewhere", link.title);
        diagnostics.push(Diagnostic::new(codes::LINK_WORDS, link.span, message));
    }
}

/// The title that words are meant to be; none where they are one, or like none.
fn other_title<'a>(found: &[&'a SchemaFacts], words: &str) -> Option<&'a str> {
    let mut alike = found.iter().filter(|schema| names::kebab(&schema.title) == names::kebab(words));
    let first = alike.clone().next()?;
    alike.all(|schema| schema.title != words).then_some(&first.title[..])
}

fn words_differ(link: &SchemaLink, words: &str, title: &str, diagnostics: &mut Vec<Diagnostic>) {
    let message = format!("the words `{words}` are not the title `{title}`");
    diagnostics.push(Diagnostic::new(codes::LINK_WORDS, link.span, message));
}

/// What links of client references have said so far, each with the first place that says it.
#[derive(Default)]
struct Named<'a> {
    words: BTreeMap<&'a str, (&'a str, Span)>,
    targets: BTreeMap<&'a str, (&'a str, Span)>,
    /// Whether a page links with the names of definitions.
    defined: BTreeMap<FileId, (bool, Span)>,
}

/// A link of a client reference: every place has the same words and title for one schema.
fn of_client<'a>(
    link: &'a SchemaLink,
    words: &'a str,
    told: bool,
    named: &mut Named<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let target = link.definition.as_deref().filter(|_| link.anchor.is_empty()).unwrap_or(&link.anchor);
    let is_first = !named.words.contains_key(words);
    let (first, words_at) = *named.targets.entry(target).or_insert((words, link.span));
    let (leads, target_at) = *named.words.entry(words).or_insert((target, link.span));
    let defined = names::is_definition(words);
    let (first_defined, defined_at) = *named.defined.entry(link.span.file).or_insert((defined, link.span));
    if leads == target && is_first && link.definition.is_some() && !defined {
        let alike = short(words) == short(&names::title_of_camel(target));
        if !alike {
            let message = format!("the target of `{words}` is `{target}`");
            diagnostics.push(Diagnostic::new(codes::LINK_UNLIKE, link.span, message));
        }
    }
    let other = [(first != words, words_at), (leads != target, target_at), (first_defined != defined, defined_at)];
    if let Some((_, at)) = other.into_iter().find(|(differs, _)| *differs) {
        let message = format!("`{words}` and `{target}` do not belong together elsewhere");
        diagnostics
            .push(Diagnostic::new(codes::LINK_WORDS, link.span, message).with_related(at, "the first other place"));
    } else if !told && !defined && !names::is_spelled(words) {
        let message = format!("`{words}` is not spelled as titles are");
        diagnostics.push(Diagnostic::new(codes::LINK_WORDS, link.span, message));
    }
}

/// The words of a title, in short where upstream writes them out in titles only.
fn short(title: &str) -> String {
    const WORDS: &[(&str, &str)] =
        &[("workflow", "flow"), ("organization", "org"), ("authenticated", "authed"), ("statistics", "stats")];
    WORDS.iter().fold(names::kebab(title), |words, (word, short)| words.replace(word, short))
}

/// The page that a link as it is written leads to, by its file name; none where it leads to a place on its own page.
fn page(link: &str) -> Option<&str> {
    let (_, target) = link.split_once("](")?;
    let (page, _) = target.split_once('#')?;
    let file = page.rsplit('/').next().unwrap_or(page);
    (!file.is_empty()).then(|| file.strip_suffix(".md").unwrap_or(file))
}

fn page_of<'a>(schema: &SchemaFacts, sources: &'a Sources) -> &'a str {
    let path = &sources.get(schema.heading.file).path;
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
