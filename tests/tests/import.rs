//! Import: pages of any dialect written as pages of ours say the same, and writing those again changes nothing.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::export::{self, Pages};
use generator::model::{Api, Location};
use generator::schema::{By, differences};
use generator::source::Source;
use generator::{Read, read};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::{fixtures, plain, read_folder, shared};

/// Resources that the pages of today no longer have, and their schemas.
const RETIRED: &[&str] = &["accessToken", "accessTokens"];
const RETIRED_SCHEMAS: &[&str] = &["access-token", "access-token-patch", "access-token-post", "access-tokens"];

fn read_pages(pages: &Pages) -> Read {
    let sources = pages.files.iter().map(|(path, text)| Source { path: path.clone(), text: text.clone() });
    let result = read(sources.collect());
    assert!(!result.has_errors(), "{}", plain(&result));
    result
}

/// Imports a model and checks what every import promises.
fn import(api: &Api, of: &str) -> Pages {
    let pages = export::pages(api);
    let again = read_pages(&pages);
    assert_eq!(differences(api, &again.api), Vec::<String>::new(), "{of}");
    assert_eq!(differences(&again.api, api), Vec::<String>::new(), "{of}, seen from the other side");
    let second = export::pages(&again.api);
    assert!(second.files == pages.files, "{of}: a second import changes the pages");
    assert!(second.copies.is_empty(), "{of}: a second import finds {:?}", second.copies);
    pages
}

#[test]
fn every_folder_of_rest_pages_comes_back() {
    let Some(corpus) = shared("corpus") else { return };
    let mut folders: Vec<_> = fs::read_dir(corpus).expect("the corpus").map(|entry| entry.expect("a folder")).collect();
    folders.sort_by_key(fs::DirEntry::file_name);
    let mut seen = 0;
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        if !name.starts_with("rest-") {
            continue;
        }
        let own = read_folder(&folder.path());
        assert!(!own.has_errors(), "{name}: {}", plain(&own));
        let pages = import(&own.api, &name);
        let of: BTreeSet<_> = pages.copies.iter().map(|copy| &copy.of).collect();
        println!("{name}: {} pages, {} places refer to {} schemas", pages.files.len(), pages.copies.len(), of.len());
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} folders");
}

#[test]
fn the_pages_of_the_project_come_back() {
    let own = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    let pages = import(&own.api, "spec");
    assert!(pages.copies.is_empty(), "spec repeats a schema: {:?}", pages.copies);
}

#[test]
fn small_pages_come_back() {
    for case in ["canonical", "anchored", "docusaurus", "verbs"] {
        import(&read_folder(&fixtures().join("sound").join(case)).api, case);
    }
}

/// The references of today's pages are those that were recovered from them by other means.
#[test]
fn references_are_the_known_ones() {
    let (Some(corpus), Some(facts)) = (shared("corpus/rest-1.30-gatsby"), shared("facts")) else { return };
    let json = |name: &str| -> Map<String, Value> {
        let text = fs::read_to_string(facts.join(name)).expect("facts");
        serde_json::from_str(&text).expect("facts as JSON")
    };
    let (known, titles) = (json("recovered-refs.json"), json("titles.json"));
    let name = |definition: &str| generator::dialect::names::kebab(titles[definition].as_str().expect("a title"));
    let mut wanted = BTreeSet::new();
    for (schema, places) in &known {
        for place in places.as_array().expect("places") {
            let text = |key: &str| place[key].as_str().expect("a text");
            wanted.insert((name(schema), text("at").to_owned(), name(text("ref"))));
        }
    }
    let copies = export::pages(&read_folder(&corpus).api).copies;
    let found: BTreeSet<_> = copies.into_iter().map(|copy| (copy.schema, copy.at, copy.of)).collect();
    assert_eq!(found, wanted);
}

/// What `spec/` and the newest REST pages have in common: everything but words, and what only one of them can say.
fn facts(mut api: Api, definitions: &Api) -> Api {
    api.api_version = None;
    api.resources.retain(|resource| !RETIRED.contains(&&resource.name[..]));
    api.schemas.retain(|schema| !RETIRED_SCHEMAS.contains(&&schema.name[..]));
    let everywhere = std::mem::take(&mut api.global_params);
    api.private_params.clear();
    for resource in &mut api.resources {
        resource.description = None;
        for action in &mut resource.actions {
            action.summary.clear();
            action.description = None;
            action.params.retain(|param| !everywhere.contains(param));
            for param in &mut action.params {
                param.description.clear();
                // Words say whether a number is a time.
                param.inferred = param.inferred.take().map(|kind| kind.replace("timestamp", "integer"));
                if (&resource.name[..], &param.name[..]) == ("applicationTemplates", "keywords") {
                    // Any list of words will do.
                    param.example = None;
                }
            }
            action.responses.iter_mut().for_each(|response| response.description.clear());
            action.events.iter_mut().for_each(|event| event.description.clear());
            if let Some(body) = &mut action.body {
                // These pages do not name it.
                body.name.clear();
            }
        }
    }
    for schema in &mut api.schemas {
        let own = definitions.schemas.iter().find(|own| own.name == schema.name).and_then(|own| own.definition.clone());
        assert!(schema.definition.is_none() || schema.definition == own, "{}", schema.name);
        schema.definition = own;
        schema.description = None;
        without_words(&mut schema.schema);
    }
    api
}

/// Removes titles and descriptions. A property of such a name has a schema and no text.
fn without_words(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| !(["title", "description"].contains(&&key[..]) && value.is_string()));
            map.values_mut().for_each(without_words);
        }
        Value::Array(values) => values.iter_mut().for_each(without_words),
        _ => {}
    }
}

#[test]
fn the_newest_pages_have_the_facts_of_the_project() {
    let Some(corpus) = shared("corpus/rest-1.30-gatsby") else { return };
    let spec = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).api;
    let newest = read_pages(&export::pages(&read_folder(&corpus).api)).api;
    assert_eq!((newest.resources.len(), newest.schemas.len()), (99, 323));
    let (newest, spec) = (facts(newest, &spec), facts(spec.clone(), &spec));
    assert_eq!(differences(&newest, &spec), Vec::<String>::new());
}

/// A small API: a list of widgets that holds a copy of the widget.
fn widgets() -> Api {
    let size = json!({"type": "integer", "maximum": 9});
    let widget = json!({"type": "object", "properties": {"name": {"type": "string"}, "size": size}});
    let copy = |words: Value| {
        let mut copy = widget.as_object().cloned().expect("an object");
        copy.extend(words.as_object().cloned().expect("words"));
        Value::Object(copy)
    };
    let list = |item: Value| json!({"type": "array", "items": item});
    let all = [
        ("Widget", widget.clone()),
        ("Titled", list(copy(json!({"title": "Widget", "description": "One widget"})))),
        ("Plain", list(copy(json!({})))),
        ("Worded", list(copy(json!({"title": "Widget", "description": "Another word"})))),
        ("Other Title", list(copy(json!({"title": "Gadget"})))),
        (
            "Other Bound",
            list(json!({"type": "object", "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}})),
        ),
    ];
    let mut api = read_folder(&fixtures().join("sound/canonical")).api;
    let form = api.schemas[0].clone();
    api.schemas = all
        .into_iter()
        .map(|(title, schema)| generator::model::Schema {
            name: generator::dialect::names::kebab(title),
            title: title.to_owned(),
            definition: None,
            description: Some(format!("One {}", title.to_lowercase())),
            schema,
            ..form.clone()
        })
        .chain([form.clone()])
        .collect();
    api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    api
}

#[test]
fn only_copies_become_references() {
    let api = widgets();
    let pages = import(&api, "widgets");
    let found: Vec<_> = pages.copies.iter().map(|copy| (&copy.schema[..], &copy.of[..], copy.by)).collect();
    assert_eq!(
        found,
        [("plain", "widget", By::Structure), ("titled", "widget", By::Title), ("worded", "widget", By::Title)]
    );
    let after = read_pages(&pages).api;
    let schema = |name: &str| &after.schemas.iter().find(|schema| schema.name == name).expect("a schema").schema;
    assert_eq!(schema("titled")["items"], json!({"$ref": "#/definitions/widget"}));
    assert_eq!(schema("worded")["items"], json!({"$ref": "#/definitions/widget", "description": "Another word"}));
}

#[test]
fn what_only_old_pages_say_comes_back() {
    let mut api = widgets();
    let mut second = api.schemas[0].clone();
    second.title = "Widget".to_owned();
    second.name = "widget-2".to_owned();
    api.schemas.push(second);
    api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    let resource = &mut api.resources[0];
    resource.description = None;
    let [get, patch] = &mut resource.actions[..] else { panic!("two actions") };
    patch.body.as_mut().expect("a body").example = Some(json!({"name": "another"}));
    get.auth.scopes.clear();
    get.deprecated = true;
    get.responses[0].schema = Some("widget-2".to_owned());
    for (name, inferred) in [("file", Some("file")), ("note", None)] {
        let mut part = get.params[0].clone();
        (part.name, part.location, part.example) = (name.to_owned(), Location::Multipart, None);
        part.inferred = inferred.map(str::to_owned);
        get.params.push(part);
    }
    get.params.sort_by_key(|param| param.location);
    let pages = import(&api, "old facts");
    assert!(pages.files["schemas/widget.md"].contains("## Widget <a name=\"widget-2\"></a>"));
    assert!(pages.files["rest-api/widget.md"].contains("| note | Y | The application | | ? |"));
}

#[test]
fn every_other_fact_is_a_difference() {
    let api = widgets();
    let imported = read_pages(&export::pages(&api)).api;
    let changes: &[fn(&mut Api)] = &[
        |api| api.base_url.push('x'),
        |api| api.resources[0].actions[0].method = "PUT".to_owned(),
        |api| api.resources[0].actions[0].params.swap(0, 1),
        |api| api.resources[0].actions[0].params[0].required = false,
        |api| api.resources[0].actions[0].responses.truncate(1),
        |api| api.resources[0].actions[1].body = None,
        |api| api.resources[0].actions.truncate(1),
        |api| api.schemas.truncate(1),
        |api| api.schemas[0].example = None,
        |api| schema(api, "widget")["properties"]["size"]["maximum"] = json!(10),
        |api| schema(api, "titled")["items"] = json!({"$ref": "#/definitions/gadget"}),
        |api| schema(api, "titled")["items"]["description"] = json!("No word of the schema"),
        |api| schema(api, "plain")["items"] = json!({}),
        |api| schema(api, "other-bound")["items"] = json!({"$ref": "#/definitions/widget"}),
        |api| schema(api, "other-title")["items"] = json!({"$ref": "#/definitions/widget"}),
        |api| schema(api, "worded")["items"] = json!({"$ref": "#/definitions/widget"}),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut other = imported.clone();
        change(&mut other);
        assert!(!differences(&api, &other).is_empty(), "the change {at} is not seen");
        assert!(!differences(&other, &api).is_empty(), "the change {at} is not seen from the other side");
    }
}

fn schema<'a>(api: &'a mut Api, name: &str) -> &'a mut Value {
    &mut api.schemas.iter_mut().find(|schema| schema.name == name).expect("a schema").schema
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Texts are what they are, whatever Markdown makes of their characters.
    #[test]
    fn texts_come_back(text in "[a-zA-Z0-9 .,:;()*_<>|&#\\\\!~+=/{}'\"%$@-]{1,60}", amp in "(&amp;|&#x27;|`a&lt;\\\\|b`|https://a[.]b/c|\\*|)") {
        let text = format!("{text} {amp}").split_whitespace().collect::<Vec<_>>().join(" ");
        // What is left of a table is no text.
        prop_assume!(!text.is_empty() && !text.starts_with('|'));
        let mut api = read_folder(&fixtures().join("sound/canonical")).api;
        let action = &mut api.resources[0].actions[0];
        action.summary.clone_from(&text);
        action.description = Some(format!("{text}\n\n{text}"));
        action.params[2].description.clone_from(&text);
        action.responses[0].description.clone_from(&text);
        api.schemas[0].description = Some(text.clone());
        api.resources[0].description = Some(text);
        import(&api, "the text");
    }
}
