//! What operations refer to: schemas, the parameters of every request, the bearer token.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{BEARER, keys, params};
use crate::model::{Api, Schema};
use crate::schema::Standard;

/// The names of the components and what is known of the schemas.
pub(super) struct Components<'a> {
    schemas: BTreeMap<&'a str, Option<&'a Schema>>,
    keys: BTreeMap<&'a str, String>,
    /// The names under which the parameters of every request stand.
    common: Vec<String>,
}

impl<'a> Components<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut schemas: BTreeMap<&str, Option<&Schema>> = BTreeMap::new();
        for schema in &api.schemas {
            schemas.entry(&schema.name).or_insert(Some(schema));
        }
        for name in used(api) {
            schemas.entry(name).or_insert(None);
        }
        let names: Vec<&str> = schemas.keys().copied().collect();
        let keys = keys(&names);
        let all = || api.global_params.iter().chain(&api.private_params);
        let common = all().map(|param| params::key(param, all())).collect();
        Self { schemas, keys, common }
    }

    /// A reference to a schema.
    pub(super) fn reference(&self, name: &str) -> Value {
        json!({"$ref": self.target(name)})
    }

    fn target(&self, name: &str) -> String {
        format!("#/components/schemas/{}", self.keys.get(name).map_or(name, |key| &key[..]))
    }

    /// The published example of a schema.
    pub(super) fn example(&self, name: &str) -> Option<&'a Value> {
        self.schemas.get(name).copied().flatten().and_then(|schema| schema.example.as_ref())
    }

    /// References to the parameters of every request.
    pub(super) fn everywhere(&self) -> Vec<Value> {
        self.common.iter().map(|key| json!({"$ref": format!("#/components/parameters/{key}")})).collect()
    }

    /// The member `components` of the document.
    pub(super) fn write(&self, api: &Api) -> Value {
        let mut components = Map::new();
        components.insert("schemas".to_owned(), self.write_schemas(api));
        let all = api.global_params.iter().chain(&api.private_params);
        let params: Map<String, Value> =
            self.common.iter().cloned().zip(all.map(|param| params::parameter(self, param, &param.name))).collect();
        if !params.is_empty() {
            components.insert("parameters".to_owned(), Value::Object(params));
        }
        if api.resources.iter().flat_map(|resource| &resource.actions).any(|action| action.auth.required) {
            let about = "An API token. The names that an operation lists are scopes: a token needs one of them.";
            let scheme = json!({"type": "http", "scheme": "bearer", "description": about});
            components.insert("securitySchemes".to_owned(), json!({BEARER: scheme}));
        }
        Value::Object(components)
    }

    fn write_schemas(&self, api: &Api) -> Value {
        let defined: Vec<&Schema> = self.schemas.values().copied().flatten().collect();
        let targets: Vec<String> = defined.iter().map(|schema| self.target(&schema.name)).collect();
        let standard = Standard::new(defined.iter().copied(), &targets);
        let mut written = Map::new();
        for (index, schema) in defined.iter().enumerate() {
            let mut value = standard.write(index);
            if let Value::Object(map) = &mut value {
                about(schema, map);
            }
            written.insert(self.keys[&schema.name[..]].clone(), value);
        }
        for (name, _) in self.schemas.iter().filter(|(_, schema)| schema.is_none()) {
            let mut value = json!({"description": "No page defines this schema.", "x-losant-undefined": true});
            let examples: Vec<&Value> = examples(api, name).collect();
            if !examples.is_empty() {
                value["examples"] = json!(examples);
            }
            written.insert(self.keys[name].clone(), value);
        }
        Value::Object(written)
    }
}

/// What a page says of a schema beside the schema's own text.
fn about(schema: &Schema, map: &mut Map<String, Value>) {
    map.entry("title").or_insert_with(|| json!(schema.title));
    if let Some(description) = &schema.description {
        map.entry("description").or_insert_with(|| json!(description));
    }
    if let Some(example) = &schema.example {
        let examples = map.entry("examples").or_insert_with(|| json!([]));
        if let Value::Array(examples) = examples
            && !examples.contains(example)
        {
            examples.insert(0, example.clone());
        }
    }
}

/// The schemas that actions name.
fn used(api: &Api) -> impl Iterator<Item = &str> {
    let actions = api.resources.iter().flat_map(|resource| &resource.actions);
    let of_actions = actions.flat_map(|action| {
        let params = action.params.iter().map(|param| &param.schema);
        let bodies = action.body.iter().map(|body| &body.schema);
        let responses = action.responses.iter().map(|response| &response.schema);
        let events = action.events.iter().map(|event| &event.schema);
        params.chain(bodies).chain(responses).chain(events)
    });
    let common = api.global_params.iter().chain(&api.private_params).map(|param| &param.schema);
    of_actions.chain(common).filter_map(Option::as_deref)
}

/// What bodies and parameters show of a schema that no page defines.
fn examples<'a>(api: &'a Api, name: &'a str) -> impl Iterator<Item = &'a Value> {
    let actions = api.resources.iter().flat_map(|resource| &resource.actions);
    actions.flat_map(move |action| {
        let is_it = move |schema: &Option<String>| schema.as_deref() == Some(name);
        let bodies =
            action.body.iter().filter(move |body| is_it(&body.schema)).filter_map(|body| body.example.as_ref());
        let params = action.params.iter().filter(move |param| is_it(&param.schema));
        bodies.chain(params.filter_map(|param| param.example.as_ref()))
    })
}
