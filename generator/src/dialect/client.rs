//! Pages of client references: the head of the page and its list of contents, then action by action.

use std::collections::BTreeMap;

use super::client_style::{Kind, Style};
use super::context::{Body, Context};
use super::facts::{ClientAction, ClientFacts, Linked};
use super::link::clip;
use super::outline::{Outline, Part, Section};
use super::recognise::{Dialect, stem};
use super::{action, auth, client_params, codes, contents, names, responses, sample, text};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Inline, one_line};
use crate::model::{Auth, Response};
use crate::source::Span;

/// Reads a page of actions.
pub(super) fn read(context: &mut Context<'_>, outline: &Outline<'_>, dialect: Dialect) -> ClientFacts {
    let name = names::camel(stem(&context.source.path));
    text::check_end(context);
    let (title, span) = title(context, outline, &name, dialect);
    for block in outline.lead {
        context.unexpected(block, "the head of the page");
    }
    let api_version = intro(context, outline, span, &title, dialect);
    let listed = (dialect == Dialect::ClientListed).then(|| listed(context, outline));
    let parts = listed.as_ref().unwrap_or(&outline.parts);
    let style = Style::new(dialect, parts);
    context.client = Some(style.words());
    if dialect != Dialect::ClientTitled {
        // On the other pages the list of contents stands there.
        for section in &outline.stray {
            context.report(codes::SECTION_UNKNOWN, section.span, "a section above the first action");
        }
    }
    if !style.headed_by_call() {
        contents::check(context, outline, parts, span, dialect);
    }
    let mut facts = ClientFacts { name, title, api_version, actions: Vec::new(), span };
    let mut seen = BTreeMap::new();
    for part in parts.iter().filter(|part| part.heading.level > 1) {
        let action = action(context, part, &style, &facts.name);
        if let Some(first) = seen.insert(action.name.clone(), action.span) {
            let message = format!("a second action `{}` of `{}`", action.name, facts.name);
            let diagnostic = Diagnostic::new(codes::ACTION_DUPLICATE, action.span, message);
            context.diagnostics.push(diagnostic.with_related(first, "the first one"));
        }
        facts.actions.push(action);
    }
    hidden(context, &facts.actions);
    if facts.actions.is_empty() {
        context.report(codes::NO_ACTIONS, span, "the page documents no action");
    }
    facts
}

/// The parameters of every request, which early pages list at the end of every action.
const HIDDEN: [&str; 3] = ["_actions", "_links", "_embedded"];

/// Where one action lists the parameters of every request, all do: what is missing here cannot be told from a mistake.
fn hidden(context: &mut Context<'_>, actions: &[ClientAction]) {
    let names = |action: &ClientAction| -> Vec<String> {
        let names = action.params.iter().map(|param| param.fact.name.clone());
        names.skip_while(|name| !name.starts_with('_')).collect()
    };
    if actions.iter().all(|action| names(action).is_empty()) {
        return;
    }
    for action in actions.iter().filter(|action| names(action) != HIDDEN) {
        let message = format!("the parameters of `{}` do not end with {}", action.name, HIDDEN.join(", "));
        context.report(codes::PARAM_HIDDEN, action.span, message);
    }
}

/// The title without its closing word, and its place.
fn title(context: &mut Context<'_>, outline: &Outline<'_>, name: &str, dialect: Dialect) -> (String, Span) {
    let expected = names::title_of_camel(name);
    let Some(title) = outline.title else {
        let span = Span::new(context.file, 0..0);
        context.report(codes::TITLE_MISSING, span, "the page has no title");
        return (expected, span);
    };
    let words = title.heading.content.line();
    plain(context, &title.heading.content);
    let own = if dialect == Dialect::ClientTitled { words.strip_suffix(" Actions") } else { Some(&words[..]) };
    let Some(own) = own else {
        context.report(codes::TITLE_MISSING, title.span, "the title of this page dialect ends with ` Actions`");
        return (words, title.span);
    };
    if own != expected {
        let message = format!("the title `{}` is not that of `{name}`", clip(own));
        context.report(codes::TITLE_FILE, title.span, message);
    }
    (own.to_owned(), title.span)
}

/// A heading has words only.
fn plain(context: &mut Context<'_>, heading: &Inline) {
    if let Some(anchor) = heading.anchors.first() {
        context.report(codes::HTML_UNEXPECTED, anchor.span, "an anchor in a heading that has none on other pages");
    }
}

/// Checks the text below the title; the earliest pages state the API's version there.
fn intro(
    context: &mut Context<'_>,
    outline: &Outline<'_>,
    heading: Span,
    title: &str,
    dialect: Dialect,
) -> Option<String> {
    let mut body = Body::new(outline.intro, heading);
    let mut version = None;
    let known = match dialect {
        Dialect::ClientListed => true,
        Dialect::ClientTitled => {
            let sentence = format!(
                "Details on the various actions that can be performed on the {title} resource, including the \
                 expected parameters and the potential responses."
            );
            body.paragraph_if(|inline| inline.line() == sentence).is_some()
        }
        _ => {
            version = api_line(&mut body);
            version.is_some()
        }
    };
    if !known {
        let message = "the introduction that every page of this dialect has is missing";
        context.report(codes::SUMMARY_MISSING, heading, message);
    }
    body.finish(context, "the introduction of the page");
    version.filter(|version| !version.is_empty())
}

/// The version in the line that names the API, `Structure API - v1.0.0`; empty where the line has none.
pub(super) fn api_line(body: &mut Body<'_>) -> Option<String> {
    let parse = |inline: &Inline| {
        let line = inline.line();
        let rest = ["Structure API", "Losant API"].iter().find_map(|name| line.strip_prefix(name))?;
        if rest.is_empty() {
            return Some(String::new());
        }
        let version = rest.strip_prefix(" - v")?;
        let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        version.split('.').all(is_number).then(|| version.to_owned())
    };
    body.paragraph_if(|inline| parse(inline).is_some()).and_then(parse)
}

/// The actions of the pages that have them below one heading `Actions`, one level deeper than all other pages.
fn listed<'a>(context: &mut Context<'_>, outline: &Outline<'a>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (at, part) in outline.parts.iter().enumerate() {
        if at > 0 || part.heading.content.line() != "Actions" {
            context.report(codes::SECTION_UNKNOWN, part.span, "the actions stand below one heading `Actions`");
        }
        for section in &part.sections {
            match parts.last_mut() {
                Some(last) if section.heading.level > 3 => {
                    last.sections.push(Section {
                        heading: section.heading,
                        span: section.span,
                        blocks: section.blocks,
                    });
                }
                // Without an action to belong to, a deeper heading stands for one.
                _ => {
                    if section.heading.level != 3 {
                        let message =
                            format!("a heading of level {} where actions have level 3", section.heading.level);
                        context.report(codes::SECTION_LEVEL, section.span, message);
                    }
                    parts.push(Part {
                        heading: section.heading,
                        span: section.span,
                        intro: section.blocks,
                        sections: Vec::new(),
                    });
                }
            }
        }
    }
    parts
}

fn action(context: &mut Context<'_>, part: &Part<'_>, style: &Style, resource: &str) -> ClientAction {
    plain(context, &part.heading.content);
    if !style.headed_by_call() {
        action::title(context, &part.heading.content.line(), part.span);
    }
    let mut intro = Body::new(part.intro, part.span);
    let (mut paragraphs, deprecated) = texts(context, &mut intro, style);
    if paragraphs.is_empty() && !style.headed_by_call() {
        context.report(codes::SUMMARY_MISSING, part.span, "the action has no text");
    }
    let sections = sections(context, part, style);
    let mut bodies: BTreeMap<Kind, Body<'_>> =
        sections.iter().map(|(kind, section)| (*kind, Body::new(section.blocks, section.span))).collect();
    let auth = bodies.get_mut(&Kind::Authentication).and_then(|body| token(context, body));
    let params =
        bodies.get_mut(&Kind::Parameters).map(|body| client_params::read(context, body, style)).unwrap_or_default();
    let mut responses = Vec::new();
    for kind in [Kind::Successes, Kind::Errors] {
        if let Some(body) = bodies.get_mut(&kind) {
            responses.extend(self::responses(context, body, style, kind));
        }
    }
    let sample = if style.headed_by_call() { bodies.get_mut(&Kind::Example) } else { Some(&mut intro) };
    let called = sample.and_then(|body| call(context, body, resource, &params));
    let name = name(context, part, style, resource, called);
    intro.finish(context, "the text of the action");
    for (kind, body) in bodies {
        let words = style.sections.iter().find(|(own, _)| *own == kind).map_or("", |(_, words)| words);
        body.finish(context, words);
    }
    let summary = if paragraphs.is_empty() { String::new() } else { paragraphs.remove(0) };
    let description = paragraphs.pop();
    ClientAction { name, summary, description, deprecated, auth, params, responses, span: part.span }
}

/// Summary and description: two paragraphs, on early pages two lines, each of which may be left out.
fn texts(context: &mut Context<'_>, intro: &mut Body<'_>, style: &Style) -> (Vec<String>, bool) {
    let (texts, deprecated) = action::paragraphs(context, intro, 2);
    if !style.headed_by_call() {
        return (texts.iter().map(|text| one_line(text)).collect(), deprecated);
    }
    let lines: Vec<String> = texts.iter().flat_map(|text| text.lines()).map(one_line).collect();
    if lines.len() > 2 {
        context.report(codes::PARAGRAPH_UNKNOWN, intro.heading, "more than a line of summary and one of description");
    }
    (lines, deprecated)
}

/// The sections of an action, after checking that they are those of all actions.
fn sections<'p, 'a>(context: &mut Context<'_>, part: &'p Part<'a>, style: &Style) -> BTreeMap<Kind, &'p Section<'a>> {
    let mut found = BTreeMap::new();
    for section in &part.sections {
        let words = section.heading.content.line();
        plain(context, &section.heading.content);
        let Some(&(kind, _)) = style.sections.iter().find(|(_, own)| *own == words) else {
            if !words.is_empty() {
                let message = format!("no page has a section `{}` here", clip(&words));
                context.report(codes::SECTION_UNKNOWN, section.span, message);
            }
            continue;
        };
        if section.heading.level != style.level {
            let message =
                format!("a heading of level {} where the page has level {}", section.heading.level, style.level);
            context.report(codes::SECTION_LEVEL, section.span, message);
        }
        if found.last_key_value().is_some_and(|(last, _)| *last > kind) {
            context.report(codes::SECTION_ORDER, section.span, format!("`{words}` stands too late"));
        }
        if found.insert(kind, section).is_some() {
            context.report(codes::SECTION_DUPLICATE, section.span, format!("a second section `{words}`"));
        }
    }
    for (kind, words) in &style.sections {
        if !found.contains_key(kind) {
            context.report(codes::SECTION_MISSING, part.span, format!("the section `{words}` is missing"));
        }
    }
    found
}

/// The name that heading and sample agree on.
fn name(
    context: &mut Context<'_>,
    part: &Part<'_>,
    style: &Style,
    resource: &str,
    called: Option<(String, Span)>,
) -> String {
    let heading = part.heading.content.line();
    let own = if style.headed_by_call() {
        heading.strip_prefix(resource).and_then(|rest| rest.strip_prefix('.'))
    } else {
        None
    };
    let own = own.map_or_else(|| names::camel(&heading), ToOwned::to_owned);
    if !names::is_identifier(&own) {
        if !heading.is_empty() {
            context.report(codes::ACTION_NAME, part.span, format!("`{}` gives no action name", clip(&heading)));
        }
    } else if let Some((called, span)) = called
        && called != own
    {
        let message = format!("the example calls `{}`, the heading says `{}`", clip(&called), clip(&heading));
        context.report(codes::SAMPLE_OTHER, span, message);
    }
    own
}

/// The sentence about scopes.
fn token(context: &mut Context<'_>, body: &mut Body<'_>) -> Option<Auth> {
    let sentence = body.paragraph();
    if sentence.is_none() {
        context.report(codes::SECTION_EMPTY, body.heading, "the sentence about the token is missing");
    }
    auth::read(context, sentence?, false)
}

/// The name of the action that the sample calls, after checking everything else that the sample says.
fn call(
    context: &mut Context<'_>,
    body: &mut Body<'_>,
    resource: &str,
    params: &[Linked<super::facts::ClientParam>],
) -> Option<(String, Span)> {
    let Some((code, span)) = body.code() else {
        context.report(codes::SAMPLE_MISSING, body.heading, "the example of the call is missing");
        return None;
    };
    let Some(sample) = sample::read(&code.language, &code.text, !params.is_empty()) else {
        context.report(codes::SAMPLE, span, "the example calls no function of a client");
        return None;
    };
    if sample.resource != resource {
        let message = format!("the example calls `{}`, the page is that of `{resource}`", sample.resource);
        context.report(codes::SAMPLE_OTHER, span, message);
    }
    let required = || params.iter().filter(|param| param.fact.required == Some(true)).map(|param| &param.fact.name);
    if let Some(passed) = &sample.passed
        && !passed.iter().eq(required())
    {
        let required: Vec<&str> = required().map(String::as_str).collect();
        let message = format!("the example passes `{}`, required are `{}`", passed.join(", "), required.join(", "));
        context.report(codes::SAMPLE_PARAMS, span, message);
    }
    if !sample.known {
        context.report(codes::SAMPLE_FORM, span, "the example is not written as on the pages that are known");
    }
    Some((sample.action, span))
}

fn responses(context: &mut Context<'_>, body: &mut Body<'_>, style: &Style, kind: Kind) -> Vec<Linked<Response>> {
    let heading = body.heading;
    let found = if style.dialect == Dialect::ClientBullets {
        body.list().map(|(items, _)| client_params::response_bullets(context, items))
    } else {
        body.table().map(|table| responses::read(context, table, kind == Kind::Errors))
    };
    let Some(mut found) = found else {
        if !body.has_broken_table() {
            context.report(codes::SECTION_EMPTY, heading, "the section has no responses");
        }
        return Vec::new();
    };
    if kind == Kind::Successes && !found.iter().any(|response| response.fact.code < 400) {
        context.report(codes::RESPONSES_MISSING, heading, "the action has no successful response");
    }
    for response in found.iter_mut().filter(|_| style.dialect != Dialect::ClientBullets) {
        client_params::stated(context, &mut response.fact.description, response.fact.span.unwrap_or(heading));
    }
    found
}
