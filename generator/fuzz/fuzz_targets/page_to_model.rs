//! Any text is a page: a model or diagnostics, each at a place within the page.

#![no_main]

use generator::read;
use generator::source::Source;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["widget.md", "schemas.md", "_schemas.md", "schemas/widget.md", "overview.md", "widget.mdx"];

fuzz_target!(|data: (u8, &str)| {
    let (name, text) = data;
    let path = NAMES[usize::from(name) % NAMES.len()].to_owned();
    let result = read(vec![Source { path, text: text.to_owned() }]);
    for diagnostic in &result.diagnostics {
        if let Some(span) = diagnostic.span {
            assert!(result.sources.get(span.file).text.get(span.start..span.end).is_some(), "{}", diagnostic.code.name);
        }
    }
});
