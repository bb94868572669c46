//! Ways to make an [`Api`] of schemas for the tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::model::{Api, Schema};
use generator::source::{Source, Sources, Span};
use heck::ToKebabCase;
use serde_json::Value;

/// The reference material beside the repository; tells that a test is skipped where it is absent.
pub(crate) fn shared(below: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(below);
    if !path.exists() {
        println!("skipped: {below} is not there");
        return None;
    }
    Some(path)
}

/// An API of the given schemas: title, definition name and JSON text. Each text is a page of its own.
pub(crate) fn api(schemas: &[(String, Option<String>, String)]) -> (Api, Sources) {
    let page = |title: &str| format!("{}.md", title.to_kebab_case());
    let sources =
        Sources::new(schemas.iter().map(|(title, _, text)| Source { path: page(title), text: text.clone() }).collect());
    let files: BTreeMap<&str, _> = sources.iter().map(|(id, source)| (source.path.as_str(), id)).collect();
    let schemas = schemas.iter().map(|(title, definition, text)| Schema {
        name: title.to_kebab_case(),
        title: title.clone(),
        definition: definition.clone(),
        description: None,
        schema: serde_json::from_str(text).unwrap_or(Value::Null),
        example: None,
        sources: Vec::new(),
        span: files.get(page(title).as_str()).map(|file| Span::new(*file, 0..text.len())),
    });
    (Api { schemas: schemas.collect(), ..Api::default() }, sources)
}

/// An API of schemas that are given as title and JSON text.
pub(crate) fn texts(schemas: &[(&str, &str)]) -> (Api, Sources) {
    let owned: Vec<_> = schemas.iter().map(|(title, text)| ((*title).to_owned(), None, (*text).to_owned())).collect();
    api(&owned)
}

/// The 323 schemas of the newest API, with the definition name of each; titles inside the schemas are missing.
pub(crate) fn facts() -> Option<(Api, Sources)> {
    let folder = shared("facts/schemas")?;
    let titles = std::fs::read_to_string(shared("facts/titles.json")?).ok()?;
    let titles: BTreeMap<String, String> = serde_json::from_str(&titles).ok()?;
    let schemas: Vec<_> = titles
        .into_iter()
        .filter_map(|(definition, title)| {
            let text = std::fs::read_to_string(folder.join(format!("{definition}.json"))).ok()?;
            Some((title, Some(definition), text))
        })
        .collect();
    Some(api(&schemas))
}

/// The pages of a folder.
pub(crate) fn pages(folder: &Path) -> Vec<Source> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).ok()?;
            Some(Source { path: entry.file_name().to_string_lossy().into_owned(), text })
        })
        .collect()
}

/// The newest API as its pages print it, with the titles inside the schemas.
pub(crate) fn newest() -> Option<(Api, Sources)> {
    let read = generator::read(pages(&shared("corpus/rest-1.30-gatsby")?));
    Some((read.api, read.sources))
}
