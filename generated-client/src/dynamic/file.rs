//! A file among the arguments: `{"$file": {"filename", "base64"}}` or a text. Touches `Upload` only.

use crate::upload::Upload;
use serde_json::Value;

/// Reads a file. `"kind": "string"` sends its bytes as text: under the parameter's name and without a content type.
pub(super) fn read(value: &Value) -> Result<Upload, &'static str> {
    if let Value::String(text) = value {
        return Ok(Upload::text(text.as_str()));
    }
    let file = value.get("$file").ok_or("neither a text nor an object with the field `$file`")?;
    let text = file.get("base64").and_then(Value::as_str).ok_or("`base64` is missing")?;
    let bytes = decode(text).ok_or("`base64` is not base64")?;
    let is_text = file.get("kind").and_then(Value::as_str) == Some("string");
    let upload = match String::from_utf8(bytes) {
        Ok(text) if is_text => Upload::text(text),
        Ok(text) => Upload::bytes(text.into_bytes()),
        Err(_) if is_text => return Err("its bytes are not UTF-8 text"),
        Err(fault) => Upload::bytes(fault.into_bytes()),
    };
    match file.get("filename") {
        None | Some(Value::Null) => Ok(upload),
        Some(Value::String(name)) => Ok(upload.file_name(name.as_str())),
        Some(_) => Err("`filename` is neither a text nor null"),
    }
}

/// Bytes from base64 of the standard alphabet, with or without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text).as_bytes();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            bits = bits << 6 | u32::from(sextet(*digit)?);
        }
        let [_, first, second, third] = (bits << (6 * (4 - group.len()))).to_be_bytes();
        match group.len() {
            4 => bytes.extend([first, second, third]),
            3 => bytes.extend([first, second]),
            2 => bytes.push(first),
            _ => return None,
        }
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{decode, read};
    use serde_json::json;

    #[test]
    fn base64_is_read_with_and_without_padding() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("Zg==", b"f"),
            ("Zm8=", b"fo"),
            ("Zm8", b"fo"),
            ("Zm9v", b"foo"),
            ("Zm9vYmFy", b"foobar"),
            ("+/8A", &[0xfb, 0xff, 0x00]),
        ] {
            assert_eq!(decode(text).as_deref(), Some(bytes), "{text}");
        }
        for text in ["Z", "Zm9vY", "Zm 9v", "Zm9v====", "-_8A"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        for value in [
            json!(1),
            json!({}),
            json!({"$file": {}}),
            json!({"$file": {"base64": "Z"}}),
            json!({"$file": {"base64": "", "filename": 1}}),
            json!({"$file": {"base64": "/w==", "kind": "string"}}),
        ] {
            assert!(read(&value).is_err(), "{value}");
        }
        for value in [json!("text"), json!({"$file": {"base64": "/w==", "filename": null}})] {
            assert!(read(&value).is_ok(), "{value}");
        }
    }
}
