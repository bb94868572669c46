//! What single values a schema accepts: the type that its other keywords imply, the kinds of text, lists of values.

use std::collections::BTreeSet;

use serde_json::Value;

use super::graph::Limits;
use super::keywords::{Keywords, Simple};
use super::locate::Cursor;
use super::node::{Form, Node};

/// The type that keywords imply where none is named.
pub(super) fn implied(keywords: &Keywords<'_>) -> Option<Simple> {
    let text = |limits: &Limits| limits.pattern.is_some() || limits.format.is_some();
    let range = |limits: &Limits| limits.range != (None, None);
    let limits = keywords.limits.as_deref();
    let alone = keywords.unions.is_empty() && keywords.parts.is_none() && keywords.accepted.is_none();
    if keywords.properties.is_some() || keywords.patterns.is_some() || keywords.additional.is_some() {
        Some(Simple::Object)
    } else if keywords.items.is_some() {
        Some(Simple::Array)
    } else if alone && limits.is_some_and(text) {
        Some(Simple::String)
    } else if alone && limits.is_some_and(range) {
        Some(Simple::Number)
    } else if alone && !keywords.strays.is_empty() {
        Some(Simple::Object)
    } else {
        None
    }
}

/// An id, a time or any text.
pub(super) fn text_form(limits: Option<&Limits>) -> Form {
    let Some(limits) = limits else { return Form::String };
    match (limits.pattern.as_deref(), limits.format.as_deref()) {
        (Some(r"^[A-Fa-f\d]{24}$" | "^[A-Fa-f0-9]{24}$" | "^[a-fA-F0-9]{24}$" | "^[0-9a-fA-F]{24}$"), _) => Form::Id,
        (_, Some("date-time")) => Form::Timestamp,
        _ => Form::String,
    }
}

/// The form of a list of accepted values; nothing where one is an object or a list, or where there is none.
pub(super) fn accepted(values: &[&Value], at: Cursor<'_>) -> Option<Node> {
    let mut words = Vec::new();
    let mut known = BTreeSet::new();
    let mut others = Vec::new();
    for value in values.iter().filter(|value| !value.is_null()) {
        match value {
            Value::String(word) if known.insert(word) => words.push(word.clone()),
            Value::String(_) => {}
            Value::Bool(_) | Value::Number(_) => others.push((*value).clone()),
            _ => return None,
        }
    }
    let form = match (words.is_empty(), others.is_empty()) {
        (true, true) if values.is_empty() => return None,
        (true, true) => Form::Null,
        (false, true) => Form::Enum(words),
        (true, false) if others.iter().all(Value::is_boolean) => Form::Boolean,
        (true, false) if others.iter().all(|value| value.is_i64() || value.is_u64()) => Form::Integer,
        (true, false) if others.iter().all(Value::is_number) => Form::Number,
        (_, false) => Form::Scalar,
    };
    let mut node = Node::new(form, at.span());
    node.nullable = values.iter().any(|value| value.is_null());
    if !others.is_empty() {
        node.limits.get_or_insert_default().values =
            Some(values.iter().filter(|value| !value.is_null()).map(|value| (*value).clone()).collect());
    }
    Some(node)
}
