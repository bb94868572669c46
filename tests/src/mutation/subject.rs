//! What is mutated: one page at a time, beside as few other pages as its links need, so that reading stays fast.

use std::collections::BTreeSet;

use generator::source::Source;

use super::random::Random;

/// A page to change and the pages that are read with it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The folder's name, for the table.
    pub folder: String,
    /// The page that is changed.
    pub page: Source,
    /// The others.
    pub beside: Vec<Source>,
}

/// Longer schemas stand in only with their names: nothing of them can change with another page.
const LONGEST: usize = 20_000;

/// Whether a page holds the schemas of other pages.
fn is_schemas(page: &Source) -> bool {
    let file = page.path.rsplit('/').next().unwrap_or_default();
    file.trim_start_matches('_').starts_with("schemas.") || page.path.starts_with("schemas/")
}

fn is_overview(page: &Source) -> bool {
    page.path.ends_with("overview.md")
}

/// The subjects of a folder: each page of actions with the schemas that it links to; each schema with its neighbours.
pub fn subjects(folder: &str, pages: &[Source]) -> Vec<Subject> {
    let schemas: Vec<&Source> = pages.iter().filter(|page| is_schemas(page)).collect();
    let overviews: Vec<&Source> = pages.iter().filter(|page| is_overview(page)).collect();
    let actions: Vec<&Source> = pages.iter().filter(|page| !is_schemas(page) && !is_overview(page)).collect();
    let beside = |page: &Source| -> Vec<Source> {
        let mut beside: Vec<Source> = schemas.iter().map(|schemas| linked(schemas, &page.text)).collect();
        beside.extend(overviews.iter().map(|page| (*page).clone()));
        beside
    };
    let mut found: Vec<Subject> = actions
        .iter()
        .map(|page| Subject { folder: folder.to_owned(), page: (*page).clone(), beside: beside(page) })
        .collect();
    let Some(smallest) = actions.iter().min_by_key(|page| page.text.len()) else { return found };
    let needed = beside(smallest);
    for page in &schemas {
        let (head, parts) = split(&page.text);
        for pair in parts.windows(2) {
            let text = [&listing(head, pair)[..], pair[0], pair[1]].concat();
            let mut others = needed.clone();
            for other in &mut others {
                if other.path == page.path {
                    other.path = format!("others/{}", other.path);
                }
            }
            // A schema that stands twice would be an error of the harness.
            if others.iter().any(|other| pair.iter().any(|part| other.text.contains(title(part)))) {
                continue;
            }
            others.push((*smallest).clone());
            let page = Source { path: page.path.clone(), text };
            found.push(Subject { folder: folder.to_owned(), page, beside: others });
        }
    }
    if !overviews.is_empty() && !schemas.is_empty() {
        let mut others = beside(smallest);
        others.retain(|page| !is_overview(page));
        others.push((*smallest).clone());
        // Upstream's overview is an essay for people: no fact of it is read.
        for page in overviews.iter().filter(|page| page.text.contains("| Fact |")) {
            found.push(Subject { folder: folder.to_owned(), page: (*page).clone(), beside: others.clone() });
        }
    }
    found
}

/// Two pages of actions of a folder, and the schemas that they link to.
pub(super) fn pair(pages: &[Source], random: &mut Random) -> Option<Vec<Source>> {
    let actions: Vec<&Source> = pages.iter().filter(|page| !is_schemas(page) && !is_overview(page)).collect();
    let (first, second) = (*random.pick(&actions)?, *random.pick(&actions)?);
    if first == second {
        return None;
    }
    let mut found = vec![first.clone(), second.clone()];
    let text = [&first.text[..], &second.text].concat();
    let schemas = pages.iter().filter(|page| is_schemas(page)).map(|page| linked(page, &text));
    found.extend(schemas.filter(|page| page.text.contains("\n## ")));
    found.extend(pages.iter().filter(|page| is_overview(page)).cloned());
    Some(found)
}

/// The page of schemas without those that a page does not link to.
fn linked(schemas: &Source, page: &str) -> Source {
    let (head, parts) = split(&schemas.text);
    let targets: BTreeSet<&str> =
        page.split('#').skip(1).filter_map(|rest| rest.split([')', ' ', '\n']).next()).collect();
    let mut kept: Vec<String> = Vec::new();
    for part in parts {
        let anchor = generator::dialect::names::anchor(title(part).trim_start_matches('#').trim());
        let stated = part.lines().next().and_then(|line| line.split("name=\"").nth(1)?.split('"').next());
        let wanted = |anchor: &str| targets.contains(anchor) || targets.contains(&format!("{anchor}-example")[..]);
        if (wanted(&anchor) || stated.is_some_and(wanted)) && part.len() <= LONGEST {
            kept.push(part.to_owned());
        } else if wanted(&anchor) || stated.is_some_and(wanted) {
            kept.push(short(part));
        }
    }
    let text = listing(head, &kept.iter().map(String::as_str).collect::<Vec<_>>()) + &kept.concat();
    Source { path: schemas.path.clone(), text }
}

/// The head of a page whose list of contents has only these parts.
fn listing(head: &str, parts: &[&str]) -> String {
    let wanted = |line: &str| {
        let item = line.strip_prefix("*   [").and_then(|rest| rest.split(']').next());
        item.is_none_or(|item| parts.iter().any(|part| title(part) == format!("## {item}")))
    };
    head.split_inclusive('\n').filter(|line| wanted(line)).collect()
}

/// A part whose blocks of code hold an empty object.
fn short(part: &str) -> String {
    let (mut out, mut fenced) = (String::new(), false);
    for line in part.split_inclusive('\n') {
        let fence = line.starts_with("```");
        if fence && !fenced {
            out.extend([line, "{}\n"]);
        } else if fence || !fenced {
            out.push_str(line);
        }
        fenced ^= fence;
    }
    out
}

fn title(part: &str) -> &str {
    part.lines().next().unwrap_or_default()
}

/// The head of a page and its parts, from one heading of level two to the next.
fn split(text: &str) -> (&str, Vec<&str>) {
    let mut starts: Vec<usize> = text.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    starts.push(text.len());
    let parts = starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    (&text[..starts[0]], parts)
}
