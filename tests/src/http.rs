//! The little HTTP/1.1 that the test server reads: one request at a time, its body by length or in chunks.

use std::io;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::tcp::OwnedReadHalf;

/// A request as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// The request target, undecoded: path and query.
    pub target: String,
    /// The headers in their order, the names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without the framing of chunks.
    pub body: Vec<u8>,
    /// Whether the whole body came.
    pub complete: bool,
}

impl Seen {
    /// The path, undecoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query, undecoded; none where there is no question mark.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The value of a header, named in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Reads the next request of a connection; none where the peer has closed it or sends no HTTP.
pub(crate) async fn read(stream: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<Seen>> {
    let first = line(stream).await?;
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut seen = Seen { method: method.to_owned(), target: target.to_owned(), ..Seen::default() };
    loop {
        let line = line(stream).await?;
        let Some((name, value)) = line.split_once(':') else { break };
        seen.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let body = if seen.header("transfer-encoding").is_some() {
        chunks(stream, &mut seen.body).await
    } else {
        let length = seen.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        seen.body.resize(length, 0);
        stream.read_exact(&mut seen.body).await.map(|_| ())
    };
    seen.complete = body.is_ok();
    Ok(Some(seen))
}

async fn chunks(stream: &mut BufReader<OwnedReadHalf>, body: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let length = usize::from_str_radix(&line(stream).await?, 16).map_err(io::Error::other)?;
        let start = body.len();
        body.resize(start + length, 0);
        stream.read_exact(&mut body[start..]).await?;
        line(stream).await?;
        if length == 0 {
            return Ok(());
        }
    }
}

/// A line without its end. Header bytes are Latin-1, so each is one character.
async fn line(stream: &mut BufReader<OwnedReadHalf>) -> io::Result<String> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    Ok(line.trim_ascii_end().iter().copied().map(char::from).collect())
}
