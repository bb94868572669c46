//! What a call costs over a local connection: through the client, and the same request, headers included, made by hand
//! with reqwest. The client has a limit of its own for every attempt, which takes a timer; so it is made by hand without
//! one and with one. Measured is the processor time of the calling thread, which a busy machine does not stretch.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, criterion_group, criterion_main};
use losant_client::Client;

const DEVICE: &str = r#"{"deviceId":"575ecf887ae143cd83dc4aa2","id":"575ecf887ae143cd83dc4aa2","applicationId":"575ec8687ae143cd83dc4a97","creationDate":"2016-06-13T04:00:00.000Z","lastUpdated":"2016-06-13T04:00:00.000Z","name":"My Device","description":"Description of my device","tags":[{"key":"TagKey","value":"TagValue"}],"attributes":[{"name":"voltage","dataType":"number"}],"deviceClass":"standalone"}"#;
const PATH: &str = "/applications/575ec8687ae143cd83dc4a97/devices/575ecf887ae143cd83dc4aa2";

fn benchmarks(criterion: &mut Criterion<ThreadCpu>) {
    let base = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let client = Client::builder().token("a-token").base_url(&base).build().expect("the options are valid");
    let mut group = criterion.benchmark_group("call");
    group.bench_function("client", |bencher| {
        let device = client.device("575ec8687ae143cd83dc4a97", "575ecf887ae143cd83dc4aa2");
        bencher.iter(|| runtime.block_on(async { device.get().await.expect("the server answers") }));
    });
    let limited = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().expect("the options are valid");
    let url = format!("{base}{PATH}?_actions=false&_links=false&_embedded=true");
    for (name, by_hand) in [("by hand", reqwest::Client::new()), ("by hand, with a time limit", limited)] {
        group.bench_function(name, |bencher| bencher.iter(|| runtime.block_on(get_by_hand(&by_hand, &url))));
    }
    group.finish();
}

async fn get_by_hand(client: &reqwest::Client, url: &str) -> losant_client::schemas::Device {
    let request = client.get(url).bearer_auth("a-token").header("Accept", "application/json");
    let request = request.header("User-Agent", "by-hand/0.1.0").header("Accept-Version", "^1.30.0");
    let answer = request.send().await.expect("the server answers");
    let bytes = answer.bytes().await.expect("the answer is whole");
    serde_json::from_slice(&bytes).expect("the answer is a device")
}

/// A server on a thread of its own, which answers everything with one device.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the port is known");
    thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            thread::spawn(move || answer(&stream));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: &TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let text = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{DEVICE}",
        DEVICE.len()
    );
    let mut lines = BufReader::new(stream).lines();
    loop {
        while !lines.next()?.ok()?.is_empty() {}
        stream.write_all(text.as_bytes()).ok()?;
    }
}

/// Processor time of this thread, printed as criterion prints time.
struct ThreadCpu;

impl Measurement for ThreadCpu {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(ThreadCpu);
    targets = benchmarks
}
criterion_main!(benches);
