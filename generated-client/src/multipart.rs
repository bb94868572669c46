//! Multipart bodies: uploads, parts, and their bytes. Touches reqwest's body and nothing of a request.
//!
//! reqwest has a writer of its own, which lets line breaks of a file name into the headers of a part; this one escapes as
//! browsers do.

use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};
use http::HeaderValue;
use std::error::Error as StdError;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::Mutex;

type Cause = Box<dyn StdError + Send + Sync>;
type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// A file to upload: bytes, text, or a stream of bytes.
///
/// ```
/// use losant_client::Upload;
///
/// let picture = Upload::bytes(vec![0x89, b'P', b'N', b'G']).file_name("logo.png").content_type("image/png");
/// # let _ = picture;
/// ```
#[must_use]
pub struct Upload {
    content: Content,
    file_name: Option<String>,
    content_type: Option<String>,
    text: bool,
}

enum Content {
    Bytes(Bytes),
    /// None once it has been sent. The lock is never taken; it lets a request be shared between threads.
    Stream {
        chunks: Mutex<Option<Chunks>>,
        length: Option<u64>,
    },
}

impl Upload {
    fn new(content: Content, text: bool) -> Self {
        Self { content, file_name: None, content_type: None, text }
    }

    /// Uploads bytes, as `application/octet-stream` if no other content type is set.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()), false)
    }

    /// Uploads text, under the name of its parameter if no other file name is set.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Content::Bytes(Bytes::from(text.into())), true)
    }

    /// Uploads what a stream yields.
    ///
    /// It is sent as it comes and never twice: a request with it follows no redirect. Without a known length the whole
    /// body is sent chunked; [`stream_of_length`](Self::stream_of_length) avoids that.
    pub fn stream<S, E>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        let chunks: Chunks = Box::pin(chunks.map_err(Into::into));
        Self::new(Content::Stream { chunks: Mutex::new(Some(chunks)), length: None }, false)
    }

    /// Uploads what a stream yields, which is exactly so many bytes; anything else fails the request.
    pub fn stream_of_length<S, E>(chunks: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        let chunks: Chunks = Box::pin(chunks.map_err(Into::into));
        let chunks = Mutex::new(Some(of_length(chunks, length)));
        Self::new(Content::Stream { chunks, length: Some(length) }, false)
    }

    /// The file's name as the server shall know it.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The file's content type, such as `image/png`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The part that carries this file under a name.
    pub(crate) fn into_part(self, name: &str) -> Result<Part, String> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        // A server takes a part without a file name and without a type for a plain field.
        let file_name = self.file_name.as_deref().or(self.text.then_some(name));
        if let Some(file_name) = file_name {
            head.extend(["; filename=\"", &escaped(file_name), "\""]);
        }
        let default = (!self.text).then_some("application/octet-stream");
        if let Some(content_type) = self.content_type.as_deref().or(default) {
            if !content_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
                return Err(format!("part {name}: the content type has characters that no header may have"));
            }
            head.extend(["\r\nContent-Type: ", content_type]);
        }
        Ok(Part { head, content: self.content })
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.content.length())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// One part of a form: its headers as text, and its content.
pub(crate) struct Part {
    head: String,
    content: Content,
}

impl Part {
    /// A plain field.
    pub(crate) fn text(name: &str, text: String) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        Self { head, content: Content::Bytes(Bytes::from(text)) }
    }
}

impl Content {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream { length, .. } => *length,
        }
    }

    fn take(&mut self) -> Option<Chunks> {
        match self {
            Self::Bytes(bytes) => Some(one(bytes.clone())),
            Self::Stream { chunks, .. } => chunks.get_mut().ok()?.take(),
        }
    }
}

/// A form ready to be sent once.
pub(crate) struct Form {
    pub(crate) content_type: HeaderValue,
    pub(crate) length: Option<u64>,
    pub(crate) body: reqwest::Body,
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
    Some(Form { content_type, length, body: reqwest::Body::wrap_stream(stream::iter(pieces).flatten()) })
}

fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a?.checked_add(b?)
}

fn one(bytes: Bytes) -> Chunks {
    Box::pin(stream::iter([Ok(bytes)]))
}

/// The same stream, but with an error where it holds more or fewer bytes than was said.
///
/// HTTP/1 would cut what is too much in silence: half a file would arrive as a whole one.
fn of_length(chunks: Chunks, length: u64) -> Chunks {
    let checked = stream::unfold((Some(chunks), length), |(chunks, left)| async move {
        let mut chunks = chunks?;
        let fault = |message: &str| Some((Err(Cause::from(message)), (None, 0)));
        match chunks.next().await {
            None if left == 0 => None,
            None => fault("the upload ended before its stated length"),
            Some(Err(cause)) => Some((Err(cause), (None, 0))),
            Some(Ok(chunk)) => match u64::try_from(chunk.len()).ok().and_then(|length| left.checked_sub(length)) {
                Some(left) => Some((Ok(chunk), (Some(chunks), left))),
                None => fault("the upload is longer than its stated length"),
            },
        }
    });
    Box::pin(checked)
}

/// A name inside quotes, escaped as the HTML standard has it.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that no content has: 128 random bits, from the only source of them in the standard library.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("losant-{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::{Part, Upload, boundary, escaped};

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
