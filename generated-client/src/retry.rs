//! When a request is sent again, and how long that waits. Touches errors only; the loop is in `transport`.

use crate::error::{Error, ErrorKind};
use crate::random;
use std::time::Duration;

/// Longer than anybody waits, and short enough to reckon with.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// When a request is sent again by itself.
///
/// Repeated are requests whose method is idempotent (`GET`, `HEAD`, `OPTIONS`, `PUT`, `DELETE`) and that carry no form and
/// open no stream, after: no connection, a connection that broke before an answer began, and the status 429, 502, 503
/// or 504. Everything else is repeated only where the caller says that it may be
/// ([`RequestOptions::repeatable`](crate::RequestOptions::repeatable)).
///
/// The wait doubles from attempt to attempt; a random part of up to a half is taken off, so that many clients do not come
/// back at once. A server that asks for a longer wait (`Retry-After`) gets it, unless that is longer than
/// [`longest_wait`](Self::longest_wait): then the error is returned at once.
///
/// ```
/// use losant_client::{Client, RetryPolicy};
/// use std::time::Duration;
///
/// # fn main() -> Result<(), losant_client::Error> {
/// let patient = RetryPolicy::default().attempts(6).first_delay(Duration::from_secs(1));
/// let client = Client::builder().token("ACCESS_TOKEN").retry(patient).deadline(Duration::from_secs(90)).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_delay: Duration,
    max_delay: Duration,
    longest_wait: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts; waits from half a second to 20 seconds; a minute at most where the server asks for it.
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            longest_wait: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// One attempt and no more.
    pub fn off() -> Self {
        Self::default().attempts(1)
    }

    /// How often a request is sent in all, the first time included.
    #[must_use]
    pub fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// The wait behind the first attempt.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// The wait beyond which it does not grow.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest wait that a server may ask for. Where it asks for more, the error is returned at once, and an event stream
    /// that was to be opened again has ended.
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// How long to wait behind an attempt (counted from one) that failed so; none where it was the last.
    pub(crate) fn wait(&self, attempt: u32, error: &Error) -> Option<Duration> {
        if attempt >= self.attempts || !is_passing(error) {
            return None;
        }
        let delay = self.delay(attempt);
        match error.retry_after() {
            Some(asked) if !self.allows_wait(asked) => None,
            Some(asked) => Some(asked.max(delay)),
            None => Some(delay),
        }
    }

    /// Whether there is an attempt behind this one.
    pub(crate) fn allows_after(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }

    /// Whether a server may ask for this wait.
    pub(crate) fn allows_wait(&self, asked: Duration) -> bool {
        asked <= self.longest_wait
    }

    /// The wait behind an attempt, counted from one.
    pub(crate) fn delay(&self, attempt: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let whole = self.first_delay.saturating_mul(factor).min(self.max_delay).min(YEAR);
        whole.mul_f64(1.0 - random::fraction() / 2.0)
    }
}

/// Whether the server had no part in the fault, or says itself that another time may do.
fn is_passing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Transport => true,
        ErrorKind::Status => error.status_code().is_some_and(|status| matches!(status.as_u16(), 429 | 502 | 503 | 504)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RetryPolicy;
    use crate::error::{Error, ErrorKind};
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
    use std::time::Duration;

    fn policy() -> RetryPolicy {
        let (first, most) = (Duration::from_millis(100), Duration::from_millis(300));
        RetryPolicy::default().attempts(5).first_delay(first).max_delay(most)
    }

    fn answer(status: u16, wait: Option<&'static str>) -> Error {
        let mut headers = HeaderMap::new();
        headers.extend(wait.map(|wait| (RETRY_AFTER, HeaderValue::from_static(wait))));
        Error::status(StatusCode::from_u16(status).expect("a status"), headers, Bytes::new(), str::to_owned)
    }

    #[test]
    fn waits_grow_up_to_a_limit_and_differ() {
        let endless = policy().first_delay(Duration::MAX).max_delay(Duration::MAX);
        assert!(endless.delay(u32::MAX) <= super::YEAR);
        for (attempt, whole) in [(1, 100), (2, 200), (3, 300), (4, 300), (40, 300)] {
            let (least, most) = (Duration::from_millis(whole / 2), Duration::from_millis(whole));
            let waits: Vec<Duration> = (0..20).map(|_| policy().delay(attempt)).collect();
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{attempt}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "no jitter: {waits:?}");
        }
    }

    #[test]
    fn what_is_waited_for() {
        for status in [429, 502, 503, 504] {
            assert!(policy().wait(4, &answer(status, None)).is_some(), "{status}");
            assert_eq!(policy().wait(5, &answer(status, None)), None, "{status}: the last attempt");
            assert_eq!(RetryPolicy::off().wait(1, &answer(status, None)), None);
        }
        for status in [400, 401, 403, 404, 408, 409, 422, 500, 501, 505] {
            assert_eq!(policy().wait(1, &answer(status, None)), None, "{status}");
        }
        for kind in [ErrorKind::Timeout, ErrorKind::Body, ErrorKind::Decode, ErrorKind::Redirect, ErrorKind::Config] {
            assert_eq!(policy().wait(1, &Error::new(kind, "")), None, "{kind:?}");
        }
        assert!(policy().wait(1, &Error::new(ErrorKind::Connect, "")).is_some());
    }

    #[test]
    fn a_server_gets_the_wait_that_it_asks_for_or_none() {
        assert_eq!(policy().wait(1, &answer(429, Some("7"))), Some(Duration::from_secs(7)));
        assert!(policy().wait(1, &answer(429, Some("0"))).is_some_and(|wait| wait >= Duration::from_millis(50)));
        assert_eq!(policy().wait(1, &answer(429, Some("61"))), None);
        let patient = policy().longest_wait(Duration::from_secs(100));
        assert_eq!(patient.wait(1, &answer(503, Some("61"))), Some(Duration::from_secs(61)));
        assert_eq!(policy().wait(1, &answer(400, Some("1"))), None);
    }
}
