//! One action: heading, text and sections.

use std::collections::BTreeMap;

use super::context::{Body, Context};
use super::curl::{self, Curl};
use super::facts::{ActionFacts, BodyFacts, Linked, ResourceFacts, Url};
use super::link::clip;
use super::outline::{Part, Section};
use super::rest::{Style, url_fact, url_line};
use super::section::Kind;
use super::url::{self, METHODS};
use super::{auth, body, check, codes, names, params, recognise, responses, table, verb_names};
use crate::markdown::{BlockKind, one_line};
use crate::model::{Auth, Event, Location, Param, Response};
use crate::source::Span;

/// What the sections of an action have said so far.
#[derive(Default)]
pub(super) struct Draft {
    pub method: String,
    pub url: Option<Url>,
    pub auth: Option<Auth>,
    pub auth_span: Option<Span>,
    pub authorization: Option<Span>,
    /// Path parameters with the names that the URL marks.
    pub path: Vec<(String, Linked<Param>)>,
    pub others: Vec<Linked<Param>>,
    pub body: Option<BodyFacts>,
    pub multipart: bool,
    /// Whether a table lists the parts of the form.
    pub form_listed: bool,
    pub curl: Option<(Curl, Span)>,
    pub responses: Vec<Linked<Response>>,
    pub events: Vec<Linked<Event>>,
}

/// Reads one action.
pub(super) fn read(
    context: &mut Context<'_>,
    part: &Part<'_>,
    style: Style,
    resource: &ResourceFacts,
    last: bool,
) -> ActionFacts {
    let mut draft = Draft::default();
    let mut intro = Body::new(part.intro, part.span);
    let heading = part.heading.content.line();
    let mut name = String::new();
    if style.titled {
        name = names::camel(&heading);
        title(context, &heading, part.span);
    } else if let Some((verb, path)) = verb_heading(context, &heading, part.span) {
        name = verb_names::name(&resource.name, verb, path);
        verb.clone_into(&mut draft.method);
        draft.url = url_line(context, &mut intro).and_then(|(text, span)| url_fact(context, &text, span));
        if let (Some(own), Some(url)) = (&resource.url, &draft.url)
            && url.path != format!("{}{path}", own.path)
        {
            let message = format!("the heading says `{path}` below the resource, the URL is `{}`", url.path);
            context.report(codes::URL_HEADING, part.span, message);
        }
    }
    let (summary, description, deprecated) = text(context, &mut intro, part, style, &heading);
    intro.finish(context, "the text of the action");

    let sections = supplement(context, part, last);
    let anchored = headings(context, part, sections, style);
    if let Some(exact) = anchored {
        if names::camel(&heading) != exact {
            let message = format!("the heading `{}` is not that of `{}`", clip(&heading), clip(&exact));
            context.report(codes::ANCHOR_MISMATCH, part.span, message);
        }
        name = exact;
    }
    if !names::is_identifier(&name) && !heading.is_empty() {
        context.report(codes::ACTION_NAME, part.span, format!("`{}` gives no action name", clip(&heading)));
    }
    for (at, section) in sections.iter().enumerate() {
        let before_supplement = at + 1 == sections.len() && sections.len() < part.sections.len();
        if let Some(kind) = Kind::of(section) {
            let comment = usize::from(before_supplement);
            let mut body = Body::new(&section.blocks[..section.blocks.len() - comment], section.span);
            read_section(context, kind, &mut body, &mut draft, style);
            body.finish(context, kind.heading());
        }
    }
    check::draft(context, &mut draft, part.span, style, resource);
    ActionFacts {
        name,
        name_derived: !style.titled,
        method: draft.method,
        url: draft.url,
        summary,
        description,
        deprecated,
        auth: draft.auth.unwrap_or_default(),
        params: draft.path.into_iter().map(|(_, param)| param).chain(draft.others).collect(),
        body: draft.body,
        responses: draft.responses,
        events: draft.events,
        span: part.span,
    }
}

/// Checks that the heading of an action is the title of its name, which hides capitals and what parts the words.
pub(super) fn title(context: &mut Context<'_>, heading: &str, span: Span) {
    let wanted = names::title_of_action(&names::camel(heading));
    if heading != wanted {
        let message = format!("`{}` is not written as titles are: `{}`", clip(heading), clip(&wanted));
        context.report(codes::ACTION_TITLE, span, message);
    }
}

/// The verb and the path of `GET - /logs`.
fn verb_heading<'a>(context: &mut Context<'_>, heading: &'a str, span: Span) -> Option<(&'a str, &'a str)> {
    let (verb, path) = heading.split_once(" - ").unwrap_or((heading, ""));
    if !recognise::is_verb_heading(heading) || !METHODS.contains(&verb) {
        context.report(codes::METHOD_UNKNOWN, span, format!("`{}` is no verb of the API", clip(verb)));
        return None;
    }
    Some((verb, path))
}

/// Summary, description and whether the action is deprecated.
fn text(
    context: &mut Context<'_>,
    intro: &mut Body<'_>,
    part: &Part<'_>,
    style: Style,
    heading: &str,
) -> (String, Option<String>, bool) {
    let most = if style.is_canonical() { usize::MAX } else { 2 };
    let (paragraphs, marked) = self::paragraphs(context, intro, most);
    let deprecated = marked || (!style.is_canonical() && heading.to_uppercase().contains("DEPRECATED"));
    let mut paragraphs: Vec<String> = paragraphs.iter().map(|text| one_line(text)).collect();
    if paragraphs.is_empty() {
        context.report(codes::SUMMARY_MISSING, part.span, "the action has no text");
        return (String::new(), None, deprecated);
    }
    let summary = paragraphs.remove(0);
    let description = (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"));
    (summary, description, deprecated)
}

/// What a deprecated action's text begins with, upstream and on pages of ours.
const DEPRECATED: [&str; 2] = ["**DEPRECATED**", "**Deprecated.**"];

/// The paragraphs of a text, up to so many, and whether one of them marks the action as deprecated.
pub(super) fn paragraphs(context: &mut Context<'_>, intro: &mut Body<'_>, most: usize) -> (Vec<String>, bool) {
    let mut deprecated = false;
    let mut paragraphs = Vec::new();
    while paragraphs.len() < most
        && let Some(inline) = intro.paragraph()
    {
        table::tags(context, inline);
        let mark = inline.text.strip_prefix(DEPRECATED[usize::from(context.canonical)]);
        let mark = mark.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
        deprecated |= mark.is_some();
        let rest = mark.unwrap_or(&inline.text).trim_ascii();
        if !rest.is_empty() {
            paragraphs.push(rest.to_owned());
        }
    }
    (paragraphs, deprecated)
}

/// The comment above a supplement.
const SUPPLEMENT: &str = "<!-- markdownlint-disable MD002 -->";

/// The sections without a supplement: prose that upstream appends below the last action, behind a comment.
fn supplement<'p, 'a>(context: &mut Context<'_>, part: &'p Part<'a>, last: bool) -> &'p [Section<'a>] {
    let is_comment = |section: &Section<'_>| {
        section.blocks.last().is_some_and(|block| matches!(&block.kind, BlockKind::Html(html) if html == SUPPLEMENT))
    };
    let start = part.sections.windows(2).position(|pair| {
        let (before, own) = (&pair[0], &pair[1]);
        Kind::of(before) == Some(Kind::Errors)
            && is_comment(before)
            && Kind::of(own).is_none()
            && own.heading.content.anchors.is_empty()
    });
    match start {
        Some(at) if last && part.sections[at + 1..].iter().all(|section| Kind::of(section).is_none()) => {
            let span = part.sections[at + 1].span;
            context.report(codes::SUPPLEMENT, span, "an explanation below the last action");
            &part.sections[..=at]
        }
        _ => &part.sections,
    }
}

/// Checks the headings of the sections and returns the name that their anchors carry.
fn headings(context: &mut Context<'_>, part: &Part<'_>, sections: &[Section<'_>], style: Style) -> Option<String> {
    let mut seen = BTreeMap::new();
    let mut last: Option<Kind> = None;
    let mut name: Option<String> = own_anchor(context, part, style);
    for section in sections {
        let Some(kind) = Kind::of(section) else {
            let words = section.heading.content.line();
            if !words.is_empty() {
                context.report(
                    codes::SECTION_UNKNOWN,
                    section.span,
                    format!("no page has a section `{}` here", clip(&words)),
                );
            }
            continue;
        };
        if section.heading.level != style.level {
            let message =
                format!("a heading of level {} where the page has level {}", section.heading.level, style.level);
            context.report(codes::SECTION_LEVEL, section.span, message);
        }
        if seen.insert(kind, section.span).is_some() {
            context.report(codes::SECTION_DUPLICATE, section.span, format!("a second section `{}`", kind.heading()));
        }
        if last.is_some_and(|last| last > kind) {
            context.report(codes::SECTION_ORDER, section.span, format!("`{}` stands too late", kind.heading()));
        }
        last = Some(kind);
        if style.anchors {
            anchor(context, section, kind, &mut name);
        }
    }
    let stream = seen.contains_key(&Kind::Stream);
    for kind in required(style) {
        let replaced = *kind == Kind::Successes && stream;
        if !replaced && !seen.contains_key(kind) {
            context.report(codes::SECTION_MISSING, part.span, format!("the section `{}` is missing", kind.heading()));
        }
    }
    if stream && let Some(&span) = seen.get(&Kind::Successes) {
        context.report(codes::SECTION_DUPLICATE, span, "both a stream and a table of successful responses");
    }
    name
}

fn required(style: Style) -> &'static [Kind] {
    if style.is_canonical() {
        &[Kind::MethodAndUrl, Kind::Authentication, Kind::Successes, Kind::Errors]
    } else if style.titled {
        &[Kind::MethodAndUrl, Kind::Authentication, Kind::Curl, Kind::Successes, Kind::Errors]
    } else {
        &[Kind::Curl, Kind::Successes, Kind::Errors]
    }
}

/// The anchor that our own pages have at the action itself.
fn own_anchor(context: &mut Context<'_>, part: &Part<'_>, style: Style) -> Option<String> {
    if !style.is_canonical() {
        return None;
    }
    let anchors = &part.heading.content.anchors;
    if anchors.len() != 1 {
        context.report(codes::ANCHOR_MISSING, part.span, "the action's heading needs one anchor with its exact name");
    }
    anchors.first().map(|anchor| anchor.name.clone())
}

fn anchor(context: &mut Context<'_>, section: &Section<'_>, kind: Kind, name: &mut Option<String>) {
    let [anchor] = &section.heading.content.anchors[..] else {
        context.report(codes::ANCHOR_MISSING, section.span, "the heading needs one anchor");
        return;
    };
    let own = anchor.name.strip_suffix(kind.suffix()).and_then(|rest| rest.strip_suffix('-'));
    let Some(own) = own.filter(|own| !own.is_empty()) else {
        let message = format!("the anchor of `{}` ends with `-{}`", kind.heading(), kind.suffix());
        context.report(codes::ANCHOR_MISMATCH, anchor.span, message);
        return;
    };
    match name {
        None => *name = Some(own.to_owned()),
        Some(name) if name != own => {
            let message = format!("this anchor belongs to `{}`, the others of the action to `{name}`", clip(own));
            context.report(codes::ANCHOR_OTHER, anchor.span, message);
        }
        Some(_) => {}
    }
}

fn read_section(context: &mut Context<'_>, kind: Kind, body: &mut Body<'_>, draft: &mut Draft, style: Style) {
    let wants_table = !matches!(kind, Kind::MethodAndUrl | Kind::Authentication | Kind::Body | Kind::Curl);
    let table = if wants_table { body.table() } else { None };
    if wants_table && table.is_none() && !body.has_broken_table() {
        context.report(codes::SECTION_EMPTY, body.heading, format!("`{}` has no table", kind.heading()));
    }
    match (kind, table) {
        (Kind::MethodAndUrl, _) => method_and_url(context, body, draft),
        (Kind::Authentication, _) => match body.paragraph() {
            Some(inline) => {
                draft.auth = auth::read(context, inline, style.is_canonical());
                draft.auth_span = Some(inline.span);
            }
            None => context.report(codes::SECTION_EMPTY, body.heading, "the sentence about the token is missing"),
        },
        (Kind::PathComponents, Some(table)) => draft.path = params::path(context, table),
        (Kind::QueryParameters, Some(table)) => {
            draft.others.extend(params::values(context, table, Location::Query, style.named_examples));
        }
        (Kind::Headers, Some(table)) => {
            let (authorization, headers) = params::headers(context, table);
            draft.authorization = authorization;
            draft.others.extend(headers);
        }
        (Kind::Body, _) => body::read(context, body, draft, style),
        (Kind::Curl, _) => match body.code() {
            Some((code, span)) => {
                if code.language != "bash" {
                    context.report(codes::CODE_LANGUAGE, span, "a curl example is a bash block");
                }
                match curl::read(&code.text) {
                    Ok(curl) => draft.curl = Some((curl, code.content)),
                    Err(message) => context.report(codes::CURL, code.content, message),
                }
            }
            None => context.report(codes::SECTION_EMPTY, body.heading, "the curl example is missing"),
        },
        (Kind::Successes, Some(table)) => {
            let found = responses::read(context, table, false);
            if found.is_empty() {
                context.report(codes::RESPONSES_MISSING, table.header.span, "the action has no successful response");
            }
            draft.responses.extend(found);
        }
        (Kind::Errors, Some(table)) => draft.responses.extend(responses::read(context, table, true)),
        (Kind::Stream, Some(table)) => {
            draft.events.extend(responses::events(context, table));
            let Some(inline) = body.paragraph() else {
                context.report(codes::SUMMARY_MISSING, body.heading, "the stream has no text");
                return;
            };
            let fact = Response { code: 200, schema: None, description: inline.line(), span: Some(inline.span) };
            draft.responses.push(Linked { fact, link: None });
        }
        (_, None) => {}
    }
}

fn method_and_url(context: &mut Context<'_>, body: &mut Body<'_>, draft: &mut Draft) {
    let Some((text, span)) = url_line(context, body) else { return };
    let text = text.trim_ascii();
    let (method, rest) = text.split_once(' ').unwrap_or(("", text));
    if method.is_empty() || method.starts_with('/') || url::has_host(method) {
        context.report(codes::METHOD_MISSING, span, "there is no method before the URL");
    } else if METHODS.contains(&method) {
        method.clone_into(&mut draft.method);
    } else {
        context.report(codes::METHOD_UNKNOWN, span, format!("`{}` is no method of the API", clip(method)));
    }
    draft.url = url_fact(context, rest, span);
}
