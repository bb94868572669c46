//! Any JSON is a schema: a plan, and diagnostics for what no type fits.

#![no_main]

use generator::model::{Api, Schema};
use generator::plan::NamesLock;
use generator::{Read, build_plan, build_types};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (&str, &str)| {
    let (title, text) = data;
    let Ok(schema) = serde_json::from_str(text) else { return };
    let schema = Schema {
        name: generator::dialect::names::kebab(title),
        title: title.to_owned(),
        definition: None,
        description: Some(title.to_owned()),
        schema,
        example: None,
        sources: Vec::new(),
        span: None,
    };
    let mut read = Read { api: Api { schemas: vec![schema], ..Api::default() }, ..Read::default() };
    let built = build_types(&mut read);
    build_plan(&mut read, &built, &NamesLock::default());
});
