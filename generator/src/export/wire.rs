//! Examples as they travel: the inverse of how the dialects read them.

use serde_json::Value;

use crate::model::Encoding;

/// A plain value.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// `name=value`, `name={json}` or `name[0][key]=value&…`.
pub(super) fn named(name: &str, value: &Value, encoding: Option<Encoding>) -> String {
    match (encoding, value) {
        (Some(Encoding::Brackets), Value::Array(_) | Value::Object(_)) => {
            let mut pairs = Vec::new();
            leaves(name, value, &mut pairs);
            pairs.join("&")
        }
        (_, value) => format!("{name}={}", plain(value)),
    }
}

fn leaves(key: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                leaves(&format!("{key}[{index}]"), value, pairs);
            }
        }
        Value::Object(map) => {
            for (part, value) in map {
                leaves(&format!("{key}[{part}]"), value, pairs);
            }
        }
        leaf => pairs.push(format!("{key}={}", plain(leaf))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn examples_travel() {
        let brackets = Some(Encoding::Brackets);
        assert_eq!(named("page", &json!(0), None), "page=0");
        assert_eq!(named("query", &json!({"a": [1]}), Some(Encoding::Json)), r#"query={"a":[1]}"#);
        assert_eq!(named("tag", &json!([{"key": "a", "value": "2"}]), brackets), "tag[0][key]=a&tag[0][value]=2");
    }
}
