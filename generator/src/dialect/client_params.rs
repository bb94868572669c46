//! Parameters and bulleted responses of client references.

use std::collections::BTreeSet;

use super::client_style::Style;
use super::context::{Body, Context};
use super::describe::Described;
use super::facts::{ClientParam, Linked, SchemaLink};
use super::link::{self, clip};
use super::recognise::Dialect;
use super::table::{self, Record};
use super::{codes, describe, example, names, params, responses};
use crate::markdown::{Inline, Table};
use crate::model::Response;
use crate::source::Span;

/// The types that pages name; all others are schemas.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "file"];

/// What a template of upstream prints for a value that it does not have.
const UNDEFINED: &str = "undefined";

/// Makes the text that a template prints for nothing what it is; no cell is empty instead.
pub(super) fn stated(context: &mut Context<'_>, text: &mut String, span: Span) {
    if text.is_empty() {
        context.report(codes::CELL_EMPTY, span, "there is no description");
    } else if text == UNDEFINED {
        text.clear();
    }
}

/// Reads the section.
pub(super) fn read(context: &mut Context<'_>, body: &mut Body<'_>, style: &Style) -> Vec<Linked<ClientParam>> {
    let found = if style.dialect == Dialect::ClientBullets {
        body.list().map(|(items, _)| items.iter().filter_map(|item| bullet(context, item)).collect::<Vec<_>>())
    } else {
        body.table().map(|table| rows(context, table, style))
    };
    let Some(found) = found else {
        let none = body.paragraph_if(|inline| inline.text == "No parameters needed for this call.");
        if none.is_none() && !body.has_broken_table() {
            context.report(codes::SECTION_EMPTY, body.heading, "the section has no parameters");
        }
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    for param in &found {
        if !seen.insert(&param.fact.name) {
            context.report(codes::PARAM_DUPLICATE, param.fact.span, format!("a second row `{}`", param.fact.name));
        }
    }
    found
}

fn rows(context: &mut Context<'_>, table: &Table, style: &Style) -> Vec<Linked<ClientParam>> {
    let records = table::read(context, table, style.columns);
    records.iter().filter_map(|record| row(context, record)).collect()
}

fn row(context: &mut Context<'_>, record: &Record<'_>) -> Option<Linked<ClientParam>> {
    let name = params::name(context, record)?;
    let required = params::required(context, record);
    let (ty, link, listed) = type_cell(context, record.cell(2));
    let Described { mut text, accepted, link: mentioned, deprecated, .. } = describe::read(context, record.cell(3));
    stated(context, &mut text, record.span);
    if let Some(mentioned) = mentioned
        && link.as_ref().is_none_or(|link| link.title != mentioned.title)
    {
        let message = "the description names another schema than the type";
        context.report(codes::SCHEMA_MENTION, mentioned.span, message);
    }
    let accepted = listed.or(accepted);
    let default = params::value(record.cell(4));
    params::default_against(context, &name, required, default.as_ref(), accepted.as_deref(), record.span);
    let example = self::example(context, record.cell(5), ty.as_deref(), link.as_ref());
    let fact = ClientParam {
        name,
        ty,
        required: Some(required),
        default,
        example,
        accepted,
        description: text,
        deprecated,
        span: record.span,
    };
    Some(Linked { fact, link })
}

type Typed = (Option<String>, Option<SchemaLink>, Option<Vec<serde_json::Value>>);

/// A type by its word, the link to a schema, or (on the pages of one day) the accepted values.
fn type_cell(context: &mut Context<'_>, cell: Option<&Inline>) -> Typed {
    let Some(cell) = cell else { return (None, None, None) };
    let text = cell.line();
    if let Some(list) = text.strip_prefix("One of: ") {
        return (None, None, describe::accepted(context, cell, list));
    }
    if TYPES.contains(&&text[..]) {
        return (Some(text), None, None);
    }
    if text.is_empty() {
        context.report(codes::CELL_EMPTY, cell.span, "the parameter has no type");
    }
    (None, link::type_cell(context, Some(cell)), None)
}

/// The example; that of a schema is a link which says the same as the type.
fn example(
    context: &mut Context<'_>,
    cell: Option<&Inline>,
    ty: Option<&str>,
    link: Option<&SchemaLink>,
) -> Option<serde_json::Value> {
    let cell = cell?;
    let text = params::plain(Some(cell));
    if let Some(link) = link {
        let wanted =
            format!("[{title} Example](_schemas.md#{}-example)", names::anchor(&link.title), title = link.title);
        if text != wanted {
            let message = format!("the example of a `{}` is `{}`", clip(&link.title), clip(&wanted));
            context.report(codes::EXAMPLE_LINK, cell.span, message);
        }
        return None;
    }
    if !cell.links.is_empty() {
        context.report(codes::EXAMPLE_LINK, cell.span, "a link to an example of a parameter without schema");
        return None;
    }
    if text.is_empty() {
        context.report(codes::CELL_EMPTY, cell.span, "the parameter has no example");
    }
    if text.is_empty() || text == UNDEFINED {
        return None;
    }
    if ty == Some("array") {
        let array = example::inspected(text);
        if array.is_none() {
            context.report(codes::EXAMPLE_JSON, cell.span, format!("`{}` is no array", clip(text)));
        }
        return array;
    }
    Some(example::natural(text))
}

/// `{string} deviceId - ID of the device`, with the address of a definition in parentheses behind it.
fn bullet(context: &mut Context<'_>, item: &Inline) -> Option<Linked<ClientParam>> {
    let text = item.line();
    let parts = text.strip_prefix('{').and_then(|rest| rest.split_once("} "));
    let Some((ty, (name, description))) = parts.and_then(|(ty, rest)| Some((ty, named(rest)?))) else {
        context.report(codes::BULLET, item.span, format!("`{}` is no parameter", clip(&text)));
        return None;
    };
    if !names::is_identifier(name) {
        context.report(codes::PARAM_NAME, item.span, format!("`{}` is no name of a parameter here", clip(name)));
        return None;
    }
    if !TYPES.contains(&ty) && ty != UNDEFINED {
        context.report(codes::TYPE_MALFORMED, item.span, format!("`{}` is no type", clip(ty)));
    }
    let (mut description, link) = definition(context, description, item.span);
    if description == UNDEFINED {
        description.clear();
    }
    let fact = ClientParam {
        name: name.to_owned(),
        ty: Some(ty.to_owned()).filter(|ty| ty != UNDEFINED),
        required: None,
        default: None,
        example: None,
        accepted: None,
        deprecated: describe::is_deprecated(&description),
        description,
        span: item.span,
    };
    Some(Linked { fact, link })
}

/// The responses of a list: `200 - What it is`, with the address of a definition behind it.
pub(super) fn response_bullets(context: &mut Context<'_>, items: &[Inline]) -> Vec<Linked<Response>> {
    let mut found = Vec::new();
    for item in items {
        let text = item.line();
        let Some((code, description)) = named(&text) else {
            context.report(codes::BULLET, item.span, format!("`{}` is no response", clip(&text)));
            continue;
        };
        let Some(code) = responses::status(context, code, item.span) else { continue };
        let (description, link) = definition(context, description, item.span);
        let fact = Response { code, schema: None, description, span: Some(item.span) };
        responses::add(context, &mut found, Linked { fact, link });
    }
    found
}

/// Parts `name - text`; the text may be missing.
fn named(text: &str) -> Option<(&str, &str)> {
    text.split_once(" - ").or_else(|| Some((text.strip_suffix(" -")?, "")))
}

/// Parts a description from the address of a definition: `(https://api.getstructure.io/#/definitions/device)`.
fn definition(context: &mut Context<'_>, text: &str, span: Span) -> (String, Option<SchemaLink>) {
    const ADDRESS: &str = "(https://api.getstructure.io/#/definitions/";
    let (before, link) = match text.rfind(ADDRESS) {
        Some(at) => {
            let name = text[at + ADDRESS.len()..].strip_suffix(')').filter(|name| names::is_definition(name));
            if name.is_none() {
                context.report(
                    codes::LINK_TARGET,
                    span,
                    format!("`{}` is no address of a definition", clip(&text[at..])),
                );
            }
            (&text[..at], name.map(|name| link::to_definition(name, span)))
        }
        None => (text, None),
    };
    if link.is_some() && !before.is_empty() && !before.ends_with(' ') {
        context.report(codes::LINK_TARGET, span, "there is no blank before the address of the definition");
    }
    if before.contains("://") {
        context.report(codes::LINK_TARGET, span, "an address that is not that of a definition");
    }
    (before.trim_ascii_end().to_owned(), link)
}
