//! Answers that are read as they come: files that need not fit into memory. Touches `transport` for the opening.

use crate::error::{Context, Error, ErrorKind};
use crate::request::Request;
use crate::transport::{self, ResponseBody};
use bytes::Bytes;
use futures_core::Stream;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::pin::Pin;
use std::task::Poll;

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
    let (parts, body) = transport::open(&mut request).await?.into_parts();
    Ok(Download { context: request.context, status: parts.status, headers: parts.headers, body })
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

    /// The next piece of the body, or none at its end. A body that breaks off ends with an error.
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
