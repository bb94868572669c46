//! Waiting, and how late it is: Tokio's timers, and those of JavaScript where there is no system. Touches the clock only.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod browser;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use browser::{Instant, since_1970, sleep, timeout};
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use tokio::time::{Instant, sleep, timeout};

/// The time of day; none where the clock is set before 1970.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn since_1970() -> Option<std::time::Duration> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()
}
