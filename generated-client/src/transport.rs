//! From a request to an answer: the URL, the headers that every request has, redirects, time limits, the body. Nothing here
//! is generic or knows an endpoint.

use crate::client::Shared;
use crate::error::{Context, Error, ErrorKind};
use crate::request::Request;
use crate::response::RawResponse;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HeaderName, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use std::future::Future;
use std::time::Duration;
use url::Url;

const MAX_REDIRECTS: usize = 10;
const ACCEPT_VERSION: HeaderName = HeaderName::from_static("accept-version");

/// Sends a request and reads the answer in full; a status that is no success is an error.
pub(crate) async fn answer(mut request: Request) -> Result<RawResponse, Error> {
    let limit = request.timeout;
    let context = request.context.clone();
    within(limit, async {
        let response = open(&mut request).await?;
        read(response, &request).await
    })
    .await
    .map_err(|error| error.with_context(&context))
}

/// Runs a step of a call within a limit.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(limit) = limit else { return step.await };
    match tokio::time::timeout(limit, step).await {
        Ok(done) => done,
        Err(_) => Err(Error::new(ErrorKind::Timeout, format!("no complete answer within {limit:?}"))),
    }
}

/// Sends a request, follows the redirects that may be followed, and returns when the answer begins.
pub(crate) async fn open(request: &mut Request) -> Result<reqwest::Response, Error> {
    if let Some(fault) = request.fault.take() {
        return Err(fault);
    }
    let mut url = url(request)?;
    let mut headers = headers(request)?;
    let http = request.client.http_client().clone();
    for _ in 0..=MAX_REDIRECTS {
        let Some(body) = request.body.take(&request.context.method, &mut headers) else {
            return Err(Error::new(ErrorKind::Redirect, "a redirect asks for the body again, which was a stream"));
        };
        let mut attempt = reqwest::Request::new(request.context.method.clone(), url.clone());
        *attempt.headers_mut() = headers.clone();
        *attempt.body_mut() = Some(body);
        let response = http.execute(attempt).await.map_err(unsent)?;
        match redirect(&response, &url, &request.context)? {
            Some(next) => url = next,
            None => return Ok(response),
        }
    }
    Err(Error::new(ErrorKind::Redirect, format!("more than {MAX_REDIRECTS} redirects")))
}

/// The URL of a request; that it means what was built is checked, not hoped.
fn url(request: &Request) -> Result<Url, Error> {
    let base = &request.client.shared().base_url;
    let text = format!("{base}{}{}", request.path, request.query.encoded());
    let fault = || Error::new(ErrorKind::Request, "the path has characters or dot segments that a URL cannot carry");
    let url = Url::parse(&text).map_err(|_| fault())?;
    if url.as_str() == text { Ok(url) } else { Err(fault()) }
}

/// The headers of a request: its own, and for the rest those that every request has.
fn headers(request: &Request) -> Result<HeaderMap, Error> {
    let shared: &Shared = request.client.shared();
    let mut headers = request.headers.clone();
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
    headers.entry(USER_AGENT).or_insert_with(|| shared.user_agent.clone());
    if let Some(version) = &shared.accept_version {
        headers.entry(ACCEPT_VERSION).or_insert_with(|| version.clone());
    }
    if let Some(token) = &request.token {
        headers.entry(AUTHORIZATION).or_insert(token.header()?);
    }
    Ok(headers)
}

/// Where a redirect leads, if it is one; an error where it must not be followed.
fn redirect(response: &reqwest::Response, from: &Url, context: &Context) -> Result<Option<Url>, Error> {
    let status = response.status();
    let Some(location) =
        response.headers().get(LOCATION).filter(|_| matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308))
    else {
        return Ok(None);
    };
    let refused = |message: String| {
        Err(Error::new(ErrorKind::Redirect, message).with_answer(status, response.headers(), Bytes::new()))
    };
    let Some(to) = std::str::from_utf8(location.as_bytes()).ok().and_then(|location| from.join(location).ok()) else {
        return refused(format!("{status} to something that is not a URL"));
    };
    if to.origin() != from.origin() {
        let origin = to.origin().ascii_serialization();
        return refused(format!(
            "{status} to another origin ({origin}) is not followed: it would carry the token there"
        ));
    }
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    if !keeps_method && !matches!(context.method, Method::GET | Method::HEAD) {
        return refused(format!("{status} would drop the method and the body and is not followed"));
    }
    Ok(Some(to))
}

/// Reads an answer in full.
pub(crate) async fn read(response: reqwest::Response, request: &Request) -> Result<RawResponse, Error> {
    let status = response.status();
    let headers = response.headers().clone();
    let (body, fault) = collect(response, request.client.shared().max_body).await;
    if !status.is_success() {
        // What was said counts more than that it broke off.
        let redact = |text: &str| request.token.as_ref().map_or_else(|| text.to_owned(), |token| token.redact(text));
        let error = Error::status(status, headers, body, redact);
        return Err(match fault {
            Some(fault) => error.with_source(fault),
            None => error,
        });
    }
    match fault {
        Some(fault) => Err(fault.with_answer(status, &headers, body)),
        None => Ok(RawResponse { context: request.context.clone(), status, headers, body }),
    }
}

/// Reads a body as far as it comes and fits.
async fn collect(mut response: reqwest::Response, limit: u64) -> (Bytes, Option<Error>) {
    let too_long = || Error::new(ErrorKind::Body, format!("the answer is longer than the limit of {limit} bytes"));
    let stated = response.content_length().unwrap_or(0);
    if stated > limit {
        return (Bytes::new(), Some(too_long()));
    }
    // What a server states is no reason to reserve it all.
    let mut body = Vec::with_capacity(usize::try_from(stated.min(1 << 20)).unwrap_or(0));
    loop {
        match response.chunk().await {
            Ok(None) => return (body.into(), None),
            Ok(Some(chunk)) if u64::try_from(body.len() + chunk.len()).is_ok_and(|length| length <= limit) => {
                body.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => return (body.into(), Some(too_long())),
            Err(fault) => return (body.into(), Some(broken(fault))),
        }
    }
}

/// The error of an answer that broke off.
pub(crate) fn broken(fault: reqwest::Error) -> Error {
    let kind = if fault.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Body };
    caused(kind, "the answer broke off", fault)
}

/// The error of a request that got no answer.
fn unsent(fault: reqwest::Error) -> Error {
    let (kind, message) = if fault.is_timeout() {
        (ErrorKind::Timeout, "no connection or answer in time")
    } else if fault.is_connect() {
        (ErrorKind::Connect, "no connection to the server")
    } else if fault.is_redirect() {
        (ErrorKind::Redirect, "a redirect was not followed")
    } else if fault.is_builder() {
        (ErrorKind::Request, "the request cannot be sent")
    } else {
        (ErrorKind::Transport, "the connection broke before an answer came")
    };
    caused(kind, message, fault)
}

/// An error whose message ends with its deepest cause, which is the part that tells something.
fn caused(kind: ErrorKind, message: &str, fault: reqwest::Error) -> Error {
    // The URL has the query, which may hold secrets.
    let fault = fault.without_url();
    let mut deepest: &dyn std::error::Error = &fault;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let message = format!("{message}: {deepest}");
    Error::new(kind, message).with_source(fault)
}
