//! An action of a REST page: the authority for what goes over the wire.

use super::codes;
use super::draft::{BodyDraft, Draft, EventDraft, ParamDraft};
use super::join::{At, Join};
use super::stated::Side;
use crate::dialect::{ActionFacts, BodyFacts, Linked};
use crate::model::Param;
use crate::source::Span;

/// Adds what the page says.
pub(super) fn add(draft: &mut Draft, facts: &ActionFacts, join: &mut Join<'_>) {
    let at = At { side: Side::Rest, span: facts.span };
    draft.headings.push(at.row());
    let method = (!facts.method.is_empty()).then(|| facts.method.clone());
    join.say(&mut draft.method, method, at, codes::CONFLICT, "the method");
    if let Some(url) = &facts.url {
        let at = At { span: url.span, ..at };
        join.say(&mut draft.path, Some(url.path.clone()), at, codes::CONFLICT, "the path");
    }
    join.text(&mut draft.summary, &facts.summary, at, "the text");
    join.text(&mut draft.description, facts.description.as_deref().unwrap_or_default(), at, "the second text");
    join.say(&mut draft.deprecated, Some(facts.deprecated), at, codes::DEPRECATED, "the mark as deprecated");
    join.say(&mut draft.token, Some(facts.auth.required), at, codes::CONFLICT, "whether a token is needed");
    let scopes = (!facts.auth.scopes.is_empty()).then(|| facts.auth.scopes.clone());
    join.say(&mut draft.scopes, scopes, at, codes::CONFLICT, "the list of scopes");
    for param in &facts.params {
        self::param(draft, param, join, facts.span);
    }
    if let Some(body) = &facts.body {
        self::body(draft.body.get_or_insert_default(), body, join);
    }
    for response in &facts.responses {
        let schema = join.schema(response);
        let fact = &response.fact;
        let at = At { side: Side::Rest, span: fact.span.unwrap_or(facts.span) };
        let known = draft.responses.entry(fact.code).or_default();
        if at.repeats(&known.rows) {
            continue;
        }
        known.rows.push(at.row());
        join.say_or_not(&mut known.schema, schema, at, codes::CONFLICT, &format!("the schema of {}", fact.code));
        join.text(&mut known.description, &fact.description, at, &format!("the text of {}", fact.code));
    }
    for event in &facts.events {
        let schema = join.schema(event);
        let fact = &event.fact;
        let at = At { side: Side::Rest, span: fact.span.unwrap_or(facts.span) };
        let found = draft.events.iter().position(|known| known.name == fact.name).unwrap_or_else(|| {
            draft.events.push(EventDraft { name: fact.name.clone(), ..EventDraft::default() });
            draft.events.len() - 1
        });
        let known = &mut draft.events[found];
        if at.repeats(&known.rows) {
            continue;
        }
        known.rows.push(at.row());
        join.say_or_not(&mut known.schema, schema, at, codes::CONFLICT, &format!("the schema of `{}`", fact.name));
        join.text(&mut known.description, &fact.description, at, &format!("the text of `{}`", fact.name));
    }
}

fn param(draft: &mut Draft, param: &Linked<Param>, join: &mut Join<'_>, heading: Span) {
    let schema = join.schema(param);
    let fact = &param.fact;
    let at = At { side: Side::Rest, span: fact.span.unwrap_or(heading) };
    let same = |known: &ParamDraft| known.place() == fact.location;
    let alike = |known: &ParamDraft| !at.repeats(&known.rows);
    let found = draft.find(&fact.name, same).or_else(|| draft.find(&fact.name, alike));
    let found = found.unwrap_or_else(|| draft.add(&fact.name, None));
    let known = &mut draft.params[found];
    if at.repeats(&known.rows) {
        return;
    }
    let of = |what: &str| format!("{what} of `{}`", fact.name);
    known.rows.push(at.row());
    join.say(&mut known.location, Some(fact.location), at, codes::CONFLICT, &of("the place"));
    join.say(&mut known.required, Some(fact.required), at, codes::CONFLICT, &of("the mark as required"));
    join.say(&mut known.ty, fact.ty.clone(), at, codes::TYPE, &of("the type"));
    let example = fact.example.clone().or_else(|| join.registry.example(schema.as_deref()));
    join.say_or_not(&mut known.schema, schema, at, codes::CONFLICT, &of("the schema"));
    join.say_or_not(&mut known.default, fact.default.clone(), at, codes::CONFLICT, &of("the default"));
    join.say(&mut known.example, example, at, codes::EXAMPLE, &of("the example"));
    join.say_or_not(&mut known.accepted, fact.accepted.clone(), at, codes::CONFLICT, &of("the list of values"));
    join.say(&mut known.encoding, fact.encoding, at, codes::CONFLICT, &of("the encoding"));
    join.text(&mut known.description, &fact.description, at, &of("the text"));
    join.say(&mut known.deprecated, Some(fact.deprecated), at, codes::DEPRECATED, &of("the mark as deprecated"));
    if known.inferred.is_none() {
        known.inferred.clone_from(&fact.inferred);
    }
}

fn body(known: &mut BodyDraft, body: &BodyFacts, join: &mut Join<'_>) {
    let at = At { side: Side::Rest, span: body.span };
    let schema = join.registry.resolve(&body.link, body.example.as_ref(), join.diagnostics);
    let example = body.example.clone().or_else(|| join.registry.example(schema.as_deref()));
    known.rows.push(at.row());
    if known.fallback.is_empty() {
        known.fallback.clone_from(&body.link.title);
    }
    join.say(&mut known.name, body.name.clone(), at, codes::BODY_NAME, "the name of the body");
    join.say(&mut known.schema, schema, at, codes::CONFLICT, "the schema of the body");
    join.say(&mut known.required, Some(body.required), at, codes::CONFLICT, "the mark of the body as required");
    join.say(&mut known.example, example, at, codes::EXAMPLE, "the example of the body");
    join.text(&mut known.description, body.description.as_deref().unwrap_or_default(), at, "the text of the body");
}
