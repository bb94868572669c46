//! Links against the pages that they lead to: words, page and place must all be those of one schema.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Facts, ResourceFacts, SchemaFacts, SchemaLink, names};
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
    let is_title = |word: &str| {
        let rest = word.get(1..).unwrap_or_default();
        word.starts_with(|c: char| !c.is_lowercase()) && (rest == rest.to_lowercase() || rest == rest.to_uppercase())
    };
    if first != link.title || !link.title.split(' ').all(is_title) {
        let message = format!("the words `{}` are not spelled as titles are, or as elsewhere", link.title);
        diagnostics.push(Diagnostic::new(codes::LINK_WORDS, link.span, message));
    }
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
