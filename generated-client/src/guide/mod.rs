//! What to know beyond the single action, a page per topic. Every example on them is compiled with the crate's tests.

#[doc = include_str!("auth.md")]
pub mod auth {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("faults.md")]
pub mod faults {}

#[doc = include_str!("features.md")]
#[doc = include_str!("../generated/features.md")]
pub mod features {}

#[doc = include_str!("migration.md")]
pub mod migration {}

#[doc = include_str!("paging.md")]
pub mod paging {}

#[doc = include_str!("raw.md")]
pub mod raw {}

#[doc = include_str!("retries.md")]
pub mod retries {}

#[doc = include_str!("streams.md")]
pub mod streams {}

#[doc = include_str!("testing.md")]
pub mod testing {}

#[doc = include_str!("upgrading.md")]
pub mod upgrading {}

#[doc = include_str!("uploads.md")]
pub mod uploads {}
