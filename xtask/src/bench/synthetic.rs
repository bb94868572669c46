//! A larger API of the same kind: the model some times over, each copy under names of its own, written as pages.

use std::fs;
use std::path::Path;

use anyhow::Result;
use generator::export;
use generator::model::{Api, Resource, Schema};
use serde_json::Value;

/// Writes the pages of an API that is some times as large.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write(api: &Api, times: usize, folder: &Path) -> Result<()> {
    let mut large = api.clone();
    for copy in 1..times {
        large.resources.extend(api.resources.iter().map(|resource| self::resource(resource, copy)));
        large.schemas.extend(api.schemas.iter().map(|schema| self::schema(schema, copy)));
    }
    for (path, text) in export::pages(&large).files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

fn resource(resource: &Resource, copy: usize) -> Resource {
    let mut resource = resource.clone();
    let own = |name: &Option<String>| name.as_ref().map(|name| schema_name(name, copy));
    resource.name = camel(&resource.name, copy);
    resource.title = title(&resource.title, copy);
    resource.path = format!("/copy{copy}{}", resource.path);
    for action in &mut resource.actions {
        action.path = format!("/copy{copy}{}", action.path);
        action.params.iter_mut().for_each(|param| param.schema = own(&param.schema));
        action.body.iter_mut().for_each(|body| body.schema = own(&body.schema));
        action.responses.iter_mut().for_each(|response| response.schema = own(&response.schema));
        action.events.iter_mut().for_each(|event| event.schema = own(&event.schema));
    }
    resource
}

fn schema(schema: &Schema, copy: usize) -> Schema {
    let mut schema = schema.clone();
    schema.name = schema_name(&schema.name, copy);
    schema.title = title(&schema.title, copy);
    schema.definition = schema.definition.map(|name| camel(&name, copy));
    rename(&mut schema.schema, copy);
    schema
}

fn schema_name(name: &str, copy: usize) -> String {
    format!("copy{copy}-{name}")
}

fn title(title: &str, copy: usize) -> String {
    format!("Copy{copy} {title}")
}

fn camel(name: &str, copy: usize) -> String {
    let (first, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    format!("copy{copy}{}{rest}", first.to_uppercase())
}

/// Lets the references and titles of a schema speak of the copy.
fn rename(value: &mut Value, copy: usize) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == "$ref" => {
                        if let Some(name) = text.strip_prefix("#/definitions/") {
                            *text = format!("#/definitions/{}", camel(name, copy));
                        }
                    }
                    _ => rename(value, copy),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, copy)),
        _ => {}
    }
}
