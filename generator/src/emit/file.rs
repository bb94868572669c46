//! One source file: its header, its imports and its items, formatted.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::MARK;
use super::ty::TYPES;
use crate::plan::Name;
use crate::plan::doc::is_visible;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct File {
    head: String,
    inner: Vec<TokenStream>,
    imports: BTreeSet<(&'static str, &'static str)>,
    used: BTreeSet<Name>,
    local: BTreeSet<Name>,
    items: Vec<TokenStream>,
}

impl File {
    /// A file from some pages, with the lines of what it is about; without pages, it is from the whole spec.
    pub(super) fn new(pages: &[String], about: &str) -> Self {
        let pages = if pages.is_empty() { "the spec".to_owned() } else { pages.join(", ") };
        // Names of pages and resources stand in comments: no line of them may leave those.
        let plain = |text: &str| text.replace(|char| !is_visible(char), " ");
        let mut head = format!("{MARK} from {}; do not edit.\n", plain(&pages));
        for line in about.lines() {
            head.extend([if line.is_empty() { "//!" } else { "//! " }, &plain(line), "\n"]);
        }
        Self {
            head,
            inner: Vec::new(),
            imports: BTreeSet::new(),
            used: BTreeSet::new(),
            local: BTreeSet::new(),
            items: Vec::new(),
        }
    }

    /// Adds an inner attribute.
    pub(super) fn inner(&mut self, attribute: TokenStream) {
        self.inner.push(attribute);
    }

    /// Adds an item.
    pub(super) fn item(&mut self, item: TokenStream) {
        self.items.push(item);
    }

    /// Imports a name from a module.
    pub(super) fn import(&mut self, module: &'static str, name: &'static str) {
        self.imports.insert((module, name));
    }

    /// Notes that a generated type is used by its bare name.
    pub(super) fn uses(&mut self, name: &Name) {
        self.used.insert(name.clone());
    }

    /// Notes that a type is defined here.
    pub(super) fn local(&mut self, name: &Name) {
        self.local.insert(name.clone());
    }

    /// The text of a module of types; types of other modules are imported.
    pub(super) fn finish(mut self, module: &Name, owners: &BTreeMap<&Name, &Name>) -> Result<String, String> {
        let others = self
            .used
            .difference(&self.local)
            .filter(|name| owners.get(name).is_some_and(|owner| *owner != module))
            .map(Name::ident);
        let uses: Vec<_> = others.map(|name| quote!(use super::#name;)).collect();
        self.items.splice(0..0, uses);
        self.finish_in(module.plain())
    }

    /// The text.
    pub(super) fn finish_in(self, module: &str) -> Result<String, String> {
        let mut text = self.head;
        for attribute in self.inner {
            push(&mut text, &format(&attribute, module)?, "");
        }
        // One line for each name: a list would be broken anew whenever it grows. The building blocks of types come
        // together, since every file of types needs most of them; no generated type has the name of one.
        let imports: BTreeSet<_> =
            self.imports.into_iter().map(|(module, name)| (module, if module == TYPES { "*" } else { name })).collect();
        let imports = imports.into_iter().map(|(module, name)| {
            syn::parse_str(&format!("use {module}::{name};")).map_err(|fault| format!("{module}: {fault}"))
        });
        let mut before = true;
        for item in imports.collect::<Result<Vec<TokenStream>, String>>()?.into_iter().chain(self.items) {
            let item = format(&item, module)?;
            // Lists of modules and of imports stay together.
            let is_line = ["use ", "mod ", "pub mod ", "pub use "].iter().any(|start| item.starts_with(start));
            let is_first =
                text.lines().next_back().is_some_and(|line| line.starts_with("//!") || line.starts_with("#!["));
            push(&mut text, &item, if is_line && before && !is_first { "" } else { "\n" });
            before = is_line;
        }
        Ok(text)
    }
}

fn push(text: &mut String, item: &str, between: &str) {
    text.push_str(between);
    text.push_str(item);
}

fn format(tokens: &TokenStream, module: &str) -> Result<String, String> {
    let file: syn::File = syn::parse2(tokens.clone()).map_err(|fault| format!("{module}: {fault} in `{tokens}`"))?;
    Ok(apart(&escaped(&vertical(&prettyplease::unparse(&file)))))
}

/// Comments have no invisible characters, and literals have them escaped: a reader must see what the compiler sees.
fn escaped(text: &str) -> String {
    let hidden = |char: char| char != '\n' && !is_visible(char);
    if !text.contains(hidden) {
        return text.to_owned();
    }
    let escape = |char: char| if hidden(char) { char.escape_unicode().to_string() } else { char.to_string() };
    text.chars().map(escape).collect()
}

/// Gives each item of a list that grows with the API a line of its own, however few there are, so that one more
/// changes no line of the others.
fn vertical(text: &str) -> String {
    let mut vertical = String::with_capacity(text.len());
    for line in text.lines() {
        let start = line.trim_start();
        let indent = &line[..line.len() - start.len()];
        let is_list = ["scopes: &[\"", "const REQUIRED: &'static [&'static str] = &[\""];
        let list = is_list.iter().find(|head| start.starts_with(**head)).and_then(|head| {
            let end = start.rfind(']')?;
            let items: TokenStream = start.get(head.len() - 1..end)?.parse().ok()?;
            Some((&start[..head.len() - 1], items, &start[end..]))
        });
        let Some((head, items, end)) = list else {
            vertical.push_str(line);
            vertical.push('\n');
            continue;
        };
        vertical.extend([indent, head, "\n"]);
        for item in items.into_iter().filter(|item| matches!(item, TokenTree::Literal(_))) {
            vertical.extend([indent, "    ", &item.to_string(), ",\n"]);
        }
        vertical.extend([indent, end, "\n"]);
    }
    vertical
}

/// Puts a blank line between the functions of an `impl`, which the formatter sets close.
fn apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        apart.push_str(line);
        apart.push('\n');
        let opens =
            |next: &&str| ["    /// ", "    #[", "    pub fn ", "    fn "].iter().any(|start| next.starts_with(start));
        let is_statement = line.ends_with(';') && line.starts_with("    ") && !line.starts_with("    /");
        let closes = line == "    }" || is_statement && !line.starts_with("     ");
        if closes && lines.peek().is_some_and(opens) {
            apart.push('\n');
        }
    }
    apart
}
