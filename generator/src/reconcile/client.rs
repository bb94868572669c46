//! An action of a client's reference: the authority for types and names, and silent on where things travel.

use std::collections::BTreeSet;

use super::draft::{BodyDraft, Draft, ParamDraft};
use super::join::{At, Join, letters};
use super::stated::Side;
use super::{codes, guess};
use crate::diagnostic::Diagnostic;
use crate::dialect::{ClientAction, ClientFacts, ClientParam, Linked};
use crate::model::Location;

/// A page, and what its tables show as a whole.
pub(super) struct Reader<'a> {
    path: BTreeSet<&'a str>,
    columns: Columns,
}

/// What the tables of a page have, so that an empty cell says something.
struct Columns {
    defaults: bool,
    accepted: bool,
}

impl<'a> Reader<'a> {
    /// Looks at a page; early ones have neither defaults nor values.
    pub(super) fn new(page: &'a ClientFacts) -> Self {
        let params = || page.actions.iter().flat_map(|action| &action.params);
        let columns = Columns {
            defaults: params().any(|param| param.fact.default.is_some()),
            accepted: params().any(|param| param.fact.accepted.is_some()),
        };
        Self { path: guess::path_params(page), columns }
    }

    /// Adds what a page says of one function.
    pub(super) fn add(&self, draft: &mut Draft, action: &ClientAction, join: &mut Join<'_>) {
        let at = At { side: Side::Client, span: action.span };
        draft.headings.push(at.row());
        join.text(&mut draft.summary, &action.summary, at, "the text");
        join.text(&mut draft.description, action.description.as_deref().unwrap_or_default(), at, "the second text");
        join.say(&mut draft.deprecated, Some(action.deprecated), at, codes::DEPRECATED, "the mark as deprecated");
        if let Some(auth) = &action.auth {
            join.say(&mut draft.token, Some(auth.required), at, codes::SCOPES, "whether a token is needed");
            let scopes = (!auth.scopes.is_empty()).then(|| auth.scopes.clone());
            join.say(&mut draft.scopes, scopes, at, codes::SCOPES, "the list of scopes");
        }
        self.params(draft, action, join);
        for response in &action.responses {
            let schema = join.schema(response);
            let fact = &response.fact;
            let at = At { side: Side::Client, span: fact.span.unwrap_or(action.span) };
            let known = draft.responses.entry(fact.code).or_default();
            if at.repeats(&known.rows) {
                continue;
            }
            known.rows.push(at.row());
            join.say_or_not(&mut known.schema, schema, at, codes::LINK, &format!("the schema of {}", fact.code));
            join.text(&mut known.description, &fact.description, at, &format!("the text of {}", fact.code));
        }
    }

    fn params(&self, draft: &mut Draft, action: &ClientAction, join: &mut Join<'_>) {
        let is_common = |name: &str| guess::is_private(name) || join.everywhere.contains(name);
        let is_form = guess::is_form(action);
        let rows = action.params.iter().enumerate();
        let candidates: Vec<usize> = rows
            .filter(|(_, param)| param.link.is_some())
            .filter(|(_, param)| !is_common(&param.fact.name) && draft.find(&param.fact.name, |_| true).is_none())
            .map(|(at, _)| at)
            .collect();
        let is_common = |param: &ClientParam| is_common(&param.name);
        let common: BTreeSet<usize> =
            (0..action.params.len()).filter(|&at| is_common(&action.params[at].fact)).collect();
        let (body, doubtful) = find_body(draft, action, &candidates);
        for (index, param) in action.params.iter().enumerate() {
            let at = At { side: Side::Client, span: param.fact.span };
            if common.contains(&index) {
                draft.common.push((param.fact.name.clone(), at.row()));
                self::common(param, at, &self.columns, join);
            } else if body == Some(index) {
                self::body(draft.body.get_or_insert_default(), param, at, join);
            } else {
                let name = &param.fact.name;
                let known = draft.find(name, |_| true);
                let known = known.unwrap_or_else(|| draft.add(name, Some(guess::location(name, &self.path, is_form))));
                add_param(&mut draft.params[known], param, at, &self.columns, join);
            }
            if doubtful && candidates.binary_search(&index).is_ok() {
                let place = if body == Some(index) { "the body" } else { "a parameter" };
                let message = format!("`{}` is taken for {place} of `{}`", param.fact.name, action.name);
                join.diagnostics.push(Diagnostic::new(codes::PLACE, param.fact.span, message));
            }
        }
    }
}

/// Which parameter is the body, and whether that is only a guess.
fn find_body(draft: &Draft, action: &ClientAction, candidates: &[usize]) -> (Option<usize>, bool) {
    let Some(known) = &draft.body else { return guess::body(action, candidates) };
    let named = |at: &&usize| known.name.get() == Some(&action.params[**at].fact.name);
    let schema = known.schema.get().map(|name| letters(name));
    let linked = |at: &&usize| {
        let link = action.params[**at].link.as_ref();
        link.is_some_and(|link| schema == Some(letters(&link.title)))
    };
    let found = candidates.iter().find(named).or_else(|| candidates.iter().find(linked)).copied();
    (found.or_else(|| guess::body(action, candidates).0).or_else(|| candidates.first().copied()), false)
}

fn body(known: &mut BodyDraft, param: &Linked<ClientParam>, at: At, join: &mut Join<'_>) {
    let fact = &param.fact;
    if at.repeats(&known.rows) {
        return;
    }
    known.rows.push(at.row());
    let schema = join.schema(param);
    let example = fact.example.clone().or_else(|| join.registry.example(schema.as_deref()));
    join.say(&mut known.name, Some(fact.name.clone()), at, codes::BODY_NAME, "the name of the body");
    join.say(&mut known.schema, schema, at, codes::LINK, "the schema of the body");
    join.say(&mut known.required, fact.required, at, codes::REQUIRED, "the mark of the body as required");
    join.say(&mut known.example, example, at, codes::EXAMPLE, "the example of the body");
    join.text(&mut known.description, &fact.description, at, "the text of the body");
    if fact.default.is_some() || fact.accepted.is_some() {
        join.diagnostics.push(Diagnostic::new(
            codes::BODY_VALUES,
            at.span,
            "a body with a default or a list of values",
        ));
    }
}

/// A row of a parameter of every action: each of them says the same, or is pointed out.
fn common(param: &Linked<ClientParam>, at: At, columns: &Columns, join: &mut Join<'_>) {
    let name = &param.fact.name;
    let mut known = join.common.remove(name).unwrap_or_else(|| {
        let location = if guess::is_private(name) { Location::Query } else { Location::Header };
        ParamDraft { name: name.clone(), guess: Some(location), ..ParamDraft::default() }
    });
    let before = join.diagnostics.len();
    add_facts(&mut known, param, at, columns, join);
    let found = join.diagnostics.split_off(before);
    let fresh = found.into_iter().filter(|it| join.reported.insert((it.code, it.message.clone())));
    join.diagnostics.extend(fresh);
    join.common.insert(name.clone(), known);
}

fn add_param(known: &mut ParamDraft, param: &Linked<ClientParam>, at: At, columns: &Columns, join: &mut Join<'_>) {
    if !at.repeats(&known.rows) {
        add_facts(known, param, at, columns, join);
    }
}

fn add_facts(known: &mut ParamDraft, param: &Linked<ClientParam>, at: At, columns: &Columns, join: &mut Join<'_>) {
    let schema = join.schema(param);
    let fact = &param.fact;
    let of = |what: &str| format!("{what} of `{}`", fact.name);
    known.rows.push(at.row());
    join.say(&mut known.required, fact.required, at, codes::REQUIRED, &of("the mark as required"));
    join.say(&mut known.ty, fact.ty.clone(), at, codes::TYPE, &of("the type"));
    let example = fact.example.clone().or_else(|| join.registry.example(schema.as_deref()));
    join.say_or_not(&mut known.schema, schema, at, codes::LINK, &of("the schema"));
    join.say(&mut known.example, example, at, codes::EXAMPLE, &of("the example"));
    if columns.defaults || fact.default.is_some() {
        join.say_or_not(&mut known.default, fact.default.clone(), at, codes::DEFAULT, &of("the default"));
    }
    if columns.accepted || fact.accepted.is_some() {
        join.say_or_not(&mut known.accepted, fact.accepted.clone(), at, codes::ACCEPTED, &of("the list of values"));
    }
    join.text(&mut known.description, &fact.description, at, &of("the text"));
    join.say(&mut known.deprecated, Some(fact.deprecated), at, codes::DEPRECATED, &of("the mark as deprecated"));
}
