//! The entry of CHANGELOG.md that tells of the API: one block under "Unreleased", which every run writes anew.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use generator::diff::{Category, Change, Verdict};

use crate::spec;

const BEGIN: &str =
    "<!-- The API since the last commit, by `cargo xtask regen --changelog`; write beside this block, not in it. -->";
const END: &str = "<!-- end of that block -->";
const UNRELEASED: &str = "## Unreleased\n";
/// Longer entries are cut.
const MOST: usize = 60;

/// Writes the block.
///
/// # Errors
/// When the file cannot be read or written, or has no place for unreleased changes.
pub(crate) fn write(changes: &[Change], verdict: &Verdict) -> Result<()> {
    let path = spec::root().join("CHANGELOG.md");
    let text = fs::read_to_string(&path).context("CHANGELOG.md cannot be read")?;
    let new = with_block(&text, &block(changes, verdict)).context("CHANGELOG.md has no heading `## Unreleased`")?;
    if new != text {
        fs::write(&path, new).context("CHANGELOG.md cannot be written")?;
    }
    Ok(())
}

/// The text with the block in place of the one that it has; an empty one goes.
fn with_block(text: &str, block: &str) -> Option<String> {
    let mut text = text.to_owned();
    if let (Some(from), Some(to)) = (text.find(BEGIN), text.find(END))
        && from < to
    {
        let rest = text[to + END.len()..].trim_start_matches('\n').to_owned();
        text.truncate(from);
        text.push_str(&rest);
    }
    let at = text.find(UNRELEASED)? + UNRELEASED.len();
    if !block.is_empty() {
        text.insert_str(at, &format!("\n{BEGIN}\n{block}{END}\n"));
    }
    Some(text)
}

fn block(changes: &[Change], verdict: &Verdict) -> String {
    let mut out = String::new();
    let told = |category: &Category| *category != Category::DocOnly && verdict.counts[category] > 0;
    for category in Category::ALL.iter().filter(|category| told(category)) {
        let _ = writeln!(out, "\n### The API: {}\n", category.title().to_lowercase());
        let of: Vec<&Change> = changes.iter().filter(|change| Category::of(change) == *category).collect();
        for change in of.iter().take(MOST) {
            let value = match (&change.old, &change.new) {
                (Some(old), Some(new)) => format!(" (`{}` → `{}`)", short(old), short(new)),
                (Some(one), None) | (None, Some(one)) => format!(" (`{}`)", short(one)),
                (None, None) => String::new(),
            };
            let _ = writeln!(out, "- `{}`: {}{value}.", change.place, change.rule.about);
        }
        if of.len() > MOST {
            let _ = writeln!(out, "- and {} more.", of.len() - MOST);
        }
    }
    if out.is_empty() { out } else { out + "\n" }
}

fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.replace('`', "'").replace('\n', " ");
    if text.chars().count() > LONGEST { text.chars().take(LONGEST).chain(['…']).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use super::with_block;

    #[test]
    fn a_block_is_replaced_and_nothing_else() {
        let text = "# Changelog\n\n## Unreleased\n\n### Added\n\n- By hand.\n";
        let once = with_block(text, "\n- One.\n\n").expect("a heading");
        assert!(once.contains("- One.") && once.contains("- By hand."), "{once}");
        let twice = with_block(&once, "\n- Two.\n\n").expect("a heading");
        assert!(!twice.contains("- One.") && twice.contains("- Two."), "{twice}");
        assert_eq!(with_block(&twice, "\n- Two.\n\n").expect("a heading"), twice);
        assert_eq!(with_block(&twice, "").expect("a heading"), text);
        assert_eq!(with_block("# Changelog\n", "- One.\n"), None);
    }
}
