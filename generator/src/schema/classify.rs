//! Decides what each union is: nullable, one or many, a template, an enum in several parts, a mix of scalars, objects
//! told apart by a tag, or shapes that nothing but their form tells apart. Turns every [`Form::OneOf`] into one of these.

use std::collections::{BTreeMap, BTreeSet};

use super::Named;
use super::combine::agreed;
use super::node::{Field, Form, Node, Object};
use super::same::same;
use super::words;

/// What unions have to know of the schemas that they refer to.
pub(super) struct Roots {
    /// Schemas that are branches of a union, as they were read.
    branches: BTreeMap<usize, Node>,
    /// Whether each schema accepts null.
    nullable: Vec<bool>,
    /// The title of each schema, or its name where it has none.
    titles: Vec<String>,
}

impl Roots {
    /// Looks at all schemas.
    pub(super) fn of(named: &[Named], roots: &[Node]) -> Self {
        let mut wanted: Vec<usize> = Vec::new();
        for root in roots {
            find_branches(root, &mut wanted);
        }
        let mut branches = BTreeMap::new();
        while let Some(index) = wanted.pop() {
            if branches.contains_key(&index) {
                continue;
            }
            if let Form::Named(next) = roots[index].form {
                wanted.push(next);
            }
            branches.insert(index, roots[index].clone());
        }
        let titles = named.iter().map(|named| named.title.as_ref().unwrap_or(&named.name).clone());
        Self { branches, nullable: roots.iter().map(|root| root.nullable).collect(), titles: titles.collect() }
    }

    /// Classifies every union of a tree.
    pub(super) fn settle(&self, node: &mut Node) {
        match &mut node.form {
            Form::List(inner) | Form::Map(inner) => self.settle(inner),
            Form::Object(object) => self.settle_object(object),
            // The type of a schema does not hold null: who refers to it does.
            Form::Named(index) => node.nullable |= self.nullable[*index],
            Form::OneOf(branches) => {
                let branches = std::mem::take(branches);
                self.union(node, branches);
            }
            _ => {}
        }
    }

    fn settle_object(&self, object: &mut Object) {
        object
            .fields
            .iter_mut()
            .map(|field| &mut field.node)
            .chain(object.rest.as_deref_mut())
            .for_each(|node| self.settle(node));
    }

    fn union(&self, node: &mut Node, branches: Vec<Node>) {
        let mut scalars = Vec::new();
        let mut objects: Vec<Node> = Vec::new();
        let mut others: Vec<Node> = Vec::new();
        for mut branch in branches {
            self.settle(&mut branch);
            node.nullable |= std::mem::take(&mut branch.nullable);
            if is_scalar(&branch.form) {
                scalars.push(branch);
                continue;
            }
            let among = if matches!(self.target(&branch).form, Form::Object(_)) { &mut objects } else { &mut others };
            if !among.iter().any(|other| same(other, &branch)) {
                among.push(branch);
            }
        }
        let objects = self.objects(objects, node);
        let mut rest: Vec<Node> = merge_scalars(scalars).into_iter().chain(objects).chain(others).collect();
        self.one_or_many(&mut rest);
        if rest.len() == 1
            && let Some(only) = rest.pop()
        {
            dress(node, only);
        } else {
            node.form = Form::Untagged(self.worded(rest));
        }
    }

    /// One tagged union for the objects where they are one, else the objects themselves.
    fn objects(&self, objects: Vec<Node>, around: &Node) -> Vec<Node> {
        let shapes: Vec<&Object> = objects.iter().filter_map(|node| self.object(node)).collect();
        if shapes.len() < 2 {
            return objects;
        }
        let Some((tag, groups)) = best_tag(&shapes) else { return objects };
        let mut objects = objects;
        let variants = groups.into_iter().map(|(values, members)| {
            let node = match members[..] {
                [only] => std::mem::replace(&mut objects[only], Node::new(Form::AnyObject, None)),
                _ => self.merged(&members.iter().map(|&at| &objects[at]).collect::<Vec<_>>()),
            };
            (values.clone(), if values.len() == 1 { without_tag(node, &tag) } else { node })
        });
        let form = Form::Tagged { tag: tag.clone(), variants: variants.collect() };
        vec![Node::new(form, around.span)]
    }

    /// The place itself, or what it refers to.
    fn target<'n>(&'n self, node: &'n Node) -> &'n Node {
        let mut node = node;
        // A chain of references is no longer than there are schemas.
        for _ in 0..self.nullable.len() {
            match &node.form {
                Form::Named(index) => match self.branches.get(index) {
                    Some(next) => node = next,
                    None => break,
                },
                _ => break,
            }
        }
        node
    }

    /// The properties of an object, through references.
    fn object<'n>(&'n self, node: &'n Node) -> Option<&'n Object> {
        self.target(node).as_object()
    }

    /// Joins a shape and the list of that shape.
    fn one_or_many(&self, branches: &mut Vec<Node>) {
        let [a, b] = &branches[..] else { return };
        let holds = |list: &Node, one: &Node| match &self.target(list).form {
            Form::List(item) => !item.nullable && same(item, one),
            _ => false,
        };
        let one = if holds(a, b) {
            branches.pop()
        } else if holds(b, a) {
            Some(branches.swap_remove(0))
        } else {
            return;
        };
        *branches = one.into_iter().map(|one| Node::new(Form::OneOrMany(Box::new(one.clone())), one.span)).collect();
    }

    /// One object for several that no single tag tells apart: what all of them require is required, and a property
    /// accepts what it accepts in any of them.
    fn merged(&self, nodes: &[&Node]) -> Node {
        let mut shapes: Vec<Object> = nodes.iter().filter_map(|node| self.object(node)).cloned().collect();
        for shape in &mut shapes {
            self.settle_object(shape);
        }
        let mut fields: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
        for field in shapes.iter().flat_map(|shape| &shape.fields) {
            fields.entry(&field.name).or_default().push(field);
        }
        let fields = fields.into_iter().map(|(name, places)| {
            let mut node = Node::one_of(places.iter().map(|field| field.node.clone()).collect(), places[0].node.span);
            self.settle(&mut node);
            let required = places.len() == shapes.len() && places.iter().all(|field| field.required);
            Field { name: name.to_owned(), required, node }
        });
        let object = Object { fields: fields.collect(), rest: None, required: Vec::new() };
        Node::new(object.into_form(), nodes[0].span)
    }

    /// Gives each branch its word.
    fn worded(&self, branches: Vec<Node>) -> Vec<(String, Node)> {
        let variants = branches.iter().map(|branch| match branch.form {
            Form::Named(index) => words::Variant { node: branch, object: None, title: Some(&self.titles[index]) },
            _ => words::Variant { node: branch, object: self.object(branch), title: branch.title.as_deref() },
        });
        let words = words::distinct(&variants.collect::<Vec<_>>());
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
        Form::String => node.pattern().is_some_and(|pattern| pattern.contains("{{")),
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
        Form::String if merged.pattern().is_none() => merged,
        Form::Scalar => merged,
        _ => Node::new(Form::Template(Box::new(merged)), span),
    })
}

fn merge_two(a: Node, b: Node) -> Node {
    let limits = a.limits.as_ref().zip(b.limits.as_ref()).map(|(a, b)| Box::new(agreed(a, b)));
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

/// Makes a union the only branch that is left; what is said of the union goes first.
fn dress(union: &mut Node, only: Node) {
    union.form = only.form;
    union.title = union.title.take().or(only.title);
    union.description = union.description.take().or(only.description);
    let default = union.limits.take().and_then(|limits| limits.default);
    union.limits = only.limits;
    if default.is_some() {
        union.limits.get_or_insert_default().default = default;
    }
}

/// Notes the schemas that are branches of unions.
fn find_branches(node: &Node, wanted: &mut Vec<usize>) {
    match &node.form {
        Form::List(inner) | Form::Map(inner) => find_branches(inner, wanted),
        Form::Object(object) => {
            object
                .fields
                .iter()
                .map(|field| &field.node)
                .chain(object.rest.as_deref())
                .for_each(|node| find_branches(node, wanted));
        }
        Form::OneOf(branches) => {
            for branch in branches {
                match branch.form {
                    Form::Named(index) => wanted.push(index),
                    _ => find_branches(branch, wanted),
                }
            }
        }
        _ => {}
    }
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
