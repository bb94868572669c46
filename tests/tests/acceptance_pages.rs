//! The reader over the reference pages: counts of the corpus index, and every fact of the truth files.

mod support;

use std::collections::BTreeSet;
use std::fs;

use generator::model::{Action, Api, Location};
use generator::{Read, read};
use serde_json::{Map, Value};
use support::{pages, plain, read_folder, shared};

struct Folder {
    name: &'static str,
    truth: &'static str,
    /// Pages, actions, path rows, query rows, bodies, responses, schemas, events.
    counts: [usize; 8],
    /// Facts that the pages of the folder do not print.
    unprinted: &'static [&'static str],
}

/// The response of this action was an inline schema, which pages printed as `undefined`.
const INLINE: &[&str] = &["events.mostRecentBySeverity"];
/// This dialect prints nothing for the parts of forms, unless the curl example shows them.
const FORMS: &[&str] = &["application.import", "applications.import"];

const FOLDERS: &[Folder] = &[
    Folder {
        name: "rest-2016-06-14",
        truth: "truth/rest-2016-06-14-140fedcc.json",
        counts: [23, 83, 90, 75, 39, 230, 73, 0],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2016-12-16",
        truth: "truth/rest-2016-12-16-2c962566.json",
        counts: [27, 103, 121, 104, 46, 284, 86, 0],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2017-02-09",
        truth: "truth/rest-2017-02-09-0f977dc8.json",
        counts: [30, 108, 130, 122, 48, 301, 92, 0],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2017-07-12",
        truth: "truth/rest-2017-07-12-0be4b40d.json",
        counts: [40, 135, 179, 160, 58, 382, 114, 0],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2018-01-17",
        truth: "truth/rest-2018-01-17-f2a30fa6.json",
        counts: [48, 163, 230, 183, 71, 466, 136, 0],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2018-11-06",
        truth: "truth/rest-2018-11-06-e07d1b0b.json",
        counts: [56, 194, 274, 252, 84, 556, 171, 3],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-2019-02-19",
        truth: "truth/rest-2019-02-19-b8f87c77.json",
        counts: [56, 195, 275, 254, 84, 559, 172, 3],
        unprinted: INLINE,
    },
    Folder {
        name: "rest-1.30-mkdocs",
        truth: "api-facts.json",
        counts: [99, 375, 533, 643, 143, 1094, 323, 3],
        unprinted: FORMS,
    },
    Folder {
        name: "rest-1.30-gatsby",
        truth: "api-facts.json",
        counts: [99, 375, 533, 643, 143, 1094, 323, 3],
        unprinted: &[],
    },
];

#[test]
fn corpus_has_the_counts_of_its_index() {
    let Some(corpus) = shared("corpus") else { return };
    for folder in FOLDERS {
        let Read { api, counts, seen, diagnostics, sources, .. } = read_folder(&corpus.join(folder.name));
        let errors: Vec<_> =
            diagnostics.iter().filter(|d| d.severity().as_str() == "error").map(|d| d.location(&sources)).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", folder.name);
        assert_eq!(seen, counts, "{}", folder.name);
        let got = [
            api.resources.len(),
            counts.actions,
            counts.path_params,
            counts.query_params,
            counts.bodies,
            counts.responses,
            counts.schemas,
            counts.events,
        ];
        assert_eq!(got, folder.counts, "{}", folder.name);
    }
}

#[test]
fn corpus_has_the_facts_of_the_api() {
    let (Some(corpus), Some(facts)) = (shared("corpus"), shared("facts")) else { return };
    for folder in FOLDERS {
        let api = read_folder(&corpus.join(folder.name)).api;
        let text = fs::read_to_string(facts.join(folder.truth)).expect("the facts");
        let truth: Value = serde_json::from_str(&text).expect("facts as JSON");
        let mut differences = Vec::new();
        let compared = compare(&api, truth["resources"].as_object().expect("resources"), &mut differences);
        differences.retain(|difference| !folder.unprinted.iter().any(|known| difference.starts_with(known)));
        assert!(differences.is_empty(), "{}: {differences:#?}", folder.name);
        assert!(compared > 500, "{}: only {compared} facts", folder.name);
    }
}

/// Compares action by action; each difference starts with `resource.action`.
fn compare(api: &Api, truth: &Map<String, Value>, differences: &mut Vec<String>) -> usize {
    let mut compared = 0;
    for resource in &api.resources {
        // Pages of which no truth is known are not in the file.
        let Some(want) = truth.get(&resource.name) else { continue };
        let wanted = want["actions"].as_object().expect("actions");
        let got: BTreeSet<&str> = resource.actions.iter().map(|action| &action.name[..]).collect();
        let names: BTreeSet<&str> = wanted.keys().map(|name| &name[..]).collect();
        if got != names {
            differences.push(format!("{}: actions {got:?} instead of {names:?}", resource.name));
        }
        for action in &resource.actions {
            let Some(want_action) = wanted.get(&action.name) else { continue };
            let place = format!("{}.{}", resource.name, action.name);
            let path = [want, want_action].map(|value| value["path"].as_str().unwrap_or_default()).concat();
            for (what, fine) in facts(action, want_action, &path) {
                compared += 1;
                if !fine {
                    differences.push(format!("{place}: {what}"));
                }
            }
        }
    }
    compared
}

fn facts(action: &Action, want: &Value, path: &str) -> Vec<(String, bool)> {
    let mut found = vec![
        ("method".to_owned(), want["method"] == action.method[..]),
        ("path".to_owned(), path == action.path),
        ("deprecated".to_owned(), want["deprecated"].as_bool().unwrap_or(false) == action.deprecated),
    ];
    // The oldest pages have no scopes, and neither have their truth files.
    if let Some(scopes) = want.get("scopes").and_then(Value::as_array) {
        let wanted: BTreeSet<&str> = scopes.iter().filter_map(Value::as_str).collect();
        let got: BTreeSet<&str> = action.auth.scopes.iter().map(|scope| &scope[..]).collect();
        found.push(("scopes".to_owned(), wanted == got && action.auth.required != wanted.is_empty()));
    }
    let private = ["_actions", "_links", "_embedded", "losantdomain"];
    let params: Vec<&Value> = want["params"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|p| !private.contains(&p["name"].as_str().unwrap_or_default()))
        .collect();
    let (bodies, others): (Vec<&Value>, Vec<&Value>) = params.into_iter().partition(|param| param["in"] == "body");
    found.push(("body".to_owned(), bodies.is_empty() == action.body.is_none()));
    if let (Some(want), Some(body)) = (bodies.first(), &action.body) {
        found.push(("body required".to_owned(), want["required"].as_bool().unwrap_or(false) == body.required));
    }
    let names: BTreeSet<&str> = others.iter().filter_map(|param| param["name"].as_str()).collect();
    let got: BTreeSet<&str> = action.params.iter().map(|param| &param.name[..]).collect();
    found.push((format!("parameters {got:?} instead of {names:?}"), names == got));
    for want in others {
        let name = want["name"].as_str().unwrap_or_default();
        let Some(param) = action.params.iter().find(|param| param.name == name) else { continue };
        let location = serde_json::to_value(param.location).expect("a place");
        found.push((format!("place of {name}"), want["in"] == location));
        found.push((
            format!("schema of {name}"),
            want.get("schema").is_some_and(Value::is_string) == param.schema.is_some(),
        ));
        found.push((format!("required of {name}"), want["required"].as_bool().unwrap_or(false) == param.required));
        if param.location == Location::Query {
            let default = want.get("default").filter(|value| !value.is_null()).map(text);
            found.push((format!("default of {name}"), default == param.default.as_ref().map(text)));
            if let Some(accepted) = want.get("enum").and_then(Value::as_array) {
                found.push((format!("accepted values of {name}"), Some(accepted) == param.accepted.as_ref()));
            }
        }
    }
    let stream = want.get("sseStream").is_some_and(|value| value.as_bool() != Some(false) && !value.is_null());
    let wanted: BTreeSet<(String, bool)> = want["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(code, _)| !(stream && *code == "200"))
        .map(|(code, schema)| (code.clone(), !schema.is_null()))
        .collect();
    let got: BTreeSet<(String, bool)> = action
        .responses
        .iter()
        .filter(|response| !(stream && response.code == 200))
        .map(|response| (response.code.to_string(), response.schema.is_some()))
        .collect();
    found.push((format!("responses {got:?} instead of {wanted:?}"), wanted == got));
    let events: BTreeSet<&str> =
        want.get("sseEvents").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| &name[..]).collect();
    let got: BTreeSet<&str> = action.events.iter().map(|event| &event.name[..]).collect();
    found.push(("events".to_owned(), events == got));
    found
}

/// A value as pages print it.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned).to_lowercase()
}

#[test]
fn seeds_are_three_resources() {
    let (Some(old), Some(new)) = (shared("seeds/rest-2016"), shared("seeds/rest-2018")) else { return };
    let result = read(pages(&old).into_iter().chain(pages(&new)).collect());
    assert!(!result.has_errors(), "{}", plain(&result));
    let actions: Vec<String> = result
        .api
        .resources
        .iter()
        .flat_map(|resource| resource.actions.iter().map(|action| format!("{}.{}", resource.name, action.name)))
        .collect();
    assert_eq!(
        actions,
        [
            "accessToken.delete",
            "accessToken.get",
            "accessToken.patch",
            "accessTokens.get",
            "accessTokens.post",
            "applicationApiToken.delete",
            "applicationApiToken.get",
            "applicationApiToken.patch",
        ]
    );
    let scopes = &result.api.resources[2].actions[0].auth.scopes;
    assert_eq!(
        scopes[..],
        ["all.Application", "all.Organization", "all.User", "applicationApiToken.*", "applicationApiToken.delete"]
    );
}

#[test]
fn other_dialects_are_refused_page_by_page() {
    let Some(corpus) = shared("corpus") else { return };
    for name in ["py-2016-06-02", "rest-1.30-docusaurus"] {
        let folder = corpus.join(name);
        let count = pages(&folder).len();
        let result = read_folder(&folder);
        let refused =
            result.diagnostics.iter().filter(|diagnostic| diagnostic.code.name == "dialect-unsupported").count();
        assert_eq!((refused, result.diagnostics.len()), (count, count), "{name}");
        assert!(result.api.resources.is_empty());
    }
}
