//! Texts, tables and links as Markdown that reads back as the same text.

use serde_json::Value;

use crate::dialect::names;

/// A page of blocks.
pub(super) fn page(blocks: &[String]) -> String {
    blocks.join("\n\n") + "\n"
}

/// A block of JSON.
pub(super) fn json(value: &Value) -> String {
    // A value always has a JSON form.
    format!("```json\n{}\n```", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A table; every cell is Markdown already.
pub(super) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut lines = vec![row(header.iter().map(|cell| (*cell).to_owned()))];
    lines.push(row(header.iter().map(|cell| "-".repeat(cell.len()))));
    lines.extend(rows.iter().map(|cells| row(cells.iter().cloned())));
    lines.join("\n")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut out = "|".to_owned();
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out
}

/// A text in a cell.
pub(super) fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// A value that travels, in a cell: as code where code can show it.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') || text.trim() != text { cell(text) } else { format!("`{}`", text.replace('|', "\\|")) }
}

/// A paragraph.
pub(super) fn paragraph(text: &str) -> String {
    let mut out = escaped(text);
    let number = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if out.starts_with(['#', '+', '-', '=', '>', '|', '~', ':'])
        || out.starts_with("* ")
        || (out.starts_with('*') && is_rule(&out))
    {
        out.insert(0, '\\');
    } else if number > 0 && out[number..].starts_with(['.', ')']) {
        out.insert(number, '\\');
    }
    out
}

/// Paragraphs parted by blank lines.
pub(super) fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn is_rule(text: &str) -> bool {
    text.chars().all(|c| c == '*' || c.is_whitespace())
}

/// Escapes what Markdown would decode: backslashes, entities and tags. Code stays as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.find('`').unwrap_or(rest.len());
        for character in rest[..plain].chars() {
            match character {
                '\\' => out.push_str("\\\\"),
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("\\<"),
                other => out.push(other),
            }
        }
        rest = &rest[plain..];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let (fence, inner) = rest.split_at(ticks);
        // Backticks without a second run of as many are plain text.
        let end = inner.find(fence).map_or(ticks, |end| ticks + end + ticks);
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

/// The last part of a link to a schema: what stands behind the `#`.
pub(super) fn anchor(name: &str, title: &str) -> String {
    let plain = names::anchor(title);
    let safe = plain.chars().all(|c| c.is_alphanumeric() || c == '-');
    if safe && names::kebab(title) == name { plain } else { name.to_owned() }
}

/// Whether a schema's heading states its name, because its title does not.
pub(super) fn states_name(name: &str, title: &str) -> bool {
    anchor(name, title) != names::anchor(title)
}

/// The words of a heading.
pub(super) fn heading(words: &str) -> String {
    escaped(words)
}

/// A link.
pub(super) fn link(words: &str, target: &str) -> String {
    format!("[{}]({target})", escaped(words).replace('[', "\\[").replace(']', "\\]"))
}
