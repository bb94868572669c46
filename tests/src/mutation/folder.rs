//! Changes of whole pages: left out, renamed, exchanged, and parts of one page that stand on another one.

use generator::source::Source;

use super::judge::compare;
use super::random::Random;
use super::subject::pair;
use super::{Outcome, Verdict};

type Make = fn(&mut Vec<Source>, &mut Random) -> Option<()>;

/// All changes with their names. The first two pages are pages of actions.
pub const FOLDER: &[(&str, Make)] = &[
    ("page left out", |pages, random| {
        let at = random.below(pages.len());
        (at < pages.len()).then(|| drop(pages.remove(at)))
    }),
    ("page emptied", |pages, random| {
        let at = random.below(pages.len());
        pages.get_mut(at).map(|page| page.text.clear())
    }),
    ("page renamed", |pages, random| {
        let at = random.below(2);
        let end = pages[at].path.rfind('.')?;
        pages[at].path.insert_str(end, random.pick(&["s", "-2", "Old", "_x"])?);
        Some(())
    }),
    ("page doubled under another name", |pages, random| {
        let mut copy = pages[random.below(2)].clone();
        copy.path = format!("copies/{}", copy.path);
        pages.push(copy);
        Some(())
    }),
    ("pages exchanged", |pages, _| {
        let (first, second) = pages.split_at_mut(1);
        std::mem::swap(&mut first[0].path, &mut second[0].path);
        Some(())
    }),
    ("part moved to another page", |pages, random| {
        let part = part(&mut pages[0].text, random, true)?;
        insert(&mut pages[1].text, &part, random);
        Some(())
    }),
    ("part doubled on another page", |pages, random| {
        let part = part(&mut pages[0].text, random, false)?;
        insert(&mut pages[1].text, &part, random);
        Some(())
    }),
];

/// Where the parts below headings of any level begin, and the end of the page.
fn starts(text: &str) -> Vec<usize> {
    text.match_indices("\n#").map(|(at, _)| at + 1).chain([text.len()]).collect()
}

/// One part from a heading to the next; it is taken away where it moves.
fn part(text: &mut String, random: &mut Random, moves: bool) -> Option<String> {
    let starts = starts(text);
    let at = random.below(starts.len().checked_sub(1)?);
    let range = *starts.get(at)?..*starts.get(at + 1)?;
    let part = text.get(range.clone())?.to_owned();
    if moves {
        text.replace_range(range, "");
    }
    Some(part)
}

fn insert(text: &mut String, part: &str, random: &mut Random) {
    let starts = starts(text);
    text.insert_str(random.pick(&starts).copied().unwrap_or(text.len()), part);
}

/// Makes and judges one change of two pages of a folder and the schemas that they link to.
pub fn mutant_of_folder(folders: &[(String, Vec<Source>)], seed: u64, number: u64) -> Option<Outcome> {
    let mut random = Random::new(seed, number);
    let (folder, pages) = random.pick(folders)?;
    let before = pair(pages, &mut random)?;
    let (kind, make) = random.pick(FOLDER)?;
    let mut after = before.clone();
    make(&mut after, &mut random)?;
    let (verdict, shown) = compare(before.clone(), after.clone());
    let names = |pages: &[Source]| pages.iter().map(|page| page.path.clone()).collect::<Vec<_>>().join(", ");
    Some(Outcome {
        number,
        folder: folder.clone(),
        page: before[0].path.clone(),
        kind: (*kind).to_owned(),
        rule: (verdict == Verdict::Silent && is_prose(&before, &after)).then_some(PROSE),
        verdict,
        shown: format!("{} became {}\n{shown}", names(&before), names(&after)),
    })
}

/// Upstream's overview is an essay for people: the reader takes no fact from it, and says so nowhere.
const PROSE: &str = "page of prose";

fn is_prose(before: &[Source], after: &[Source]) -> bool {
    let facts = |pages: &[Source]| -> Vec<Source> {
        let all = pages.iter().filter(|page| !page.path.ends_with("overview.md") || page.text.contains("| Fact |"));
        all.cloned().collect()
    };
    facts(before) == facts(after)
}
