//! Changes of whole rows, columns, sections and blocks: removed, doubled, swapped, moved, glued.

use std::ops::Range;

use super::edits::Edit;
use super::layout::{Kind, Layout};
use super::random::Random;

type Make = fn(&Layout, &mut Random) -> Option<Edit>;

/// All changes with their names.
pub const MOVES: &[(&str, Make)] = &[
    ("row removed", |layout, random| remove(layout, &rows(layout), random)),
    ("row doubled", |layout, random| double(layout, &rows(layout), random)),
    ("rows swapped", |layout, random| swap(layout, &rows(layout), random)),
    ("row moved", |layout, random| relocate(layout, &rows(layout), &rows(layout), random)),
    ("cells swapped", cells_swapped),
    ("cell inserted", cell_inserted),
    ("cell removed", cell_removed),
    ("cell copied from another row", cell_copied),
    ("column removed", |layout, random| columns(layout, random, |cells, at, _| drop(cells.remove(at)))),
    ("column doubled", |layout, random| columns(layout, random, |cells, at, _| cells.insert(at, cells[at].clone()))),
    ("columns swapped", |layout, random| columns(layout, random, |cells, at, to| cells.swap(at, to))),
    ("separator removed", |layout, random| remove(layout, &lines(layout, |kind| kind == Kind::Separator), random)),
    ("table removed", |layout, random| remove(layout, &tables(layout), random)),
    ("table doubled", |layout, random| double_apart(layout, &tables(layout), random)),
    ("tables swapped", |layout, random| swap_any(layout, &tables(layout), random)),
    ("heading removed", |layout, random| remove(layout, &headings(layout), random)),
    ("heading doubled", |layout, random| double_apart(layout, &headings(layout), random)),
    ("headings swapped", |layout, random| swap_any(layout, &headings(layout), random)),
    ("heading deeper", |layout, random| level(layout, random, true)),
    ("heading higher", |layout, random| level(layout, random, false)),
    ("section removed", |layout, random| remove(layout, &layout.sections, random)),
    ("section doubled", |layout, random| double(layout, &layout.sections, random)),
    ("sections swapped", |layout, random| swap(layout, &layout.sections, random)),
    ("section moved", |layout, random| relocate(layout, &layout.sections, &layout.sections, random)),
    ("part removed", |layout, random| remove(layout, &layout.parts, random)),
    ("part doubled", |layout, random| double(layout, &layout.parts, random)),
    ("parts swapped", |layout, random| swap(layout, &layout.parts, random)),
    ("paragraph removed", |layout, random| remove(layout, &paragraphs(layout), random)),
    ("paragraph doubled", |layout, random| double_apart(layout, &paragraphs(layout), random)),
    ("paragraphs swapped", |layout, random| swap_any(layout, &paragraphs(layout), random)),
    ("paragraph moved", |layout, random| relocate_apart(layout, &paragraphs(layout), random)),
    ("blank line removed", |layout, random| remove(layout, &lines(layout, |kind| kind == Kind::Blank), random)),
    ("blank line inserted", blank_inserted),
    ("line removed", |layout, random| remove(layout, &lines(layout, |kind| kind != Kind::Blank), random)),
    ("line doubled", |layout, random| double(layout, &lines(layout, |kind| kind != Kind::Blank), random)),
    ("lines swapped", |layout, random| swap(layout, &lines(layout, |kind| kind != Kind::Blank), random)),
    ("lines joined", lines_joined),
    ("code line removed", |layout, random| remove(layout, &lines(layout, |kind| kind == Kind::Code), random)),
    ("code line doubled", |layout, random| double(layout, &lines(layout, |kind| kind == Kind::Code), random)),
    ("code lines swapped", |layout, random| swap(layout, &lines(layout, |kind| kind == Kind::Code), random)),
    ("fence line removed", |layout, random| remove(layout, &lines(layout, |kind| kind == Kind::Fence), random)),
    ("block of code removed", |layout, random| remove(layout, &fences(layout), random)),
    ("block of code doubled", |layout, random| double_apart(layout, &fences(layout), random)),
    ("blocks of code swapped", |layout, random| swap_any(layout, &fences(layout), random)),
    ("language changed", language),
    ("targets swapped", |layout, random| {
        swap_any(layout, &layout.between("](", ")", |kind| kind != Kind::Code), random)
    }),
    ("words of links swapped", |layout, random| {
        swap_any(layout, &layout.between("[", "](", |kind| kind != Kind::Code), random)
    }),
    ("anchor removed", anchor_removed),
    ("anchors swapped", |layout, random| {
        swap_any(layout, &layout.between("<a name=\"", "\"", |kind| kind != Kind::Code), random)
    }),
    ("address component removed", component_removed),
    ("number changed", number),
    ("text inserted between blocks", between),
    ("text at the end of the page", at_end),
    ("page cut off", cut),
];

fn lines(layout: &Layout, wanted: fn(Kind) -> bool) -> Vec<Range<usize>> {
    (0..layout.lines.len()).filter(|&at| wanted(layout.lines[at].kind)).map(|at| layout.bytes(&(at..at + 1))).collect()
}

fn groups(layout: &Layout, of: &[Range<usize>]) -> Vec<Range<usize>> {
    of.iter().map(|lines| layout.bytes(lines)).collect()
}

fn tables(layout: &Layout) -> Vec<Range<usize>> {
    groups(layout, &layout.tables)
}

fn fences(layout: &Layout) -> Vec<Range<usize>> {
    // Two blocks that touch are one run of lines.
    groups(layout, &layout.fences)
}

fn paragraphs(layout: &Layout) -> Vec<Range<usize>> {
    groups(layout, &layout.paragraphs)
}

fn headings(layout: &Layout) -> Vec<Range<usize>> {
    lines(layout, |kind| matches!(kind, Kind::Heading(_)))
}

fn rows(layout: &Layout) -> Vec<Range<usize>> {
    let body = layout.tables.iter().flat_map(|table| (table.start + 2..table.end).map(|at| at..at + 1));
    body.map(|line| layout.bytes(&line)).filter(|bytes| !bytes.is_empty()).collect()
}

fn remove(_: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    random.pick(of).map(|range| Edit::new(range.clone(), ""))
}

fn double(layout: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    random.pick(of).map(|range| Edit::new(range.end..range.end, layout.slice(range)))
}

/// The second one stands behind a blank line.
fn double_apart(layout: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    random.pick(of).map(|range| Edit::new(range.end..range.end, format!("\n{}", layout.slice(range))))
}

/// Two neighbours change places.
fn swap(layout: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let neighbours: Vec<_> = of.windows(2).filter(|pair| pair[0].end == pair[1].start).collect();
    let pair = random.pick(&neighbours)?;
    let (first, second) = (layout.slice(&pair[0]), layout.slice(&pair[1]));
    (first != second).then(|| Edit::new(pair[0].start..pair[1].end, format!("{second}{first}")))
}

/// One and the next one that differs change places, whatever stands between them.
fn swap_any(layout: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let at = random.below(of.len());
    let first = of.get(at)?;
    let second = of[at + 1..].iter().find(|other| layout.slice(other) != layout.slice(first))?;
    let gap = layout.slice(&(first.end..second.start));
    Some(Edit::new(first.start..second.end, format!("{}{gap}{}", layout.slice(second), layout.slice(first))))
}

/// Cut out here, put in front of another one up to a few steps away.
fn relocate(layout: &Layout, of: &[Range<usize>], to: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let at = random.below(of.len());
    let from = of.get(at)?;
    let target = to.get(at + 2 + random.below(6))?;
    let gap = layout.slice(&(from.end..target.start));
    let moved = layout.slice(from);
    (!gap.trim().is_empty()).then(|| Edit::new(from.start..target.start, format!("{gap}{moved}")))
}

fn relocate_apart(layout: &Layout, of: &[Range<usize>], random: &mut Random) -> Option<Edit> {
    let at = random.below(of.len());
    let (from, target) = (of.get(at)?, of.get(at + 1 + random.below(4))?);
    let gap = layout.slice(&(from.end..target.start));
    Some(Edit::new(from.start..target.start, format!("{gap}{}\n", layout.slice(from))))
}

fn cells_swapped(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let row = random.pick(&rows(layout))?.clone();
    let cells = layout.cells(&row);
    let at = random.below(cells.len().checked_sub(1).filter(|pairs| *pairs > 0)?);
    let (first, second) = (layout.slice(&cells[at]), layout.slice(&cells[at + 1]));
    let gap = layout.slice(&(cells[at].end..cells[at + 1].start));
    (first != second).then(|| Edit::new(cells[at].start..cells[at + 1].end, format!("{second}{gap}{first}")))
}

fn cell_inserted(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let row = random.pick(&rows(layout))?.clone();
    let cell = random.pick(&layout.cells(&row))?.clone();
    let new = ["x | ", " | ", "Y | "];
    random.pick(&new).map(|text| Edit::new(cell.start..cell.start, *text))
}

fn cell_removed(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let row = random.pick(&rows(layout))?.clone();
    let text = layout.slice(&row);
    let pipes: Vec<usize> = text.match_indices('|').map(|(at, _)| row.start + at).collect();
    let at = random.below(pipes.len().checked_sub(1)?);
    Some(Edit::new(pipes[at]..pipes[at + 1], ""))
}

/// A cell takes the text of the same column's cell in another row of the table.
fn cell_copied(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let table = random.pick(&layout.tables)?.clone();
    let body: Vec<_> = layout.lines.get(table.start + 2..table.end)?.iter().map(|line| line.range.clone()).collect();
    let (to, from) = (random.pick(&body)?, random.pick(&body)?);
    let (to, from) = (layout.cells(to), layout.cells(from));
    let at = random.below(to.len());
    let (to, from) = (to.get(at)?, from.get(at)?);
    (layout.slice(to) != layout.slice(from)).then(|| Edit::new(to.clone(), layout.slice(from)))
}

fn columns(layout: &Layout, random: &mut Random, change: fn(&mut Vec<String>, usize, usize)) -> Option<Edit> {
    let table = random.pick(&layout.tables)?.clone();
    let rows: Vec<Vec<String>> = table
        .clone()
        .map(|line| {
            let text = layout.slice(&layout.lines[line].range);
            text.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
        })
        .collect();
    let width = rows.first()?.len();
    let (at, to) = (random.below(width), random.below(width));
    if rows.iter().any(|row| row.len() != width) || (at == to && width > 1) {
        return None;
    }
    let mut out = String::new();
    for mut row in rows {
        change(&mut row, at, to);
        out.extend(["| ", &row.join(" | "), " |\n"]);
    }
    Some(Edit::new(layout.bytes(&table), out))
}

fn level(layout: &Layout, random: &mut Random, deeper: bool) -> Option<Edit> {
    let start = random.pick(&headings(layout))?.start;
    Some(if deeper { Edit::new(start..start, "#") } else { Edit::new(start..start + 1, "") })
}

fn blank_inserted(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let all = lines(layout, |_| true);
    random.pick(&all).map(|line| Edit::new(line.start..line.start, "\n"))
}

fn lines_joined(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let all = layout.of(|kind| kind != Kind::Blank);
    let line = random.pick(&all)?;
    (line.end < layout.text.len()).then(|| Edit::new(line.end..line.end + 1, " "))
}

fn language(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let mut opening = layout.of(|kind| kind == Kind::Fence);
    opening.retain(|line| layout.slice(line).len() > 3);
    let line = random.pick(&opening)?;
    let new = ["", "json", "js", "bash", "JSON", "json5", "text", "javascript", "json x"];
    let with = random.pick(&new)?;
    (&layout.slice(line)[3..] != *with).then(|| Edit::new(line.start + 3..line.end, *with))
}

fn anchor_removed(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let mut lines = layout.of(|kind| kind != Kind::Code);
    lines.retain(|line| layout.slice(line).contains("<a "));
    let line = random.pick(&lines)?;
    let text = layout.slice(line);
    let (start, end) = (text.find("<a ")?, text.find("</a>")? + 4);
    (start < end).then(|| Edit::new(line.start + start..line.start + end, ""))
}

fn component_removed(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let mut lines = layout.of(|kind| !matches!(kind, Kind::Blank | Kind::Row));
    lines.retain(|line| layout.slice(line).contains("://") || layout.slice(line).contains("/**`"));
    let line = random.pick(&lines)?;
    let slashes: Vec<usize> = layout.slice(line).match_indices('/').map(|(at, _)| line.start + at).collect();
    let at = random.below(slashes.len());
    let start = *slashes.get(at)?;
    Some(Edit::new(start..slashes.get(at + 1).copied().unwrap_or(line.end), ""))
}

/// A whole number anywhere becomes another one.
fn number(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let (at, _) = random.place(&layout.text, &(0..layout.text.len()), |c| c.is_ascii_digit())?;
    let new = ["0", "1", "-1", "7.5", "1e3", "99999999999999999999"];
    let with = random.pick(&new)?;
    let before = layout.text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &layout.text[before..];
    let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (&rest[..length] != *with).then(|| Edit::new(before..before + length, *with))
}

const STRAY: &[&str] = &[
    "Only on Sundays.",
    "- only on Sundays",
    "> only on Sundays",
    "[sunday]: https://example.com",
    "<div>Only on Sundays</div>",
    "<!-- only on Sundays -->",
    "| a | b |",
    "```json\n{\"only\": \"sundays\"}\n```",
    "---",
    "#### Only On Sundays",
    "    only on Sundays",
    "![](sunday.png)",
    "A request takes at most 60 seconds.",
    "&nbsp;",
];

fn between(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let blanks = layout.of(|kind| kind == Kind::Blank);
    let (line, text) = (random.pick(&blanks)?, random.pick(STRAY)?);
    Some(Edit::new(line.start..line.start, format!("\n{text}\n")))
}

fn at_end(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let end = layout.text.len();
    let gap = if random.below(2) == 0 { "" } else { "\n" };
    random.pick(STRAY).map(|text| Edit::new(end..end, format!("{gap}{text}\n")))
}

fn cut(layout: &Layout, random: &mut Random) -> Option<Edit> {
    let at = random.pick(&lines(layout, |_| true))?.start;
    Some(Edit::new(at..layout.text.len(), ""))
}
