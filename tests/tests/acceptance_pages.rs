//! The reader over the reference pages: counts of the corpus index, and every fact of the truth files.

mod support;

use std::fs;

use generator::{Read, read};
use serde_json::Value;
use support::facts::{INLINE, compare};
use support::{pages, plain, read_folder, shared};

struct Folder {
    name: &'static str,
    truth: &'static str,
    /// Pages, actions, path rows, query rows, bodies, responses, schemas, events.
    counts: [usize; 8],
    /// Facts that the pages of the folder do not print.
    unprinted: &'static [&'static str],
}

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
    Folder {
        name: "rest-1.30-docusaurus",
        truth: "api-facts.json",
        // Pages of this dialect show the schemas that they link to, and no others.
        counts: [99, 375, 533, 643, 143, 1094, 302, 3],
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
            api.schemas.len(),
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
    let folder = corpus.join("py-2016-06-02");
    let count = pages(&folder).len();
    let result = read_folder(&folder);
    let refused = result.diagnostics.iter().filter(|diagnostic| diagnostic.code.name == "dialect-unsupported").count();
    assert_eq!((refused, result.diagnostics.len()), (count, count));
    assert!(result.api.resources.is_empty());
}
