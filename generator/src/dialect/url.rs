//! URLs with marked parameters.

use super::facts::Url;
use super::names::camel_of_marker;
use crate::source::Span;

/// The ways in which pages mark a parameter: opening and closing.
const MARKS: &[(&str, &str)] = &[
    ("**`", "`**"),
    ("<code style=\"font-weight:bold\" class=\"language-text\">", "</code>"),
    ("<strong><code className=\"language-text\">", "</code></strong>"),
];

/// The schemes as they are written, and as they are meant: pages for Docusaurus break them up, lest they become links.
const SCHEMES: &[(&str, &str)] = &[
    ("https://", "https://"),
    ("http://", "http://"),
    ("https<span>://</span>", "https://"),
    ("http<span>://</span>", "http://"),
];

/// The verbs of the API.
pub(super) const METHODS: &[&str] = &["GET", "POST", "PATCH", "DELETE", "PUT"];

/// Reads `https://host/path/**`PARAMETER`**/path`; the error says what is wrong. Pages of ours have the path alone.
pub(super) fn read(text: &str, span: Span, path_only: bool) -> Result<Url, String> {
    let text = text.trim_ascii();
    if !path_only {
        let (base, path) = host(text)?;
        return components(&base, path, span);
    }
    if !text.starts_with('/') || text.len() == 1 {
        return Err("a path starts with a slash and has one component at least".to_owned());
    }
    components("", text, span)
}

/// Whether a text starts with a scheme.
pub(super) fn has_host(text: &str) -> bool {
    SCHEMES.iter().any(|(scheme, _)| text.starts_with(scheme))
}

/// Scheme and host, and what follows.
fn host(text: &str) -> Result<(String, &str), String> {
    let found = SCHEMES.iter().find_map(|(written, scheme)| Some((*scheme, text.strip_prefix(written)?)));
    let Some((scheme, rest)) = found else { return Err("a URL starts with https://".to_owned()) };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if host.is_empty() || !host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:_".contains(c)) {
        return Err("the host of the URL cannot be read".to_owned());
    }
    Ok((format!("{scheme}{host}"), path))
}

fn components(base: &str, mut rest: &str, span: Span) -> Result<Url, String> {
    let mut url = Url { base: base.to_owned(), path: String::new(), plain: base.to_owned(), markers: Vec::new(), span };
    while !rest.is_empty() {
        if let Some((open, close)) = MARKS.iter().find(|(open, _)| rest.starts_with(open)) {
            let inner = &rest[open.len()..];
            let Some(end) = inner.find(close) else { return Err("a marked parameter is not closed".to_owned()) };
            let name = &inner[..end];
            if !is_marker(name) {
                return Err(format!("`{}` is no parameter name in capitals", super::link::clip(name)));
            }
            url.path.push('{');
            url.path.push_str(&camel_of_marker(name));
            url.path.push('}');
            url.plain.push_str(name);
            url.markers.push(name.to_owned());
            rest = &inner[end + close.len()..];
        } else {
            let end = rest.find(['*', '<', '`']).unwrap_or(rest.len());
            let literal = &rest[..end];
            if literal.is_empty() || !literal.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.~:".contains(c)) {
                let what = if literal.is_empty() { rest } else { literal };
                return Err(format!("`{}` cannot stand in a URL", super::link::clip(what)));
            }
            url.path.push_str(literal);
            url.plain.push_str(literal);
            rest = &rest[end..];
        }
    }
    if url.path.ends_with('/') {
        return Err("the URL ends with a slash".to_owned());
    }
    if url.path.contains("//")
        || url.path.contains("}{")
        || url.path.split('/').any(|part| part.contains('{') && !part.starts_with('{'))
    {
        return Err("a component of the URL is empty, or a parameter is only a part of one".to_owned());
    }
    Ok(url)
}

/// Whether a text is a parameter's name as URLs mark it.
pub(super) fn is_marker(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.split('_').all(is_word)
}
