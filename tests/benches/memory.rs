//! How much memory a large answer takes while it becomes typed values, beside the same bytes as `serde_json::Value`.
//!
//! It prints lines of a table in Markdown; every allocation is counted, so one run tells.

use losant_client::schemas::Devices;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    // As for criterion's: whoever runs it in another way only asks whether it runs.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let page = tests::page::devices(if is_test { 10_000 } else { 10_000_000 });
    print::<Devices>("typed", &page);
    print::<Value>("value", &page);
}

fn print<T: DeserializeOwned>(what: &str, page: &[u8]) {
    let used = allocation_counter::measure(|| {
        serde_json::from_slice::<T>(page).expect("the example is valid");
    });
    #[allow(clippy::cast_precision_loss, reason = "rounded for people")]
    let times = used.bytes_max as f64 / page.len() as f64;
    let megabytes = used.bytes_max / 1_000_000;
    println!(
        "| decode/devices/{what}, peak memory | {megabytes} MB, {times:.2} times the text | {} |",
        used.count_total
    );
}
