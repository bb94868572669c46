//! Links against the pages that they lead to: words, page and place must all be those of one schema.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use crate::diagnostic::Diagnostic;
use crate::dialect::{ClientFacts, Facts, ResourceFacts, SchemaFacts, SchemaLink, names};
use crate::source::Sources;

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
    let mut named = BTreeMap::new();
    for link in pages.clone().filter_map(|facts| facts.client.as_ref()).flat_map(ClientFacts::links) {
        let written = sources.slice(link.span).strip_prefix('[').and_then(|rest| rest.split(']').next());
        of_client(link, written.unwrap_or(&link.title), &mut named, diagnostics);
    }
    for link in pages.filter_map(|facts| facts.resource.as_ref()).flat_map(ResourceFacts::links) {
        let found = match &link.definition {
            Some(definition) => by_definition.get(&definition[..]),
            None => by_anchor.get(&link.anchor),
        };
        let found = found.map(Vec::as_slice).unwrap_or_default();
        let same = |schema: &&&SchemaFacts| names::kebab(&schema.title) == names::kebab(&link.title);
        let alike: Vec<_> = found.iter().filter(same).collect();
        if let Some(first) = alike.first().filter(|_| alike.iter().all(|schema| schema.title != link.title)) {
            let message = format!("the words `{}` are not the title `{}`", link.title, first.title);
            diagnostics.push(Diagnostic::new(codes::LINK_WORDS, link.span, message));
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

/// A link of a client reference: every place has the same words and title for one schema.
fn of_client<'a>(
    link: &'a SchemaLink,
    words: &'a str,
    named: &mut BTreeMap<(bool, &'a str), &'a str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let target = link.definition.as_deref().filter(|_| link.anchor.is_empty()).unwrap_or(&link.anchor);
    let is_first = !named.contains_key(&(false, words));
    let first = *named.entry((true, target)).or_insert(words);
    let leads = *named.entry((false, words)).or_insert(target);
    let titled = link.definition.is_some() && !words.starts_with(|c: char| c.is_lowercase());
    if leads == target && is_first && titled && short(words) != short(&names::title_of_camel(target)) {
        let message = format!("the target of `{words}` is `{target}`");
        diagnostics.push(Diagnostic::new(codes::LINK_UNLIKE, link.span, message));
    }
    let written = words.starts_with(|c: char| c.is_lowercase()) || names::is_spelled(words);
    if first != words || leads != target || !written {
        let message = format!("`{words}` and `{target}` do not belong together elsewhere");
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
