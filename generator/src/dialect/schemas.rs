//! Pages of schemas: title, description, schema and example.

use std::collections::BTreeMap;

use serde_json::Value;

use super::codes;
use super::context::{Body, Context};
use super::facts::SchemaFacts;
use super::link::clip;
use super::outline::{Outline, Part, Section};
use super::recognise::Dialect;
use super::{json, mdx, names, rest, table};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Anchor, BlockKind};
use crate::source::Span;

/// Reads a page of schemas.
pub(super) fn read(context: &mut Context<'_>, outline: &Outline<'_>, dialect: Dialect) -> Vec<SchemaFacts> {
    let start = Span::new(context.file, 0..0);
    for block in outline.lead {
        match &block.kind {
            BlockKind::FrontMatter(text) if block.span.start == 0 => rest::front_matter(context, text, block.span),
            BlockKind::Paragraph(inline) if inline.text.starts_with("description: ") => {}
            _ => context.unexpected(block, "the head of the page"),
        }
    }
    if outline.title.is_none() {
        context.report(codes::TITLE_MISSING, start, "the page has no title");
    }
    let mut intro = Body::new(outline.intro, start);
    while let Some(inline) = intro.paragraph() {
        // Pages of ours may say what the family is about.
        table::tags(context, inline);
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
        if let Some(schema) = schema(context, part, dialect) {
            schemas.push(schema);
        }
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
    let missing = |context: &mut Context<'_>, code| {
        context.report(code, part.span, format!("`{}` is incomplete", clip(&title)));
    };
    let block = |context: &mut Context<'_>, word, missing_code, json_code| -> Option<(Value, Span)> {
        let Some((span, section)) = found.get(word) else {
            missing(context, missing_code);
            return None;
        };
        let mut body = Body::new(section.blocks, *span);
        let shown = if dialect == Dialect::Docusaurus {
            mdx::display(context, &mut body, json_code)
        } else {
            code_block(context, &mut body, json_code)
        };
        if shown.is_none() {
            missing(context, missing_code);
        }
        body.finish(context, "a schema");
        shown.and_then(|(value, span)| Some((value?, span)))
    };
    let schema = block(context, "Schema", codes::SCHEMA_MISSING, codes::SCHEMA_JSON);
    let example = block(context, "Example", codes::SCHEMA_EXAMPLE, codes::SCHEMA_EXAMPLE_JSON);
    let (schema, span) = schema?;
    if !schema.is_object() {
        context.report(codes::SCHEMA_SHAPE, span, "this JSON is no schema");
        return None;
    }
    Some(SchemaFacts {
        shared_titles: dialect == Dialect::SchemasAnchored,
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

/// The name in the heading of a schema of ours whose title another one has, too.
fn stated_name(context: &mut Context<'_>, part: &Part<'_>, dialect: Dialect) -> Option<String> {
    let anchor = part.heading.content.anchors.first().filter(|_| dialect == Dialect::SchemasCanonical)?;
    if names::kebab(&anchor.name) != anchor.name {
        context.report(codes::ANCHOR_MISMATCH, anchor.span, "this anchor is no name in lower case with dashes");
        return None;
    }
    Some(anchor.name.clone())
}

/// A json block with the place of its text; none where there is no block.
fn code_block(context: &mut Context<'_>, body: &mut Body<'_>, json_code: Code) -> Option<(Option<Value>, Span)> {
    let (code, span) = body.code()?;
    if !code.closed {
        // Reported as such.
        return Some((None, span));
    }
    if code.language != "json" {
        context.report(codes::CODE_LANGUAGE, span, "schemas and their examples are json blocks");
    }
    Some((json::block(context, code, json_code), code.content))
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
    let name = if anchor.name.contains('-') { names::camel(&anchor.name) } else { anchor.name.clone() };
    if !names::is_identifier(&name) {
        context.report(codes::ANCHOR_MISMATCH, anchor.span, "this anchor is no definition name");
        return None;
    }
    Some(name)
}

/// Which of the two sections this is, after checking title, level and anchor.
fn word(context: &mut Context<'_>, section: &Section<'_>, title: &str, dialect: Dialect) -> Option<&'static str> {
    let words = section.heading.content.line();
    let titled = matches!(dialect, Dialect::SchemasTitled | Dialect::Docusaurus);
    let own = if titled { words.strip_prefix(title).map(str::trim_start) } else { Some(&words[..]) };
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
    if dialect == Dialect::SchemasAnchored {
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
