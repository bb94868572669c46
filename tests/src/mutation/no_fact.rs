//! What carries no fact: the only changes that may pass in silence, each with its reason.
//!
//! A rule is asked only about a mutant that nobody saw. It compares the texts, never what the reader made of them.

use serde_json::Value;

/// One kind of change that carries no fact.
pub struct NoFact {
    /// What it is.
    pub name: &'static str,
    /// Why it carries no fact.
    pub why: &'static str,
    /// A text without it: two texts that are equal afterwards differ in nothing else.
    pub without: fn(&str) -> String,
}

/// The whole list.
pub const NO_FACTS: &[NoFact] = &[
    NoFact {
        name: "white space",
        why: "Markdown takes any run of blanks and line ends within a text for one blank, and blank lines between blocks for nothing",
        without: |text| text.chars().filter(|c| !matches!(c, ' ' | '\n' | '\t')).collect(),
    },
    NoFact {
        name: "width of a separator",
        why: "the row below a table's header says only how many columns there are; dashes and colons are for the eye",
        without: |text| each_line(text, separator),
    },
    NoFact {
        name: "spacers",
        why: "old templates put empty tags where a blank line was wanted; a closing fence may be longer than needed",
        without: |text| {
            each_line(
                text,
                |line| if SPACERS.contains(&line.trim()) { String::new() } else { line.replace("````", "```") },
            )
        },
    },
    NoFact {
        name: "spelling of a character",
        why: "an entity, or a backslash before a mark or a line end, is another way to write the same character",
        without: |text| unescape(text),
    },
    NoFact {
        name: "spelling of JSON",
        why: "the order of keys, escapes and the form of a number change nothing of a JSON value",
        without: json,
    },
    NoFact {
        name: "description of a page",
        why: "it is for search engines, and the oldest pages have none; where there is one, its words are checked",
        without: |text| {
            text.lines().filter(|line| !line.starts_with("description:")).flat_map(|line| [line, "\n"]).collect()
        },
    },
    NoFact {
        name: "place in the navigation",
        why: "a number in the front matter that says where a site lists the page",
        without: |text| {
            text.lines().filter(|line| !line.starts_with("sidebar_position:")).flat_map(|line| [line, "\n"]).collect()
        },
    },
    NoFact {
        name: "name of the API",
        why: "a line below the title of early client pages, which those in another language do not have",
        without: |text| each_line(text, |line| if line == "Losant API" { String::new() } else { line.to_owned() }),
    },
    NoFact {
        name: "supplement",
        why: "an explanation for people below the last action, behind a comment; a note says that it is not read",
        without: |text| text.split("\n<!-- markdownlint").next().unwrap_or_default().to_owned(),
    },
    NoFact {
        name: "order of rows",
        why: "pages of clients list path, query, header and body in one table; the model keeps the order within each of them",
        without: rows,
    },
    NoFact {
        name: "column without content",
        why: "older pages of clients have no columns for defaults and examples; empty cells and links to a schema's example say nothing",
        without: |text| each_line(text, filled),
    },
    NoFact {
        name: "order of columns",
        why: "cells are read by the names of their columns",
        without: |text| each_line(text, columns),
    },
];

const SPACERS: &[&str] = &["<br/>", "<small></small>", "<small><br/></small>"];

/// The rule under which two texts are the same.
pub fn rule(before: &str, after: &str) -> Option<&'static NoFact> {
    let blank = NO_FACTS.first()?.without;
    NO_FACTS.iter().find(|rule| blank(&(rule.without)(before)) == blank(&(rule.without)(after)))
}

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

fn separator(line: &str) -> String {
    let is_separator = line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c));
    if is_separator { "|-".repeat(line.matches('|').count()) } else { line.to_owned() }
}

/// A row without empty cells and links to examples, and without the names of such columns.
fn filled(line: &str) -> String {
    if !line.starts_with('|') {
        return line.to_owned();
    }
    let says = |cell: &str| !cell.chars().all(|c| "-: ".contains(c)) && !cell.contains(" Example](");
    let cells = line.split('|').filter(|cell| says(cell) && !matches!(cell.trim(), "Default" | "Example"));
    cells.collect::<Vec<_>>().join("|")
}

fn columns(line: &str) -> String {
    if !line.starts_with('|') {
        return line.to_owned();
    }
    let mut cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    cells.sort_unstable();
    cells.join("|")
}

/// Every table with its rows sorted.
fn rows(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for table in lines.chunk_by_mut(|a, b| a.starts_with('|') && b.starts_with('|')) {
        table.sort_unstable();
    }
    lines.join("\n")
}

fn unescape(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x3D;", "="),
        ("&#65;", "A"),
        ("&amp;", "&"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' || characters.peek().is_some_and(|next| !next.is_ascii_punctuation() && *next != '\n') {
            out.push(character);
        }
    }
    for (entity, character) in ENTITIES {
        out = out.replace(entity, character);
    }
    out
}

fn json(text: &str) -> String {
    let (mut out, mut block, mut fenced) = (String::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        if line.starts_with("```") {
            fenced = !fenced;
            let value = serde_json::from_str::<Value>(&block).map(|value| value.to_string());
            out.push_str(value.as_ref().unwrap_or(&block));
            block.clear();
            out.push_str(line);
        } else if fenced {
            block.push_str(line);
        } else {
            out.push_str(line);
        }
    }
    out + &block
}
