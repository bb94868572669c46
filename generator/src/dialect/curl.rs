//! Curl examples: the only place where old pages say whether a body is required.

use super::json;
use serde_json::Value;

/// What a curl example shows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Curl {
    pub method: String,
    /// Without query.
    pub url: String,
    /// The names in the query.
    pub query: Vec<String>,
    pub authorized: bool,
    /// Whether it sends a multipart form.
    pub multipart: bool,
    /// The body that `-d` sends.
    pub data: Option<Value>,
    /// The names of the parts that `-F` sends.
    pub parts: Vec<String>,
}

/// Reads an example; the error says what is wrong.
pub(super) fn read(text: &str) -> Result<Curl, String> {
    let mut curl = Curl::default();
    let mut lines = text
        .lines()
        .map(|line| line.trim_end().trim_end_matches('\\').trim())
        .filter(|line| !line.is_empty())
        .peekable();
    let mut first = true;
    while let Some(line) = lines.next() {
        let option = if first {
            line.strip_prefix("curl ").ok_or("the example does not start with `curl`")?.trim()
        } else {
            line
        };
        first = false;
        if let Some(header) = option.strip_prefix("-H ") {
            let header = unquote(header).ok_or("a header is not quoted")?;
            curl.authorized |= header.starts_with("Authorization:");
            curl.multipart |= header.starts_with("Content-Type:") && header.contains("multipart/form-data");
        } else if let Some(method) = option.strip_prefix("-X ") {
            method.trim().clone_into(&mut curl.method);
        } else if let Some(data) = option.strip_prefix("-d ") {
            let data = unquote(data).ok_or("the body is not quoted")?;
            curl.data = Some(json::parse(data).map_err(|error| format!("the body is no JSON: {}", error.message))?);
        } else if let Some(part) = option.strip_prefix("-F ") {
            let part = part.trim_start_matches('\'');
            let (name, _) = part.split_once('=').ok_or("a part of the form has no `=`")?;
            curl.parts.push(name.to_owned());
        } else if lines.peek().is_none() && option.starts_with("http") {
            let (url, query) = option.split_once('?').unwrap_or((option, ""));
            url.clone_into(&mut curl.url);
            let names = query.split('&').filter_map(|pair| pair.split(['=', '[']).next());
            for name in names.filter(|name| !name.is_empty()) {
                if !curl.query.iter().any(|known| known == name) {
                    curl.query.push(name.to_owned());
                }
            }
        } else {
            return Err(format!("`{}` is not known in a curl example", super::link::clip(option)));
        }
    }
    if curl.method.is_empty() {
        return Err("the example has no -X".to_owned());
    }
    if curl.url.is_empty() {
        return Err("the example does not end with the URL".to_owned());
    }
    Ok(curl)
}

fn unquote(text: &str) -> Option<&str> {
    text.trim().strip_prefix('\'')?.strip_suffix('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_examples() {
        let text = "curl -H 'Content-Type: application/json' \\\n    -H 'Authorization: Bearer X' \\\n    -X POST \\\n    -d '{\"a\":1}' \\\n    https://a.b/c?x=1&y%5B0%5D=2&x=3\n";
        let curl = read(text).expect("a fine example");
        assert_eq!(curl.method, "POST");
        assert_eq!(curl.url, "https://a.b/c");
        assert_eq!(curl.query[0], "x");
        assert!(curl.authorized && !curl.multipart);
        assert_eq!(curl.data, Some(serde_json::json!({"a": 1})));
        for broken in [
            "",
            "wget x",
            "curl -X GET \\\n",
            "curl -X GET \\\n -Z \\\n https://a.b",
            "curl -X GET \\\n -d {} \\\n https://a.b",
        ] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
