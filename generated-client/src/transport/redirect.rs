//! Where a redirect may lead. Touches nothing but what an answer says.

use super::Answer;
use crate::error::{Error, ErrorKind};
use bytes::Bytes;
use http::header::LOCATION;
use http::{Method, StatusCode};
use url::Url;

/// How many redirects are followed for one attempt.
pub(super) const MOST: usize = 10;

/// Whether an answer is a redirect.
pub(super) fn is_one(answer: &Answer) -> bool {
    matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) && answer.headers().contains_key(LOCATION)
}

/// Where a redirect leads; an error where it must not be followed.
pub(super) fn target(answer: &Answer, from: &Url, method: &Method) -> Result<Url, Error> {
    let status = answer.status();
    let refused = |message: String| {
        Err(Error::new(ErrorKind::Redirect, message).with_answer(status, answer.headers(), Bytes::new()))
    };
    let location = answer.headers().get(LOCATION).and_then(|location| std::str::from_utf8(location.as_bytes()).ok());
    let Some(to) = location.and_then(|location| from.join(location).ok()) else {
        return refused(format!("{status} to something that is not a URL"));
    };
    if to.origin() != from.origin() {
        let origin = to.origin().ascii_serialization();
        return refused(format!(
            "{status} to another origin ({origin}) is not followed: it would carry the token there"
        ));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return refused(format!(
            "{status} to an address with a user in it is not followed: it would take the token's place"
        ));
    }
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    if !keeps_method && !matches!(*method, Method::GET | Method::HEAD) {
        return refused(format!("{status} would drop the method and the body and is not followed"));
    }
    Ok(to)
}
