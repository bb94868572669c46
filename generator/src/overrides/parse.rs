//! From the text of a file to its entries. Every fault is reported at its place, and the entry left out.

use serde_yaml::{Mapping, Value};

use super::locate::{Block, Lines};
use super::{Accept, Overrides, ParamPath, Place, Set, Wish, codes};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Encoding;
use crate::source::{FileId, Span};

/// The types that a parameter can be pinned to.
const TYPES: &[&str] = &["integer", "number", "boolean", "id", "timestamp", "string"];

/// Reads a file; what it says joins the overrides.
pub(super) fn parse(file: FileId, text: &str, overrides: &mut Overrides, diagnostics: &mut Vec<Diagnostic>) {
    let lines = Lines::new(file, text);
    let value = match serde_yaml::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => {
            let place = error.location().map_or((1, 1), |place| (place.line(), place.column()));
            let message = format!("this is no YAML: {}", reason(&error));
            diagnostics.push(Diagnostic::new(codes::MALFORMED, lines.place(place.0, place.1), message));
            return;
        }
    };
    let mut file = File { lines, diagnostics };
    let all = file.lines.all();
    for (key, section, value) in file.sections(&value, &all, &["faults", "taste"]) {
        if key == "taste" {
            overrides.wishes.extend(file.entries(value, &section, wish));
            continue;
        }
        for (key, section, value) in file.sections(value, &section, &["accept", "set"]) {
            if key == "accept" {
                overrides.accepts.extend(file.entries(value, &section, accept));
            } else {
                overrides.sets.extend(file.entries(value, &section, set));
            }
        }
    }
}

/// The message of an error without the place, which is told apart from it.
fn reason(error: &serde_yaml::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

struct File<'a> {
    lines: Lines<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Why an entry is not taken.
type Refusal = (Code, Span, String);

impl File<'_> {
    fn malformed(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(codes::MALFORMED, span, message));
    }

    /// The known keys of a map with their lines.
    fn sections<'v>(&mut self, value: &'v Value, block: &Block, known: &[&str]) -> Vec<(String, Block, &'v Value)> {
        let map = match value {
            Value::Mapping(map) => map,
            Value::Null => return Vec::new(),
            _ => {
                let message = format!("expected a map with the keys {}", known.join(" and "));
                self.malformed(self.lines.first(block), message);
                return Vec::new();
            }
        };
        let mut sections = Vec::new();
        for (key, value) in map {
            if let Some(key) = key.as_str().filter(|key| known.contains(key)) {
                sections.push((key.to_owned(), self.lines.section(block, key), value));
            } else {
                let shown = shown(key);
                let message = format!("unknown key `{shown}`; known are {}", known.join(" and "));
                self.malformed(self.lines.name(block, &shown), message);
            }
        }
        sections
    }

    /// The sound entries of a list.
    fn entries<T>(&mut self, value: &Value, section: &Block, read: fn(&Entry<'_>) -> Result<T, Refusal>) -> Vec<T> {
        let list = match value {
            Value::Sequence(list) => list,
            Value::Null => return Vec::new(),
            _ => {
                self.malformed(self.lines.first(section), "expected a list of entries");
                return Vec::new();
            }
        };
        let mut entries = Vec::new();
        for (value, block) in list.iter().zip(self.lines.items(section, list.len())) {
            let result = match value {
                Value::Mapping(map) => read(&Entry { map, block: &block, lines: &self.lines }),
                _ => Err((codes::MALFORMED, self.lines.first(&block), "an entry is a map of keys".to_owned())),
            };
            match result {
                Ok(entry) => entries.push(entry),
                Err((code, span, message)) => self.diagnostics.push(Diagnostic::new(code, span, message)),
            }
        }
        entries
    }
}

/// One entry of a list.
struct Entry<'a> {
    map: &'a Mapping,
    block: &'a Block,
    lines: &'a Lines<'a>,
}

impl Entry<'_> {
    /// Refuses other keys than these and an entry without a reason.
    fn check(&self, known: &[&str]) -> Result<(), Refusal> {
        for key in self.map.keys() {
            if !key.as_str().is_some_and(|key| key == "why" || known.contains(&key)) {
                let shown = shown(key);
                let message = format!("unknown key `{shown}`; known are {} and why", known.join(", "));
                return Err((codes::MALFORMED, self.lines.name(self.block, &shown), message));
            }
        }
        match self.map.get("why") {
            Some(Value::String(why)) if !why.trim().is_empty() => Ok(()),
            _ => Err(self.malformed("the entry has no `why`")),
        }
    }

    fn malformed(&self, message: impl Into<String>) -> Refusal {
        (codes::MALFORMED, self.lines.first(self.block), message.into())
    }

    fn bad(&self, key: &str, message: impl Into<String>) -> Refusal {
        (codes::MALFORMED, self.lines.value(self.block, key), message.into())
    }

    fn optional(&self, key: &str) -> Result<Option<String>, Refusal> {
        match self.map.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.clone())),
            Some(_) => Err(self.bad(key, format!("`{key}` is a text"))),
        }
    }

    fn text(&self, key: &str) -> Result<String, Refusal> {
        self.optional(key)?.ok_or_else(|| self.malformed(format!("the entry has no `{key}`")))
    }
}

/// A key that is not known, as text.
fn shown(key: &Value) -> String {
    let text = match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => "…".to_owned(),
    };
    text.chars().take(60).map(|char| if char.is_control() { '?' } else { char }).collect()
}

fn accept(entry: &Entry<'_>) -> Result<Accept, Refusal> {
    entry.check(&["code", "schema", "resource"])?;
    let name = entry.text("code")?;
    let known = crate::codes::ALL.iter().copied().flatten().find(|code| code.name == name);
    let code = *known.ok_or_else(|| entry.bad("code", format!("there is no diagnostic `{}`", shown(&name.into()))))?;
    let place = match (entry.optional("schema")?, entry.optional("resource")?) {
        (Some(schema), None) => Place::Schema(schema),
        (None, Some(resource)) => Place::Resource(resource),
        _ => return Err(entry.malformed("the entry names one `schema` or one `resource`")),
    };
    let span = entry.lines.value(entry.block, "code");
    if code.severity != Severity::Warning {
        let article = if code.severity == Severity::Error { "an" } else { "a" };
        let message = format!("`{}` is {article} {}, which cannot be accepted", code.name, code.severity.as_str());
        return Err((codes::REFUSED, span, message));
    }
    Ok(Accept { code, place, span, region: None, matched: 0 })
}

fn set(entry: &Entry<'_>) -> Result<Set, Refusal> {
    entry.check(&["param", "type", "required", "default", "encoding"])?;
    let ty = entry.optional("type")?;
    if let Some(ty) = ty.as_ref().filter(|ty| !TYPES.contains(&ty.as_str())) {
        let message =
            format!("`{}` is no type of a parameter; known are {}", shown(&ty.clone().into()), TYPES.join(", "));
        return Err(entry.bad("type", message));
    }
    let required = match entry.map.get("required") {
        None => None,
        Some(Value::Bool(required)) => Some(*required),
        Some(_) => return Err(entry.bad("required", "`required` is true or false")),
    };
    let default = match entry.map.get("default") {
        None => None,
        Some(Value::Bool(value)) => Some((*value).into()),
        Some(Value::String(text)) => Some(text.clone().into()),
        Some(Value::Number(number)) => {
            let number = serde_json::to_value(number).ok().filter(serde_json::Value::is_number);
            Some(number.ok_or_else(|| entry.bad("default", "`default` is a number without end"))?)
        }
        Some(_) => return Err(entry.bad("default", "`default` is a text, a number or a boolean")),
    };
    let encoding = match entry.optional("encoding")?.as_deref() {
        None => None,
        Some("json") => Some(Encoding::Json),
        Some("brackets") => Some(Encoding::Brackets),
        Some(_) => return Err(entry.bad("encoding", "`encoding` is json or brackets")),
    };
    if ty.is_none() && required.is_none() && default.is_none() && encoding.is_none() {
        return Err(entry.malformed("the entry sets nothing"));
    }
    Ok(Set { params: params(entry)?, ty, required, default, encoding })
}

/// One parameter or a list of them.
fn params(entry: &Entry<'_>) -> Result<Vec<ParamPath>, Refusal> {
    let texts = match entry.map.get("param") {
        Some(Value::Sequence(list)) if !list.is_empty() => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            texts.ok_or_else(|| entry.bad("param", "a parameter is a text"))?
        }
        Some(Value::String(text)) => vec![&text[..]],
        _ => return Err(entry.malformed("the entry names no `param`")),
    };
    let path = |text: &str| match text.split('.').collect::<Vec<_>>()[..] {
        [resource, action, param] if ![resource, action, param].contains(&"") => Ok(ParamPath {
            resource: resource.to_owned(),
            action: action.to_owned(),
            param: param.to_owned(),
            span: entry.lines.value(entry.block, "param"),
        }),
        _ => Err(entry.bad("param", format!("`{}` is no `resource.action.parameter`", shown(&text.into())))),
    };
    texts.into_iter().map(path).collect()
}

fn wish(entry: &Entry<'_>) -> Result<Wish, Refusal> {
    entry.check(&["type", "variant", "name"])?;
    let variant = match entry.map.get("variant") {
        // The empty text is a value of some enums.
        Some(Value::String(text)) => Some(text.clone()),
        None => None,
        Some(_) => return Err(entry.bad("variant", "`variant` is a text; numbers and the like want quotes")),
    };
    Ok(Wish {
        path: entry.text("type")?,
        variant,
        name: entry.text("name")?,
        span: entry.lines.value(entry.block, "type"),
        name_span: entry.lines.value(entry.block, "name"),
    })
}
