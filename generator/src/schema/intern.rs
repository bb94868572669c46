//! Writes the numbered trees down as a [`TypeGraph`]: each schema a type, each copy of a schema that type, each
//! anonymous structure one type for all its places.
//!
//! Which schema a copy is: the one whose title it carries, else the first by name of those with its structure. Two
//! schemas of one structure stay two types.

use std::collections::BTreeMap;

use super::combine::agreed;
use super::graph::{
    Field, Kind, Object, Path, Ref, Step, TaggedVariant, Type, TypeGraph, TypeId, Union, UntaggedVariant,
};
use super::node::{Form, Node, Reason};
use super::structure::{Owners, pick, telling};
use super::{Named, Untyped, words};

/// Builds the graph of the schemas.
pub(super) fn intern(named: &[Named], roots: &[Node], owners: &Owners) -> (TypeGraph, Vec<Untyped>) {
    let mut next = 0..;
    let ids = roots.iter().map(|root| if matches!(root.form, Form::Any(_)) { None } else { next.next().map(TypeId) });
    let titles = owners.iter().flat_map(|(&class, owners)| {
        // Of two schemas with one title the first one counts.
        owners.iter().rev().filter_map(move |&owner| Some(((class, named[owner].title.as_deref()?), owner)))
    });
    let mut interner = Interner {
        named,
        owners,
        titled: titles.collect(),
        ids: ids.collect(),
        types: Vec::new(),
        anonymous: BTreeMap::new(),
        untyped: Vec::new(),
        schema: 0,
        steps: Vec::new(),
    };
    for (schema, root) in named.iter().zip(roots).filter(|(_, root)| !matches!(root.form, Form::Any(_))) {
        interner.types.push(Type {
            schema: Some(schema.name.clone()),
            title: schema.title.clone(),
            description: schema.description.clone().or_else(|| root.description.clone()),
            paths: Vec::new(),
            kind: Kind::Alias(Ref::Any),
            span: schema.span.or(root.span),
        });
    }
    let mut schemas = BTreeMap::new();
    for (index, root) in roots.iter().enumerate() {
        interner.schema = index;
        let reference = match interner.ids[index] {
            Some(id) => {
                interner.stands(id);
                let kind = match interner.parts(root) {
                    Some(parts) => parts.0,
                    None => Kind::Alias(interner.bare(root)),
                };
                interner.types[id.0].kind = kind;
                Ref::Type(id)
            }
            None => interner.bare(root),
        };
        schemas.insert(named[index].name.clone(), reference);
    }
    for ty in &mut interner.types {
        ty.paths.sort();
        ty.paths.dedup();
    }
    (TypeGraph { types: interner.types, schemas }, interner.untyped)
}

struct Interner<'a> {
    named: &'a [Named],
    owners: &'a Owners,
    /// The schemas by structure and title.
    titled: BTreeMap<(usize, &'a str), usize>,
    /// The type of each schema; none for one that accepts anything.
    ids: Vec<Option<TypeId>>,
    types: Vec<Type>,
    /// Anonymous types by structure and by the very types of their parts: two schemas may share a structure.
    anonymous: BTreeMap<(usize, Vec<Ref>), TypeId>,
    untyped: Vec<Untyped>,
    schema: usize,
    steps: Vec<Step>,
}

impl Interner<'_> {
    fn path(&self) -> Path {
        Path { schema: self.named[self.schema].name.clone(), steps: self.steps.clone() }
    }

    /// Notes that a type stands at this place.
    fn stands(&mut self, id: TypeId) {
        let path = self.path();
        self.types[id.0].paths.push(path);
    }

    fn at<T>(&mut self, step: Step, run: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(step);
        let result = run(self);
        self.steps.pop();
        result
    }

    /// The type of a place below the root of a schema, null included.
    fn whole(&mut self, node: &Node) -> Ref {
        match self.reference(node) {
            plain @ (Ref::Any | Ref::Scalar) => plain,
            other if node.nullable => Ref::Nullable(Box::new(other)),
            other => other,
        }
    }

    /// The type of a place below the root of a schema, without null.
    fn reference(&mut self, node: &Node) -> Ref {
        if let Some(owner) = self.owner(node) {
            return self.schema_type(owner, node);
        }
        self.bare(node)
    }

    /// The schema that a place is a copy of.
    fn owner(&self, node: &Node) -> Option<usize> {
        let owners = self.owners.get(&node.class)?;
        let titled = node.title.as_deref().and_then(|title| self.titled.get(&(node.class, title)));
        pick(titled, owners.first(), telling(node, self.owners))
    }

    fn schema_type(&mut self, index: usize, node: &Node) -> Ref {
        if let Some(id) = self.ids[index] {
            self.stands(id);
            return Ref::Type(id);
        }
        self.untyped.push(Untyped {
            path: self.path(),
            reason: self.named[index].reason.unwrap_or(Reason::SaysAnything),
            span: node.span,
        });
        Ref::Any
    }

    /// The type of a form, whatever schema it may be a copy of.
    fn bare(&mut self, node: &Node) -> Ref {
        match &node.form {
            Form::Any(reason) => self.any(*reason, node),
            Form::Null => self.any(Reason::OnlyNull, node),
            Form::OneOf(_) => self.any(Reason::SaysAnything, node),
            Form::AnyObject => Ref::AnyObject,
            Form::Boolean => Ref::Boolean,
            Form::Integer => Ref::Integer,
            Form::Number => Ref::Number,
            Form::String => Ref::String,
            Form::Id => Ref::Id,
            Form::Timestamp => Ref::Timestamp,
            Form::Scalar => Ref::Scalar,
            Form::List(item) => Ref::List(Box::new(self.at(Step::Item, |this| this.whole(item)))),
            Form::Map(value) => Ref::Map(Box::new(self.at(Step::Value, |this| this.whole(value)))),
            Form::OneOrMany(item) => Ref::OneOrMany(Box::new(self.at(Step::Item, |this| this.whole(item)))),
            Form::Template(inner) => Ref::Template(Box::new(self.reference(inner))),
            Form::Named(index) => self.schema_type(*index, node),
            Form::Enum(_) | Form::Object(_) | Form::Tagged { .. } | Form::Untagged(_) => match self.parts(node) {
                Some((kind, parts)) => self.anonymous(node, kind, parts),
                None => Ref::Any,
            },
        }
    }

    fn any(&mut self, reason: Reason, node: &Node) -> Ref {
        self.untyped.push(Untyped { path: self.path(), reason, span: node.span });
        Ref::Any
    }

    fn anonymous(&mut self, node: &Node, kind: Kind, parts: Vec<Ref>) -> Ref {
        let fresh = TypeId(self.types.len());
        let id = *self.anonymous.entry((node.class, parts)).or_insert(fresh);
        if id == fresh {
            self.types.push(Type {
                schema: None,
                title: node.title.clone(),
                description: node.description.clone(),
                paths: Vec::new(),
                kind,
                span: node.span,
            });
        } else {
            let known = &mut self.types[id.0];
            known.title = known.title.take().or_else(|| node.title.clone());
            known.description = known.description.take().or_else(|| node.description.clone());
            agree(&mut known.kind, &kind);
        }
        self.stands(id);
        Ref::Type(id)
    }

    /// What an object, an enum or a union is made of, and the types of its parts; nothing for other forms.
    fn parts(&mut self, node: &Node) -> Option<(Kind, Vec<Ref>)> {
        Some(match &node.form {
            Form::Enum(values) => (Kind::Enum(values.clone()), Vec::new()),
            Form::Object(object) => {
                let fields: Vec<Field> = object
                    .fields
                    .iter()
                    .map(|field| {
                        let ty = self.at(Step::Property(field.name.clone()), |this| this.reference(&field.node));
                        Field {
                            name: field.name.clone(),
                            ty,
                            required: field.required,
                            nullable: field.node.nullable,
                            description: field.node.description.clone(),
                            limits: field.node.limits.as_deref().cloned().unwrap_or_default(),
                        }
                    })
                    .collect();
                let rest = object.rest.as_ref().map(|rest| self.at(Step::Value, |this| this.whole(rest)));
                let parts = fields.iter().map(|field| &field.ty).chain(&rest).cloned().collect();
                (Kind::Object(Object { fields, rest }), parts)
            }
            Form::Tagged { tag, variants } => {
                let words = words::of_tags(&variants.iter().map(|(values, _)| &values[..]).collect::<Vec<_>>());
                let variants: Vec<TaggedVariant> = variants
                    .iter()
                    .zip(words)
                    .map(|((values, node), word)| {
                        let ty = self.at(Step::Variant(word.clone()), |this| this.whole(node));
                        TaggedVariant { word, values: values.clone(), ty }
                    })
                    .collect();
                let parts = variants.iter().map(|variant| variant.ty.clone()).collect();
                (Kind::Union(Union::Tagged { tag: tag.clone(), variants }), parts)
            }
            Form::Untagged(variants) => {
                let variants: Vec<UntaggedVariant> = variants
                    .iter()
                    .map(|(word, node)| {
                        let ty = self.at(Step::Variant(word.clone()), |this| this.whole(node));
                        UntaggedVariant { word: word.clone(), ty }
                    })
                    .collect();
                let parts = variants.iter().map(|variant| variant.ty.clone()).collect();
                (Kind::Union(Union::Untagged(variants)), parts)
            }
            _ => return None,
        })
    }
}

/// Keeps of a type's fields only what holds at every place where it stands.
fn agree(known: &mut Kind, other: &Kind) {
    let (Kind::Object(known), Kind::Object(other)) = (known, other) else { return };
    for (known, other) in known.fields.iter_mut().zip(&other.fields) {
        known.limits = agreed(&known.limits, &other.limits);
        known.description = known.description.take().or_else(|| other.description.clone());
    }
}
