//! Pages of actions: the head of the page, then action by action.

use std::collections::{BTreeMap, BTreeSet};

use super::action;
use super::codes;
use super::context::{Body, Context};
use super::facts::{ResourceFacts, Url};
use super::link::clip;
use super::names;
use super::outline::Outline;
use super::recognise::{Dialect, stem};
use super::section::Kind;
use super::{lead, params, url};
use crate::markdown::{BlockKind, Page};
use crate::source::Span;

/// How the dialects of actions differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub dialect: Dialect,
    /// The level of an action's sections.
    pub level: u8,
    /// Whether sections have anchors.
    pub anchors: bool,
    /// Whether method, URL and scopes have sections of their own.
    pub titled: bool,
    /// Whether examples of query parameters are written as they travel.
    pub named_examples: bool,
}

impl Style {
    fn new(dialect: Dialect, outline: &Outline<'_>) -> Self {
        let newer = matches!(dialect, Dialect::Anchored | Dialect::Docusaurus | Dialect::Canonical);
        let named = matches!(dialect, Dialect::Docusaurus | Dialect::Canonical);
        Self {
            dialect,
            level: if newer { 3 } else { 4 },
            anchors: matches!(dialect, Dialect::Anchored | Dialect::Docusaurus),
            titled: dialect != Dialect::Verbs,
            named_examples: named || (newer && has_named_examples(outline)),
        }
    }

    pub(super) fn is_canonical(self) -> bool {
        self.dialect == Dialect::Canonical
    }
}

/// The oldest anchored pages show plain values; one value of the newer form settles it for the page.
fn has_named_examples(outline: &Outline<'_>) -> bool {
    let sections = outline.parts.iter().flat_map(|part| &part.sections);
    sections
        .filter(|section| Kind::of(section) == Some(Kind::QueryParameters))
        .flat_map(|section| section.blocks)
        .any(|block| matches!(&block.kind, BlockKind::Table(table) if params::examples_are_named(table)))
}

/// Reads a page of actions.
pub(super) fn read(context: &mut Context<'_>, page: &Page, outline: &Outline<'_>, dialect: Dialect) -> ResourceFacts {
    let style = Style::new(dialect, outline);
    let name = names::camel(stem(&context.source.path));
    let (title, span) = title(context, outline, &name, style);
    if !names::is_identifier(&name) {
        context.report(
            codes::RESOURCE_NAME,
            span,
            format!("`{}` gives no name of a resource", clip(&context.source.path)),
        );
    }
    lead::read(context, outline, dialect, &name);
    let (url, description) = intro(context, outline, span, style, &title);
    let mut resource = ResourceFacts { name, title, url, description, actions: Vec::new(), span };
    for section in &outline.stray {
        context.report(codes::SECTION_UNKNOWN, section.span, "a section above the first action");
    }
    for (at, part) in outline.parts.iter().enumerate() {
        if part.heading.level == 1 {
            // Reported as a second title; nobody knows what stands below it.
            continue;
        }
        let last = at + 1 == outline.parts.len();
        let action = action::read(context, part, style, &resource, last);
        resource.actions.push(action);
    }
    if outline.parts.is_empty() {
        context.report(codes::NO_ACTIONS, span, "the page documents no action");
    }
    duplicates(context, &resource);
    // Names made from verbs are checked once all pages are known.
    if dialect != Dialect::Verbs {
        order(context, &resource);
    }
    if matches!(dialect, Dialect::Verbs | Dialect::Titled) {
        end(context, page);
    }
    resource
}

/// The title without its closing word, and its place (the start of the page where it is missing).
fn title(context: &mut Context<'_>, outline: &Outline<'_>, name: &str, style: Style) -> (String, Span) {
    let Some(title) = outline.title else {
        let span = Span::new(context.file, 0..0);
        context.report(codes::TITLE_MISSING, span, "the page has no title");
        return (names::title_of_camel(name), span);
    };
    let words = title.heading.content.line();
    let own = if style.is_canonical() { Some(&words[..]) } else { words.strip_suffix(" Actions") };
    let Some(own) = own.filter(|own| !own.is_empty()) else {
        context.report(codes::TITLE_MISSING, title.span, "the title of this page dialect ends with ` Actions`");
        return (words, title.span);
    };
    let expected = names::title_of_camel(name);
    if !same_title(own, &expected) {
        let message = format!("the title `{}` is not that of `{name}`", clip(own));
        context.report(codes::TITLE_FILE, title.span, message);
    }
    (own.to_owned(), title.span)
}

/// Whether a printed title speaks of the resource, with or without the renamings that upstream makes in titles only.
fn same_title(printed: &str, expected: &str) -> bool {
    let printed = names::kebab(printed);
    printed == names::kebab(expected) || printed == names::kebab(&pretty_title(expected))
}

/// A title with those renamings.
pub(super) fn pretty_title(expected: &str) -> String {
    let mut pretty = format!("{expected} ").replacen("Flow", "Workflow", 1).replace(" Api ", " API ");
    if pretty.starts_with("Org") || pretty.contains(" Org") {
        pretty = pretty.replacen("Org", "Organization", 1);
    }
    pretty.replacen("Credential", "Service Credential", 1).trim_end().to_owned()
}

/// The resource's URL and, on pages of ours, its description.
fn intro(
    context: &mut Context<'_>,
    outline: &Outline<'_>,
    heading: Span,
    style: Style,
    title: &str,
) -> (Option<Url>, Option<String>) {
    let mut body = Body::new(outline.intro, heading);
    let url = url_line(context, &mut body).and_then(|(text, span)| url_fact(context, &text, span));
    let mut description = None;
    if style.is_canonical() {
        let mut paragraphs = Vec::new();
        while let Some(inline) = body.paragraph() {
            super::table::tags(context, inline);
            paragraphs.push(inline.line());
        }
        if paragraphs.is_empty() {
            context.report(codes::RESOURCE_TEXT, heading, "the page does not say what the resource is");
        } else {
            description = Some(paragraphs.join("\n\n"));
        }
    } else {
        let sentence = format!(
            "Below are the various requests that can be performed against the {title} resource, as well as the expected parameters and the potential responses."
        );
        let known = body.paragraph_if(|inline| inline.line() == sentence);
        if known.is_none() {
            context.report(
                codes::SUMMARY_MISSING,
                heading,
                "the introduction that every page of this dialect has is missing",
            );
        }
    }
    body.finish(context, "the introduction of the page");
    (url, description)
}

/// How the newer pages begin, which have their addresses in HTML.
const CATEGORY: &str = "---\ncategory: ";

/// The line that holds a URL: a paragraph, or a paragraph written as HTML.
pub(super) fn url_line(context: &mut Context<'_>, body: &mut Body<'_>) -> Option<(String, Span)> {
    let html = context.source.text.starts_with(CATEGORY);
    if let Some((text, span)) = body.html_if(|html| html.starts_with("<p>")) {
        let Some(inner) = text.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) else {
            context.report(codes::URL_MALFORMED, span, "the paragraph is not closed by `</p>`");
            return None;
        };
        if !html {
            context.report(codes::ADDRESS_FORM, span, "only pages with a category have their addresses in HTML");
        }
        return Some((inner.to_owned(), span));
    }
    let own = context.canonical;
    let found = body.paragraph_if(|inline| if own { is_address(&inline.text) } else { inline.text.contains("://") });
    if found.is_none() {
        context.report(codes::URL_MISSING, body.heading, "there is no line with a URL");
    }
    if let Some(inline) = found.filter(|_| html) {
        context.report(codes::ADDRESS_FORM, inline.span, "pages with a category have their addresses in HTML");
    }
    found.map(|inline| (inline.text.clone(), inline.span))
}

/// Whether a line of a page of ours is meant to be an address: a path or, by mistake, a URL, alone or behind a method.
fn is_address(text: &str) -> bool {
    let starts = |text: &str| text.starts_with('/') || url::has_host(text);
    starts(text) || text.split_once(' ').is_some_and(|(_, rest)| starts(rest.trim_ascii_start()))
}

/// Reads a URL and reports what is wrong with it.
pub(super) fn url_fact(context: &mut Context<'_>, text: &str, span: Span) -> Option<Url> {
    if context.canonical && url::has_host(text.trim_ascii()) {
        context.report(codes::URL_HOST, span, "a whole URL where the path alone stands");
        return None;
    }
    match url::read(text, span, context.canonical) {
        Ok(url) => {
            let mut seen = BTreeSet::new();
            for marker in &url.markers {
                if !seen.insert(marker) {
                    context.report(codes::URL_DUPLICATE, span, format!("`{marker}` stands twice in the URL"));
                }
            }
            Some(url)
        }
        Err(message) => {
            context.report(codes::URL_MALFORMED, span, message);
            None
        }
    }
}

/// Reports names that stand twice; those that were made here may be others when all pages are known.
fn duplicates(context: &mut Context<'_>, resource: &ResourceFacts) {
    let mut seen = BTreeMap::new();
    for action in resource.actions.iter().filter(|action| !action.name_derived) {
        if let Some(first) = seen.insert(&action.name, action.span) {
            let message = format!("a second action `{}` of `{}`", action.name, resource.name);
            let diagnostic = crate::diagnostic::Diagnostic::new(codes::ACTION_DUPLICATE, action.span, message);
            context.diagnostics.push(diagnostic.with_related(first, "the first one"));
        }
    }
}

/// Pages are sorted by the names of their actions.
fn order(context: &mut Context<'_>, resource: &ResourceFacts) {
    for pair in resource.actions.windows(2) {
        if pair[0].name > pair[1].name {
            let message =
                format!("`{}` stands behind `{}`, although actions are sorted by name", pair[1].name, pair[0].name);
            context.report(codes::ACTION_ORDER, pair[1].span, message);
        }
    }
}

/// The oldest pages close every action with a line `<br/>`: without it the page was cut off.
fn end(context: &mut Context<'_>, page: &Page) {
    let Some(last) = page.blocks.last() else { return };
    let behind = context.source.text.get(last.span.end..).unwrap_or_default();
    if matches!(last.kind, BlockKind::Table(_)) && !behind.contains("<br/>") {
        context.report(
            codes::TABLE_CUT,
            last.span,
            "the line `<br/>` that ends every action of this page dialect is missing",
        );
    }
}
