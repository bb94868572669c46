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
        without: blanks,
    },
    NoFact {
        name: "width of a separator",
        why: "the row below a table's header says only how many columns there are; dashes and colons are for the eye",
        without: |text| each_line(text, separator),
    },
    NoFact {
        name: "spacers",
        why: "old templates put empty tags where a blank line was wanted; a closing fence may be longer than needed",
        without: |text| each_line(text, spacer),
    },
    NoFact {
        name: "spelling of a character",
        why: "outside of code an entity, or a backslash before a mark or a line end, is another way to write the same character",
        without: |text| each_part(text, unescape, str::to_owned),
    },
    NoFact {
        name: "spelling of JSON",
        why: "the order of keys, escapes, the form of a number and the blanks between change nothing of a JSON value",
        without: |text| each_part(text, |text| each_line(text, display), |text| each_line(&json(text), sent)),
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
        why: "pages of clients list path, query, header and body in one table, and the model keeps the order within each of them; the address has the order of path components",
        without: |text| each_table(text, rows),
    },
    NoFact {
        name: "column without content",
        why: "older pages of clients have no columns for defaults and examples; one with empty cells and links to a schema's example says nothing",
        without: |text| each_table(text, filled),
    },
    NoFact {
        name: "order of columns",
        why: "cells are read by the names of their columns",
        without: |text| each_table(text, columns),
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

fn spacer(line: &str) -> String {
    let trimmed = line.trim();
    if SPACERS.contains(&trimmed) {
        String::new()
    } else if trimmed.len() > 3 && trimmed.chars().all(|c| c == '`') {
        "```".to_owned()
    } else {
        line.to_owned()
    }
}

fn separator(line: &str) -> String {
    let is_separator = line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c));
    if is_separator { "|-".repeat(line.matches('|').count()) } else { line.to_owned() }
}

/// A table as its columns, each with its header, its dashes and its cells.
type Columns = Vec<Vec<String>>;

/// Changes every table whose rows are all as wide as its header.
fn each_table(text: &str, change: impl Fn(Columns) -> Columns) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for run in lines.chunk_by(|a, b| a.starts_with('|') == b.starts_with('|')) {
        let cells = |line: &&str| -> Vec<String> {
            line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
        };
        let rows: Vec<Vec<String>> = run.iter().map(cells).collect();
        let width = rows.first().map_or(0, Vec::len);
        if !run[0].starts_with('|') || rows.iter().any(|row| row.len() != width) {
            out.extend(run.iter().flat_map(|line| [*line, "\n"]));
            continue;
        }
        let columns = change((0..width).map(|at| rows.iter().map(|row| row[at].clone()).collect()).collect());
        for at in 0..rows.len() {
            out.extend(columns.iter().flat_map(|column| ["|", &column[at]]));
            out.push_str("|\n");
        }
    }
    out
}

/// Without columns of defaults and examples that say nothing in any row.
fn filled(columns: Columns) -> Columns {
    let says = |cell: &String| !cell.chars().all(|c| "-: ".contains(c)) && !cell.contains(" Example](");
    let optional = |column: &Vec<String>| matches!(&column[0][..], "Default" | "Example");
    columns.into_iter().filter(|column| !optional(column) || column[1..].iter().any(says)).collect()
}

/// Whole columns, sorted by what they hold.
fn columns(mut columns: Columns) -> Columns {
    for dashes in columns.iter_mut().filter_map(|column| column.get_mut(1)) {
        "-".clone_into(dashes);
    }
    columns.sort_unstable();
    columns
}

/// The rows of one of the tables that list parameters of several places, sorted.
fn rows(columns: Columns) -> Columns {
    let has = |name: &str| columns.iter().any(|column| column[0] == name);
    let is_sorted = has("Path Component") || has("Type") && has("Required");
    if !is_sorted {
        return columns;
    }
    let mut order: Vec<usize> = (2..columns[0].len()).collect();
    order.sort_unstable_by_key(|&row| columns.iter().map(|column| &column[row]).collect::<Vec<_>>());
    let sorted = |column: &Vec<String>| (0..2).chain(order.iter().copied()).map(|row| column[row].clone()).collect();
    columns.iter().map(sorted).collect()
}

/// One blank for any run of them, and none around the bars of a table.
fn blanks(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
    words.join(" ").replace(" |", "|").replace("| ", "|")
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let behind = &rest[character.len_utf8()..];
        let (next, length) = match character {
            '\\' if behind.starts_with(|next: char| next.is_ascii_punctuation() || next == '\n') => (None, 1),
            '&' => entity(rest).map_or((Some('&'), 1), |(character, length)| (Some(character), length)),
            other => (Some(other), other.len_utf8()),
        };
        out.extend(next);
        rest = &rest[length..];
    }
    out
}

/// The character that an entity stands for, and how long it is.
fn entity(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?.split_once(';')?.0;
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "amp" | "AMP" => '&',
        "quot" | "QUOT" => '"',
        _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(digits) => number(digits, 16)?,
            None => number(name.strip_prefix('#')?, 10)?,
        },
    };
    Some((character, name.len() + 2))
}

/// Changes what stands outside and inside the blocks of code.
fn each_part(text: &str, outside: impl Fn(&str) -> String, inside: impl Fn(&str) -> String) -> String {
    let (mut out, mut part, mut fenced) = (String::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        if line.starts_with("```") {
            out.push_str(&if fenced { inside(&part) } else { outside(&part) });
            out.push_str(line);
            part.clear();
            fenced = !fenced;
        } else {
            part.push_str(line);
        }
    }
    out + &if fenced { inside(&part) } else { outside(&part) }
}

/// A value that pages for Docusaurus show on one line, as a JavaScript literal.
fn display(line: &str) -> String {
    let literal = line.strip_prefix("<JsonDisplay data={ ").and_then(|rest| rest.strip_suffix(" } />"));
    literal.map_or_else(|| line.to_owned(), |literal| json(&as_json(literal)))
}

/// A literal with the quotes of JSON around its keys and strings.
fn as_json(literal: &str) -> String {
    let mut out = String::new();
    let mut characters = literal.chars().peekable();
    while let Some(character) = characters.next() {
        if matches!(character, '\'' | '"' | '`') {
            out.push('"');
            while let Some(inner) = characters.next().filter(|inner| *inner != character) {
                match (inner, characters.peek()) {
                    ('\\', Some('\'' | '`')) => out.extend(characters.next()),
                    ('\\', _) => out.extend(Some('\\').into_iter().chain(characters.next())),
                    ('"', _) => out.push_str("\\\""),
                    _ => out.push(inner),
                }
            }
            out.push('"');
        } else if character.is_alphabetic() || "_$".contains(character) {
            let mut word = character.to_string();
            while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || "_$".contains(*next)) {
                word.push(next);
            }
            let quote = if matches!(&word[..], "true" | "false" | "null") { "" } else { "\"" };
            out.extend([quote, &word, quote]);
        } else {
            out.push(character);
        }
    }
    out
}

/// The body that a curl example sends.
fn sent(line: &str) -> String {
    let body = line.trim().strip_prefix("-d '").and_then(|rest| rest.strip_suffix("' \\"));
    body.map_or_else(|| line.to_owned(), json)
}

fn json(text: &str) -> String {
    serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |value| value.to_string())
}
