//! Finds the schema that a reference means, among all schemas of all pages.

use std::collections::BTreeMap;

use heck::{ToKebabCase, ToLowerCamelCase};

/// Ways to find a schema by name, from the surest to the loosest.
#[derive(Debug, Default)]
pub(crate) struct Names {
    definitions: BTreeMap<String, usize>,
    titles: BTreeMap<String, usize>,
    letters: BTreeMap<String, usize>,
    words: Vec<(Vec<String>, usize)>,
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
        self.words.push((words(title), index));
    }

    /// The schema that a `$ref` means: its last component is looked for as a definition name, as the title in
    /// camel case, and at last by nothing but letters and digits.
    pub(crate) fn find(&self, reference: &str) -> Option<usize> {
        let name = last(reference)?;
        let found = self.definitions.get(name).or_else(|| self.titles.get(name));
        found.or_else(|| self.letters.get(&letters(name))).copied()
    }

    /// The only schema whose title has the words of a reference with some of them spelled out: definitions say `flow`
    /// and `org` where titles say `Workflow` and `Organization`, and most pages print the titles alone.
    pub(crate) fn guess(&self, reference: &str) -> Option<usize> {
        let short = words(last(reference)?);
        let mut fitting =
            self.words.iter().filter(|(long, _)| long.len() == short.len() && short.iter().zip(long).all(stands_for));
        let (_, index) = fitting.next()?;
        fitting.next().is_none().then_some(*index)
    }
}

/// Whether one word stands for another; a plural is another word.
fn stands_for((short, long): (&String, &String)) -> bool {
    let spelled_out =
        short.len() > 2 && (long.starts_with(short) || long.ends_with(short)) && long.len() > short.len() + 1;
    short == long || spelled_out
}

fn last(reference: &str) -> Option<&str> {
    let trimmed = reference.trim_end_matches(['/', '#']);
    let name = trimmed.rsplit(['/', '#']).next().unwrap_or(trimmed).trim_end_matches(".json");
    (!name.is_empty()).then_some(name)
}

fn words(text: &str) -> Vec<String> {
    text.to_kebab_case().split('-').map(str::to_owned).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
