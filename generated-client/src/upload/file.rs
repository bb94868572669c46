//! Uploads of files of the disk. Touches the file system.

use super::{PIECE, Source, Upload};
use crate::BoxError;
use crate::body::Chunks;
use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt, stream};
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

impl Upload {
    /// Uploads a file of the disk under its own name. It is read piece by piece while it is sent, and never held whole.
    ///
    /// A file whose length changes until it is sent fails the request.
    ///
    /// ```no_run
    /// # #[cfg(feature = "file")]
    /// # async fn f(client: losant_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use losant_client::Upload;
    ///
    /// let film = Upload::path("film.mp4").await?.content_type("video/mp4");
    /// let film = film.on_progress(|sent, whole| println!("{sent} of {} bytes", whole.unwrap_or_default()));
    /// client.file("APPLICATION_ID", "FILE_ID").upload(film).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When there is no such file or it must not be read.
    pub async fn path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let about = File::open(path).await?.metadata().await?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let upload = Self::new(Source::File { path: path.to_owned(), length: about.len() }, false);
        Ok(match name {
            Some(name) => upload.file_name(name),
            None => upload,
        })
    }
}

/// The bytes of a file, opened when they are asked for.
pub(super) fn chunks(path: PathBuf) -> Chunks {
    let opened = async move { File::open(path).await.map_err(BoxError::from) };
    let read = |file| async move { piece(file).await.map_err(BoxError::from) };
    Box::pin(stream::once(opened).map_ok(move |file| stream::try_unfold(file, read)).try_flatten())
}

/// The next piece of a file, and the file; none at its end.
async fn piece(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut piece = BytesMut::with_capacity(PIECE);
    let length = file.read_buf(&mut piece).await?;
    Ok((length > 0).then_some((piece.freeze(), file)))
}
