//! Types what no page defines: a schema that is linked, but has no schemas page, from the examples beside the links.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node::{Field, Form, Node, Object, Reason};
use crate::model::Api;
use crate::source::Span;

/// A schema that the API uses and no page defines.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    /// Values that follow it.
    pub(super) examples: Vec<&'a Value>,
    /// The first place that uses it.
    pub(super) span: Option<Span>,
}

/// Every schema name that the API uses, with its examples and the first place that uses it.
pub(super) fn uses(api: &Api) -> BTreeMap<&str, Missing<'_>> {
    let mut found: BTreeMap<&str, Missing<'_>> = BTreeMap::new();
    let actions = api.resources.iter().flat_map(|resource| &resource.actions);
    for action in actions {
        let params = action.params.iter().map(|param| (&param.schema, param.example.as_ref(), param.span));
        let body = action.body.iter().map(|body| (&body.schema, body.example.as_ref(), body.span));
        let responses = action.responses.iter().map(|response| (&response.schema, None, response.span));
        let events = action.events.iter().map(|event| (&event.schema, None, event.span));
        for (schema, example, span) in params.chain(body).chain(responses).chain(events) {
            let Some(schema) = schema else { continue };
            let missing = found.entry(schema).or_insert(Missing { examples: Vec::new(), span });
            missing.examples.extend(example);
        }
    }
    found
}

/// The shape that examples show. Nothing in it is required: an example may leave out what it likes.
pub(super) fn shape(examples: &[&Value], span: Option<Span>, depth: usize) -> Node {
    const DEPTH: usize = 64;
    let nothing = Node::new(Form::Any(Reason::NothingShown), span);
    if depth > DEPTH {
        return Node::new(Form::Any(Reason::TooLarge), span);
    }
    let nullable = examples.iter().any(|example| example.is_null());
    let mut branches = Vec::new();
    let objects: Vec<_> = examples.iter().filter_map(|example| example.as_object()).collect();
    if !objects.is_empty() {
        let mut fields: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for (name, value) in objects.into_iter().flatten() {
            fields.entry(name).or_default().push(value);
        }
        let fields = fields.into_iter().map(|(name, values)| Field {
            name: name.to_owned(),
            required: false,
            node: shape(&values, span, depth + 1),
        });
        let object = Object { fields: fields.collect(), ..Object::default() };
        branches.push(Node::new(object.into_form(), span));
    }
    let lists: Vec<_> = examples.iter().filter_map(|example| example.as_array()).collect();
    if !lists.is_empty() {
        let items: Vec<&Value> = lists.into_iter().flatten().collect();
        branches.push(Node::new(Form::List(Box::new(shape(&items, span, depth + 1))), span));
    }
    for example in examples {
        branches.extend(scalar(example).map(|form| Node::new(form, span)));
    }
    if branches.is_empty() {
        return nothing;
    }
    Node { nullable, ..Node::one_of(branches, span) }
}

fn scalar(example: &Value) -> Option<Form> {
    Some(match example {
        Value::Bool(_) => Form::Boolean,
        // Whether a whole number is meant is not to be seen from one.
        Value::Number(_) => Form::Number,
        Value::String(text) if is_id(text) => Form::Id,
        Value::String(text) if is_timestamp(text) => Form::Timestamp,
        Value::String(_) => Form::String,
        _ => return None,
    })
}

fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is a date and time of RFC 3339, by its form.
fn is_timestamp(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let Some(rest) = form.strip_prefix("0000-00-00T00:00:00") else { return false };
    let zone = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    matches!(zone, "Z" | "+00:00" | "-00:00")
}
