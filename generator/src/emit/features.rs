//! The features as a manifest lists them, and as a table for users.

use std::fmt::Write as _;

use super::MARK;
use crate::plan::{Feature, doc};

/// The list for the manifest, below `generated/`.
pub const MANIFEST: &str = "features.toml";

/// The table for users, below `generated/`.
pub const GUIDE: &str = "features.md";

/// Each need has a line of its own, so that one more changes no other line.
pub(super) fn manifest(features: &[Feature]) -> String {
    let mark = MARK.trim_start_matches("//");
    let mut text = format!("#{mark} from the spec; do not edit.\n");
    let all: Vec<String> = features.iter().map(|feature| feature.name.clone()).collect();
    push(&mut text, "all", &all);
    for feature in features {
        push(&mut text, &feature.name, &feature.needs);
    }
    text
}

fn push(text: &mut String, name: &str, needs: &[String]) {
    // TOML has bare keys in ASCII alone.
    let name = if name.is_ascii() { name.to_owned() } else { format!("\"{name}\"") };
    if needs.is_empty() {
        let _ = writeln!(text, "{name} = []");
        return;
    }
    let _ = writeln!(text, "{name} = [");
    for need in needs {
        let _ = writeln!(text, "    \"{need}\",");
    }
    text.push_str("]\n");
}

pub(super) fn guide(features: &[Feature]) -> String {
    let mark = MARK.trim_start_matches("// ");
    let mut text = format!("<!-- {mark} from the spec; do not edit. -->\n\n");
    text.push_str("| feature | resources | needs |\n| --- | --- | --- |\n");
    let list =
        |names: &[String]| names.iter().map(|name| doc::code(name).replace('|', "\\|")).collect::<Vec<_>>().join(", ");
    for feature in features {
        let _ = writeln!(text, "| `{}` | {} | {} |", feature.name, list(&feature.resources), list(&feature.needs));
    }
    text
}
