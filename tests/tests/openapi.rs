//! The OpenAPI document: whole in itself for any pages, and of the same types as the client.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use generator::export::openapi;
use generator::model::Api;
use generator::schema::{self, Standard};
use generator::source::Sources;
use serde_json::{Value, json};
use support::{fixtures, pages, read_folder, shared};

/// The project's own pages, the tests' and the reference pages that are there.
fn apis() -> Vec<(String, Api)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"), fixtures().join("pages")];
    folders.extend(["anchored", "canonical", "verbs"].map(|name| fixtures().join("sound").join(name)));
    for name in ["rest-2016-06-14", "rest-2017-07-12", "rest-2018-11-06", "rest-2019-02-19", "rest-1.30-gatsby"] {
        folders.extend(shared(&format!("corpus/{name}")));
    }
    folders.into_iter().map(|folder| (folder.display().to_string(), read_folder(&folder).api)).collect()
}

fn walk<'a>(value: &'a Value, see: &mut dyn FnMut(&'a Value)) {
    see(value);
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(value, see)),
        Value::Object(map) => map.values().for_each(|value| walk(value, see)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    for (folder, api) in apis() {
        let document = openapi::document(&api);
        // An example may show a reference; it is none.
        let mut without_examples = document.clone();
        drop_examples(&mut without_examples);
        walk(&without_examples, &mut |value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let path = reference.strip_prefix('#').expect("a place in the document");
                assert!(document.pointer(path).is_some(), "{folder}: {reference} leads nowhere");
            }
        });
    }
}

fn drop_examples(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(drop_examples),
        Value::Object(map) => {
            map.retain(|key, value| key != "example" && !(key == "examples" && value.is_array()));
            map.values_mut().for_each(drop_examples);
        }
        _ => {}
    }
}

#[test]
fn every_action_is_an_operation_with_the_parameters_of_its_path() {
    for (folder, api) in apis() {
        let document = openapi::document(&api);
        let mut operations = BTreeSet::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for operation in item.as_object().expect("a path").values().filter(|value| value["operationId"].is_string())
            {
                assert!(operations.insert(operation["operationId"].to_string()), "{folder}: {operation} stands twice");
                let of_path = operation["parameters"].as_array().into_iter().flatten().filter(|it| it["in"] == "path");
                let names: Vec<String> =
                    of_path.map(|it| format!("{{{}}}", it["name"].as_str().expect("a name"))).collect();
                assert_eq!(names.len(), path.matches('{').count(), "{folder}: {path}");
                assert!(names.iter().all(|name| path.contains(name)), "{folder}: {path} has not {names:?}");
            }
        }
        assert_eq!(
            operations.len(),
            api.resources.iter().map(|resource| resource.actions.len()).sum::<usize>(),
            "{folder}"
        );
        let text = openapi::text_of(&api);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), document, "{folder}");
    }
}

/// Whoever reads the schemas of the document has the types that the client has: slips are put right the same way.
#[test]
fn schemas_of_the_document_are_the_types_of_the_client() {
    for (folder, mut api) in apis() {
        for schema in &mut api.schemas {
            schema.span = None;
        }
        let targets: Vec<String> = api.schemas.iter().map(|it| format!("#/definitions/{}", it.name)).collect();
        let mut standard = api.clone();
        for (index, schema) in standard.schemas.iter_mut().enumerate() {
            let text = Standard::new(&api.schemas, &targets).write(index).to_string();
            // The form of a pattern is for other engines; what it says is the same.
            schema.schema = serde_json::from_str(&text.replace(r"\\{", "{").replace(r"\\}", "}")).expect("JSON");
        }
        let nowhere = Sources::default();
        let (before, after) = (schema::build(&api, &nowhere), schema::build(&standard, &nowhere));
        let (before, after) = (format!("{:#?}", before.graph), format!("{:#?}", after.graph));
        let lines = before.lines().zip(after.lines()).enumerate();
        let other: Vec<_> = lines.filter(|(_, (one, two))| one != two).take(5).collect();
        assert!(before == after, "{folder}: the types differ: {other:#?}");
    }
}

#[test]
fn what_an_operation_says() {
    let read = generator::read(pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")));
    let document = openapi::document(&read.api);
    let operation = |path: &str, method: &str| document["paths"][path][method].clone();
    let param = |operation: &Value, name: &str| -> Value {
        let all = operation["parameters"].as_array().expect("parameters");
        all.iter().find(|param| param["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };

    let devices = operation("/applications/{applicationId}/devices", "get");
    assert_eq!(devices["operationId"], "devices.get");
    assert_eq!(devices["tags"], json!(["devices"]));
    assert_eq!(devices["security"][0], json!({"bearer": ["all.Application"]}));
    assert_eq!(
        param(&devices, "query")["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/AdvancedDeviceQuery"
    );
    let brackets = param(&devices, "tagFilter");
    assert_eq!((&brackets["style"], &brackets["x-losant-encoding"]), (&json!("deepObject"), &json!("brackets")));
    assert_eq!(param(&devices, "perPage")["schema"], json!({"type": "integer", "default": 100}));

    let stream = operation("/applications/{applicationId}/devices/{deviceId}/stateStream", "get");
    let events = &stream["responses"]["200"]["content"]["text/event-stream"];
    assert_eq!(events["x-losant-events"], json!(["deviceState"]));
    assert_eq!(events["schema"]["properties"]["data"]["contentSchema"]["$ref"], "#/components/schemas/DeviceState");

    let import = operation("/applications/import", "post");
    let form = &import["requestBody"]["content"]["multipart/form-data"];
    assert_eq!(form["schema"]["properties"]["importBundle"]["format"], "binary");
    assert_eq!(form["encoding"]["options"]["contentType"], "application/json");

    assert_eq!(operation("/auth/user", "post")["security"], json!([]));
    let common = document["paths"]["/auth/user"]["parameters"].as_array().expect("the parameters of every request");
    assert_eq!(common.len(), 4);
    assert_eq!(document["components"]["parameters"]["losantdomain"]["in"], "header");
    let logs = operation("/applications/{applicationId}/devices/{deviceId}/logs", "get");
    assert_eq!(param(&logs, "since")["deprecated"], true);
}
