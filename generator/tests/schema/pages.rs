//! The schemas pages of every dialect and date: all of them become types, and no place is untyped without a reason.

use crate::support;
use generator::schema::build;
use std::collections::BTreeMap;

#[test]
fn every_schemas_page_of_the_corpus_becomes_types() {
    let Some(corpus) = support::shared("corpus") else { return };
    let mut folders: Vec<_> =
        std::fs::read_dir(corpus).expect("readable").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with("rest-") {
            continue;
        }
        let read = generator::read(support::pages(&folder));
        let built = build(&read.api, &read.sources);
        assert!(built.graph.schemas.len() >= read.api.schemas.len(), "{name}");
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in &built.diagnostics {
            *codes.entry(diagnostic.code.name).or_default() += 1;
        }
        let mut reasons: BTreeMap<_, usize> = BTreeMap::new();
        for place in &built.untyped {
            *reasons.entry(place.reason).or_default() += 1;
        }
        println!(
            "{name}: {} schemas, {} types, {codes:?} {reasons:?}",
            built.graph.schemas.len(),
            built.graph.types.len()
        );
    }
}
