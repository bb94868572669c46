//! Finds the schema that a reference means, among all schemas of all pages.

use std::collections::BTreeMap;

use heck::ToLowerCamelCase;

/// Ways to find a schema by name, from the surest to the loosest.
#[derive(Debug, Default)]
pub(super) struct Names {
    definitions: BTreeMap<String, usize>,
    titles: BTreeMap<String, usize>,
    letters: BTreeMap<String, usize>,
}

impl Names {
    /// Adds a schema; of two that answer to one name the first is kept.
    pub(super) fn add(&mut self, index: usize, name: &str, title: &str, definition: Option<&str>) {
        if let Some(definition) = definition {
            self.definitions.entry(definition.to_owned()).or_insert(index);
            self.letters.entry(letters(definition)).or_insert(index);
        }
        self.titles.entry(title.to_lower_camel_case()).or_insert(index);
        self.letters.entry(letters(title)).or_insert(index);
        self.letters.entry(letters(name)).or_insert(index);
    }

    /// The schema that a `$ref` means: its last component is looked for as a definition name, as the title in
    /// camel case, and at last by nothing but letters and digits.
    pub(super) fn find(&self, reference: &str) -> Option<usize> {
        let trimmed = reference.trim_end_matches(['/', '#']);
        let name = trimmed.rsplit(['/', '#']).next().unwrap_or(trimmed).trim_end_matches(".json");
        if name.is_empty() {
            return None;
        }
        let found = self.definitions.get(name).or_else(|| self.titles.get(name));
        found.or_else(|| self.letters.get(&letters(name))).copied()
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
