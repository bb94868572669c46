//! Examples as they travel: the inverse of how the dialects read them.

use serde_json::Value;

use crate::model::Encoding;

/// A plain value.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// `name=value`, `name={json}` or `name[]=[json]`.
pub(super) fn named(name: &str, value: &Value, encoding: Option<Encoding>) -> String {
    let is_nested = encoding == Some(Encoding::Brackets) && (value.is_array() || value.is_object());
    format!("{name}{}={}", if is_nested { "[]" } else { "" }, plain(value))
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
        assert_eq!(named("tag", &json!([{"key": "a", "value": 2}]), brackets), r#"tag[]=[{"key":"a","value":2}]"#);
    }
}
