//! Descriptions of parameters: the prose, and the facts in its closing sentences.

use std::collections::BTreeSet;

use serde_json::Value;

use super::codes;
use super::context::Context;
use super::facts::SchemaLink;
use super::link;
use crate::diagnostic::Code;
use crate::markdown::Inline;
use crate::model::Encoding;

/// How a dialect closes a description.
struct Closing {
    /// What stands before a list of accepted values.
    accepted: &'static str,
    /// What stands before the link to a schema, and what that says of the encoding.
    see: &'static [(&'static str, Option<Encoding>)],
    /// What stands behind the link's target.
    end: &'static str,
}

const UPSTREAM: Closing =
    Closing { accepted: "Accepted values are:", see: &[("See [", None)], end: ") for more details." };
const OWN: Closing = Closing {
    accepted: "One of:",
    see: &[
        ("As JSON text: [", Some(Encoding::Json)),
        ("In brackets: [", Some(Encoding::Brackets)),
        // Where no page says how the value travels.
        ("See [", None),
    ],
    end: ").",
};

/// A description taken apart.
#[derive(Default)]
pub(super) struct Described {
    pub text: String,
    pub accepted: Option<Vec<Value>>,
    pub link: Option<SchemaLink>,
    /// How the value travels, where the words say so.
    pub encoding: Option<Encoding>,
    pub deprecated: bool,
}

/// Takes a description apart.
pub(super) fn read(context: &mut Context<'_>, cell: Option<&Inline>) -> Described {
    let mut described = Described::default();
    let Some(cell) = cell else { return described };
    let closing = if context.canonical { OWN } else { UPSTREAM };
    let line = cell.line();
    let mut text = &line[..];
    if text.ends_with(closing.end)
        && let Some((at, encoding)) =
            closing.see.iter().filter_map(|(see, how)| Some((text.rfind(see)?, *how))).max_by_key(|(at, _)| *at)
        && let Some(found) = cell
            .links
            .last()
            .filter(|found| link::is_to_schema(found) || found.target.contains(['#']) || found.target.is_empty())
    {
        described.link = link::read(context, found);
        described.encoding = encoding;
        let whole = text[at..].split_once('[').is_some_and(|(_, rest)| {
            rest.strip_suffix(closing.end).is_some_and(|rest| rest == format!("{}]({}", found.text, found.target))
        });
        if !whole {
            context.report(codes::SCHEMA_SENTENCE, cell.span, "the closing sentence holds more than one link");
        }
        text = parted(context, cell, &text[..at], codes::SCHEMA_SENTENCE);
    } else if context.canonical
        && let Some(found) = cell.links.iter().find(|found| link::is_to_schema(found))
    {
        context.report(codes::SCHEMA_SENTENCE, found.span, "a schema is named, but not in the closing sentence");
    }
    if let Some(at) = text.rfind(closing.accepted) {
        // Without the blank this is no list.
        let list = text[at + closing.accepted.len()..].strip_prefix(' ').unwrap_or_default();
        let list = match list.strip_suffix('.') {
            Some(list) if described.link.is_some() => list,
            None if described.link.is_some() => "",
            _ => list,
        };
        text = parted(context, cell, &text[..at], codes::ACCEPTED);
        described.accepted = accepted(context, cell, list);
    } else if text.contains("Accepted values") {
        context.report(codes::ACCEPTED, cell.span, "accepted values are mentioned, but not listed as elsewhere");
    }
    described.deprecated = is_deprecated(text);
    text.clone_into(&mut described.text);
    described
}

/// What stands before a closing sentence, which a blank parts from it.
fn parted<'a>(context: &mut Context<'_>, cell: &Inline, before: &'a str, code: Code) -> &'a str {
    let text = before.strip_suffix(' ');
    if text.is_none() && !before.is_empty() {
        context.report(code, cell.span, "there is no blank before the closing sentence");
    }
    text.unwrap_or(before)
}

/// Whether a description marks its parameter as deprecated.
pub(super) fn is_deprecated(text: &str) -> bool {
    text.to_lowercase().contains("(deprecated)") || text.contains("**DEPRECATED**")
}

/// The values of a list that closes a description or stands for a type.
pub(super) fn accepted(context: &mut Context<'_>, cell: &Inline, list: &str) -> Option<Vec<Value>> {
    let mut values: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for value in list.split(", ") {
        if value.is_empty() || value.contains([' ', ',']) || value.ends_with('.') {
            let message = format!("`{}` is no list of accepted values", link::clip(list));
            context.report(codes::ACCEPTED, cell.span, message);
            return None;
        }
        if !seen.insert(value) {
            context.report(
                codes::ACCEPTED,
                cell.span,
                format!("the accepted value `{}` stands twice", link::clip(value)),
            );
            return None;
        }
        values.push(Value::String(value.to_owned()));
    }
    Some(values)
}
