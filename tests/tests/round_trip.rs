//! What the client reads it writes back: published examples, and values that the documentation does not know.

use losant_client::schemas;
use losant_client::types::{Extra, Number, Patch, Scalar};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;

/// Reads a value as a type and writes it again.
type RoundTrip = fn(&Value) -> Result<Value, serde_json::Error>;

macro_rules! types {
    ($($schema:literal => $ty:ident),* $(,)?) => {
        &[$(($schema, (|value| {
            // From text, as an answer comes, and not from a value, which has other number types.
            let read: schemas::$ty = serde_json::from_str(&value.to_string())?;
            serde_json::to_value(read)
        }) as RoundTrip)),*]
    };
}

const TYPES: &[(&str, RoundTrip)] = types! {
    "access-token" => AccessToken,
    "access-token-patch" => AccessTokenPatch,
    "access-token-post" => AccessTokenPost,
    "access-tokens" => AccessTokens,
    "advanced-device-query" => AdvancedDeviceQuery,
    "api-token" => ApiToken,
    "api-token-patch" => ApiTokenPatch,
    "api-token-post" => ApiTokenPost,
    "api-tokens" => ApiTokens,
    "application" => Application,
    "application-import-options" => ApplicationImportOptions,
    "application-patch" => ApplicationPatch,
    "authenticated-device" => AuthenticatedDevice,
    "authenticated-user" => AuthenticatedUser,
    "composite-device-state" => CompositeDeviceState,
    "data-table-row" => DataTableRow,
    "data-table-rows" => DataTableRows,
    "device" => Device,
    "device-command" => DeviceCommand,
    "device-connection-status" => DeviceConnectionStatus,
    "device-patch" => DevicePatch,
    "device-post" => DevicePost,
    "device-state-or-states" => DeviceStateOrStates,
    "device-tag-filter" => DeviceTagFilter,
    "devices" => Devices,
    "devices-patch" => DevicesPatch,
    "error" => Error,
    "event" => Event,
    "events" => Events,
    "file-patch" => FilePatch,
    "file-post" => FilePost,
    "file-schema" => FileSchema,
    "files-schema" => FilesSchema,
    "me" => Me,
    "me-patch" => MePatch,
    "user-credentials" => UserCredentials,
};

/// The examples of the project's schemas, by schema.
fn examples() -> BTreeMap<String, Value> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/schemas");
    let pages = fs::read_dir(folder).expect("the schemas").map(|entry| {
        let path = entry.expect("a page").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Source { path: format!("schemas/{name}"), text: fs::read_to_string(&path).expect("a page") }
    });
    let api = generator::read(pages.collect()).api;
    api.schemas.into_iter().filter_map(|schema| Some((schema.name, schema.example?))).collect()
}

/// Each with the example of its schema.
fn cases() -> Vec<(&'static str, RoundTrip, Value)> {
    let mut examples = examples();
    let example = |name: &&str| examples.remove(*name).unwrap_or_else(|| panic!("{name} has no example"));
    let found: Vec<Value> = TYPES.iter().map(|(name, _)| name).map(example).collect();
    TYPES.iter().zip(found).map(|((name, run), example)| (*name, *run, example)).collect()
}

#[test]
fn examples_are_written_as_they_were_read() {
    for (name, run, example) in cases() {
        assert_eq!(run(&example).unwrap_or_else(|fault| panic!("{name}: {fault}")), example, "{name}");
    }
}

/// Applies a change to every object of a value, one at a time.
fn at_every_object(value: &Value, change: &dyn Fn(&mut Map<String, Value>)) -> Vec<Value> {
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                found.push(at.to_owned());
                for (name, value) in map {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    pointers(value, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    pointers(value, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    pointers(value, "", &mut found);
    found
        .iter()
        .map(|pointer| {
            let mut changed = value.clone();
            if let Some(Value::Object(map)) = changed.pointer_mut(pointer) {
                change(map);
            }
            changed
        })
        .collect()
}

#[test]
fn unknown_fields_survive_in_every_object() {
    for (name, run, example) in cases() {
        // A text fits into maps of scalars, too.
        for value in at_every_object(&example, &|map| drop(map.insert("zzNew".to_owned(), "kept".into()))) {
            match run(&value) {
                Ok(written) => assert_eq!(written, value, "{name}"),
                // A map of something else must not take a text for it.
                Err(fault) => assert!(fault.to_string().contains("expected"), "{name}: {fault}"),
            }
        }
        let top = at_every_object(&example, &|map| drop(map.insert("zzNew".to_owned(), json!({"a": [1, null]}))));
        if example.is_object() && name != "composite-device-state" {
            assert_eq!(run(&top[0]).unwrap_or_else(|fault| panic!("{name}: {fault}")), top[0], "{name}");
        }
    }
}

#[test]
fn null_in_every_field_is_read_and_kept() {
    // A map has no fields.
    for (name, run, example) in cases().into_iter().filter(|(name, ..)| *name != "composite-device-state") {
        let Value::Object(fields) = &example else { continue };
        for field in fields.keys() {
            let mut changed = example.clone();
            changed[field] = Value::Null;
            // Only a required field of a request cannot be null.
            if let Ok(written) = run(&changed) {
                assert_eq!(written, changed, "{name}.{field}");
            } else {
                let is_request = ["post", "patch", "credentials", "options", "query", "command"];
                assert!(is_request.iter().any(|word| name.contains(word)), "{name}.{field} cannot be null");
            }
        }
    }
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
        let read: schemas::DeviceStateOrStates = serde_json::from_value(value.clone()).expect("anything");
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
