//! Pages of schemas of client references: their list of contents, and schemas that are one block below their heading.

use super::context::{Body, Context};
use super::facts::SchemaFacts;
use super::outline::{Outline, Part};
use super::recognise::Dialect;
use super::{client, codes, contents, names, schemas, table, text};

/// Checks the list of contents; schemas headed by their names had no list at first.
pub(super) fn head(context: &mut Context<'_>, outline: &Outline<'_>, intro: &mut Body<'_>, dialect: Dialect) {
    text::check_end(context);
    let defined = dialect == Dialect::SchemasDefined;
    if defined {
        // Which API it is, and once its version: what the pages of actions say, too.
        client::api_line(intro);
    }
    if !defined || intro.has_list() {
        contents::list_of(context, intro, &outline.parts);
    }
}

/// A schema without sections, headed by its title, or by the name under which others refer to it.
pub(super) fn schema(context: &mut Context<'_>, part: &Part<'_>, dialect: Dialect) -> Option<SchemaFacts> {
    let heading = part.heading.content.line();
    let defined = dialect == Dialect::SchemasDefined;
    for anchor in &part.heading.content.anchors {
        if !defined || anchor.name != format!("definitions/{heading}") {
            context.report(codes::ANCHOR_MISMATCH, anchor.span, "this anchor is not that of the heading");
        }
    }
    let mut body = Body::new(part.intro, part.span);
    let description = if defined { None } else { body.paragraph() };
    if let Some(inline) = description {
        table::tags(context, inline);
    }
    let missing = (codes::SCHEMA_MISSING, codes::SCHEMA_JSON);
    let found = schemas::json_block(context, &mut body, "javascript", (part.span, &heading), missing);
    body.finish(context, "a schema");
    for section in &part.sections {
        context.report(codes::SECTION_UNKNOWN, section.span, "schemas of this page dialect have no sections");
    }
    let (schema, span) = found.filter(|(schema, span)| schemas::is_schema(context, schema, *span))?;
    let own = schema.get("title").and_then(serde_json::Value::as_str).filter(|_| defined);
    let title = match own {
        Some(title) => title.to_owned(),
        None if defined => names::title_of_camel(&names::camel(&heading)),
        None => heading.clone(),
    };
    Some(SchemaFacts {
        title,
        name: None,
        definition: defined.then_some(heading),
        description: description.map(crate::markdown::Inline::line),
        schema,
        example: None,
        shared_titles: !defined,
        heading: part.span,
        span,
    })
}
