//! Facts of one action against each other: URL and rows, sections and curl example, scopes and header row.

use super::action::Draft;
use super::codes;
use super::context::Context;
use super::curl::{self, Curl};
use super::describe::Described;
use super::facts::ResourceFacts;
use super::params;
use super::rest::Style;
use crate::model::{Auth, Location};
use crate::source::Span;
use serde_json::Value;

/// Checks a draft and completes it from the curl example.
pub(super) fn draft(
    context: &mut Context<'_>,
    draft: &mut Draft,
    heading: Span,
    style: Style,
    resource: &ResourceFacts,
) {
    path(context, draft, resource);
    authorization(context, draft, heading, style);
    if let Some((curl, span)) = draft.curl.take() {
        self::curl(context, draft, &curl, span, style);
    }
}

fn path(context: &mut Context<'_>, draft: &mut Draft, resource: &ResourceFacts) {
    let Some(url) = &draft.url else { return };
    if let Some(own) = &resource.url {
        let below = url.path.strip_prefix(&own.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if !below || url.base != own.base {
            let message = format!("`{}` does not start with the resource's `{}`", url.plain, own.plain);
            context.report(codes::URL_OUTSIDE, url.span, message);
        }
    }
    for marker in &url.markers {
        if !draft.path.iter().any(|(name, _)| name == marker) {
            context.report(codes::PATH_ROW_MISSING, url.span, format!("`{marker}` of the URL has no row"));
        }
    }
    for (name, param) in &draft.path {
        if let (false, Some(span)) = (url.markers.contains(name), param.fact.span) {
            context.report(codes::PATH_ROW_SURPLUS, span, format!("`{name}` is no part of the URL"));
        }
    }
    let rows: Vec<_> = draft.path.iter().map(|(name, _)| name).filter(|name| url.markers.contains(name)).collect();
    let places: Vec<_> = rows.iter().map(|name| url.markers.iter().position(|marker| marker == *name)).collect();
    if !places.is_sorted()
        && let Some(span) = draft.path.first().and_then(|(_, param)| param.fact.span)
    {
        context.report(codes::PATH_ROW_ORDER, span, "the rows stand in another order than in the URL");
    }
    let place = |name: &String| url.markers.iter().position(|marker| marker == name);
    draft.path.sort_by_key(|(name, _)| place(name));
}

fn authorization(context: &mut Context<'_>, draft: &mut Draft, heading: Span, style: Style) {
    if !style.titled {
        // The oldest pages know no scopes: the header row is all there is.
        draft.auth = Some(Auth { required: draft.authorization.is_some(), scopes: Vec::new() });
        return;
    }
    let Some(auth) = &draft.auth else { return };
    match (auth.required, draft.authorization) {
        (true, None) => {
            let span = draft.auth_span.unwrap_or(heading);
            context.report(codes::AUTH_MISMATCH, span, "a token is needed, but Authorization has no row");
        }
        (false, Some(span)) => {
            context.report(codes::AUTH_MISMATCH, span, "Authorization has a row, but no token is needed");
        }
        _ => {}
    }
}

fn curl(context: &mut Context<'_>, draft: &mut Draft, curl: &Curl, span: Span, style: Style) {
    if !draft.method.is_empty() && curl.method != draft.method {
        let message = format!("the example sends {}, the action is {}", super::link::clip(&curl.method), draft.method);
        context.report(codes::CURL_METHOD, span, message);
    }
    if let Some(url) = &draft.url
        && url.plain != curl.url
    {
        let message = format!("the example calls `{}`, the action is at `{}`", super::link::clip(&curl.url), url.plain);
        context.report(codes::CURL_URL, span, message);
    }
    let needs_token =
        if style.titled { draft.auth.as_ref().map(|auth| auth.required) } else { Some(draft.authorization.is_some()) };
    let token = if style.titled { "YOUR_API_ACCESS_TOKEN" } else { "YOUR_AUTH_TOKEN" };
    if curl.token.as_ref().is_some_and(|shown| shown != token) {
        context.report(codes::CURL_AUTH, span, format!("the token of the example is not written `{token}`"));
    }
    if needs_token.is_some_and(|needs| needs != curl.token.is_some()) {
        let message = if curl.token.is_some() { "the example sends a token" } else { "the example sends no token" };
        context.report(codes::CURL_AUTH, span, message);
    }
    for param in draft.others.iter().filter(|param| param.fact.location == Location::Query) {
        if param.fact.required != curl.query.iter().any(|(name, _)| is_of(name, &param.fact.name)) {
            let message = format!(
                "`{}` is {}",
                param.fact.name,
                if param.fact.required { "required, but not shown" } else { "shown, but not required" }
            );
            context.report(codes::CURL_QUERY, span, message);
        }
    }
    query(context, draft, curl, span);
    data(context, draft, curl, span);
    parts(context, draft, curl, span);
}

/// Whether a name in a query is this parameter's, alone or with brackets.
fn is_of(shown: &str, name: &str) -> bool {
    shown.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '%']))
}

/// The query shows the examples of the parameters, in the order of their rows.
fn query(context: &mut Context<'_>, draft: &Draft, curl: &Curl, span: Span) {
    let params: Vec<_> = draft.others.iter().filter(|param| param.fact.location == Location::Query).collect();
    let mut last = 0;
    for (name, value) in &curl.query {
        let found = params.iter().position(|param| is_of(name, &param.fact.name));
        let Some(at) = found.filter(|at| *at >= last) else {
            let message = format!("`{}` of the example has no row, or stands too late", super::link::clip(name));
            context.report(codes::CURL_QUERY, span, message);
            continue;
        };
        last = at;
        let example = match &params[at].fact.example {
            Some(Value::String(text)) => text.clone(),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
            _ => continue,
        };
        if *value != curl::encode(&example) {
            let message = format!("`{name}` has another value than in its row");
            context.report(codes::CURL_QUERY, span, message);
        }
    }
}

/// `-d` is printed exactly when the body is required.
fn data(context: &mut Context<'_>, draft: &mut Draft, curl: &Curl, span: Span) {
    match (&mut draft.body, &curl.data) {
        (Some(body), Some(data)) => {
            body.required = true;
            if body.example.as_ref().is_some_and(|example| example != data) {
                context.report(codes::CURL_BODY, span, "the example sends another body than Request Body shows");
            }
        }
        (None, Some(_)) => {
            context.report(codes::CURL_BODY, span, "the example sends a body, but there is no section Request Body");
        }
        (_, None) => {}
    }
}

/// Parts of a form that a page does not list are at least known by name.
fn parts(context: &mut Context<'_>, draft: &mut Draft, curl: &Curl, span: Span) {
    if draft.form_listed {
        for param in draft.others.iter().filter(|param| param.fact.location == Location::Multipart) {
            let file = param.fact.required && param.fact.inferred.as_deref() == Some("file");
            if file != curl.parts.contains(&param.fact.name) {
                let message = format!("the part `{}` is a required file exactly when it is shown", param.fact.name);
                context.report(codes::CURL_PARTS, span, message);
            }
        }
    }
    if draft.multipart != curl.multipart && (draft.multipart || !curl.parts.is_empty()) {
        context.report(codes::CURL_PARTS, span, "the example has not the content type of a form");
    }
    let known = |name: &String| draft.others.iter().any(|param| param.fact.name == *name);
    if draft.multipart && !curl.parts.iter().all(known) {
        context.report(codes::CURL_PARTS, span, "the example shows a part that the form has not");
    }
    if draft.multipart && draft.form_listed {
        return;
    }
    if draft.multipart {
        for param in draft.others.iter_mut().filter(|param| param.fact.location == Location::Multipart) {
            if curl.parts.contains(&param.fact.name) && !param.fact.required {
                // Early pages say nothing else about it; only files are shown, and only required ones.
                param.fact.required = true;
                param.fact.inferred.get_or_insert_with(|| "file".to_owned());
            }
        }
        return;
    }
    if !curl.multipart && curl.parts.is_empty() {
        return;
    }
    context.report(codes::MULTIPART_UNDOCUMENTED, span, "the example sends a form whose parts are not documented");
    for name in &curl.parts {
        let described = Described::default();
        let mut param = params::param(name.clone(), Location::Multipart, true, described, None, None, span);
        param.fact.inferred = Some("file".to_owned());
        draft.others.push(param);
    }
}
