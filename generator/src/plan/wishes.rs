//! Names that `overrides.yaml` wishes for: which types and variants are meant, and whether they can have them.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Name};
use super::type_names::TypeNames;
use super::{Family, Item, ToldBy};
use crate::diagnostic::Diagnostic;
use crate::overrides::{Wish, codes};
use crate::schema::graph::{Path, Step, Type, TypeGraph, TypeId};

/// The types that have a wished name, and every place where one stands: what lies below begins with that name too.
#[derive(Debug, Default)]
pub(super) struct Wishes<'a> {
    pub(super) types: BTreeMap<usize, (&'a Wish, Name)>,
    below: BTreeMap<Place<'a>, Vec<String>>,
}

/// A path or a way to a place above one: a schema and the steps down.
pub(super) type Place<'a> = (&'a str, &'a [Step]);

/// The places above that of a path, each with the number of steps to it; the highest first.
pub(super) fn above(path: &Path) -> impl DoubleEndedIterator<Item = (usize, Place<'_>)> {
    (0..path.steps.len()).map(|length| (length, (&path.schema[..], &path.steps[..length])))
}

impl<'a> Wishes<'a> {
    /// Finds the types; what cannot be fulfilled is reported.
    pub(super) fn of_types(graph: &'a TypeGraph, wishes: &'a [Wish], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let places = places(graph, wishes);
        let mut found = Self::default();
        for wish in wishes.iter().filter(|wish| wish.variant.is_none()) {
            let Some(&at) = places.get(&wish.path) else {
                diagnostics.push(unused(wish, format!("no type stands at `{}`", wish.path)));
                continue;
            };
            if graph.types[at].schema.is_some() {
                let message = format!("`{}` is a schema, which is named by its title", wish.path);
                diagnostics.push(unused(wish, message));
                continue;
            }
            if let Some((first, _)) = found.types.get(&at) {
                let message = format!("`{}` is the type of another entry", wish.path);
                diagnostics.push(unused(wish, message).with_related(first.span, "the other one"));
                continue;
            }
            let Some(name) = names::chosen_type(&wish.name) else {
                diagnostics.push(refused(wish, format!("`{}` cannot be the name of a type", wish.name)));
                continue;
            };
            let words = names::words(&wish.name);
            found.begin(&graph.types[at], &words);
            found.types.insert(at, (wish, name));
        }
        found
    }

    /// Lets every name below a type begin with these words.
    pub(super) fn begin(&mut self, ty: &'a Type, words: &[String]) {
        self.below.extend(ty.paths.iter().map(|path| ((&path.schema[..], &path.steps[..]), words.to_vec())));
    }

    /// The words of the nearest place above a path that has a wished name, and how many steps lead there.
    pub(super) fn above(&self, path: &Path) -> Option<(usize, Vec<String>)> {
        above(path).rev().find_map(|(length, place)| Some((length, self.below.get(&place)?.clone())))
    }
}

/// The places that wishes speak of, as they are printed, with the types that stand there.
fn places(graph: &TypeGraph, wishes: &[Wish]) -> BTreeMap<String, usize> {
    // Whatever follows the name of a schema, the name itself stands before it.
    let is_wanted = |path: &Path| wishes.iter().any(|wish| wish.path.starts_with(&path.schema));
    let types = graph.types.iter().enumerate();
    let own = types.clone().filter_map(|(at, ty)| Some((ty.schema.clone()?, at)));
    let paths = types.flat_map(|(at, ty)| ty.paths.iter().map(move |path| (path, at)));
    // A schema's own place is the schema, whatever else looks like it.
    paths.filter(|(path, _)| is_wanted(path)).map(|(path, at)| (path.to_string(), at)).chain(own).collect()
}

/// Gives variants the names that are wished for.
pub(super) fn of_variants(
    graph: &TypeGraph,
    type_names: &TypeNames,
    wishes: &[Wish],
    families: &mut [Family],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let places = places(graph, wishes);
    let mut done = BTreeSet::new();
    for (wish, variant) in wishes.iter().filter_map(|wish| Some((wish, wish.variant.as_deref()?))) {
        let Some(&at) = places.get(&wish.path) else {
            diagnostics.push(unused(wish, format!("no type stands at `{}`", wish.path)));
            continue;
        };
        let ty = type_names.get(TypeId(at));
        let items = families.iter_mut().flat_map(|family| &mut family.items);
        let mut variants = items.filter(|item| item.name() == ty).flat_map(names_of);
        let Some(position) = variants.position(|(values, name)| is_meant(&values, name, variant)) else {
            diagnostics.push(unused(wish, format!("`{}` has no variant `{variant}`", wish.path)));
            continue;
        };
        let others = || families.iter().flat_map(|family| &family.items).filter(|item| item.name() == ty);
        let (own, taken) = match others().next() {
            Some(Item::Enum(item)) => (&item.values[position].1, item.values.iter().map(|(_, name)| name).collect()),
            Some(Item::Union(item)) => {
                (&item.variants[position].name, item.variants.iter().map(|variant| &variant.name).collect())
            }
            _ => continue,
        };
        let taken: Vec<&Name> = taken;
        let catch_all = if matches!(others().next(), Some(Item::Enum(_))) { "Unknown" } else { "Other" };
        let Some(name) = names::chosen_variant(&wish.name).filter(|name| name.as_str() != catch_all) else {
            diagnostics.push(refused(wish, format!("`{}` cannot be the name of a variant", wish.name)));
            continue;
        };
        if *own == name {
            diagnostics.push(idle(wish, format!("the variant is `{name}` anyway")));
        } else if taken.contains(&&name) {
            diagnostics.push(refused(wish, format!("`{ty}` has a variant `{name}` already")));
        } else if !done.insert((at, position)) {
            diagnostics.push(unused(wish, format!("the variant `{variant}` has another entry")));
        } else {
            rename(families, ty, position, name);
        }
    }
}

/// The values and the names of the variants of an item.
fn names_of(item: &mut Item) -> Vec<(Vec<String>, &Name)> {
    match item {
        Item::Enum(item) => item.values.iter().map(|(value, name)| (vec![value.clone()], name)).collect(),
        Item::Union(item) => {
            let values = |told_by: &ToldBy| match told_by {
                ToldBy::Tag(values, _) => values.clone(),
                ToldBy::Form(_) => Vec::new(),
            };
            item.variants.iter().map(|variant| (values(&variant.told_by), &variant.name)).collect()
        }
        Item::Struct(_) | Item::Alias(_) => Vec::new(),
    }
}

/// A variant is meant by one of its values; one without values by its word, which its name is made of.
fn is_meant(values: &[String], name: &Name, variant: &str) -> bool {
    let by_word = || names::chosen_variant(names::type_name(&names::words(variant)).plain()).as_ref() == Some(name);
    values.iter().any(|value| value == variant) || (values.is_empty() && by_word())
}

fn rename(families: &mut [Family], ty: &Name, position: usize, name: Name) {
    let mut items = families.iter_mut().flat_map(|family| &mut family.items);
    match items.find(|item| item.name() == ty) {
        Some(Item::Enum(item)) => item.values[position].1 = name,
        Some(Item::Union(item)) => item.variants[position].name = name,
        _ => {}
    }
}

fn unused(wish: &Wish, message: String) -> Diagnostic {
    Diagnostic::new(codes::UNUSED, wish.span, message)
}

/// That a name is no name, or taken.
pub(super) fn refused(wish: &Wish, message: String) -> Diagnostic {
    Diagnostic::new(codes::NAME, wish.name_span, message)
}

/// That a thing has the name anyway.
pub(super) fn idle(wish: &Wish, message: String) -> Diagnostic {
    Diagnostic::new(codes::WITHOUT_EFFECT, wish.name_span, message)
}
