//! Descriptions of parameters: the prose, and the facts in its closing sentences.

use std::collections::BTreeSet;

use serde_json::Value;

use super::codes;
use super::context::Context;
use super::facts::SchemaLink;
use super::link;
use crate::markdown::Inline;

const ACCEPTED: &str = "Accepted values are:";
const SEE: &str = "See [";
const SEE_END: &str = ") for more details.";

/// A description taken apart.
pub(super) struct Described {
    pub text: String,
    pub accepted: Option<Vec<Value>>,
    pub link: Option<SchemaLink>,
    pub deprecated: bool,
}

/// Takes a description apart.
pub(super) fn read(context: &mut Context<'_>, cell: Option<&Inline>) -> Described {
    let mut described = Described { text: String::new(), accepted: None, link: None, deprecated: false };
    let Some(cell) = cell else { return described };
    let line = cell.line();
    let mut text = &line[..];
    if text.ends_with(SEE_END)
        && let Some(at) = text.rfind(SEE)
        && let Some(found) = cell
            .links
            .last()
            .filter(|found| link::is_to_schema(found) || found.target.contains(['#']) || found.target.is_empty())
    {
        described.link = link::read(context, found);
        text = text[..at].trim_end();
    }
    if let Some(at) = text.rfind(ACCEPTED) {
        let list = text[at + ACCEPTED.len()..].trim();
        let list = if described.link.is_some() { list.strip_suffix('.').unwrap_or(list) } else { list };
        text = text[..at].trim_end();
        described.accepted = accepted(context, cell, list);
    } else if text.contains("Accepted values") {
        context.report(codes::ACCEPTED, cell.span, "accepted values are mentioned, but not listed as elsewhere");
    }
    described.deprecated = text.to_lowercase().contains("(deprecated)") || text.contains("**DEPRECATED**");
    text.clone_into(&mut described.text);
    described
}

fn accepted(context: &mut Context<'_>, cell: &Inline, list: &str) -> Option<Vec<Value>> {
    let mut values: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for item in list.split(',') {
        let value = item.trim().trim_matches('`');
        if value.is_empty() || value.contains(char::is_whitespace) || value.ends_with('.') {
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
