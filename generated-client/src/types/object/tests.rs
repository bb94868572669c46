//! Objects read and written: nulls, misfits, names in every form, lists.

use super::*;
use crate::types::{Deserialize, Patch, Serialize, Serializer, TypedMap, debug, is_same, read, write};

#[derive(Clone)]
struct Row {
    id: String,
    name: Patch<String>,
    size: Option<i64>,
    tags: Option<Vec<String>>,
    rest: TypedMap<i64>,
    extra: Extra,
}

impl Json for Row {
    fn blank() -> Self {
        Self {
            id: Json::blank(),
            name: Json::blank(),
            size: Json::blank(),
            tags: Json::blank(),
            rest: Json::blank(),
            extra: Extra::default(),
        }
    }

    fn place(&mut self) -> Place<'_> {
        Place::object(
            &mut self.extra,
            Box::new([
                FieldPlace::Required("id", &mut self.id),
                FieldPlace::Optional("name", &mut self.name),
                FieldPlace::Optional("size", &mut self.size),
                FieldPlace::Optional("tags", &mut self.tags),
                FieldPlace::Rest(&mut self.rest),
            ]),
        )
    }

    fn view(&self) -> View<'_> {
        View::object(
            "Row",
            &self.extra,
            Box::new([
                FieldView::Required("id", &self.id),
                FieldView::Optional("name", &self.name),
                FieldView::Optional("size", &self.size),
                FieldView::Optional("tags", &self.tags),
                FieldView::Rest(&self.rest),
            ]),
        )
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        is_same(self, other)
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        write(self, to)
    }
}

#[test]
fn an_object_is_written_as_it_came() {
    for text in [
        r#"{"id":"a"}"#,
        r#"{"id":"a","name":null}"#,
        r#"{"id":"a","name":"b","size":null}"#,
        r#"{"size":1,"name":"b","id":"a","other":7,"odd":{"x":[1]}}"#,
    ] {
        let row: Row = serde_json::from_str(text).expect(text);
        let back = serde_json::to_value(&row).expect(text);
        assert_eq!(back, serde_json::from_str::<Value>(text).expect(text));
    }
    let row: Row = serde_json::from_str(r#"{"id":"a","other":7,"odd":true}"#).expect("a row");
    assert_eq!(row.rest.get("other"), Some(&7));
    assert_eq!(row.rest.other().get("odd"), Some(&Value::Bool(true)));
}

#[test]
fn a_missing_field_is_named() {
    let error = serde_json::from_str::<Row>(r#"{"size":1}"#).expect_err("no id");
    assert!(error.to_string().contains("`id`"), "{error}");
    assert!(serde_json::from_str::<Row>("[]").is_err());
}

#[test]
fn names_are_known_however_they_come() {
    let escaped: Row = serde_json::from_str(r#"{"\u0069d":"a","si\u007ae":null}"#).expect("a row");
    let read: Row = serde_json::from_reader(&br#"{"id":"a","size":null}"#[..]).expect("a row");
    let owned: Row = serde_json::from_value(serde_json::json!({"id": "a", "size": null})).expect("a row");
    for row in [escaped, read, owned] {
        assert_eq!(serde_json::to_string(&row).expect("a row"), r#"{"id":"a","size":null}"#);
    }
}

#[test]
fn an_error_in_a_field_ends_the_reading() {
    for text in [r#"{"id":5}"#, r#"{"id":"a","size":"b","id":}"#, r#"{"id":"a","odd":}"#] {
        assert!(serde_json::from_str::<Row>(text).is_err(), "{text}");
    }
}

#[test]
fn a_name_is_text_whether_it_is_known_or_not() {
    for name in [&b"a\xff"[..], b"a\n", b"\\ud800", b"\\x"] {
        let text = [b"{\"id\":\"a\",\"", name, b"\":1}"].concat();
        assert!(serde_json::from_slice::<Value>(&text).is_err(), "{}", text.escape_ascii());
        assert!(serde_json::from_slice::<Row>(&text).is_err(), "{}", text.escape_ascii());
    }
    let row: Row = serde_json::from_str("{\"id\":\"a\",\"\u{fc}\\n\":1}").expect("a row");
    assert_eq!(row.rest.get("\u{fc}\n"), Some(&1));
}

#[test]
fn a_value_of_another_kind_is_kept_until_the_field_is_set() {
    let text = r#"{"id":"a","name":["b"],"size":"large"}"#;
    let mut row: Row = serde_json::from_str(text).expect("a row");
    assert_eq!((row.size, row.extra.get("size")), (None, Some(&"large".into())));
    assert_eq!(serde_json::to_string(&row).expect("a row"), text);
    row.size = Some(5);
    row.name = Patch::Clear;
    assert_eq!(serde_json::to_string(&row).expect("a row"), r#"{"id":"a","name":null,"size":5}"#);
}

#[test]
fn a_list_keeps_what_fits_and_writes_the_others_where_they_stood() {
    let read = |text: &str| serde_json::from_str::<Row>(text).expect(text);
    let written = |row: &Row| serde_json::to_string(row).expect("a row");
    let text = r#"{"id":"a","tags":[1,"b",null,"c",["d"]]}"#;
    let mut row = read(text);
    assert_eq!(row.tags.as_deref(), Some(&["b".to_owned(), "c".to_owned()][..]));
    assert_eq!(row.extra.get("tags"), Some(&serde_json::json!([1, null, ["d"]])));
    assert_eq!(written(&row), text);

    row.tags = Some(vec!["e".to_owned()]);
    assert_eq!(written(&row), r#"{"id":"a","tags":[1,"e",null,["d"]]}"#);
    row.tags = None;
    assert_eq!(written(&row), r#"{"id":"a"}"#);
    row.tags = Some(Vec::new());
    row.extra.remove("tags");
    assert_eq!(written(&row), r#"{"id":"a","tags":[]}"#);

    for text in [r#"{"id":"a","tags":[1,2]}"#, r#"{"id":"a","tags":"b"}"#, r#"{"id":"a","tags":null}"#] {
        let row = read(text);
        assert_eq!((row.tags.as_ref(), written(&row).as_str()), (None, text));
    }
    assert_eq!(read(r#"{"id":"a","tags":[]}"#).tags, Some(Vec::new()));
    for text in [r#"{"id":"a","tags":[1,}"#, r#"{"id":"a","tags":["b" 1]}"#] {
        assert!(serde_json::from_str::<Row>(text).is_err(), "{text}");
    }
}

#[test]
fn a_list_in_a_patch_keeps_what_fits_too() {
    #[derive(Clone, Default)]
    struct Change {
        tags: Patch<Vec<String>>,
        extra: Extra,
    }

    impl Json for Change {
        fn blank() -> Self {
            Self::default()
        }

        fn place(&mut self) -> Place<'_> {
            Place::object(&mut self.extra, Box::new([FieldPlace::Optional("tags", &mut self.tags)]))
        }

        fn view(&self) -> View<'_> {
            View::object("Change", &self.extra, Box::new([FieldView::Optional("tags", &self.tags)]))
        }
    }

    let text = r#"{"tags":[1,"a"]}"#;
    let change: Change = read(&mut serde_json::Deserializer::from_str(text)).expect(text);
    assert_eq!(change.tags, Patch::Set(vec!["a".to_owned()]));
    assert_eq!(serde_json::to_string(&change.view()).expect("an object"), text);
    for text in [r#"{"tags":null}"#, r#"{"tags":7}"#, "{}"] {
        let change: Change = read(&mut serde_json::Deserializer::from_str(text)).expect(text);
        assert_eq!(serde_json::to_string(&change.view()).expect("an object"), text);
    }
}

#[test]
fn two_rows_are_the_same_if_the_same_is_written_apart_from_nulls() {
    let read = |text: &str| serde_json::from_str::<Row>(text).expect(text);
    let row = read(r#"{"id":"a","name":"b","size":5,"tags":["c"],"d":1}"#);
    assert_eq!(row, row.clone());
    assert_eq!(read(r#"{"id":"a","size":null}"#), read(r#"{"id":"a"}"#));
    for other in [
        r#"{"id":"e","name":"b","size":5,"tags":["c"],"d":1}"#,
        r#"{"id":"a","name":null,"size":5,"tags":["c"],"d":1}"#,
        r#"{"id":"a","name":"b","size":"5","tags":["c"],"d":1}"#,
        r#"{"id":"a","name":"b","size":5,"tags":["c","c"],"d":1}"#,
        r#"{"id":"a","name":"b","size":5,"tags":["c",7],"d":1}"#,
        r#"{"id":"a","name":"b","size":5,"d":1}"#,
        r#"{"id":"a","name":"b","size":5,"tags":["c"],"d":2}"#,
        r#"{"id":"a","name":"b","size":5,"tags":["c"],"e":1}"#,
        r#"{"id":"a","name":"b","size":5,"tags":["c"],"d":"1"}"#,
    ] {
        assert_ne!(read(other), row, "{other}");
    }
}

#[test]
fn debug_shows_what_is_there() {
    let text = r#"{"id":"a","name":null,"size":"large","tags":["b",5],"c":1}"#;
    let row: Row = serde_json::from_str(text).expect("a row");
    assert_eq!(format!("{row:?}"), r#"Row { id: "a", name: null, tags: ["b"], c: 1, extra: {"size", "tags"} }"#);
    // What is of another kind than it should be may be a secret.
    let row: Row = serde_json::from_str(r#"{"id":"a","key":"hunter2"}"#).expect("a row");
    assert_eq!(format!("{row:?}"), r#"Row { id: "a", key: [not shown] }"#);
}
