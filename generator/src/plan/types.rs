//! From the shapes of the type graph to Rust types.

use std::collections::{BTreeMap, BTreeSet};

use super::direction::{self, Direction};
use super::names::{self, Name};
use super::type_names::TypeNames;
use super::{Alias, Enum, Family, Field, Item, Mode, Struct, Ty, codes, doc, facts, features, unions};
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Schema};
use crate::schema::graph::{self, Kind, Ref, Type, TypeGraph, TypeId};

/// Names that a struct's own fields cannot have.
const FIELDS_TAKEN: &[&str] = &["extra", "rest"];

/// Names that a setter cannot have, because a method or function of every type has them. It gets `_` behind it.
const SETTERS_TAKEN: &[&str] =
    &["new", "default", "clone", "clone_from", "eq", "ne", "fmt", "from", "into", "blank", "serialize", "deserialize"];

/// Everything that types are made from.
pub(super) struct Lowering<'a> {
    pub(super) graph: &'a TypeGraph,
    pub(super) names: &'a TypeNames,
    pub(super) direction: Direction,
    pub(super) api: &'a Api,
    schemas: BTreeMap<&'a str, &'a Schema>,
    /// The names of types that have another one too.
    aliases: BTreeSet<&'a Name>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(api: &'a Api, graph: &'a TypeGraph, names: &'a TypeNames) -> Self {
        let is_alias = |(at, ty): (usize, &Type)| matches!(ty.kind, Kind::Alias(_)).then(|| names.get(TypeId(at)));
        let aliases = graph.types.iter().enumerate().filter_map(is_alias).chain(names.aliases.values()).collect();
        // Of two schemas of one name the first one counts.
        let schemas = api.schemas.iter().rev().map(|schema| (&schema.name[..], schema)).collect();
        Self { graph, names, direction: direction::of(api, graph), api, schemas, aliases }
    }

    /// The type of a schema; one that no page defines is free-form.
    pub(super) fn schema(&self, schema: &str) -> Ty {
        match (self.names.aliases.get(schema), self.graph.schemas.get(schema)) {
            (Some(alias), _) => Ty::Named(alias.clone()),
            (None, Some(target)) => self.ty(target),
            (None, None) => Ty::Value,
        }
    }

    /// A use of a type.
    pub(super) fn ty(&self, target: &Ref) -> Ty {
        let boxed = |inner: &Ref| Box::new(self.ty(inner));
        match target {
            Ref::Boolean => Ty::Bool,
            Ref::Integer => Ty::Integer,
            Ref::Number => Ty::Number,
            Ref::String => Ty::Text,
            Ref::Id => Ty::Id,
            Ref::Timestamp => Ty::Timestamp,
            Ref::Scalar => Ty::Scalar,
            Ref::Any => Ty::Value,
            Ref::AnyObject => Ty::Object,
            Ref::Template(inner) => Ty::Template(boxed(inner)),
            Ref::List(inner) => Ty::List(boxed(inner)),
            Ref::Map(inner) => Ty::Map(boxed(inner)),
            Ref::Nullable(inner) => Ty::Option(boxed(inner)),
            Ref::OneOrMany(inner) => Ty::OneOrMany(boxed(inner)),
            Ref::Type(id) => Ty::Named(self.names.get(*id).clone()),
        }
    }

    /// Whether a name stands for a type that has another one too.
    pub(super) fn is_alias(&self, name: &Name) -> bool {
        self.aliases.contains(name)
    }

    /// Whether a value of `from` holds a `to` without a list, map or box in between.
    fn holds(&self, from: &Ref, to: TypeId) -> bool {
        if from.is_plain() {
            return false;
        }
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            match next {
                Ref::Template(inner) | Ref::Nullable(inner) | Ref::OneOrMany(inner) => open.push(inner),
                Ref::Type(id) if *id == to => return true,
                // What a union holds is boxed there.
                Ref::Type(id) if !matches!(self.graph.get(*id).kind, Kind::Union(_)) && seen.insert(*id) => {
                    open.extend(direction::parts(self.graph, *id));
                }
                _ => {}
            }
        }
        false
    }
}

pub(super) fn families(lowering: &Lowering<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Family> {
    let mut families: BTreeMap<Name, (BTreeSet<String>, Vec<Item>)> = BTreeMap::new();
    let page = |schema: &str| lowering.schemas.get(schema)?.sources.first().map(|place| place.page.clone());
    let mut add = |family: &Name, schema: &str, item: Item| {
        let (pages, items) = families.entry(family.clone()).or_default();
        pages.extend(page(schema));
        items.push(item);
    };
    for (at, ty) in lowering.graph.types.iter().enumerate() {
        let id = TypeId(at);
        let schema = ty.schema.as_deref().or(lowering.names.canonical(id).map(|path| path.schema.as_str()));
        add(lowering.names.family(id), schema.unwrap_or_default(), item(lowering, id, ty, diagnostics));
    }
    for (schema, name) in &lowering.names.aliases {
        if let Some(target) = lowering.graph.schemas.get(schema) {
            let docs =
                facts::described(description(lowering, schema), &format!("The schema {}.", doc::code(schema)), &[]);
            let alias = Alias { name: name.clone(), docs, ty: lowering.ty(target) };
            add(&lowering.names.schema_family(schema), schema, Item::Alias(alias));
        }
    }
    families
        .into_iter()
        .map(|(module, (pages, mut items))| {
            items.sort_by(|left, right| left.name().cmp(right.name()));
            Family {
                features: features::of_types(&module),
                is_shared: false,
                module,
                pages: pages.into_iter().collect(),
                items,
            }
        })
        .collect()
}

fn description<'a>(lowering: &Lowering<'a>, schema: &str) -> Option<&'a str> {
    lowering.schemas.get(schema)?.description.as_deref()
}

fn item(lowering: &Lowering<'_>, id: TypeId, ty: &Type, diagnostics: &mut Vec<Diagnostic>) -> Item {
    let name = lowering.names.get(id).clone();
    let described = ty.description.as_deref().or(ty.schema.as_ref().and_then(|schema| description(lowering, schema)));
    let docs = facts::described(described, &fallback(lowering, id, ty), &[]);
    match &ty.kind {
        Kind::Object(object) => Item::Struct(structure(lowering, id, ty, object, docs, diagnostics)),
        Kind::Enum(values) => Item::Enum(enumeration(name, docs, values, ty.span, diagnostics)),
        Kind::Union(union) => Item::Union(unions::union(lowering, id, union, docs, ty.span, diagnostics)),
        Kind::Alias(target) if lowering.holds(target, id) => {
            let message = format!("`{name}` is nothing but itself");
            diagnostics.push(Diagnostic::new(codes::ENDLESS_ALIAS, ty.span, message));
            Item::Alias(Alias { name, docs, ty: Ty::Value })
        }
        Kind::Alias(target) => Item::Alias(Alias { name, docs, ty: lowering.ty(target) }),
    }
}

/// What a type is, where no page says it.
fn fallback(lowering: &Lowering<'_>, id: TypeId, ty: &Type) -> String {
    match (&ty.schema, lowering.names.canonical(id)) {
        (Some(schema), _) => format!("The schema {}.", doc::code(schema)),
        (None, Some(path)) => format!("What stands at {}.", doc::code(&path.to_string())),
        (None, None) => "A part of a schema.".to_owned(),
    }
}

pub(super) fn enumeration(
    name: Name,
    docs: Vec<String>,
    values: &[String],
    span: Option<crate::source::Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enum {
    let (names, spelled) = names::variants(&values.iter().map(String::as_str).collect(), &["Unknown"]);
    if !spelled.is_empty() {
        let message = format!("values of `{name}` have one name in Rust: {}", quoted(&spelled));
        diagnostics.push(Diagnostic::new(codes::NAME_SPELLED, span, message));
    }
    Enum { name, docs, values: names.into_iter().collect() }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn structure(
    lowering: &Lowering<'_>,
    id: TypeId,
    ty: &Type,
    object: &graph::Object,
    docs: Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Struct {
    let name = lowering.names.get(id).clone();
    let wires: BTreeSet<&str> = object.fields.iter().map(|field| field.name.as_str()).collect();
    let (idents, spelled) = names::fields(&wires, FIELDS_TAKEN);
    if !spelled.is_empty() {
        let message = format!("fields of `{name}` have one name in Rust: {}", quoted(&spelled));
        diagnostics.push(Diagnostic::new(codes::NAME_SPELLED, ty.span, message));
    }
    let mut fields: Vec<Field> = object
        .fields
        .iter()
        .map(|field| {
            let ident = idents[&field.name].clone();
            let setter = if SETTERS_TAKEN.contains(&ident.as_str()) {
                names::value(&field.name, SETTERS_TAKEN, "_")
            } else {
                ident.clone()
            };
            let (ty, mode) = self::field(lowering, id, field);
            let docs = facts::described(
                field.description.as_deref(),
                &format!("The field {}.", doc::code(&field.name)),
                &facts::limits(&field.limits),
            );
            Field { name: ident, setter, wire: field.name.clone(), ty, mode, docs }
        })
        .collect();
    fields.sort_by(|left, right| left.wire.cmp(&right.wire));
    fields.dedup_by(|left, right| left.wire == right.wire);
    let rest = object.rest.as_ref().map(|rest| lowering.ty(rest));
    let direction = &lowering.direction;
    let (built_by_users, strict) = (direction.in_requests(id), direction.in_requests_only(id));
    Struct { name, docs, fields, rest, built_by_users, strict }
}

/// The type of a field and how it is kept.
fn field(lowering: &Lowering<'_>, id: TypeId, field: &graph::Field) -> (Ty, Mode) {
    let plain = match &field.ty {
        Ref::String if names::is_secret(&field.name) => Ty::Secret,
        ty => lowering.ty(ty),
    };
    let is_recursive = lowering.holds(&field.ty, id);
    let ty = if is_recursive { Ty::Boxed(Box::new(plain)) } else { plain };
    // A required field that holds its own object could never be given, so it is not taken at its word.
    let required = field.required && lowering.direction.in_requests_only(id) && !is_recursive;
    match (required, field.nullable) {
        (true, true) => (Ty::Option(Box::new(ty)), Mode::Required),
        (true, false) => (ty, Mode::Required),
        (false, true) if lowering.direction.in_requests(id) => (ty, Mode::Patch),
        (false, _) => (ty, Mode::Optional),
    }
}
