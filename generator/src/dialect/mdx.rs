//! What only pages for Docusaurus have: the line of an import, and a last part with every schema that the page links to,
//! as `<JsonDisplay data={ … } />`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::codes;
use super::context::{Body, Context};
use super::facts::{ResourceFacts, SchemaFacts};
use super::link::clip;
use super::outline::{Outline, Part, Section};
use super::recognise::Dialect;
use super::section::Kind;
use super::{json, literal, schemas};
use crate::diagnostic::Code;
use crate::markdown::{Anchor, BlockKind, Spelling};
use crate::source::{Source, Span};

const IMPORT: &str = "import JsonDisplay from '@site/src/components/JsonDisplay'";
/// What a schema or an example stands in.
pub(super) const DISPLAY: &str = "<JsonDisplay";
const PART: &str = "Schemas";

/// Whether a page has what no other dialect has.
pub(super) fn is_docusaurus(source: &Source, outline: &Outline<'_>) -> bool {
    let braced = |section: &Section<'_>| section.heading.content.anchors.iter().any(is_braced);
    outline.parts.iter().flat_map(|part| &part.sections).any(braced)
        || source.text.lines().any(|line| line.starts_with(DISPLAY) || line == IMPORT)
}

/// Whether a text is the import that pages for Docusaurus begin with.
pub(super) fn is_import(text: &str) -> bool {
    text == IMPORT
}

/// Whether an anchor is written as only these pages have them.
pub(super) fn is_braced(anchor: &Anchor) -> bool {
    anchor.spelling == Spelling::Braced
}

/// Takes the part of the schemas off a page and reads it.
pub(super) fn schemas(context: &mut Context<'_>, outline: &mut Outline<'_>) -> Vec<SchemaFacts> {
    let is_part = |part: &Part<'_>| {
        part.heading.content.line() == PART && part.sections.iter().all(|section| Kind::of(section).is_none())
    };
    let Some(at) = outline.parts.iter().position(is_part) else { return Vec::new() };
    let part = outline.parts.remove(at);
    if let Some(behind) = outline.parts.get(at) {
        context.report(codes::SECTION_ORDER, behind.span, "an action behind the schemas of the page");
    }
    Body::new(part.intro, part.span).finish(context, "the part of the schemas");
    let mut found = Vec::new();
    let mut rest = &part.sections[..];
    if rest.is_empty() {
        context.report(codes::NO_SCHEMAS, part.span, "there are no schemas below this heading");
    }
    while let Some((first, below)) = rest.split_first() {
        let length = below.iter().position(|section| section.heading.level <= 3).unwrap_or(below.len());
        let (sections, next) = below.split_at(length);
        rest = next;
        if first.heading.level != 3 {
            context.report(codes::SECTION_LEVEL, first.span, "the schemas of a page have headings of level 3");
            continue;
        }
        let sections = sections.iter().map(|own| Section { heading: own.heading, span: own.span, blocks: own.blocks });
        let schema =
            Part { heading: first.heading, span: first.span, intro: first.blocks, sections: sections.collect() };
        found.extend(schemas::schema(context, &schema, Dialect::Docusaurus));
    }
    found
}

/// Reports schemas that nothing on the page links to: a link was lost.
pub(super) fn unlinked(context: &mut Context<'_>, resource: &ResourceFacts, schemas: &[SchemaFacts]) {
    let links: BTreeMap<_, _> = resource.links().map(|link| (link.definition.as_deref(), link.span)).collect();
    for schema in schemas {
        if !links.contains_key(&schema.definition.as_deref()) {
            let message = format!("nothing on this page links to `{}`", clip(&schema.title));
            context.report(codes::SCHEMA_UNLINKED, schema.heading, message);
        }
    }
}

/// The definition name that the anchor of a schema's heading spells with dashes.
pub(super) fn definition(context: &mut Context<'_>, part: &Part<'_>) -> Option<String> {
    let [anchor] = &part.heading.content.anchors[..] else {
        context.report(codes::ANCHOR_MISSING, part.span, "the heading of a schema needs one anchor");
        return None;
    };
    schemas::definition_name(context, anchor)
}

/// The value of `<JsonDisplay data={ … } />`, and where its literal stands; none where there is no such block.
pub(super) fn display(context: &mut Context<'_>, body: &mut Body<'_>, code: Code) -> Option<(Option<Value>, Span)> {
    let page = context.source;
    let slice = |span: Span| page.text.get(span.start..span.end).unwrap_or_default();
    let span = body.block_if(|block| {
        matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Html(_)) && slice(block.span).starts_with(DISPLAY)
    })?;
    let Some(literal) = slice(span).strip_prefix(DISPLAY).and_then(|rest| rest.strip_prefix(" data={ ")) else {
        context.report(codes::DISPLAY, span, "the literal does not stand in `data={ … }`");
        return Some((None, span));
    };
    let from = Span { start: span.end - literal.len(), ..span };
    let (value, length) = match literal::parse(literal) {
        Ok(found) => found,
        Err(error) => {
            json::report(context, from, &error, code);
            return Some((None, from));
        }
    };
    let place = Span { end: from.start + length, ..from };
    if slice(span).contains('\n') {
        context.report(codes::DISPLAY, from, "the literal is broken into lines");
    }
    if &literal[length..] != " } />" {
        let behind = Span { start: place.end, ..from };
        context.report(codes::DISPLAY, behind, "behind the literal stands something else than `} />`");
    }
    Some((Some(value), place))
}
