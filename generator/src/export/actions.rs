//! The page of a resource, action by action.

use super::pages::Known;
use super::text::{self, cell, code, json, paragraph, paragraphs, table};
use super::wire;
use crate::dialect::names;
use crate::model::{Action, Api, Auth, Body, Encoding, Location, Param, Resource};

const QUERY: &[&str] = &["Name", "Required", "Description", "Default", "Example"];

/// The page of a resource; parameters that every action takes stand in the overview.
pub(super) fn page(resource: &Resource, api: &Api, known: &Known) -> String {
    let mut blocks = vec![format!("# {}", text::heading(&resource.title)), address(&resource.path)];
    blocks.extend(resource.description.as_deref().map(paragraphs));
    for action in &resource.actions {
        let is_own = |param: &&Param| !api.global_params.contains(param) && !api.is_private(param);
        let own: Vec<&Param> = action.params.iter().filter(is_own).collect();
        section(action, &own, known, &mut blocks);
    }
    text::page(&blocks)
}

fn section(action: &Action, params: &[&Param], known: &Known, blocks: &mut Vec<String>) {
    let rows = |location, row: fn(&Param, &Known) -> Vec<String>| -> Vec<Vec<String>> {
        params.iter().filter(|param| param.location == location).map(|param| row(param, known)).collect()
    };
    let name = &action.name;
    blocks.push(format!("## {} <a name=\"{name}\"></a>", names::title_of_action(name)));
    blocks.push(paragraph(&action.summary));
    if action.deprecated {
        blocks.push("**Deprecated.**".to_owned());
    }
    blocks.extend(action.description.as_deref().map(paragraphs));
    blocks.push(format!("### Method And Url\n\n{} {}", action.method, address(&action.path)));
    blocks.push(format!("### Authentication\n\n{}", authentication(&action.auth)));
    let path = rows(Location::Path, path_row);
    if !path.is_empty() {
        let header = ["Path Component", "Description", "Example"];
        blocks.push(format!("### Request Path Components\n\n{}", typed(&header, path)));
    }
    let query = rows(Location::Query, value_row);
    if !query.is_empty() {
        blocks.push(format!("### Request Query Parameters\n\n{}", typed(QUERY, query)));
    }
    let mut headers = rows(Location::Header, header_row);
    if action.auth.required {
        let cells = ["Authorization", "Y", "The word Bearer, a space and an API token.", "", ""];
        headers.insert(0, cells.map(str::to_owned).to_vec());
    }
    if !headers.is_empty() {
        let header = ["Name", "Required", "Description", "Default"];
        blocks.push(format!("### Request Headers\n\n{}", typed(&header, headers)));
    }
    let parts = rows(Location::Multipart, value_row);
    if let Some(body) = &action.body {
        blocks.push(format!("### Request Body\n\n{}", self::body(body, known)));
    } else if !parts.is_empty() {
        blocks.push(format!("### Request Body\n\nMultipart form data:\n\n{}", typed(QUERY, parts)));
    }
    responses(action, known, blocks);
}

fn responses(action: &Action, known: &Known, blocks: &mut Vec<String>) {
    let header = ["Code", "Type", "Description"];
    let link = |schema: Option<&String>| schema.map(|name| known.link(name)).unwrap_or_default();
    let rows = |errors: bool| -> Vec<Vec<String>> {
        let of = action.responses.iter().filter(|response| (response.code >= 400) == errors);
        of.map(|it| vec![it.code.to_string(), link(it.schema.as_ref()), cell(&it.description)]).collect()
    };
    if action.events.is_empty() {
        blocks.push(format!("### Successful Responses\n\n{}", table(&header, &rows(false))));
    } else {
        blocks.push("### SSE Stream for a Successful Response".to_owned());
        let stream = action.responses.iter().find(|response| response.code == 200);
        blocks.extend(stream.map(|stream| paragraph(&stream.description)));
        let events = action.events.iter();
        let rows: Vec<_> = events
            .map(|event| vec![cell(&event.name), link(event.schema.as_ref()), cell(&event.description)])
            .collect();
        blocks.push(table(&["SSE Event Name", "Type", "Description"], &rows));
    }
    blocks.push(format!("### Error Responses\n\n{}", table(&header, &rows(true))));
}

fn body(body: &Body, known: &Known) -> String {
    let schema = body.schema.as_deref().unwrap_or_default();
    let word = if body.required { "Required" } else { "Optional" };
    let own_name = body.name != names::camel_of_title(known.title(schema));
    let name = if own_name { format!(" `{}`", body.name) } else { String::new() };
    let own_example = body.example.as_ref().filter(|&example| known.example(Some(schema)) != Some(example));
    let example = own_example.map(|example| format!("\n\n{}", json(example))).unwrap_or_default();
    let text = body.description.as_deref().map(|text| format!("\n\n{}", paragraph(text))).unwrap_or_default();
    format!("{word}{name}: {}.{text}{example}", known.link(schema))
}

fn authentication(auth: &Auth) -> String {
    match (auth.required, &auth.scopes[..]) {
        (false, _) => "No token is needed.".to_owned(),
        (true, []) => "A token of any scope.".to_owned(),
        (true, scopes) => format!("A token with one of these scopes: {}.", scopes.join(", ")),
    }
}

fn path_row(param: &Param, known: &Known) -> Vec<String> {
    vec![marker(&param.name), description(param, known), value(param.example.as_ref()), ty(param)]
}

fn header_row(param: &Param, known: &Known) -> Vec<String> {
    let default = value(param.default.as_ref());
    vec![param.name.clone(), required(param.required), description(param, known), default, ty(param)]
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
        ty(param),
    ]
}

/// The documented type, for the last column.
pub(super) fn ty(param: &Param) -> String {
    param.ty.clone().unwrap_or_default()
}

/// A table whose rows end with a type; without any type it has no column for them.
pub(super) fn typed(header: &[&str], mut rows: Vec<Vec<String>>) -> String {
    let is_empty = |row: &Vec<String>| row.last().is_none_or(String::is_empty);
    if rows.iter().all(is_empty) {
        for row in &mut rows {
            row.pop();
        }
        return table(header, &rows);
    }
    table(&[header, &["Type"]].concat(), &rows)
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
