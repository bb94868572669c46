//! A request against what is documented of its action.

use super::document::{Document, Operation, list, members};
use super::form;
use super::request::Request;
use super::schema;
use serde_json::Value;
use std::collections::BTreeMap;

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data";

/// What is wrong with a request, each in one sentence.
pub(super) fn problems(document: &Document, operation: &Operation<'_>, request: &Request) -> Vec<String> {
    let mut check = Check { document, problems: Vec::new() };
    let parameters: Vec<&Value> = operation.parameters(document).collect();
    let of = |place: &'static str| parameters.iter().copied().filter(move |parameter| parameter["in"] == place);
    if operation.needs_token() && !has_token(request) {
        check.problem("header `Authorization` has no bearer token");
    }
    for parameter in of("path") {
        let name = parameter["name"].as_str().unwrap_or_default();
        if let Some(text) = request.path_param(name) {
            check.text(&parameter["schema"], text, &format!("path parameter `{name}`"));
        }
    }
    for parameter in of("header") {
        let name = parameter["name"].as_str().unwrap_or_default();
        check.one(parameter, request.header(name), &format!("header `{name}`"));
    }
    check.query(of("query"), request.query_pairs());
    check.body(&operation.facts["requestBody"], request);
    check.problems
}

/// Whether there is a token: what it allows, nobody here knows.
pub(super) fn has_token(request: &Request) -> bool {
    request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "))
        .is_some_and(|token| !token.is_empty())
}

struct Check<'a> {
    document: &'a Document,
    problems: Vec<String>,
}

impl<'a> Check<'a> {
    fn problem(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    fn value(&mut self, schema: &Value, value: &Value, texts: bool, place: &str) {
        self.problems.extend(schema::faults(self.document, schema, value, texts, place));
    }

    /// A value that travels as a text.
    fn text(&mut self, schema: &Value, text: &str, place: &str) {
        self.value(schema, &Value::from(text), true, place);
    }

    fn json(&mut self, schema: &Value, text: &[u8], place: &str) {
        match serde_json::from_slice(text) {
            Ok(value) => self.value(schema, &value, false, place),
            Err(fault) => self.problem(format!("{place} is not JSON: {fault}")),
        }
    }

    /// A parameter that is one text, if it is there.
    fn one(&mut self, parameter: &Value, text: Option<&str>, place: &str) {
        match (text, parameter["content"].get(JSON)) {
            (None, _) if parameter["required"] == true => self.problem(format!("{place} is missing")),
            (None, _) => {}
            (Some(text), Some(content)) => self.json(&content["schema"], text.as_bytes(), place),
            (Some(text), None) => self.text(&parameter["schema"], text, place),
        }
    }

    fn query(&mut self, parameters: impl Iterator<Item = &'a Value>, pairs: &[(String, String)]) {
        let mut found: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, value) in pairs {
            found.entry(name.split('[').next().unwrap_or(name)).or_default().push((name, value));
        }
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap_or_default();
            let place = format!("query parameter `{name}`");
            let is_nested = parameter["style"] == "deepObject";
            match found.remove(name).as_deref() {
                Some(pairs) if is_nested => match form::brackets(name, pairs) {
                    Some(value) => self.value(&parameter["schema"], &value, true, &place),
                    None => self.problem(format!("{place} is not written in brackets")),
                },
                Some([(whole, text)]) if *whole == name => self.one(parameter, Some(text), &place),
                Some(_) => self.problem(format!("{place} is not one plain value")),
                None => self.one(parameter, None, &place),
            }
        }
        for name in found.into_keys() {
            self.problem(format!("query parameter `{name}` is not documented"));
        }
    }

    fn body(&mut self, documented: &'a Value, request: &Request) {
        let documented = self.document.resolved(documented);
        let stated = request.header("content-type").unwrap_or_default();
        let kind = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_required = documented["required"] == true;
        // The official clients send an empty object where there is nothing to say.
        let is_empty = matches!(request.body().trim_ascii(), b"" | b"{}");
        let content = members(&documented["content"]).find(|(known, _)| **known == kind);
        match content.map(|(known, content)| (&known[..], content)) {
            _ if request.body().is_empty() && is_required => self.problem("the body is missing"),
            _ if is_empty && !is_required => {}
            None if documented.is_null() => self.problem("no body is documented"),
            None => {
                let known: Vec<&str> = members(&documented["content"]).map(|(known, _)| &known[..]).collect();
                self.problem(format!("the body is not sent as {}", known.join(" or ")));
            }
            Some((JSON, content)) => self.json(&content["schema"], request.body(), "body"),
            Some((FORM, content)) => self.form(content, stated, request.body()),
            Some(_) => {}
        }
    }

    fn form(&mut self, content: &'a Value, content_type: &str, body: &[u8]) {
        let Some(mut parts) = form::parts(content_type, body) else {
            return self.problem("the body is not a multipart form");
        };
        let schema = self.document.resolved(&content["schema"]);
        for (name, rule) in members(&schema["properties"]) {
            let place = format!("part `{name}`");
            let Some(at) = parts.iter().position(|part| part.name == *name) else {
                if list(&schema["required"]).iter().any(|required| required == name) {
                    self.problem(format!("{place} is missing"));
                }
                continue;
            };
            let part = parts.remove(at);
            match (content["encoding"][name]["contentType"].as_str(), std::str::from_utf8(part.content)) {
                (Some(JSON), _) => self.json(rule, part.content, &place),
                (None | Some("text/plain"), Ok(text)) => self.text(rule, text, &place),
                (None | Some("text/plain"), Err(_)) => self.problem(format!("{place} is not text")),
                // A file.
                (Some(_), _) => {}
            }
        }
        for part in parts {
            self.problem(format!("part `{}` is not documented, or there twice", part.name));
        }
    }
}
