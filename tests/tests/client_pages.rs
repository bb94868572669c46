//! Pages of client references: every page of the reference material is read whole, and counts as it should.

mod support;

use generator::diagnostic::{Diagnostic, Severity};
use std::fmt::Write as _;

use generator::dialect::{self, ClientAction, ClientFacts, Facts, SchemaFacts, SchemaLink};
use generator::markdown;
use generator::source::{Source, Sources};
use support::{fixtures, pages, shared};

/// The facts of pages, with what is wrong on each of them.
fn facts(pages: Vec<Source>) -> (Sources, Vec<Facts>, Vec<Diagnostic>) {
    let sources = Sources::new(pages);
    let mut all = Vec::new();
    let mut found = Vec::new();
    for (file, source) in sources.iter() {
        let page = markdown::read(file, &source.text);
        let (facts, diagnostics) = dialect::read(&page, source);
        all.push(facts);
        found.extend(diagnostics);
    }
    (sources, all, found)
}

fn lines(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        format!("{}: [{}] {}\n", one.location(sources).unwrap_or_default(), one.code.name, one.message)
    };
    diagnostics.iter().map(line).collect()
}

/// Pages, actions, parameters, responses and schemas.
fn counts(facts: &[Facts]) -> [usize; 5] {
    let clients = || facts.iter().filter_map(|facts| facts.client.as_ref());
    let actions = || clients().flat_map(|client: &ClientFacts| &client.actions);
    [
        clients().count(),
        actions().count(),
        actions().map(|action| action.params.len()).sum(),
        actions().map(|action| action.responses.len()).sum(),
        facts.iter().map(|facts| facts.schemas.len()).sum(),
    ]
}

/// Each folder of the reference material with what its index counts.
const FOLDERS: &[(&str, [usize; 5])] = &[
    ("js-2015-11-11", [20, 48, 213, 72, 0]),
    ("js-2016-04-12", [23, 80, 437, 180, 106]),
    ("js-2018-11-01", [56, 191, 792, 550, 171]),
    ("js-2026-06-05", [99, 372, 1696, 1088, 323]),
    ("rb-2016-06-07", [23, 85, 462, 193, 109]),
    ("rb-2016-06-09", [23, 83, 204, 189, 70]),
    ("rb-2025-12-09", [97, 367, 1678, 1075, 0]),
    ("py-2016-06-14", [23, 83, 204, 230, 73]),
    ("py-2018-11-08", [56, 191, 792, 550, 171]),
    ("py-2026-03-03", [97, 367, 1680, 1075, 0]),
];

#[test]
fn every_page_is_read_whole() {
    let Some(corpus) = shared("corpus") else { return };
    for (folder, expected) in FOLDERS {
        let (sources, facts, diagnostics) = facts(pages(&corpus.join(folder)));
        let odd = |one: &&Diagnostic| one.code.name != "default-not-accepted" || one.severity() == Severity::Error;
        let worst: Vec<Diagnostic> = diagnostics.iter().filter(odd).cloned().collect();
        assert!(
            worst.is_empty(),
            "{folder}: {} problems\n{}",
            worst.len(),
            lines(&sources, &worst[..worst.len().min(20)])
        );
        assert_eq!(counts(&facts), *expected, "{folder}");
    }
}

/// The tests' own pages, one folder for each dialect.
const OWN: &[&str] = &["bullets", "columns", "javascript", "listed", "python", "tables"];

fn own(folder: &str) -> Vec<Source> {
    pages(&fixtures().join("clients").join(folder))
}

#[test]
fn facts_of_every_dialect() {
    let mut all = String::new();
    for folder in OWN {
        let (sources, facts, diagnostics) = facts(own(folder));
        assert!(diagnostics.is_empty(), "{folder}: {}", lines(&sources, &diagnostics));
        writeln!(all, "# {folder}").expect("a text");
        for facts in &facts {
            all.push_str(&told(facts));
        }
        all.push('\n');
    }
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("client_pages", all);
    });
}

/// The facts of a page without their places, a line for each.
fn told(facts: &Facts) -> String {
    let mut out = String::new();
    if let Some(client) = &facts.client {
        let version = client.api_version.as_deref().unwrap_or("-");
        writeln!(out, "{} \"{}\" version {version}", client.name, client.title).expect("a text");
        client.actions.iter().for_each(|action| tell(&mut out, action));
    }
    for SchemaFacts { title, definition, description, schema, example, .. } in &facts.schemas {
        let example = example.as_ref().map(ToString::to_string);
        writeln!(out, "schema \"{title}\" {definition:?} {description:?} {schema} {example:?}").expect("a text");
    }
    out
}

fn tell(out: &mut String, action: &ClientAction) {
    let ClientAction { name, summary, description, deprecated, auth, params, responses, .. } = action;
    let scopes = auth.as_ref().map(|auth| (auth.required, auth.scopes.join(" ")));
    let text = format!("{summary:?} {description:?} {deprecated} {scopes:?}");
    writeln!(out, "  {name}: {text}").expect("a text");
    for param in params {
        let fact = &param.fact;
        let values = [fact.default.as_ref(), fact.example.as_ref()].map(|value| value.map(ToString::to_string));
        let accepted = fact.accepted.as_ref().map(|list| serde_json::Value::from(list.clone()).to_string());
        let line = format!(
            "{} {:?} {:?} {values:?} {accepted:?} {:?} {} {}",
            fact.name,
            fact.ty,
            fact.required,
            fact.description,
            fact.deprecated,
            link(param.link.as_ref())
        );
        writeln!(out, "    {line}").expect("a text");
    }
    for response in responses {
        let fact = &response.fact;
        writeln!(out, "    {} {:?} {}", fact.code, fact.description, link(response.link.as_ref())).expect("a text");
    }
}

fn link(link: Option<&SchemaLink>) -> String {
    link.map_or_else(
        || "-".to_owned(),
        |link| format!("[{}]({}) {:?}", link.title, link.anchor, link.definition.as_deref()),
    )
}

/// A damage: folder and page, what is changed, and what is reported.
type Damage = (&'static str, &'static str, &'static str, &'static str);

const DAMAGES: &[Damage] = &[
    // The head of the page and its list of contents.
    ("python/sprockets.md", "# Sprockets Actions", "# Sprockets", "title-missing"),
    ("python/sprockets.md", "# Sprockets Actions", "# Sprocket Actions", "title-file-mismatch"),
    ("python/sprockets.md", "the expected\nparameters", "the\nparameters", "summary-missing"),
    ("bullets/sprocket.md", "Structure API - v1.0.0", "Structures API - v1.0.0", "summary-missing"),
    ("bullets/sprocket.md", "Structure API - v1.0.0", "Structure API - v1.0.", "summary-missing"),
    ("python/sprockets.md", "##### Contents", "##### Content", "section-unknown"),
    ("python/sprockets.md", "##### Contents\n", "", "section-missing"),
    ("python/sprockets.md", "*   [Get](#get)\n", "", "contents-mismatch"),
    ("python/sprockets.md", "(#import)", "(#imports)", "contents-mismatch"),
    ("listed/sprocketChain.md", "Worn by Age](", "Worn By Age](", "contents-mismatch"),
    ("listed/sprocketChain.md", "## Actions", "## Action", "section-unknown"),
    // Actions and their sections.
    ("tables/sprocket.md", "## sprocket.patch", "## sprockets.patch", "action-name"),
    ("tables/sprocket.md", "## sprocket.patch", "## sprocket.get", "action-duplicate"),
    ("javascript/sprocket.md", "Takes a picture\n", "", "summary-missing"),
    ("javascript/sprocket.md", "#### Authentication", "#### Authentification", "section-unknown"),
    (
        "javascript/sprocket.md",
        "#### Authentication\nNo api access token is required to call this action.\n",
        "",
        "section-missing",
    ),
    ("javascript/sprocket.md", "No api access", "No API access", "scopes-malformed"),
    ("javascript/sprocket.md", "sprocket.*, or", "sprocket.*, of", "scopes-malformed"),
    ("javascript/sprocket.md", "configured with a valid", "configured with valid", "scopes-malformed"),
    ("javascript/sprocket.md", "#### Error Responses", "### Error Responses", "section-level"),
    ("tables/sprocket.md", "### Errors", "### Error", "section-unknown"),
    ("tables/sprocket.md", "### Errors", "### Responses", "section-duplicate"),
    ("listed/sprocketChain.md", "#### Errors", "More\n\n#### Errors", "paragraph-unknown"),
    ("listed/sprocketChain.md", "#### Errors", "> More\n\n#### Errors", "quote-unexpected"),
    (
        "python/sprockets.md",
        "No parameters needed for this call.",
        "No parameter needed for this call.",
        "section-empty",
    ),
    // Samples.
    ("python/sprockets.md", "client.sprockets.get(", "client.sprocket.get(", "sample-of-another-action"),
    ("python/sprockets.md", "sprockets.api_import(", "sprockets.import(", "sample-malformed"),
    ("python/sprockets.md", "sourceId=my_source_id,\n    ", "", "sample-parameters-mismatch"),
    ("python/sprockets.md", "my_source_id", "my_source", "sample-form-unknown"),
    ("python/sprockets.md", "```python", "```perl", "sample-malformed"),
    ("columns/sprockets.md", "sprockets.get(optional_params)", "sprockets.get", "sample-form-unknown"),
    ("columns/sprockets.md", "client.sprockets.post(", "client.sprockets.get(", "sample-of-another-action"),
    (
        "javascript/sprocket.md",
        "sprocketId: mySprocketId\n",
        "sprocketId: mySprocketId,\n  note: myNote\n",
        "sample-parameters-mismatch",
    ),
    ("javascript/sprocket.md", "console.error(err)", "console.log(err)", "sample-form-unknown"),
    ("bullets/sprocket.md", "client.sprocket.get(params, ", "client.sprocket.put(params, ", "sample-of-another-action"),
    ("tables/sprocket.md", "  .then(console.log)\n", "", "sample-form-unknown"),
    // Tables and bullets of parameters.
    ("javascript/sprocket.md", "| losantdomain |", "| kinds |", "parameter-duplicate"),
    (
        "javascript/sprocket.md",
        "| sprocketId | string | Y |",
        "| sprocketId | string | N |",
        "sample-parameters-mismatch",
    ),
    ("javascript/sprocket.md", "| sprocketId | string | Y |", "| sprocketId | string | J |", "required-malformed"),
    ("javascript/sprocket.md", "| sprocketId | string |", "| sprocketId | text |", "type-malformed"),
    ("javascript/sprocket.md", "| sprocketId | string |", "| sprocketId | |", "cell-empty"),
    (
        "javascript/sprocket.md",
        "| Name | Type | Required | Description | Default | Example |",
        "| Name | Type | Required | Description | Standard | Example |",
        "table-unknown-column",
    ),
    ("columns/sprockets.md", "| Description | Default |", "| Description | Defaults |", "table-unknown-column"),
    ("javascript/sprocket.md", "are: age, name", "are: age; name", "accepted-values-malformed"),
    ("javascript/sprocket.md", "are: age, name", "are: aged, name", "default-not-accepted"),
    ("columns/sprockets.md", "One of: asc, desc", "One of asc, desc", "type-malformed"),
    ("columns/sprockets.md", "One of: asc, desc", "One of: asc, asc", "accepted-values-malformed"),
    ("javascript/sprocket.md", "&#x27;blunt&#x27; ]", "&#x27;blunt ]", "example-not-json"),
    ("javascript/sprocket.md", "../lib/schemas/teeth.json", "../lib/schema/teeth.json", "link-not-to-schema"),
    ("javascript/sprocket.md", "#tooth-filter-example)", "#tooth-filter)", "example-link-mismatch"),
    ("python/sprockets.md", "[Import Options](", "[Import Option](", "link-words-mismatch"),
    ("python/sprockets.md", "_schemas.md#sprockets)", "schemas.md#sprockets)", "link-not-to-schema"),
    ("tables/sprocket.md", "#/definitions/sprocketPatch", "#/definitions/sprocketPost", "link-words-mismatch"),
    ("tables/sprocket.md", "[error](_schemas.md#error)", "[Error](_schemas.md#error)", "link-words-mismatch"),
    ("bullets/sprocket.md", "- {boolean} _links - R", "- {bool} _links - R", "type-malformed"),
    ("bullets/sprocket.md", "- {boolean} _links - R", "- boolean _links - R", "bullet-malformed"),
    ("bullets/sprocket.md", "- {boolean} _links - R", "- {boolean} _li nks - R", "parameter-name"),
    ("bullets/sprocket.md", "#/definitions/sprocket)", "#/definition/sprocket)", "link-not-to-schema"),
    ("bullets/sprocket.md", "- {boolean} _links", "* {boolean} _links", "list-unexpected"),
    // Responses.
    ("bullets/sprocket.md", "- 404 - Error", "- 200 - Error", "response-duplicate"),
    ("bullets/sprocket.md", "- 404 - Error", "- 4O4 - Error", "response-code"),
    ("bullets/sprocket.md", "- 204 - If", "- 404 - If", "responses-missing"),
    ("tables/sprocket.md", "| 202 |", "| 402 |", "response-code"),
    (
        "tables/sprocket.md",
        "| 404 | [error](_schemas.md#error) | Error if there is no such sprocket |",
        "| 404 | [error](_schemas.md#error) |",
        "table-missing-cell",
    ),
    ("tables/sprocket.md", "| ---- | ---- | ----------- |\n| 404", "| 404", "table-without-separator"),
    // Schemas.
    ("bullets/_schemas.md", "definitions/sprocket\"", "definitions/sprockets\"", "anchor-mismatch"),
    ("tables/_schemas.md", "## sprocketPatch\n", "## SprocketPatch\n", "dialect-mixed"),
    ("tables/_schemas.md", "```javascript\n{\"type\": \"object\"}\n```\n", "", "schema-block-missing"),
    ("columns/_schemas.md", "# Schemas", "# Schema", "title-file-mismatch"),
    ("columns/_schemas.md", "*   [Error](#error)\n", "", "contents-mismatch"),
    ("columns/_schemas.md", "{\"type\": \"object\"}", "[]", "schema-not-an-object"),
    ("columns/sprockets.md", "[Error](_schemas.md#error)", "[Error ](_schemas.md#error)", "link-blank"),
    ("columns/sprockets.md", "[Error](_schemas.md#error)", "[Error](_schemas.md#error )", "link-blank"),
    ("columns/sprockets.md", "*   [Get](#get)\n*   [Post]", "+   [Get](#get)\n+   [Post]", "list-unexpected"),
    ("columns/sprockets.md", "One of: asc, desc", "One of: asc,desc", "accepted-values-malformed"),
    ("bullets/sprocket.md", "The sprocket (https", "The sprocket(https", "link-not-to-schema"),
    ("listed/sprocketChain.md", "Most Worn by Age\n\n", "Most Worn By Age\n\n", "action-title"),
    ("listed/sprocketChain.md", "### Most Worn by Age\n", "### Most Worn-by Age\n", "action-title"),
    ("listed/sprocketChain.md", "# Sprocket Chain\n", "# Sprocket Chain\n\n#### Errors\n", "section-unknown"),
    ("python/_schemas.md", "</a> Example", "</a>Example", "html-in-text"),
    ("columns/_schemas.md", "```javascript", "```json", "code-language"),
    ("columns/_schemas.md", "## Sprocket Post", "## Sprocket Post\n\n### More", "section-unknown"),
    ("python/_schemas.md", "name=\"error-example\"", "name=\"error-examples\"", "anchor-mismatch"),
    ("python/_schemas.md", "</a> Example", "</a> Examples", "section-unknown"),
    ("python/_schemas.md", "{\"type\": \"array\"}", "{\"type\": \"array}", "schema-not-json"),
];

#[test]
fn every_damage_is_reported() {
    for (path, from, to, code) in DAMAGES {
        let (folder, page) = path.split_once('/').expect("a folder and a page");
        let mut pages = own(folder);
        pages.retain(|source| source.path == page);
        let text = &mut pages.first_mut().expect("the page").text;
        assert!(text.contains(from), "{path} has no `{from}`");
        *text = text.replacen(from, to, 1);
        let (sources, _, diagnostics) = facts(pages);
        let found = diagnostics.iter().any(|diagnostic| diagnostic.code.name == *code);
        assert!(found, "{path}: `{from}` as `{to}` is no {code}, but {}", lines(&sources, &diagnostics));
    }
}

/// What is left is a whole page where whole rows, items or blocks at its end are gone and nothing counts them.
fn is_whole(left: &str, gone: &str) -> bool {
    let last = left.trim_end().lines().last().unwrap_or_default();
    let ends_well = last.ends_with('|') || last == "```" || last == "<br/>" || last.starts_with("- ");
    gone.trim().is_empty() || (ends_well && left.ends_with('\n')) || gone.trim() == "<br/>"
}

#[test]
fn every_prefix_is_reported_or_whole() {
    for source in OWN.iter().flat_map(|folder| own(folder)) {
        let (_, whole, _) = facts(vec![source.clone()]);
        let whole: String = whole.iter().map(told).collect();
        for cut in 0..source.text.len() {
            let (left, gone) = source.text.split_at(cut);
            let (_, facts, diagnostics) = facts(vec![Source { path: source.path.clone(), text: left.to_owned() }]);
            let told: String = facts.iter().map(told).collect();
            let reported = diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
            assert!(
                reported || told == whole || is_whole(left, gone),
                "{} cut at {cut} is smaller in silence: …{:?}",
                source.path,
                &left[cut.saturating_sub(60)..]
            );
        }
    }
}

#[test]
fn dialects_are_told_apart_part_by_part() {
    let text = |path: &str| {
        let (folder, page) = path.split_once('/').expect("a folder and a page");
        own(folder).into_iter().find(|source| source.path == page).expect("the page").text
    };
    let below_title = |path: &str| {
        let text = text(path);
        text.split_once("\n## ").map(|(_, rest)| format!("\n## {rest}")).expect("an action")
    };
    for (first, second) in [
        ("tables/sprocket.md", "python/sprockets.md"),
        ("python/sprockets.md", "bullets/sprocket.md"),
        ("bullets/sprocket.md", "listed/sprocketChain.md"),
        ("columns/_schemas.md", "python/_schemas.md"),
        ("python/_schemas.md", "tables/_schemas.md"),
    ] {
        let mixed = format!("{}{}", text(first), below_title(second));
        let (_, _, diagnostics) = facts(vec![Source { path: "sprocket.md".to_owned(), text: mixed }]);
        let found = diagnostics.iter().any(|diagnostic| diagnostic.code.name == "dialect-mixed");
        assert!(found, "{first} and {second}");
    }
}
