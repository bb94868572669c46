//! What becomes of the client's public items, and which change of the facts it comes from.

use std::collections::{BTreeMap, BTreeSet};

use super::schemas::Schemas;
use super::surface::{self, SELF, Surface};
use super::{Change, Level, Owner, Place, Rule, Way, Wire, rules, similar};
use crate::plan::{Crate, Item};

/// What became of one item.
struct Delta {
    item: String,
    rule: &'static Rule,
    old: Option<String>,
    new: Option<String>,
    level: Level,
    ways: Vec<Way>,
}

/// Puts every difference of the public items down to the changes that it can come from; what comes from none of them
/// becomes a change of its own.
pub(super) fn blame(old: &Crate, new: &Crate, schemas: &Schemas<'_>, changes: &mut Vec<Change>) {
    let renamed = renamed_types(old, new, schemas);
    let called = renamed.iter().map(|delta| (last(delta.old.as_deref()), last(delta.new.as_deref()))).collect();
    let (before, after) = (surface::of(old, &called), surface::of(new, &BTreeMap::new()));
    let mut deltas = renamed;
    deltas.extend(differences(&before, &after));
    let known = changes.len();
    for delta in deltas {
        let mut best: Option<Rank> = None;
        let mut guilty = Vec::new();
        for (at, change) in changes[..known].iter().enumerate() {
            let Some(rank) = rank(change, &delta) else { continue };
            if best.is_none_or(|best| rank < best) {
                guilty.clear();
                best = Some(rank);
            }
            if best == Some(rank) {
                guilty.push(at);
            }
        }
        if guilty.is_empty() {
            changes.push(own(delta));
            continue;
        }
        for at in guilty {
            let change = &mut changes[at];
            change.rust = change.rust.max(delta.level);
            change.items.push(delta.say());
        }
    }
}

impl Delta {
    fn say(&self) -> String {
        match (&self.old, &self.new) {
            (Some(_), None) => format!("- {}", self.item),
            (None, Some(_)) => format!("+ {}", self.item),
            (Some(old), Some(new)) if old != new => format!("~ {}: {old} → {new}", self.item),
            _ => format!("~ {}", self.item),
        }
    }
}

fn last(path: Option<&str>) -> String {
    path.and_then(|path| path.rsplit("::").next()).unwrap_or_default().to_owned()
}

/// Whether an item's difference can come from a change, and how likely: the least is the likeliest. A change of the
/// place itself or right above it comes before one below, and the nearest one before all others.
type Rank = (bool, bool, usize);

fn rank(change: &Change, delta: &Delta) -> Option<Rank> {
    if change.rule.rust < delta.level {
        return None;
    }
    let is_renaming = |rule: &Rule| rule.id.ends_with("-renamed");
    if delta.rule == rules::RUST_TYPE_RENAMED && !is_renaming(change.rule) {
        return None;
    }
    let mut best: Option<(bool, usize)> = None;
    for way in &change.ways {
        for item in &delta.ways {
            let whole = item.strip_suffix(&[SELF.to_owned()]).unwrap_or(item);
            let found = if item.starts_with(way) {
                (false, item.len() - way.len())
            } else if whole.len() > 1 && way.starts_with(whole) {
                // Something below the item changed: the shape of a type depends on all that it is made of.
                (true, way.len() - whole.len())
            } else {
                continue;
            };
            best = Some(best.map_or(found, |best| best.min(found)));
        }
    }
    best.map(|(is_below, distance)| (change.rule == rules::EXAMPLE_CHANGED, is_below, distance))
}

fn own(delta: Delta) -> Change {
    Change {
        place: Place { owner: Owner::Rust, action: None, facts: vec![delta.item.clone()] },
        rule: delta.rule,
        items: vec![delta.say()],
        old: delta.old,
        new: delta.new,
        old_at: None,
        new_at: None,
        wire: Wire::DocOnly,
        rust: delta.level,
        ways: Vec::new(),
    }
}

fn differences(old: &Surface, new: &Surface) -> Vec<Delta> {
    // Of an item that is gone as a whole, or is another kind of thing, the parts say nothing new.
    let is_other = |path: &str| match (old.get(path), new.get(path)) {
        (Some(before), Some(after)) => before.signature != after.signature,
        (None, None) => false,
        _ => true,
    };
    let is_part = |path: &str| {
        let ends = path.match_indices(':').map(|(at, _)| &path[..at]);
        ends.filter(|outer| !outer.is_empty()).any(is_other)
    };
    let mut deltas = Vec::new();
    for (path, before) in old.iter().filter(|(path, _)| !is_part(path)) {
        let mut delta = Delta {
            item: path.clone(),
            rule: rules::RUST_ITEM_REMOVED,
            old: Some(before.signature.clone()),
            new: None,
            level: Level::Major,
            ways: before.ways.clone(),
        };
        if let Some(after) = new.get(path) {
            delta.ways.extend(after.ways.clone());
            delta.rule = rules::RUST_ITEM_CHANGED;
            delta.new = Some(after.signature.clone());
            if before.signature == after.signature {
                if before.deprecated == after.deprecated {
                    continue;
                }
                delta.level = if after.deprecated { Level::Minor } else { Level::Patch };
            }
        }
        deltas.push(delta);
    }
    for (path, after) in new.iter().filter(|(path, _)| !old.contains_key(*path) && !is_part(path)) {
        deltas.push(Delta {
            item: path.clone(),
            rule: rules::RUST_ITEM_ADDED,
            old: None,
            new: Some(after.signature.clone()),
            level: Level::Minor,
            ways: after.ways.clone(),
        });
    }
    deltas
}

/// A type, its kind and everywhere it stands, in words of the new side.
struct Standing {
    path: String,
    kind: &'static str,
    places: BTreeSet<String>,
    ways: Vec<Way>,
}

/// Types that stand where another type stood, which is gone.
fn renamed_types(old: &Crate, new: &Crate, schemas: &Schemas<'_>) -> Vec<Delta> {
    let (before, after) = (types(old, |name| schemas.now(name).to_owned()), types(new, str::to_owned));
    let other = |list: &[Standing], ty: &Standing| !list.iter().any(|known| known.path == ty.path);
    let gone: Vec<&Standing> = before.iter().filter(|ty| other(&after, ty)).collect();
    let come: Vec<&Standing> = after.iter().filter(|ty| other(&before, ty)).collect();
    let likeness = |old: &&Standing, new: &&Standing| {
        if old.kind == new.kind { similar::jaccard(&old.places, &new.places) } else { 0 }
    };
    let pairs = similar::pairs(&gone, &come, 1, likeness);
    pairs
        .into_iter()
        .map(|(left, right)| Delta {
            item: gone[left].path.clone(),
            rule: rules::RUST_TYPE_RENAMED,
            old: Some(gone[left].path.clone()),
            new: Some(come[right].path.clone()),
            level: Level::Major,
            ways: gone[left].ways.iter().chain(&come[right].ways).cloned().collect(),
        })
        .collect()
}

fn types(plan: &Crate, now: impl Fn(&str) -> String) -> Vec<Standing> {
    let mut types = Vec::new();
    for item in plan.families.iter().flat_map(|family| &family.items) {
        let kind = match item {
            Item::Struct(_) => "struct",
            Item::Enum(_) => "enum",
            Item::Union(_) => "union",
            Item::Alias(_) => "alias",
        };
        let paths = plan.places.get(item.name()).map_or(&[][..], Vec::as_slice);
        let place = |path: &crate::schema::graph::Path| {
            let mut path = path.clone();
            path.schema = now(&path.schema);
            path.to_string()
        };
        types.push(Standing {
            path: format!("schemas::{}", item.name()),
            kind,
            places: paths.iter().map(place).collect(),
            ways: paths.iter().map(surface::way).collect(),
        });
    }
    for (name, ways) in surface::uses(plan) {
        let places = ways.iter().map(|way| way.join("/")).collect();
        types.push(Standing { path: format!("resources::params::{name}"), kind: "enum of parameters", places, ways });
    }
    types
}
