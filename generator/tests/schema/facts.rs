//! The whole newest API.

use std::collections::{BTreeMap, BTreeSet};

use generator::schema::graph::{Kind, Union};
use generator::schema::{Built, Reason, build};

use crate::{describe, support};

/// How many types there are of each kind.
fn kinds(built: &Built) -> BTreeMap<(&str, bool), usize> {
    let mut kinds = BTreeMap::new();
    for ty in &built.graph.types {
        let word = match &ty.kind {
            Kind::Object(_) => "object",
            Kind::Enum(_) => "enum",
            Kind::Union(Union::Tagged { .. }) => "tagged",
            Kind::Union(Union::Untagged(_)) => "untagged",
            Kind::Alias(_) => "alias",
        };
        *kinds.entry((word, ty.schema.is_some())).or_default() += 1;
    }
    kinds
}

#[test]
fn every_schema_has_a_type() {
    let Some((api, sources)) = support::newest() else { return };
    let built = build(&api, &sources);
    assert_eq!(built.graph.schemas.len(), 323);
    let expected = [
        (("alias", true), 26),
        (("enum", false), 175),
        (("object", false), 384),
        (("object", true), 292),
        (("tagged", false), 12),
        (("tagged", true), 2),
        (("untagged", false), 15),
        (("untagged", true), 3),
    ];
    assert_eq!(kinds(&built), BTreeMap::from(expected));
    assert!(built.graph.types.iter().all(|ty| !ty.paths.is_empty()));
}

#[test]
fn only_what_the_schemas_leave_open_is_untyped() {
    let Some((api, sources)) = support::facts() else { return };
    let built = build(&api, &sources);
    let places: Vec<_> = built.untyped.iter().map(|place| (describe::path(&place.path), place.reason)).collect();
    let open = [
        "device-command.payload",
        "device-state.meta",
        "event.data",
        "event.updates[].data",
        "event-patch.data",
        "event-post.data",
        "instance-custom-node-patch{}<list>[]",
        "instance-custom-node-post{}<list>[]",
        "multi-device-command.payload",
        "suggest-function-post.payload",
        "virtual-button-press.meta",
        "virtual-button-press.payload",
        "workflow-log[].errors[]",
        "workflow-storage-entries{}",
        "workflow-storage-entry.value",
    ];
    let reason = |path: &str| if path.contains("<list>") { Reason::NoItems } else { Reason::SaysAnything };
    assert_eq!(places, open.map(|path| (path.to_owned(), reason(path))));
    assert!(built.untyped.iter().all(|place| place.span.is_some()));
}

#[test]
fn the_slips_are_reported_as_often_as_they_stand() {
    let Some((api, sources)) = support::facts() else { return };
    let built = build(&api, &sources);
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &built.diagnostics {
        *codes.entry(diagnostic.code.name).or_default() += 1;
    }
    let expected = [
        ("schema-as-properties", 2),
        // Five maps written without `properties`, in eight places, and five fields beside the keywords.
        ("schema-bare-properties", 12),
        ("schema-keyword-form", 1),
        // `min` and `max`, 40 times each.
        ("schema-keyword-spelling", 80),
        ("schema-list-as-branch", 2),
        // 14 enums, and the root of one schema.
        ("schema-missing-type", 15),
        ("schema-one-set-needed", 15),
        ("schema-open-pattern", 48),
    ];
    assert_eq!(codes, BTreeMap::from(expected));
}

#[test]
fn words_of_variants_are_unique_and_the_result_is_always_the_same() {
    let Some((api, sources)) = support::facts() else { return };
    let built = build(&api, &sources);
    for ty in &built.graph.types {
        if let Kind::Union(Union::Untagged(variants)) = &ty.kind {
            let words: BTreeSet<_> = variants.iter().map(|variant| &variant.word).collect();
            assert_eq!(words.len(), variants.len(), "{}", describe::path(&ty.paths[0]));
        }
    }
    let mut shuffled = api.clone();
    shuffled.schemas.reverse();
    assert!(build(&shuffled, &sources) == built);
}
