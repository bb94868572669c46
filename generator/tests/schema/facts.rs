//! The whole API's schemas.

use std::collections::BTreeMap;
use std::time::Instant;

use generator::schema::build;
use generator::schema::graph::{Kind, Union};

use crate::{describe, support};

#[test]
fn every_schema_has_a_type() {
    let Some((api, sources)) = support::facts() else { return };
    let start = Instant::now();
    let built = build(&api, &sources);
    println!("{:?}", start.elapsed());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for ty in &built.graph.types {
        let word = match (&ty.kind, ty.schema.is_some()) {
            (Kind::Object(_), true) => "named object",
            (Kind::Object(_), false) => "object",
            (Kind::Enum(_), true) => "named enum",
            (Kind::Enum(_), false) => "enum",
            (Kind::Union(Union::Tagged { .. }), true) => "named tagged",
            (Kind::Union(Union::Tagged { .. }), false) => "tagged",
            (Kind::Union(Union::Untagged(_)), true) => "named untagged",
            (Kind::Union(Union::Untagged(_)), false) => "untagged",
            (Kind::Alias(_), _) => "alias",
        };
        *kinds.entry(word).or_default() += 1;
    }
    println!("{kinds:#?}");
    for place in &built.untyped {
        println!("{} {:?}", describe::path(&place.path), place.reason);
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &built.diagnostics {
        *codes.entry(diagnostic.code.name).or_default() += 1;
    }
    println!("{codes:#?}");
    for ty in &built.graph.types {
        if let Kind::Union(_) = &ty.kind {
            println!(
                "{} x{}: {:.600}",
                describe::path(&ty.paths[0]),
                ty.paths.len(),
                describe::kind(&built.graph, &ty.kind)
            );
        }
    }
    assert_eq!(built.graph.schemas.len(), 323);
}
