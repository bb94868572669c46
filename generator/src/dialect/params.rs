//! Tables of parameters.

use serde_json::Value;

use super::codes;
use super::context::Context;
use super::describe::{self, Described};
use super::example::{self, ExampleError};
use super::facts::{Linked, SchemaLink};
use super::link::{self, clip};
use super::names;
use super::table::{self, Record};
use super::url::is_marker;
use crate::markdown::{Inline, Table};
use crate::model::{Encoding, Location, Param};
use crate::source::Span;

pub(super) const PATH: &[&str] = &["Path Component", "Description", "Example"];
pub(super) const QUERY: &[&str] = &["Name", "Required", "Description", "Default", "Example"];
pub(super) const HEADERS: &[&str] = &["Name", "Required", "Description", "Default"];

const UNKNOWN: &str = "?";

const UPSTREAM_TOKEN: &str = "The token for authenticating the request, prepended with Bearer";
const OWN_TOKEN: &str = "The word Bearer, a space and an API token.";

/// The rows of Request Path Components, each with the name as the URL marks it.
pub(super) fn path(context: &mut Context<'_>, table: &Table) -> Vec<(String, Linked<Param>)> {
    let mut params = Vec::new();
    for record in table::read_typed(context, table, PATH) {
        let marker = plain(record.cell(0)).to_owned();
        if !is_marker(&marker) {
            bad_name(context, &record, &marker);
            continue;
        }
        let described = describe::read(context, record.cell(1));
        let example = value(record.cell(2));
        let name = names::camel_of_marker(&marker);
        let mut made = param(name, Location::Path, true, described, None, example, record.span);
        made.fact.ty = documented(context, &record, PATH.len());
        params.push((marker, made));
    }
    duplicates(context, params.iter().map(|(_, param)| param));
    params
}

/// The rows of Request Query Parameters, or of a form; `named` says whether examples are written as they travel.
pub(super) fn values(context: &mut Context<'_>, table: &Table, location: Location, named: bool) -> Vec<Linked<Param>> {
    let is_form = location == Location::Multipart;
    let mut params = Vec::new();
    for record in table::read_typed(context, table, QUERY) {
        let Some(name) = name(context, &record) else { continue };
        let required = required(context, &record);
        let described = describe::read(context, record.cell(2));
        let default = value(record.cell(3));
        let is_file = is_form && matches!(&record.text(4)[..], "" | "``") && described.link.is_none();
        let (example, encoding) = shown(context, &record, &name, described.link.as_ref(), named);
        let said = described.encoding;
        if is_form && said == Some(Encoding::Brackets) {
            context.report(codes::ENCODING, record.span, format!("`{name}` is a part of a form, which is JSON text"));
        } else if !is_form && said.is_some() && encoding.is_some() && said != encoding {
            context.report(codes::ENCODING, record.span, format!("the example of `{name}` travels in another way"));
        }
        let mut made = param(name, location, required, described, default, example, record.span);
        if is_file {
            made.fact.inferred = Some("file".to_owned());
        }
        made.fact.encoding = if is_form { None } else { said.or(encoding) };
        made.fact.ty = documented(context, &record, QUERY.len());
        check_default(context, &made.fact, record.span);
        params.push(made);
    }
    duplicates(context, params.iter());
    params
}

/// What a row shows as its example, and how that travels.
fn shown(
    context: &mut Context<'_>,
    record: &Record<'_>,
    name: &str,
    schema: Option<&SchemaLink>,
    named: bool,
) -> (Option<Value>, Option<Encoding>) {
    let Some(cell) = record.cell(4) else { return (None, None) };
    if cell.links.iter().any(|found| link::is_to_schema(found) && found.span == cell.span) {
        linked_example(context, cell, schema);
        return (None, None);
    }
    // On pages of ours a part of a form of which no page shows a value has a question mark.
    let written = if context.canonical && cell.text == UNKNOWN { String::new() } else { coded(context, cell) };
    if written.is_empty() {
        if schema.is_some() && !context.canonical {
            context.report(codes::LINK_EXAMPLE, cell.span, "the example of the schema in the description is missing");
        }
        (None, None)
    } else if named {
        decode(context, name, &written, cell.span)
    } else {
        (Some(example::natural(&written)), None)
    }
}

/// Checks `[Title Example](schemas.md#title-example)`, which stands for the example of the parameter's schema.
fn linked_example(context: &mut Context<'_>, cell: &Inline, schema: Option<&SchemaLink>) {
    let same = cell.links.first().zip(schema).is_some_and(|(found, schema)| {
        found.text == format!("{} Example", schema.title)
            && found.target.rsplit_once('#').is_some_and(|(_, anchor)| anchor == format!("{}-example", schema.anchor))
    });
    if !same {
        context.report(codes::LINK_EXAMPLE, cell.span, "this is not the example of the schema in the description");
    }
}

/// The rows of Request Headers: where `Authorization` stands, and all others.
pub(super) fn headers(context: &mut Context<'_>, table: &Table) -> (Option<Span>, Vec<Linked<Param>>) {
    let mut authorization = None;
    let mut params = Vec::new();
    for record in table::read_typed(context, table, HEADERS) {
        let name = plain(record.cell(0)).to_owned();
        if name == "Authorization" {
            if authorization.is_some() {
                context.report(codes::PARAM_DUPLICATE, record.span, "a second row `Authorization`");
            }
            if !required(context, &record) {
                context.report(codes::PARAM_REQUIRED, record.span, "the row `Authorization` is not marked as required");
            }
            let wanted = if context.canonical { OWN_TOKEN } else { UPSTREAM_TOKEN };
            if record.text(2) != wanted || !record.text(3).is_empty() {
                context.report(codes::AUTHORIZATION_ROW, record.span, format!("the description is not `{wanted}`"));
            }
            authorization = Some(record.span);
            continue;
        }
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            bad_name(context, &record, &name);
            continue;
        }
        let required = required(context, &record);
        let described = describe::read(context, record.cell(2));
        let default = value(record.cell(3));
        let mut made = param(name, Location::Header, required, described, default, None, record.span);
        made.fact.ty = documented(context, &record, HEADERS.len());
        params.push(made);
    }
    duplicates(context, params.iter());
    (authorization, params)
}

/// Whether the examples of a table are written as they travel, judged by any of them.
pub(super) fn examples_are_named(table: &Table) -> bool {
    let places = table.header.cells.iter().map(Inline::line).collect::<Vec<_>>();
    let place = |name: &str| places.iter().position(|column| column == name);
    let (Some(name), Some(example)) = (place("Name"), place("Example")) else { return false };
    table.rows.iter().any(|row| example::is_named(plain(row.cells.get(name)), plain(row.cells.get(example))))
}

/// A parameter of which a page says nothing but these.
pub(super) fn param(
    name: String,
    location: Location,
    required: bool,
    described: Described,
    default: Option<Value>,
    example: Option<Value>,
    span: Span,
) -> Linked<Param> {
    let mut fact = Param {
        name,
        location,
        required,
        ty: None,
        inferred: None,
        schema: None,
        default,
        example,
        accepted: described.accepted,
        encoding: None,
        description: described.text,
        deprecated: described.deprecated,
        span: Some(span),
    };
    if described.link.is_none() {
        fact.inferred = inferred(&fact);
    }
    Linked { fact, link: described.link }
}

/// The type that default and example of a parameter without a schema speak for.
pub fn inferred(param: &Param) -> Option<String> {
    if param.accepted.is_some() {
        return None;
    }
    let kinds: Vec<&str> = [&param.default, &param.example]
        .into_iter()
        .flatten()
        .map(|value| match value {
            Value::Number(_) => "integer",
            Value::Bool(_) => "boolean",
            Value::String(text) if is_id(text) => "id",
            _ => "",
        })
        .collect();
    let first = kinds.first().copied().filter(|kind| !kind.is_empty() && kinds.iter().all(|other| other == kind))?;
    let text = param.description.to_lowercase();
    let since_epoch = text.contains("ms since epoch") || text.contains("milliseconds since epoch");
    Some(if first == "integer" && since_epoch { "timestamp" } else { first }.to_owned())
}

fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The text of a cell as it is written.
pub(super) fn plain(cell: Option<&Inline>) -> &str {
    cell.map_or("", |cell| &cell.text[..])
}

/// The text of a cell that the newest pages print as code, but where it holds backticks itself.
pub(super) fn coded(context: &mut Context<'_>, cell: &Inline) -> String {
    let text = &cell.text[..];
    let inner = text.strip_prefix('`').and_then(|inner| inner.strip_suffix('`')).filter(|inner| !inner.contains('`'));
    let newest = context.canonical || context.docusaurus;
    // Pages for Docusaurus put even nothing in backticks.
    if newest && !text.contains('`') && (context.docusaurus || !text.is_empty()) {
        context.report(codes::CELL_CODE, cell.span, "there are no backticks around this value");
    }
    inner.filter(|_| newest).unwrap_or(text).to_owned()
}

pub(super) fn value(cell: Option<&Inline>) -> Option<Value> {
    let text = plain(cell);
    (!text.is_empty()).then(|| example::natural(text))
}

pub(super) fn name(context: &mut Context<'_>, record: &Record<'_>) -> Option<String> {
    let name = plain(record.cell(0)).to_owned();
    let fine = names::is_identifier(&name);
    if !fine {
        bad_name(context, record, &name);
    }
    fine.then_some(name)
}

/// The documented type, behind the columns that every table has.
pub(super) fn documented(context: &mut Context<'_>, record: &Record<'_>, column: usize) -> Option<String> {
    let cell = record.cell(column)?;
    let text = plain(Some(cell));
    if text.is_empty() {
        return None;
    }
    if !names::is_identifier(text) {
        context.report(codes::TYPE_WORD, cell.span, format!("`{}` is no type", clip(text)));
        return None;
    }
    Some(text.to_owned())
}

fn bad_name(context: &mut Context<'_>, record: &Record<'_>, name: &str) {
    let span = record.cell(0).map_or(record.span, |cell| cell.span);
    context.report(codes::PARAM_NAME, span, format!("`{}` is no name of a parameter here", clip(name)));
}

pub(super) fn required(context: &mut Context<'_>, record: &Record<'_>) -> bool {
    let Some(cell) = record.cell(1) else { return false };
    let text = cell.line();
    if text != "Y" && text != "N" {
        context.report(codes::PARAM_REQUIRED, cell.span, format!("`{}` is neither Y nor N", clip(&text)));
    }
    text == "Y"
}

fn decode(context: &mut Context<'_>, name: &str, text: &str, span: Span) -> (Option<Value>, Option<Encoding>) {
    match example::decode(name, text) {
        Ok((value, encoding)) => (Some(value), encoding),
        Err(error) => {
            match error {
                ExampleError::Form(message) => context.report(codes::EXAMPLE_NAME, span, message),
                ExampleError::Json(message) => context.report(codes::EXAMPLE_JSON, span, message),
            }
            (None, None)
        }
    }
}

fn check_default(context: &mut Context<'_>, param: &Param, span: Span) {
    default_against(context, &param.name, param.required, param.default.as_ref(), param.accepted.as_deref(), span);
}

/// A default against what else is said of a parameter.
pub(super) fn default_against(
    context: &mut Context<'_>,
    name: &str,
    required: bool,
    default: Option<&Value>,
    accepted: Option<&[Value]>,
    span: Span,
) {
    let Some(default) = default else { return };
    let written = default.as_str().map_or_else(|| default.to_string(), ToOwned::to_owned);
    if let Some(accepted) = accepted
        && !accepted.iter().any(|value| value.as_str() == Some(&written))
    {
        context.report(
            codes::DEFAULT_ACCEPTED,
            span,
            format!("the default `{}` is none of the accepted values", clip(&written)),
        );
    }
    if required {
        context.report(codes::DEFAULT_REQUIRED, span, format!("`{name}` is required and has a default"));
    }
}

fn duplicates<'a>(context: &mut Context<'_>, params: impl Iterator<Item = &'a Linked<Param>>) {
    let mut seen = std::collections::BTreeSet::new();
    for param in params {
        if !seen.insert(&param.fact.name)
            && let Some(span) = param.fact.span
        {
            context.report(codes::PARAM_DUPLICATE, span, format!("a second row `{}`", param.fact.name));
        }
    }
}
