//! Where a value travels when only pages of clients are there, which do not say it.
//!
//! The rules are told in the generator's README; each guess that the page's own words do not settle is pointed out.

use std::collections::BTreeSet;

use crate::dialect::{ClientAction, ClientFacts, ClientParam, Linked};
use crate::model::Location;

/// Verbs with which the text of a reading function begins.
const READING: &[&str] = &["get", "gets", "return", "returns", "retrieve", "retrieves", "list", "lists", "fetch"];

/// The names of the path parameters of a page: the required plain rows with which every function of the page begins.
pub(super) fn path_params<'a>(page: &'a ClientFacts) -> BTreeSet<&'a str> {
    let leading = |action: &'a ClientAction| -> Vec<&'a str> {
        let rows = action.params.iter().take_while(|param| is_plain(param) && param.fact.required != Some(false));
        rows.map(|param| &param.fact.name[..]).collect()
    };
    let mut lists = page.actions.iter().map(leading);
    let mut common = lists.next().unwrap_or_default();
    for list in lists {
        let same = common.iter().zip(&list).take_while(|(left, right)| left == right).count();
        common.truncate(same);
    }
    common.into_iter().collect()
}

fn is_plain(param: &Linked<ClientParam>) -> bool {
    param.link.is_none() && !is_file(param) && !is_private(&param.fact.name)
}

fn is_file(param: &Linked<ClientParam>) -> bool {
    param.fact.ty.as_deref() == Some("file")
}

/// Whether a parameter belongs to every request: the platform writes those with an underscore in front.
pub(super) fn is_private(name: &str) -> bool {
    name.starts_with('_')
}

/// Which of the parameters with a schema is the body, and whether that is in doubt.
///
/// A form has none. A required one is the body: nothing else with a schema is ever required. An optional one is, too,
/// unless the function only reads.
pub(super) fn body(action: &ClientAction, candidates: &[usize]) -> (Option<usize>, bool) {
    if is_form(action) {
        return (None, !candidates.is_empty());
    }
    let required = |at: &&usize| action.params[**at].fact.required == Some(true);
    if let Some(&at) = candidates.iter().find(required) {
        return (Some(at), candidates.len() > 1);
    }
    let found = if reads(action) { None } else { candidates.first().copied() };
    (found, !candidates.is_empty())
}

/// Whether a function only reads: nothing is made or accepted, and name or text begin with a verb of reading.
fn reads(action: &ClientAction) -> bool {
    let is_begun = action.responses.iter().any(|response| matches!(response.fact.code, 201 | 202));
    let text = action.summary.split_whitespace().next().unwrap_or_default().to_lowercase();
    let named = action.name.strip_prefix("get").is_some_and(|rest| !rest.starts_with(char::is_lowercase));
    !is_begun && (named || READING.contains(&&text[..]))
}

/// Where a parameter travels that is no body.
pub(super) fn location(name: &str, path: &BTreeSet<&str>, is_form: bool) -> Location {
    if path.contains(name) {
        Location::Path
    } else if is_form {
        Location::Multipart
    } else {
        Location::Query
    }
}

/// Whether a function sends a form: nothing else holds a file.
pub(super) fn is_form(action: &ClientAction) -> bool {
    action.params.iter().any(is_file)
}

/// The parameters that every function of a folder takes without having to: they belong to the API as a whole.
///
/// They close every table. One page alone shows too little to tell them from parameters of its own.
pub(super) fn everywhere<'a>(pages: &[&'a ClientFacts]) -> BTreeSet<&'a str> {
    let mut actions = pages.iter().flat_map(|page| &page.actions).map(closing);
    let Some(mut common) = actions.next().filter(|_| pages.len() > 1) else { return BTreeSet::new() };
    for list in actions {
        let same = |(left, right): &(&&ClientParam, &&ClientParam)| (&left.name, &left.ty) == (&right.name, &right.ty);
        let count = common.iter().zip(&list).take_while(same).count();
        common.truncate(count);
    }
    common.into_iter().map(|param| &param.name[..]).collect()
}

/// The optional plain rows at the end of a function's table, the last one first.
fn closing(action: &ClientAction) -> Vec<&ClientParam> {
    let rows = action.params.iter().rev().filter(|param| !is_private(&param.fact.name));
    let optional = |param: &&Linked<ClientParam>| {
        let fact = &param.fact;
        let has_values = fact.default.is_some() || fact.accepted.is_some();
        is_plain(param) && fact.required == Some(false) && !has_values
    };
    rows.take_while(optional).map(|param| &param.fact).collect()
}
