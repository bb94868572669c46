//! Answers that are read as they come: files that need not fit into memory. Touches `transport` for the opening.

use crate::clock::Instant;
use crate::error::{Context, Error, ErrorKind};
use crate::request::Request;
use crate::transport::{self, ResponseBody};
use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

/// A successful answer whose body is read as it comes. It is a [`Stream`] of pieces, and [`next`](Self::next) does without
/// that trait.
///
/// ```no_run
/// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
/// let request = client.request(http::Method::GET, "/applications/{app}/archive", &["575ec8687ae143cd83dc4a97"]);
/// let bytes = request.download().await?.save("archive.zip").await?;
/// println!("{bytes} bytes");
/// # Ok(())
/// # }
/// ```
#[must_use = "a download does nothing until it is read"]
pub struct Download {
    context: Context,
    status: StatusCode,
    headers: HeaderMap,
    body: ResponseBody,
}

/// Sends a request and returns as soon as the headers of the answer are there.
pub(crate) async fn open(mut request: Request) -> Result<Download, Error> {
    let begun = Instant::now();
    let (parts, body) = transport::open(&mut request).await?.into_parts();
    let limits =
        Limits { silence: request.timeout, end: request.deadline.and_then(|deadline| begun.checked_add(deadline)) };
    Ok(Download { context: request.context, status: parts.status, headers: parts.headers, body: limits.bound(body) })
}

/// What bounds a body once its headers are there.
#[derive(Clone, Copy)]
struct Limits {
    /// How long nothing may come.
    silence: Option<Duration>,
    /// When all must have come.
    end: Option<Instant>,
}

impl Limits {
    /// The same body, but with an error, which is its last piece, in place of a wait that is too long.
    fn bound(self, body: ResponseBody) -> ResponseBody {
        let length = body.length();
        let pieces = stream::unfold(Some(body), move |body| async move {
            let mut body = body?;
            let read = async { body.chunk().await.transpose() };
            let piece = transport::within(self.next(), read).await.transpose()?;
            Some(if piece.is_ok() { (piece, Some(body)) } else { (piece, None) })
        });
        ResponseBody::stream(pieces, length)
    }

    /// How long the next piece may take.
    fn next(self) -> Option<Duration> {
        let left = self.end.map(|end| end.saturating_duration_since(Instant::now()));
        [self.silence, left].into_iter().flatten().min()
    }
}

impl Download {
    /// The status, always a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How long the body will be, where the server says it.
    pub fn length(&self) -> Option<u64> {
        self.body.length()
    }

    /// The next piece of the body, or none at its end. A body that breaks off, is silent for longer than the time limit of an
    /// attempt, or is not complete at the deadline of the call, ends with an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        StreamExt::next(self).await
    }

    /// Writes the body to a file, which is made or emptied first, and returns its length.
    ///
    /// # Errors
    /// When the body breaks off or the file cannot be written (kind [`ErrorKind::Body`]); the file holds what came until then.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub async fn save(mut self, path: impl AsRef<std::path::Path>) -> Result<u64, Error> {
        use tokio::io::AsyncWriteExt as _;

        let context = self.context.clone();
        let fault = |fault: std::io::Error| {
            let message = format!("the file cannot be written: {fault}");
            Error::new(ErrorKind::Body, message).with_source(fault).with_context(&context)
        };
        let mut file = tokio::fs::File::create(path).await.map_err(fault)?;
        let mut length = 0;
        let mut broken = None;
        while let Some(piece) = self.next().await {
            match piece {
                Ok(piece) => {
                    file.write_all(&piece).await.map_err(fault)?;
                    length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
                }
                Err(fault) => {
                    broken = Some(fault);
                    break;
                }
            }
        }
        // The file takes what it has been given only now.
        file.flush().await.map_err(fault)?;
        broken.map_or(Ok(length), Err)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.body.poll_chunk(context);
        next.map(|piece| piece.map(|piece| piece.map_err(|fault| fault.with_context(&self.context))))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status)
            .field("length", &self.body.length())
            .finish_non_exhaustive()
    }
}
