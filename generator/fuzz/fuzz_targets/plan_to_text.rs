//! Any page that reads without an error gives code that is Rust: names, texts and examples cannot break out of it.

#![no_main]

use generator::source::Source;
use generator::{generate, read};
use libfuzzer_sys::fuzz_target;

/// A page of ours with a place for each of the texts.
fn pages(texts: &[&str; 6]) -> Vec<Source> {
    let [title, summary, name, description, schema, example] = texts;
    let page = format!(
        "# Widget\n\n/widgets\n\n{summary}\n\n## Get <a name=\"get\"></a>\n\n{summary}\n\n### Method And Url\n\nGET /widgets\n\n\
         ### Authentication\n\nNo token is needed.\n\n### Request Query Parameters\n\n\
         | Name | Required | Description | Default | Example |\n| - | - | - | - | - |\n| {name} | N | {description} | | |\n\n\
         ### Successful Responses\n\n| Code | Type | Description |\n| - | - | - |\n| 200 | [{title}](../schemas/widget.md#{anchor}) | {description} |\n\n\
         ### Error Responses\n\n| Code | Type | Description |\n| - | - | - |\n",
        anchor = generator::dialect::names::anchor(title)
    );
    let schemas = format!(
        "# Widget\n\n## {title}\n\n{description}\n\n### Schema\n\n```json\n{schema}\n```\n\n### Example\n\n```json\n{example}\n```\n"
    );
    let overview = "# Overview\n\n| Fact | Value |\n| - | - |\n| Base URL | `https://api.example.com` |\n";
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    vec![
        source("rest-api/overview.md", overview),
        source("rest-api/widget.md", &page),
        source("schemas/widget.md", &schemas),
    ]
}

fuzz_target!(|texts: [&str; 6]| {
    let mut result = read(pages(&texts));
    let files = generate(&mut result);
    let broken = result.diagnostics.iter().find(|diagnostic| diagnostic.code.name == "no-rust");
    assert!(broken.is_none(), "{broken:?}");
    if let Some(files) = files {
        for path in files.keys() {
            assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path}");
        }
    }
});
