//! A value against its schema: what does not fit, each with its place. It knows JSON Schema 2020-12 as far as it speaks of
//! values; only what depends on other keywords' results (`unevaluated…`) and dynamic references are left out.

use super::document::{Document, list, members};
use super::values;
use serde_json::{Map, Value};

/// Levels and references that are followed.
const DEPTH: usize = 200;
/// Schemas that are looked at in all: alternatives within alternatives must not take for ever.
const STEPS: usize = 200_000;

/// What is wrong with a value, each in one sentence; `texts` says that numbers and booleans came as texts.
pub(super) fn faults(document: &Document, schema: &Value, value: &Value, texts: bool, place: &str) -> Vec<String> {
    let mut check = Check { document, texts, steps: STEPS, faults: Vec::new() };
    check.value(schema, value, place, DEPTH);
    check.faults
}

struct Check<'a> {
    document: &'a Document,
    texts: bool,
    steps: usize,
    faults: Vec<String>,
}

impl Check<'_> {
    fn fault(&mut self, place: &str, what: impl AsRef<str>) {
        self.faults.push(format!("{place} {}", what.as_ref()));
    }

    fn value(&mut self, schema: &Value, value: &Value, place: &str, depth: usize) {
        let (Some(depth), Some(steps)) = (depth.checked_sub(1), self.steps.checked_sub(1)) else {
            return self.fault(place, "is nested too deeply to be checked");
        };
        self.steps = steps;
        let Value::Object(schema) = schema else {
            if schema == &Value::Bool(false) {
                self.fault(place, "is not documented");
            }
            return;
        };
        if let Some(fault) = schema.get("type").and_then(|types| values::of_type(types, value, self.texts)) {
            // Everything else would only say so again.
            return self.fault(place, fault);
        }
        for (keyword, rule) in schema {
            match values::fault(keyword, rule, value, self.texts) {
                Some(fault) => self.fault(place, fault),
                None => self.combination(schema, keyword, rule, value, place, depth),
            }
        }
        match value {
            Value::Object(fields) => self.object(schema, fields, place, depth),
            Value::Array(items) => self.array(schema, items, place, depth),
            _ => {}
        }
    }

    /// Keywords that hold other schemas for the same value.
    fn combination(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        rule: &Value,
        value: &Value,
        place: &str,
        depth: usize,
    ) {
        match keyword {
            "$ref" => {
                if let Some(target) = rule.as_str().and_then(|reference| self.document.at(reference)) {
                    self.value(target, value, place, depth);
                }
            }
            "allOf" => list(rule).iter().for_each(|branch| self.value(branch, value, place, depth)),
            "anyOf" | "oneOf" => {
                let faults = list(rule).iter().map(|branch| self.of_branch(branch, value, place, depth));
                let faults: Vec<Vec<String>> = faults.collect();
                let fitting = faults.iter().filter(|faults| faults.is_empty()).count();
                if fitting > 1 && keyword == "oneOf" {
                    self.fault(place, format!("fits {fitting} of the documented forms and not one"));
                } else if fitting == 0 {
                    // Those of the form that it is nearest to.
                    self.faults.extend(faults.into_iter().min_by_key(Vec::len).unwrap_or_default());
                }
            }
            "not" if self.of_branch(rule, value, place, depth).is_empty() => {
                self.fault(place, "has a form that is ruled out");
            }
            "if" => {
                let is_so = self.of_branch(rule, value, place, depth).is_empty();
                if let Some(branch) = schema.get(if is_so { "then" } else { "else" }) {
                    self.value(branch, value, place, depth);
                }
            }
            "dependentSchemas" => {
                for (_, branch) in members(rule).filter(|(name, _)| value.get(name).is_some()) {
                    self.value(branch, value, place, depth);
                }
            }
            _ => {}
        }
    }

    /// What is wrong with a value if it is to fit this schema.
    fn of_branch(&mut self, branch: &Value, value: &Value, place: &str, depth: usize) -> Vec<String> {
        let before = std::mem::take(&mut self.faults);
        self.value(branch, value, place, depth);
        std::mem::replace(&mut self.faults, before)
    }

    fn object(&mut self, schema: &Map<String, Value>, fields: &Map<String, Value>, place: &str, depth: usize) {
        for (name, value) in fields {
            let inner = format!("{place}.{name}");
            let mut known: Vec<&Value> = schema.get("properties").and_then(|it| it.get(name)).into_iter().collect();
            let patterns = schema.get("patternProperties").into_iter().flat_map(members);
            known.extend(patterns.filter(|(pattern, _)| values::matches(pattern, name)).map(|(_, rule)| rule));
            if known.is_empty() {
                known.extend(schema.get("additionalProperties"));
            }
            for rule in known {
                self.value(rule, value, &inner, depth);
            }
            if let Some(rule) = schema.get("propertyNames") {
                self.value(rule, &Value::from(name.as_str()), &format!("the name of {inner}"), depth);
            }
        }
    }

    fn array(&mut self, schema: &Map<String, Value>, items: &[Value], place: &str, depth: usize) {
        let first = schema.get("prefixItems").map(list).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            if let Some(rule) = first.get(index).or_else(|| schema.get("items")) {
                self.value(rule, item, &format!("{place}[{index}]"), depth);
            }
        }
        if let Some(rule) = schema.get("contains") {
            let fits = |item: &&Value| self.of_branch(rule, item, place, depth).is_empty();
            let count = items.iter().filter(fits).count();
            let limit =
                |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
            if count < limit("minContains").unwrap_or(1) || limit("maxContains").is_some_and(|most| count > most) {
                self.fault(place, format!("has {count} items of the form that it is to contain"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A schema, a value that fits and one that does not, and what is said of that one.
    #[test]
    fn each_keyword_is_looked_at() {
        let cases = [
            (json!({"type": "integer"}), json!(1.0), json!(1.5), "v is not of type integer"),
            (json!({"type": ["string", "null"]}), json!(null), json!(1), "v is not of type string or null"),
            (json!({"enum": [1, "a"]}), json!(1.0), json!("b"), "v is none of 1, \"a\""),
            (json!({"const": {"a": [1]}}), json!({"a": [1.0]}), json!({"a": []}), "v is not {\"a\":[1]}"),
            (json!({"minLength": 2}), json!("äö"), json!("ä"), "v is shorter than the minLength 2"),
            (json!({"maxItems": 1}), json!([1]), json!([1, 2]), "v has more items than the maxItems 1"),
            (json!({"minProperties": 1}), json!({"a": 1}), json!({}), "v has fewer fields than the minProperties 1"),
            (json!({"maximum": 3}), json!(3), json!(3.1), "v is above the maximum 3"),
            (json!({"exclusiveMinimum": 3}), json!(3.1), json!(3), "v is not above the exclusiveMinimum 3"),
            (json!({"multipleOf": 0.1}), json!(0.3), json!(0.35), "v is no multiple of 0.1"),
            (json!({"pattern": "^(?!x)\\d+$"}), json!("12"), json!("x"), "v does not match the pattern ^(?!x)\\d+$"),
            (json!({"format": "date-time"}), json!("2026-01-02T03:04:05Z"), json!("yesterday"), "v is no date-time"),
            (json!({"uniqueItems": true}), json!([1, "1"]), json!([1, 1.0]), "v has an item twice"),
            (json!({"required": ["a"]}), json!({"a": null}), json!({}), "v lacks the field `a`"),
            (
                json!({"dependentRequired": {"a": ["b"]}}),
                json!({"b": 1}),
                json!({"a": 1}),
                "v lacks the field `b`, which `a` needs",
            ),
            (json!({"properties": {"a": false}}), json!({"b": 1}), json!({"a": 1}), "v.a is not documented"),
            (
                json!({"properties": {"a": true}, "additionalProperties": false}),
                json!({"a": 1}),
                json!({"b": 1}),
                "v.b is not documented",
            ),
            (
                json!({"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": {"type": "string"}}),
                json!({"x1": null, "y": ""}),
                json!({"x1": ""}),
                "v.x1 is not of type null",
            ),
            (
                json!({"propertyNames": {"maxLength": 1}}),
                json!({"a": 1}),
                json!({"ab": 1}),
                "the name of v.ab is longer than the maxLength 1",
            ),
            (
                json!({"prefixItems": [{"type": "null"}], "items": {"type": "string"}}),
                json!([null, ""]),
                json!([null, null]),
                "v[1] is not of type string",
            ),
            (
                json!({"contains": {"const": 1}, "maxContains": 1}),
                json!([1]),
                json!([1, 1]),
                "v has 2 items of the form that it is to contain",
            ),
            (json!({"allOf": [{}, {"minimum": 2}]}), json!(2), json!(1), "v is below the minimum 2"),
            (
                json!({"anyOf": [{"required": ["a"], "minProperties": 2}, {"required": ["c"]}]}),
                json!({"a": 1, "b": 1}),
                json!({}),
                "v lacks the field `c`",
            ),
            (
                json!({"oneOf": [{"minimum": 1}, {"minimum": 2}]}),
                json!(1),
                json!(2),
                "v fits 2 of the documented forms and not one",
            ),
            (json!({"not": {"type": "string"}}), json!(1), json!(""), "v has a form that is ruled out"),
            (
                json!({"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 1}}),
                json!("a"),
                json!(0),
                "v is below the minimum 1",
            ),
            (
                json!({"dependentSchemas": {"a": {"required": ["b"]}}}),
                json!({}),
                json!({"a": 1}),
                "v lacks the field `b`",
            ),
            (json!({"$ref": "#/word", "maxLength": 1}), json!("a"), json!(1), "v is not of type string"),
        ];
        let document = Document::new(json!({"word": {"type": "string"}}));
        for (schema, fits, other, said) in cases {
            assert_eq!(faults(&document, &schema, &fits, false, "v"), [""; 0], "{schema} {fits}");
            assert_eq!(faults(&document, &schema, &other, false, "v"), [said], "{schema} {other}");
        }
    }

    #[test]
    fn texts_may_stand_for_what_they_say() {
        let document = Document::new(json!({}));
        let schema = json!({"properties": {
            "i": {"type": "integer", "minimum": 2}, "b": {"type": "boolean"}, "n": {"enum": [1, 2.5]}
        }});
        let of = |value: Value| faults(&document, &schema, &value, true, "q");
        assert_eq!(of(json!({"i": "2", "b": "true", "n": "2.5"})), [""; 0]);
        assert_eq!(
            of(json!({"i": "1", "b": "yes", "n": "3"})),
            ["q.b is not of type boolean", "q.i is below the minimum 2", "q.n is none of 1, 2.5"]
        );
        assert_eq!(of(json!({"i": "2x"})), ["q.i is not of type integer"]);
    }

    #[test]
    fn no_schema_takes_for_ever() {
        let document = Document::new(json!({
            "circle": {"allOf": [{"$ref": "#/circle"}]},
            "wide": {"oneOf": [{"$ref": "#/list"}, {"$ref": "#/list"}, {"$ref": "#/list"}]},
            "list": {"items": {"$ref": "#/wide"}},
        }));
        let deep = (0..60).fold(json!([1]), |inner, _| json!([inner, 1]));
        for name in ["circle", "wide"] {
            let found = faults(&document, &json!({"$ref": format!("#/{name}")}), &deep, false, "v");
            assert!(!found.is_empty(), "{name}");
        }
    }
}
