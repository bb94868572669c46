//! The names of actions whose pages have none: taken from the other pages of the resource, where one fits.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::assign;
use super::codes;
use super::join::letters;
use crate::diagnostic::Diagnostic;
use crate::dialect::{self, ActionFacts, ClientAction, ClientFacts, ResourceFacts, names};
use crate::source::Span;

/// An action and its name, with the pages that give it.
pub(super) struct Named<'a> {
    pub facts: &'a ActionFacts,
    pub name: String,
    pub by: Vec<Span>,
}

/// Verb and path below the resource of actions whose names other resources' pages tell.
#[derive(Default)]
pub(super) struct Learned {
    names: BTreeMap<(String, String), BTreeMap<String, Span>>,
}

impl Learned {
    fn add(&mut self, page: &ResourceFacts, action: &ActionFacts, name: &str, by: Span) {
        if let Some(path) = below(page, action).filter(|path| !path.is_empty()) {
            let names = self.names.entry((action.method.clone(), path.to_owned())).or_default();
            names.entry(name.to_owned()).or_insert(by);
        }
    }

    /// The one name that all other resources have for such an action.
    fn find(&self, page: &ResourceFacts, action: &ActionFacts) -> Option<(&str, Span)> {
        let names = self.names.get(&(action.method.clone(), below(page, action)?.to_owned()))?;
        let mut names = names.iter();
        let (name, by) = names.next()?;
        names.next().is_none().then_some((&name[..], *by))
    }
}

/// The path of an action below its resource.
fn below<'a>(page: &ResourceFacts, action: &'a ActionFacts) -> Option<&'a str> {
    action.url.as_ref()?.path.strip_prefix(&page.url.as_ref()?.path[..])
}

/// The pages of one resource.
#[derive(Default)]
pub(super) struct Pages<'a> {
    pub rest: Vec<&'a ResourceFacts>,
    pub client: Vec<&'a ClientFacts>,
}

/// Names the actions of every REST page.
pub(super) fn names<'a>(
    resources: &BTreeMap<&'a str, Pages<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, Vec<Vec<Named<'a>>>> {
    let mut learned = Learned::default();
    let mut all: BTreeMap<&str, Vec<Vec<Named<'_>>>> = BTreeMap::new();
    for (resource, pages) in resources {
        let named = pages.rest.iter().map(|page| {
            let named = of_page(page, pages, diagnostics);
            for action in named.iter().filter(|action| action.facts.name_derived) {
                if let Some(by) = action.by.first() {
                    learned.add(page, action.facts, &action.name, *by);
                }
            }
            named
        });
        all.insert(resource, named.collect());
    }
    for (resource, pages) in resources {
        let Some(lists) = all.get_mut(resource) else { continue };
        for (page, named) in pages.rest.iter().zip(lists) {
            for at in 0..named.len() {
                if named[at].by.is_empty() {
                    unnamed(page, pages, named, at, &learned, diagnostics);
                }
            }
            check(resource, named, diagnostics);
        }
    }
    all
}

/// Checks the names of a page that has none: each stands once, and such pages are sorted by the names that they hide.
fn check(resource: &str, named: &[Named<'_>], diagnostics: &mut Vec<Diagnostic>) {
    if !named.iter().any(|action| action.facts.name_derived) {
        return;
    }
    let mut seen = BTreeMap::new();
    for Named { name, facts, .. } in named {
        if let Some(first) = seen.insert(name, facts.span) {
            let message = format!("a second action `{name}` of `{resource}`");
            let diagnostic = Diagnostic::new(dialect::codes::ACTION_DUPLICATE, facts.span, message);
            diagnostics.push(diagnostic.with_related(first, "the first one"));
        }
    }
    for (before, Named { name, facts, .. }) in named.iter().zip(named.iter().skip(1)) {
        if before.name > *name {
            let message = format!("`{name}` stands behind `{}`, although actions are sorted by name", before.name);
            diagnostics.push(Diagnostic::new(dialect::codes::ACTION_ORDER, facts.span, message));
        }
    }
}

/// An action that no other page of its resource has.
fn unnamed(
    page: &ResourceFacts,
    pages: &Pages<'_>,
    named: &mut [Named<'_>],
    at: usize,
    learned: &Learned,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(other) = pages.client.first() else { return };
    let facts = named[at].facts;
    let is_free = |name: &str| !named.iter().enumerate().any(|(index, other)| index != at && other.name == name);
    let known = learned.find(page, facts).filter(|(name, _)| named.len() <= MOST.0 && is_free(name));
    if let Some((name, by)) = known {
        name.clone_into(&mut named[at].name);
        named[at].by.push(by);
        return;
    }
    if named.len() <= MOST.0 {
        let name = like_siblings(page, named, facts).unwrap_or_else(|| plain(page, facts));
        if is_free(&name) {
            named[at].name = name;
        }
    }
    let message = format!("no page names this action; it is called `{}` after method and path", named[at].name);
    let diagnostic = Diagnostic::new(codes::NAME_DERIVED, facts.span, message);
    diagnostics.push(diagnostic.with_related(other.span, "not here"));
}

/// The name that method and path alone give: the path's last part, else the verb.
fn plain(page: &ResourceFacts, action: &ActionFacts) -> String {
    let last = below(page, action).and_then(|path| path.rsplit('/').find(|part| !part.is_empty()));
    last.map_or_else(|| action.method.to_lowercase(), names::camel)
}

/// The name after the example of the other actions of the page, where they all put one word before the path:
/// `/auth/user` is `authenticateUser`.
fn like_siblings(page: &ResourceFacts, named: &[Named<'_>], action: &ActionFacts) -> Option<String> {
    let path = |action: &ActionFacts| -> Option<String> {
        let parts = below(page, action)?.split('/').filter(|part| !part.is_empty());
        Some(parts.map(|part| names::title_of_camel(&names::camel(part)).replace(' ', "")).collect())
    };
    let siblings = named.iter().filter(|other| !other.by.is_empty() && other.facts.method == action.method);
    let prefixes: Vec<Option<String>> = siblings
        .filter_map(|other| Some((&other.name, path(other.facts).filter(|path| !path.is_empty())?)))
        .map(|(name, path)| name.strip_suffix(&path[..]).map(str::to_owned))
        .collect();
    let first = prefixes.first()?.clone().filter(|prefix| !prefix.is_empty())?;
    let agreed = prefixes.len() > 1 && prefixes.iter().all(|prefix| prefix.as_ref() == Some(&first));
    let own = path(action).filter(|path| agreed && !path.is_empty())?;
    Some(first + &own)
}

/// Names the actions of one page as far as the pages of its resource tell.
fn of_page<'a>(page: &'a ResourceFacts, pages: &Pages<'a>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Named<'a>> {
    let own = |facts: &'a ActionFacts| {
        let by = if facts.name_derived { Vec::new() } else { vec![facts.span] };
        Named { facts, name: facts.name.clone(), by }
    };
    let mut named: Vec<Named<'_>> = page.actions.iter().map(own).collect();
    // Where it goes tells an action of two REST pages for certain.
    let address = |facts: &ActionFacts| facts.url.as_ref().map(|url| (facts.method.clone(), url.path.clone()));
    let mut others: BTreeMap<_, Vec<&ActionFacts>> = BTreeMap::new();
    for other in pages.rest.iter().flat_map(|page| &page.actions).filter(|other| !other.name_derived) {
        if let Some(address) = address(other) {
            others.entry(address).or_default().push(other);
        }
    }
    for action in named.iter_mut().filter(|action| action.by.is_empty()) {
        let same =
            address(action.facts).and_then(|address| others.get(&address)).map(Vec::as_slice).unwrap_or_default();
        if let Some(first) = same.first() {
            action.name.clone_from(&first.name);
            action.by = same.iter().map(|other| other.span).collect();
        }
    }
    from_clients(page, pages, &mut named, diagnostics);
    named
}

/// Takes the names from the functions that fit best, all of them at once.
fn from_clients<'a>(
    page: &ResourceFacts,
    pages: &Pages<'a>,
    named: &mut [Named<'a>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut functions: BTreeMap<&str, Vec<&ClientAction>> = BTreeMap::new();
    for action in pages.client.iter().flat_map(|page| &page.actions) {
        functions.entry(&action.name).or_default().push(action);
    }
    let open: Vec<usize> = (0..named.len()).filter(|&at| named[at].by.is_empty()).collect();
    let taken: BTreeSet<&str> =
        named.iter().filter(|action| !action.by.is_empty()).map(|action| &action.name[..]).collect();
    let free: Vec<(&str, &Vec<&ClientAction>)> =
        functions.iter().filter(|(name, _)| !taken.contains(*name)).map(|(name, list)| (*name, list)).collect();
    if open.len() > MOST.0 || free.len() > MOST.1 {
        return;
    }
    let weigh = |at: &usize| -> Vec<i64> {
        let facts = named[*at].facts;
        let best = |list: &Vec<&ClientAction>| list.iter().map(|function| likeness(page, facts, function)).max();
        free.iter().map(|(_, list)| best(list).unwrap_or_default()).collect()
    };
    let weights: Vec<Vec<i64>> = open.iter().map(weigh).collect();
    let found = assign(&weights, LEAST);
    for (row, column) in found.iter().enumerate() {
        let Some(column) = *column else { continue };
        let (name, list) = free[column];
        let action = &mut named[open[row]];
        name.clone_into(&mut action.name);
        action.by = list.iter().map(|function| function.span).collect();
        if let Some(rival) = rival(&weights, &found, row) {
            let message = format!("`{name}` and `{}` fit this action equally well", free[rival].0);
            let mut diagnostic = Diagnostic::new(codes::NAME_AMBIGUOUS, action.facts.span, message);
            let spans = [column, rival].into_iter().filter_map(|at| free[at].1.first());
            diagnostic.related.extend(spans.map(|function| (function.span, "one of the two".to_owned())));
            diagnostics.push(diagnostic);
        }
    }
}

/// Another column that a row could have in an assignment that is as good as a whole.
fn rival(weights: &[Vec<i64>], found: &[Option<usize>], row: usize) -> Option<usize> {
    let sum = |weights: &[Vec<i64>], found: &[Option<usize>]| -> i64 {
        found.iter().enumerate().map(|(row, at)| at.map_or(LEAST - 1, |at| weights[row][at])).sum()
    };
    let mut without = weights.to_vec();
    without[row][found[row]?] = i64::MIN;
    let other = assign(&without, LEAST);
    if sum(&without, &other) == sum(weights, found) { other[row] } else { None }
}

/// More actions or functions than this are no page of one resource, and would take long to compare.
const MOST: (usize, usize) = (64, 128);

/// Below this a function is another action.
const LEAST: i64 = 40;

/// How much speaks for a function being an action, never their order.
fn likeness(page: &ResourceFacts, action: &ActionFacts, function: &ClientAction) -> i64 {
    let mut sum = 0;
    let function_params: BTreeSet<String> = function.params.iter().map(|param| param.fact.name.clone()).collect();
    let of_action: BTreeSet<String> = action.params.iter().map(|param| param.fact.name.clone()).collect();
    sum += 30 * share(&of_action, &function_params) / 100;
    let links = |links: &mut dyn Iterator<Item = String>| links.collect::<BTreeSet<String>>();
    let bodies = links(&mut action.body.iter().map(|body| letters(&body.link.title)));
    let given =
        links(&mut function.params.iter().filter_map(|param| param.link.as_ref()).map(|link| letters(&link.title)));
    match (bodies.is_empty(), given.is_empty()) {
        (true, true) => sum += 10,
        (false, false) => sum += if bodies.is_subset(&given) { 40 } else { -10 },
        // A parameter of the query may have a schema, too.
        (true, false) => sum -= 10,
        (false, true) => sum -= 40,
    }
    let answer = |code: u16, title: Option<&str>| format!("{code} {}", title.map(letters).unwrap_or_default());
    let ours: BTreeSet<String> =
        action.responses.iter().map(|it| answer(it.fact.code, it.link.as_ref().map(|link| &link.title[..]))).collect();
    let theirs: BTreeSet<String> = function
        .responses
        .iter()
        .map(|it| answer(it.fact.code, it.link.as_ref().map(|link| &link.title[..])))
        .collect();
    sum += 30 * share(&ours, &theirs) / 100;
    sum += 60 * share(&words(&action.summary), &words(&function.summary)) / 100;
    if plain(page, action) == function.name {
        sum += 30;
    }
    sum + verb(&action.method, &function.name)
}

/// How many of a hundred elements two sets share.
fn share(left: &BTreeSet<String>, right: &BTreeSet<String>) -> i64 {
    let all = left.union(right).count();
    let common = left.intersection(right).count();
    if all == 0 { 100 } else { i64::try_from(common * 100 / all).unwrap_or_default() }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What the first word of a name says about the method.
fn verb(method: &str, name: &str) -> i64 {
    const WORDS: &[(&str, &[&str])] = &[
        ("DELETE", &["delete", "remove", "revoke", "disconnect", "clear"]),
        ("GET", &["get", "fetch", "list", "pending", "last", "search"]),
        ("PATCH", &["patch", "set", "modify", "update", "change"]),
        ("POST", &["post", "send", "add", "create", "invite", "press", "authenticate", "export", "query"]),
    ];
    let first: String = name.chars().take_while(|c| !c.is_uppercase()).collect();
    let says = WORDS.iter().find(|(_, words)| words.contains(&&first[..])).map(|(method, _)| *method);
    match says {
        Some(says) if says == method => 20,
        // Some read with POST, and some write with it what others patch.
        Some(_) => -20,
        None => 0,
    }
}
