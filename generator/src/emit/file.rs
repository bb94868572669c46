//! One source file: its header, its imports and its items, formatted.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::MARK;
use super::form::{self, Hole, Place};
use super::ty::TYPES;
use crate::plan::Name;
use crate::plan::doc::is_visible;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct File {
    head: String,
    inner: Vec<String>,
    imports: BTreeSet<(&'static str, &'static str)>,
    used: BTreeSet<Name>,
    local: BTreeSet<Name>,
    items: Vec<String>,
    /// The first code that is no Rust.
    fault: Option<syn::Error>,
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
            fault: None,
        }
    }

    /// Adds an inner attribute.
    pub(super) fn inner<const N: usize>(&mut self, holes: [Hole<'_>; N], make: fn([TokenStream; N]) -> TokenStream) {
        let mut attribute = String::new();
        self.row(&mut attribute, Place::Item, holes, make);
        self.inner.push(attribute);
    }

    /// Adds an item with a comment.
    pub(super) fn item<const N: usize>(
        &mut self,
        about: &[String],
        holes: [Hole<'_>; N],
        make: fn([TokenStream; N]) -> TokenStream,
    ) {
        let mut item = Place::Item.comment(about);
        self.row(&mut item, Place::Item, holes, make);
        self.items.push(item);
    }

    /// Adds code to the rows of an item.
    pub(super) fn row<const N: usize>(
        &mut self,
        rows: &mut String,
        place: Place,
        holes: [Hole<'_>; N],
        make: fn([TokenStream; N]) -> TokenStream,
    ) {
        if let Err(fault) = form::write(rows, place, holes, make) {
            self.fault.get_or_insert(fault);
        }
    }

    /// Adds code of which there is little to the rows of an item.
    pub(super) fn code(&mut self, rows: &mut String, place: Place, code: TokenStream) {
        if let Err(fault) = form::write_once(rows, place, code) {
            self.fault.get_or_insert(fault);
        }
    }

    /// Adds an item that was written as rows.
    pub(super) fn text(&mut self, item: String) {
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

    /// The text of a module of types; those of the known types that other modules have are imported from `parent`.
    pub(super) fn finish(mut self, module: &Name, parent: &str, known: &BTreeSet<&Name>) -> Result<String, String> {
        let others = self.used.difference(&self.local).filter(|name| known.contains(name));
        let uses: Vec<_> = others.map(|name| format!("use {parent}::{name};\n")).collect();
        self.items.splice(0..0, uses);
        self.finish_in(module.plain())
    }

    /// The text.
    pub(super) fn finish_in(self, module: &str) -> Result<String, String> {
        if let Some(fault) = self.fault {
            return Err(format!("{module}: {fault}"));
        }
        let mut text = self.head;
        text.extend(self.inner);
        // One line for each name: a list would be broken anew whenever it grows. The building blocks of types come
        // together, since every file of types needs most of them; no generated type has the name of one.
        let imports: BTreeSet<_> =
            self.imports.into_iter().map(|(module, name)| (module, if module == TYPES { "*" } else { name })).collect();
        let imports = imports.into_iter().map(|(module, name)| format!("use {module}::{name};\n"));
        let mut before = true;
        for item in imports.chain(self.items) {
            let item = escaped(item);
            // Lists of modules and of imports stay together.
            let bare =
                if item.starts_with("#[cfg(") { item.split_once(")]\n").map_or("", |(_, rest)| rest) } else { &item };
            let is_line = ["use ", "mod ", "pub mod ", "pub use "].iter().any(|start| bare.starts_with(start));
            let is_first =
                text.lines().next_back().is_some_and(|line| line.starts_with("//!") || line.starts_with("#!["));
            text.extend([if is_line && before && !is_first { "" } else { "\n" }, &item]);
            before = is_line;
        }
        Ok(text)
    }
}

/// Comments have no invisible characters, and literals have them escaped: a reader must see what the compiler sees.
fn escaped(text: String) -> String {
    let hidden = |char: char| char != '\n' && !is_visible(char);
    // Most texts are plain, which their bytes tell soonest, and that without a look at each of them in turn.
    let is_plain = text.bytes().fold(true, |plain, byte| plain & (byte == b'\n' || (b' '..=b'~').contains(&byte)));
    if is_plain || !text.contains(hidden) {
        return text;
    }
    let escape = |char: char| if hidden(char) { char.escape_unicode().to_string() } else { char.to_string() };
    text.chars().map(escape).collect()
}
