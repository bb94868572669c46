//! Curl examples: the only place where old pages say whether a body is required.

use super::json;
use super::link::clip;
use serde_json::Value;

/// What a curl example shows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Curl {
    pub method: String,
    /// Without query.
    pub url: String,
    /// Names and values in the query, as they are written.
    pub query: Vec<(String, String)>,
    /// What stands for the token.
    pub token: Option<String>,
    /// Whether it sends a multipart form.
    pub multipart: bool,
    /// The body that `-d` sends.
    pub data: Option<Value>,
    /// The names of the parts that `-F` sends.
    pub parts: Vec<String>,
}

/// The options in the order in which every example has them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    ContentType,
    Accept,
    Authorization,
    Method,
    Data,
    Part,
    Url,
}

const CONTENT_TYPE: &str = "Content-Type: ";
const AUTHORIZATION: &str = "Authorization: Bearer ";

/// Reads an example; the error says what is wrong.
pub(super) fn read(text: &str) -> Result<Curl, String> {
    let mut curl = Curl::default();
    let mut last = None;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for (at, line) in lines.iter().enumerate() {
        let line = if at + 1 == lines.len() {
            line
        } else {
            line.strip_suffix(" \\").ok_or_else(|| format!("`{}` does not end with a backslash", clip(line)))?
        };
        let option =
            if at == 0 { line.strip_prefix("curl ").ok_or("the example does not start with `curl`")? } else { line };
        let step = curl.option(option.trim())?;
        if last.is_some_and(|last| last > step || (last == step && step != Step::Part)) {
            return Err(format!("`{}` stands too late, or twice", clip(option)));
        }
        last = Some(step);
    }
    if curl.method.is_empty() {
        return Err("the example has no -X".to_owned());
    }
    if curl.url.is_empty() {
        return Err("the example does not end with the URL".to_owned());
    }
    let starts = lines.iter().take(2).map(|line| line.trim_start_matches("curl "));
    if !starts.eq([if curl.multipart { FORM_HEADER } else { JSON_HEADER }, ACCEPT_HEADER]) {
        return Err("the example does not start with the two headers of all examples".to_owned());
    }
    Ok(curl)
}

const JSON_HEADER: &str = "-H 'Content-Type: application/json' \\";
const FORM_HEADER: &str = "-H 'Content-Type: multipart/form-data' \\";
const ACCEPT_HEADER: &str = "-H 'Accept: application/json' \\";

impl Curl {
    fn option(&mut self, option: &str) -> Result<Step, String> {
        let unknown = || format!("`{}` is not known in a curl example", clip(option));
        if let Some(header) = option.strip_prefix("-H ") {
            let header = unquote(header).ok_or("a header is not quoted")?;
            if header.starts_with(CONTENT_TYPE) {
                self.multipart = header.ends_with("multipart/form-data");
                return Ok(Step::ContentType);
            }
            if let Some(token) = header.strip_prefix(AUTHORIZATION) {
                self.token = Some(token.to_owned());
                return Ok(Step::Authorization);
            }
            return if header.starts_with("Accept: ") { Ok(Step::Accept) } else { Err(unknown()) };
        }
        if let Some(method) = option.strip_prefix("-X ") {
            method.trim().clone_into(&mut self.method);
            return Ok(Step::Method);
        }
        if let Some(data) = option.strip_prefix("-d ") {
            let data = unquote(data).ok_or("the body is not quoted")?;
            self.data = Some(json::parse(data).map_err(|error| format!("the body is no JSON: {}", error.message))?);
            return Ok(Step::Data);
        }
        if let Some(part) = option.strip_prefix("-F ") {
            // The template forgets the first quote.
            let name =
                part.strip_suffix("=@localfilename'").ok_or("a part of the form is no `name=@localfilename'`")?;
            self.parts.push(name.to_owned());
            return Ok(Step::Part);
        }
        if !option.starts_with("http") {
            return Err(unknown());
        }
        let (url, query) = option.split_once('?').map_or((option, None), |(url, query)| (url, Some(query)));
        url.clone_into(&mut self.url);
        for pair in query.into_iter().flat_map(|query| query.split('&')) {
            let (name, value) = pair.split_once('=').ok_or_else(|| format!("`{}` is no `name=value`", clip(pair)))?;
            self.query.push((name.to_owned(), value.to_owned()));
        }
        Ok(Step::Url)
    }
}

fn unquote(text: &str) -> Option<&str> {
    text.trim().strip_prefix('\'')?.strip_suffix('\'')
}

/// A value as it stands in the query of a URL.
pub(super) fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "curl -H 'Content-Type: application/json' \\\n    -H 'Accept: application/json' \\\n";

    #[test]
    fn reads_examples() {
        let rest = "    -H 'Authorization: Bearer X' \\\n    -X POST \\\n    -d '{\"a\":1}' \\\n    https://a.b/c?x=1&y%5B0%5D=2\n";
        let curl = read(&format!("{START}{rest}")).expect("a fine example");
        assert_eq!((&curl.method[..], &curl.url[..]), ("POST", "https://a.b/c"));
        assert_eq!(curl.query[0], ("x".to_owned(), "1".to_owned()));
        assert!(curl.token.as_deref() == Some("X") && !curl.multipart);
        assert_eq!(curl.data, Some(serde_json::json!({"a": 1})));
        for broken in [
            "",
            "-X GET \\\n",
            "-X GET \\\n -Z \\\n https://a.b",
            "-X GET \\\n -d {} \\\n https://a.b",
            "-X GET\n https://a.b",
            "-X GET \\\n https://a.b \\\n https://a.b",
            "-X GET \\\n -H 'Authorization: Bearer X' \\\n https://a.b",
        ] {
            assert!(read(&format!("{START}{broken}")).is_err(), "{broken}");
        }
        assert!(read("curl -X GET \\\n https://a.b").is_err());
        assert_eq!(encode("my/to pic@a.b"), "my%2Fto%20pic%40a.b");
    }
}
