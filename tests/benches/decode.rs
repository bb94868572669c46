//! How fast a large answer becomes typed values, beside the same bytes as `serde_json::Value`, and back.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use losant_client::schemas::Devices;
use serde_json::Value;

/// A page of devices is made about this large.
const BYTES: usize = 10_000_000;

fn benchmarks(criterion: &mut Criterion) {
    let page = devices();
    let mut group = criterion.benchmark_group("decode");
    group.sample_size(20).throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("devices/typed", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Devices>(black_box(&page)).expect("the example is valid"));
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

/// The published example with its devices repeated, each with an ID and a name of its own.
fn devices() -> Vec<u8> {
    let page = include_str!("../../spec/schemas/device.md");
    let example = page.split("## Devices\n").nth(1).and_then(|part| part.split("### Example").nth(1));
    let json = example.and_then(|part| part.split("```json\n").nth(1)?.split("```").next());
    let mut example: Value = json.and_then(|json| serde_json::from_str(json).ok()).expect("spec/ has the example");
    let items = example["items"].as_array().expect("devices are a list").clone();
    let one = items.iter().map(|item| item.to_string().len()).sum::<usize>();
    let many: Vec<Value> = (0..BYTES / one)
        .flat_map(|round| {
            items.iter().map(move |item| {
                let mut item = item.clone();
                item["deviceId"] = format!("{round:024x}").into();
                item["name"] = format!("Device {round}").into();
                item
            })
        })
        .collect();
    example["count"] = many.len().into();
    example["items"] = many.into();
    serde_json::to_vec(&example).expect("values are JSON")
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
