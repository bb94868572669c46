//! Schemas: which of both sides are the same one, who uses them, and what they say at each place.
//!
//! Published pages write one schema out wherever another one holds it. So both sides are first read as schemas that
//! refer to each other ([`share`](crate::schema::share)): a change is listed once, at the schema that changed. Where
//! only one side refers, the schema behind the reference is compared with what is written out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::node::{Found, Walk};
use super::schema_part::{At, features};
use super::similar::{self, SAME};
use super::{Compare, Owner, Spot, Wire, rules};
use crate::model::{Api, Schema};
use crate::schema::names::Names;
use crate::schema::{locate, share};
use crate::source::Span;

/// Schemas whose parts are less alike are two; those that stand at the same places of actions may be less alike.
const LEAST: u32 = 800;
const LEAST_AT_SAME_PLACES: u32 = 500;
/// With fewer parts than that, nearly every schema is like another one.
const FEWEST_PARTS: usize = 3;

/// The schemas of one side.
pub(super) struct Shared {
    pub(super) schemas: Vec<Schema>,
    names: Names,
}

impl Shared {
    fn new(api: &Api) -> Self {
        let mut seen = BTreeSet::new();
        let first: Vec<Schema> = api.schemas.iter().filter(|schema| seen.insert(&schema.name)).cloned().collect();
        let (schemas, _) = share::share(&first);
        let names = share::names(&schemas);
        Self { schemas, names }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.schemas.iter().position(|schema| schema.name == name)
    }

    /// The schema that a value refers to.
    pub(super) fn target(&self, value: &Value) -> Option<usize> {
        let reference = value.get("$ref")?.as_str()?;
        self.names.find(reference).or_else(|| self.names.guess(reference))
    }

    /// All schemas that some of them lead to, and they themselves.
    fn reach(&self, from: impl Iterator<Item = String>) -> BTreeSet<String> {
        let mut open: Vec<String> = from.collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            if reached.insert(name.clone())
                && let Some(at) = self.position(&name)
            {
                self.references(&self.schemas[at].schema, &mut open);
            }
        }
        reached
    }

    fn references(&self, value: &Value, out: &mut Vec<String>) {
        out.extend(self.target(value).map(|at| self.schemas[at].name.clone()));
        match value {
            Value::Object(map) => map.values().for_each(|value| self.references(value, out)),
            Value::Array(values) => values.iter().for_each(|value| self.references(value, out)),
            _ => {}
        }
    }
}

/// Both sides and what they have in common.
pub(super) struct Schemas<'a> {
    pub(super) old: Shared,
    pub(super) new: Shared,
    renamed: BTreeMap<String, String>,
    sources: [&'a crate::source::Sources; 2],
}

impl Schemas<'_> {
    /// What a schema of the old side is called now.
    pub(super) fn now<'s>(&'s self, old: &'s str) -> &'s str {
        self.renamed.get(old).map_or(old, String::as_str)
    }

    /// What it means on the wire that a place has another schema; none where it is the same one.
    pub(super) fn change(&self, old: Option<&str>, new: Option<&str>, in_request: bool) -> Option<Wire> {
        let (old, new) = match (old, new) {
            (None, None) => return None,
            (Some(old), Some(new)) if self.now(old) == new => return None,
            (Some(old), Some(new)) => (old, new),
            (None, Some(_)) => return Some(Wire::Maybe),
            (Some(_), None) => return Some(if in_request { Wire::Maybe } else { Wire::Breaking }),
        };
        let (Some(before), Some(after)) = (self.old.position(old), self.new.position(new)) else {
            return Some(Wire::Breaking);
        };
        // Where no field of one is a field of the other, all that was read is gone.
        let fields = |shared: &Shared, at: usize| {
            let properties = shared.schemas[at].schema.get("properties").and_then(Value::as_object);
            properties.into_iter().flatten().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>()
        };
        let (left, right) = (fields(&self.old, before), fields(&self.new, after));
        if !left.is_empty() && !right.is_empty() && left.is_disjoint(&right) {
            return Some(Wire::Breaking);
        }
        let found = self.between(before, after);
        let wire = |found: &Found| if in_request { found.rule.wire } else { found.rule.answers };
        Some(found.iter().map(wire).max().unwrap_or(Wire::DocOnly))
    }

    fn between(&self, old: usize, new: usize) -> Vec<Found> {
        let mut walk = Walk::new(self);
        walk.node(&super::node::Path::default(), &At::root(&self.old, old), &At::root(&self.new, new));
        walk.found
    }

    /// The place of a part on its page.
    fn place(&self, side: usize, (schema, way): &(usize, Vec<String>)) -> Option<Span> {
        let schemas = if side == 0 { &self.old } else { &self.new };
        let schema = schemas.schemas.get(*schema)?;
        let span = schema.span?;
        Some(locate::place(self.sources[side].slice(span), &schema.schema, span, way))
    }
}

/// Compares all schemas, and tells what they are called now.
pub(super) fn compare<'a>(compare: &mut Compare<'a>) -> Schemas<'a> {
    let (old, new) = (compare.old.read, compare.new.read);
    let mut schemas = Schemas {
        old: Shared::new(&old.api),
        new: Shared::new(&new.api),
        renamed: BTreeMap::new(),
        sources: [&old.sources, &new.sources],
    };
    let indices = |shared: &Shared| (0..shared.schemas.len()).collect::<Vec<_>>();
    let (before, after) = (&schemas.old.schemas, &schemas.new.schemas);
    let mut come = indices(&schemas.new);
    let mut gone = Vec::new();
    let mut pairs = Vec::new();
    for left in indices(&schemas.old) {
        match come.iter().position(|&right| before[left].name == after[right].name) {
            Some(at) => pairs.push((left, come.remove(at))),
            None => gone.push(left),
        }
    }
    let renamed = alike(&schemas, &old.api, &new.api, &mut gone, &mut come);
    for &(left, right) in &renamed {
        schemas.renamed.insert(before[left].name.clone(), after[right].name.clone());
    }
    for &left in &gone {
        let spot = of(&schemas, Some(left), None);
        compare.add(rules::SCHEMA_REMOVED, &spot, Some(schemas.old.schemas[left].title.clone()), None);
    }
    for &right in &come {
        let spot = of(&schemas, None, Some(right));
        compare.add(rules::SCHEMA_ADDED, &spot, None, Some(schemas.new.schemas[right].title.clone()));
    }
    for (left, right) in &renamed {
        let (before, after) = (&schemas.old.schemas[*left], &schemas.new.schemas[*right]);
        let spot = of(&schemas, Some(*left), Some(*right));
        compare.add(rules::SCHEMA_RENAMED, &spot, Some(before.name.clone()), Some(after.name.clone()));
    }
    let uses = Uses::of(&schemas, &old.api, &new.api);
    pairs.extend(renamed);
    for (left, right) in pairs {
        one(compare, &schemas, &uses, left, right);
    }
    schemas
}

/// A schema on each side.
fn of(schemas: &Schemas<'_>, old: Option<usize>, new: Option<usize>) -> Spot {
    let old = old.map(|at| &schemas.old.schemas[at]);
    let new = new.map(|at| &schemas.new.schemas[at]);
    let name = new.or(old).map(|schema| schema.name.clone()).unwrap_or_default();
    let before = old.map_or(&name, |schema| &schema.name);
    let spot = Spot::new(Owner::Schema(name.clone()), &[&["schemas", before], &["schemas", &name]]);
    spot.on(old.and_then(|schema| schema.span), new.and_then(|schema| schema.span))
}

fn one(compare: &mut Compare<'_>, schemas: &Schemas<'_>, uses: &Uses, left: usize, right: usize) {
    let (before, after) = (&schemas.old.schemas[left], &schemas.new.schemas[right]);
    let spot = of(schemas, Some(left), Some(right));
    compare.text(&spot, "title", Some(&before.title), Some(&after.title));
    compare.text(&spot, "description", before.description.as_deref(), after.description.as_deref());
    compare.example(&spot, before.example.as_ref(), after.example.as_ref());
    for found in schemas.between(left, right) {
        let mut here = if found.path.is_empty() { spot.clone() } else { spot.fact(&found.path) };
        if !found.fact.is_empty() {
            here = here.fact(found.fact);
        }
        here = here.on(schemas.place(0, &found.old_at), schemas.place(1, &found.new_at));
        for way in &mut here.ways {
            way.extend(found.steps.iter().cloned());
        }
        if let Some(step) = &found.renamed_from {
            let mut more = here.ways.clone();
            for way in &mut more {
                way.pop();
                way.push(step.clone());
            }
            here.ways.extend(more);
        }
        compare.add(found.rule, &here, found.old, found.new);
        compare.judge(uses.wire(found.rule, &after.name));
    }
}

/// Which schemas requests carry, and which answers do, by the names of the new side.
struct Uses {
    requests: BTreeSet<String>,
    answers: BTreeSet<String>,
}

impl Uses {
    fn of(schemas: &Schemas<'_>, old: &Api, new: &Api) -> Self {
        let actions =
            |api: &Api| api.resources.iter().flat_map(|resource| resource.actions.clone()).collect::<Vec<_>>();
        let requests = |api: &Api| {
            let of = |action: crate::model::Action| {
                action
                    .body
                    .and_then(|body| body.schema)
                    .into_iter()
                    .chain(action.params.into_iter().filter_map(|param| param.schema))
            };
            actions(api).into_iter().flat_map(of).collect::<Vec<_>>()
        };
        let answers = |api: &Api| {
            let of = |action: crate::model::Action| {
                let events = action.events.into_iter().filter_map(|event| event.schema);
                action.responses.into_iter().filter_map(|response| response.schema).chain(events)
            };
            actions(api).into_iter().flat_map(of).collect::<Vec<_>>()
        };
        let both = |before: Vec<String>, after: Vec<String>| {
            let before = schemas.old.reach(before.into_iter());
            let before = before.iter().map(|name| schemas.now(name).to_owned());
            before.chain(schemas.new.reach(after.into_iter())).collect::<BTreeSet<_>>()
        };
        Self { requests: both(requests(old), requests(new)), answers: both(answers(old), answers(new)) }
    }

    /// What a change of a schema means on the wire. Of a schema that nothing uses, nobody knows who does.
    fn wire(&self, rule: &super::Rule, schema: &str) -> Wire {
        match (self.requests.contains(schema), self.answers.contains(schema)) {
            (true, false) => rule.wire,
            (false, true) => rule.answers,
            _ => rule.wire.max(rule.answers),
        }
    }
}

/// Schemas of one side alone that are the same under another name.
fn alike(
    schemas: &Schemas<'_>,
    old: &Api,
    new: &Api,
    gone: &mut Vec<usize>,
    come: &mut Vec<usize>,
) -> Vec<(usize, usize)> {
    let (places_before, places_after) = (places(old), places(new));
    let parts = |shared: &Shared, at: usize| features(&shared.schemas[at].schema);
    let before: BTreeMap<usize, BTreeSet<String>> = gone.iter().map(|&at| (at, parts(&schemas.old, at))).collect();
    let after: BTreeMap<usize, BTreeSet<String>> = come.iter().map(|&at| (at, parts(&schemas.new, at))).collect();
    let likeness = |left: &usize, right: &usize| {
        let (old, new) = (&schemas.old.schemas[*left], &schemas.new.schemas[*right]);
        let shape = similar::jaccard(&before[left], &after[right]);
        let same_places =
            places_before.get(&old.name[..]).is_some_and(|places| places_after.get(&new.name[..]) == Some(places));
        let is_telling = before[left].len() >= FEWEST_PARTS;
        let fits = if same_places { shape >= LEAST_AT_SAME_PLACES } else { is_telling && shape >= LEAST };
        if fits { (shape * 3 + similar::of_names(&old.name, &new.name)) / 4 } else { 0 }
    };
    similar::renamed(gone, come, 1, likeness)
        .into_iter()
        .filter(|(left, right)| likeness(left, right).min(SAME) > 0)
        .collect()
}

/// Where the actions use each schema.
fn places(api: &Api) -> BTreeMap<&str, BTreeSet<(&str, &str, String)>> {
    let mut places: BTreeMap<&str, BTreeSet<(&str, &str, String)>> = BTreeMap::new();
    for resource in &api.resources {
        for action in &resource.actions {
            let body = action.body.iter().filter_map(|body| Some((body.schema.as_deref()?, "body".to_owned())));
            let answers = action
                .responses
                .iter()
                .filter_map(|response| Some((response.schema.as_deref()?, response.code.to_string())));
            let params = action.params.iter().filter_map(|param| Some((param.schema.as_deref()?, param.name.clone())));
            for (schema, place) in body.chain(answers).chain(params) {
                places.entry(schema).or_default().insert((&resource.name, &action.name, place));
            }
        }
    }
    places
}
