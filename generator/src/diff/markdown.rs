//! The changes as Markdown, ready to be pasted into a pull request: what somebody has to look at comes first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{At, Category, Change, Level, Owner, Review, Verdict, rules};

/// Longer lists are cut; the JSON form has everything.
const MOST_LINES: usize = 150;
/// From so many places on, one line speaks for all of them.
const FEWEST_TOGETHER: usize = 3;
/// So many of these places are named.
const MOST_PLACES: usize = 16;
/// So many public items are named for each change.
const MOST_ITEMS: usize = 2;
/// Longer values are cut, in characters.
const LONGEST: usize = 120;

/// What stands above the list.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// What the two sides are called.
    pub names: (&'a str, &'a str),
    /// Errors of their pages, which hide facts.
    pub errors: (usize, usize),
}

/// The whole report.
pub fn markdown(head: Head<'_>, changes: &[Change], verdict: &Verdict, review: &Review<'_>) -> String {
    let mut out = format!("## API changes: `{}` → `{}`\n\n", head.names.0, head.names.1);
    out.push_str(&summary(verdict, review));
    for (name, errors) in [(head.names.0, head.errors.0), (head.names.1, head.errors.1)] {
        if errors > 0 {
            let _ = writeln!(
                out,
                "\n> **Incomplete:** the pages of `{name}` have {errors} errors; what they hide is not compared."
            );
        }
    }
    for approval in &review.stale {
        let _ = writeln!(
            out,
            "\n> **Stale approval** `{}`: no breaking change has it ({}).",
            approval.fingerprint, approval.why
        );
    }
    let approved: BTreeMap<String, &str> =
        review.approved.iter().map(|(change, why)| (change.fingerprint(), *why)).collect();
    for category in Category::ALL {
        let of: Vec<&Change> = changes.iter().filter(|change| Category::of(change) == category).collect();
        if of.is_empty() {
            continue;
        }
        let is_open = matches!(category, Category::Silent | Category::Breaking);
        let (title, count) = (category.title(), of.len());
        if is_open {
            let _ = write!(out, "\n### {title} ({count})\n\n");
        } else {
            let _ = write!(out, "\n<details><summary><b>{title}</b> ({count})</summary>\n\n");
        }
        if category == Category::DocOnly {
            per_owner(&mut out, &of);
        } else {
            list(&mut out, &of, &approved);
        }
        if !is_open {
            out.push_str("\n</details>\n");
        }
    }
    out
}

fn summary(verdict: &Verdict, review: &Review<'_>) -> String {
    let Some(bump) = verdict.bump else { return "**No change of the API.**\n".to_owned() };
    let word = match bump {
        Level::Major if review.unapproved.is_empty() => "Breaking, and approved",
        Level::Major => "Breaking",
        Level::Minor => "Additive",
        Level::Patch if !review.unapproved.is_empty() => "Breaking on the wire",
        // A person has to look, whatever the compiler says.
        Level::Patch if verdict.counts[&Category::Silent] + verdict.counts[&Category::Decision] > 0 => "To decide",
        Level::Patch => "Harmless",
    };
    let mut out = format!(
        "**{word}.** In Rust: {}. Next version of the client: {} → **{}**.\n\n|",
        verdict.rust.as_str(),
        verdict.version,
        verdict.next
    );
    for category in Category::ALL {
        let _ = write!(out, " {} |", category.as_str());
    }
    let _ = write!(out, " approved |\n|{}\n|", " ---: |".repeat(Category::ALL.len() + 1));
    for category in Category::ALL {
        let _ = write!(out, " {} |", verdict.counts[&category]);
    }
    let _ = writeln!(out, " {} |", review.approved.len());
    out
}

/// What stands under one heading: the owner's name, and the changes that one line speaks for.
type Sections<'a> = BTreeMap<(u8, String), Vec<Vec<&'a Change>>>;

/// The changes by what they are about; those that are the same in many places together, in front.
fn list(out: &mut String, changes: &[&Change], approved: &BTreeMap<String, &str>) {
    let mut together: BTreeMap<_, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let last = change.place.facts.last();
        // Which scopes is for the page to say.
        let values = (change.rule != rules::SCOPES_LISTED).then_some((&change.old, &change.new));
        together.entry((change.rule.id, values, change.wire, change.rust, last)).or_default().push(change);
    }
    let mut sections: Sections<'_> = BTreeMap::new();
    for (_, group) in together {
        if group.len() >= FEWEST_TOGETHER {
            sections.entry((0, "In several places".to_owned())).or_default().push(group);
        } else {
            for change in group {
                let section = match &change.place.owner {
                    Owner::Api | Owner::Pages => (1, "The API".to_owned()),
                    Owner::Resource(name) => (2, format!("`{name}`")),
                    Owner::Schema(name) => (3, format!("Schema `{name}`")),
                    Owner::Rust => {
                        (4, "The client alone: its names and shapes depend on more than one fact".to_owned())
                    }
                };
                sections.entry(section).or_default().push(vec![change]);
            }
        }
    }
    let mut left = MOST_LINES;
    let mut hidden = 0;
    for ((_, name), mut groups) in sections {
        groups.sort_by(|a, b| a.iter().map(|change| &change.place).cmp(b.iter().map(|change| &change.place)));
        let shown = groups.len().min(left);
        hidden += groups[shown..].iter().map(Vec::len).sum::<usize>();
        left -= shown;
        if shown > 0 {
            let _ = writeln!(out, "**{name}**\n");
        }
        for group in &groups[..shown] {
            line(out, group, approved);
        }
        if shown > 0 {
            out.push('\n');
        }
    }
    if hidden > 0 {
        let _ = writeln!(out, "… and {hidden} more; `--format json` lists them all.");
    }
}

fn line(out: &mut String, group: &[&Change], approved: &BTreeMap<String, &str>) {
    let [change, ..] = group else { return };
    let places = if group.len() == 1 {
        format!("`{}`", change.place)
    } else {
        let place = |change: &&Change| format!("`{}` `{}`", change.place, change.fingerprint());
        let mut shown: Vec<String> = group.iter().take(MOST_PLACES).map(place).collect();
        if group.len() > MOST_PLACES {
            shown.push(format!("{} more", group.len() - MOST_PLACES));
        }
        format!("in {} places ({})", group.len(), shown.join(", "))
    };
    let _ = write!(out, "- **{}** {places}", change.rule.id);
    let _ = match (&change.old, &change.new) {
        _ if group.len() > 1 && change.rule == rules::SCOPES_LISTED => Ok(()),
        (Some(old), Some(new)) => write!(out, ": {} → {}", code(old), code(new)),
        (None, Some(new)) => write!(out, ": {}", code(new)),
        (Some(old), None) => write!(out, ": was {}", code(old)),
        (None, None) => Ok(()),
    };
    let _ = write!(out, " — {}; wire: {}, Rust: {}", change.rule.about, change.wire.as_str(), change.rust.as_str());
    if group.len() > 1 {
        out.push_str(".\n");
        return;
    }
    if !change.items.is_empty() {
        let items: Vec<String> = change.items.iter().take(MOST_ITEMS).map(|item| code(item)).collect();
        let more = change.items.len().saturating_sub(MOST_ITEMS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = write!(out, " ({}{more})", items.join(", "));
    }
    let at = |at: &Option<At>| at.as_ref().map(|at| format!("{}:{}", at.page, at.line));
    match (at(&change.old_at), at(&change.new_at)) {
        (Some(old), Some(new)) if old == new => {
            let _ = write!(out, ". {old}");
        }
        (Some(old), Some(new)) => {
            let _ = write!(out, ". {old} → {new}");
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = write!(out, ". {one}");
        }
        (None, None) => {}
    }
    let fingerprint = change.fingerprint();
    let _ = match approved.get(&fingerprint) {
        Some(why) => writeln!(out, ". Approved: {why} `{fingerprint}`"),
        None => writeln!(out, ". `{fingerprint}`"),
    };
}

/// A value as code, whatever it holds.
fn code(text: &str) -> String {
    let mut text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).chain(['…']).collect();
    }
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Texts are counted, not listed: the diff of the pages shows them better.
fn per_owner(out: &mut String, changes: &[&Change]) {
    let mut counts: BTreeMap<&Owner, usize> = BTreeMap::new();
    for change in changes {
        *counts.entry(&change.place.owner).or_default() += 1;
    }
    let names: Vec<String> = counts
        .iter()
        .map(|(owner, count)| match owner {
            Owner::Resource(name) => format!("`{name}` {count}"),
            Owner::Schema(name) => format!("schema `{name}` {count}"),
            Owner::Api | Owner::Pages => format!("the API {count}"),
            Owner::Rust => format!("the client {count}"),
        })
        .collect();
    let _ = writeln!(out, "{}.", names.join(", "));
}
