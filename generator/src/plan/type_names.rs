//! The name of every type.
//!
//! A schema's type has the schema's name. An anonymous one has, in this order, the name that somebody wishes for; the
//! one that it was published with ([`super::lock`]); that of its title; that of a property which many parts of the API share (see [`common`]); the name of a way to it, the
//! least one: outside of `…-post` and `…-patch` schemas, with the fewest steps, the shortest, the first by alphabet.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::family;
use super::lock::{self, NamesLock};
use super::names::{self, Name};
use super::wishes::{self, Wishes};
use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::overrides::Wish;
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
    /// The names of types that no schema and no wish names, by the place that each is named after.
    pub(super) published: BTreeMap<String, Name>,
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

    /// Where each type stands, by name.
    pub(super) fn places(&self, graph: &TypeGraph) -> BTreeMap<Name, Vec<Path>> {
        let types = graph.types.iter().zip(&self.types).map(|(ty, name)| (name.clone(), ty.paths.clone()));
        let root = |schema: &String| vec![Path { schema: schema.clone(), steps: Vec::new() }];
        types.chain(self.aliases.iter().map(|(schema, name)| (name.clone(), root(schema)))).collect()
    }

    pub(super) fn schema_family(&self, schema: &str) -> Name {
        self.schema_families.get(schema).cloned().unwrap_or_else(|| family::from_name(schema))
    }
}

/// Whether the schema's own type is somewhere else, so that its name becomes an alias.
fn is_alias(graph: &TypeGraph, schema: &str, target: &Ref) -> bool {
    !matches!(target, Ref::Type(id) if graph.get(*id).schema.as_deref() == Some(schema))
}

pub(super) fn assign(
    api: &Api,
    graph: &TypeGraph,
    wishes: &[Wish],
    lock: &NamesLock,
    diagnostics: &mut Vec<Diagnostic>,
) -> TypeNames {
    let mut wishes = Wishes::of_types(graph, wishes, diagnostics);
    let schema_families: BTreeMap<String, Name> =
        family::of_schemas(api).into_iter().map(|(schema, family)| (schema.to_owned(), family)).collect();
    let known = published(graph, lock, &wishes);
    let canonical: Vec<Option<Path>> = graph
        .types
        .iter()
        .enumerate()
        .map(|(at, ty)| known.get(&at).map(|(path, _)| *path).or_else(|| ranked(ty).next()).cloned())
        .collect();
    let mut taken = Taken { spans: BTreeMap::new(), wished: BTreeMap::new(), diagnostics };
    let mut types = vec![None; graph.types.len()];
    for (at, (_, name)) in &known {
        taken.spans.insert(name.clone(), graph.types[*at].span);
        types[*at] = Some(name.clone());
    }
    let mut aliases = BTreeMap::new();
    let spans: BTreeMap<&str, Option<Span>> =
        api.schemas.iter().rev().map(|known| (&known.name[..], known.span)).collect();

    let named = graph.types.iter().enumerate().filter_map(|(at, ty)| Some((ty.schema.as_deref()?, Some(at))));
    let others = graph.schemas.iter().filter(|(schema, target)| is_alias(graph, schema, target));
    let mut schemas: Vec<(&str, Option<usize>)> =
        named.chain(others.map(|(schema, _)| (schema.as_str(), None))).collect();
    schemas.sort_unstable();
    schemas.dedup();
    for (schema, at) in schemas {
        let words = names::words(schema);
        let again = [&words[..], &["schema".to_owned()]].concat();
        let name = taken.claim([words, again], spans.get(schema).copied().flatten());
        match at {
            Some(at) => types[at] = Some(name),
            None => {
                aliases.insert(schema.to_owned(), name);
            }
        }
    }

    for (at, (wish, name)) in &wishes.types {
        let natural = candidates(&graph.types[*at], &wishes).next().map(|words| names::type_name(&words));
        if natural.as_ref() == Some(name) {
            taken.diagnostics.push(wishes::idle(wish, format!("the type is `{name}` anyway")));
        } else if taken.spans.contains_key(name) {
            taken.diagnostics.push(wishes::refused(wish, format!("there is a type `{name}` already")));
        } else {
            taken.spans.insert(name.clone(), graph.types[*at].span);
            taken.wished.insert(name.clone(), wish);
            types[*at] = Some(name.clone());
        }
    }

    let is_below_wish = |path: &Option<Path>| path.as_ref().is_some_and(|path| wishes.above(path).is_some());
    let below_wish: Vec<bool> = canonical.iter().map(is_below_wish).collect();
    let mut ways: Vec<(&usize, &(&Path, Name))> = known.iter().collect();
    ways.sort_by_key(|(_, (path, _))| path.steps.len());
    for (at, (path, name)) in ways {
        let ty = &graph.types[*at];
        let by_way = |long| names::type_name(&path_words(path, &wishes, long)) == *name;
        // What lies below a name that is no way begins with it, as it did when the name was given.
        if ty.title.is_none() && !by_way(false) && !by_way(true) {
            wishes.begin(ty, &names::words(name.plain()));
        }
    }

    let mut anonymous: Vec<(usize, &Type)> =
        graph.types.iter().enumerate().filter(|(at, _)| types[*at].is_none()).collect();
    anonymous.sort_by_cached_key(|(at, ty)| (canonical[*at].as_ref().map(rank), ty.title.clone(), *at));
    name_common(graph, &anonymous, &mut wishes, &mut taken, &mut types);
    for (at, ty) in anonymous {
        if types[at].is_none() {
            types[at] = Some(taken.claim(candidates(ty, &wishes), ty.span));
        }
    }

    let family = |at: usize, ty: &Type| {
        let schema =
            ty.schema.as_deref().or(canonical[at].as_ref().map(|path| path.schema.as_str())).unwrap_or_default();
        schema_families.get(schema).cloned().unwrap_or_else(|| family::from_name(schema))
    };
    let families = graph.types.iter().enumerate().map(|(at, ty)| family(at, ty)).collect();
    let types: Vec<Name> = types.into_iter().flatten().collect();
    let published = canonical
        .iter()
        .enumerate()
        .filter(|(at, _)| graph.types[*at].schema.is_none() && !wishes.types.contains_key(at) && !below_wish[*at])
        .filter_map(|(at, path)| Some((lock::place(path.as_ref()?), types[at].clone())))
        .collect();
    TypeNames { types, families, canonical, aliases, schema_families, published }
}

/// The types that have been published, with the place that each is named after and its name. Of two names that have
/// become one type's, that of the better place counts. A wish for a type, or for one above it, counts more.
fn published<'a>(graph: &'a TypeGraph, lock: &NamesLock, wishes: &Wishes<'_>) -> BTreeMap<usize, (&'a Path, Name)> {
    let mut taken: BTreeSet<&Name> = wishes.types.values().map(|(_, name)| name).collect();
    let mut published = BTreeMap::new();
    for (at, ty) in graph.types.iter().enumerate() {
        if ty.schema.is_some() || wishes.types.contains_key(&at) {
            continue;
        }
        let locked = |path: &'a Path| Some((path, lock.types.get(&lock::place(path))?));
        let best = ty.paths.iter().filter_map(locked).min_by_key(|(path, _)| rank(path));
        if let Some((path, name)) = best.filter(|(path, _)| wishes.above(path).is_none())
            && taken.insert(name)
        {
            published.insert(at, (path, name.clone()));
        }
    }
    published
}

/// Names the shapes that a property alone names, and lets what lies below begin with that name. A name is left to a
/// type that has it for a place of its own, and a shape that lies below another one of these has its name from there.
fn name_common<'a>(
    graph: &'a TypeGraph,
    anonymous: &[(usize, &'a Type)],
    wishes: &mut Wishes<'a>,
    taken: &mut Taken<'_>,
    types: &mut [Option<Name>],
) {
    let free = anonymous.iter().filter(|(at, ty)| types[*at].is_none() && ty.title.is_none());
    let mut shared: Vec<(Common, usize)> = free.filter_map(|(at, ty)| Some((common(ty)?, *at))).collect();
    // The widest use of a property's name comes first.
    shared.sort();
    let own: BTreeSet<Name> = anonymous
        .iter()
        .filter_map(|(_, ty)| candidates(ty, wishes).next().map(|words| names::type_name(&words)))
        .collect();
    shared.retain(|(common, _)| !own.contains(&names::type_name(&common.words)));
    let paths = shared.iter().flat_map(|(_, at)| &graph.types[*at].paths);
    let places: BTreeSet<wishes::Place<'_>> = paths.map(|path| (&path.schema[..], &path.steps[..])).collect();
    let lies_below = |path: &Path| wishes::above(path).any(|(_, place)| places.contains(&place));
    for (common, at) in &shared {
        let name = names::type_name(&common.words);
        let ty = &graph.types[*at];
        if !ty.paths.iter().all(lies_below) && !taken.spans.contains_key(&name) {
            taken.spans.insert(name.clone(), ty.span);
            types[*at] = Some(name);
            wishes.begin(ty, &common.words);
        }
    }
}

struct Taken<'a> {
    spans: BTreeMap<Name, Option<Span>>,
    wished: BTreeMap<Name, &'a Wish>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Taken<'_> {
    /// The first name that is free; the last one grows until it is.
    fn claim(&mut self, candidates: impl IntoIterator<Item = Vec<String>>, span: Option<Span>) -> Name {
        let mut candidates = candidates.into_iter();
        let mut words = Vec::new();
        let mut refused: Option<Name> = None;
        loop {
            match candidates.next() {
                Some(next) => words = next,
                None => words.push("shape".to_owned()),
            }
            let name = names::type_name(&words);
            if self.spans.contains_key(&name) {
                refused.get_or_insert(name);
                continue;
            }
            if let Some(wish) = refused.as_ref().and_then(|refused| self.wished.get(refused)) {
                let message = format!("`{}` is the name of another type, which is `{name}` for now", wish.name);
                let mut diagnostic = wishes::refused(wish, message);
                diagnostic.related.extend(span.map(|span| (span, "the other type".to_owned())));
                self.diagnostics.push(diagnostic);
            } else if let Some(refused) = refused {
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

/// Names for an anonymous type, the best first; made as they are asked for, as the first one nearly always does.
fn candidates<'a>(ty: &'a Type, wishes: &'a Wishes<'_>) -> impl Iterator<Item = Vec<String>> + 'a {
    let title = ty.title.iter().map(|title| names::words(title));
    title.chain(ranked(ty).flat_map(|path| [path_words(path, wishes, false), path_words(path, wishes, true)]))
}

/// The ways to a type, the best to name it after first. Their words are only compared where their lengths are equal.
fn ranked(ty: &Type) -> impl Iterator<Item = &Path> {
    let mut groups: BTreeMap<(bool, usize), Vec<&Path>> = BTreeMap::new();
    for path in &ty.paths {
        groups.entry((is_duplicate(path), path.steps.len())).or_default().push(path);
    }
    groups.into_values().flat_map(|mut group| {
        group.sort_by_cached_key(|path| rank(path));
        group
    })
}

/// Whether a schema says again, for requests, what another one says of answers.
fn is_duplicate(path: &Path) -> bool {
    path.schema.ends_with("-post") || path.schema.ends_with("-patch")
}

/// The less, the better a path is to name a type after.
fn rank(path: &Path) -> (bool, usize, usize, String, Path) {
    let name = path_words(path, &Wishes::default(), false).concat();
    (is_duplicate(path), path.steps.len(), name.len(), name, path.clone())
}

/// The words of a path, after those of the nearest wish above it; in the long form, every step has one.
fn path_words(path: &Path, wishes: &Wishes<'_>, long: bool) -> Vec<String> {
    let (length, mut words) = wishes.above(path).unwrap_or_else(|| (0, names::words(&path.schema)));
    for step in &path.steps[length..] {
        match step {
            Step::Property(name) => {
                if !long {
                    merge(&mut words);
                }
                extend(&mut words, names::words(name));
            }
            Step::Variant(word) => words.extend(names::words(word)),
            Step::Item if long => words.push("item".to_owned()),
            Step::Value if long => words.push("value".to_owned()),
            Step::Item | Step::Value => words = names::singular(words),
        }
    }
    words
}

/// Says words that follow on themselves once: what lies below `snmpTrap.config.snmpTrapConfig` needs them no second
/// time. The place itself keeps them, or it would have the name of the one above.
fn merge(words: &mut Vec<String>) {
    for length in (1..=words.len() / 2).rev() {
        let mut at = 0;
        while at + 2 * length <= words.len() {
            if words[at..at + length] == words[at + length..at + 2 * length] {
                words.drain(at..at + length);
            } else {
                at += 1;
            }
        }
    }
}

/// Adds the words of a property. Those that the name ends with already are not said twice: `device` and `deviceClass`
/// make `DeviceClass`, unless nothing new would be left to say.
fn extend(words: &mut Vec<String>, property: Vec<String>) {
    let said = (1..property.len()).rev().find(|&length| words.ends_with(&property[..length])).unwrap_or(0);
    words.extend(property.into_iter().skip(said));
}

/// In how many unrelated parts of the API a property has to have a shape, so that the shape is named by it alone.
const PARTS: usize = 3;

/// A property that a shape may be named by alone; in the order in which two of one name are served.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Common {
    words: Vec<String>,
    /// How many schemas have it.
    schemas: std::cmp::Reverse<usize>,
}

/// The property that a shape is named by alone: `sortDirection` is everywhere the same, and `EventsSortDirection` would
/// be a neighbour's name.
///
/// It has two words at least (a `type` or `status` says nothing alone), it is what the shape is mostly called, and
/// schemas of three unrelated parts of the API have it. An API that grows adds uses of a name more often than it
/// takes some away, so a shape that has such a name keeps it, and one more schema that uses the shape changes nothing.
fn common(ty: &Type) -> Option<Common> {
    let mut uses: BTreeMap<Vec<String>, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for path in &ty.paths {
        let mut steps = path.steps.iter().rev();
        let mut is_many = false;
        let property = steps.find(|step| {
            is_many |= matches!(step, Step::Item | Step::Value);
            !matches!(step, Step::Item | Step::Value)
        });
        if let Some(Step::Property(name)) = property {
            let words = names::words(name);
            let words = if is_many { names::singular(words) } else { words };
            let (count, schemas) = uses.entry(words).or_default();
            *count += 1;
            schemas.insert(&path.schema);
        }
    }
    let (words, (count, schemas)) = uses.into_iter().max_by_key(|(_, (count, _))| *count)?;
    let parts: BTreeSet<String> = schemas.iter().filter_map(|schema| names::words(schema).into_iter().next()).collect();
    let is_common = words.len() > 1 && count * 2 > ty.paths.len() && parts.len() >= PARTS;
    if is_common { Some(Common { words, schemas: std::cmp::Reverse(schemas.len()) }) } else { None }
}
