//! Examples: the documented one of a schema, or the least that the schema admits where none is documented.

use super::document::{Document, list, members};
use super::schema;
use serde_json::{Map, Value, json};

/// Levels that are made up; what lies below is null.
const DEPTH: usize = 24;

/// Texts of the usual forms, for patterns.
const TEXTS: [&str; 6] = ["000000000000000000000000", "a", "0", "1.0.0", "Aa1!Aa1!Aa1!", "{{a}}"];

/// The example of what a media type or a parameter holds.
pub(super) fn of_content(document: &Document, content: &Value) -> Value {
    let named = members(&content["examples"]).find_map(|(_, example)| example.get("value"));
    let stated = content.get("example").or(named);
    stated.cloned().unwrap_or_else(|| of(document, &content["schema"]))
}

/// An example of a schema.
pub(super) fn of(document: &Document, schema: &Value) -> Value {
    instance(document, schema, DEPTH).unwrap_or_default()
}

/// A value of a schema; none where none is found.
fn instance(document: &Document, schema: &Value, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let examples = list(&schema["examples"]).first();
    let stated = examples.or(schema.get("default")).or(schema.get("const")).or(list(&schema["enum"]).first());
    if let Some(stated) = stated {
        return Some(stated.clone());
    }
    let target = schema["$ref"].as_str().and_then(|reference| document.at(reference));
    let branches = list(&schema["oneOf"]).iter().chain(list(&schema["anyOf"])).chain(target);
    let made =
        branches.filter_map(|branch| Some(joined(instance(document, branch, depth)?, own(document, schema, depth))));
    // The first of the alternatives that fits all that is said beside it, or else the first one.
    let mut first = None;
    for whole in made {
        if schema::faults(document, schema, &whole, false, "").is_empty() {
            return Some(whole);
        }
        first.get_or_insert(whole);
    }
    if first.is_some() {
        return first;
    }
    let parts = list(&schema["allOf"]).iter().filter_map(|part| instance(document, part, depth));
    Some(parts.fold(own(document, schema, depth).unwrap_or_default(), |whole, part| joined(whole, Some(part))))
}

/// Two values that are to be one: the fields of both, or the one that is there.
fn joined(one: Value, two: Option<Value>) -> Value {
    match (one, two) {
        (Value::Object(mut one), Some(Value::Object(two))) => {
            one.extend(two);
            Value::Object(one)
        }
        (Value::Null, Some(two)) => two,
        (one, _) => one,
    }
}

/// What the keywords of the schema itself ask for.
fn own(document: &Document, schema: &Value, depth: usize) -> Option<Value> {
    let names = schema["type"].as_str().into_iter().chain(list(&schema["type"]).iter().filter_map(Value::as_str));
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
    let kind = names.min_by_key(|name| *name == "null").or_else(|| match () {
        () if has(&["properties", "required", "patternProperties"]) => Some("object"),
        () if has(&["items", "prefixItems"]) => Some("array"),
        () => None,
    })?;
    let least = |key: &str| schema[key].as_u64().and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
    Some(match kind {
        "object" => object(document, schema, least("minProperties"), depth),
        "array" => {
            let first = list(&schema["prefixItems"]);
            let rules = first.iter().chain(std::iter::repeat(&schema["items"]));
            rules
                .take(least("minItems").min(DEPTH))
                .map(|rule| instance(document, rule, depth).unwrap_or_default())
                .collect()
        }
        "string" => text(document, schema, least("minLength")),
        "integer" | "number" => {
            let fits = |number: &Value| schema::faults(document, schema, number, false, "").is_empty();
            let limits = ["minimum", "maximum", "multipleOf"].iter().filter_map(|key| schema.get(*key)).cloned();
            let beyond = schema["exclusiveMinimum"].as_f64().map(|limit| json!(limit + 1.0));
            let below = schema["exclusiveMaximum"].as_f64().map(|limit| json!(limit - 1.0));
            [json!(0), json!(1)].into_iter().chain(limits).chain(beyond).chain(below).find(fits).unwrap_or(json!(0))
        }
        "boolean" => json!(false),
        _ => Value::Null,
    })
}

fn object(document: &Document, schema: &Value, least: usize, depth: usize) -> Value {
    let properties = &schema["properties"];
    let made = |rule: &Value| instance(document, rule, depth).unwrap_or_default();
    let required = list(&schema["required"]).iter().filter_map(Value::as_str);
    let rule = |name: &str| properties.get(name).unwrap_or(&schema["additionalProperties"]);
    let mut fields: Map<String, Value> = required.map(|name| (name.to_owned(), made(rule(name)))).collect();
    for (name, rule) in members(properties) {
        if fields.len() >= least {
            break;
        }
        fields.entry(name).or_insert_with(|| made(rule));
    }
    Value::Object(fields)
}

fn text(document: &Document, schema: &Value, least: usize) -> Value {
    let plain = match schema["format"].as_str() {
        Some("date-time") => "2026-01-01T00:00:00.000Z".to_owned(),
        Some("uri") => "https://example.com".to_owned(),
        Some("email") => "email@example.com".to_owned(),
        _ => "a".repeat(least),
    };
    let usual = TEXTS.map(str::to_owned);
    let fits = |text: &&String| schema::faults(document, schema, &Value::from(text.as_str()), false, "").is_empty();
    let found = [&plain].into_iter().chain(&usual).find(fits).unwrap_or(&plain);
    Value::from(found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_example_counts() {
        let document = Document::new(json!({"a": {"type": "string", "examples": ["published"]}}));
        assert_eq!(of(&document, &json!({"$ref": "#/a"})), json!("published"));
        assert_eq!(of_content(&document, &json!({"schema": {"$ref": "#/a"}, "example": 1})), json!(1));
        assert_eq!(of_content(&document, &json!({"examples": {"x": {"value": 2}}})), json!(2));
    }

    #[test]
    fn the_least_is_made_up() {
        let document = Document::new(json!({
            "id": {"type": "string", "pattern": "^[0-9a-f]{24}$"},
            "circle": {"type": "object", "properties": {"next": {"$ref": "#/circle"}}, "required": ["next"]},
        }));
        let cases = [
            json!({"type": "object", "required": ["id", "n"], "properties": {
                "id": {"$ref": "#/id"}, "n": {"type": ["null", "integer"], "minimum": 3}, "other": {}
            }}),
            json!({"type": "array", "minItems": 2, "items": {"type": "string", "minLength": 3}}),
            json!({"oneOf": [{"type": "boolean"}, {"type": "string", "format": "date-time"}], "not": {"type": "boolean"}}),
            json!({"allOf": [{"required": ["a"], "properties": {"a": {"const": 1}}}, {"required": ["b"]}]}),
            json!({"type": "object", "minProperties": 1, "properties": {"a": {"enum": ["x"]}}}),
            json!({"type": "number", "exclusiveMinimum": 5}),
            json!({"type": "object", "properties": {"kind": {"const": "k"}}, "required": ["kind"],
                "oneOf": [{"required": ["b"], "properties": {"b": {"type": "integer"}}}]}),
        ];
        for schema in cases {
            let made = of(&document, &schema);
            assert_eq!(schema::faults(&document, &schema, &made, false, "v"), [""; 0], "{schema}: {made}");
        }
        // No value has this form; what is made has an end all the same.
        assert!(of(&document, &json!({"$ref": "#/circle"})).is_object());
    }
}
