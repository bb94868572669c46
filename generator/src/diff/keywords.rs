//! The keywords of one place of a schema on both sides.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::node::{Path, Walk};
use super::schema_part::{At, is_stray};
use super::{Rule, rules};

type Values = (Option<String>, Option<String>);

/// Keywords that other functions compare, or that say nothing of what is accepted.
pub(super) const ELSEWHERE: &[&str] = &[
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "definitions",
    "deprecated",
    "description",
    "enum",
    "example",
    "examples",
    "id",
    "items",
    "messages",
    "nullable",
    "oneOf",
    "patternProperties",
    "properties",
    "required",
    "title",
    "type",
    "$comment",
    "$defs",
];

/// Other keywords that hold schemas.
pub(super) const HOLDING: &[&str] = &[
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "propertyNames",
    "then",
];

/// Bounds: what they accept grows with their value, or shrinks.
const UPPER: &[&str] = &["maxItems", "maxLength", "maxProperties", "maximum", "exclusiveMaximum", "max"];
const LOWER: &[&str] = &["minItems", "minLength", "minProperties", "minimum", "exclusiveMinimum", "min"];

fn text(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_string)
}

/// Everything that one place says.
pub(super) fn compare<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) {
    words(walk, path, old, new, false);
    if !old.is_object() || !new.is_object() {
        if old.value != new.value {
            walk.add(rules::KEYWORD_CHANGED, path, "", (old, new), (text(Some(old.value)), text(Some(new.value))));
        }
        return;
    }
    if !types(walk, path, old, new) {
        return;
    }
    let (before, after) = (accepted(old), accepted(new));
    let rules = [rules::BECAME_ENUM, rules::ENUM_DROPPED, rules::VALUE_ADDED, rules::VALUE_REMOVED];
    let fact = if new.value.get("const").or(old.value.get("const")).is_some() { "const" } else { "enum" };
    let mut add = |rule, old_value, new_value| walk.add(rule, path, fact, (old, new), (old_value, new_value));
    values(&mut add, before.as_deref(), after.as_deref(), rules);
    walk.fields(path, old, new);
    others(walk, path, old, new);
    beyond(walk, path, old, new);
    items(walk, path, old, new);
    parts(walk, path, old, new);
}

/// What is said of a place; of a reference only where it has words of its own.
pub(super) fn words<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>, of_reference: bool) {
    for fact in ["title", "description", "$comment"] {
        let plain = |at: &At<'_>| {
            let text = at.value.get(fact).and_then(Value::as_str);
            text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let (before, after) = (plain(old), plain(new));
        let is_own = !of_reference || (before.is_some() && after.is_some());
        if before != after && is_own {
            walk.add(rules::TEXT_CHANGED, path, fact, (old, new), (before, after));
        }
    }
    for fact in ["example", "examples"] {
        let (before, after) = (old.value.get(fact), new.value.get(fact));
        if before != after && !of_reference {
            walk.add(rules::EXAMPLE_CHANGED, path, fact, (old, new), (text(before), text(after)));
        }
    }
    let mark = |at: &At<'_>| at.value.get("deprecated").and_then(Value::as_bool) == Some(true);
    if mark(old) != mark(new) {
        let rule = if mark(new) { rules::PROPERTY_DEPRECATED } else { rules::PROPERTY_UNDEPRECATED };
        walk.add(rule, path, "deprecated", (old, new), (Some(mark(old).to_string()), Some(mark(new).to_string())));
    }
}

/// Compares the types; false where they have nothing in common, so that nothing below can be compared.
fn types<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) -> bool {
    let (before, after) = (old.types(), new.types());
    let list =
        |types: &BTreeSet<&str>| (!types.is_empty()).then(|| types.iter().copied().collect::<Vec<_>>().join(" or "));
    // Every integer is a number.
    let wide = |types: &BTreeSet<&'s str>| {
        let mut types = types.clone();
        if types.contains("number") {
            types.insert("integer");
        }
        types
    };
    let (wide_before, wide_after) = (wide(&before), wide(&after));
    if wide_before == wide_after {
        return true;
    }
    let rule = if before.is_empty() || after.is_empty() {
        rules::TYPE_LEARNED
    } else if wide_before.is_subset(&wide_after) {
        rules::TYPE_WIDENED
    } else if wide_after.is_subset(&wide_before) {
        rules::TYPE_NARROWED
    } else {
        rules::TYPE_CHANGED
    };
    walk.add(rule, path, "type", (old, new), (list(&before), list(&after)));
    before.is_empty() || after.is_empty() || !wide_before.is_disjoint(&wide_after)
}

/// The accepted values without null, which is told apart.
fn accepted(at: &At<'_>) -> Option<Vec<Value>> {
    let listed = at.value.get("enum").and_then(Value::as_array).cloned();
    let listed = listed.or_else(|| at.value.get("const").map(|value| vec![value.clone()]));
    listed.map(|values| values.into_iter().filter(|value| !value.is_null()).collect())
}

/// Lists of accepted values, whatever their order.
pub(super) fn values(
    add: &mut dyn FnMut(&'static Rule, Option<String>, Option<String>),
    old: Option<&[Value]>,
    new: Option<&[Value]>,
    [became, dropped, added, removed]: [&'static Rule; 4],
) {
    let list = |values: &[Value]| Some(values.iter().map(Value::to_string).collect::<Vec<_>>().join(", "));
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => add(became, None, list(new)),
        (Some(old), None) => add(dropped, list(old), None),
        (Some(old), Some(new)) => {
            old.iter().filter(|value| !new.contains(value)).for_each(|value| add(removed, text(Some(value)), None));
            new.iter().filter(|value| !old.contains(value)).for_each(|value| add(added, None, text(Some(value))));
        }
    }
}

/// Bounds, patterns, formats, defaults, and whatever else a schema says.
fn others<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) {
    let (Some(before), Some(after)) = (old.value.as_object(), new.value.as_object()) else { return };
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (left, right) = (before.get(key), after.get(key));
        let is_field = left.or(right).is_some_and(|value| is_stray(key, value));
        if left == right || is_field || (ELSEWHERE.contains(&key.as_str()) && key != "default") {
            continue;
        }
        let (rule, fact) = match key.as_str() {
            "default" => (rules::DEFAULT_CHANGED, "default"),
            "format" => (rules::FORMAT_CHANGED, "format"),
            "pattern" if left.is_some() && right.is_some() => (rules::FORMAT_CHANGED, "pattern"),
            "pattern" if right.is_some() => (rules::PATTERN_ADDED, "pattern"),
            "pattern" => (rules::PATTERN_REMOVED, "pattern"),
            "multipleOf" if left.is_none() || right.is_none() => (tightened(right.is_some()), "multipleOf"),
            "uniqueItems" => (tightened(right == Some(&Value::Bool(true))), "uniqueItems"),
            key => bound(key, left, right),
        };
        let name = |value: Option<&Value>| {
            let shown = text(value);
            if fact.is_empty() {
                Some(format!("{key}: {}", shown.unwrap_or_else(|| "nothing".to_owned())))
            } else {
                shown
            }
        };
        walk.add(rule, path, fact, (old, new), (name(left), name(right)));
    }
}

fn tightened(is_tighter: bool) -> &'static Rule {
    if is_tighter { rules::CONSTRAINT_TIGHTENED } else { rules::CONSTRAINT_LOOSENED }
}

/// A bound that moved, came or went; every other keyword is just another one.
fn bound(key: &str, old: Option<&Value>, new: Option<&Value>) -> (&'static Rule, &'static str) {
    let upper = UPPER.iter().find(|known| **known == key);
    let Some(fact) = upper.or_else(|| LOWER.iter().find(|known| **known == key)).copied() else {
        return (rules::KEYWORD_CHANGED, "");
    };
    let number = |value: Option<&Value>| {
        let value = value?;
        value.as_f64().or_else(|| value.as_str()?.parse().ok())
    };
    let rule = match (number(old), number(new)) {
        (None, Some(_)) if old.is_none() => rules::CONSTRAINT_TIGHTENED,
        (Some(_), None) if new.is_none() => rules::CONSTRAINT_LOOSENED,
        (Some(old), Some(new)) => tightened(if upper.is_some() { new < old } else { new > old }),
        _ => rules::KEYWORD_CHANGED,
    };
    (rule, fact)
}

/// What other fields an object may have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beyond {
    None,
    Some,
    Any,
}

fn beyond<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) {
    let of = |at: &At<'_>| match at.value.get("additionalProperties") {
        None | Some(Value::Bool(true)) => Beyond::Any,
        Some(Value::Object(map)) if map.is_empty() => Beyond::Any,
        Some(Value::Object(_)) => Beyond::Some,
        Some(_) => Beyond::None,
    };
    let (before, after) = (of(old), of(new));
    // An object that just says what it is, here or there, has nothing to close.
    if before != after {
        let rule = if after < before { rules::FIELDS_CLOSED } else { rules::FIELDS_OPENED };
        let show = |at: &At<'_>| text(at.value.get("additionalProperties"));
        walk.add(rule, path, "additionalProperties", (old, new), (show(old), show(new)));
    } else if let (Beyond::Some, Some(old), Some(new)) =
        (before, old.get(&["additionalProperties"]), new.get(&["additionalProperties"]))
    {
        walk.node(&path.step("{}", None), &old, &new);
    }
    let (before, after) = (old.members("patternProperties"), new.members("patternProperties"));
    if let ([(left, old_part)], [(right, new_part)]) = (&before[..], &after[..]) {
        if left != right {
            let values: Values = (Some((*left).to_owned()), Some((*right).to_owned()));
            walk.add(rules::FORMAT_CHANGED, path, "patternProperties", (old, new), values);
        }
        walk.node(&path.step("{}", None), old_part, new_part);
        return;
    }
    for (pattern, left) in &before {
        match after.iter().find(|(other, _)| other == pattern) {
            Some((_, right)) => walk.node(&path.step(&format!("{{{pattern}}}"), None), left, right),
            None => walk.add(
                rules::FIELDS_CLOSED,
                path,
                "patternProperties",
                (left, new),
                (Some((*pattern).to_owned()), None),
            ),
        }
    }
    for (pattern, right) in after.iter().filter(|(pattern, _)| before.iter().all(|(other, _)| other != pattern)) {
        walk.add(rules::FIELDS_OPENED, path, "patternProperties", (old, right), (None, Some((*pattern).to_owned())));
    }
}

/// The elements of a list.
fn items<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) {
    let (before, after) = (old.get(&["items"]), new.get(&["items"]));
    match (before, after) {
        (Some(left), Some(right)) if left.is_object() && right.is_object() => {
            walk.node(&path.step("[]", Some("[]")), &left, &right);
        }
        (Some(left), Some(right)) if left.value.is_array() && right.value.is_array() => {
            let (left, right) = (old.elements("items"), new.elements("items"));
            if left.len() != right.len() {
                let count = |list: &[At<'_>]| Some(format!("{} elements", list.len()));
                walk.add(rules::TYPE_CHANGED, path, "items", (old, new), (count(&left), count(&right)));
            }
            for (index, (left, right)) in left.into_iter().zip(right).enumerate() {
                walk.node(&path.step(&format!("[{index}]"), None), &left, &right);
            }
        }
        (None, None) => {}
        (left, right) => {
            let show = |at: Option<At<'_>>| at.map(|at| at.value.to_string());
            let rule = if left.is_none() || right.is_none() { rules::TYPE_LEARNED } else { rules::TYPE_CHANGED };
            walk.add(rule, path, "items", (old, new), (show(left), show(right)));
        }
    }
}

/// Schemas that all hold at once, and those that only references within this schema use.
fn parts<'s>(walk: &mut Walk<'s, '_>, path: &Path, old: &At<'s>, new: &At<'s>) {
    let (left, right) = (old.elements("allOf"), new.elements("allOf"));
    if left.len() == right.len() {
        left.into_iter().zip(right).for_each(|(left, right)| walk.node(&path.step("", None), &left, &right));
    } else {
        let show = |at: &At<'_>| text(at.value.get("allOf"));
        walk.add(rules::KEYWORD_CHANGED, path, "allOf", (old, new), (show(old), show(new)));
    }
    for key in ["definitions", "$defs"] {
        let empty = Map::new();
        let names = |at: &At<'s>| {
            at.value.get(key).and_then(Value::as_object).unwrap_or(&empty).keys().cloned().collect::<BTreeSet<_>>()
        };
        for name in names(old).union(&names(new)) {
            let (left, right) = (old.get(&[key, name]), new.get(&[key, name]));
            if let (Some(left), Some(right)) = (left, right) {
                walk.node(&path.step(&format!("#{name}"), None), &left, &right);
            } else {
                let show = |at: &At<'_>| at.get(&[key, name]).map(|part| part.value.to_string());
                walk.add(rules::KEYWORD_CHANGED, path, "definitions", (old, new), (show(old), show(new)));
            }
        }
    }
}
