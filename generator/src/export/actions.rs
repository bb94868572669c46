//! The page of a resource, action by action.

use super::pages::{Known, json, trimmed};
use super::text::{self, cell, code, paragraph, paragraphs, table};
use super::wire;
use crate::dialect::names;
use crate::model::{Action, Auth, Body, Encoding, Location, Param, Resource};

const QUERY: &[&str] = &["Name", "Required", "Description", "Default", "Example"];

/// The page of a resource; parameters that every action takes stand in the overview.
pub(super) fn page(resource: &Resource, everywhere: &[Param], known: &Known) -> String {
    let mut out = format!("# {}\n\n{}\n\n", text::heading(&resource.title), address(&resource.path));
    if let Some(description) = &resource.description {
        out.push_str(&paragraphs(description));
    }
    for action in &resource.actions {
        let own: Vec<&Param> = action.params.iter().filter(|param| !everywhere.contains(param)).collect();
        out.push_str(&section(action, &own, known));
    }
    trimmed(out)
}

fn section(action: &Action, params: &[&Param], known: &Known) -> String {
    let of = |location| params.iter().copied().filter(move |param| param.location == location);
    let name = &action.name;
    let mut out = format!("## {} <a name=\"{name}\"></a>\n\n", names::title_of_camel(name));
    out.push_str(&paragraph(&action.summary));
    if action.deprecated {
        out.push_str("**Deprecated.**\n\n");
    }
    if let Some(description) = &action.description {
        out.push_str(&paragraphs(description));
    }
    out.push_str(&format!("### Method And Url\n\n{} {}\n\n", action.method, address(&action.path)));
    out.push_str(&format!("### Authentication\n\n{}\n\n", authentication(&action.auth)));
    let rows: Vec<_> = of(Location::Path).map(|param| path_row(param, known)).collect();
    if !rows.is_empty() {
        out.push_str("### Request Path Components\n\n");
        out.push_str(&table(&["Path Component", "Description", "Example"], &rows));
    }
    let rows: Vec<_> = of(Location::Query).map(|param| value_row(param, known)).collect();
    if !rows.is_empty() {
        out.push_str(&format!("### Request Query Parameters\n\n{}", table(QUERY, &rows)));
    }
    let mut rows: Vec<_> = of(Location::Header).map(|param| header_row(param, known)).collect();
    if action.auth.required {
        let cells = ["Authorization", "Y", "The word Bearer, a space and an API token.", ""];
        rows.insert(0, cells.map(str::to_owned).to_vec());
    }
    if !rows.is_empty() {
        out.push_str("### Request Headers\n\n");
        out.push_str(&table(&["Name", "Required", "Description", "Default"], &rows));
    }
    let parts: Vec<_> = of(Location::Multipart).map(|param| value_row(param, known)).collect();
    if let Some(body) = &action.body {
        out.push_str(&format!("### Request Body\n\n{}", self::body(body, known)));
    } else if !parts.is_empty() {
        out.push_str(&format!("### Request Body\n\nMultipart form data:\n\n{}", table(QUERY, &parts)));
    }
    out.push_str(&responses(action, known));
    out
}

fn responses(action: &Action, known: &Known) -> String {
    let header = ["Code", "Type", "Description"];
    let link = |schema: Option<&String>| schema.map(|name| known.link(name)).unwrap_or_default();
    let rows = |errors: bool| -> Vec<Vec<String>> {
        let of = action.responses.iter().filter(|response| (response.code >= 400) == errors);
        of.map(|it| vec![it.code.to_string(), link(it.schema.as_ref()), cell(&it.description)]).collect()
    };
    let mut out = String::new();
    if action.events.is_empty() {
        out.push_str(&format!("### Successful Responses\n\n{}", table(&header, &rows(false))));
    } else {
        out.push_str("### SSE Stream for a Successful Response\n\n");
        let stream = action.responses.iter().find(|response| response.code == 200);
        out.push_str(&stream.map(|stream| paragraph(&stream.description)).unwrap_or_default());
        let events = action.events.iter();
        let rows: Vec<_> = events
            .map(|event| vec![cell(&event.name), link(event.schema.as_ref()), cell(&event.description)])
            .collect();
        out.push_str(&table(&["SSE Event Name", "Type", "Description"], &rows));
    }
    out.push_str(&format!("### Error Responses\n\n{}", table(&header, &rows(true))));
    out
}

fn body(body: &Body, known: &Known) -> String {
    let schema = body.schema.as_deref().unwrap_or_default();
    let mut out = if body.required { "Required" } else { "Optional" }.to_owned();
    if body.name != names::camel_of_title(known.title(schema)) {
        out.push_str(&format!(" `{}`", body.name));
    }
    out.push_str(&format!(": {}.\n\n", known.link(schema)));
    if let Some(example) = &body.example
        && known.example(body.schema.as_deref()) != Some(example)
    {
        out.push_str(&json(example));
    }
    out
}

fn authentication(auth: &Auth) -> String {
    match (auth.required, &auth.scopes[..]) {
        (false, _) => "No token is needed.".to_owned(),
        (true, []) => "A token of any scope.".to_owned(),
        (true, scopes) => format!("A token with one of these scopes: {}.", scopes.join(", ")),
    }
}

fn path_row(param: &Param, known: &Known) -> Vec<String> {
    vec![marker(&param.name), description(param, known), value(param.example.as_ref())]
}

fn header_row(param: &Param, known: &Known) -> Vec<String> {
    vec![param.name.clone(), required(param.required), description(param, known), value(param.default.as_ref())]
}

/// A row of query parameters or of parts of a form.
fn value_row(param: &Param, known: &Known) -> Vec<String> {
    let published = known.example(param.schema.as_deref());
    let part = param.location == Location::Multipart;
    let example = match &param.example {
        Some(example) if published == Some(example) => String::new(),
        Some(example) => code(&wire::named(&param.name, example, param.encoding)),
        // A part of a form without example is a file.
        None if part && param.schema.is_none() && param.inferred.as_deref() != Some("file") => "?".to_owned(),
        None => String::new(),
    };
    vec![
        param.name.clone(),
        required(param.required),
        description(param, known),
        value(param.default.as_ref()),
        example,
    ]
}

/// `Y` or `N`.
pub(super) fn required(required: bool) -> String {
    if required { "Y" } else { "N" }.to_owned()
}

fn value(value: Option<&serde_json::Value>) -> String {
    value.map(|value| cell(&wire::plain(value))).unwrap_or_default()
}

/// The description with its closing words.
pub(super) fn description(param: &Param, known: &Known) -> String {
    let mut sentences = Vec::new();
    if !param.description.is_empty() {
        sentences.push(cell(&param.description));
    }
    if let Some(accepted) = &param.accepted {
        let values: Vec<_> = accepted.iter().map(|value| cell(&wire::plain(value))).collect();
        let dot = if param.schema.is_some() { "." } else { "" };
        sentences.push(format!("One of: {}{dot}", values.join(", ")));
    }
    if let Some(schema) = &param.schema {
        let how = match (param.encoding, param.location) {
            (Some(Encoding::Json), _) | (None, Location::Multipart) => "As JSON text:",
            (Some(Encoding::Brackets), _) => "In brackets:",
            (None, _) => "See",
        };
        sentences.push(format!("{how} {}.", known.link(schema)));
    }
    sentences.join(" ")
}

/// A path with its parameters marked.
fn address(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => format!("**`{}`**", marker(name)),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The name of a path parameter as pages mark it: `applicationId` is `APPLICATION_ID`.
fn marker(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(character.to_ascii_uppercase());
    }
    out
}
