//! Instructions of decoding and of the generator's stages, counted by valgrind: figures that a busy machine does not change.
//!
//! Needs valgrind and `gungraun-runner` of the same version: `cargo bench -p tests --features instructions --bench instructions`.
#![allow(missing_docs, reason = "what the macros make has none")]

use std::hint::black_box;

use generator::source::Source;
use gungraun::{library_benchmark, library_benchmark_group, main};
use losant_client::schemas::Devices;
use serde_json::Value;

fn page() -> Vec<u8> {
    tests::page::devices(1_000_000)
}

#[library_benchmark]
#[bench::devices(setup = page)]
fn typed(page: Vec<u8>) -> Devices {
    serde_json::from_slice(black_box(&page)).expect("the example is valid")
}

#[library_benchmark]
#[bench::devices(setup = page)]
fn value(page: Vec<u8>) -> Value {
    serde_json::from_slice(black_box(&page)).expect("the example is JSON")
}

#[library_benchmark]
#[bench::api(setup = tests::page::spec)]
fn read(pages: Vec<Source>) -> generator::Read {
    generator::read(black_box(pages))
}

library_benchmark_group!(name = decode, benchmarks = [typed, value]);
library_benchmark_group!(name = regenerate, benchmarks = [read]);
main!(library_benchmark_groups = [decode, regenerate]);
