//! Lists in pages: every item once, no request too many, and no end missed.

use crate::{builder, client, servers};
use futures_util::{StreamExt, TryStreamExt};
use losant_client::schemas::{Device, Devices};
use losant_client::{Client, Error, ErrorKind};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tests::{Answer, Seen, Server};

/// A plain query parameter of a request.
fn param(seen: &Seen, name: &str) -> Option<String> {
    let pairs = seen.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

fn number(seen: &Seen, name: &str, default: usize) -> usize {
    param(seen, name).and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn named(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|at| json!({"id": format!("{at:024x}"), "name": at.to_string()})).collect()
}

/// A list of so many devices, as the API gives it out; `shape` takes from each page what a test does without.
async fn list(length: usize, shape: impl Fn(&mut Value) + Send + Sync + 'static) -> Server {
    let script = move |seen: &Seen| {
        let (page, size) = (number(seen, "page", 0), number(seen, "perPage", 100).min(1000));
        let (from, to) = ((page * size).min(length), ((page + 1) * size).min(length));
        let items = named(from, to);
        let mut body =
            json!({"count": items.len(), "items": items, "page": page, "perPage": size, "totalCount": length});
        shape(&mut body);
        Answer::json(200, &body)
    };
    Server::start(script).await.expect("a free port")
}

async fn names(client: &Client, per_page: i64) -> Result<Vec<String>, Error> {
    let items = client.devices("a").get().per_page(per_page).by_item();
    items.map_ok(|device: Device| device.name.unwrap_or_default()).try_collect().await
}

fn counted(to: usize) -> Vec<String> {
    (0..to).map(|at| at.to_string()).collect()
}

#[tokio::test]
async fn every_item_comes_once() {
    for (length, requests) in [(0, 1), (1, 1), (9, 1), (10, 1), (11, 2), (25, 3), (30, 3)] {
        let server = list(length, |_| ()).await;
        assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(length));
        assert_eq!(server.seen().len(), requests, "{length} items");
    }
}

#[tokio::test]
async fn a_page_says_enough_with_its_items_alone() {
    for field in ["totalCount", "perPage", "count"] {
        let server = list(25, move |body| _ = body.as_object_mut().and_then(|body| body.remove(field))).await;
        assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(25), "without {field}");
        assert_eq!(server.seen().len(), 3, "without {field}");
    }
    // Nothing but items, and a last page that is full: only an empty one can tell that it is over.
    let server = list(20, |body| *body = json!({"items": body["items"], "totalCount": "many", "perPage": {}})).await;
    assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(20));
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_smaller_page_than_asked_for_is_not_the_end() {
    // The server gives a thousand at most, says so or not.
    for field in ["page", "perPage"] {
        let server = list(2500, move |body| _ = body.as_object_mut().and_then(|body| body.remove(field))).await;
        assert_eq!(names(&client(&server), 5000).await.expect("no fault").len(), 2500, "without {field}");
    }
}

#[tokio::test]
async fn pages_that_come_again_are_the_end() {
    let same = |seen: &Seen| {
        let items = named(0, 10);
        Answer::json(200, &json!({"items": items, "page": number(seen, "page", 0), "perPage": 10, "totalCount": 1000}))
    };
    let server = Server::start(same).await.expect("a free port");
    assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(10));
    assert_eq!(server.seen().len(), 2);
    // Two pages in turn, for ever.
    let turns = |seen: &Seen| {
        let from = number(seen, "page", 0) % 2 * 10;
        Answer::json(200, &json!({"items": named(from, from + 10)}))
    };
    let server = Server::start(turns).await.expect("a free port");
    assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(20));
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn pages_are_typed_and_keep_the_request() {
    let server = list(25, |_| ()).await;
    let client = client(&server);
    let mut pages = client.devices("a").get().page(1).per_page(10).filter("x y").by_page();
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        let page: Devices = page.expect("no fault");
        counts.push((page.page, page.items.map(|items| items.len())));
    }
    assert_eq!(counts, [(Some(1), Some(10)), (Some(2), Some(5))]);
    assert!(pages.next().await.is_none());
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for (at, seen) in seen.iter().enumerate() {
        assert_eq!(number(seen, "page", 0), at + 1);
        assert_eq!(param(seen, "filter").as_deref(), Some("x%20y"));
        assert_eq!(seen.header("authorization"), Some("Bearer TEST_TOKEN"));
    }
    // A first page without items is a page; a later one is not.
    let server = list(0, |_| ()).await;
    let pages = crate::client(&server).devices("a").get().by_page();
    assert_eq!(pages.collect::<Vec<_>>().await.len(), 1);
}

#[tokio::test]
async fn a_fault_in_the_middle_can_be_mended() {
    let expired = Arc::new(AtomicBool::new(false));
    let script = {
        let expired = Arc::clone(&expired);
        move |seen: &Seen| {
            let page = number(seen, "page", 0);
            if page == 1 && !expired.swap(true, Ordering::SeqCst) {
                return Answer::json(401, &json!({"type": "Unauthorized", "message": "expired"}));
            }
            Answer::json(200, &json!({"items": named(page * 2, (page * 2 + 2).min(5)), "perPage": 2}))
        }
    };
    let server = Server::start(script).await.expect("a free port");
    let client = client(&server);
    let mut devices = client.devices("a").get().per_page(2).by_item();
    let mut names = Vec::new();
    let error = loop {
        match devices.next().await.expect("an item or a fault") {
            Ok(device) => names.push(device.name.unwrap_or_default()),
            Err(error) => break error,
        }
    };
    assert!(error.is_unauthorized() && names == counted(2), "{error}: {names:?}");
    // A fault is the end for who does not mend it: no loop asks for the same page for ever.
    assert!(devices.next().await.is_none());
    client.set_token("NEW").expect("a token");
    devices.resume();
    while let Some(device) = devices.next().await {
        names.push(device.expect("no fault").name.unwrap_or_default());
    }
    assert_eq!(names, counted(5));
    assert_eq!(server.last().header("authorization"), Some("Bearer NEW"));
}

#[tokio::test]
async fn a_page_that_does_not_decode_is_one_fault() {
    let script = |seen: &Seen| match number(seen, "page", 0) {
        0 => Answer::json(200, &json!({"items": [{"name": "a"}, 5], "perPage": 2})),
        _ => Answer::json(200, &json!({"items": [{"name": "c"}], "perPage": 2})),
    };
    let server = Server::start(script).await.expect("a free port");
    let mut devices = client(&server).devices("a").get().per_page(2).by_item();
    let error = devices.next().await.expect("a fault").expect_err("a fault");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("items[1]")));
    devices.resume();
    assert_eq!(devices.next().await.expect("an item").expect("no fault").name.as_deref(), Some("c"));
    assert!(devices.next().await.is_none());
    // No list at all.
    for body in ["", "[]", "{\"items\": 5}", "<html>"] {
        let server = servers([Answer::full(200, &[], body)]).await;
        let error = client(&server).devices("a").get().by_page().next().await.expect("a fault").expect_err("a fault");
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn an_argument_that_cannot_be_sent_stays_refused() {
    let server = list(5, |_| ()).await;
    let mut devices = client(&server).devices("..").get().by_item();
    for _ in 0..2 {
        assert_eq!(devices.next().await.expect("a fault").expect_err("refused").kind(), ErrorKind::Request);
        devices.resume();
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn rows_are_counted_and_sandboxes_follow_each_other() {
    let rows = |seen: &Seen| {
        let (offset, limit) = (number(seen, "offset", 0), number(seen, "limit", 1000));
        let items = named(offset, (offset + limit).min(7));
        Answer::json(200, &json!({"items": items, "offset": offset, "limit": limit, "totalCount": 7}))
    };
    let server = Server::start(rows).await.expect("a free port");
    let client = client(&server);
    let rows: Vec<_> = client.data_table_rows("a", "t").get().limit(3).by_item().try_collect().await.expect("no fault");
    assert_eq!((rows.len(), server.seen().len()), (7, 3));
    assert_eq!(param(&server.last(), "offset").as_deref(), Some("6"));
    // The same by a query in the body, which each request carries.
    let query = client.data_table_rows("a", "t").query().limit(4).offset(2);
    let rows: Vec<_> = query.by_item().try_collect().await.expect("no fault");
    assert_eq!(rows.len(), 5);
    assert_eq!((server.last().method.as_str(), param(&server.last(), "offset").as_deref()), ("POST", Some("6")));

    let sandboxes = |seen: &Seen| {
        let after = param(seen, "startingAfterId").and_then(|id| usize::from_str_radix(&id, 16).ok());
        let from = after.map_or(0, |id| id + 1);
        Answer::json(200, &json!({"items": named(from, (from + 2).min(5)), "limit": 2}))
    };
    let server = Server::start(sandboxes).await.expect("a free port");
    let users = builder(&server).build().expect("a client").instance_sandboxes("i").get().limit(2).by_item();
    assert_eq!(users.try_collect::<Vec<_>>().await.expect("no fault").len(), 5);
    assert_eq!(
        server.seen().iter().map(|seen| param(seen, "startingAfterId")).collect::<Vec<_>>(),
        [None, Some(format!("{:024x}", 1)), Some(format!("{:024x}", 3))]
    );
}

#[tokio::test]
async fn giving_up_a_wait_loses_no_page() {
    let script = |seen: &Seen| {
        let page = number(seen, "page", 0);
        let body = json!({"items": named(page * 2, (page * 2 + 2).min(5)), "perPage": 2}).to_string();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        Answer::new().write(head).wait(std::time::Duration::from_millis(60)).write(body)
    };
    let server = Server::start(script).await.expect("a free port");
    let mut devices = client(&server).devices("a").get().per_page(2).by_item();
    let mut names = Vec::new();
    for _ in 0..1000 {
        match tokio::time::timeout(std::time::Duration::from_millis(10), devices.next()).await {
            Err(_) => {}
            Ok(Some(device)) => names.push(device.expect("no fault").name.unwrap_or_default()),
            Ok(None) => break,
        }
    }
    assert_eq!((names, server.seen().len()), (counted(5), 3));
}

#[tokio::test]
async fn totals_that_lie_lose_nothing() {
    for total in [json!(1), json!(3), json!(19), json!(-1), json!(1_000_000), json!(null), json!("3"), json!(0)] {
        let stated = total.clone();
        let server = list(25, move |body| body["totalCount"] = stated.clone()).await;
        assert_eq!(names(&client(&server), 10).await.expect("no fault"), counted(25), "{total}");
        assert!(server.seen().len() <= 4, "{total}");
    }
}
