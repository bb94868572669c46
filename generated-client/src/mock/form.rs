//! What multipart forms and bracketed queries say. Touches nothing.

use serde_json::{Map, Value};

/// Brackets in one name that are followed.
const LEVELS: usize = 32;

/// A part of a multipart form.
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) content: &'a [u8],
}

/// The parts of a form; none where the content type or the body is not that of a form.
pub(super) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let (kind, parameters) = content_type.split_once(';')?;
    let boundary = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let line = format!("--{}", boundary.trim_matches('"'));
    let behind = format!("\r\n{line}");
    let mut rest = body.strip_prefix(line.as_bytes())?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, behind.as_bytes())?;
        let (part, tail) = part.split_at(end);
        let head = find(part, b"\r\n\r\n")?;
        let name = name(std::str::from_utf8(&part[..head]).ok()?)?;
        parts.push(Part { name, content: &part[head + 4..] });
        rest = &tail[behind.len()..];
    }
    rest.starts_with(b"--").then_some(parts)
}

/// The name in the head of a part.
fn name(head: &str) -> Option<String> {
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let (_, tail) = disposition.split_once("; name=\"")?;
    // As browsers write what cannot stand there.
    Some(tail.split_once('"')?.0.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// The value of a parameter in brackets: `name[0][key]=a`. Every leaf of it is a text.
pub(super) fn brackets(name: &str, pairs: &[(&str, &str)]) -> Option<Value> {
    let mut whole = Value::Null;
    for (path, text) in pairs {
        let mut rest = path.strip_prefix(name)?;
        let mut place = &mut whole;
        for _ in 0..LEVELS {
            let Some((step, tail)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { break };
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            let fields = place.as_object_mut()?;
            // Without a number it is one more item.
            let step = if step.is_empty() { fields.len().to_string() } else { step.to_owned() };
            place = fields.entry(step).or_insert(Value::Null);
            rest = tail;
        }
        if !rest.is_empty() || !place.is_null() {
            return None;
        }
        *place = Value::from(*text);
    }
    Some(lists(whole))
}

/// Objects whose names count from 0 are lists.
fn lists(value: Value) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let items: Vec<Value> = (0..fields.len()).map_while(|index| fields.get(&index.to_string()).cloned()).collect();
    if items.len() == fields.len() {
        return items.into_iter().map(lists).collect();
    }
    fields.values_mut().for_each(|value| *value = lists(value.take()));
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn brackets_are_lists_and_objects() {
        let pairs = [("t[0][key]", "a"), ("t[0][value]", "1"), ("t[1][key]", "b")];
        assert_eq!(brackets("t", &pairs), Some(json!([{"key": "a", "value": "1"}, {"key": "b"}])));
        assert_eq!(brackets("t", &[("t[]", "a"), ("t[]", "b")]), Some(json!(["a", "b"])));
        assert_eq!(brackets("t", &[("t[a]", "1"), ("t[1]", "2")]), Some(json!({"a": "1", "1": "2"})));
        assert_eq!(brackets("t", &[("t", "a")]), Some(json!("a")));
        for wrong in [&[("t[a", "1")][..], &[("tx[a]", "1")], &[("t", "1"), ("t[a]", "2")], &[("t", "1"), ("t", "2")]] {
            assert_eq!(brackets("t", wrong), None, "{wrong:?}");
        }
        let deep = format!("t{}", "[a]".repeat(LEVELS + 1));
        assert_eq!(brackets("t", &[(&deep, "1")]), None);
    }

    #[test]
    fn a_form_is_its_parts() {
        let body = b"--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n\
            Content-Type: a/b\r\nContent-Disposition: form-data; name=\"b%22\"; filename=\"c\"\r\n\r\n\r\n--\r\n\r\n--x--\r\n";
        let parts = parts("Multipart/Form-Data; boundary=\"x\"", body).expect("a form");
        let seen: Vec<_> = parts.iter().map(|part| (&part.name[..], part.content)).collect();
        assert_eq!(seen, [("a", &b"1"[..]), ("b\"", b"\r\n--\r\n")]);
    }

    #[test]
    fn what_breaks_off_is_no_form() {
        let kind = "multipart/form-data; boundary=x";
        let whole = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
        assert!(parts(kind, whole.as_bytes()).is_some());
        for end in 0..whole.len() {
            assert!(parts(kind, &whole.as_bytes()[..end]).is_none(), "{end}");
        }
        assert!(parts("application/json", whole.as_bytes()).is_none());
        assert!(parts(kind, b"--x--\r\n").is_some_and(|parts| parts.is_empty()));
    }
}
