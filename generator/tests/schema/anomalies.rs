//! Every slip of an author that is known: what becomes of it, and where the diagnostic points.

use generator::schema::build;
use serde_json::Value;

use crate::{describe, support};

struct Case {
    schema: &'static str,
    becomes: &'static str,
    /// Code, line and the text at the place of each diagnostic.
    reports: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case {
        schema: r#"{"type":"object","properties":{"type":"object","title":"T","properties":{"id":{"type":"string"}},"required":["id"]}}"#,
        becomes: "{id!: str}",
        reports: &[("schema-as-properties", "\"properties\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"input":{"url":{"type":"string"},"start":{"type":"number"}}}}"#,
        becomes: "{input: {start: num, url: str}}",
        reports: &[("schema-bare-properties", "\"input\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string"}},"b":{"type":"number"}}"#,
        becomes: "{a: str, b: num}",
        reports: &[("schema-bare-properties", "\"b\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"nodes":{"type":"array","items":{"type":"string"},"more":{"type":"array","items":{"type":"number"}}}}}"#,
        becomes: "{more: [num], nodes: [str]}",
        reports: &[("schema-bare-properties", "\"more\"")],
    },
    Case {
        schema: r#"{"type":"object","patternProperties":{"^a$":{"anyOf":[[{"type":"string"},{"type":"number"}],{"type":"object","properties":{"x":{"type":"string"}}}]}}}"#,
        becomes: "= map <value: scalar | x: {x: str}>",
        reports: &[("schema-list-as-branch", "[{\"type\":\"string\"},{\"type\":\"number\"}]")],
    },
    Case {
        schema: r#"{"type":"array","maxItems":"10","items":{"type":"string"}}"#,
        becomes: "= [str]",
        reports: &[("schema-keyword-form", "\"maxItems\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string","min":1},"b":{"type":"integer","max":5}}}"#,
        becomes: "{a: str, b: int}",
        reports: &[("schema-keyword-spelling", "\"min\""), ("schema-keyword-spelling", "\"max\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"enum":["x"]}}}"#,
        becomes: r#"{a: ("x")}"#,
        reports: &[("schema-missing-type", "\"a\"")],
    },
    Case {
        schema: r#"{"properties":{"keywords":{"type":"array","items":{"type":"string"}}}}"#,
        becomes: "{keywords: [str]}",
        reports: &[("schema-missing-type", "{")],
    },
    Case {
        schema: r#"{"type":"object","patternProperties":{"^[0-9a-zA-Z_-]{1,255}":{"type":"string"}}}"#,
        becomes: "= map str",
        reports: &[("schema-open-pattern", "\"^[0-9a-zA-Z_-]{1,255}\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"Number"},"b":{"type":["String",null]}}}"#,
        becomes: "{a: num, b?: str}",
        reports: &[
            ("schema-type-spelling", "\"type\""),
            ("schema-type-spelling", "\"String\""),
            ("schema-type-spelling", "null"),
        ],
    },
    Case {
        schema: r#"{"type":"object","properties":{"key":{"$oneOf":[{"type":"string"},{"type":null}]}}}"#,
        becomes: "{key?: str}",
        reports: &[("schema-keyword-spelling", "\"$oneOf\""), ("schema-type-spelling", "\"type\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"code":{"type":"number","integer":true}}}"#,
        becomes: "{code: int}",
        reports: &[("schema-keyword-spelling", "\"integer\"")],
    },
    Case {
        schema: r##"{"type":"object","properties":{"a":{"type":"#/definitions/someOther"}}}"##,
        becomes: "{a: @some-other}",
        reports: &[("schema-type-spelling", "\"type\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string"},"required":["a"],"additionalProperties":false}}"#,
        becomes: "{a!: str}",
        reports: &[
            ("schema-keyword-as-property", "\"required\""),
            ("schema-keyword-as-property", "\"additionalProperties\""),
        ],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string"},"b":false}}"#,
        becomes: "{a: str}",
        reports: &[("schema-impossible-property", "\"b\"")],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"]}"#,
        becomes: "{a!: str}",
        reports: &[("schema-required-undeclared", "\"required\"")],
    },
    Case {
        schema: r#"{"type":"object","definitions":{"t":{"type":"string","messages":{"pattern":"must be short"}}},"properties":{"a":{"$ref":"\#/definitions/t"}}}"#,
        becomes: "{a: str}",
        reports: &[],
    },
    Case {
        schema: r##"{"type":"object","definitions":{"t":{"type":"array","items":{"$ref":"#/definitions/t"}}},"properties":{"a":{"$ref":"#/definitions/t"}}}"##,
        becomes: "{a: [any]}",
        reports: &[("schema-circular-definition", "\"$ref\"")],
    },
    Case {
        schema: r##"{"type":"object","properties":{"a":{"$ref":"#/definitions/nowhere"},"b":{"type":"text"},"c":7,"d":{"type":"string","colour":"red"}}}"##,
        becomes: "{a: any, b: any, c: any, d: str}",
        reports: &[
            ("schema-unresolved-reference", "\"$ref\""),
            ("schema-unknown-type", "\"type\""),
            ("subschema-not-an-object", "\"c\""),
            ("schema-unknown-keyword", "\"colour\""),
        ],
    },
    Case {
        schema: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"]},{"required":["b"]}]}"#,
        becomes: "{a: str, b: str}",
        reports: &[("schema-one-set-needed", "\"oneOf\"")],
    },
    Case { schema: "[]", becomes: "any", reports: &[("subschema-not-an-object", "[]")] },
    Case { schema: "\"text\"", becomes: "any", reports: &[("subschema-not-an-object", "\"text\"")] },
    Case { schema: "null", becomes: "any", reports: &[("subschema-not-an-object", "null")] },
    Case { schema: "true", becomes: "any", reports: &[] },
];

#[test]
fn each_is_understood_and_pointed_at() {
    for case in CASES {
        let schema = case.schema.replace("\\#", "#");
        let (api, sources) = support::texts(&[
            ("A Thing", &schema),
            ("Some Other", r#"{"type":"object","properties":{"o":{"type":"string"}}}"#),
        ]);
        let built = build(&api, &sources);
        assert_eq!(describe::schema(&built.graph, "a-thing"), case.becomes, "{schema}");
        let found: Vec<(&str, &str)> = built
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code.name, diagnostic.span.map_or("", |span| sources.slice(span))))
            .collect();
        let expected: Vec<(&str, &str)> = case.reports.to_vec();
        assert_eq!(found.len(), expected.len(), "{schema}: {found:?}");
        for (found, expected) in found.iter().zip(&expected) {
            let place = if expected.1 == "{" { "{" } else { found.1 };
            assert!(found.0 == expected.0 && place == expected.1, "{schema}: {found:?} instead of {expected:?}");
        }
    }
}

#[test]
fn the_place_is_page_line_and_column() {
    let schema =
        "{\n  \"type\": \"object\",\n  \"properties\": {\n    \"ä\\\"\": {\"type\": \"string\", \"min\": 1}\n  }\n}";
    let (api, sources) = support::texts(&[("A Thing", schema)]);
    let built = build(&api, &sources);
    let places: Vec<_> = built.diagnostics.iter().filter_map(|diagnostic| diagnostic.location(&sources)).collect();
    assert_eq!(places, ["a-thing.md:4:31"]);
}

#[test]
fn depth_has_a_limit_and_no_stack_overflows() {
    let mut schema = Value::Bool(true);
    for _ in 0..10_000 {
        let mut outer = serde_json::Map::new();
        outer.insert("type".to_owned(), "array".into());
        outer.insert("items".to_owned(), schema);
        schema = Value::Object(outer);
    }
    let (mut api, sources) = support::texts(&[("A Thing", "{}")]);
    api.schemas[0].schema = schema;
    let built = build(&api, &sources);
    let codes: Vec<_> = built.diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect();
    assert_eq!(codes, ["schema-too-large"]);
    // A value this deep cannot be dropped without deep recursion either; that is not this crate's to solve.
    std::mem::forget(api);
}

#[test]
fn definitions_cannot_unfold_without_end() {
    let mut definitions = vec![r#""d0":{"type":"string"}"#.to_owned()];
    for level in 1..40 {
        let inner = level - 1;
        definitions.push(format!(
            r##""d{level}":{{"type":"object","properties":{{"a":{{"$ref":"#/definitions/d{inner}"}},"b":{{"$ref":"#/definitions/d{inner}"}}}}}}"##
        ));
    }
    let schema = format!(r##"{{"definitions":{{{}}},"$ref":"#/definitions/d39"}}"##, definitions.join(","));
    let (api, sources) = support::texts(&[("A Thing", &schema)]);
    let built = build(&api, &sources);
    assert!(built.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "schema-too-large"));
}

#[test]
fn references_may_go_round_in_circles() {
    let a = r##"{"$ref":"#/definitions/b"}"##;
    let b = r##"{"$ref":"#/definitions/a"}"##;
    let union = r##"{"oneOf":[{"$ref":"#/definitions/a"},{"$ref":"#/definitions/b"}]}"##;
    let parts =
        r##"{"allOf":[{"$ref":"#/definitions/parts"},{"type":"object","properties":{"x":{"type":"string"}}}]}"##;
    let (api, sources) = support::texts(&[("A", a), ("B", b), ("Union", union), ("Parts", parts)]);
    let built = build(&api, &sources);
    assert_eq!(describe::schema(&built.graph, "a"), "= @b");
    assert_eq!(describe::schema(&built.graph, "parts"), "{x: str}");
}

/// Every pointer into a value.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                pointers(inner, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                pointers(inner, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn a_wrong_value_anywhere_is_never_fatal() {
    let schemas: Vec<&str> = CASES.iter().map(|case| case.schema).filter(|schema| schema.len() > 10).collect();
    let wrong = [
        "null",
        "[]",
        "{}",
        "7",
        "false",
        "\"text\"",
        "[[]]",
        r#"{"type":[]}"#,
        r##"{"$ref":"#"}"##,
        r#"{"oneOf":[]}"#,
    ];
    for schema in schemas {
        let Ok(original) = serde_json::from_str::<Value>(schema) else { continue };
        let mut places = Vec::new();
        pointers(&original, "", &mut places);
        for (place, wrong) in places.iter().flat_map(|place| wrong.iter().map(move |wrong| (place, wrong))) {
            let mut value = original.clone();
            if let Some(slot) = value.pointer_mut(place) {
                *slot = serde_json::from_str(wrong).unwrap_or(Value::Null);
            }
            let (api, sources) = support::texts(&[("A Thing", &value.to_string())]);
            let built = build(&api, &sources);
            assert_eq!(built.graph.schemas.len(), 1, "{value}");
            assert!(built.diagnostics.iter().all(|diagnostic| diagnostic.span.is_some()), "{value}");
        }
    }
}
