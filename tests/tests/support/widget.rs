//! One resource on the pages of the REST API and of a client, and what to ask of a model made of them.
#![allow(dead_code, reason = "not every test file asks everything")]

use std::fs;

use generator::diagnostic::Diagnostic;
use generator::model::{Action, Param};
use generator::source::Source;
use generator::{Read, read};

use super::{fixtures, plain};

/// The page of a client's reference that says the same as the sound page of the REST API.
pub(crate) const CLIENT: &str = "# Widget Actions

Details on the various actions that can be performed on the
Widget resource, including the expected
parameters and the potential responses.

##### Contents

*   [Get](#get)

<br/>

## Get

Returns one widget.

```python
result = client.widget.get(
    applicationId=my_application_id,
    widgetId=my_widget_id,
    changes=my_changes)

print(result)
```

#### Authentication
The client must be configured with a valid api access token to call this
action. The token must include at least one of the following scopes:
all.Application, widget.*, or widget.get.

#### Available Parameters

| Name | Type | Required | Description | Default | Example |
| ---- | ---- | -------- | ----------- | ------- | ------- |
| applicationId | string | Y | The application |  | 575ec8687ae143cd83dc4a97 |
| widgetId | string | Y | The widget |  | 575ece2b7ae143cd83dc4a9b |
| sortDirection | string | N | Which way to sort. Accepted values are: asc, desc | asc | asc |
| tagFilter | array | N | Tags to look for |  | undefined |
| query | object | N | What to look for |  | undefined |
| changes | [Widget Patch](_schemas.md#widget-patch) | Y | What to change |  | [Widget Patch Example](_schemas.md#widget-patch-example) |

#### Successful Responses

| Code | Type | Description |
| ---- | ---- | ----------- |
| 200 | undefined | The widget |

#### Error Responses

| Code | Type | Description |
| ---- | ---- | ----------- |
| 400 | undefined | A faulty request |
| 404 | undefined | No such widget |
";

pub(crate) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

pub(crate) fn sound(case: &str, page: &str) -> String {
    fs::read_to_string(fixtures().join("sound").join(case).join(page)).expect("a page")
}

/// The pages of the REST API and the one of a client, named alike in two folders.
pub(crate) fn both() -> Vec<Source> {
    vec![
        source("rest/widget.md", &sound("anchored", "widget.md")),
        source("rest/schemas.md", &sound("anchored", "schemas.md")),
        source("client/widget.md", CLIENT),
    ]
}

/// Puts one text for another on one of the pages.
pub(crate) fn change(pages: &mut [Source], path: &str, from: &str, to: &str) {
    let page = pages.iter_mut().find(|page| page.path == path).expect("the page");
    assert!(page.text.contains(from), "{path} has no `{from}`");
    page.text = page.text.replace(from, to);
}

pub(crate) fn changed(path: &str, from: &str, to: &str) -> Read {
    let mut pages = both();
    change(&mut pages, path, from, to);
    read(pages)
}

pub(crate) fn action<'a>(read: &'a Read, name: &str) -> &'a Action {
    let mut actions = read.api.resources.iter().flat_map(|resource| &resource.actions);
    actions.find(|action| action.name == name).unwrap_or_else(|| panic!("no `{name}`: {}", plain(read)))
}

pub(crate) fn param<'a>(action: &'a Action, name: &str) -> &'a Param {
    action.params.iter().find(|param| param.name == name).expect("the parameter")
}

pub(crate) fn found<'a>(read: &'a Read, code: &str) -> Vec<&'a Diagnostic> {
    read.diagnostics.iter().filter(|diagnostic| diagnostic.code.name == code).collect()
}

/// The pages at which a fact of an action is stated.
pub(crate) fn origins(action: &Action, fact: &str) -> Vec<String> {
    let places = action.provenance.get(fact).unwrap_or_else(|| panic!("no page states {fact}"));
    places.iter().map(|place| place.page.clone()).collect()
}
