//! What the client reads it writes back: published examples, and values that the documentation does not know.

mod support;
#[path = "round_trip/types.rs"]
mod types;

use losant_client::schemas;
use losant_client::types::{Extra, Number, Patch, Scalar};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::model::Api;
use types::{RoundTrip, TYPES};

/// The model of the project's pages.
fn api() -> Api {
    support::read_with_overrides(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).api
}

/// Each with the example of its schema.
fn cases(api: &Api) -> Vec<(&'static str, RoundTrip, Value)> {
    let examples = api.schemas.iter().filter_map(|schema| Some((schema.name.as_str(), schema.example.clone()?)));
    let mut examples: BTreeMap<&str, Value> = examples.collect();
    let cases = TYPES.iter().filter_map(|(name, run)| Some((*name, *run, examples.remove(*name)?))).collect();
    assert!(examples.is_empty(), "add the types of {:?} to tests/tests/round_trip/types.rs", examples.keys());
    cases
}

#[test]
fn examples_are_written_as_they_were_read() {
    for (name, run, example) in cases(&api()) {
        assert_eq!(run(&example).unwrap_or_else(|fault| panic!("{name}: {fault}")), example, "{name}");
    }
}

/// Applies a change to every place of a value that is of some kind, one at a time.
fn at_every(value: &Value, kind: fn(&Value) -> bool, change: &dyn Fn(&mut Value)) -> Vec<Value> {
    fn pointers(value: &Value, kind: fn(&Value) -> bool, at: &str, found: &mut Vec<String>) {
        if kind(value) {
            found.push(at.to_owned());
        }
        let step = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| pointers(value, kind, &step(name), found)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, value)| pointers(value, kind, &step(&at.to_string()), found));
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    pointers(value, kind, "", &mut places);
    let changed = |place: &String| {
        let mut changed = value.clone();
        change(changed.pointer_mut(place)?);
        Some(changed)
    };
    places.iter().filter_map(changed).collect()
}

/// Adds a field that the documentation does not know.
fn with_field(object: &mut Value, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert("zzNew".to_owned(), value);
    }
}

#[test]
fn unknown_fields_survive_in_every_object() {
    for (name, run, example) in cases(&api()) {
        // A text fits into maps of scalars, too.
        for value in at_every(&example, Value::is_object, &|object| with_field(object, "kept".into())) {
            match run(&value) {
                Ok(written) => assert_eq!(written, value, "{name}"),
                // A map of something else must not take a text for it.
                Err(fault) => assert!(fault.to_string().contains("expected"), "{name}: {fault}"),
            }
        }
        let top = at_every(&example, Value::is_object, &|object| with_field(object, json!({"a": [1, null]})));
        if example.is_object() && !is_map(run, &example) {
            assert_eq!(run(&top[0]).unwrap_or_else(|fault| panic!("{name}: {fault}")), top[0], "{name}");
        }
    }
}

#[test]
fn null_in_every_field_of_an_answer_is_read_and_kept() {
    let api = api();
    let actions = || api.resources.iter().flat_map(|resource| &resource.actions);
    let answers: BTreeSet<&str> =
        actions().flat_map(|action| &action.responses).filter_map(|response| response.schema.as_deref()).collect();
    let mut fields = 0;
    for (name, run, example) in cases(&api).into_iter().filter(|(name, ..)| answers.contains(name)) {
        if is_map(run, &example) {
            continue;
        }
        let names: Vec<String> = example.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        for field in names {
            let mut changed = example.clone();
            changed[&field] = Value::Null;
            assert_eq!(
                run(&changed).unwrap_or_else(|fault| panic!("{name}.{field}: {fault}")),
                changed,
                "{name}.{field}"
            );
            fields += 1;
        }
    }
    assert!(fields > 500, "only {fields} fields");
}

/// Whether a type is a map of something, where every key has a typed value; other objects take any unknown field.
fn is_map(run: RoundTrip, example: &Value) -> bool {
    [Value::Null, json!({"a": [1]})].into_iter().any(|value| {
        let mut changed = example.clone();
        let Some(map) = changed.as_object_mut() else { return false };
        map.insert("zzNew".to_owned(), value);
        run(&changed).is_err_and(|fault| fault.to_string().contains("invalid type"))
    })
}

/// Every enum of an example gets a value that the documentation does not list, and so does every other text.
#[test]
fn an_unknown_value_survives_in_every_enum() {
    let mut places = 0;
    for (name, run, example) in cases(&api()) {
        for value in at_every(&example, Value::is_string, &|text| *text = "zz new".into()) {
            assert_eq!(run(&value).unwrap_or_else(|fault| panic!("{name}: {fault}: {value}")), value, "{name}");
            places += 1;
        }
    }
    assert!(places > 2000, "only {places} places");
}

#[test]
fn unknown_values_survive() {
    let device = json!({"deviceClass": "quantum", "attributes": [{"name": "a", "dataType": "tensor"}]});
    let read: schemas::Device = serde_json::from_value(device.clone()).expect("a device");
    assert_eq!(read.device_class.as_ref().map(ToString::to_string).as_deref(), Some("quantum"));
    assert_eq!(serde_json::to_value(&read).expect("a value"), device);

    let status = json!({"status": "sleeping", "since": 5});
    let read: schemas::DeviceConnectionStatus = serde_json::from_value(status.clone()).expect("a status");
    assert!(matches!(read, schemas::DeviceConnectionStatus::Other(_)));
    assert_eq!(serde_json::to_value(&read).expect("a value"), status);
}

#[test]
fn a_patch_tells_absent_from_null() {
    let text = |patch: &schemas::DevicePatch| serde_json::to_string(patch).expect("a text");
    let keep = schemas::DevicePatch::default();
    assert_eq!(text(&keep), "{}");
    assert_eq!(text(&keep.clone().parent_id(None)), r#"{"parentId":null}"#);
    assert_eq!(text(&keep.clone().parent_id("abc")), r#"{"parentId":"abc"}"#);
    assert_eq!(text(&keep.parent_id(Patch::Keep)), "{}");
    let read: schemas::DevicePatch = serde_json::from_str(r#"{"parentId":null}"#).expect("a patch");
    assert_eq!(read.parent_id, Patch::Clear);
}

#[test]
fn a_missing_required_field_is_named() {
    let fault = serde_json::from_str::<schemas::DevicePost>("{}").expect_err("no name");
    assert!(fault.to_string().contains("`name`"), "{fault}");
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    /// Whatever else an answer holds: it is read, and nothing of it is lost.
    #[test]
    fn no_answer_with_unknown_fields_is_refused(unknown in prop::collection::btree_map("zz[a-z]{1,6}", json(), 0..5)) {
        let value = Value::Object(unknown.into_iter().collect());
        let read: schemas::Device = serde_json::from_value(value.clone()).expect("a device");
        prop_assert_eq!(read.extra.len(), value.as_object().map_or(0, Map::len));
        prop_assert_eq!(serde_json::to_value(&read).expect("a value"), value);
    }

    /// A union takes every value whatever it is.
    #[test]
    fn a_union_refuses_nothing(value in json()) {
        let read: schemas::DeviceStateTime = serde_json::from_value(value.clone()).expect("anything");
        prop_assert_eq!(serde_json::to_value(&read).expect("a value"), value.clone());
        let read: schemas::DeviceConnectionStatus = serde_json::from_value(value.clone()).expect("anything");
        prop_assert_eq!(serde_json::to_value(&read).expect("a value"), value);
    }

    #[test]
    fn numbers_and_scalars_are_lossless(whole in any::<i64>(), large in any::<u64>(), float in -1e300..1e300_f64) {
        for value in [Value::from(whole), Value::from(large), Value::from(float)] {
            let number: Number = serde_json::from_str(&value.to_string()).expect("a number");
            prop_assert_eq!(serde_json::to_string(&number).expect("a text"), value.to_string());
            let scalar: Scalar = serde_json::from_str(&value.to_string()).expect("a scalar");
            prop_assert_eq!(serde_json::to_string(&scalar).expect("a text"), value.to_string());
        }
    }

    #[test]
    fn what_extra_is_given_it_gives_back(name in "[a-z]{1,8}", value in json()) {
        let mut extra = Extra::default();
        extra.insert(name.clone(), value.clone());
        prop_assert_eq!(extra.get(&name), Some(&value));
        prop_assert_eq!(extra.remove(&name), Some(value));
        prop_assert!(extra.is_empty());
    }
}
