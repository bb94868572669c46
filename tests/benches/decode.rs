//! How fast a large answer becomes typed values, beside the same bytes as `serde_json::Value`, and back.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use losant_client::schemas::Devices;
use serde_json::Value;

/// A page of devices is made about this large.
const BYTES: usize = 10_000_000;

fn benchmarks(criterion: &mut Criterion) {
    let page = tests::page::devices(BYTES);
    let mut group = criterion.benchmark_group("decode");
    group.sample_size(20).throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("devices/typed", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Devices>(black_box(&page)).expect("the example is valid"));
    });
    // As the client does it: UTF-8 is checked once for the whole body.
    group.bench_function("devices/typed, by the client", |bencher| {
        bencher.iter(|| {
            let text = str::from_utf8(black_box(&page)).expect("the example is text");
            serde_json::from_str::<Devices>(text).expect("the example is valid")
        });
    });
    group.bench_function("devices/value", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Value>(black_box(&page)).expect("the example is JSON"));
    });
    group.finish();

    let devices: Devices = serde_json::from_slice(&page).expect("the example is valid");
    let mut group = criterion.benchmark_group("encode");
    group.sample_size(20).throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("devices/typed", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&devices)).expect("what was read can be written"));
    });
    group.finish();
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
