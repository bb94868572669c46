//! Files to upload: bytes, text, a file of the disk, a stream; and who wants to know how far it is.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod file;

use crate::BoxError;
use crate::body::Chunks;
use crate::multipart::Part;
use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};
use std::fmt;
use std::sync::{Arc, Mutex};

/// How much of a file is in memory at a time.
const PIECE: usize = 64 * 1024;

type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// A file to upload: bytes, text, a file of the disk, or a stream of bytes.
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

/// The bytes of a part.
pub(crate) struct Content {
    source: Source,
    progress: Option<Progress>,
}

enum Source {
    Bytes(Bytes),
    /// Opened anew each time that it is sent.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    File {
        path: std::path::PathBuf,
        length: u64,
    },
    /// None once it has been sent. The lock is never taken; it lets a request be shared between threads.
    Stream {
        chunks: Mutex<Option<Chunks>>,
        length: Option<u64>,
    },
}

impl Upload {
    fn new(source: Source, text: bool) -> Self {
        Self { content: Content { source, progress: None }, file_name: None, content_type: None, text }
    }

    /// Uploads bytes, as `application/octet-stream` if no other content type is set.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Source::Bytes(bytes.into()), false)
    }

    /// Uploads text, under the name of its parameter if no other file name is set.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Source::Bytes(Bytes::from(text.into())), true)
    }

    /// Uploads what a stream yields.
    ///
    /// It is sent as it comes and never twice: a request with it follows no redirect. Without a known length the whole
    /// body is sent chunked; [`stream_of_length`](Self::stream_of_length) avoids that.
    pub fn stream<S, E>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let chunks: Chunks = Box::pin(chunks.map_err(Into::into));
        Self::new(Source::Stream { chunks: Mutex::new(Some(chunks)), length: None }, false)
    }

    /// Uploads what a stream yields, which is exactly so many bytes; anything else fails the request.
    pub fn stream_of_length<S, E>(chunks: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let chunks: Chunks = Box::pin(chunks.map_err(Into::into));
        let chunks = Mutex::new(Some(of_length(chunks, length)));
        Self::new(Source::Stream { chunks, length: Some(length) }, false)
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

    /// Who is told, while it is sent, how many bytes have gone to the connection, and of how many if that is known.
    ///
    /// It begins at 0 again where the upload is sent again.
    pub fn on_progress(mut self, tell: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.content.progress = Some(Arc::new(tell));
        self
    }

    /// The part that carries this file under a name.
    pub(crate) fn into_part(self, name: &str) -> Result<Part, String> {
        // A server takes a part without a file name and without a type for a plain field.
        let file_name = self.file_name.as_deref().or(self.text.then_some(name));
        let content_type = self.content_type.as_deref().or((!self.text).then_some("application/octet-stream"));
        Part::file(name, file_name, content_type, self.content)
    }
}

impl Content {
    pub(crate) fn bytes(bytes: Bytes) -> Self {
        Self { source: Source::Bytes(bytes), progress: None }
    }

    pub(crate) fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            Source::File { length, .. } => Some(*length),
            Source::Stream { length, .. } => *length,
        }
    }

    /// Whether it can be sent (once more).
    pub(crate) fn is_there(&self) -> bool {
        match &self.source {
            Source::Bytes(_) => true,
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            Source::File { .. } => true,
            Source::Stream { chunks, .. } => chunks.lock().is_ok_and(|chunks| chunks.is_some()),
        }
    }

    /// The bytes for one attempt; none where they were a stream that has been sent.
    pub(crate) fn take(&mut self) -> Option<Chunks> {
        let whole = self.length();
        let chunks = match &mut self.source {
            Source::Bytes(bytes) if self.progress.is_none() => one(bytes.clone()),
            Source::Bytes(bytes) => pieces(bytes.clone()),
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            Source::File { path, length } => of_length(file::chunks(path.clone()), *length),
            Source::Stream { chunks, .. } => chunks.get_mut().ok()?.take()?,
        };
        Some(match &self.progress {
            None => chunks,
            Some(tell) => told(chunks, Arc::clone(tell), whole),
        })
    }
}

/// Bytes as a stream.
pub(crate) fn one(bytes: Bytes) -> Chunks {
    Box::pin(stream::iter([Ok(bytes)]))
}

/// Bytes in pieces, so that progress can be seen.
fn pieces(bytes: Bytes) -> Chunks {
    Box::pin(stream::unfold(bytes, |mut rest| async move {
        let next = rest.split_to(PIECE.min(rest.len()));
        (!next.is_empty()).then_some((Ok(next), rest))
    }))
}

/// The same stream, which tells how far it is.
fn told(chunks: Chunks, tell: Progress, whole: Option<u64>) -> Chunks {
    let mut sent = 0_u64;
    Box::pin(chunks.inspect_ok(move |chunk| {
        sent = sent.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        tell(sent, whole);
    }))
}

/// The same stream, but with an error where it holds more or fewer bytes than was said.
///
/// HTTP/1 would cut what is too much in silence: half a file would arrive as a whole one.
fn of_length(chunks: Chunks, length: u64) -> Chunks {
    let checked = stream::unfold((Some(chunks), length), |(chunks, left)| async move {
        let mut chunks = chunks?;
        let fault = |message: &str| Some((Err(BoxError::from(message)), (None, 0)));
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
