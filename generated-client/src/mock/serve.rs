//! The connections of the mock server. hyper speaks HTTP as long as an answer is whole; what breaks off is written by hand,
//! on the socket that hyper gives back.

use super::State;
use super::answer::{Ending, Outgoing};
use super::lock;
use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Takes connections until it is dropped.
pub(super) async fn accept(listener: TcpListener, state: Arc<State>) {
    loop {
        match listener.accept().await {
            // A client that goes away ends its connection and nothing else.
            Ok((stream, _)) => drop(tokio::spawn(connection(stream, Arc::clone(&state)))),
            // Too many open files, for instance: it may pass.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
}

type Answered = Pin<Box<dyn Future<Output = Result<Response<Full<Bytes>>, Broken>> + Send>>;

/// hyper is told to stop: the rest is not HTTP.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is to break")
    }
}

impl std::error::Error for Broken {}

async fn connection(stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let broken: Arc<Mutex<Option<Outgoing>>> = Arc::default();
    let left = Arc::clone(&broken);
    let service = service_fn(move |request: Request<Incoming>| -> Answered {
        let (state, broken) = (Arc::clone(&state), Arc::clone(&left));
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(|_| Broken)?.to_bytes();
            let answer = state.answer(head, body);
            tokio::time::sleep(answer.delay).await;
            if answer.ending == Ending::Whole {
                return Ok(whole(answer));
            }
            *lock(&broken) = Some(answer);
            Err(Broken)
        })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Whatever ends it, the socket is there afterwards.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    let answer = lock(&broken).take();
    match answer {
        Some(answer) => break_off(stream, answer).await,
        None => close(stream).await,
    }
}

fn whole(answer: Outgoing) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

async fn close(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await
}

async fn break_off(mut stream: TcpStream, answer: Outgoing) -> io::Result<()> {
    match answer.ending {
        Ending::Reset => stream.set_zero_linger(),
        Ending::Wire(bytes) => {
            stream.write_all(&bytes).await?;
            close(stream).await
        }
        Ending::Whole => close(stream).await,
        Ending::Cut(bytes) => {
            stream.write_all(&part(&answer, bytes)).await?;
            close(stream).await
        }
        Ending::Stalled(bytes) => {
            stream.write_all(&part(&answer, bytes)).await?;
            // Until the client has enough.
            while stream.read(&mut [0; 512]).await? > 0 {}
            Ok(())
        }
    }
}

/// The head and the first bytes of the body of an answer. A stream is sent as one chunk of many; else the length is that of
/// the whole body.
fn part(answer: &Outgoing, bytes: usize) -> Vec<u8> {
    let body = &answer.body[..bytes.min(answer.body.len())];
    let mut headers = answer.headers.clone();
    if answer.is_stream {
        headers.insert(http::header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
    } else {
        headers.insert(http::header::CONTENT_LENGTH, answer.body.len().into());
    }
    let mut text = format!("HTTP/1.1 {}\r\n", answer.status).into_bytes();
    for (name, value) in &headers {
        text.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    text.extend(b"\r\n");
    if answer.is_stream && !body.is_empty() {
        text.extend(format!("{:x}\r\n", body.len()).bytes());
        text.extend([body, b"\r\n"].concat());
    } else {
        text.extend(body);
    }
    text
}
