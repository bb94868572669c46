//! What must hold of generated code, whatever the pages say.

use std::collections::{BTreeMap, BTreeSet};

use generator::emit::features;
use generator::plan::lock::{self, NamesLock};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The checks of generated code. Most files are the same whatever stands in one place of a page: those are looked at once.
#[derive(Default)]
pub(crate) struct Checks {
    /// The literals of files that are fine, by path and text.
    known: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Checks {
    /// Remembers the files of pages with nothing hostile in them.
    pub(crate) fn of(files: &BTreeMap<String, String>) -> Self {
        let fine = files.iter().filter_map(|(path, text)| {
            let (seen, faults) = look(path, text);
            faults.is_empty().then(|| ((path.clone(), text.clone()), seen.literals))
        });
        Self { known: fine.collect() }
    }

    /// What is wrong with files that were made of hostile pages: paths, comments, literals and tokens.
    pub(crate) fn faults(&self, files: &BTreeMap<String, String>, wire: &BTreeSet<String>) -> Vec<String> {
        let mut faults = Vec::new();
        let mut missing: BTreeSet<&String> = wire.iter().collect();
        for (path, text) in files {
            if let Some(literals) = self.known.get(&(path.clone(), text.clone())) {
                missing.retain(|name| !literals.contains(*name));
                continue;
            }
            let (seen, found) = look(path, text);
            missing.retain(|name| !seen.literals.contains(*name));
            faults.extend(found);
        }
        faults.extend(missing.into_iter().map(|name| format!("no literal is {name:?}")));
        faults
    }
}

/// What a file says, and what is wrong with it.
fn look(path: &str, text: &str) -> (Seen, Vec<String>) {
    let mut faults = Vec::new();
    let mut seen = Seen::default();
    if !is_below(path) {
        faults.push(format!("a file `{path}`"));
    }
    if let Some(hidden) = text.chars().find(|char| *char != '\n' && !is_visible(*char)) {
        faults.push(format!("{path} holds U+{:04X}", u32::from(hidden)));
    }
    if path == lock::FILE {
        // No Rust: the names that stay, line by line.
        faults.extend(NamesLock::parse(text).err());
        return (seen, faults);
    }
    if path == features::MANIFEST {
        faults.extend(text.lines().skip(1).filter(|line| !is_of_features(line)).map(|line| format!("{path}: {line}")));
        return (seen, faults);
    }
    if path == features::GUIDE {
        // Its first line is a comment that says where it is from.
        let table = text.split_once('\n').map_or("", |(_, table)| table);
        faults.extend(fault_of_docs(table).map(|fault| format!("{path}: {fault}")));
        faults.extend(table.lines().filter(|line| !line.is_empty() && !line.starts_with("| ")).map(str::to_owned));
        return (seen, faults);
    }
    match (syn::parse_file(text), text.parse::<TokenStream>()) {
        (Ok(file), Ok(tokens)) if file.shebang.is_none() => seen.tokens(tokens),
        _ => faults.push(format!("{path} is no Rust")),
    }
    if seen.idents.contains("pwnedNOW") {
        faults.push(format!("the page wrote code into {path}"));
    }
    faults.extend(seen.docs.iter().filter_map(|docs| Some(format!("{path}: {} in\n{docs}", fault_of_docs(docs)?))));
    (seen, faults)
}

/// What rustdoc would take for something else than words.
fn fault_of_docs(docs: &str) -> Option<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(docs, options).into_offset_iter().find_map(|(event, place)| match event {
        Event::Start(Tag::CodeBlock(kind)) if !is_example(&kind, &docs[place.clone()]) => {
            Some("a block that is no example of ours".to_owned())
        }
        // The headings that generated comments have.
        Event::Start(Tag::Heading { .. }) if !["# Errors", "# Example"].contains(&docs[place.clone()].trim_end()) => {
            Some("a heading".to_owned())
        }
        Event::Html(tag) | Event::InlineHtml(tag) => Some(format!("HTML `{tag}`")),
        Event::Start(Tag::Image { .. }) => Some("an image".to_owned()),
        Event::Start(Tag::Link { dest_url, .. }) => {
            // Types of the client may be linked by their paths.
            let own = dest_url.chars().all(|c| c.is_ascii_alphanumeric() || "_:!#.".contains(c));
            let outside = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            let fine = outside || (own && !dest_url.contains("javascript"));
            (!fine).then(|| format!("a link to `{dest_url}`"))
        }
        _ => None,
    })
}

/// Whether a block of code is the example of an action: compiled and not run, one function of ours, and nothing in it
/// that the page wrote.
fn is_example(kind: &CodeBlockKind<'_>, block: &str) -> bool {
    let head = "```no_run\n# async fn example(client: losant_client::Client) -> Result<(), losant_client::Error> {\n";
    let inner = block.strip_prefix(head).and_then(|rest| rest.trim_end().strip_suffix("# Ok(())\n# }\n```"));
    let (CodeBlockKind::Fenced(info), Some(inner)) = (kind, inner) else { return false };
    let code = format!("async fn example() {{ {inner} }}");
    let (Ok(file), Ok(tokens)) = (syn::parse_file(&code), code.parse::<TokenStream>()) else { return false };
    let mut seen = Seen::default();
    seen.tokens(tokens);
    let is_whole = info.as_ref() == "no_run" && file.items.len() == 1 && seen.docs.is_empty();
    // What begins so is hidden from the reader.
    is_whole && !inner.lines().any(|line| line.starts_with('#')) && !seen.idents.contains("pwnedNOW")
}

/// A line of the features of a manifest: the begin of a list, one feature, or the end of the list.
fn is_of_features(line: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let listed = line.strip_prefix("    \"").and_then(|line| line.strip_suffix("\","));
    line == "]" || listed.or_else(|| line.strip_suffix(" = [")).is_some_and(is_name)
}

/// Whether a path leads to a Rust file below its folder, on any system, or to one of the files that are none.
fn is_below(path: &str) -> bool {
    let fine =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_known = [lock::FILE, features::MANIFEST, features::GUIDE].contains(&path);
    is_known || path.strip_suffix(".rs").is_some_and(|path| path.split('/').all(fine))
}

/// Neither a control character nor one that turns or hides the text around it.
fn is_visible(char: char) -> bool {
    let turns = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{feff}'];
    !char.is_control()
        && !turns.contains(&char)
        && !('\u{202a}'..='\u{202e}').contains(&char)
        && !('\u{2066}'..='\u{2069}').contains(&char)
}

/// What stands in the tokens of some files.
#[derive(Default)]
struct Seen {
    idents: BTreeSet<String>,
    /// The texts of string literals outside of comments.
    literals: BTreeSet<String>,
    /// The comments of each item.
    docs: Vec<String>,
}

impl Seen {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut docs = String::new();
        let mut hash = false;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => hash = true,
                TokenTree::Punct(punct) if punct.as_char() == '!' && hash => {}
                TokenTree::Group(group) if hash && group.delimiter() == Delimiter::Bracket => {
                    hash = false;
                    match doc(group.stream()) {
                        Some(line) => docs.extend([line.strip_prefix(' ').unwrap_or(&line), "\n"]),
                        None => self.tokens(group.stream()),
                    }
                }
                other => {
                    hash = false;
                    if !docs.is_empty() {
                        self.docs.push(std::mem::take(&mut docs));
                    }
                    match other {
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Ident(ident) => {
                            self.idents.insert(ident.to_string());
                        }
                        TokenTree::Literal(literal) => {
                            let text = syn::parse2::<syn::LitStr>(TokenTree::from(literal).into());
                            self.literals.extend(text.map(|text| text.value()));
                        }
                        TokenTree::Punct(_) => {}
                    }
                }
            }
        }
        if !docs.is_empty() {
            self.docs.push(docs);
        }
    }
}

/// The line of `doc = "…"`.
fn doc(attribute: TokenStream) -> Option<String> {
    let syn::Meta::NameValue(meta) = syn::parse2(attribute).ok()? else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = meta.value else { return None };
    meta.path.is_ident("doc").then(|| text.value())
}
