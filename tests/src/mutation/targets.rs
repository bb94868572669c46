//! Which stretches of a page the small edits are tried on.

use std::ops::Range;

use super::layout::{Kind, Layout};

type Find = fn(&Layout) -> Vec<Range<usize>>;

/// All targets with their names.
pub const TARGETS: &[(&str, Find)] = &[
    ("cell", cells),
    ("row", |layout| layout.of(|kind| kind == Kind::Row)),
    ("separator", |layout| layout.of(|kind| kind == Kind::Separator)),
    ("header cell", header_cells),
    ("status code", codes),
    ("heading", |layout| layout.of(|kind| matches!(kind, Kind::Heading(_)))),
    ("anchor", anchors),
    ("link words", |layout| layout.between("[", "](", |kind| kind != Kind::Code)),
    ("link target", |layout| layout.between("](", ")", |kind| kind != Kind::Code)),
    ("scopes", |layout| with(layout, &[".*", "all."], Kind::Text)),
    ("address", |layout| with(layout, &["://", "/**`"], Kind::Text)),
    ("sentence", |layout| layout.of(|kind| kind == Kind::Text)),
    ("curl", |layout| with(layout, &["curl", "-H", "-X", "-d", "http", "-F"], Kind::Code)),
    ("code", |layout| layout.of(|kind| kind == Kind::Code)),
    ("key", keys),
    ("value", values),
    ("fence", |layout| layout.of(|kind| kind == Kind::Fence)),
    ("head", |layout| layout.of(|kind| kind == Kind::Head)),
    ("anywhere", anywhere),
];

fn cells(layout: &Layout) -> Vec<Range<usize>> {
    layout.of(|kind| kind == Kind::Row).iter().flat_map(|row| layout.cells(row)).collect()
}

fn header_cells(layout: &Layout) -> Vec<Range<usize>> {
    let headers = layout.tables.iter().filter_map(|table| layout.lines.get(table.start));
    headers.flat_map(|line| layout.cells(&line.range)).collect()
}

fn codes(layout: &Layout) -> Vec<Range<usize>> {
    let is_code = |cell: &Range<usize>| {
        let text = layout.slice(cell);
        text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    cells(layout).into_iter().filter(is_code).collect()
}

fn anchors(layout: &Layout) -> Vec<Range<usize>> {
    let mut all = layout.between("<a name=\"", "\"", |kind| kind != Kind::Code);
    all.extend(layout.between("<a id=\"", "\"", |kind| kind != Kind::Code));
    all.extend(layout.between("{#", "}", |kind| kind != Kind::Code));
    all
}

fn with(layout: &Layout, words: &[&str], wanted: Kind) -> Vec<Range<usize>> {
    let mut lines = layout.of(|kind| kind == wanted);
    lines.retain(|line| words.iter().any(|word| layout.slice(line).contains(word)));
    lines
}

/// The names of JSON members.
fn keys(layout: &Layout) -> Vec<Range<usize>> {
    let mut found = layout.between("\"", "\": ", |kind| kind == Kind::Code);
    found.retain(|key| !layout.slice(key).contains('"'));
    found
}

/// What stands behind the colon of a JSON member.
fn values(layout: &Layout) -> Vec<Range<usize>> {
    let lines = layout.of(|kind| kind == Kind::Code).into_iter();
    lines
        .filter_map(|line| {
            let text = layout.slice(&line);
            let start = text.find("\": ").map(|at| at + 3)?;
            let length = text[start..].trim_end_matches(',').len();
            Some(line.start + start..line.start + start + length)
        })
        .collect()
}

fn anywhere(layout: &Layout) -> Vec<Range<usize>> {
    std::iter::once(0..layout.text.len()).collect()
}
