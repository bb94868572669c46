//! The grammar of pages, rule by rule: one small page, one change, one fact of the model.

mod support;

use std::fs;

use generator::model::{Action, Encoding, Location, Param};
use generator::source::Source;
use generator::{Read, read};
use serde_json::{Value, json};
use support::{fixtures, plain};

/// A sound page of the fixtures.
fn page(case: &str) -> String {
    fs::read_to_string(fixtures().join("sound").join(case).join("widget.md")).expect("the page")
}

/// Reads one page without its schemas page, which is only warned of; pages of ours need an overview.
fn page_of(text: &str) -> Read {
    let mut pages = vec![Source { path: "widget.md".to_owned(), text: text.to_owned() }];
    if !text.contains(" Actions\n") {
        let facts = "# Overview\n\n| Fact | Value |\n| --- | --- |\n| Base URL | `https://api.losant.com` |\n";
        pages.push(Source { path: "overview.md".to_owned(), text: facts.to_owned() });
    }
    let result = read(pages);
    assert!(!result.has_errors(), "{}", plain(&result));
    result
}

/// The first action of a page in which one text stands for another.
fn action_with(case: &str, from: &str, to: &str) -> Action {
    let text = page(case);
    assert!(text.contains(from), "{case} has no `{from}`");
    page_of(&text.replacen(from, to, 1)).api.resources.remove(0).actions.remove(0)
}

/// A query parameter of the canonical page whose row is this.
fn query_row(row: &str) -> Param {
    let old = "| query | N | What to look for | | `query={\"name\":\"a\"}` |";
    let action = action_with("canonical", old, row);
    action.params.into_iter().rfind(|param| param.location == Location::Query).expect("the parameter")
}

#[test]
fn examples_and_defaults() {
    let cases = [
        ("| page | N | Which page | 0 | `page=2` |", json!(0), json!(2), Some("integer"), None),
        ("| all | N | All of them | true | `all=false` |", json!(true), json!(false), Some("boolean"), None),
        (
            "| start | N | Start (ms since epoch) | | `start=1465790400000` |",
            Value::Null,
            json!(1_465_790_400_000_i64),
            Some("timestamp"),
            None,
        ),
        (
            "| id | N | Which | | `id=575ec8687ae143cd83dc4a97` |",
            Value::Null,
            json!("575ec8687ae143cd83dc4a97"),
            Some("id"),
            None,
        ),
        ("| filter | N | Glob | | `filter=my * device` |", Value::Null, json!("my * device"), None, None),
        ("| filter | N | Glob | | filter&#x3D;a&amp;b |", Value::Null, json!("a&b"), None, None),
        (r"| filter | N | Glob | | `filter=a\|b` |", Value::Null, json!("a|b"), None, None),
        (
            "| query | N | Filter | | query&#x3D;{&quot;$or&quot;:[{&quot;a&quot;:1}]} |",
            Value::Null,
            json!({"$or": [{"a": 1}]}),
            None,
            Some(Encoding::Json),
        ),
        (
            "| tags | N | Tags | | tags[0][key]&#x3D;a&amp;tags[0][value]&#x3D;2&amp;tags[1][key]&#x3D;b |",
            Value::Null,
            json!([{"key": "a", "value": "2"}, {"key": "b"}]),
            None,
            Some(Encoding::Brackets),
        ),
    ];
    for (row, default, example, inferred, encoding) in cases {
        let param = query_row(row);
        assert_eq!(param.default.unwrap_or_default(), default, "{row}");
        assert_eq!(param.example.unwrap_or_default(), example, "{row}");
        assert_eq!(param.inferred.as_deref(), inferred, "{row}");
        assert_eq!(param.encoding, encoding, "{row}");
        assert_eq!(param.ty, None);
    }
}

#[test]
fn descriptions_close_with_facts() {
    let param = query_row("| sort | N | Sort. One of: a, b-c, * | a | |");
    assert_eq!((&param.description[..], param.accepted), ("Sort.", Some(vec![json!("a"), json!("b-c"), json!("*")])));
    let param = query_row("| tags | N | Tags. In brackets: [Tag Filter](../schemas/tag.md#tag-filter). | | |");
    assert_eq!((&param.description[..], param.schema.as_deref()), ("Tags.", Some("tag-filter")));
    assert_eq!(param.encoding, Some(Encoding::Brackets));
    let param = query_row("| tags | N | Tags. See [Tag Filter](../schemas/tag.md#tag-filter). | | |");
    assert_eq!((param.schema.as_deref(), param.encoding), (Some("tag-filter"), None));
    let param = query_row("| sort | N | Sort. One of: a, b. As JSON text: [Sort](schemas.md#sort). | | |");
    assert_eq!((param.schema.as_deref(), param.accepted.map(|values| values.len())), (Some("sort"), Some(2)));
    assert_eq!(param.encoding, Some(Encoding::Json));
    let param = query_row("| since | N | Since when (deprecated) | | |");
    assert!(param.deprecated);
    let param = query_row("| text | N | It&#x27;s `code` and [a link](https://example.com/x) \\| more | | |");
    assert_eq!(param.description, "It's `code` and [a link](https://example.com/x) | more");
}

#[test]
fn old_examples_are_plain_values_or_links() {
    let anchored = page("anchored");
    let rows = ["sortDirection=asc", "tagFilter[0][key]=Floor", "query={\"name\":\"a\"}"];
    let plain = rows.iter().fold(anchored, |text, row| text.replacen(row, "", 1));
    let link = "| tagFilter | N | Tags. See [Tag Filter](schemas.md#tag-filter) for more details. |  | [Tag Filter Example](schemas.md#tag-filter-example) |";
    let text = plain.replacen("| tagFilter | N | Tags to look for | |  |", link, 1).replacen(
        "| query | N | What to look for | |  |",
        "| query | N | What | | 7 |",
        1,
    );
    let action = page_of(&text).api.resources.remove(0).actions.remove(0);
    let of = |name: &str| action.params.iter().find(|param| param.name == name).expect("the parameter");
    assert_eq!(
        (of("tagFilter").schema.as_deref(), &of("tagFilter").example, of("tagFilter").encoding),
        (Some("tag-filter"), &None, None)
    );
    assert_eq!((&of("query").example, of("query").encoding), (&Some(json!(7)), None));
}

#[test]
fn scopes() {
    let all = "A token with one of these scopes: all.Application, widget.*, widget.get.";
    let action = action_with("canonical", all, "A token of any scope.");
    assert!(action.auth.required && action.auth.scopes.is_empty());
    let action = action_with("canonical", all, "A token with one of these scopes: a.*.");
    assert_eq!(action.auth.scopes, ["a.*"]);
    let text = page("canonical").replacen(all, "No token is needed.", 1).replacen(
        "| Authorization | Y | The word Bearer, a space and an API token. | |\n",
        "",
        1,
    );
    let action = page_of(&text).api.resources.remove(0).actions.remove(0);
    assert!(!action.auth.required);
    let action = page_of(&page("anchored")).api.resources.remove(0).actions.remove(0);
    assert_eq!(action.auth.scopes, ["all.Application", "widget.*", "widget.get"]);
    let action = page_of(&page("verbs")).api.resources.remove(0).actions.remove(0);
    assert!(action.auth.required && action.auth.scopes.is_empty());
}

#[test]
fn bodies_are_required_where_curl_sends_them() {
    let action = page_of(&page("anchored")).api.resources.remove(0).actions.remove(0);
    let body = action.body.expect("a body");
    assert_eq!((&body.name[..], body.schema.as_deref(), body.required), ("widgetPatch", Some("widget-patch"), true));
    assert_eq!(body.example, Some(json!({"name": "a"})));
    let action = action_with("anchored", "    -d '{\"name\":\"a\"}' \\\n", "");
    assert!(!action.body.expect("a body").required);
    let text = page("canonical");
    let patch = |to: &str| {
        let text = text.replacen("Required: [", to, 1);
        page_of(&text).api.resources.remove(0).actions.remove(1).body.expect("a body")
    };
    assert_eq!((patch("Optional: [").required, patch("Required: [").required), (false, true));
    assert_eq!(patch("Required `options`: [").name, "options");
}

#[test]
fn forms() {
    let headers = "| Authorization | Y | The word Bearer, a space and an API token. | |\n";
    let rows = "| Name | Required | Description | Default | Example |\n| --- | --- | --- | --- | --- |\n| file | Y | The file |  |  |\n| options | N | How. As JSON text: [Options](schemas.md#options). |  | options&#x3D;{&quot;a&quot;:1} |\n";
    let newer = format!("{headers}\n### Request Body\n\nMultipart form data:\n\n{rows}");
    let action = action_with("canonical", headers, &newer);
    let parts: Vec<_> = action.params.iter().filter(|param| param.location == Location::Multipart).collect();
    assert_eq!(parts.len(), 2);
    assert_eq!((parts[0].inferred.as_deref(), parts[0].required), (Some("file"), true));
    assert_eq!((parts[1].schema.as_deref(), &parts[1].example), (Some("options"), &Some(json!({"a": 1}))));

    let anchored = page("anchored");
    let (start, rest) = anchored.split_once("The body of").expect("a body");
    let (_, end) = rest.split_once("### Curl").expect("an example");
    let curl = end.replacen("    -d '{\"name\":\"a\"}' \\\n", "    -F file=@localfilename' \\\n", 1);
    let sentence = "The body of the request should be a [multipart form data](https://example.com/forms) post where\n`file` is the content of the file.\n\n";
    let action = page_of(&format!("{start}{sentence}### Curl{curl}")).api.resources.remove(0).actions.remove(0);
    let part = action.params.last().expect("a part");
    assert_eq!((&part.name[..], &part.description[..], part.required), ("file", "the content of the file", true));
    assert_eq!((part.location, part.inferred.as_deref()), (Location::Multipart, Some("file")));
}

#[test]
fn responses_and_streams() {
    for (folder, empty) in [("canonical", ""), ("anchored", "undefined")] {
        let action = action_with(folder, &format!("| 200 | {empty}"), &format!("| 200 | {empty}"));
        assert_eq!(action.responses[0].schema, None);
    }
    let action = action_with("canonical", "| 200 | |", "| 200 | [The Widget](/rest-api/schemas#the-widget) |");
    assert_eq!(action.responses[0].schema.as_deref(), Some("the-widget"));
    let codes: Vec<u16> = action.responses.iter().map(|response| response.code).collect();
    assert_eq!(codes, [200, 400, 404]);
    let action = action_with("canonical", "| 400 | | A faulty request |\n| 404 | | No such widget |\n", "");
    assert_eq!(action.responses.len(), 1);
    let table = "### Successful Responses\n\n| Code | Type | Description |\n| ---- | ---- | ----------- |\n| 200 | | The widget |\n";
    let stream = "### SSE Stream for a Successful Response\n\nFollows it.\n\n| SSE Event Name | Type | Description |\n| --- | --- | --- |\n| turned | [Turn](schemas.md#turn) | It turned |\n";
    let action = action_with("canonical", table, stream);
    assert_eq!((&action.events[0].name[..], action.events[0].schema.as_deref()), ("turned", Some("turn")));
    assert_eq!((action.responses[0].code, &action.responses[0].description[..]), (200, "Follows it."));
}

#[test]
fn texts_and_marks() {
    let action = action_with("canonical", "Returns one widget.", "It&#x27;s one.\n\nMore of it.");
    assert_eq!(
        (&action.summary[..], action.description.as_deref(), action.deprecated),
        ("It's one.", Some("More of it."), false)
    );
    let action = action_with("canonical", "Returns one widget.", "Returns one widget.\n\n**Deprecated.** Use another.");
    assert_eq!((action.deprecated, action.description.as_deref()), (true, Some("Use another.")));
    let supplement = "| 404 | undefined | No such widget |\n\n<!-- markdownlint-disable MD002 -->\n\n### Usage\n\nSee [that](schemas.md#nowhere).\n\n```bash\ncurl -F 'a=b'\n```\n";
    let result = page_of(&page("anchored").replacen("| 404 | undefined | No such widget |\n", supplement, 1));
    assert!(result.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "supplement"));
    for head in ["---\ncategory: Rest API\ndescription: It: all.\n---\n\n", "description: A page.\n\n"] {
        let page = page("anchored");
        let (_, below) = page.split_once("# Widget").expect("a title");
        page_of(&format!("{head}# Widget{below}"));
    }
}

#[test]
fn urls_in_both_spellings() {
    let text = page("anchored");
    let html = |name: &str| format!("<code style=\"font-weight:bold\" class=\"language-text\">{name}</code>");
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut line = line.to_owned();
        if line.contains("**`") {
            for name in ["APPLICATION_ID", "WIDGET_ID"] {
                line = line.replace(&format!("**`{name}`**"), &html(name));
            }
            line = format!("<p>{line}</p>");
        }
        lines.push(line);
    }
    let newer = page_of(&(lines.join("\n") + "\n"));
    let older = page_of(&text);
    assert_eq!(newer.api.resources[0].path, "/applications/{applicationId}/widgets/{widgetId}");
    assert_eq!(newer.api.resources[0].actions[0].path, older.api.resources[0].actions[0].path);
    assert_eq!(older.api.base_url, "https://api.losant.com");
}

#[test]
fn verb_headings_get_names() {
    let of = |path: &str, heading: &str| {
        let text = page("verbs");
        let (head, action) = text.split_once("## GET\n").expect("an action");
        let sub = heading.split_once(" - ").map_or("", |(_, sub)| sub);
        let action = action.replacen("**`WIDGET_ID`**", &format!("**`WIDGET_ID`**{sub}"), 1).replacen(
            "WIDGET_ID\n```",
            &format!("WIDGET_ID{sub}\n```"),
            1,
        );
        let page = format!("{head}## {heading}\n{action}");
        let result = read(vec![Source { path: path.to_owned(), text: page }]);
        assert!(!result.has_errors(), "{}", plain(&result));
        result.api.resources[0].actions[0].name.clone()
    };
    assert_eq!(of("widget.md", "GET"), "get");
    assert_eq!(of("widget.md", "GET - /last-value"), "lastValue");
    assert_eq!(of("widget.md", "GET - /payloadCounts"), "payloadCounts");
    assert_eq!(of("device.md", "GET - /logs"), "getLogEntries");
    assert_eq!(of("flow.md", "GET - /storage"), "getStorageEntries");
}

#[test]
fn titles_may_be_prettified() {
    let title = |path: &str, title: &str| {
        let text = page("anchored").replacen("# Widget Actions", &format!("# {title} Actions"), 1);
        let result = read(vec![Source { path: path.to_owned(), text }]);
        result.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "title-file-mismatch")
    };
    for (path, words) in [
        ("flow-versions.md", "Workflow Versions"),
        ("instance-org-members.md", "Instance Organization Members"),
        ("application-api-token.md", "Application API Token"),
        ("credential.md", "Service Credential"),
        ("widget.md", "Widget"),
    ] {
        assert!(!title(path, words), "{path}");
    }
    assert!(title("gadget.md", "Widget"));
}

#[test]
fn schemas_and_the_overview() {
    let result = support::read_folder(&fixtures().join("sound/canonical"));
    let schema = &result.api.schemas[0];
    assert_eq!((&schema.name[..], schema.definition.as_deref()), ("widget-patch", Some("widgetPatch")));
    assert_eq!((schema.example.as_ref(), schema.sources[0].line), (Some(&json!({"name": "a"})), 3));
    assert_eq!(
        (&result.api.base_url[..], result.api.api_version.as_deref()),
        ("https://api.losant.com", Some("^1.30.0"))
    );
    assert_eq!(
        (&result.api.private_params[0].name[..], &result.api.private_params[0].default),
        ("_actions", &Some(json!(false)))
    );
    for action in &result.api.resources[0].actions {
        let domain = action.params.last().expect("a parameter of every action");
        assert_eq!((&domain.name[..], domain.location), ("losantdomain", Location::Header));
    }
    assert_eq!(result.api.resources[0].description.as_deref(), Some("One widget of an application."));
    let old = support::read_folder(&fixtures().join("sound/anchored"));
    assert_eq!(old.api.schemas[0].name, "widget-patch");
}

#[test]
fn pages_for_docusaurus_show_their_schemas() {
    let result = support::read_folder(&fixtures().join("sound/docusaurus"));
    let resource = &result.api.resources[1];
    assert_eq!((&resource.name[..], &result.api.base_url[..]), ("widget", "https://api.losant.com"));
    assert_eq!(resource.path, "/applications/{applicationId}/widgets/{widgetId}");
    let action = &resource.actions[0];
    assert_eq!(action.auth.scopes, ["all.Application", "widget.*", "widget.get"]);
    assert_eq!(action.responses[0].schema.as_deref(), Some("api-widget"));
    let filter = action.params.iter().find(|param| param.name == "tagFilter").expect("the parameter");
    assert_eq!((filter.schema.as_deref(), filter.encoding), (Some("tag-filter"), Some(Encoding::Brackets)));
    let schema = |name: &str| result.api.schemas.iter().find(|schema| schema.name == name).expect("the schema");
    let widget = schema("api-widget");
    assert_eq!(widget.definition.as_deref(), Some("widget"));
    assert_eq!(widget.schema["properties"]["size"]["minimum"], json!(-1.5));
    assert_eq!(widget.example, Some(json!({"name": "a \"wide\" one's\nname", "size": -1.5e-7, "x-tags": null})));
    assert_eq!(schema("tag-filter").schema["items"]["properties"]["key"]["pattern"], json!("^\\w{1,20}$"));
    let pages: Vec<_> = schema("error").sources.iter().map(|place| &place.page[..]).collect();
    assert_eq!(pages, ["gadget.mdx", "widget.mdx"]);
}
