//! Pages of one resource brought together: what is taken from which page, and what is said where they differ.

mod support;

use std::collections::BTreeSet;

use generator::diagnostic::Severity;
use generator::model::{Location, Param};
use generator::read;
use generator::source::Source;
use support::plain;
use support::widget::{CLIENT, action, both, change, changed, found, origins, param, sound, source};

#[test]
fn two_pages_are_one_action() {
    let result = read(both());
    assert!(result.diagnostics.is_empty(), "{}", plain(&result));
    assert_eq!(result.seen, result.counts);
    assert_eq!((result.counts.actions, result.counts.client_params, result.counts.query_params), (2, 6, 3));
    assert_eq!((result.api.resources.len(), result.api.resources[0].actions.len()), (1, 1));
    let get = action(&result, "get");
    assert_eq!((&get.method[..], &get.path[..]), ("GET", "/applications/{applicationId}/widgets/{widgetId}"));
    let types: Vec<_> = get.params.iter().map(|param| param.ty.as_deref().unwrap_or_default()).collect();
    assert_eq!(types, ["string", "string", "string", "array", "object"]);
    let body = get.body.as_ref().expect("a body");
    assert_eq!((&body.name[..], body.description.as_deref()), ("changes", Some("What to change")));
    let both = ["rest/widget.md", "client/widget.md"];
    assert_eq!(origins(get, "method"), ["rest/widget.md"]);
    assert_eq!(origins(get, "params.sortDirection.type"), ["client/widget.md"]);
    assert_eq!(origins(get, "params.sortDirection.default"), both);
    assert_eq!(origins(get, "body.name"), ["client/widget.md"]);
    assert_eq!(origins(get, "responses.404"), both);
    assert_eq!(get.sources.len(), 2);
}

#[test]
fn one_page_has_no_provenance_of_its_own() {
    let pages: Vec<Source> = both().into_iter().filter(|page| page.path.starts_with("rest")).collect();
    let get = serde_json::to_value(action(&read(pages), "get")).expect("an action");
    assert_eq!((get.get("provenance"), get["body"].get("description")), (None, None));
}

#[test]
fn the_order_of_the_pages_is_not_seen() {
    let expected = read(both());
    let mut pages = both();
    for _ in 0..pages.len() {
        pages.rotate_left(1);
        let result = read(pages.clone());
        assert_eq!((&result.api, &result.diagnostics), (&expected.api, &expected.diagnostics));
        let result = read(pages.iter().rev().cloned().collect());
        assert_eq!(result.api, expected.api);
    }
}

/// Page, what stands there, what stands there instead, what is said about it.
const CONTRADICTIONS: &[(&str, &str, &str, &str)] = &[
    ("client/widget.md", "| asc | asc |", "| desc | asc |", "default-differs"),
    ("client/widget.md", "| asc | asc |", "|  | asc |\n| size | string | N | Size | 1 | 2 |", "default-differs"),
    ("rest/widget.md", "asc, desc | asc |", "asc, desc |  |", "default-differs"),
    ("client/widget.md", "are: asc, desc", "are: asc, desc, none", "accepted-values-differ"),
    ("client/widget.md", "575ece2b7ae143cd83dc4a9b", "575ece2b7ae143cd83dc4a00", "example-differs"),
    ("client/widget.md", "widget.*, or widget.get.", "widget.*, or widget.find.", "scopes-differ"),
    ("rest/widget.md", "| query | N |", "| query | Y |", "required-differs"),
    ("client/widget.md", "| Tags to look for |", "| Tags to look for (deprecated) |", "deprecated-differs"),
    ("client/widget.md", "Which way to sort", "How to sort", "text-differs"),
    ("client/widget.md", "| undefined | The widget |", "| undefined | The device |", "text-of-another-resource"),
    ("client/widget.md", "| 404 | undefined | No such widget |\n", "", "response-one-sided"),
    ("rest/widget.md", "| 400 | undefined | A faulty request |\n", "", "response-one-sided"),
    (
        "client/widget.md",
        "| 200 | undefined |",
        "| 200 | [Widget Patch](_schemas.md#widget-patch) |",
        "schema-link-differs",
    ),
    ("client/widget.md", "| tagFilter | array | N | Tags to look for |  | undefined |\n", "", "parameter-one-sided"),
    ("rest/widget.md", "| tagFilter | N | Tags to look for | | tagFilter[0][key]=Floor |\n", "", "parameter-one-sided"),
    (
        "client/widget.md",
        "| query | object | N |",
        "| more | string | N | More |  | a |\n| query | object | N |",
        "parameter-one-sided",
    ),
    ("client/widget.md", "What to change |  |", "What to change | {} |", "body-with-values"),
];

#[test]
fn contradictions_quote_both_places() {
    for (page, from, to, code) in CONTRADICTIONS {
        let result = changed(page, from, to);
        assert!(!result.has_errors(), "{code}: {}", plain(&result));
        let found = found(&result, code);
        let [first, ..] = &found[..] else { panic!("{code} is not said of `{to}`: {}", plain(&result)) };
        let here = first.span.expect("a place");
        if *code != "body-with-values" {
            let (there, _) = first.related.first().expect("the other place");
            assert_ne!(here.file, there.file, "{code}");
        }
        // Facts of the wire are those of the REST page, whatever the other one says.
        let get = action(&result, "get");
        if page.starts_with("client") {
            assert_eq!(param(get, "sortDirection").default, Some("asc".into()), "{code}");
            assert_eq!(param(get, "sortDirection").accepted.as_ref().map(Vec::len), Some(2), "{code}");
            assert_eq!(get.auth.scopes.last().map(String::as_str), Some("widget.get"), "{code}");
            assert_eq!(get.responses.len(), 3, "{code}");
            assert_eq!(get.responses[0].description, "The widget");
        }
        assert_eq!(result.seen, result.counts, "{code}");
    }
}

#[test]
fn what_one_page_leaves_out_is_taken_from_the_other() {
    let result = changed("rest/widget.md", "asc, desc | asc |", "asc, desc |  |");
    assert_eq!(param(action(&result, "get"), "sortDirection").default, Some("asc".into()));
    let result =
        changed("client/widget.md", "| query | object |", "| more | string | N | More |  | a |\n| query | object |");
    assert_eq!(param(action(&result, "get"), "more").location, Location::Query);
}

#[test]
fn a_body_on_one_page_only() {
    let mut pages = both();
    change(
        &mut pages,
        "client/widget.md",
        "    widgetId=my_widget_id,\n    changes=my_changes)",
        "    widgetId=my_widget_id)",
    );
    let row = "| changes | [Widget Patch](_schemas.md#widget-patch) | Y | What to change |  | [Widget Patch Example](_schemas.md#widget-patch-example) |\n";
    change(&mut pages, "client/widget.md", row, "");
    let result = read(pages);
    assert_eq!(found(&result, "body-one-sided").len(), 1, "{}", plain(&result));
    assert_eq!(action(&result, "get").body.as_ref().map(|body| &body.name[..]), Some("widgetPatch"));
}

#[test]
fn clients_differ_from_each_other() {
    let mut pages = both();
    pages.push(source("other/widget.md", CLIENT));
    let result = read(pages.clone());
    assert!(result.diagnostics.is_empty(), "{}", plain(&result));
    change(&mut pages, "other/widget.md", "| query | object |", "| query | string |");
    let result = read(pages.clone());
    assert_eq!(found(&result, "type-differs").len(), 1, "{}", plain(&result));
    assert_eq!(param(action(&result, "get"), "query").ty.as_deref(), Some("object"));
    change(&mut pages, "other/widget.md", "changes=my_changes", "patch=my_patch");
    change(&mut pages, "other/widget.md", "| changes |", "| patch |");
    let result = read(pages.clone());
    assert_eq!(found(&result, "body-name-differs").len(), 1, "{}", plain(&result));
    assert_eq!(action(&result, "get").body.as_ref().map(|body| &body.name[..]), Some("changes"));
    let schemas = sound("anchored", "schemas.md")
        .replace("### Schema <a name=\"widget-patch-schema\"></a>", "### <a name=\"widget-patch-schema\"></a> Schema")
        .replace(
            "### Example <a name=\"widget-patch-example\"></a>",
            "### <a name=\"widget-patch-example\"></a> Example",
        )
        .replace("<small></small>\n\n", "")
        .replace("# Schemas\n", "# Schemas\n\n*   [Widget Patch](#widget-patch)\n");
    pages.push(source("other/_schemas.md", &schemas));
    let result = read(pages.clone());
    assert!(!result.has_errors() && found(&result, "schema-differs").is_empty(), "{}", plain(&result));
    assert_eq!((result.api.schemas.len(), result.api.schemas[0].sources.len()), (1, 2));
    change(&mut pages, "other/_schemas.md", "\"type\": \"object\"", "\"type\": \"object\", \"minProperties\": 1");
    let result = read(pages);
    assert_eq!(found(&result, "schema-differs").len(), 1, "{}", plain(&result));
    assert!(result.api.schemas[0].schema.get("minProperties").is_none());
}

#[test]
fn two_rest_pages_agree_or_conflict() {
    let mut pages: Vec<Source> = both().into_iter().filter(|page| page.path.starts_with("rest")).collect();
    let again: Vec<Source> =
        pages.iter().map(|page| source(&page.path.replace("rest/", "same/"), &page.text)).collect();
    pages.extend(again);
    let result = read(pages.clone());
    assert!(result.diagnostics.is_empty(), "{}", plain(&result));
    assert_eq!((result.counts.actions, result.api.resources[0].actions.len()), (2, 1));
    for (from, to) in [
        ("| sortDirection | N |", "| sortDirection | Y |"),
        ("asc, desc | asc |", "asc, desc | desc |"),
        ("are: asc, desc", "are: asc, desc, none"),
        ("query={\"name\":\"a\"}", "query[name]=a"),
        ("widget.*, or widget.get.", "widget.*, or widget.find."),
        ("**`WIDGET_ID`**", "**`WIDGET_ID`**/state"),
        ("GET", "POST"),
    ] {
        let mut pages = pages.clone();
        change(&mut pages, "same/widget.md", from, to);
        let result = read(pages);
        let conflicts = found(&result, "pages-conflict");
        assert!(!conflicts.is_empty(), "{to}: {}", plain(&result));
        assert!(conflicts.iter().all(|it| it.severity() == Severity::Error && !it.related.is_empty()));
    }
    change(&mut pages, "same/schemas.md", "\"type\": \"object\"", "\"type\": \"array\"");
    assert_eq!(found(&read(pages), "schema-copies-differ").len(), 1);
}

#[test]
fn an_action_of_one_page_joins() {
    let mut pages = both();
    let rest = sound("anchored", "widget.md");
    let (head, get) = rest.split_once("## Get\n").expect("an action");
    let watch = get.replace("name=\"get-", "name=\"watch-").replace("widget.get", "widget.watch").replace(
        "| query | N | What to look for | | query={\"name\":\"a\"} |",
        "| pace | N | How fast | | pace=fast |",
    );
    change(&mut pages, "rest/widget.md", &rest, &format!("{head}## Get\n{get}\n## Watch\n{watch}"));
    let result = read(pages);
    assert!(!result.has_errors(), "{}", plain(&result));
    assert_eq!(found(&result, "action-one-sided").len(), 1);
    let watch = action(&result, "watch");
    // Its types are those that the same parameters have elsewhere, or that all plain parameters have.
    for name in ["applicationId", "sortDirection", "pace"] {
        assert_eq!(param(watch, name).ty.as_deref(), Some("string"), "{name}");
    }
    assert_eq!(found(&result, "type-adopted").len(), 4, "{}", plain(&result));
}

#[test]
fn pages_of_clients_alone() {
    let result = read(vec![source("client/widget.md", CLIENT)]);
    assert!(!result.has_errors(), "{}", plain(&result));
    assert_eq!(found(&result, "action-without-address").len(), 1);
    assert_eq!(result.seen, result.counts);
    let get = action(&result, "get");
    assert_eq!((&get.method[..], &get.path[..]), ("", ""));
    let places: Vec<_> = get.params.iter().map(|param| param.location).collect();
    assert_eq!(places[3..], [Location::Query, Location::Query]);
    assert!(places.starts_with(&[Location::Path, Location::Path]), "{places:?}");
    assert_eq!(get.body.as_ref().map(|body| (&body.name[..], body.required)), Some(("changes", true)));
    assert_eq!(get.auth.scopes.len(), 3);

    // An optional value with a schema is a body, unless the function only reads.
    let optional =
        CLIENT.replace(",\n    changes=my_changes)", ")").replace("#widget-patch) | Y |", "#widget-patch) | N |");
    let result = read(vec![source("client/widget.md", &optional)]);
    assert_eq!(found(&result, "place-guessed").len(), 1, "{}", plain(&result));
    assert_eq!(param(action(&result, "get"), "changes").location, Location::Query);
    let changes = optional
        .replace("[Get](#get)", "[Renew](#renew)")
        .replace("## Get", "## Renew")
        .replace("widget.get(", "widget.renew(");
    let result = read(vec![source("client/widget.md", &changes.replace("Returns one", "Renews one"))]);
    assert!(action(&result, "renew").body.is_some(), "{}", plain(&result));
    let form = optional.replace("| query | object |", "| query | file |");
    let result = read(vec![source("client/widget.md", &form)]);
    assert_eq!(param(action(&result, "get"), "changes").location, Location::Multipart, "{}", plain(&result));

    let mut result = result;
    generator::require_addresses(&mut result);
    assert!(found(&result, "address-missing")[0].message.contains("`widget.get`"));
}

#[test]
fn parameters_of_every_function_belong_to_the_api() {
    let row = "| losantdomain | string | N | Domain scope |  | example.com |\n";
    let hidden = "| _actions | boolean | N | Whether to list actions |  | false |\n";
    let with = |text: &str| text.replace("\n#### Successful", &format!("{row}{hidden}\n#### Successful"));
    let gadget = CLIENT
        .replace("Widget resource", "Gadget resource")
        .replace("# Widget", "# Gadget")
        .replace("client.widget.", "client.gadget.");
    let result = read(vec![source("client/widget.md", &with(CLIENT)), source("client/gadget.md", &with(&gadget))]);
    assert!(!result.has_errors(), "{}", plain(&result));
    let names = |params: &[Param]| params.iter().map(|param| (param.name.clone(), param.location)).collect::<Vec<_>>();
    assert_eq!(names(&result.api.global_params), [("losantdomain".to_owned(), Location::Header)]);
    assert_eq!(names(&result.api.private_params), [("_actions".to_owned(), Location::Query)]);
    for resource in &result.api.resources {
        let last = resource.actions[0].params.last().expect("a parameter");
        assert_eq!(last.name, "losantdomain");
    }
    assert_eq!(result.seen, result.counts);
    // Of one page alone nobody knows.
    let result = read(vec![source("client/widget.md", &with(CLIENT))]);
    assert!(result.api.global_params.is_empty() && result.api.private_params.len() == 1);
    let other = with(&gadget).replace("Domain scope", "Something else");
    let result = read(vec![source("client/widget.md", &with(CLIENT)), source("client/gadget.md", &other)]);
    assert_eq!(found(&result, "text-differs").len(), 1, "{}", plain(&result));
}

#[test]
fn pages_of_ours_can_say_it_all() {
    let mut pages = both();
    let row =
        "| losantdomain | string | N | Domain scope |  | example.com |\n| _links | boolean | N | Links |  | true |\n";
    let with = CLIENT.replace("\n#### Successful", &format!("{row}\n#### Successful"));
    let gadget = with.replace("# Widget", "# Gadget").replace("client.widget.", "client.gadget.");
    pages[2].text = with;
    let rest = pages[0].text.replace("# Widget", "# Gadget").replace("widgets/", "gadgets/");
    pages.push(source("rest/gadget.md", &rest.replace("Widget resource", "Gadget resource")));
    pages.push(source("client/gadget.md", &gadget.replace("Widget resource", "Gadget resource")));
    let result = read(pages);
    assert!(!result.has_errors(), "{}", plain(&result));
    assert_eq!((result.api.global_params.len(), result.api.private_params.len()), (1, 1));
    let written = generator::export::pages(&result.api).files;
    assert!(written["rest-api/widget.md"].contains("| Example | Type |"), "{}", written["rest-api/widget.md"]);
    let again = read(written.iter().map(|(path, text)| source(path, text)).collect());
    assert!(!again.has_errors(), "{}", plain(&again));
    let differences = generator::schema::differences(&result.api, &again.api);
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(again.seen, again.counts);
    // A type is a word.
    let damaged = written.iter().map(|(path, text)| source(path, &text.replace("| array |", "| a list |")));
    let damaged = read(damaged.collect());
    assert_eq!(found(&damaged, "type-word").len(), 2, "{}", plain(&damaged));
}

#[test]
fn every_code_of_the_merging_is_tried() {
    let tried: BTreeSet<&str> = CONTRADICTIONS.iter().map(|(.., code)| *code).collect();
    let own = [include_str!("reconcile.rs"), include_str!("reconcile_names.rs")].concat();
    for code in generator::reconcile::codes::MERGING {
        let name = code.name;
        assert!(tried.contains(name) || own.contains(&format!("\"{name}\"")), "{name} is not tried here");
    }
}
