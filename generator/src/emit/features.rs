//! The features as a manifest lists them, and as a table for users. One line for each fact, so that one more changes no
//! other line.

use std::fmt::Write as _;

use super::MARK;
use crate::plan::{Feature, doc};

/// The list for the manifest. It stands among the files of a client, and whoever writes them puts it into the manifest.
pub const MANIFEST: &str = "features.toml";

/// The table for users, below `generated/`.
pub const GUIDE: &str = "features.md";

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
    let _ = writeln!(text, "{name} = [");
    for need in needs {
        let _ = writeln!(text, "    \"{need}\",");
    }
    text.push_str("]\n");
}

pub(super) fn guide(features: &[Feature]) -> String {
    let mark = MARK.trim_start_matches("// ");
    let mut text = format!("<!-- {mark} from the spec; do not edit. -->\n\n");
    text.push_str("| feature | brings | |\n| --- | --- | --- |\n");
    for feature in features {
        let mut row = |what: &str, name: &str| {
            let name = doc::code(name).replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {what} | {name} |", feature.name);
        };
        for resource in &feature.resources {
            row("resource", resource);
        }
        for need in &feature.needs {
            row("feature", need);
        }
    }
    text
}
