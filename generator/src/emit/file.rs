//! One source file: its header, its imports and its items, formatted.

use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::MARK;
use super::ty::TYPES;
use crate::plan::Name;
use crate::plan::doc::is_visible;

/// Stands between the lines of a documentation comment until it is written. No text of a page has this character left.
pub(super) const LINE_END: &str = "\u{1}";

/// A file that is being written.
#[derive(Debug)]
pub(super) struct File {
    head: String,
    inner: Vec<TokenStream>,
    imports: BTreeSet<(&'static str, &'static str)>,
    used: BTreeSet<Name>,
    local: BTreeSet<Name>,
    items: Vec<Item>,
}

/// One item of a file.
#[derive(Debug)]
enum Item {
    Tokens(TokenStream),
    /// Written already.
    Text(Result<String, syn::Error>),
}

thread_local! {
    /// Items of each form as text, by the length of the name in them.
    static FORMS: RefCell<BTreeMap<(&'static str, usize), String>> = const { RefCell::new(BTreeMap::new()) };
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
        self.items.push(Item::Tokens(item));
    }

    /// Adds an item that is the same for every type but for its name. A formatter sees no more of a name than its
    /// length, so each form is formatted once for each length.
    pub(super) fn form(&mut self, form: &'static str, name: &Ident, make: impl FnOnce(&Ident) -> TokenStream) {
        let name = name.to_string();
        // Of a letter that no form has.
        let blank = "Q".repeat(name.len());
        let text = FORMS.with_borrow_mut(|forms| {
            let text = match forms.entry((form, name.len())) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(format(make(&format_ident!("{blank}")))?),
            };
            Ok(text.replace(&blank, &name))
        });
        self.items.push(Item::Text(text));
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
        let uses: Vec<_> = others.map(|name| Item::Tokens(quote!(use super::#name;))).collect();
        self.items.splice(0..0, uses);
        self.finish_in(module.plain())
    }

    /// The text.
    pub(super) fn finish_in(self, module: &str) -> Result<String, String> {
        let no_rust = |fault: syn::Error| format!("{module}: {fault}");
        let mut text = self.head;
        for attribute in self.inner {
            push(&mut text, &format(attribute).map_err(no_rust)?, "");
        }
        // One line for each name: a list would be broken anew whenever it grows. The building blocks of types come
        // together, since every file of types needs most of them; no generated type has the name of one.
        let imports: BTreeSet<_> =
            self.imports.into_iter().map(|(module, name)| (module, if module == TYPES { "*" } else { name })).collect();
        let imports = imports.into_iter().map(|(module, name)| Item::Text(Ok(format!("use {module}::{name};\n"))));
        let mut before = true;
        for item in imports.chain(self.items) {
            let item = match item {
                Item::Tokens(tokens) => format(tokens),
                Item::Text(text) => text,
            };
            let item = item.map_err(no_rust)?;
            // Lists of modules and of imports stay together.
            let bare =
                if item.starts_with("#[cfg(") { item.split_once('\n').map_or("", |(_, rest)| rest) } else { &item };
            let is_line = ["use ", "mod ", "pub mod ", "pub use "].iter().any(|start| bare.starts_with(start));
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

/// Takes the tokens, since syn would have to copy those that somebody else holds.
fn format(tokens: TokenStream) -> Result<String, syn::Error> {
    let file: syn::File = syn::parse2(tokens)?;
    Ok(escaped(arranged(&prettyplease::unparse(&file))))
}

/// Comments have no invisible characters, and literals have them escaped: a reader must see what the compiler sees.
fn escaped(text: String) -> String {
    let hidden = |char: char| char != '\n' && !is_visible(char);
    // Most texts are plain, which their bytes tell soonest.
    let is_plain = text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte));
    if is_plain || !text.contains(hidden) {
        return text;
    }
    let escape = |char: char| if hidden(char) { char.escape_unicode().to_string() } else { char.to_string() };
    text.chars().map(escape).collect()
}

/// The lists that grow with the API, as the formatter begins them.
const LISTS: [&str; 2] = ["scopes: &[\"", "required: &[\""];

/// Parts the lines of documentation; gives each item of a list that grows with the API a line of its own, however few
/// there are, so that one more changes no line of the others; and puts a blank line between the functions of an `impl`,
/// which the formatter sets close.
fn arranged(text: &str) -> String {
    let has_list = LISTS.iter().any(|head| text.contains(head));
    let has_docs = text.contains(LINE_END);
    let mut arranged = String::with_capacity(text.len() + text.len() / 8);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !(has_docs && documentation(line, &mut arranged) || has_list && vertical(line, &mut arranged)) {
            arranged.push_str(line);
            arranged.push('\n');
        }
        let opens =
            |next: &&str| ["    /// ", "    #[", "    pub fn ", "    fn "].iter().any(|start| next.starts_with(start));
        let is_statement = line.ends_with(';') && line.starts_with("    ") && !line.starts_with("    /");
        let closes = line == "    }" || is_statement && !line.starts_with("     ");
        if closes && lines.peek().is_some_and(opens) {
            arranged.push('\n');
        }
    }
    arranged
}

/// Writes a comment that holds several lines; false for other lines.
fn documentation(line: &str, out: &mut String) -> bool {
    let start = line.trim_start();
    let Some(text) = start.strip_prefix("///").filter(|text| text.contains(LINE_END)) else { return false };
    for comment in text.split(LINE_END) {
        out.extend([&line[..line.len() - start.len()], "///", comment.trim_end(), "\n"]);
    }
    true
}

/// Writes a line that is one of the lists, one item below the other; false for other lines.
fn vertical(line: &str, out: &mut String) -> bool {
    let start = line.trim_start();
    let indent = &line[..line.len() - start.len()];
    let list = LISTS.iter().find(|head| start.starts_with(**head)).and_then(|head| {
        let end = start.rfind(']')?;
        let items: TokenStream = start.get(head.len() - 1..end)?.parse().ok()?;
        Some((&start[..head.len() - 1], items, &start[end..]))
    });
    let Some((head, items, end)) = list else { return false };
    out.extend([indent, head, "\n"]);
    for item in items.into_iter().filter(|item| matches!(item, TokenTree::Literal(_))) {
        out.extend([indent, "    ", &item.to_string(), ",\n"]);
    }
    out.extend([indent, end, "\n"]);
    true
}
