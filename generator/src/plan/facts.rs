//! Facts that a Rust type does not carry, as sentences of its documentation.

use serde_json::Value;

use super::doc;
use crate::schema::graph::Limits;

/// The facts of a field, one sentence each.
pub(super) fn limits(limits: &Limits) -> Vec<String> {
    let mut facts = Vec::new();
    let number = |number: &serde_json::Number| number.to_string();
    let (least, most) = (limits.length.0.map(|least| least.to_string()), limits.length.1.map(|most| most.to_string()));
    facts.extend(bounds("Length", least, most));
    facts.extend(bounds("Value", limits.range.0.as_ref().map(number), limits.range.1.as_ref().map(number)));
    if let Some(pattern) = &limits.pattern {
        facts.push(format!("Pattern: {}.", doc::code(pattern)));
    }
    if let Some(format) = &limits.format {
        facts.push(format!("Format: {}.", doc::code(format)));
    }
    if let Some(values) = &limits.values {
        facts.push(accepted(values));
    }
    if let Some(default) = &limits.default {
        facts.push(format!("Default: {}.", doc::code(&text(default))));
    }
    facts
}

/// The accepted values.
pub(super) fn accepted(values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(|value| doc::code(&text(value))).collect();
    format!("One of {}.", values.join(", "))
}

/// A value as it is written in prose.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn bounds(what: &str, least: Option<String>, most: Option<String>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("{what}: {least}.")),
        (Some(least), Some(most)) => Some(format!("{what}: {least} to {most}.")),
        (Some(least), None) => Some(format!("{what}: at least {least}.")),
        (None, Some(most)) => Some(format!("{what}: at most {most}.")),
        (None, None) => None,
    }
}

/// A description with facts behind it, as documentation.
pub(super) fn described(description: Option<&str>, fallback: &str, facts: &[String]) -> Vec<String> {
    let mut lines = description.map(doc::lines).unwrap_or_default();
    if lines.is_empty() {
        lines.push(fallback.to_owned());
    }
    if !facts.is_empty() {
        lines.push(String::new());
        lines.push(facts.join(" "));
    }
    lines
}
