//! What the benchmarks work on: a large answer, and the pages of the project.

use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;
use serde_json::Value;

/// The published example with its devices repeated, each with an ID and a name of its own.
///
/// # Panics
/// When the pages of the project have no such example.
pub fn devices(bytes: usize) -> Vec<u8> {
    let page = include_str!("../../spec/schemas/device.md");
    let example = page.split("## Devices\n").nth(1).and_then(|part| part.split("### Example").nth(1));
    let json = example.and_then(|part| part.split("```json\n").nth(1)?.split("```").next());
    let mut example: Value = json.and_then(|json| serde_json::from_str(json).ok()).expect("spec/ has the example");
    let items = example["items"].as_array().expect("devices are a list").clone();
    let one = items.iter().map(|item| item.to_string().len()).sum::<usize>();
    let many: Vec<Value> = (0..bytes / one)
        .flat_map(|round| {
            items.iter().map(move |item| {
                let mut item = item.clone();
                item["deviceId"] = format!("{round:024x}").into();
                item["name"] = format!("Device {round}").into();
                item
            })
        })
        .collect();
    example["count"] = many.len().into();
    example["items"] = many.into();
    serde_json::to_vec(&example).expect("values are JSON")
}

/// The pages of `spec/` with their overrides.
///
/// # Panics
/// When the folder is not there.
pub fn spec() -> Vec<Source> {
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut pages = Vec::new();
    collect(&spec, &spec, &mut pages);
    pages
}

fn collect(root: &Path, folder: &Path, pages: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("spec/ is there").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, pages);
        } else if let (Ok(text), Ok(name)) = (fs::read_to_string(&path), path.strip_prefix(root)) {
            pages.push(Source { path: name.to_string_lossy().into_owned(), text });
        }
    }
}
