//! Multipart bodies: parts and the form that they make. Touches nothing of a request.
//!
//! reqwest has a writer of its own, which lets line breaks of a file name into the headers of a part; this one escapes as
//! browsers do.

use crate::body::Chunks;
use crate::random;
use crate::upload::{Content, one};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::HeaderValue;

/// One part of a form: its headers as text, and its content.
pub(crate) struct Part {
    head: String,
    content: Content,
}

impl Part {
    /// A plain field.
    pub(crate) fn text(name: &str, text: String) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        Self { head, content: Content::bytes(Bytes::from(text)) }
    }

    /// A file.
    pub(crate) fn file(
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: Content,
    ) -> Result<Self, String> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        if let Some(file_name) = file_name {
            head.extend(["; filename=\"", &escaped(file_name), "\""]);
        }
        if let Some(content_type) = content_type {
            if !content_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
                return Err(format!("part {name}: the content type has characters that no header may have"));
            }
            head.extend(["\r\nContent-Type: ", content_type]);
        }
        Ok(Self { head, content })
    }

    /// Whether its content can be sent (once more).
    pub(crate) fn is_there(&self) -> bool {
        self.content.is_there()
    }
}

/// A form ready to be sent once.
pub(crate) struct Form {
    pub(crate) content_type: HeaderValue,
    pub(crate) length: Option<u64>,
    pub(crate) chunks: Chunks,
}

/// Writes the parts in their order; none where one of them is a stream that was sent before.
pub(crate) fn write(parts: &mut [Part]) -> Option<Form> {
    let boundary = boundary();
    let mut pieces: Vec<Chunks> = Vec::with_capacity(2 * parts.len() + 1);
    let mut length = Some(0_u64);
    let mut before = "";
    for part in parts {
        let head = Bytes::from(format!("{before}--{boundary}\r\n{}\r\n\r\n", part.head));
        length = sum(sum(length, u64::try_from(head.len()).ok()), part.content.length());
        pieces.push(one(head));
        pieces.push(part.content.take()?);
        before = "\r\n";
    }
    let tail = Bytes::from(format!("{before}--{boundary}--\r\n"));
    length = sum(length, u64::try_from(tail.len()).ok());
    pieces.push(one(tail));
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")).ok()?;
    Some(Form { content_type, length, chunks: Box::pin(stream::iter(pieces).flatten()) })
}

fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a?.checked_add(b?)
}

/// A name inside quotes, escaped as the HTML standard has it.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that no content has: 128 random bits.
fn boundary() -> String {
    format!("losant-{:016x}{:016x}", random::bits(), random::bits())
}

#[cfg(test)]
mod tests {
    use super::{Part, boundary, escaped};
    use crate::upload::Upload;

    fn head(upload: Upload) -> String {
        upload.into_part("file").map(|part: Part| part.head).expect("a part")
    }

    #[test]
    fn parts_say_what_they_are() {
        assert_eq!(head(Upload::text("x")), "Content-Disposition: form-data; name=\"file\"; filename=\"file\"");
        assert_eq!(
            head(Upload::bytes(vec![1])),
            "Content-Disposition: form-data; name=\"file\"\r\nContent-Type: application/octet-stream"
        );
        assert_eq!(
            head(Upload::bytes(vec![1]).file_name("日 \"q\"\r\nX: y.zip").content_type("application/zip")),
            "Content-Disposition: form-data; name=\"file\"; filename=\"日 %22q%22%0D%0AX: y.zip\"\r\nContent-Type: application/zip"
        );
        assert!(Upload::text("x").content_type("a/b\r\nX: y").into_part("file").is_err());
        assert_eq!(escaped("a\\b"), "a\\b");
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
