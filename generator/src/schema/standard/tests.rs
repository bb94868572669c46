//! What becomes of schemas of older drafts, of references and of slips.

use super::*;

/// The schema "Own" beside one called "Other Thing".
fn written(schema: Value) -> Value {
    let schemas = [("own", "Own", schema), ("other-thing", "Other Thing", json!({}))].map(|(name, title, schema)| {
        let (name, title) = (name.to_owned(), title.to_owned());
        Schema { name, title, schema, definition: None, description: None, example: None, sources: vec![], span: None }
    });
    Standard::new(&schemas, &["#/s/Own".to_owned(), "#/s/Other".to_owned()]).write(0)
}

#[test]
fn older_drafts_become_the_newest() {
    let cases = [
        (json!({"$schema": "a", "id": "b", "type": "string"}), json!({"type": "string"})),
        (
            json!({"type": "array", "items": [{"type": "string"}, true], "additionalItems": {"type": "number"}}),
            json!({"type": "array", "prefixItems": [{"type": "string"}, true], "items": {"type": "number"}}),
        ),
        (json!({"items": {}, "additionalItems": false}), json!({"items": {}})),
        (json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1})),
        (json!({"maximum": 1, "exclusiveMaximum": false}), json!({"maximum": 1})),
        (json!({"exclusiveMaximum": 5}), json!({"exclusiveMaximum": 5})),
        (
            json!({"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}),
            json!({"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}}}),
        ),
        (
            json!({"definitions": {"a": {"definitions": {}}}, "$ref": "#/definitions/a", "description": "D"}),
            json!({"x-unresolved-reference": "#/s/Own/$defs/a", "description": "D"}),
        ),
        (
            json!({"definitions": {"a": {}}, "items": {"$ref": "#/definitions/a", "type": "object"}}),
            json!({"$defs": {"a": {}}, "items": {"$ref": "#/s/Own/$defs/a"}}),
        ),
        (json!({"oneOf": []}), json!({})),
        (json!({"example": 1}), json!({"examples": [1]})),
    ];
    for (old, new) in cases {
        assert_eq!(written(old.clone()), new, "{old}");
    }
}

#[test]
fn references_lead_to_the_schema_that_the_reader_finds() {
    assert_eq!(written(json!({"$ref": "#/definitions/otherThing"})), json!({"$ref": "#/s/Other"}));
    assert_eq!(written(json!({"items": {"$ref": "#"}})), json!({"items": {"$ref": "#/s/Own"}}));
    assert_eq!(written(json!({"type": "#/definitions/otherThing"})), json!({"$ref": "#/s/Other"}));
    let unknown = written(json!({"$ref": "#/definitions/nobody"}));
    assert_eq!(unknown, json!({"x-unresolved-reference": "#/definitions/nobody"}));
}

#[test]
fn slips_are_put_right() {
    let cases = [
        (json!({"type": "Number", "integer": true}), json!({"type": "integer"})),
        (json!({"type": ["string", null]}), json!({"type": ["string", "null"]})),
        (json!({"type": "array", "maxItems": "10"}), json!({"type": "array", "maxItems": 10})),
        (json!({"type": "string", "min": 1}), json!({"type": "string", "minLength": 1})),
        (json!({"type": "integer", "max": 9}), json!({"type": "integer", "maximum": 9})),
        (json!({"anyOf": [[{"type": "null"}], true]}), json!({"anyOf": [{"type": "null"}, true]})),
        (
            json!({"properties": {"type": "object", "properties": {"a": {}}, "required": ["a"]}}),
            json!({"properties": {"a": {}}, "required": ["a"]}),
        ),
        (json!({"a": {"type": "null"}}), json!({"type": "object", "properties": {"a": {"type": "null"}}})),
        (
            json!({"type": "object", "properties": {"a": {"type": "array", "b": {"type": "null"}}}}),
            json!({"type": "object", "properties": {"a": {"type": "array"}, "b": {"type": "null"}}}),
        ),
        (json!({"colour": "red", "x-a": 1}), json!({"x-colour": "red", "x-a": 1})),
    ];
    for (wrong, right) in cases {
        assert_eq!(written(wrong.clone()), right, "{wrong}");
    }
}
