//! Links to schemas.

use super::codes;
use super::context::Context;
use super::facts::SchemaLink;
use super::names;
use crate::markdown::{Inline, Link};
use crate::source::Span;

/// What the words of links to schemas are on a page of a client reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// `[accessTokenPatch](_schemas.md#accesstokenpatch)`.
    Definition,
    /// `[Access Token Patch](_schemas.md#access-token-patch)`, or `(../lib/schemas/accessTokenPatch.json)`.
    Title,
    /// One or the other, told by the first letter.
    Either,
}

/// Whether a link leads to a page of schemas: `schemas.md#x`, `/rest-api/schemas#x`, `../schemas/family.md#x`.
pub(super) fn is_to_schema(link: &Link) -> bool {
    let Some((page, anchor)) = link.target.split_once('#') else { return false };
    let family = page.strip_prefix("../schemas/").and_then(|file| file.strip_suffix(".md"));
    let known = page == "schemas.md" || page == "/rest-api/schemas" || family.is_some_and(|name| !name.contains('/'));
    !anchor.is_empty() && known
}

/// The link as a fact, or a report of what is wrong with it.
pub(super) fn read(context: &mut Context<'_>, link: &Link) -> Option<SchemaLink> {
    let title = link.text.trim_matches([' ', '\n', '\t']);
    if title.is_empty() || link.target.trim_ascii().is_empty() {
        context.report(codes::LINK_EMPTY, link.span, "a link without words or without target");
        return None;
    }
    let written = context.slice(link.span);
    if title != link.text || !written.ends_with(&format!("]({})", link.target)) {
        context.report(codes::LINK_BLANK, link.span, "a blank around the words of a link, or around its target");
    }
    if let Some(words) = context.client {
        return of_client(context, link, title, words);
    }
    if context.docusaurus {
        return on_this_page(context, link, title);
    }
    if !is_to_schema(link) {
        context.report(
            codes::LINK_TARGET,
            link.span,
            format!("`{}` is no anchor of a schemas page", clip(&link.target)),
        );
        return None;
    }
    let anchor = link.target.split_once('#').map_or("", |(_, anchor)| anchor).to_owned();
    Some(SchemaLink { title: title.to_owned(), anchor, definition: None, span: link.span })
}

/// A link on a page of a client reference, whose target says the same as its words.
fn of_client(context: &mut Context<'_>, link: &Link, words: &str, kind: Words) -> Option<SchemaLink> {
    if let Some(definition) = link.target.strip_prefix("../lib/schemas/").and_then(|rest| rest.strip_suffix(".json"))
        && names::is_definition(definition)
    {
        let definition = Some(definition.to_owned());
        return Some(SchemaLink { title: words.to_owned(), anchor: String::new(), definition, span: link.span });
    }
    let Some(anchor) = link.target.strip_prefix("_schemas.md#") else {
        let message = format!("`{}` is no anchor of a schemas page", clip(&link.target));
        context.report(codes::LINK_TARGET, link.span, message);
        return None;
    };
    let is_definition = kind == Words::Definition || (kind == Words::Either && names::is_definition(words));
    let says_the_same = match anchor.strip_prefix("/definitions/") {
        Some(definition) => is_definition && definition == words,
        None if is_definition => anchor == words.to_lowercase(),
        None => anchor == names::anchor(words),
    };
    if !says_the_same || is_definition != names::is_definition(words) {
        let message = format!("the words say `{}`, the target says `{}`", clip(words), clip(anchor));
        context.report(codes::LINK_WORDS, link.span, message);
        return None;
    }
    Some(if is_definition {
        to_definition(words, link.span)
    } else {
        SchemaLink { title: words.to_owned(), anchor: anchor.to_owned(), definition: None, span: link.span }
    })
}

/// A link that has no title, only the name by which other schemas call it.
pub(super) fn to_definition(definition: &str, span: Span) -> SchemaLink {
    let title = names::title_of_camel(&names::camel(definition));
    SchemaLink { title, anchor: String::new(), definition: Some(definition.to_owned()), span }
}

/// A link on a page that shows its schemas itself: `#definition-name`.
fn on_this_page(context: &mut Context<'_>, link: &Link, title: &str) -> Option<SchemaLink> {
    let Some(anchor) = link.target.strip_prefix('#').filter(|anchor| !anchor.is_empty()) else {
        let message = format!("`{}` is no schema of this page", clip(&link.target));
        context.report(codes::LINK_TARGET, link.span, message);
        return None;
    };
    let definition = names::camel(anchor);
    if names::dashed(&definition) != *anchor {
        let message = format!("`{}` is no name in lower case with dashes", clip(anchor));
        context.report(codes::LINK_TARGET, link.span, message);
        return None;
    }
    let definition = Some(definition);
    Some(SchemaLink { title: title.to_owned(), anchor: anchor.to_owned(), definition, span: link.span })
}

/// The type cell of a response or an event: one link, or nothing.
pub(super) fn type_cell(context: &mut Context<'_>, cell: Option<&Inline>) -> Option<SchemaLink> {
    let cell = cell?;
    let text = cell.line();
    // Upstream pages print a word for an answer without content, pages of ours nothing.
    if text == if context.canonical { "" } else { "undefined" } {
        return None;
    }
    match &cell.links[..] {
        [link] if link.span == cell.span => read(context, link),
        _ => {
            context.report(codes::TYPE_MALFORMED, cell.span, format!("`{}` is no link to a schema", clip(&text)));
            None
        }
    }
}

/// A text short enough for a message.
pub(super) fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}
