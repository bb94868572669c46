//! Published names stay: pages that join the project's own, and that would name shared shapes after themselves, change
//! no name that the client has, and move no type into another module.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use generator::diagnostic::Severity;
use generator::emit::features;
use generator::model::Api;
use generator::plan::lock::{self, NamesLock};
use generator::source::Source;
use serde_json::{Map, Value, json};
use similar::{ChangeTag, TextDiff};

type Files = BTreeMap<String, String>;

/// The project's pages.
fn spec() -> Vec<Source> {
    support::pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"))
}

fn generated(pages: Vec<Source>, lock: &NamesLock) -> (Api, Files) {
    let mut read = generator::read(pages);
    let files = generator::generate_with(&mut read, lock);
    let errors = || read.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let files = files.unwrap_or_else(|| panic!("{:#?}", errors().collect::<Vec<_>>()));
    (read.api, files)
}

fn published(files: &Files) -> NamesLock {
    NamesLock::parse(&files[lock::FILE]).expect("a lock")
}

/// The public types, each with the file that has it.
fn types(files: &Files) -> BTreeSet<(String, String)> {
    let declared = |line: &str| {
        let rest = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| line.strip_prefix(start))?;
        Some(rest.chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '_').collect())
    };
    let in_file = |(path, text): (&String, &String)| -> Vec<(String, String)> {
        text.lines().filter_map(declared).map(|name| (path.clone(), name)).collect()
    };
    files.iter().filter(|(path, _)| !path.starts_with("dynamic")).flat_map(in_file).collect()
}

/// A schema whose name sorts first, with a property of every kind that any other schema has: the shortest way to each.
fn newcomer(api: &Api) -> Source {
    let mut properties = Map::new();
    for schema in &api.schemas {
        for (name, property) in schema.schema["properties"].as_object().into_iter().flatten() {
            properties.entry(name.clone()).or_insert_with(|| property.clone());
        }
    }
    let schema = json!({"type": "object", "properties": properties});
    let text = format!(
        "# Aa\n\n## Aa\n\n<a id=\"aa\"></a>Has everything.\n\n### Schema\n\n```json\n{schema}\n```\n\n### Example\n\n```json\n{{}}\n```\n"
    );
    Source { path: "schemas/aa.md".to_owned(), text }
}

/// A resource whose name sorts first, with a parameter for every list of values that another one accepts.
fn new_resource(api: &Api) -> Source {
    let mut rows: BTreeSet<(&str, Vec<&str>)> = BTreeSet::new();
    for param in api.resources.iter().flat_map(|resource| &resource.actions).flat_map(|action| &action.params) {
        let values = || param.accepted.as_ref()?.iter().map(Value::as_str).collect::<Option<Vec<&str>>>();
        if let (Some(values), None, None) = (values(), &param.schema, param.encoding) {
            rows.insert((&param.name, values));
        }
    }
    let mut names = BTreeSet::new();
    let mut table = String::new();
    for (name, values) in rows.iter().filter(|(name, _)| names.insert(*name)) {
        writeln!(table, "| {name} | N | Which. One of: {} | | `{name}={}` |", values.join(", "), values[0])
            .expect("a text");
    }
    let text = format!(
        "# A\n\n/a\n\nThe first of all.\n\n## Get <a name=\"get\"></a>\n\nReturns it.\n\n### Method And Url\n\nGET /a\n\n\
         ### Authentication\n\nNo token is needed.\n\n### Request Query Parameters\n\n\
         | Name | Required | Description | Default | Example |\n| ---- | -------- | ----------- | ------- | ------- |\n{table}\n\
         ### Successful Responses\n\n| Code | Type | Description |\n| ---- | ---- | ----------- |\n\
         | 200 | [Success](../schemas/common.md#success) | It is there. |\n\n\
         ### Error Responses\n\n| Code | Type | Description |\n| ---- | ---- | ----------- |\n\
         | 400 | [Error](../schemas/common.md#error) | The request is malformed. |\n"
    );
    Source { path: "rest-api/a.md".to_owned(), text }
}

#[test]
fn what_joins_the_api_renames_nothing() {
    let (api, before) = generated(spec(), &NamesLock::default());
    let mut pages = spec();
    pages.extend([newcomer(&api), new_resource(&api)]);
    let lost = |after: &Files| types(&before).difference(&types(after)).cloned().collect::<Vec<_>>();

    let (_, unlocked) = generated(pages.clone(), &NamesLock::default());
    assert!(lost(&unlocked).len() > 20, "the new pages are no trial: {:?}", lost(&unlocked));
    let (_, locked) = generated(pages, &published(&before));
    assert_eq!(lost(&locked), []);

    // Nor does a feature lose what it brings.
    for list in [features::MANIFEST, features::GUIDE] {
        let gone = TextDiff::from_lines(&before[list], &locked[list]);
        let gone = gone.iter_all_changes().filter(|change| change.tag() == ChangeTag::Delete);
        assert_eq!(gone.map(|change| change.to_string()).collect::<Vec<_>>(), [""; 0], "{list}");
        assert!(locked[list].len() > before[list].len(), "{list} says nothing of the new pages");
    }
}

#[test]
fn a_run_with_its_own_names_changes_nothing() {
    let (_, before) = generated(spec(), &NamesLock::default());
    let (_, after) = generated(spec(), &published(&before));
    let changed: Vec<&String> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!((changed, before.len()), (Vec::new(), after.len()));
}

#[test]
fn a_name_goes_with_its_type() {
    let (_, before) = generated(spec(), &NamesLock::default());
    let mut pages = spec();
    pages.retain(|page| !page.path.ends_with("/flow.md"));
    let mut read = generator::read(pages);
    let built = generator::build_types(&mut read);
    let plan = generator::build_plan(&mut read, &built, &published(&before));
    let left = plan.lock.to_text().expect("a text");
    assert!(before[lock::FILE].contains("\n  workflow.triggers[]") && !left.contains("\n  workflow.triggers[]"));
    assert!(left.contains("\n  advanced-query{}: AdvancedQueryValue\n"));
}
