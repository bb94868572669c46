//! Two models in, a list of changes out: each with its place, what it means on the wire, and what it means in Rust.
//!
//! What a change means on the wire is a matter of its kind ([`rules`]). What it means in Rust is read off the public
//! items of the two clients, so no rule has to guess what the generator makes of a fact: a change of the
//! items is put down to the changes of the facts that it can come from, and one that comes from none is listed itself.

mod actions;
mod approvals;
mod blame;
mod keywords;
mod markdown;
mod node;
mod params;
mod parts;
pub mod rules;
mod schema_part;
mod schemas;
mod similar;
mod surface;
mod verdict;

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::Value;

use crate::Read;
use crate::diagnostic::Severity;
use crate::plan::Crate;
use crate::source::Span;

pub use approvals::{Approvals, Review};
pub use markdown::{Head, markdown};
pub use rules::{Level, Rule, Wire};
pub use verdict::{Category, Verdict};

/// One of the two clients: what its pages say, and what is made of that.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The pages and their model, as far as they could be read.
    pub read: &'a Read,
    /// The plan of the client.
    pub plan: &'a Crate,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The pages themselves.
    Pages,
    /// The API as a whole.
    Api,
    /// A resource.
    Resource(String),
    /// A schema.
    Schema(String),
    /// The client.
    Rust,
}

/// Where a change is: `devices.get › query › perPage › default`, `schema device › attributes[].name › type`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What it is about.
    pub owner: Owner,
    /// The action, where it is one's.
    pub action: Option<String>,
    /// The way down from there.
    pub facts: Vec<String>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.owner {
            Owner::Pages => f.write_str("pages")?,
            Owner::Api => f.write_str("api")?,
            Owner::Resource(name) => f.write_str(name)?,
            Owner::Schema(name) => write!(f, "schema {name}")?,
            Owner::Rust => f.write_str("client")?,
        }
        if let Some(action) = &self.action {
            write!(f, ".{action}")?;
        }
        self.facts.iter().try_for_each(|fact| write!(f, " › {fact}"))
    }
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct At {
    /// Path below the folder.
    pub page: String,
    /// From 1.
    pub line: usize,
}

/// Steps from the API down to a fact, by which changes of facts and of the client's items find each other.
type Way = Vec<String>;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its kind.
    pub rule: &'static Rule,
    /// Where it is.
    pub place: Place,
    /// What was there.
    pub old: Option<String>,
    /// What is there.
    pub new: Option<String>,
    /// Where the old pages say it, or the nearest place above.
    pub old_at: Option<At>,
    /// Where the new pages say it, or the nearest place above.
    pub new_at: Option<At>,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means in Rust.
    pub rust: Level,
    /// The public items of the client that it changes: what became of each, and its path.
    pub items: Vec<String>,
    ways: Vec<Way>,
}

impl Change {
    /// A mark that stays the same as long as the change does, wherever on the pages it moves: 16 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let place = self.place.to_string();
        let value = |value: &Option<String>| value.as_ref().map_or_else(|| "-".to_owned(), |value| format!("+{value}"));
        let parts = [self.rule.id.to_owned(), place, value(&self.old), value(&self.new)];
        // FNV-1a: short, well known and the same on every machine. The end of each part is a byte that no text has.
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }

    /// Whether somebody's program fails or does not compile.
    pub fn is_breaking(&self) -> bool {
        self.wire == Wire::Breaking || self.rust == Level::Major
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut to = to.serialize_struct("Change", 12)?;
        to.serialize_field("fingerprint", &self.fingerprint())?;
        to.serialize_field("rule", self.rule.id)?;
        to.serialize_field("category", &Category::of(self))?;
        to.serialize_field("place", &self.place.to_string())?;
        to.serialize_field("old", &self.old)?;
        to.serialize_field("new", &self.new)?;
        to.serialize_field("oldAt", &self.old_at)?;
        to.serialize_field("newAt", &self.new_at)?;
        to.serialize_field("wire", &self.wire)?;
        to.serialize_field("rust", &self.rust)?;
        to.serialize_field("silent", &self.rule.silent)?;
        to.serialize_field("rustItems", &self.items)?;
        to.end()
    }
}

/// The two sides and the changes so far.
struct Compare<'a> {
    old: Side<'a>,
    new: Side<'a>,
    changes: Vec<Change>,
}

/// A place on both sides.
#[derive(Clone)]
struct Spot {
    place: Place,
    ways: Vec<Way>,
    old: Option<Span>,
    new: Option<Span>,
}

impl Spot {
    fn new(owner: Owner, ways: &[&[&str]]) -> Self {
        let ways = ways.iter().map(|way| way.iter().map(|step| (*step).to_owned()).collect()).collect();
        Self { place: Place { owner, action: None, facts: Vec::new() }, ways, old: None, new: None }
    }

    fn on(mut self, old: Option<Span>, new: Option<Span>) -> Self {
        // Where one side has nothing to point at, what is above it is near.
        self.old = old.or(self.old);
        self.new = new.or(self.new);
        self
    }

    /// One fact of what stands here.
    fn fact(&self, name: &str) -> Self {
        let mut spot = self.clone();
        spot.place.facts.push(name.to_owned());
        spot
    }

    /// A part with facts of its own, under its name on each side.
    fn part(&self, kind: &str, old: &str, new: &str) -> Self {
        let mut spot = self.fact(kind).fact(new);
        let step = |way: &Way, name: &str| way.iter().cloned().chain([format!("{kind} {name}")]).collect::<Way>();
        spot.ways = self.ways.iter().flat_map(|way| [step(way, old), step(way, new)]).collect();
        spot.ways.dedup();
        spot
    }
}

impl Compare<'_> {
    fn add(&mut self, rule: &'static Rule, spot: &Spot, old: Option<String>, new: Option<String>) {
        let at = |side: &Side<'_>, span: Option<Span>| {
            span.map(|span| side.read.sources.place(span)).map(|(page, line)| At { page, line })
        };
        let (old_at, new_at) = (at(&self.old, spot.old), at(&self.new, spot.new));
        let (place, ways) = (spot.place.clone(), spot.ways.clone());
        let (wire, rust) = (rule.wire, Level::Patch);
        self.changes.push(Change { rule, place, old, new, old_at, new_at, wire, rust, items: Vec::new(), ways });
    }

    /// A text that pages may break where they like.
    fn text(&mut self, spot: &Spot, fact: &str, old: Option<&str>, new: Option<&str>) {
        let plain = |text: Option<&str>| {
            text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
        };
        let (old, new) = (plain(old), plain(new));
        if old != new {
            self.add(rules::TEXT_CHANGED, &spot.fact(fact), old, new);
        }
    }

    fn example(&mut self, spot: &Spot, old: Option<&Value>, new: Option<&Value>) {
        if old != new {
            let text = |value: Option<&Value>| value.map(Value::to_string);
            self.add(rules::EXAMPLE_CHANGED, &spot.fact("example"), text(old), text(new));
        }
    }

    /// The mark of what should not be used any more.
    fn deprecated(&mut self, spot: &Spot, old: bool, new: bool, rules: [&'static Rule; 2]) {
        if old != new {
            let rule = if new { rules[0] } else { rules[1] };
            self.add(rule, &spot.fact("deprecated"), Some(old.to_string()), Some(new.to_string()));
        }
    }
}

/// What is different, in the order of the places.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut compare = Compare { old, new, changes: Vec::new() };
    sight(&mut compare);
    let schemas = schemas::compare(&mut compare);
    actions::compare(&mut compare, &schemas);
    let mut changes = compare.changes;
    blame::blame(old.plan, new.plan, &schemas, &mut changes);
    changes.sort_by(|left, right| {
        (&left.place, left.rule.id, &left.old, &left.new).cmp(&(&right.place, right.rule.id, &right.old, &right.new))
    });
    changes.dedup();
    changes
}

/// Errors of the new pages that the old ones did not have: a fact that cannot be read is not a fact that is gone.
fn sight(compare: &mut Compare<'_>) {
    let count = |read: &Read| {
        let errors = read.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        errors.fold(BTreeMap::<&str, (usize, Option<Span>)>::new(), |mut counts, diagnostic| {
            let (count, first) = counts.entry(diagnostic.code.name).or_default();
            *count += 1;
            *first = first.or(diagnostic.span);
            counts
        })
    };
    let (old, new) = (count(compare.old.read), count(compare.new.read));
    for (code, (errors, span)) in new {
        let (before, first) = old.get(code).copied().unwrap_or_default();
        if errors > before {
            let spot = Spot::new(Owner::Pages, &[]).fact(code).on(first, span);
            compare.add(rules::SIGHT_CHANGED, &spot, Some(before.to_string()), Some(errors.to_string()));
        }
    }
}
