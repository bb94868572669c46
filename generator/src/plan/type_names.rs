//! The name of every type.
//!
//! A schema's type has the schema's name. An anonymous one has the name of its title or of a way to it, the least
//! one: outside of `…-post` and `…-patch` schemas, with the fewest steps, the shortest, the first by alphabet.

use std::collections::BTreeMap;

use super::codes;
use super::family;
use super::names::{self, Name};
use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::schema::graph::{Path, Ref, Step, Type, TypeGraph, TypeId};
use crate::source::Span;

/// The decided names.
#[derive(Debug)]
pub(super) struct TypeNames {
    types: Vec<Name>,
    families: Vec<Name>,
    canonical: Vec<Option<Path>>,
    /// Schemas that are another name for a type, by schema name.
    pub(super) aliases: BTreeMap<String, Name>,
    schema_families: BTreeMap<String, Name>,
}

impl TypeNames {
    pub(super) fn get(&self, id: TypeId) -> &Name {
        &self.types[id.0]
    }

    pub(super) fn family(&self, id: TypeId) -> &Name {
        &self.families[id.0]
    }

    /// The way to a type that its name speaks of.
    pub(super) fn canonical(&self, id: TypeId) -> Option<&Path> {
        self.canonical[id.0].as_ref()
    }

    pub(super) fn schema_family(&self, schema: &str) -> Name {
        self.schema_families.get(schema).cloned().unwrap_or_else(|| family::from_name(schema))
    }
}

/// Whether the schema's own type is somewhere else, so that its name becomes an alias.
fn is_alias(graph: &TypeGraph, schema: &str, target: &Ref) -> bool {
    !matches!(target, Ref::Type(id) if graph.get(*id).schema.as_deref() == Some(schema))
}

pub(super) fn assign(api: &Api, graph: &TypeGraph, diagnostics: &mut Vec<Diagnostic>) -> TypeNames {
    let schema_families: BTreeMap<String, Name> =
        family::of_schemas(api).into_iter().map(|(schema, family)| (schema.to_owned(), family)).collect();
    let canonical: Vec<Option<Path>> =
        graph.types.iter().map(|ty| ty.paths.iter().min_by_key(|path| rank(path)).cloned()).collect();
    let mut taken = Taken { spans: BTreeMap::new(), diagnostics };
    let mut types = vec![None; graph.types.len()];
    let mut aliases = BTreeMap::new();
    let span_of = |schema: &str| api.schemas.iter().find(|known| known.name == schema).and_then(|known| known.span);

    let named = graph.types.iter().enumerate().filter_map(|(at, ty)| Some((ty.schema.as_deref()?, Some(at))));
    let others = graph.schemas.iter().filter(|(schema, target)| is_alias(graph, schema, target));
    let mut schemas: Vec<(&str, Option<usize>)> =
        named.chain(others.map(|(schema, _)| (schema.as_str(), None))).collect();
    schemas.sort_unstable();
    schemas.dedup();
    for (schema, at) in schemas {
        let words = names::words(schema);
        let again = [&words[..], &["schema".to_owned()]].concat();
        let name = taken.claim(&[words, again], span_of(schema));
        match at {
            Some(at) => types[at] = Some(name),
            None => {
                aliases.insert(schema.to_owned(), name);
            }
        }
    }

    let mut anonymous: Vec<(usize, &Type)> =
        graph.types.iter().enumerate().filter(|(_, ty)| ty.schema.is_none()).collect();
    anonymous.sort_by_cached_key(|(at, ty)| (canonical[*at].as_ref().map(rank), ty.title.clone(), *at));
    for (at, ty) in anonymous {
        types[at] = Some(taken.claim(&candidates(ty), ty.span));
    }

    let family = |at: usize, ty: &Type| {
        let schema =
            ty.schema.as_deref().or(canonical[at].as_ref().map(|path| path.schema.as_str())).unwrap_or_default();
        schema_families.get(schema).cloned().unwrap_or_else(|| family::from_name(schema))
    };
    let families = graph.types.iter().enumerate().map(|(at, ty)| family(at, ty)).collect();
    TypeNames { types: types.into_iter().flatten().collect(), families, canonical, aliases, schema_families }
}

struct Taken<'a> {
    spans: BTreeMap<Name, Option<Span>>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Taken<'_> {
    /// The first name that is free; the last one grows until it is.
    fn claim(&mut self, candidates: &[Vec<String>], span: Option<Span>) -> Name {
        let mut names = candidates.iter().map(|words| names::type_name(words)).collect::<Vec<_>>().into_iter();
        let mut grown = candidates.last().cloned().unwrap_or_default();
        let mut refused: Option<Name> = None;
        loop {
            let name = names.next().unwrap_or_else(|| {
                grown.push("shape".to_owned());
                names::type_name(&grown)
            });
            if self.spans.contains_key(&name) {
                refused.get_or_insert(name);
                continue;
            }
            if let Some(refused) = refused {
                let message = format!("the type would be named `{refused}` like another one; it is `{name}`");
                let mut diagnostic = Diagnostic::new(codes::TYPE_NAME_TAKEN, span, message);
                if let Some(Some(first)) = self.spans.get(&refused) {
                    diagnostic = diagnostic.with_related(*first, "the type that has the name");
                }
                self.diagnostics.push(diagnostic);
            }
            self.spans.insert(name.clone(), span);
            return name;
        }
    }
}

/// Names for an anonymous type, the best first.
fn candidates(ty: &Type) -> Vec<Vec<String>> {
    let mut paths: Vec<&Path> = ty.paths.iter().collect();
    paths.sort_by_cached_key(|path| rank(path));
    let title = ty.title.iter().map(|title| names::words(title));
    let ways = paths.iter().flat_map(|path| [path_words(path, false), path_words(path, true)]);
    title.chain(ways).collect()
}

/// The less, the better a path is to name a type after.
fn rank(path: &Path) -> (bool, usize, usize, String, Path) {
    let duplicate = path.schema.ends_with("-post") || path.schema.ends_with("-patch");
    let name = path_words(path, false).concat();
    (duplicate, path.steps.len(), name.len(), name, path.clone())
}

/// The words of a path; in the long form, every step has one.
fn path_words(path: &Path, long: bool) -> Vec<String> {
    let mut words = names::words(&path.schema);
    for step in &path.steps {
        match step {
            Step::Property(name) => extend(&mut words, names::words(name)),
            Step::Variant(word) => words.extend(names::words(word)),
            Step::Item if long => words.push("item".to_owned()),
            Step::Value if long => words.push("value".to_owned()),
            Step::Item | Step::Value => words = names::singular(words),
        }
    }
    words
}

/// Adds the words of a property. Those that the name ends with already are not said twice: `device` and `deviceClass`
/// make `DeviceClass`, unless nothing new would be left to say.
fn extend(words: &mut Vec<String>, property: Vec<String>) {
    let said = (1..property.len()).rev().find(|&length| words.ends_with(&property[..length])).unwrap_or(0);
    words.extend(property.into_iter().skip(said));
}
