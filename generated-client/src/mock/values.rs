//! Single values: types, sizes, patterns and formats, as JSON Schema has them. Knows no other schema.

use super::document::{list, members};
use crate::types::Timestamp;
use serde_json::Value;
use std::cmp::Ordering;

/// Why a value is of none of the types, if so.
pub(super) fn of_type(types: &Value, value: &Value, texts: bool) -> Option<String> {
    let names: Vec<&str> = types.as_str().into_iter().chain(list(types).iter().filter_map(Value::as_str)).collect();
    (!names.iter().any(|name| is_of(name, value, texts))).then(|| format!("is not of type {}", names.join(" or ")))
}

fn is_of(name: &str, value: &Value, texts: bool) -> bool {
    match (name, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        ("integer", Value::String(text)) => texts && text.parse::<i64>().is_ok(),
        ("number", Value::String(text)) => texts && number(text).is_some(),
        ("boolean", Value::String(text)) => texts && ["true", "false"].contains(&&text[..]),
        ("null", Value::String(text)) => texts && text.is_empty(),
        _ => false,
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// What a keyword finds wrong with a value by itself, if it speaks of values at all.
pub(super) fn fault(keyword: &str, rule: &Value, value: &Value, texts: bool) -> Option<String> {
    match (keyword, value) {
        ("enum", _) if !list(rule).iter().any(|known| is_same(known, value, texts)) => {
            let known: Vec<String> = list(rule).iter().map(ToString::to_string).collect();
            Some(format!("is none of {}", known.join(", ")))
        }
        ("const", _) if !is_same(rule, value, texts) => Some(format!("is not {rule}")),
        ("pattern", Value::String(text)) if !matches(rule.as_str()?, text) => {
            Some(format!("does not match the pattern {}", rule.as_str()?))
        }
        ("format", Value::String(text))
            if rule == "date-time" && Timestamp::from(text.as_str()).to_system_time().is_none() =>
        {
            Some("is no date-time".to_owned())
        }
        ("uniqueItems", Value::Array(items)) if rule == &Value::Bool(true) => {
            let is_twice = |(at, item): (usize, &Value)| items[..at].iter().any(|other| is_same(other, item, false));
            items.iter().enumerate().any(is_twice).then(|| "has an item twice".to_owned())
        }
        ("required", Value::Object(fields)) => {
            let missing: Vec<String> = list(rule)
                .iter()
                .filter_map(Value::as_str)
                .filter(|name| !fields.contains_key(*name))
                .map(quoted)
                .collect();
            let fields = if missing.len() == 1 { "field" } else { "fields" };
            (!missing.is_empty()).then(|| format!("lacks the {fields} {}", missing.join(", ")))
        }
        ("dependentRequired", Value::Object(fields)) => {
            members(rule).filter(|(name, _)| fields.contains_key(*name)).find_map(|(name, needed)| {
                let missing = list(needed).iter().filter_map(Value::as_str).find(|name| !fields.contains_key(*name))?;
                Some(format!("lacks the field `{missing}`, which `{name}` needs"))
            })
        }
        _ => size(keyword, rule.as_f64()?, value, texts).map(|what| format!("{what} {rule}")),
    }
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

/// Lengths, counts and ranges: what is wrong, up to the limit itself.
fn size(keyword: &str, limit: f64, value: &Value, texts: bool) -> Option<String> {
    let count = |count: usize| u32::try_from(count).ok().map(f64::from);
    let (size, words) = match (keyword, value) {
        ("minLength", Value::String(text)) => (count(text.chars().count())?, "is shorter than the"),
        ("maxLength", Value::String(text)) => (count(text.chars().count())?, "is longer than the"),
        ("minItems", Value::Array(items)) => (count(items.len())?, "has fewer items than the"),
        ("maxItems", Value::Array(items)) => (count(items.len())?, "has more items than the"),
        ("minProperties", Value::Object(fields)) => (count(fields.len())?, "has fewer fields than the"),
        ("maxProperties", Value::Object(fields)) => (count(fields.len())?, "has more fields than the"),
        ("minimum", _) => (amount(value, texts)?, "is below the"),
        ("maximum", _) => (amount(value, texts)?, "is above the"),
        ("exclusiveMinimum", _) => (amount(value, texts)?, "is not above the"),
        ("exclusiveMaximum", _) => (amount(value, texts)?, "is not below the"),
        ("multipleOf", _) => {
            let times = amount(value, texts)? / limit;
            let is_whole = (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0);
            return (!is_whole).then(|| "is no multiple of".to_owned());
        }
        _ => return None,
    };
    let order = size.partial_cmp(&limit)?;
    let is_fine = match keyword {
        "exclusiveMinimum" => order == Ordering::Greater,
        "exclusiveMaximum" => order == Ordering::Less,
        _ if keyword.starts_with("min") => order != Ordering::Less,
        _ => order != Ordering::Greater,
    };
    (!is_fine).then(|| format!("{words} {keyword}"))
}

fn amount(value: &Value, texts: bool) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str().filter(|_| texts).and_then(number))
}

/// Whether two values are the same in JSON, where 1 is 1.0.
fn is_same(known: &Value, value: &Value, texts: bool) -> bool {
    match (known, value) {
        (Value::Number(one), Value::Number(two)) => one == two || one.as_f64() == two.as_f64(),
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two, texts))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(name, one)| two.get(name).is_some_and(|two| is_same(one, two, texts)))
        }
        (Value::Number(known), Value::String(text)) if texts => known.as_f64() == number(text),
        (Value::Bool(known), Value::String(text)) if texts => *text == if *known { "true" } else { "false" },
        _ => known == value,
    }
}

/// Whether a text has a part that matches a pattern; one that is no regular expression rules nothing out.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    // As the standard has it, and for patterns that are older than it.
    let regex = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    regex.map_or(true, |regex| regex.find(text).is_some())
}
