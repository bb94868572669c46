//! Pages of schemas: title, description, schema and example.

use std::collections::BTreeMap;

use serde_json::Value;

use super::codes;
use super::context::{Body, Context};
use super::facts::SchemaFacts;
use super::link::clip;
use super::outline::{Outline, Part, Section};
use super::recognise::{Dialect, stem};
use super::rest::pretty_title;
use super::{json, lead, mdx, names, schemas_client, table};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Anchor;
use crate::source::Span;

/// Reads a page of schemas.
pub(super) fn read(context: &mut Context<'_>, outline: &Outline<'_>, dialect: Dialect) -> Vec<SchemaFacts> {
    let start = Span::new(context.file, 0..0);
    lead::read(context, outline, dialect, "");
    match outline.title {
        None => context.report(codes::TITLE_MISSING, start, "the page has no title"),
        Some(title) => {
            let words = title.heading.content.line();
            let file = stem(&context.source.path);
            let fits = if context.canonical {
                let expected = names::title_of_camel(&names::camel(file));
                words == expected || words == pretty_title(&expected)
            } else {
                words == "Schemas"
            };
            if !fits {
                let message = format!("the title `{}` is not that of `{file}`", clip(&words));
                context.report(codes::TITLE_FILE, title.span, message);
            }
        }
    }
    let mut intro = Body::new(outline.intro, start);
    if dialect.is_of_client() {
        schemas_client::head(context, outline, &mut intro, dialect);
    }
    intro.finish(context, "the introduction of the page");
    for section in &outline.stray {
        context.report(codes::SECTION_UNKNOWN, section.span, "a section above the first schema");
    }
    if outline.parts.is_empty() {
        context.report(codes::NO_SCHEMAS, outline.title.map_or(start, |title| title.span), "the page has no schema");
    }
    let mut schemas = Vec::with_capacity(outline.parts.len());
    for part in outline.parts.iter().filter(|part| part.heading.level == 2) {
        schemas.extend(if matches!(dialect, Dialect::SchemasDefined | Dialect::SchemasPlain) {
            schemas_client::schema(context, part, dialect)
        } else {
            schema(context, part, dialect)
        });
    }
    schemas
}

/// Reads one schema.
pub(super) fn schema(context: &mut Context<'_>, part: &Part<'_>, dialect: Dialect) -> Option<SchemaFacts> {
    let title = part.heading.content.line();
    let name = stated_name(context, part, dialect);
    let heading = if dialect == Dialect::Docusaurus { mdx::definition(context, part) } else { None };
    let (description, definition) = intro(context, part, heading);
    let mut found: BTreeMap<&str, (Span, &Section<'_>)> = BTreeMap::new();
    for section in &part.sections {
        let Some(word) = word(context, section, &title, dialect) else { continue };
        if let Some((first, _)) = found.insert(word, (section.span, section)) {
            let diagnostic =
                Diagnostic::new(codes::SECTION_DUPLICATE, section.span, format!("a second `{word}` of one schema"));
            context.diagnostics.push(diagnostic.with_related(first, "the first one"));
        }
    }
    if let (Some((schema, _)), Some((example, _))) = (found.get("Schema"), found.get("Example"))
        && example.start < schema.start
    {
        context.report(codes::SECTION_ORDER, *schema, "the example stands before the schema");
    }
    let block = |context: &mut Context<'_>, word, missing, not_json| -> Option<(Value, Span)> {
        let (span, section) = found.get(word).map_or((part.span, &[][..]), |(span, section)| (*span, section.blocks));
        let mut body = Body::new(section, span);
        let value = if dialect == Dialect::Docusaurus {
            let shown = mdx::display(context, &mut body, not_json);
            if shown.is_none() {
                context.report(missing, part.span, format!("`{}` is incomplete", clip(&title)));
            }
            shown.and_then(|(value, span)| Some((value?, span)))
        } else {
            json_block(context, &mut body, "json", (part.span, &title), (missing, not_json))
        };
        body.finish(context, "a schema");
        value
    };
    let schema = block(context, "Schema", codes::SCHEMA_MISSING, codes::SCHEMA_JSON);
    let schema = schema.filter(|(schema, span)| is_schema(context, schema, *span));
    let example = block(context, "Example", codes::SCHEMA_EXAMPLE, codes::SCHEMA_EXAMPLE_JSON);
    let (schema, span) = schema?;
    Some(SchemaFacts {
        shared_titles: matches!(dialect, Dialect::SchemasAnchored | Dialect::SchemasListed),
        title,
        name,
        definition,
        description,
        schema,
        example: example.map(|(value, _)| value),
        heading: part.span,
        span,
    })
}

/// The JSON of a block; what is missing or wrong is reported at the heading or in the block.
pub(super) fn json_block(
    context: &mut Context<'_>,
    body: &mut Body<'_>,
    language: &str,
    (heading, title): (Span, &str),
    (missing, not_json): (Code, Code),
) -> Option<(Value, Span)> {
    let Some((code, span)) = body.code() else {
        context.report(missing, heading, format!("`{}` is incomplete", clip(title)));
        return None;
    };
    if !code.closed {
        // An open fence is reported as such.
        return None;
    }
    if code.language != language {
        context.report(codes::CODE_LANGUAGE, span, format!("schemas and their examples are {language} blocks"));
    }
    json::block(context, code, not_json).map(|value| (value, code.content))
}

/// Whether a JSON text is a schema; what is none is reported.
pub(super) fn is_schema(context: &mut Context<'_>, schema: &Value, span: Span) -> bool {
    if !schema.is_object() {
        context.report(codes::SCHEMA_SHAPE, span, "this JSON is no schema");
    }
    schema.is_object()
}

/// The name in the heading of a schema of ours whose title another one has, too.
fn stated_name(context: &mut Context<'_>, part: &Part<'_>, dialect: Dialect) -> Option<String> {
    let anchor = part.heading.content.anchors.first().filter(|_| dialect == Dialect::SchemasCanonical)?;
    if names::kebab(&anchor.name) != anchor.name {
        context.report(codes::ANCHOR_MISMATCH, anchor.span, "this anchor is no name in lower case with dashes");
        return None;
    }
    Some(anchor.name.clone())
}

/// Description and definition name, which the heading may have stated.
fn intro(
    context: &mut Context<'_>,
    part: &Part<'_>,
    mut definition: Option<String>,
) -> (Option<String>, Option<String>) {
    let mut paragraphs = Vec::new();
    let mut body = Body::new(part.intro, part.span);
    while let Some(inline) = body.paragraph() {
        table::tags(context, inline);
        for anchor in &inline.anchors {
            let name = definition_name(context, anchor);
            if definition.is_some() {
                context.report(codes::ANCHOR_MISMATCH, anchor.span, "a second definition name of one schema");
            }
            definition = definition.or(name);
        }
        if !inline.is_empty() {
            paragraphs.push(inline.line());
        }
    }
    body.finish(context, "the text of the schema");
    ((!paragraphs.is_empty()).then(|| paragraphs.join("\n\n")), definition)
}

/// The definition name in an anchor: upstream prints it in dashes, pages of ours as it is.
pub(super) fn definition_name(context: &mut Context<'_>, anchor: &Anchor) -> Option<String> {
    let name = if context.canonical { anchor.name.clone() } else { names::camel(&anchor.name) };
    if !names::is_definition(&name) || !(context.canonical || names::dashed(&name) == anchor.name) {
        context.report(codes::ANCHOR_MISMATCH, anchor.span, "this anchor is no definition name");
        return None;
    }
    Some(name)
}

/// Which of the two sections this is, after checking title, level and anchor.
fn word(context: &mut Context<'_>, section: &Section<'_>, title: &str, dialect: Dialect) -> Option<&'static str> {
    let words = section.heading.content.line();
    let titled = matches!(dialect, Dialect::SchemasTitled | Dialect::Docusaurus);
    let own = if titled { words.strip_prefix(title).and_then(|rest| rest.strip_prefix(' ')) } else { Some(&words[..]) };
    let word = ["Schema", "Example"].into_iter().find(|word| own == Some(word));
    let Some(word) = word else {
        if !words.is_empty() {
            context.report(
                codes::SECTION_UNKNOWN,
                section.span,
                format!("`{}` is no section of `{}`", clip(&words), clip(title)),
            );
        }
        return None;
    };
    let level = if dialect == Dialect::Docusaurus { 4 } else { 3 };
    if section.heading.level != level {
        let message = format!("a heading of level {} where the page has level {level}", section.heading.level);
        context.report(codes::SECTION_LEVEL, section.span, message);
    }
    if matches!(dialect, Dialect::SchemasAnchored | Dialect::SchemasListed) {
        let wanted = format!("{}-{}", names::anchor(title), word.to_lowercase());
        match section.heading.content.anchors.first() {
            None => context.report(codes::ANCHOR_MISSING, section.span, "the heading needs its anchor"),
            Some(anchor) if anchor.name != wanted => {
                context.report(
                    codes::ANCHOR_MISMATCH,
                    anchor.span,
                    format!("the anchor of this heading is `{}`", clip(&wanted)),
                );
            }
            Some(_) => {}
        }
    }
    Some(word)
}
