//! How fast a page of devices becomes the peer's type, this project's type and `serde_json::Value`, taking turns.
//! peers.sh adds a line that says what `PeerDevices` is.
//!
//!     decode PAGE PEER
//!
//! As in the project's benchmark, what was read is dropped within the time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering::Relaxed};
use std::time::Instant;

use losant_client::schemas::Devices;
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// An odd number, so that there is a median.
const TURNS: usize = 21;

type Way = fn(&[u8]) -> Result<(), Error>;

/// `Value` is the last one: the others are told in terms of it.
const WAYS: [(&str, Way); 4] = [
    ("the peer's type, `from_slice`", by_slice::<PeerDevices>),
    ("this project's, `from_slice`", by_slice::<Devices>),
    ("this project's, `from_str` as its client does", by_text::<Devices>),
    ("`Value`, `from_slice`", by_slice::<Value>),
];

fn by_slice<T: DeserializeOwned>(page: &[u8]) -> Result<(), Error> {
    serde_json::from_slice::<T>(black_box(page)).map(|value| drop(black_box(value)))
}

fn by_text<T: DeserializeOwned>(page: &[u8]) -> Result<(), Error> {
    let text = std::str::from_utf8(black_box(page)).expect("the page is text");
    serde_json::from_str::<T>(text).map(|value| drop(black_box(value)))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (file, peer) = (arguments.next().expect("a page"), arguments.next().expect("a peer"));
    let page = std::fs::read(file).expect("the page can be read");
    // Also the first of all, which warms up.
    let peaks = WAYS.map(|(_, way)| peak(way, &page));
    let mut times = [[0.0; TURNS]; WAYS.len()];
    for turn in 0..TURNS {
        // Each way begins in its turn.
        for place in 0..WAYS.len() {
            let which = (turn + place) % WAYS.len();
            // Once untimed: after another way, above all `Value`, a way also pays for the heap that the other left.
            let _ = WAYS[which].1(&page);
            let start = Instant::now();
            let _ = WAYS[which].1(&page);
            times[which][turn] = start.elapsed().as_secs_f64();
        }
    }
    let value = times[WAYS.len() - 1];
    for (((what, _), peak), times) in WAYS.iter().zip(peaks).zip(times) {
        match peak {
            Err(error) => println!("| {peer} | {what} | cannot read it: {error} | | | |"),
            Ok(peak) => {
                let seconds = median(times);
                let ratio = median(std::array::from_fn(|turn| value[turn] / times[turn]));
                let (ms, speed) = (seconds * 1e3, page.len() as f64 / seconds / 1e6);
                println!("| {peer} | {what} | {ms:.1} | {speed:.0} | {ratio:.2} | {:.2} |", peak as f64 / page.len() as f64);
            }
        }
    }
}

fn median(mut values: [f64; TURNS]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[TURNS / 2]
}

/// The most bytes that were allocated at a time.
fn peak(way: Way, page: &[u8]) -> Result<isize, Error> {
    NOW.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    COUNTS.store(true, Relaxed);
    let read = way(page);
    COUNTS.store(false, Relaxed);
    read.map(|()| PEAK.load(Relaxed))
}

/// Counts while it is told to, and costs the timed turns a look at a flag.
struct Counting;

static COUNTS: AtomicBool = AtomicBool::new(false);
static NOW: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

fn count(bytes: isize) {
    if COUNTS.load(Relaxed) {
        let now = NOW.fetch_add(bytes, Relaxed) + bytes;
        PEAK.fetch_max(now, Relaxed);
    }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    // What grows is there twice for a moment, as where it is copied.
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize);
        count(-(layout.size() as isize));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

