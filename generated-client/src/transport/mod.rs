//! From a request to an answer: the URL, the headers that every request has, time limits, redirects, repeats, a new token
//! in place of a refused one, the body. Nothing here is generic or knows an endpoint.

#[cfg_attr(all(target_family = "wasm", target_os = "unknown"), path = "browser.rs")]
mod http;
mod redirect;
mod seam;

pub use self::http::HttpTransport;
pub use seam::{CallInfo, RequestBody, ResponseBody, Transport, TransportFuture};

use crate::base_url::Address;
use crate::clock::{self, Instant};
use crate::error::{Error, ErrorKind};
use crate::log;
use crate::request::Request;
use crate::response::RawResponse;
use crate::token::{REDACTED, Token};
use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_ENCODING, HeaderName, USER_AGENT};
use ::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use seam::Target;
use std::future::Future;
use std::pin::{Pin, pin};
use std::time::Duration;
use url::Url;

const ACCEPT_VERSION: HeaderName = HeaderName::from_static("accept-version");

/// How much of the body of a refusal is kept.
const MAX_ERROR_BODY: u64 = 1 << 20;

type Answer = ::http::Response<ResponseBody>;

/// Sends a request and reads the answer in full; a status that is no success is an error.
pub(crate) async fn answer(request: &mut Request) -> Result<RawResponse, Error> {
    let (parts, body) = execute(request, true).await?.into_parts();
    // It was read within the attempt.
    let body = body.whole();
    Ok(RawResponse { context: request.context.clone(), status: parts.status, headers: parts.headers, body })
}

/// Sends a request and returns when the answer begins; a status that is no success is an error.
pub(crate) async fn open(request: &mut Request) -> Result<Answer, Error> {
    execute(request, false).await
}

/// Runs a step of a call within a limit.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(limit) = limit else { return step.await };
    // Without time left nothing counts, even if it is there already: a body without end always is.
    let done = if limit.is_zero() { None } else { clock::timeout(limit, step).await.ok() };
    done.unwrap_or_else(|| Err(Error::new(ErrorKind::Timeout, format!("no complete answer within {limit:?}"))))
}

/// All attempts of one call, within its deadline. In a box, so that its code is not part of each of its callers'.
fn execute(request: &mut Request, whole: bool) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + '_>> {
    Box::pin(async move {
        let mut attempt = 0;
        let deadline = request.deadline;
        // Pinned where it is: a future that is an argument is in its function's future twice.
        let outcome = within(deadline, pin!(attempts(request, whole, &mut attempt))).await;
        outcome.map_err(|error| error.with_context(&request.context).with_attempts(attempt))
    })
}

async fn attempts(request: &mut Request, whole: bool, attempt: &mut u32) -> Result<Answer, Error> {
    if let Some(fault) = request.fault.take() {
        // A pager may come again.
        request.fault = Some(fault.again());
        return Err(fault);
    }
    let deadline = request.deadline.and_then(|limit| Instant::now().checked_add(limit));
    let mut renewed = false;
    loop {
        let mut token = request.token.clone().or_else(|| request.client.session().token());
        if token.is_none() && request.depends_on_token() {
            token = request.client.session().renew(None).await?;
        }
        *attempt += 1;
        let start = log::Start::now();
        let timeout = request.timeout;
        let error = {
            let outcome = within(timeout, pin!(once(request, token.as_ref(), *attempt, whole))).await;
            log::attempt(&request.context, *attempt, start, &outcome);
            match outcome {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            }
        };
        if error.is_unauthorized() && !renewed && request.depends_on_token() {
            renewed = true;
            match request.client.session().renew(token.as_ref()).await {
                Ok(Some(_)) if request.may_repeat(!whole) => continue,
                Ok(_) => return Err(error),
                Err(fault) => return Err(error.with_source(fault)),
            }
        }
        let Some(wait) = request.retry.wait(*attempt, &error).filter(|_| request.may_repeat(!whole)) else {
            return Err(error);
        };
        // An answer now is worth more than a time limit that passes while nothing is done.
        let next = Instant::now().checked_add(wait);
        if deadline.is_some_and(|deadline| next.is_none_or(|next| next >= deadline)) {
            return Err(error);
        }
        log::wait(&request.context, wait);
        clock::sleep(wait).await;
    }
}

/// One attempt: what comes of it is an answer that is a success, in full if that is asked for.
async fn once(request: &mut Request, token: Option<&Token>, attempt: u32, whole: bool) -> Result<Answer, Error> {
    let mut answer = send(request, token, attempt).await?;
    let is_success = answer.status().is_success();
    if is_success && !whole {
        return Ok(answer);
    }
    let limit = if is_success { request.max_body } else { request.max_body.min(MAX_ERROR_BODY) };
    let unwanted = if is_success { unwanted(&answer, limit) } else { None };
    let (body, fault) = match unwanted {
        Some(fault) => (Bytes::new(), Some(fault)),
        None => answer.body_mut().collect(limit).await,
    };
    if !is_success {
        return Err(refusal(request, token, answer, body, fault));
    }
    if let Some(fault) = fault {
        return Err(fault.with_answer(answer.status(), answer.headers(), body));
    }
    *answer.body_mut() = body.into();
    Ok(answer)
}

/// The error that an answer is.
fn refusal(request: &Request, token: Option<&Token>, answer: Answer, body: Bytes, fault: Option<Error>) -> Error {
    let (parts, _) = answer.into_parts();
    let error = Error::status(parts.status, parts.headers, body, |text| redacted(request, token, text));
    // What was said counts more than that it broke off.
    match fault {
        Some(fault) => error.with_source(fault),
        None => error,
    }
}

/// What is wrong with the body of an answer by its headers alone.
fn unwanted(answer: &Answer, max_body: u64) -> Option<Error> {
    if let Some(encoding) = answer.headers().get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
        let message = format!("the answer is encoded as {encoding:?}, which was not asked for");
        return Some(Error::new(ErrorKind::Decode, message));
    }
    let length = answer.body().length().filter(|length| *length > max_body)?;
    let message = format!("the answer has {length} bytes, which is over the limit of {max_body}");
    Some(Error::new(ErrorKind::Body, message))
}

/// A server's words without what the request was signed with, should it have repeated that.
fn redacted(request: &Request, token: Option<&Token>, text: &str) -> String {
    let own = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let own = own.map(|value| value.split_once(' ').map_or(value, |(_, secret)| secret)).filter(|own| !own.is_empty());
    match (own, token) {
        (Some(own), _) => text.replace(own, REDACTED),
        (None, Some(token)) => token.redact(text),
        (None, None) => text.to_owned(),
    }
}

/// Sends a request, follows the redirects that may be followed, and returns when the answer begins.
async fn send(request: &mut Request, token: Option<&Token>, attempt: u32) -> Result<Answer, Error> {
    let mut redirected: Option<Box<Url>> = None;
    for _ in 0..=redirect::MOST {
        let outgoing = outgoing(request, token, redirected.as_deref(), attempt)?;
        let answer = request.client.shared().transport.send(outgoing).await?;
        if !redirect::is_one(&answer) {
            return Ok(answer);
        }
        let from = address(request, redirected.as_deref())?.url;
        redirected = Some(redirect::target(&answer, &from, &request.context.method)?.into());
    }
    Err(Error::new(ErrorKind::Redirect, format!("more than {} redirects", redirect::MOST)))
}

/// Where a request goes: where a redirect leads, else where it was made for.
fn address(request: &Request, redirected: Option<&Url>) -> Result<Address, Error> {
    match redirected {
        Some(url) => Address::of(url.clone()),
        None => request.client.shared().base_url.address(&request.path, &request.query.encoded()),
    }
}

/// A request as a transport gets it.
fn outgoing(
    request: &mut Request,
    token: Option<&Token>,
    redirected: Option<&Url>,
    attempt: u32,
) -> Result<::http::Request<RequestBody>, Error> {
    let address = address(request, redirected)?;
    let mut headers = headers(request, token)?;
    let Some(body) = request.body.take(&request.context.method, &mut headers) else {
        return Err(Error::new(ErrorKind::Redirect, "a redirect asks for the body again, which was a stream"));
    };
    let mut outgoing = ::http::Request::new(body);
    *outgoing.method_mut() = request.context.method.clone();
    *outgoing.uri_mut() = address.uri;
    *outgoing.headers_mut() = headers;
    outgoing.extensions_mut().insert(Target(address.url));
    outgoing.extensions_mut().insert(CallInfo { path: request.context.path.clone(), attempt });
    Ok(outgoing)
}

/// The headers of a request: its own, and for the rest those that every request has.
fn headers(request: &Request, token: Option<&Token>) -> Result<HeaderMap, Error> {
    let shared = request.client.shared();
    let mut headers = request.headers.clone();
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
    headers.entry(USER_AGENT).or_insert_with(|| shared.user_agent.clone());
    if let Some(version) = &shared.accept_version {
        headers.entry(ACCEPT_VERSION).or_insert_with(|| version.clone());
    }
    if let Some(token) = token {
        headers.entry(AUTHORIZATION).or_insert(token.header()?);
    }
    Ok(headers)
}
