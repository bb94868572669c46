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

/// Which places of a value are changed.
#[derive(Clone, Copy)]
enum Places {
    Objects,
    Texts,
    /// Whatever an object holds.
    Fields,
    /// Whatever a list holds that is a field of an object.
    Items,
}

/// Applies a change to such places of a value, one at a time.
fn at_every(value: &Value, places: Places, change: &dyn Fn(&mut Value)) -> Vec<Value> {
    fn pointers(value: &Value, places: Places, at: &str, found: &mut Vec<String>) {
        let is_one = match places {
            Places::Objects => value.is_object(),
            Places::Texts => value.is_string(),
            Places::Fields | Places::Items => false,
        };
        if is_one {
            found.push(at.to_owned());
        }
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| {
                let step = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match (places, value) {
                    (Places::Fields, _) => found.push(step.clone()),
                    (Places::Items, Value::Array(items)) => {
                        found.extend((0..items.len()).map(|index| format!("{step}/{index}")));
                    }
                    _ => {}
                }
                pointers(value, places, &step, found);
            }),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| {
                    pointers(value, places, &format!("{at}/{index}"), found);
                });
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    pointers(value, places, "", &mut found);
    let changed = |place: &String| {
        let mut changed = value.clone();
        change(changed.pointer_mut(place)?);
        Some(changed)
    };
    found.iter().filter_map(changed).collect()
}

/// Adds a field that the documentation does not know.
fn with_field(object: &mut Value, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert("zzNew".to_owned(), value);
    }
}

/// A text fits into some typed maps, and a number into others; what does not fit is kept beside.
#[test]
fn unknown_fields_survive_in_every_object() {
    let unknown = [json!("kept"), json!(-7), json!(1.5), json!(true), Value::Null, json!([]), json!({"a": [1, null]})];
    let mut objects = 0;
    for (name, run, example) in cases(&api()) {
        for value in &unknown {
            for changed in at_every(&example, Places::Objects, &|object| with_field(object, value.clone())) {
                assert_eq!(run(&changed).unwrap_or_else(|fault| panic!("{name}: {fault}")), changed, "{name}");
                objects += 1;
            }
        }
    }
    assert!(objects > 800 * unknown.len(), "only {objects} objects");
}

/// The schemas of what a server answers.
fn answers(api: &Api) -> BTreeSet<&str> {
    let actions = || api.resources.iter().flat_map(|resource| &resource.actions);
    let responses = actions().flat_map(|action| &action.responses).filter_map(|response| response.schema.as_deref());
    let events = actions().flat_map(|action| &action.events).filter_map(|event| event.schema.as_deref());
    responses.chain(events).collect()
}

/// Whatever a field of an answer holds tomorrow, the answer is read, and the value is there.
#[test]
fn a_value_of_another_kind_in_every_field_of_an_answer_is_read_and_kept() {
    let api = api();
    let answers = answers(&api);
    let kinds = [json!(null), json!("zz"), json!(-7), json!(1.5), json!(true), json!([]), json!({"zz": {"a": null}})];
    let mut fields = 0;
    for (name, run, example) in cases(&api).into_iter().filter(|(name, ..)| answers.contains(name)) {
        for value in &kinds {
            for changed in at_every(&example, Places::Fields, &|field| *field = value.clone()) {
                let written = run(&changed).unwrap_or_else(|fault| panic!("{name}: {fault}: {changed}"));
                assert_eq!(written, changed, "{name}");
                fields += 1;
            }
        }
    }
    assert!(fields > 2000 * kinds.len(), "only {fields} fields");
}

/// So it is with the items of a list, at whatever position they stand. A list that is a value of a map has no place for
/// them: it is kept whole as what the map does not know.
#[test]
fn an_item_of_another_kind_in_every_list_of_an_answer_is_read_and_kept() {
    let api = api();
    let answers = answers(&api);
    let kinds = [json!(null), json!("zz"), json!(-7), json!(true), json!([[]]), json!({"zz": {"a": null}})];
    let mut items = 0;
    for (name, run, example) in cases(&api).into_iter().filter(|(name, ..)| answers.contains(name)) {
        for value in &kinds {
            for changed in at_every(&example, Places::Items, &|item| *item = value.clone()) {
                let written = run(&changed).unwrap_or_else(|fault| panic!("{name}: {fault}: {changed}"));
                assert_eq!(written, changed, "{name}");
                items += 1;
            }
        }
    }
    assert!(items > 200 * kinds.len(), "only {items} items");
}

#[test]
fn a_page_keeps_its_other_items() {
    let came = json!({"count": 3, "items": [{"name": "a"}, "b", {"name": "c"}]});
    let page: schemas::Devices = serde_json::from_value(came.clone()).expect("a page");
    let names: Vec<_> = page.items.iter().flatten().filter_map(|device| device.name.as_deref()).collect();
    assert_eq!(names, ["a", "c"]);
    assert_eq!(page.extra.get("items"), Some(&json!(["b"])));
    assert_eq!(serde_json::to_value(&page).expect("a value"), came);
}

/// Every enum of an example gets a value that the documentation does not list, and so does every other text.
#[test]
fn an_unknown_value_survives_in_every_enum() {
    let mut places = 0;
    for (name, run, example) in cases(&api()) {
        for value in at_every(&example, Places::Texts, &|text| *text = "zz new".into()) {
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
