//! Any page that reads without an error gives code that is Rust: names, texts and examples cannot break out of it.
//!
//! Every text that is left out is a sound one, so the smallest input is a page with code, and each text alone reaches it.

#![no_main]

use generator::source::Source;
use generator::{generate, read};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// What stands between two texts of an input.
const GAP: char = '\n';

/// The texts of an input, in the order in which they are taken.
struct Texts<'a> {
    given: std::str::Split<'a, char>,
}

impl<'a> Texts<'a> {
    fn next(&mut self, sound: &'a str) -> &'a str {
        self.given.next().filter(|text| !text.is_empty()).unwrap_or(sound)
    }
}

/// A schema with a place for each kind of text: a name, a value, a bound, a description, and keywords of any kind.
fn schema(texts: &mut Texts<'_>, title: &str) -> Value {
    let (name, value, text) = (texts.next("color"), texts.next("red"), texts.next("What it looks like."));
    let mut schema = json!({
        "title": title,
        "type": "object",
        "required": ["kind", name],
        "properties": {
            "kind": {"type": "string", "enum": [value, "blue"], "default": value},
            "parts": {"type": "array", "items": {"type": "object", "properties": {value: {"type": "integer"}}}},
            "either": {"oneOf": [{"type": "string", "const": value}, {"type": "number"}]},
        }
    });
    let own = serde_json::from_str(texts.next("{}")).ok().filter(Value::is_object);
    schema["properties"][name] = own.unwrap_or(json!({"type": "string"}));
    schema["properties"][name]["description"] = text.into();
    schema
}

/// Pages of ours with a place for each of the texts.
fn pages(texts: &mut Texts<'_>) -> Vec<Source> {
    let (action, param, value) = (texts.next("get"), texts.next("size"), texts.next("1"));
    let (title, summary, description) = (texts.next("Widget"), texts.next("One widget."), texts.next("How large."));
    let schema = schema(texts, title);
    let example = json!({"kind": schema["properties"]["kind"]["default"]});
    let page = format!(
        "# Widget\n\n/widgets\n\n{summary}\n\n## {heading} <a name=\"{action}\"></a>\n\n{summary}\n\n\
         ### Method And Url\n\nGET /widgets\n\n### Authentication\n\nNo token is needed.\n\n\
         ### Request Query Parameters\n\n| Name | Required | Description | Default | Example |\n| - | - | - | - | - |\n\
         | {param} | N | {description} | {value} | `{param}={value}` |\n\n\
         ### Successful Responses\n\n| Code | Type | Description |\n| - | - | - |\n\
         | 200 | [{title}](../schemas/widget.md#{anchor}) | {description} |\n\n\
         ### Error Responses\n\n| Code | Type | Description |\n| - | - | - |\n\
         | 404 | [Error](../schemas/widget.md#error) | {description} |\n",
        anchor = generator::dialect::names::anchor(title),
        heading = generator::dialect::names::title_of_action(action),
    );
    let schemas = format!(
        "# Widget\n\n## {title}\n\n<a id=\"widget\"></a>{summary}\n\n### Schema\n\n```json\n{schema:#}\n```\n\n### Example\n\n```json\n{example:#}\n```\n\n\
         ## Error\n\n<a id=\"error\"></a>What went wrong.\n\n### Schema\n\n```json\n{{\"type\": \"object\", \"properties\": {{\"message\": {{\"type\": \"string\"}}}}}}\n```\n\n\
         ### Example\n\n```json\n{{\"message\": \"No.\"}}\n```\n"
    );
    let overview = "# Overview\n\n| Fact | Value |\n| - | - |\n| Base URL | `https://api.example.com` |\n";
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    vec![
        source("rest-api/overview.md", overview),
        source("rest-api/widget.md", &page),
        source("schemas/widget.md", &schemas),
    ]
}

fuzz_target!(|data: &str| {
    let mut result = read(pages(&mut Texts { given: data.split(GAP) }));
    let files = generate(&mut result);
    let broken = result.diagnostics.iter().find(|diagnostic| diagnostic.code.name == "no-rust");
    assert!(broken.is_none(), "{broken:?}");
    // The page of an input without any text is sound: were it not, nothing else would ever reach the code.
    assert!(files.is_some() || !data.trim_matches(GAP).is_empty(), "{:?}", result.diagnostics);
    for path in files.iter().flat_map(|files| files.keys()) {
        assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path}");
    }
});
