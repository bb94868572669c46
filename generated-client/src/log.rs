//! What a call tells of itself, with the feature `tracing`; without it nothing is there. Values of a request are in none of
//! it: the path stands with its parameters in braces.

#![cfg_attr(not(feature = "tracing"), allow(unused_variables, reason = "nothing is told without the feature"))]

#[cfg(feature = "tracing")]
use crate::clock::Instant;
use crate::error::{Context, Error};
use http::Response;
use std::time::Duration;

/// When something began, if anybody will be told.
#[derive(Clone, Copy)]
pub(crate) struct Start(#[cfg(feature = "tracing")] Instant);

impl Start {
    pub(crate) fn now() -> Self {
        Self(
            #[cfg(feature = "tracing")]
            Instant::now(),
        )
    }
}

/// Tells how an attempt has ended: at level `DEBUG` where it was answered, else at `WARN`.
pub(crate) fn attempt<B>(context: &Context, attempt: u32, start: Start, outcome: &Result<Response<B>, Error>) {
    #[cfg(feature = "tracing")]
    {
        let (method, path) = (context.method.as_str(), &*context.path);
        let millis = u64::try_from(start.0.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok(answer) => {
                let status = answer.status().as_u16();
                tracing::debug!(target: "losant_client", method, path, attempt, status, millis, "answered");
            }
            Err(error) => {
                let status = error.status_code().map(|status| status.as_u16());
                tracing::warn!(target: "losant_client", method, path, attempt, status, millis, %error, "failed");
            }
        }
    }
}

/// Tells of a wait before a request is repeated, at level `DEBUG`.
pub(crate) fn wait(context: &Context, wait: Duration) {
    #[cfg(feature = "tracing")]
    {
        let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(target: "losant_client", path = &*context.path, millis, "waiting before the next attempt");
    }
}
