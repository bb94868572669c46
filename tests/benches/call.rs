//! What a call costs over a local connection: through the client, and the same request, headers included, made by hand
//! with reqwest. The client has a limit of its own for every attempt, which takes a timer; so it is made by hand without
//! one and with one. Measured is the processor time of the calling thread, which a busy machine does not stretch.
//!
//! What is compared takes turns, a few hundred calls each, because a machine changes its pace within seconds. A ratio is
//! the median of those of the rounds. It prints lines of a table in Markdown.

use std::thread;
use std::time::Duration;

use cpu_time::ThreadTime;
use losant_client::{Client, schemas::Device};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

const DEVICE: &str = r#"{"deviceId":"575ecf887ae143cd83dc4aa2","id":"575ecf887ae143cd83dc4aa2","applicationId":"575ec8687ae143cd83dc4a97","creationDate":"2016-06-13T04:00:00.000Z","lastUpdated":"2016-06-13T04:00:00.000Z","name":"My Device","description":"Description of my device","tags":[{"key":"TagKey","value":"TagValue"}],"attributes":[{"name":"voltage","dataType":"number"}],"deviceClass":"standalone"}"#;
const PATH: &str = "/applications/575ec8687ae143cd83dc4a97/devices/575ecf887ae143cd83dc4aa2";

/// One way to make the call.
struct Way<'a> {
    name: &'static str,
    call: Box<dyn Fn(&Runtime) -> Device + 'a>,
    /// Of each round, in microseconds.
    times: Vec<f64>,
}

fn main() {
    // As for criterion's: whoever runs it in another way only asks whether it runs.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls) = if is_test { (1, 1) } else { (101, 200) };
    let base = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let mut ways = ways(&base);
    for way in &ways {
        take(way, &runtime, calls);
    }
    for round in 0..rounds {
        // Each begins a round as often as the others.
        ways.rotate_left(round % 2 + 1);
        for way in &mut ways {
            let time = take(way, &runtime, calls);
            way.times.push(time);
        }
    }
    ways.sort_by_key(|way| way.name);
    let client = ways.iter().find(|way| way.name == "client").expect("it is one of them").times.clone();
    for way in ways {
        let ratio = median(client.iter().zip(&way.times).map(|(client, other)| client / other).collect());
        println!("| call/{} | {:.1} µs | {ratio:.3} |", way.name, median(way.times));
    }
}

fn ways(base: &str) -> Vec<Way<'static>> {
    let client = Client::builder().token("a-token").base_url(base).build().expect("the options are valid");
    let device = client.device("575ec8687ae143cd83dc4a97", "575ecf887ae143cd83dc4aa2");
    let by_client =
        move |runtime: &Runtime| runtime.block_on(async { device.get().await.expect("the server answers") });
    let mut ways = vec![Way { name: "client", call: Box::new(by_client), times: Vec::new() }];
    let limited = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().expect("the options are valid");
    for (name, by_hand) in [("by hand", reqwest::Client::new()), ("by hand, with a time limit", limited)] {
        let url = format!("{base}{PATH}?_actions=false&_links=false&_embedded=true");
        let call = move |runtime: &Runtime| runtime.block_on(get_by_hand(&by_hand, &url));
        ways.push(Way { name, call: Box::new(call), times: Vec::new() });
    }
    ways
}

/// The time of one of some calls.
fn take(way: &Way<'_>, runtime: &Runtime, calls: u32) -> f64 {
    let start = ThreadTime::now();
    for _ in 0..calls {
        std::hint::black_box((way.call)(runtime));
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

async fn get_by_hand(client: &reqwest::Client, url: &str) -> Device {
    let request = client.get(url).bearer_auth("a-token").header("Accept", "application/json");
    let request = request.header("User-Agent", "by-hand/0.1.0").header("Accept-Version", "^1.30.0");
    let answer = request.send().await.expect("the server answers");
    let bytes = answer.bytes().await.expect("the answer is whole");
    serde_json::from_slice(&bytes).expect("the answer is a device")
}

/// A server that answers everything with one device. It is one thread for all connections: what a call costs depends on
/// where the system runs the other end, which must not be another place for each way.
fn serve() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the port is known");
    listener.set_nonblocking(true).expect("it is a socket");
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("it is a socket");
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream));
            }
        });
    });
    format!("http://{address}")
}

async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let text = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{DEVICE}",
        DEVICE.len()
    );
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    while let Some(line) = lines.next_line().await? {
        if line.is_empty() {
            writer.write_all(text.as_bytes()).await?;
        }
    }
    Ok(())
}
