//! The model of `spec/`, one snapshot per resource: a reviewer sees the change of the API apart from the change of the code.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::model::Api;

const SNAPSHOTS: &str = "../snapshots/model";

/// The model of the project's own pages, which must be without fault.
fn model() -> Api {
    let read = support::read_with_overrides(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    assert!(read.diagnostics.is_empty(), "{}", support::plain(&read));
    read.api
}

#[test]
fn each_resource_is_as_reviewed() {
    let api = model();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for resource in &api.resources {
            let yaml = serde_yaml::to_string(resource).expect("a resource as YAML");
            insta::assert_snapshot!(&resource.name[..], yaml);
        }
    });
    let reviewed: BTreeSet<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(SNAPSHOTS))
        .expect("the folder of snapshots")
        .filter_map(|entry| Some(entry.expect("an entry").file_name().to_str()?.strip_suffix(".snap")?.to_owned()))
        .collect();
    let documented: BTreeSet<String> = api.resources.into_iter().map(|resource| resource.name).collect();
    assert_eq!(reviewed, documented, "remove the snapshots of resources that are gone");
}

#[test]
fn the_model_comes_back_from_both_of_its_forms() {
    let api = model();
    let json = serde_json::to_string(&api).expect("the model as JSON");
    let yaml = serde_yaml::to_string(&api).expect("the model as YAML");
    let from_json: Api = serde_json::from_str(&json).expect("the model from JSON");
    let from_yaml: Api = serde_yaml::from_str(&yaml).expect("the model from YAML");
    assert_eq!(from_json, from_yaml);
    assert_eq!(serde_json::to_string(&from_json).expect("the model as JSON"), json);
}
