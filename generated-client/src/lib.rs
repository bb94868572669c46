//! Unofficial typed client of the Losant API.
#![allow(dead_code, unused_imports)]
pub mod types;
