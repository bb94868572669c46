//! A request in the form of the recorded vectors, from a vector or from what the test server has seen.

use crate::http::Seen;
use serde_json::Value;
use std::collections::BTreeMap;

/// The headers that vectors hold.
const KEPT: [&str; 5] = ["accept", "accept-version", "content-type", "authorization", "losantdomain"];

/// What was put on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path, encoded as it was sent.
    pub path: String,
    /// The decoded query in wire order.
    pub query: Vec<(String, String)>,
    /// The headers that vectors hold.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Body,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Not a byte.
    None,
    /// JSON.
    Json(Value),
    /// Anything else.
    Raw(Vec<u8>),
    /// A form.
    Multipart(Vec<Part>),
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: Option<String>,
    /// Its file name.
    pub file_name: Option<String>,
    /// Its content type.
    pub content_type: Option<String>,
    /// Its content.
    pub content: Vec<u8>,
}

impl Recorded {
    /// The request of a vector; none where the client refused to send one.
    pub fn of_vector(request: &Value) -> Option<Self> {
        let request = request.as_object()?;
        let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let pairs = request.get("query").and_then(Value::as_array).into_iter().flatten();
        let body = if let Some(parts) = request.get("multipart").and_then(Value::as_array) {
            Body::Multipart(parts.iter().map(part_of_vector).collect())
        } else if let Some(raw) = request.get("rawBody") {
            Body::Raw(content(raw))
        } else {
            request.get("body").map_or(Body::None, |body| Body::Json(body.clone()))
        };
        Some(Self {
            method: text("method"),
            path: text("path"),
            query: pairs.map(|pair| (string(&pair[0]), string(&pair[1]))).collect(),
            headers: request
                .get("headers")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.to_ascii_lowercase(), string(value)))
                .collect(),
            body,
        })
    }

    /// A request that the test server has seen.
    pub fn of_seen(seen: &Seen) -> Self {
        let header = |name: &&str| Some(((*name).to_owned(), seen.header(name)?.to_owned()));
        let pairs = seen.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plus_decoded(name), plus_decoded(value))
        };
        let content_type = seen.header("content-type").unwrap_or_default();
        let boundary = content_type.starts_with("multipart/form-data").then(|| content_type.split("boundary=").nth(1));
        let body = match boundary.flatten() {
            Some(boundary) => Body::Multipart(parts(&seen.body, boundary.trim_matches('"'))),
            None if seen.body.is_empty() => Body::None,
            None => serde_json::from_slice(&seen.body).map_or_else(|_| Body::Raw(seen.body.clone()), Body::Json),
        };
        Self {
            method: seen.method.clone(),
            path: seen.path().to_owned(),
            query: pairs.map(pair).collect(),
            headers: KEPT.iter().filter_map(header).collect(),
            body,
        }
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn part_of_vector(part: &Value) -> Part {
    let text = |name: &str| part[name].as_str().map(str::to_owned);
    Part { name: text("name"), file_name: text("filename"), content_type: text("contentType"), content: content(part) }
}

fn content(value: &Value) -> Vec<u8> {
    match value["base64"].as_str() {
        Some(text) => base64(text),
        None => string(&value["text"]).into_bytes(),
    }
}

/// The parts of a form.
fn parts(body: &[u8], boundary: &str) -> Vec<Part> {
    let delimiter = format!("--{boundary}");
    let mut pieces = split(body, delimiter.as_bytes());
    // Before the first delimiter and behind the last one stands nothing of a part.
    pieces.pop();
    pieces.into_iter().skip(1).map(part).collect()
}

fn part(piece: &[u8]) -> Part {
    let piece = piece.strip_prefix(b"\r\n").unwrap_or(piece);
    let end = piece.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(piece.len());
    let content = piece.get(end + 4..).unwrap_or_default();
    let head = String::from_utf8_lossy(&piece[..end]).into_owned();
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    let quoted = |name: &str| {
        let (_, tail) = disposition.split_once(&format!(" {name}=\""))?;
        tail.split('"').next().map(str::to_owned)
    };
    Part {
        name: quoted("name"),
        file_name: quoted("filename"),
        content_type: header("content-type"),
        content: content.strip_suffix(b"\r\n").unwrap_or(content).to_vec(),
    }
}

fn split<'a>(text: &'a [u8], by: &[u8]) -> Vec<&'a [u8]> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.windows(by.len()).position(|window| window == by) {
        pieces.push(&rest[..at]);
        rest = &rest[at + by.len()..];
    }
    pieces.push(rest);
    pieces
}

fn plus_decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent_decoded(&text.replace('+', " "))).into_owned()
}

/// A text without percent-encoding; what is no encoding stays as it is.
pub fn percent_decoded(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let value = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match value {
            Some(value) if *byte == b'%' => {
                bytes.push(value);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    bytes
}

/// Bytes from base64; what is no digit of it is passed over.
pub fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).and_then(|digit| u32::try_from(digit).ok());
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0_u32);
    for value in text.bytes().filter_map(digit) {
        held = (held << 6) | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_le_bytes()[0]);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_read() {
        assert_eq!(super::base64("aGVsbG8="), b"hello");
    }
}
