//! Pages of clients, alone and together with those of the REST API, against the facts of the API.

mod support;

use std::fs;
use std::path::Path;

use generator::model::Location;
use generator::read;
use generator::source::Source;
use serde_json::Value;
use support::facts::{INLINE, compare};
use support::{pages, plain, read_folder, shared};

/// Folders of client references: their truth, and pages, actions, parameters, responses and schemas as the index counts.
const CLIENTS: &[(&str, &str, [usize; 5])] = &[
    ("js-2015-11-11", "", [20, 48, 213, 72, 0]),
    ("js-2016-04-12", "", [23, 80, 437, 180, 106]),
    ("js-2018-11-01", "truth/js-2018-11-01-82e2aa29.json", [56, 191, 792, 550, 171]),
    ("js-2026-06-05", "api-facts.json", [99, 372, 1696, 1088, 323]),
    ("rb-2016-06-09", "", [23, 83, 204, 189, 70]),
    ("rb-2025-12-09", "truth/rb-2025-12-09-dc735e07.json", [97, 367, 1678, 1075, 0]),
    ("py-2016-06-14", "", [23, 83, 204, 230, 73]),
    ("py-2018-11-08", "truth/py-2018-11-08-3180f2cf.json", [56, 191, 792, 550, 171]),
    ("py-2026-03-03", "truth/py-2026-03-03-ab084b4f.json", [97, 367, 1680, 1075, 0]),
];
/// Streams have no functions in the clients.
const STREAMS: &[&str] = &["application: actions", "device: actions"];

#[test]
fn pages_of_clients_have_the_facts_of_the_api() {
    let (Some(corpus), Some(facts)) = (shared("corpus"), shared("facts")) else { return };
    for (name, truth, expected) in CLIENTS {
        let result = read_folder(&corpus.join(name));
        assert!(!result.has_errors(), "{name}: {}", plain(&result));
        assert_eq!(result.seen, result.counts, "{name}");
        let counts = &result.counts;
        let got = [
            result.api.resources.len(),
            counts.actions,
            counts.client_params,
            counts.responses,
            result.api.schemas.len(),
        ];
        assert_eq!(got, *expected, "{name}");
        if truth.is_empty() {
            continue;
        }
        let text = fs::read_to_string(facts.join(truth)).expect("the facts");
        let truth: Value = serde_json::from_str(&text).expect("facts as JSON");
        let mut differences = Vec::new();
        let compared = compare(&result.api, truth["resources"].as_object().expect("resources"), &mut differences);
        // Where a request goes and where its values travel is on no page of a client.
        let unknown = |difference: &String| {
            let (_, what) = difference.split_once(": ").unwrap_or_default();
            what == "method" || what == "path" || what.starts_with("place of ")
        };
        differences.retain(|it| !unknown(it) && !STREAMS.iter().chain(INLINE).any(|known| it.starts_with(known)));
        assert!(differences.is_empty(), "{name}: {differences:#?}");
        assert!(compared > 500, "{name}: only {compared} facts");
    }
}

/// The pages of several folders, as one run reads them.
fn merged(corpus: &Path, folders: &[&str]) -> Vec<Source> {
    let mut all = Vec::new();
    for folder in folders {
        all.extend(pages(&corpus.join(folder)).into_iter().map(|mut page| {
            page.path = format!("{folder}/{}", page.path);
            page
        }));
    }
    all
}

#[test]
fn pages_of_one_date_are_one_documentation() {
    let (Some(corpus), Some(facts)) = (shared("corpus"), shared("facts")) else { return };
    for (folders, truth) in [
        (&["rest-1.30-docusaurus", "js-2026-06-05"][..], "api-facts.json"),
        (&["rest-1.30-gatsby", "js-2026-06-05"], "api-facts.json"),
        (&["rest-2018-11-06", "js-2018-11-01", "py-2018-11-08"], "truth/rest-2018-11-06-e07d1b0b.json"),
    ] {
        let mut sources = merged(&corpus, folders);
        let result = read(sources.clone());
        assert!(!result.has_errors(), "{folders:?}: {}", plain(&result));
        assert_eq!(result.seen, result.counts, "{folders:?}");
        let text = fs::read_to_string(facts.join(truth)).expect("the facts");
        let truth: Value = serde_json::from_str(&text).expect("facts as JSON");
        let mut differences = Vec::new();
        compare(&result.api, truth["resources"].as_object().expect("resources"), &mut differences);
        // The one parameter that only clients document.
        assert_eq!(result.api.global_params.len(), 1, "{folders:?}");
        differences.retain(|it| !INLINE.iter().any(|known| it.starts_with(known)));
        assert!(differences.is_empty(), "{folders:?}: {differences:#?}");
        for resource in &result.api.resources {
            for action in &resource.actions {
                let params = &truth["resources"][&resource.name]["actions"][&action.name]["params"];
                for param in action.params.iter().filter(|it| it.location == Location::Query) {
                    let known = params.as_array().and_then(|all| all.iter().find(|it| it["name"] == param.name[..]));
                    // What follows a schema is typed by it; some have no type anywhere.
                    let ty = known.and_then(|known| known["type"].as_str()).filter(|_| param.schema.is_none());
                    assert_eq!(param.ty.as_deref(), ty, "{}.{}.{}", resource.name, action.name, param.name);
                }
            }
        }
        sources.reverse();
        assert_eq!(read(sources).api, result.api, "{folders:?} in another order");
    }
}

#[test]
fn names_of_the_first_pages_come_from_the_clients() {
    let Some(corpus) = shared("corpus") else { return };
    let result = read(merged(&corpus, &["rest-2016-06-14", "js-2016-04-12"]));
    assert!(!result.has_errors(), "{}", plain(&result));
    let alone = read_folder(&corpus.join("rest-2016-06-14"));
    let mut told = 0;
    for (resource, named) in alone.api.resources.iter().zip(&result.api.resources) {
        for action in &resource.actions {
            let same = named.actions.iter().find(|it| (&it.method, &it.path) == (&action.method, &action.path));
            let same = same.expect("the action");
            assert_eq!(same.name, action.name, "{} {}", action.method, action.path);
            told += usize::from(same.provenance.get("name").is_some_and(|places| places[0].page.starts_with("js-")));
        }
    }
    // The clients of April did not have the other four.
    assert_eq!(told, 79);
    let derived = result.diagnostics.iter().filter(|it| it.code.name == "action-name-derived").count();
    assert_eq!(derived, 3);
}

#[test]
fn all_seeds_are_four_resources() {
    let Some(seeds) = shared("seeds") else { return };
    let result = read(merged(&seeds, &["rest-2016", "js-2016", "ruby-2016", "rest-2018"]));
    assert!(!result.has_errors(), "{}", plain(&result));
    let token = &result.api.resources[0];
    assert_eq!((&token.name[..], token.actions.len()), ("accessToken", 3));
    for action in &token.actions {
        assert_eq!(action.sources.len(), 3);
        let types: Vec<_> = action.params.iter().map(|param| (&param.name[..], param.ty.as_deref())).collect();
        let boolean = Some("boolean");
        let all =
            [("accessTokenId", Some("string")), ("_actions", boolean), ("_embedded", boolean), ("_links", boolean)];
        assert_eq!(types, all);
        assert!(action.provenance["name"][0].page.starts_with("js-2016/"));
    }
    let hidden: Vec<&str> = result.api.private_params.iter().map(|param| &param.name[..]).collect();
    assert_eq!(hidden, ["_actions", "_embedded", "_links"]);
    let codes: Vec<&str> = result.diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect();
    // Both clients speak of a device, and neither has the 400 of two actions.
    for (code, count) in [("text-of-another-resource", 2), ("response-one-sided", 2)] {
        assert_eq!(codes.iter().filter(|it| **it == code).count(), count, "{}", plain(&result));
    }
}
