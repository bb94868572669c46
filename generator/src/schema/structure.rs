//! Numbers structures: two places with the same number accept the same values as far as a type can tell. Prose, bounds
//! and the order of names, required names and accepted values do not count; which names are required does.

use std::collections::{BTreeMap, BTreeSet};

use super::node::{Form, Node};

/// What a structure is made of, in terms of the numbers of its parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Leaf(u8),
    Named(usize),
    List(Part),
    Map(Part),
    Template(Part),
    OneOrMany(Part),
    Enum(Vec<String>),
    Object(Vec<(String, bool, Part)>, Option<Part>),
    Tagged(String, Vec<(Vec<String>, Part)>),
    Untagged(Vec<Part>),
}

/// A structure's number, and whether null is accepted beside it.
type Part = (usize, bool);

/// Which schemas have which structure.
pub(super) type Owners = BTreeMap<usize, BTreeSet<usize>>;

/// Numbers every place of every schema. A copy of a schema counts as a reference to it, so that it makes no difference
/// whether a part is written out or referred to; flat schemas go first, because only they can have copies in others.
pub(super) fn number(roots: &mut [Node]) -> Owners {
    let mut numbers = Numbers { keys: BTreeMap::new(), owners: Owners::new() };
    let mut order: Vec<usize> = (0..roots.len()).collect();
    order.sort_by_cached_key(|&index| (height(&roots[index]), index));
    for index in order {
        numbers.number(&mut roots[index]);
        numbers.owners.entry(roots[index].class).or_default().insert(index);
    }
    numbers.owners
}

/// The schema that a copy is, of those with its structure: the first one whose title it carries, else the first one where
/// the structure is enough.
pub(super) fn pick(titled: Option<&usize>, first: Option<&usize>, enough: bool) -> Option<usize> {
    titled.or(first.filter(|_| enough)).copied()
}

/// Whether a shape says enough to be taken for a schema without having its title: a text, a list of numbers or an object
/// with one property does not, and a list of what is a schema itself is just that.
pub(super) fn telling(node: &Node, owners: &Owners) -> bool {
    match &node.form {
        Form::Object(object) => object.fields.len() > 1,
        Form::Tagged { .. } | Form::Untagged(_) => true,
        Form::List(inner) | Form::Map(inner) | Form::OneOrMany(inner) => {
            telling(inner, owners) && !owners.contains_key(&inner.class)
        }
        _ => false,
    }
}

fn height(node: &Node) -> usize {
    node.parts().into_iter().map(|part| 1 + height(part)).max().unwrap_or(0)
}

struct Numbers {
    keys: BTreeMap<Key, usize>,
    owners: Owners,
}

impl Numbers {
    /// Numbers a place after its parts.
    fn number(&mut self, node: &mut Node) {
        let key = match &mut node.form {
            Form::Any(_) => Key::Leaf(0),
            Form::AnyObject => Key::Leaf(1),
            Form::Null => Key::Leaf(2),
            Form::Boolean => Key::Leaf(3),
            Form::Integer => Key::Leaf(4),
            Form::Number => Key::Leaf(5),
            Form::String => Key::Leaf(6),
            Form::Id => Key::Leaf(7),
            Form::Timestamp => Key::Leaf(8),
            Form::Scalar => Key::Leaf(9),
            Form::Named(index) => Key::Named(*index),
            Form::Enum(values) => {
                let mut values = values.clone();
                values.sort_unstable();
                Key::Enum(values)
            }
            Form::List(inner) => Key::List(self.part(inner)),
            Form::Map(inner) => Key::Map(self.part(inner)),
            Form::Template(inner) => Key::Template(self.part(inner)),
            Form::OneOrMany(inner) => Key::OneOrMany(self.part(inner)),
            Form::Object(object) => {
                let fields = object
                    .fields
                    .iter_mut()
                    .map(|field| (field.name.clone(), field.required, self.part(&mut field.node)));
                Key::Object(fields.collect(), object.rest.as_mut().map(|rest| self.part(rest)))
            }
            Form::Tagged { tag, variants } => {
                let variants = variants.iter_mut().map(|(values, node)| (values.clone(), self.part(node)));
                Key::Tagged(tag.clone(), variants.collect())
            }
            Form::Untagged(variants) => Key::Untagged(variants.iter_mut().map(|(_, node)| self.part(node)).collect()),
            Form::OneOf(branches) => Key::Untagged(branches.iter_mut().map(|node| self.part(node)).collect()),
        };
        node.class = self.class(key);
    }

    fn class(&mut self, key: Key) -> usize {
        let next = self.keys.len();
        *self.keys.entry(key).or_insert(next)
    }

    fn part(&mut self, node: &mut Node) -> Part {
        self.number(node);
        let owner = self.owners.get(&node.class).and_then(BTreeSet::first).copied();
        let class = match owner {
            Some(owner) if telling(node, &self.owners) => self.class(Key::Named(owner)),
            _ => node.class,
        };
        (class, node.nullable)
    }
}
