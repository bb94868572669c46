//! A model as pages of ours: the overview, one page per resource, the schemas by family.

use std::collections::BTreeMap;

use serde_json::Value;

use super::text::{self, cell, code, json, table};
use super::{actions, wire};
use crate::model::{Api, Location, Param, Schema};
use crate::plan::family;
use crate::schema::{self, Copy};

/// What a model was written as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// The text of each page by its path below the spec folder.
    pub files: BTreeMap<String, String>,
    /// The places of schemas that refer to another schema and held a copy of it before.
    pub copies: Vec<Copy>,
}

/// Writes a model as pages; reading them gives the model again.
pub fn pages(api: &Api) -> Pages {
    let (schemas, copies) = schema::share(&api.schemas);
    let known = Known::new(api);
    let mut files = BTreeMap::new();
    files.insert("rest-api/overview.md".to_owned(), overview(api, &known));
    for resource in &api.resources {
        let path = format!("rest-api/{}.md", dashed(&resource.name));
        files.insert(path, actions::page(resource, api, &known));
    }
    let mut families: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in &schemas {
        families.entry(known.family(&schema.name)).or_default().push(schema);
    }
    for (family, schemas) in families {
        files.insert(format!("schemas/{family}.md"), family_page(family, &schemas));
    }
    Pages { files, copies }
}

/// What other pages need of a schema.
struct Entry {
    title: String,
    family: String,
    example: Option<Value>,
}

/// All schemas that the model names, defined or not.
pub(super) struct Known {
    entries: BTreeMap<String, Entry>,
}

impl Known {
    fn new(api: &Api) -> Self {
        let families = family::of_schemas(api);
        let mut entries = BTreeMap::new();
        for schema in &api.schemas {
            let family = families.get(schema.name.as_str()).map(|name| name.plain().replace('_', "-"));
            let family = family.unwrap_or_default();
            let entry = Entry { title: schema.title.clone(), family, example: schema.example.clone() };
            entries.insert(schema.name.clone(), entry);
        }
        let actions = || api.resources.iter().flat_map(|resource| &resource.actions);
        let params = actions().flat_map(|action| &action.params).filter_map(|param| param.schema.as_ref());
        let bodies = actions().filter_map(|action| action.body.as_ref()?.schema.as_ref());
        let responses = actions().flat_map(|action| &action.responses).filter_map(|it| it.schema.as_ref());
        let events = actions().flat_map(|action| &action.events).filter_map(|event| event.schema.as_ref());
        for name in params.chain(bodies).chain(responses).chain(events) {
            // One that no page defines has nothing but its name.
            entries.entry(name.clone()).or_insert_with(|| Entry {
                title: title(name),
                family: family::from_name(name).plain().replace('_', "-"),
                example: None,
            });
        }
        Self { entries }
    }

    fn family(&self, name: &str) -> &str {
        self.entries.get(name).map_or("", |entry| &entry.family)
    }

    /// The link to a schema.
    pub(super) fn link(&self, name: &str) -> String {
        let Some(entry) = self.entries.get(name) else { return String::new() };
        let anchor = text::anchor(name, &entry.title);
        text::link(&entry.title, &format!("../schemas/{}.md#{anchor}", entry.family))
    }

    /// The title of a schema.
    pub(super) fn title(&self, name: &str) -> &str {
        self.entries.get(name).map_or("", |entry| &entry.title)
    }

    /// The published example of a schema.
    pub(super) fn example(&self, name: Option<&str>) -> Option<&Value> {
        self.entries.get(name?)?.example.as_ref()
    }
}

fn overview(api: &Api, known: &Known) -> String {
    let mut facts = vec![vec!["Base URL".to_owned(), code(&api.base_url)]];
    facts.extend(api.api_version.as_deref().map(|version| vec!["API version".to_owned(), code(version)]));
    let mut blocks = vec!["# Overview".to_owned(), table(&["Fact", "Value"], &facts)];
    let header = ["Name", "In", "Required", "Description", "Default", "Example"];
    let lists = [("Every Action", &api.global_params), ("Every Request", &api.private_params)];
    for (of, params) in lists.into_iter().filter(|(_, params)| !params.is_empty()) {
        let rows = params.iter().map(|param| overview_row(param, known)).collect();
        blocks.push(format!("## Parameters Of {of}\n\n{}", actions::typed(&header, rows)));
    }
    text::page(&blocks)
}

fn overview_row(param: &Param, known: &Known) -> Vec<String> {
    let place = if param.location == Location::Header { "header" } else { "query" };
    vec![
        param.name.clone(),
        place.to_owned(),
        actions::required(param.required),
        actions::description(param, known),
        param.default.as_ref().map(|value| cell(&wire::plain(value))).unwrap_or_default(),
        param.example.as_ref().map(|value| code(&wire::plain(value))).unwrap_or_default(),
        actions::ty(param),
    ]
}

fn family_page(family: &str, schemas: &[&Schema]) -> String {
    let mut blocks = vec![format!("# {}", title(family))];
    for schema in schemas {
        let stated = text::states_name(&schema.name, &schema.title);
        let anchor = if stated { format!(" <a name=\"{}\"></a>", schema.name) } else { String::new() };
        blocks.push(format!("## {}{anchor}", text::heading(&schema.title)));
        let definition = schema.definition.as_ref().map(|name| format!("<a id=\"{name}\"></a>"));
        let description = schema.description.as_deref().map(text::paragraphs);
        if definition.is_some() || description.is_some() {
            blocks.push(definition.unwrap_or_default() + &description.unwrap_or_default());
        }
        blocks.push(format!("### Schema\n\n{}", json(&schema.schema)));
        blocks.extend(schema.example.as_ref().map(|example| format!("### Example\n\n{}", json(example))));
    }
    text::page(&blocks)
}

/// The file name of a resource: `applicationApiToken` is `application-api-token`.
fn dashed(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_uppercase() {
            out.push('-');
        }
        out.extend(character.to_lowercase());
    }
    out
}

/// A title of words with dashes between.
fn title(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut characters = word.chars();
        characters.next().map(|first| first.to_uppercase().chain(characters).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}
