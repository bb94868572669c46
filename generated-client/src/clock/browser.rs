//! Timers of JavaScript. What waits for one can be sent between threads, as everything else here; the timer itself stays
//! in a task of its own.

use futures_util::future::{Either, select};
use js_sys::{Array, Function, Promise, Reflect};
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::oneshot;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A point in time. The clock of the standard library panics here.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Instant(Duration);

impl Instant {
    pub(crate) fn now() -> Self {
        Self(since_1970().unwrap_or_default())
    }

    pub(crate) fn elapsed(self) -> Duration {
        Self::now().saturating_duration_since(self)
    }

    pub(crate) fn saturating_duration_since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) fn checked_add(self, time: Duration) -> Option<Self> {
        self.0.checked_add(time).map(Self)
    }
}

pub(crate) fn since_1970() -> Option<Duration> {
    Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0).ok()
}

/// A limit has passed.
pub(crate) struct Late;

pub(crate) async fn timeout<T>(limit: Duration, step: impl Future<Output = T>) -> Result<T, Late> {
    match select(pin!(step), pin!(sleep(limit))).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err(Late),
    }
}

/// Waits, 24 days at most.
pub(crate) async fn sleep(time: Duration) {
    let (tell, over) = oneshot::channel();
    spawn_local(tick(time, tell));
    let _ = over.await;
}

/// A timer that is taken back when nobody waits for it any more: a program of Node ends when none is left.
async fn tick(time: Duration, mut tell: oneshot::Sender<()>) {
    let millis = i32::try_from(time.as_micros().div_ceil(1000)).unwrap_or(i32::MAX);
    let mut id = JsValue::UNDEFINED;
    let timer = Promise::new(&mut |resolve, _| id = call("setTimeout", &Array::of2(&resolve, &millis.into())));
    let is_over = matches!(select(JsFuture::from(timer), pin!(tell.closed())).await, Either::Left(_));
    if is_over {
        let _ = tell.send(());
    } else {
        call("clearTimeout", &Array::of1(&id));
    }
}

/// Calls a function that pages, workers and Node have alike.
fn call(name: &str, arguments: &Array) -> JsValue {
    let global = js_sys::global();
    let function = Reflect::get(&global, &name.into()).and_then(JsCast::dyn_into::<Function>);
    function.and_then(|function| function.apply(&global, arguments)).unwrap_or_default()
}
