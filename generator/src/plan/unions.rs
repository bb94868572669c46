//! Unions: the names of their variants and what tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Name};
use super::types::Lowering;
use super::{Form, ToldBy, Ty, Union, Variant, codes, doc};
use crate::diagnostic::Diagnostic;
use crate::schema::graph::{self, Kind, Ref, TaggedVariant, TypeId, UntaggedVariant};
use crate::source::Span;

pub(super) fn union(
    lowering: &Lowering<'_>,
    id: TypeId,
    union: &graph::Union,
    docs: Vec<String>,
    span: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Union {
    let name = lowering.names.get(id).clone();
    let (tag, mut variants, spelled) = match union {
        graph::Union::Tagged { tag, variants } => {
            let (variants, spelled) = tagged(lowering, tag, variants);
            (Some(tag.clone()), variants, spelled)
        }
        graph::Union::Untagged(variants) => {
            let (variants, spelled) = untagged(lowering, variants);
            (None, variants, spelled)
        }
    };
    if !spelled.is_empty() {
        let message = format!("variants of `{name}` have one name in Rust: {}", spelled.join(", "));
        diagnostics.push(Diagnostic::new(codes::NAME_SPELLED, span, message));
    }
    let mut uses: BTreeMap<Ty, usize> = BTreeMap::new();
    for variant in &variants {
        *uses.entry(variant.ty.clone()).or_default() += 1;
    }
    for variant in &mut variants {
        variant.from = uses[&variant.ty] == 1 && is_own_type(&variant.ty, &name, lowering);
    }
    Union { name, docs, tag, variants }
}

/// What a variant holds: a generated struct or union is boxed, so that a union is as small as its tag and a pointer
/// whatever its variants come to hold, and may hold itself.
fn held(lowering: &Lowering<'_>, target: &Ref) -> Ty {
    let ty = lowering.ty(target);
    let is_big = matches!(target, Ref::Type(id) if !matches!(lowering.graph.get(*id).kind, Kind::Enum(_)));
    if is_big || matches!(ty, Ty::Template(_) | Ty::Option(_) | Ty::OneOrMany(_)) && !is_small(&ty) {
        Ty::Boxed(Box::new(ty))
    } else {
        ty
    }
}

/// Whether no other type can stand for a variant's: an alias may be another variant's type, and a union is one already.
fn is_own_type(ty: &Ty, union: &Name, lowering: &Lowering<'_>) -> bool {
    match ty {
        Ty::Boxed(inner) => is_own_type(inner, union, lowering),
        Ty::Named(name) => name != union && !lowering.is_alias(name),
        Ty::Bool | Ty::Integer | Ty::Number | Ty::Text | Ty::Id | Ty::Timestamp | Ty::Secret => true,
        _ => false,
    }
}

fn is_small(ty: &Ty) -> bool {
    match ty {
        Ty::Template(inner) | Ty::Option(inner) | Ty::OneOrMany(inner) => is_small(inner),
        Ty::Named(_) => false,
        _ => true,
    }
}

fn tagged(lowering: &Lowering<'_>, tag: &str, variants: &[TaggedVariant]) -> (Vec<Variant>, Vec<String>) {
    let mut seen = BTreeSet::new();
    let mut sorted: Vec<(Vec<String>, &TaggedVariant)> = variants
        .iter()
        .map(|variant| (variant.values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect(), variant))
        .collect();
    sorted.sort_by(|left: &(Vec<String>, _), right| left.0.cmp(&right.0));
    for (values, _) in &mut sorted {
        values.retain(|value| seen.insert(value.clone()));
    }
    sorted.retain(|(values, _)| !values.is_empty());
    let words: Vec<String> = sorted.iter().map(|(_, variant)| variant.word.clone()).collect();
    let (names, spelled) = names::variants(&words.iter().map(String::as_str).collect(), &["Other"]);
    let variants = sorted
        .iter()
        .zip(&words)
        .map(|((values, variant), word)| {
            let keeps_tag = match &variant.ty {
                Ref::Type(id) => match &lowering.graph.get(*id).kind {
                    Kind::Object(object) => object.fields.iter().any(|field| field.name == tag),
                    _ => true,
                },
                _ => true,
            };
            let values_in_code: Vec<String> = values.iter().map(|value| doc::code(value)).collect();
            Variant {
                name: names[word].clone(),
                docs: vec![format!("{} is {}.", doc::code(tag), values_in_code.join(" or "))],
                ty: held(lowering, &variant.ty),
                told_by: ToldBy::Tag(values.clone(), !keeps_tag && values.len() == 1),
                from: false,
            }
        })
        .collect();
    (variants, spelled)
}

fn untagged(lowering: &Lowering<'_>, variants: &[UntaggedVariant]) -> (Vec<Variant>, Vec<String>) {
    let count = |word: &str| variants.iter().filter(|variant| variant.word == word).count();
    let mut words: BTreeMap<String, &UntaggedVariant> = BTreeMap::new();
    let mut order = Vec::new();
    for variant in variants {
        let word = if count(&variant.word) == 1 {
            variant.word.clone()
        } else {
            format!("{} {}", variant.word, kind_word(lowering, &variant.ty))
        };
        if let std::collections::btree_map::Entry::Vacant(entry) = words.entry(word.clone()) {
            entry.insert(variant);
            order.push(word);
        }
    }
    let (names, spelled) = names::variants(&words.keys().map(String::as_str).collect(), &["Other"]);
    let variants = order
        .iter()
        .map(|word| {
            let variant = words[word];
            let form = form(lowering, &variant.ty);
            Variant {
                name: names[word].clone(),
                docs: vec![form_docs(&form)],
                ty: held(lowering, &variant.ty),
                told_by: ToldBy::Form(form),
                from: false,
            }
        })
        .collect();
    (variants, spelled)
}

/// A word for a type, where two variants have one word.
fn kind_word(lowering: &Lowering<'_>, target: &Ref) -> String {
    match target {
        Ref::Type(id) => lowering.names.get(*id).to_string(),
        Ref::List(inner) => format!("{} list", kind_word(lowering, inner)),
        Ref::Map(inner) => format!("{} map", kind_word(lowering, inner)),
        Ref::Template(inner) => format!("{} template", kind_word(lowering, inner)),
        Ref::Nullable(inner) => format!("{} or null", kind_word(lowering, inner)),
        Ref::OneOrMany(inner) => format!("{} or list", kind_word(lowering, inner)),
        other => format!("{other:?}"),
    }
}

fn form(lowering: &Lowering<'_>, target: &Ref) -> Form {
    match target {
        Ref::Boolean => Form::Boolean,
        Ref::Integer | Ref::Number => Form::Number,
        Ref::String => Form::Text,
        Ref::Id => Form::Id,
        Ref::Timestamp => Form::Timestamp,
        Ref::List(_) => Form::List,
        Ref::AnyObject | Ref::Map(_) => Form::Object(Vec::new(), None),
        Ref::Scalar | Ref::Template(_) | Ref::Any | Ref::Nullable(_) | Ref::OneOrMany(_) => Form::Any,
        Ref::Type(id) => match &lowering.graph.get(*id).kind {
            Kind::Object(object) => {
                let names = |keep: fn(&graph::Field) -> bool| -> Vec<String> {
                    let names: BTreeSet<&str> =
                        object.fields.iter().filter(|field| keep(field)).map(|field| field.name.as_str()).collect();
                    names.into_iter().map(str::to_owned).collect()
                };
                let known = if object.rest.is_none() { Some(names(|_| true)) } else { None };
                Form::Object(names(|field| field.required), known)
            }
            Kind::Enum(values) => Form::TextOf(values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()),
            Kind::Union(_) | Kind::Alias(Ref::Type(_)) => Form::Any,
            Kind::Alias(inner) => form(lowering, inner),
        },
    }
}

fn form_docs(form: &Form) -> String {
    match form {
        Form::Boolean => "True or false.".to_owned(),
        Form::Number => "A number.".to_owned(),
        Form::Text => "A text.".to_owned(),
        Form::Id => "An id.".to_owned(),
        Form::Timestamp => "A date and time.".to_owned(),
        Form::TextOf(_) => "One of several texts.".to_owned(),
        Form::List => "A list.".to_owned(),
        Form::Object(required, _) if required.is_empty() => "An object.".to_owned(),
        Form::Object(required, _) => {
            let names: Vec<String> = required.iter().map(|name| doc::code(name)).collect();
            format!("An object with {}.", names.join(", "))
        }
        Form::Any => "A value of another form.".to_owned(),
    }
}
