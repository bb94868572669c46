//! The head of a page above its title: known lines only, since no fact is read from them.

use super::codes;
use super::context::Context;
use super::link::clip;
use super::mdx;
use super::names;
use super::outline::Outline;
use super::recognise::Dialect;
use crate::markdown::{BlockKind, Inline};
use crate::source::Span;

const DESCRIPTION: &str = "description";
/// The two names that upstream has given its API.
const APIS: &[&str] = &["Losant", "Platform"];

/// What the head of a page may say.
struct Known {
    /// The sentences of the description; none where a dialect has no description.
    sentences: Vec<String>,
    /// Whether the description may stand on a bare line.
    bare: bool,
    /// Whether there must be one.
    required: bool,
    /// The keys of front matter, in order.
    keys: &'static [&'static str],
    /// Whether a page for Docusaurus imports what shows its schemas.
    import: bool,
}

impl Known {
    fn new(outline: &Outline<'_>, dialect: Dialect, name: &str) -> Self {
        let (bare, required, keys): (_, _, &[&str]) = match dialect {
            Dialect::Titled => (true, false, &[]),
            Dialect::SchemasAnchored => (true, false, &[DESCRIPTION]),
            Dialect::Anchored if has_html_address(outline) => (true, true, &["category", DESCRIPTION]),
            Dialect::Anchored => (true, true, &[DESCRIPTION]),
            Dialect::SchemasTitled => (false, true, &["category", DESCRIPTION]),
            Dialect::Docusaurus => {
                (false, true, &["category", DESCRIPTION, "toc_max_heading_level", "sidebar_position"])
            }
            _ => (false, false, &[]),
        };
        // Newer pages have the prettified title here, too.
        let printed = outline.title.map(|title| title.heading.content.line()).unwrap_or_default();
        let pretty = printed.strip_suffix(" Actions").filter(|_| keys.contains(&"category"));
        let title = pretty.map_or_else(|| names::title_of_camel(name), ToOwned::to_owned);
        let sentence = |api: &&str| {
            if matches!(dialect, Dialect::SchemasAnchored | Dialect::SchemasTitled) {
                return format!(
                    "A comprehensive list of the JSON schemas defining the objects expected by and returned from the {api} API. Learn More."
                );
            }
            format!(
                "A detailed look at the various REST actions supported by the {title} resource of the {api} API. Learn more."
            )
        };
        let sentences = APIS.iter().map(sentence).collect();
        Self { sentences, bare, required, keys, import: dialect == Dialect::Docusaurus }
    }

    fn fits(&self, key: &str, value: &str) -> bool {
        match key {
            "category" => value == "Rest API",
            "toc_max_heading_level" => value == "2",
            "sidebar_position" => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
            DESCRIPTION => self.sentences.iter().any(|known| known == value),
            _ => false,
        }
    }
}

/// Pages of the newer anchored dialect have addresses in HTML.
fn has_html_address(outline: &Outline<'_>) -> bool {
    outline.intro.iter().any(|block| matches!(&block.kind, BlockKind::Html(html) if html.starts_with("<p>")))
}

/// Checks the head of a page of some resource, or of schemas.
pub(super) fn read(context: &mut Context<'_>, outline: &Outline<'_>, dialect: Dialect, name: &str) {
    let known = Known::new(outline, dialect, name);
    let start = Span::new(context.file, 0..0);
    let (mut described, mut imported) = (false, false);
    for block in outline.lead {
        match &block.kind {
            BlockKind::FrontMatter(text) if block.span.start == 0 => {
                front_matter(context, &known, text, block.span);
                described = true;
            }
            BlockKind::Paragraph(inline) if known.import && !imported && mdx::is_import(&inline.text) => {
                imported = true;
            }
            BlockKind::Paragraph(inline) if known.bare && !described && is_description(inline) => {
                let line = inline.line();
                let value = line.split_once(": ").map_or("", |(_, value)| value);
                if !known.fits(DESCRIPTION, value) {
                    context.report(codes::PAGE_HEAD, block.span, "this is not the description of such a page");
                }
                described = true;
            }
            _ => context.unexpected(block, "the head of the page"),
        }
    }
    if known.required && !described {
        context.report(codes::PAGE_HEAD, start, "the description above the title is missing");
    }
    if known.import && !imported {
        context.report(codes::IMPORT_MISSING, start, "the page does not import what shows its schemas");
    }
}

fn is_description(inline: &Inline) -> bool {
    inline.text.starts_with("description: ")
}

/// Every line must be `key: value`, and known.
fn front_matter(context: &mut Context<'_>, known: &Known, text: &str, span: Span) {
    let mut keys = Vec::new();
    for line in text.lines().filter(|line| !line.trim_ascii().is_empty()) {
        let (key, value) = line.split_once(": ").unwrap_or(("", line));
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            context.report(codes::FRONT_MATTER, span, format!("`{}` is no `key: value`", clip(line)));
            return;
        }
        if !known.fits(key, value.trim_ascii()) {
            context.report(codes::PAGE_HEAD, span, format!("no page of this kind has the line `{}`", clip(line)));
        }
        keys.push(key);
    }
    if keys != known.keys {
        let wanted = if known.keys.is_empty() { "none".to_owned() } else { known.keys.join(", ") };
        context.report(codes::PAGE_HEAD, span, format!("the keys are {}; known are {wanted}", clip(&keys.join(", "))));
    }
}
