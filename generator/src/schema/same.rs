//! Whether two trees accept the same values as far as a type can tell: prose, bounds and the order of names do not count.

use std::collections::BTreeSet;

use super::node::{Form, Node};

/// Compares two trees; a reference equals only a reference to the same schema.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    a.nullable == b.nullable
        && match (&a.form, &b.form) {
            (Form::Any(_), Form::Any(_))
            | (Form::AnyObject, Form::AnyObject)
            | (Form::Null, Form::Null)
            | (Form::Boolean, Form::Boolean)
            | (Form::Integer, Form::Integer)
            | (Form::Number, Form::Number)
            | (Form::String, Form::String)
            | (Form::Id, Form::Id)
            | (Form::Timestamp, Form::Timestamp)
            | (Form::Scalar, Form::Scalar) => true,
            (Form::Enum(a), Form::Enum(b)) => {
                a.len() == b.len() && a.iter().collect::<BTreeSet<_>>() == b.iter().collect()
            }
            (Form::List(a), Form::List(b))
            | (Form::Map(a), Form::Map(b))
            | (Form::Template(a), Form::Template(b))
            | (Form::OneOrMany(a), Form::OneOrMany(b)) => same(a, b),
            (Form::Named(a), Form::Named(b)) => a == b,
            (Form::Object(a), Form::Object(b)) => {
                a.fields.len() == b.fields.len()
                    && a.fields
                        .iter()
                        .zip(&b.fields)
                        .all(|(a, b)| a.name == b.name && a.required == b.required && same(&a.node, &b.node))
                    && match (&a.rest, &b.rest) {
                        (Some(a), Some(b)) => same(a, b),
                        (None, None) => true,
                        _ => false,
                    }
            }
            (Form::OneOf(a), Form::OneOf(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Form::Untagged(a), Form::Untagged(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.1, &b.1))
            }
            (Form::Tagged { tag: a, variants: left }, Form::Tagged { tag: b, variants: right }) => {
                a == b
                    && left.len() == right.len()
                    && left.iter().zip(right).all(|(a, b)| a.0 == b.0 && same(&a.1, &b.1))
            }
            _ => false,
        }
}
