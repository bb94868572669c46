//! Every recorded request of the official clients, made again through the dynamic call and compared; what differs must
//! stand in the table of the client's `wire` module, and what stands there must still differ.

mod facts;
mod replay;
mod table;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tests::{Difference, Recorded, differences, shared};

/// A call that was recorded: resource, action, case.
type Key = (String, String, String);

fn load(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn key(vector: &Value) -> Key {
    let text = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
    (text("resource"), text("action"), text("case"))
}

fn shown((resource, action, case): &Key) -> String {
    format!("{resource}.{action} {case}")
}

/// The vectors of a folder by call, each with the client that it was recorded of.
fn vectors(folder: &Path) -> BTreeMap<Key, Vec<Value>> {
    let mut vectors: BTreeMap<Key, Vec<Value>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = load(&file.expect("a file").path());
        for vector in file.as_array().expect("a list of vectors") {
            vectors.entry(key(vector)).or_default().push(vector.clone());
        }
    }
    for clients in vectors.values_mut() {
        clients.sort_by_key(|vector| vector["client"].to_string());
    }
    vectors
}

/// The defects of the official client by call.
fn defects(path: &Path) -> BTreeMap<Key, BTreeSet<String>> {
    let mut defects: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    for defect in load(path).as_array().expect("a list of defects") {
        defects.entry(key(defect)).or_default().insert(defect["defect"].as_str().unwrap_or_default().to_owned());
    }
    defects
}

#[tokio::test]
async fn the_dynamic_call_sends_what_the_official_clients_send() {
    let (Some(folder), Some(known)) = (shared("vectors/requests"), shared("vectors/defects.json")) else { return };
    let Some(facts) = shared("facts") else { return };
    let table = table::rows();
    let defects = defects(&known);
    let replay = replay::Replay::start(&facts).await;
    let (mut calls, mut equal, mut excused) = (0, 0, 0);
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for (key, vectors) in vectors(&folder) {
        calls += 1;
        let defects = defects.get(&key).cloned().unwrap_or_default();
        let mut first_is_met = false;
        for (at, vector) in vectors.iter().enumerate() {
            let client = vector["client"].as_str().unwrap_or_default();
            let (answer, found) = replay.call(vector).await;
            if found.is_some() && answer != Ok(replay.expected(&key)) {
                wrong.push(format!("{client} {}: the answer did not come back: {answer:?}", shown(&key)));
            }
            let differences = differences(Recorded::of_vector(&vector["request"]).as_ref(), found.as_ref());
            if differences.is_empty() {
                equal += 1;
            }
            let mut met = true;
            for difference in &differences {
                let call = table::Call { client, key: &shown(&key), defects: &defects, class: difference.class };
                match table.iter().position(|row| row.covers(&call)) {
                    // Another client may be departed from where the first one is followed.
                    Some(row) if at == 0 || first_is_met => drop(used.insert(row)),
                    _ => {
                        met = false;
                        wrong.push(told(client, &key, difference, &answer));
                    }
                }
            }
            excused += usize::from(met && !differences.is_empty());
            first_is_met |= met;
        }
    }
    println!("{calls} calls, {equal} requests equal, {excused} in the table, {} others", wrong.len());
    assert!(wrong.is_empty(), "{} differences are not in the table:\n{}", wrong.len(), wrong.join("\n"));
    let unused: Vec<_> = table.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, row)| row).collect();
    assert!(unused.is_empty(), "rows of the table that nothing shows any more: {unused:#?}");
}

#[tokio::test]
async fn every_documented_action_can_be_called_by_name() {
    let Some(facts) = shared("facts") else { return };
    let replay = replay::Replay::start(&facts).await;
    let mut called = 0;
    let mut wrong = Vec::new();
    for (resource, action) in replay.actions() {
        let Some(vector) = facts::vector(&replay.facts, (&resource, &action), |schema| replay.example(schema)) else {
            continue;
        };
        called += 1;
        let (answer, found) = replay.call(&vector).await;
        let key = key(&vector);
        if answer != Ok(replay.expected(&key)) {
            wrong.push(format!("{}: the answer did not come back: {answer:?}", shown(&key)));
        }
        let differences = differences(Recorded::of_vector(&vector["request"]).as_ref(), found.as_ref());
        wrong.extend(differences.iter().map(|difference| told("facts", &key, difference, &answer)));
    }
    println!("{called} actions called");
    assert!(called >= 370, "{called} actions called");
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn told(client: &str, key: &Key, difference: &Difference, answer: &Result<Value, String>) -> String {
    let short = |text: &str| text.chars().take(300).collect::<String>();
    let Difference { class, expected, found } = difference;
    let fault = answer.as_ref().err().map(|fault| format!("\n    {fault}")).unwrap_or_default();
    format!("{client} {}: {class}\n    expected {}\n    found    {}{fault}", shown(key), short(expected), short(found))
}
