//! Decides what each union is: nullable, one or many, a template, an enum in several parts, a mix of scalars, objects
//! told apart by a tag, or shapes that nothing but their form tells apart. Turns every [`Form::OneOf`] into one of these.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Limits;
use super::node::{Field, Form, Node, Object};
use super::same::same;
use super::words;

/// The schemas as they were read, for unions whose branches are references.
pub(super) struct Roots<'a>(pub(super) &'a [Node]);

impl Roots<'_> {
    /// The tree with every union classified.
    pub(super) fn settle(&self, node: &Node) -> Node {
        let form = match &node.form {
            Form::List(item) => Form::List(Box::new(self.settle(item))),
            Form::Map(value) => Form::Map(Box::new(self.settle(value))),
            Form::Object(object) => Form::Object(self.settle_object(object)),
            Form::OneOf(branches) => return self.union(node, branches),
            Form::Named(index) => {
                // The type of a schema does not hold null: who refers to it does.
                let nullable = node.nullable || self.0[*index].nullable;
                return Node { form: Form::Named(*index), nullable, ..node.without_form() };
            }
            form => form.clone(),
        };
        Node { form, ..node.without_form() }
    }

    fn settle_object(&self, object: &Object) -> Object {
        let fields = object.fields.iter().map(|field| Field {
            name: field.name.clone(),
            required: field.required,
            node: self.settle(&field.node),
        });
        Object {
            fields: fields.collect(),
            rest: object.rest.as_ref().map(|rest| Box::new(self.settle(rest))),
            required: object.required.clone(),
        }
    }

    fn union(&self, node: &Node, branches: &[Node]) -> Node {
        let mut scalars = Vec::new();
        let mut objects: Vec<Node> = Vec::new();
        let mut others: Vec<Node> = Vec::new();
        for branch in branches.iter().map(|branch| self.settle(branch)) {
            let among = match branch.form {
                _ if is_scalar(&branch.form) => {
                    scalars.push(branch);
                    continue;
                }
                Form::Named(_) | Form::Object(_) => &mut objects,
                _ => &mut others,
            };
            if !among.iter().any(|other| same(other, &branch)) {
                among.push(branch);
            }
        }
        let objects = self.objects(objects, node);
        let mut rest: Vec<Node> = merge_scalars(scalars).into_iter().chain(objects).chain(others).collect();
        one_or_many(&mut rest);
        if rest.len() == 1
            && let Some(only) = rest.pop()
        {
            return dressed(only, node);
        }
        Node { form: Form::Untagged(self.worded(rest)), ..node.without_form() }
    }

    /// One tagged union for the objects where they are one, else the objects themselves.
    fn objects(&self, objects: Vec<Node>, around: &Node) -> Vec<Node> {
        let shapes: Option<Vec<&Object>> = objects.iter().map(|node| self.object(node)).collect();
        let Some(shapes) = shapes.filter(|shapes| shapes.len() > 1) else { return objects };
        let Some((tag, groups)) = best_tag(&shapes) else { return objects };
        let variants = groups.into_iter().map(|(values, members)| {
            let node = match members[..] {
                [only] => objects[only].clone(),
                _ => self.merged(&members.iter().map(|&at| &objects[at]).collect::<Vec<_>>()),
            };
            (values.clone(), if values.len() == 1 { without_tag(node, &tag) } else { node })
        });
        let form = Form::Tagged { tag: tag.clone(), variants: variants.collect() };
        vec![Node::new(form, around.span)]
    }

    /// The properties of an object, through references.
    fn object<'n>(&'n self, node: &'n Node) -> Option<&'n Object> {
        let mut node = node;
        // A chain of references is no longer than there are schemas.
        for _ in 0..=self.0.len() {
            match &node.form {
                Form::Object(object) if !node.nullable => return Some(object),
                Form::Named(index) => node = &self.0[*index],
                _ => return None,
            }
        }
        None
    }

    /// One object for several that no single tag tells apart: what all of them require is required, and a property
    /// accepts what it accepts in any of them.
    fn merged(&self, nodes: &[&Node]) -> Node {
        let shapes: Vec<Object> =
            nodes.iter().filter_map(|node| self.object(node)).map(|object| self.settle_object(object)).collect();
        let mut fields: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
        for field in shapes.iter().flat_map(|shape| &shape.fields) {
            fields.entry(&field.name).or_default().push(field);
        }
        let fields = fields.into_iter().map(|(name, places)| {
            let node = Node::one_of(places.iter().map(|field| field.node.clone()).collect(), places[0].node.span);
            let required = places.len() == shapes.len() && places.iter().all(|field| field.required);
            Field { name: name.to_owned(), required, node: self.settle(&node) }
        });
        let object = Object { fields: fields.collect(), rest: None, required: Vec::new() };
        Node::new(object.into_form(), nodes[0].span)
    }

    /// Gives each branch its word.
    fn worded(&self, branches: Vec<Node>) -> Vec<(String, Node)> {
        let words = words::distinct(&branches.iter().map(|branch| (branch, self.object(branch))).collect::<Vec<_>>());
        words.into_iter().zip(branches).collect()
    }
}

fn is_scalar(form: &Form) -> bool {
    matches!(
        form,
        Form::Boolean
            | Form::Integer
            | Form::Number
            | Form::String
            | Form::Id
            | Form::Timestamp
            | Form::Scalar
            | Form::Enum(_)
    )
}

/// Whether a string is one that the platform fills in: `{{…}}`.
fn is_template(node: &Node) -> bool {
    match &node.form {
        Form::String => node.limits.pattern.as_deref().is_some_and(|pattern| pattern.contains("{{")),
        Form::Enum(values) => values.iter().all(|value| value.contains("{{")),
        _ => false,
    }
}

/// One node for all scalar branches of a union, or none where there is no such branch.
fn merge_scalars(branches: Vec<Node>) -> Option<Node> {
    let (templates, plain): (Vec<Node>, Vec<Node>) = branches.into_iter().partition(is_template);
    if plain.is_empty() {
        return templates.into_iter().reduce(merge_two);
    }
    let span = plain[0].span;
    let merged = plain.into_iter().reduce(merge_two)?;
    if templates.is_empty() {
        return Some(merged);
    }
    Some(match merged.form {
        // Any text includes the templates.
        Form::String if merged.limits.pattern.is_none() => merged,
        Form::Scalar => merged,
        _ => Node::new(Form::Template(Box::new(merged)), span),
    })
}

fn merge_two(a: Node, b: Node) -> Node {
    let limits = agreed(&a.limits, &b.limits);
    let form = match (a.form, b.form) {
        (Form::Enum(mut all), Form::Enum(more)) => {
            let known: BTreeSet<String> = all.iter().cloned().collect();
            all.extend(more.into_iter().filter(|value| !known.contains(value)));
            Form::Enum(all)
        }
        (Form::Id, Form::Id) => Form::Id,
        (Form::Timestamp, Form::Timestamp) => Form::Timestamp,
        (Form::Boolean, Form::Boolean) => Form::Boolean,
        (Form::Integer, Form::Integer) => Form::Integer,
        (Form::Integer | Form::Number, Form::Integer | Form::Number) => Form::Number,
        (a, b) if is_text(&a) && is_text(&b) => Form::String,
        _ => Form::Scalar,
    };
    Node { form, limits, nullable: a.nullable || b.nullable, ..Node::new(Form::Null, a.span) }
}

fn is_text(form: &Form) -> bool {
    matches!(form, Form::String | Form::Id | Form::Timestamp | Form::Enum(_))
}

/// The bounds that both places state.
pub(super) fn agreed(a: &Limits, b: &Limits) -> Limits {
    fn both<T: Clone + PartialEq>(a: &Option<T>, b: &Option<T>) -> Option<T> {
        a.clone().filter(|_| a == b)
    }
    Limits {
        length: (both(&a.length.0, &b.length.0), both(&a.length.1, &b.length.1)),
        range: (both(&a.range.0, &b.range.0), both(&a.range.1, &b.range.1)),
        pattern: both(&a.pattern, &b.pattern),
        format: both(&a.format, &b.format),
        default: both(&a.default, &b.default),
        values: both(&a.values, &b.values),
    }
}

/// Joins a shape and the list of that shape.
fn one_or_many(branches: &mut Vec<Node>) {
    if branches.len() != 2 {
        return;
    }
    let list = branches.iter().position(|branch| matches!(branch.form, Form::List(_)));
    let Some(list) = list else { return };
    let Form::List(item) = &branches[list].form else { return };
    if !item.nullable && same(item, &branches[1 - list]) {
        let one = branches.swap_remove(1 - list);
        let span = one.span;
        *branches = vec![Node::new(Form::OneOrMany(Box::new(one)), span)];
    }
}

/// The only branch that is left, with what was said of the whole union.
fn dressed(mut only: Node, union: &Node) -> Node {
    only.nullable |= union.nullable;
    only.title = union.title.clone().or(only.title);
    only.description = union.description.clone().or(only.description);
    if union.limits.default.is_some() {
        only.limits.default.clone_from(&union.limits.default);
    }
    only.span = union.span;
    only
}

/// Takes the tag out of the variant that has a single value for it. A reference keeps it: the schema that it names is
/// used elsewhere too.
fn without_tag(node: Node, tag: &str) -> Node {
    let Form::Object(mut object) = node.form else { return node };
    object.fields.retain(|field| field.name != tag);
    object.required.retain(|name| name != tag);
    Node {
        form: object.into_form(),
        title: node.title,
        description: node.description,
        ..Node::new(Form::AnyObject, node.span)
    }
}

/// Tag values with the variants that they stand for.
type Groups = Vec<(Vec<String>, Vec<usize>)>;

/// The property that tells most of the shapes apart, if any does.
fn best_tag(shapes: &[&Object]) -> Option<(String, Groups)> {
    let candidates = shapes[0].fields.iter().filter_map(|field| {
        let places: Option<Vec<&Field>> = shapes.iter().map(|shape| shape.field(&field.name)).collect();
        let places = places?;
        let values: Option<Vec<Vec<&str>>> = places.iter().map(|place| place.node.words()).collect();
        let groups = grouped(&values?);
        let required = places.iter().all(|place| place.required);
        // Where a tag does not tell all variants apart, they are merged: only worth it for one that is always there.
        let useful = groups.len() == shapes.len() || (required && groups.len() > 1);
        useful.then(|| (groups.len(), required, rank(&field.name), field.name.clone(), groups))
    });
    let best = candidates.max_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| b.3.cmp(&a.3)))?;
    Some((best.3, best.4))
}

/// How much a name sounds like a tag.
fn rank(name: &str) -> u8 {
    match name {
        "type" => 2,
        _ if name.ends_with("Type") || name.ends_with("Class") => 1,
        _ => 0,
    }
}

/// Puts shapes that share a value into one group; groups are in the order of their first value.
fn grouped(values: &[Vec<&str>]) -> Groups {
    let mut groups: Vec<(BTreeSet<&str>, Vec<usize>)> = Vec::new();
    for (index, own) in values.iter().enumerate() {
        let mut joined: (BTreeSet<&str>, Vec<usize>) = (own.iter().copied().collect(), vec![index]);
        let (sharing, apart) = groups.into_iter().partition(|(known, _)| !known.is_disjoint(&joined.0));
        groups = apart;
        for (known, members) in sharing {
            joined.0.extend(known);
            joined.1.extend(members);
        }
        groups.push(joined);
    }
    let groups = groups.into_iter().map(|(values, mut members)| {
        members.sort_unstable();
        (values.into_iter().map(str::to_owned).collect::<Vec<_>>(), members)
    });
    let mut groups: Groups = groups.collect();
    groups.sort();
    groups
}
