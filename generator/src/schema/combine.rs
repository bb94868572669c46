//! Puts together what several schemas say of one place: parts of `allOf`, and what stands beside a union.

use super::graph::Limits;
use super::node::{Form, Node, Object};

/// What stands beside a union narrows each of its branches: the properties of an object belong to all of them.
pub(super) fn narrow(base: Option<Node>, union: Node) -> Node {
    let Some(base) = base else { return union };
    let Form::Object(common) = base.form else {
        return if matches!(union.form, Form::Any(_)) { base } else { union };
    };
    let span = union.span;
    let branches = match union.form {
        Form::OneOf(branches) => branches,
        form => vec![Node { form, ..union }],
    };
    let branches = branches.into_iter().map(|branch| match branch.form {
        Form::Object(own) => Node { form: join(common.clone(), own).into_form(), ..branch },
        Form::Any(_) | Form::AnyObject => Node { form: Form::Object(common.clone()), ..branch },
        form => Node { form, ..branch },
    });
    Node::one_of(branches.collect(), span)
}

/// An object that has the properties of both; where both have one, that of the second.
pub(super) fn join(mut first: Object, second: Object) -> Object {
    first.fields.retain(|field| second.field(&field.name).is_none());
    first.fields.extend(second.fields);
    first.required.extend(second.required);
    for field in &mut first.fields {
        field.required |= first.required.contains(&field.name);
    }
    first.fields.sort_by(|a, b| a.name.cmp(&b.name));
    Object { rest: second.rest.or(first.rest), ..first }
}

/// Fills in the bounds that are stated at this place; they are nearer than those from a branch or a reference.
pub(super) fn complete(limits: &mut Option<Box<Limits>>, own: Option<Box<Limits>>) {
    fn over<T>(slot: &mut Option<T>, own: Option<T>) {
        if own.is_some() {
            *slot = own;
        }
    }
    let (Some(limits), Some(own)) = (limits.as_mut(), own.as_deref().cloned()) else {
        *limits = limits.take().or(own);
        return;
    };
    over(&mut limits.length.0, own.length.0);
    over(&mut limits.length.1, own.length.1);
    over(&mut limits.range.0, own.range.0);
    over(&mut limits.range.1, own.range.1);
    over(&mut limits.pattern, own.pattern);
    over(&mut limits.format, own.format);
    over(&mut limits.default, own.default);
    over(&mut limits.values, own.values);
}

/// The bounds that both places state.
pub(super) fn agreed(a: &Limits, b: &Limits) -> Limits {
    fn both<T: Clone + PartialEq>(a: Option<&T>, b: Option<&T>) -> Option<T> {
        a.filter(|_| a == b).cloned()
    }
    Limits {
        length: (both(a.length.0.as_ref(), b.length.0.as_ref()), both(a.length.1.as_ref(), b.length.1.as_ref())),
        range: (both(a.range.0.as_ref(), b.range.0.as_ref()), both(a.range.1.as_ref(), b.range.1.as_ref())),
        pattern: both(a.pattern.as_ref(), b.pattern.as_ref()),
        format: both(a.format.as_ref(), b.format.as_ref()),
        default: both(a.default.as_ref(), b.default.as_ref()),
        values: both(a.values.as_ref(), b.values.as_ref()),
    }
}
