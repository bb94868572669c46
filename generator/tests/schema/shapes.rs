//! Everything but unions and faults: one schema in, one line out.

use generator::schema::build;

use crate::{describe, support};

/// The description of the first schema.
pub(crate) fn first(schemas: &[(&str, &str)]) -> String {
    let (api, sources) = support::texts(schemas);
    let built = build(&api, &sources);
    describe::schema(&built.graph, &api.schemas[0].name)
}

fn check(table: &[(&str, &str)]) {
    for (schema, expected) in table {
        assert_eq!(first(&[("A Thing", schema)]), *expected, "{schema}");
    }
}

#[test]
fn scalars_and_their_bounds() {
    check(&[
        (r#"{"type":"object","properties":{"a":{"type":"string"}}}"#, "{a: str}"),
        (r#"{"type":"object","properties":{"a":{"type":"string","pattern":"^[A-Fa-f\\d]{24}$"}}}"#, "{a: id}"),
        (r#"{"type":"object","properties":{"a":{"type":"string","format":"date-time"}}}"#, "{a: time}"),
        (
            r#"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"number"},"c":{"type":"boolean"}}}"#,
            "{a: int, b: num, c: bool}",
        ),
        (
            r#"{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"string"}},"required":["b"]}"#,
            "{a: str, b!: str}",
        ),
        (r#"{"type":"string"}"#, "= str"),
    ]);
}

#[test]
fn null_is_told_apart_from_absence() {
    check(&[
        (r#"{"type":"object","properties":{"a":{"type":["string","null"]}}}"#, "{a?: str}"),
        (r#"{"type":"object","properties":{"a":{"type":["number","null"]}},"required":["a"]}"#, "{a!?: num}"),
        (r#"{"type":"object","properties":{"a":{"oneOf":[{"type":"string"},{"type":"null"}]}}}"#, "{a?: str}"),
        (r#"{"type":"object","properties":{"a":{"enum":["x",null]}}}"#, r#"{a?: ("x")}"#),
        (r#"{"type":"object","properties":{"a":{"enum":[1,0,null]}}}"#, "{a?: int}"),
        (r#"{"type":"array","items":{"type":["string","null"]}}"#, "= [str|null]"),
        (r#"{"type":"object","properties":{"a":{"type":["string","number","boolean","null"]}}}"#, "{a?: scalar}"),
        (r#"{"type":"array","items":{"type":["string","number","null"]}}"#, "= [scalar]"),
    ]);
}

#[test]
fn enums_keep_odd_values_in_page_order() {
    check(&[
        (
            r#"{"type":"object","properties":{"a":{"type":"string","enum":["desc","asc","DESC","ASC",""]}}}"#,
            r#"{a: ("desc" "asc" "DESC" "ASC" "")}"#,
        ),
        (
            r#"{"type":"object","properties":{"a":{"type":"string","enum":["*","$and","3.1.1","device.*"]}}}"#,
            r#"{a: ("*" "$and" "3.1.1" "device.*")}"#,
        ),
        (r#"{"type":"object","properties":{"a":{"type":"string","enum":["x","x"]}}}"#, r#"{a: ("x")}"#),
        (r#"{"type":"object","properties":{"a":{"const":"x"}}}"#, r#"{a: ("x")}"#),
        (r#"{"type":"object","properties":{"a":{"type":"boolean","enum":[true]}}}"#, "{a: bool}"),
        (r#"{"type":"object","properties":{"a":{"type":"number","enum":[1.5,2]}}}"#, "{a: num}"),
        (r#"{"type":"object","properties":{"a":{"enum":["x",1]}}}"#, "{a: scalar}"),
    ]);
}

#[test]
fn objects_maps_and_what_is_both() {
    check(&[
        (r#"{"type":"object"}"#, "= object"),
        (r#"{"type":"object","properties":{},"additionalProperties":false}"#, "= object"),
        (r#"{"type":"object","patternProperties":{".*":{"type":"number"}}}"#, "= map num"),
        (
            r#"{"type":"object","patternProperties":{"^[A-Fa-f\\d]{24}$":{"type":"object","properties":{"a":{"type":"string"}}}}}"#,
            "= map {a: str}",
        ),
        (r#"{"type":"object","additionalProperties":{"type":"string"}}"#, "= map str"),
        (r#"{"type":"object","patternProperties":{"^a$":{"type":"string"},"^b$":{"type":"number"}}}"#, "= map scalar"),
        (
            r#"{"type":"object","properties":{"id":{"type":"string"}},"patternProperties":{"^.*$":{"type":"number"}}}"#,
            "{id: str, *: num}",
        ),
        (r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":true}"#, "{id: str}"),
    ]);
}

#[test]
fn lists() {
    check(&[
        (r#"{"type":"array","items":{"type":"string"}}"#, "= [str]"),
        (r#"{"type":"array","items":[{"type":"string"},{"type":"number"}]}"#, "= [scalar]"),
        (r#"{"type":"array"}"#, "= [any]"),
        (r#"{"type":"array","items":{}}"#, "= [any]"),
        (r"{}", "any"),
    ]);
}

#[test]
fn all_of_is_one_object() {
    let file = r#"{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}"#;
    let both =
        r##"{"allOf":[{"$ref":"#/definitions/aFile"},{"type":"object","properties":{"upload":{"type":"boolean"}}}]}"##;
    assert_eq!(first(&[("Upload", both), ("A File", file)]), "{id!: str, upload: bool}");
    let required = r#"{"type":"object","properties":{"a":{"type":"string"}},"allOf":[{"required":["a"]}]}"#;
    assert_eq!(first(&[("Upload", required)]), "{a!: str}");
}

#[test]
fn references_are_resolved_against_all_schemas() {
    let node = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    for reference in
        ["#/definitions/aThing", "#/definitions/a_thing", "#/definitions/AThing", "things.md#a-thing", "aThing.json"]
    {
        let schema = format!(r#"{{"type":"array","items":{{"$ref":"{reference}"}}}}"#);
        assert_eq!(first(&[("List", &schema), ("A Thing", node)]), "= [@a-thing]", "{reference}");
    }
    let own = r##"{"type":"object","properties":{"$or":{"type":"array","items":{"$ref":"#"}}}}"##;
    assert_eq!(first(&[("Query", own)]), "{$or: [@query]}");
    let path = r##"{"type":"object","properties":{"a":{"type":"integer"},"b":{"$ref":"#/properties/a"}}}"##;
    assert_eq!(first(&[("Query", path)]), "{a: int, b: int}");
    let nullable = r##"{"type":"object","properties":{"a":{"$ref":"#/definitions/maybe"}}}"##;
    assert_eq!(first(&[("Query", nullable), ("Maybe", r#"{"type":["string","null"]}"#)]), "{a?: @maybe}");
}

#[test]
fn definitions_are_local_and_the_nearest_counts() {
    let schema = r##"{"type":"object","definitions":{"x":{"type":"string"}},"properties":{
        "a":{"$ref":"#/definitions/x"},
        "b":{"type":"object","definitions":{"x":{"type":"number"}},"properties":{"c":{"$ref":"#/definitions/x"}}}}}"##;
    assert_eq!(first(&[("A Thing", schema), ("X", r#"{"type":"boolean"}"#)]), "{a: str, b: {c: num}}");
}

#[test]
fn equal_anonymous_shapes_are_one_type() {
    let schema = r#"{"type":"object","properties":{
        "a":{"type":"object","properties":{"x":{"type":"string","maxLength":5},"y":{"type":"string","enum":["p","q"]}},"required":["x","y"]},
        "b":{"type":"object","description":"other words","properties":{"y":{"type":"string","enum":["q","p"]},"x":{"type":"string"}},"required":["y","x"],"additionalProperties":false},
        "c":{"type":"object","properties":{"x":{"type":"string"},"y":{"type":"string","enum":["q","p"]}}}}}"#;
    let (api, sources) = support::texts(&[("A Thing", schema)]);
    let built = build(&api, &sources);
    // The schema, the enum, the shape of `a` and `b`, and that of `c`, which requires nothing.
    assert_eq!(built.graph.types.len(), 4);
    let shared = built
        .graph
        .types
        .iter()
        .find(|ty| ty.paths.len() == 2)
        .map(|ty| ty.paths.iter().map(describe::path).collect::<Vec<_>>());
    assert_eq!(shared, Some(vec!["a-thing.a".to_owned(), "a-thing.b".to_owned()]));
    let lengths = built.graph.types.iter().filter_map(|ty| match &ty.kind {
        generator::schema::graph::Kind::Object(object) => {
            Some(object.fields.iter().map(|field| field.limits.length).collect::<Vec<_>>())
        }
        _ => None,
    });
    // A bound that holds at one place only is none of the shared type.
    assert!(lengths.flatten().all(|length| length == (None, None)));
}

#[test]
fn a_copy_is_the_schema_that_it_was_copied_from() {
    let one = r#"{"type":"object","properties":{"a":{"type":"string"},"n":{"type":"number"}}}"#;
    let titled = r#"{"type":"array","items":{"title":"Zed","type":"object","properties":{"a":{"type":"string"},"n":{"type":"number"}}}}"#;
    let plain =
        r#"{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"},"n":{"type":"number"}}}}"#;
    assert_eq!(first(&[("List", titled), ("Alpha", one), ("Zed", one)]), "= [@zed]");
    assert_eq!(first(&[("List", plain), ("Zed", one), ("Alpha", one)]), "= [@alpha]");
    // Two schemas of one structure stay two types; a text is no copy of a schema that is a text.
    let (api, sources) = support::texts(&[("Alpha", one), ("Zed", one), ("Name", r#"{"type":"string"}"#)]);
    assert_eq!(build(&api, &sources).graph.types.len(), 3);
    assert_eq!(first(&[("Thing", one), ("Name", r#"{"type":"string"}"#)]), "{a: str, n: num}");
    // A copy with a reference inside equals a schema with the part written out.
    let outer = r#"{"type":"object","properties":{"in":{"type":"object","properties":{"a":{"type":"string"},"n":{"type":"number"}}},"b":{"type":"string"}}}"#;
    let copy = r##"{"type":"array","items":{"type":"object","properties":{"in":{"$ref":"#/definitions/alpha"},"b":{"type":"string"}}}}"##;
    assert_eq!(first(&[("List", copy), ("Alpha", one), ("Outer", outer)]), "= [@outer]");
}
