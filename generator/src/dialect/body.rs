//! The section Request Body: a JSON body, or a multipart form.

use super::action::Draft;
use super::context::{Body, Context};
use super::describe::Described;
use super::facts::{BodyFacts, Linked};
use super::rest::Style;
use super::{codes, json, link, names, params};
use crate::markdown::Inline;
use crate::model::{Location, Param};

const JSON_START: &str = "The body of the request should be serialized JSON that validates against the ";
const JSON_END: &str = " schema. For example, the following would be a valid body for this request:";
/// The address behind the words `multipart form data` has changed once.
const FORM_STARTS: &[&str] = &[
    "The body of the request should be a [multipart form data](https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Methods/POST) post ",
    "The body of the request should be a [multipart form data](https://developer.mozilla.org/en-US/docs/Web/HTTP/Methods/POST) post ",
];
const FORM_START: &str = "The body of the request should be a";
const FORM_END: &str = "containing the following:";
const FORM: &str = "Multipart form data:";

/// Reads the section.
pub(super) fn read(context: &mut Context<'_>, body: &mut Body<'_>, draft: &mut Draft, style: Style) {
    let Some(inline) = body.paragraph() else {
        context.report(codes::SECTION_EMPTY, body.heading, "the sentence about the body is missing");
        return;
    };
    let line = inline.line();
    let form =
        if style.is_canonical() { line == FORM } else { line.starts_with(FORM_START) && line.contains("multipart") };
    if !form {
        json_body(context, body, inline, draft, style);
        return;
    }
    draft.multipart = true;
    let rest = FORM_STARTS.iter().find_map(|start| line.strip_prefix(start));
    draft.form_listed = style.is_canonical() || line.ends_with(FORM_END);
    if !style.is_canonical() && (rest.is_none() || (draft.form_listed && rest != Some(FORM_END))) {
        context.report(codes::MULTIPART_SENTENCE, inline.span, "this is no known sentence about a form");
    }
    if draft.form_listed {
        match body.table() {
            Some(table) => draft.others.extend(params::values(context, table, Location::Multipart, true)),
            None if body.has_broken_table() => {}
            None => context.report(codes::MULTIPART, body.heading, "the parts of the form are not listed"),
        }
        return;
    }
    let mut lines = vec![(line, inline)];
    while let Some(more) = body.paragraph_if(|inline| inline.text.contains("` is ")) {
        lines.push((more.line(), more));
    }
    for (line, inline) in lines {
        sentences(context, &line, inline, &mut draft.others);
    }
}

fn json_body(context: &mut Context<'_>, body: &mut Body<'_>, inline: &Inline, draft: &mut Draft, style: Style) {
    let line = inline.line();
    let (name, required) = if style.is_canonical() { own_sentence(&line) } else { (None, None) };
    let known = if style.is_canonical() {
        required.is_some()
    } else {
        line.starts_with(JSON_START) && line.ends_with(JSON_END)
    };
    let found = match &inline.links[..] {
        [found] if known => link::read(context, found),
        _ => {
            context.report(codes::BODY_SENTENCE, inline.span, "this is no known sentence about a body");
            None
        }
    };
    let mut example = None;
    match body.code() {
        // On pages of ours it is the schema's own, unless one stands here.
        None if style.is_canonical() => {}
        None => context.report(codes::BODY_EXAMPLE, body.heading, "the example of the body is missing"),
        Some((code, span)) => {
            if code.language != "json" {
                context.report(codes::CODE_LANGUAGE, span, "an example of a body is a json block");
            }
            if code.closed {
                example = json::block(context, code, codes::BODY_JSON);
            }
        }
    }
    let whole = |link: &crate::markdown::Link| {
        let written = format!("[{}]({})", link.text, link.target);
        let rest = line.split_once(": ").map(|(_, rest)| rest.to_owned());
        if style.is_canonical() {
            rest == Some(format!("{written}."))
        } else {
            line == [JSON_START, &written, JSON_END].concat()
        }
    };
    if inline.links.first().is_some_and(|link| !whole(link)) {
        context.report(codes::BODY_SENTENCE, inline.span, "this sentence about a body holds more than a link");
    }
    // What the body is, where another page documented it.
    let description = if style.is_canonical() { body.paragraph().map(Inline::line) } else { None };
    if let Some(link) = found {
        let required = required.unwrap_or(false);
        draft.body = Some(BodyFacts { name, link, required, description, example, span: inline.span });
    }
}

/// ``Required `name`: [Title](…).``: the name, and whether the body is required (none for another sentence).
fn own_sentence(line: &str) -> (Option<String>, Option<bool>) {
    let Some((head, rest)) = line.split_once(": ") else { return (None, None) };
    let (word, name) = head.split_once(' ').map_or((head, None), |(word, name)| (word, Some(name)));
    let coded = name.map(|name| name.strip_prefix('`').and_then(|name| name.strip_suffix('`')).unwrap_or_default());
    let fine = rest.starts_with('[') && rest.ends_with(").") && coded.is_none_or(names::is_identifier);
    let name = coded.map(ToOwned::to_owned);
    let required = match word {
        "Required" if fine => Some(true),
        "Optional" if fine => Some(false),
        _ => None,
    };
    (name, required)
}

/// The sentences of early pages: ``… post where `name` is what it is.``
fn sentences(context: &mut Context<'_>, line: &str, inline: &Inline, params: &mut Vec<Linked<Param>>) {
    const IS: &str = "` is ";
    let mut found = 0;
    let mut rest = line;
    while let Some(at) = rest.find(IS) {
        let name = rest[..at].rsplit_once('`').map_or("", |(_, name)| name).to_owned();
        rest = &rest[at + IS.len()..];
        // The description reaches up to the name of the next sentence.
        let next = rest.find(IS).and_then(|next| rest[..next].rfind('`')).unwrap_or(rest.len());
        let text = rest[..next].trim_ascii();
        let text = text
            .trim_end_matches("and")
            .trim_end_matches("where")
            .trim_ascii_end()
            .trim_end_matches([',', '.'])
            .trim_ascii_end();
        if !names::is_identifier(&name) {
            context.report(codes::MULTIPART, inline.span, format!("`{}` is no name of a part", link::clip(&name)));
            continue;
        }
        found += 1;
        let described = Described { text: text.to_owned(), ..Described::default() };
        params.push(params::param(name, Location::Multipart, false, described, None, None, inline.span));
    }
    if found == 0 {
        context.report(codes::MULTIPART, inline.span, "the sentence names no part of the form");
    }
}
