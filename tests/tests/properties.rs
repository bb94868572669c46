//! Whatever a page holds, reading it ends, without a panic, with work that grows as the page does.
//!
//! Work is counted in allocations, never timed.

use allocation_counter::{AllocationInfo, measure};
use generator::model::Api;
use generator::source::Source;
use generator::{Read, generate, read};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Twice the input may cost this much more.
const MOST: f64 = 2.5;

fn page(text: String) -> Vec<Source> {
    vec![Source { path: "widget.md".to_owned(), text }]
}

/// Compares the work on an input with that on one of twice the size.
#[allow(clippy::cast_precision_loss, reason = "a ratio needs no more digits")]
fn linear(name: &str, work: impl Fn(usize) -> AllocationInfo, size: usize) {
    let (once, twice) = (work(size), work(2 * size));
    let pairs = [
        ("allocations", once.count_total, twice.count_total),
        ("bytes", once.bytes_total, twice.bytes_total),
        ("bytes at once", once.bytes_max, twice.bytes_max),
    ];
    for (what, once, twice) in pairs {
        let ratio = twice as f64 / once.max(1000) as f64;
        assert!(ratio < MOST, "{name}: {once} {what} for {size}, {twice} for twice as much");
    }
}

fn read_work(text: String) -> AllocationInfo {
    let pages = page(text);
    measure(|| drop(read(pages)))
}

const HEAD: &str = "# Widget Actions\n\nhttps://api.losant.com/widgets\n\n## Get\n\nGets.\n\n### Method And Url <a name=\"get-method-url\"></a>\n\nGET https://api.losant.com/widgets\n\n";

#[test]
fn work_is_linear_in_marks_and_blocks() {
    type Make = fn(usize) -> String;
    let shapes: &[(&str, Make)] = &[
        ("quotes", |n| format!("{HEAD}{} a\n", ">".repeat(n))),
        ("lists in lists", |n| format!("{HEAD}{}a\n", "- ".repeat(n))),
        ("open brackets", |n| HEAD.to_owned() + &"[".repeat(n)),
        ("links", |n| HEAD.to_owned() + &"[a](b) ".repeat(n)),
        ("links in links", |n| HEAD.to_owned() + &"[".repeat(n) + &"](a)".repeat(n)),
        ("emphasis", |n| HEAD.to_owned() + &"*a **b ".repeat(n)),
        ("backticks", |n| HEAD.to_owned() + &"`a``b".repeat(n)),
        ("tags", |n| HEAD.to_owned() + &"<a name=\"x\"></a><b>".repeat(n)),
        ("comments", |n| HEAD.to_owned() + &"<!-- ".repeat(n)),
        ("entities", |n| HEAD.to_owned() + &"&#x27;&amp".repeat(n)),
        ("definitions", |n| HEAD.to_owned() + &"[a]: b\n".repeat(n)),
        ("a long line", |n| HEAD.to_owned() + &"word ".repeat(n)),
        ("headings", |n| HEAD.to_owned() + &"### Request Hats\n".repeat(n)),
        ("actions", |n| HEAD.to_owned() + &"## Get\n\n### Error Responses\n\n".repeat(n)),
        ("verbs", |n| format!("# Widget Actions\n\n{}", "## GET\n<br/>\n".repeat(n))),
        ("rows", |n| {
            format!(
                "{HEAD}### Error Responses\n\n| Code | Type | Description |\n| - | - | - |\n{}",
                "| 404 | | x |\n".repeat(n)
            )
        }),
        ("columns", |n| format!("{HEAD}|{}\n|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n))),
        ("a cell", |n| format!("{HEAD}| Code | Type |\n| - | - |\n| {} | x |\n", "word ".repeat(n))),
        ("scopes", |n| {
            format!(
                "{HEAD}### Authentication\n\nA valid api access token is required to access this endpoint. The token must include at least one of the following scopes: {}.\n",
                "a.*, ".repeat(n)
            )
        }),
        ("deep JSON", |n| format!("{HEAD}```json\n{}\n```\n", "[".repeat(n))),
        ("open fences", |n| HEAD.to_owned() + &"```\n~~~\n".repeat(n)),
        ("schemas", |n| {
            format!(
                "# Schemas\n\n{}",
                "## A\n\nx\n\n### Schema <a name=\"a-schema\"></a>\n\n```json\n{}\n```\n\n".repeat(n)
            )
        }),
        ("contents", |n| format!("# Schemas\n\n{}", "*   [A](#a)\n".repeat(n))),
        ("front matter", |n| format!("---\n{}---\n\n{HEAD}", "a: b\n".repeat(n))),
        ("displays", |n| {
            format!(
                "import JsonDisplay from '@site/src/components/JsonDisplay'\n\n{HEAD}<JsonDisplay data={{ {} }} />\n",
                "{ a: [".repeat(n)
            )
        }),
    ];
    for (name, make) in shapes {
        linear(name, |size| read_work(make(size)), 1500);
    }
}

#[test]
fn a_hundred_thousand_headings_are_read() {
    let result = read(page(HEAD.to_owned() + &"## Get\n\n".repeat(100_000)));
    assert!(result.has_errors());
}

/// A model with one action that answers with each of some schemas.
fn model(schemas: &[(String, Value)]) -> Api {
    let schemas: Vec<Value> = schemas
        .iter()
        .map(|(title, schema)| {
            json!({
                "name": generator::dialect::names::kebab(title), "title": title, "description": null,
                "schema": schema, "example": null, "sources": []
            })
        })
        .collect();
    let api = json!({
        "baseUrl": "https://api.losant.com", "apiVersion": null, "globalParams": [], "privateParams": [],
        "resources": [], "schemas": schemas
    });
    serde_json::from_value(api).expect("a model")
}

fn files(api: Api) -> Option<usize> {
    let mut read = Read { api, ..Read::default() };
    generate(&mut read).map(|files| files.values().map(String::len).sum())
}

#[test]
fn work_is_linear_in_schemas() {
    type Make = fn(usize) -> Vec<(String, Value)>;
    let shapes: &[(&str, Make)] = &[
        ("properties", |n| {
            let all: serde_json::Map<_, _> = (0..n).map(|at| (format!("p{at}"), json!({"type": "string"}))).collect();
            vec![("Wide".to_owned(), json!({"type": "object", "properties": all}))]
        }),
        ("objects", |n| {
            let all: serde_json::Map<_, _> = (0..n)
                .map(|at| {
                    (format!("p{at}"), json!({"type": "object", "properties": {format!("q{at}"): {"type": "number"}}}))
                })
                .collect();
            vec![("Wide".to_owned(), json!({"type": "object", "properties": all}))]
        }),
        ("words", |n| {
            let all: Vec<String> = (0..n).map(|at| format!("word{at}")).collect();
            vec![("Words".to_owned(), json!({"type": "string", "enum": all}))]
        }),
        ("titles", |n| {
            (0..n)
                .map(|at| (format!("Thing {at}"), json!({"type": "object", "properties": {"a": {"type": "string"}}})))
                .collect()
        }),
    ];
    for (name, make) in shapes {
        linear(
            name,
            |size| {
                let api = model(&make(size));
                measure(|| {
                    files(api);
                })
            },
            100,
        );
    }
}

/// A schema whose objects or lists lie this deep in each other.
fn nested(depth: usize, open: &str, close: &str) -> String {
    format!("{}{{}}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn deep_schemas_are_refused_on_pages() {
    for (open, close) in [("{\"items\":", "}"), ("{\"properties\":{\"a\":", "}}"), ("{\"anyOf\":[", "]}"), ("[", "]")] {
        let text = nested(20_000, open, close);
        let result = read(page(format!(
            "# Schemas\n\n## A\n\nx\n\n### Schema <a name=\"a-schema\"></a>\n\n```json\n{text}\n```\n"
        )));
        assert!(result.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "schema-not-json"), "{open}");
    }
}

#[test]
fn schemas_as_deep_as_pages_can_have_them_end() {
    for (open, close) in [
        ("{\"type\":\"array\",\"items\":", "}"),
        ("{\"type\":\"object\",\"properties\":{\"a\":", "}}"),
        ("{\"anyOf\":[", "]}"),
    ] {
        let depth = 120 / open.matches(['{', '[']).count();
        let schema: Value = serde_json::from_str(&nested(depth, open, close)).expect("JSON");
        files(model(&[("Deep".to_owned(), schema)]));
    }
}

/// Any JSON, with the words of schemas among its keys.
fn any_schema() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "enum",
        "anyOf",
        "oneOf",
        "allOf",
        "$ref",
        "required",
        "const",
        "default",
        "additionalProperties",
        "patternProperties",
        "format",
        "title",
        "description",
        "pattern",
        "not",
        "a",
        "type\"#",
    ]);
    let names =
        prop::sample::select(vec!["object", "array", "string", "null", "number", "#/definitions/a", "r#fn", "*/", ""]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        names.prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((words.clone(), inner), 0..6).prop_map(|pairs| pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_schema_gives_code_or_diagnostics(schema in any_schema(), title in "[A-Za-z0-9 #*/{}\"]{1,12}") {
        let mut read = Read { api: model(&[(title, schema)]), ..Read::default() };
        let files = generate(&mut read);
        prop_assert!(files.is_some() || read.has_errors());
        let no_rust = read.diagnostics.iter().find(|diagnostic| diagnostic.code.name == "no-rust");
        prop_assert!(no_rust.is_none(), "{no_rust:?}");
    }

    #[test]
    fn any_bytes_are_a_page(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z_]{1,9}\\.(md|mdx|rst)") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let result = read(vec![Source { path: name, text }]);
        prop_assert!(result.has_errors());
    }

    #[test]
    fn lines_of_pages_in_any_order_are_read(lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..60)) {
        let result = read(page(lines.join("\n")));
        for diagnostic in &result.diagnostics {
            prop_assert!(diagnostic.span.is_none_or(|span| !result.sources.get(span.file).path.is_empty()));
        }
        let mut result = result;
        generate(&mut result);
    }
}

/// Lines that pages of all dialects are made of.
const LINES: &[&str] = &[
    "",
    "# Widget Actions",
    "# Schemas",
    "# Overview",
    "## GET - /logs",
    "## Get",
    "## Get <a name=\"get\"></a>",
    "## widget.get",
    "### Method And Url <a name=\"get-method-url\"></a>",
    "#### Method And Url",
    "### Request Body {#get-body}",
    "#### Available Parameters",
    "### Schema <a name=\"get-schema\"></a>",
    "### Example",
    "##### Contents",
    "*   [Get](#get)",
    "https://api.losant.com/widgets/**`WIDGET_ID`**",
    "GET https://api.losant.com/widgets",
    "<p>GET https<span>://</span>api.losant.com/a</p>",
    "GET /widgets",
    "/widgets",
    "| Path Component | Description | Example |",
    "| Name | Required | Description | Default | Example |",
    "| Code | Type | Description |",
    "| Name | Type | Required | Description |",
    "| Fact | Value |",
    "| Base URL | `https://api.losant.com` |",
    "| --- | --- | --- |",
    "| --- | --- | --- | --- | --- |",
    "| WIDGET_ID | The widget | 5 |",
    "| a | Y | b | c | a={} |",
    "| 200 | [A](schemas.md#a) | x |",
    "```json",
    "```bash",
    "```javascript",
    "```",
    "{\"type\": \"object\"}",
    "{",
    "curl -H 'Content-Type: application/json' \\",
    "    -X GET \\",
    "<JsonDisplay data={ { a: 1 } } />",
    "import JsonDisplay from '@site/src/components/JsonDisplay'",
    "---",
    "description: x",
    "<br/>",
    "<!-- x -->",
    "Required: [A](../schemas/a.md#a).",
    "A token of any scope.",
    "- {string} a - b",
    "client.widget.get({}, function (error) {",
];
