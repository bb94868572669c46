//! Every class of union: a property's schema in, one line out.

use crate::shapes::first;

fn check(table: &[(&str, &str)]) {
    for (property, expected) in table {
        let schema = format!(r#"{{"type":"object","properties":{{"a":{property}}}}}"#);
        let found = first(&[("A Thing", &schema)]);
        assert_eq!(found, format!("{{a{expected}}}"), "{property}");
    }
}

#[test]
fn scalars() {
    check(&[
        (r#"{"oneOf":[{"type":"number"},{"type":"string"}]}"#, ": scalar"),
        (r#"{"oneOf":[{"type":"integer"},{"type":"null"},{"type":"string"}]}"#, "?: scalar"),
        (r#"{"oneOf":[{"type":"boolean","enum":[false]},{"type":"string","format":"date-time"}]}"#, ": scalar"),
        (r#"{"oneOf":[{"type":"integer"},{"type":"number"}]}"#, ": num"),
        (r#"{"oneOf":[{"type":"string","format":"uri"},{"type":"null"},{"type":"string","enum":[""]}]}"#, "?: str"),
        (
            r#"{"oneOf":[{"type":"string","pattern":"^[A-Fa-f\\d]{24}$"},{"type":"string","enum":["sandbox"]}]}"#,
            ": str",
        ),
        (
            r#"{"oneOf":[{"type":"string","enum":["x"]},{"oneOf":[{"type":"string","enum":["y"]},{"type":"string","enum":["z"]}]}]}"#,
            r#": ("x" "y" "z")"#,
        ),
    ]);
}

#[test]
fn templates() {
    check(&[
        (
            r#"{"oneOf":[{"type":"string","pattern":"^[A-Fa-f\\d]{24}$"},{"type":"string","pattern":".*{{.+}}.*"}]}"#,
            ": template id",
        ),
        (
            r#"{"oneOf":[{"type":"string","enum":["asc",""]},{"type":"string","pattern":".*{{.+}}.*"}]}"#,
            r#": template ("asc" "")"#,
        ),
        (r#"{"oneOf":[{"type":"integer"},{"type":"string","enum":["{{dashboard.duration}}"]}]}"#, ": template int"),
        (
            r#"{"oneOf":[{"type":"string","pattern":"^[0-9a-z]$"},{"type":"string","pattern":".*{{.+}}.*"}]}"#,
            ": template str",
        ),
        (r#"{"oneOf":[{"type":"string"},{"type":"string","pattern":".*{{.+}}.*"}]}"#, ": str"),
    ]);
}

#[test]
fn null_one_or_many_and_a_single_branch() {
    check(&[
        (r#"{"oneOf":[{"type":"null"},{"type":"array","items":{"type":"string"}}]}"#, "?: [str]"),
        (r#"{"oneOf":[{"type":"object","properties":{"x":{"type":"string"}}},{"type":"null"}]}"#, "?: {x: str}"),
        (
            r#"{"oneOf":[{"type":"string","enum":["x"]},{"type":"array","items":{"type":"string","enum":["x"]}}]}"#,
            r#": one-or-many ("x")"#,
        ),
        (
            r#"{"oneOf":[{"type":"array","items":{"type":"string","enum":["x"]}},{"type":"string"}]}"#,
            r#": <text: str | list: [("x")]>"#,
        ),
        (
            r#"{"oneOf":[{"type":"object","properties":{"kind":{"type":"string","enum":["gauge"]}}}]}"#,
            r#": {kind: ("gauge")}"#,
        ),
        (r#"{"oneOf":[{"type":"string"},{}]}"#, ": any"),
    ]);
    let one = r#"{"type":"object","properties":{"x":{"type":"string"}}}"#;
    let many = r##"{"type":"array","items":{"$ref":"#/definitions/one"}}"##;
    let either = r##"{"oneOf":[{"$ref":"#/definitions/one"},{"$ref":"#/definitions/many"}]}"##;
    assert_eq!(first(&[("Either", either), ("One", one), ("Many", many)]), "= one-or-many @one");
}

#[test]
fn tags() {
    let variant = |tag: &str, values: &str, rest: &str| {
        format!(
            r#"{{"type":"object","properties":{{"{tag}":{{"type":"string","enum":[{values}]}},{rest}}},"required":["{tag}"]}}"#
        )
    };
    let (x, y) = (r#""x":{"type":"string"}"#, r#""y":{"type":"number"}"#);
    let union = |a: &str, b: &str| format!(r#"{{"oneOf":[{a},{b}]}}"#);
    let single = union(&variant("type", r#""b""#, x), &variant("type", r#""a""#, y));
    let several = union(&variant("type", r#""c","b""#, x), &variant("type", r#""a""#, y));
    let optional = single.replace(r#","required":["type"]"#, "");
    check(&[
        (&single, ": by type <a => {y: num}; b => {x: str}>"),
        (&several, r#": by type <a => {y: num}; b/c => {type!: ("c" "b"), x: str}>"#),
        (&optional, ": by type <a => {y: num}; b => {x: str}>"),
    ]);
    // Of two properties that would do, the one whose name sounds like a tag.
    let two = r#"{"oneOf":[
        {"type":"object","properties":{"color":{"enum":["red"]},"inputType":{"enum":["a"]}}},
        {"type":"object","properties":{"color":{"enum":["blue"]},"inputType":{"enum":["b"]}}}]}"#;
    check(&[(two, r#": by inputType <a => {color: ("red")}; b => {color: ("blue")}>"#)]);
    // A schema that is a variant keeps its tag: it is used elsewhere too.
    let named = r##"{"oneOf":[{"$ref":"#/definitions/cat"},{"$ref":"#/definitions/dog"}]}"##;
    let cat = r#"{"type":"object","properties":{"kind":{"type":"string","enum":["cat"]}}}"#;
    let dog = r#"{"type":"object","properties":{"kind":{"type":"string","enum":["dog"]}}}"#;
    assert_eq!(first(&[("Pet", named), ("Cat", cat), ("Dog", dog)]), "by kind <cat => @cat; dog => @dog>");
}

#[test]
fn objects_that_two_properties_tell_apart_are_merged_by_the_better_one() {
    let operation = |operation: &str, target: &str, value: &str| {
        format!(
            r#"{{"type":"object","properties":{{"operation":{{"enum":["{operation}"]}},"target":{{"enum":["{target}"]}}{value}}},"required":["operation","target"]}}"#
        )
    };
    let union = format!(
        r#"{{"oneOf":[{},{},{},{}]}}"#,
        operation("set", "name", r#","value":{"type":"string"}"#),
        operation("set", "text", r#","value":{"type":"string"}"#),
        operation("remove", "text", ""),
        operation("set", "age", r#","value":{"type":"integer"}"#),
    );
    check(&[(
        &union,
        r#": by target <age => {operation!: ("set"), value: int}; name => {operation!: ("set"), value: str}; text => {operation!: ("set" "remove"), value: str}>"#,
    )]);
}

#[test]
fn values_beside_objects() {
    check(&[
        (
            r#"{"oneOf":[{"type":["string","number","boolean","null"]},{"type":"object","properties":{"$eq":{"type":"string"},"$ne":{"type":"string"}}}]}"#,
            "?: <value: scalar | operators: {$eq: str, $ne: str}>",
        ),
        (
            r#"{"oneOf":[{"type":"string"},{"type":"null"},{"type":"object","properties":{"$in":{"type":"array","items":{"type":"string"}}},"required":["$in"]},{"type":"object","properties":{"$nin":{"type":"array","items":{"type":"string"}}},"required":["$nin"]}]}"#,
            "?: <text: str | in: {$in!: [str]} | not in: {$nin!: [str]}>",
        ),
        (r#"{"oneOf":[{"type":"string"},{"type":"object"}]}"#, ": <text: str | object: object>"),
        (
            r#"{"oneOf":[{"type":"array","maxItems":0},{"type":"string"},{"type":"boolean"}]}"#,
            ": <value: scalar | list: [any]>",
        ),
        (
            r#"{"oneOf":[{"type":"object","properties":{"userId":{"type":"string"},"role":{"type":"string"}},"required":["userId","role"]},{"type":"object","properties":{"email":{"type":"string"},"role":{"type":"string"}},"required":["email","role"]}]}"#,
            ": <user id: {role!: str, userId!: str} | email: {email!: str, role!: str}>",
        ),
    ]);
}

#[test]
fn words_of_variants_differ_and_depend_on_the_variant_alone() {
    let with = |extra: &str| {
        format!(
            r#"{{"oneOf":[{{"type":"object","properties":{{"b":{{"type":"string"}}}},"required":["b"]}},{{"type":"string"}}{extra}]}}"#
        )
    };
    check(&[
        (&with(""), ": <text: str | b: {b!: str}>"),
        (
            &with(r#",{"type":"object","properties":{"c":{"type":"string"}}}"#),
            ": <text: str | b: {b!: str} | c: {c: str}>",
        ),
        (
            r#"{"oneOf":[{"type":"object","properties":{"b":{"type":"string"}}},{"type":"object","properties":{"b":{"type":"number"}}}]}"#,
            ": <b text: {b: str} | b number: {b: num}>",
        ),
    ]);
}

#[test]
fn sets_of_required_properties_say_nothing_of_types() {
    let schema = r#"{"type":"object","properties":{"x":{"type":"string"},"y":{"type":"string"}},"anyOf":[{"required":["x"]},{"required":["y"]}]}"#;
    assert_eq!(first(&[("A Thing", schema)]), "{x: str, y: str}");
    let beside = r#"{"type":"object","properties":{"x":{"type":"string"}},"oneOf":[{"properties":{"y":{"type":"string"}},"required":["y"]},{"properties":{"z":{"type":"string"}},"required":["x","z"]}]}"#;
    assert_eq!(first(&[("A Thing", beside)]), "<y: {x: str, y!: str} | x: {x!: str, z!: str}>");
}
