//! Which module a schema's types live in.

use std::collections::BTreeMap;

use super::names::{self, Name};
use crate::model::Api;

/// `mod.rs` is the list of the modules.
const MODULES_TAKEN: &[&str] = &["mod"];

/// Words that only say which kind of thing the noun behind them is.
const ADJECTIVES: &[&str] = &[
    "advanced",
    "aggregate",
    "basic",
    "bulk",
    "change",
    "composite",
    "disable",
    "enable",
    "full",
    "historical",
    "last",
    "multi",
    "multiple",
    "new",
    "public",
    "recent",
    "scoped",
    "single",
    "validate",
    "virtual",
];

/// The family of a schema from its own page (`schemas/device.md`), else from its name alone: its first noun, so that
/// `devices-data-export` and `advanced-device-query` are of the family `device`.
pub(crate) fn of_schemas(api: &Api) -> BTreeMap<&str, Name> {
    let family = |schema: &crate::model::Schema| {
        let page = schema.sources.iter().find_map(|place| {
            let (folder, file) = place.page.rsplit_once('/')?;
            let is_family = folder.rsplit('/').next() == Some("schemas") && file != "schemas.md";
            if is_family { file.strip_suffix(".md") } else { None }
        });
        page.map_or_else(|| from_name(&schema.name), |stem| names::module(stem, MODULES_TAKEN))
    };
    api.schemas.iter().map(|schema| (schema.name.as_str(), family(schema))).collect()
}

pub(crate) fn from_name(schema: &str) -> Name {
    let words = names::words(schema);
    let noun = words.iter().find(|word| !ADJECTIVES.contains(&word.as_str())).or(words.first());
    let noun = noun.map(|noun| names::singular(vec![noun.clone()])).unwrap_or_default();
    names::module(&noun.join("-"), MODULES_TAKEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_the_first_noun() {
        for (schema, family) in [
            ("access-token-patch", "access"),
            ("devices-data-export", "device"),
            ("advanced-device-query", "device"),
            ("me", "me"),
            ("recent-item", "item"),
            ("multi", "multi"),
        ] {
            assert_eq!(from_name(schema).as_str(), family);
        }
    }
}
