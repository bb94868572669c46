//! Changes of one value in a block of JSON, made on the value itself and written down again.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::edits::Edit;
use super::random::Random;

type Make = fn(&mut Value, &mut Random) -> Option<()>;

/// All changes with their names.
pub const VALUES: &[(&str, Make)] = &[
    ("value: member removed", member_removed),
    ("value: member renamed", member_renamed),
    ("value: member added", member_added),
    ("value: members swapped", members_swapped),
    ("value: item removed", item_removed),
    ("value: item doubled", item_doubled),
    ("value: items swapped", items_swapped),
    ("value: text changed", text_changed),
    ("value: number changed", number_changed),
    ("value: of another kind", another_kind),
    ("value: taken from elsewhere", from_elsewhere),
];

/// Changes one value of one block, and says how.
pub(super) fn draw(text: &str, random: &mut Random) -> Option<(String, Edit)> {
    let block = random.pick(&blocks(text))?.clone();
    let mut value: Value = serde_json::from_str(&text[block.clone()]).ok()?;
    let before = value.clone();
    let (name, make) = random.pick(VALUES)?;
    make(&mut value, random)?;
    let written = serde_json::to_string_pretty(&value).ok()? + "\n";
    (value != before).then(|| ((*name).to_owned(), Edit::new(block, written)))
}

/// What stands between two fences.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut fences = text.match_indices("```").map(|(at, _)| at);
    let mut found = Vec::new();
    while let (Some(open), Some(close)) = (fences.next(), fences.next()) {
        let start = open + text[open..close].find('\n').map_or(3, |end| end + 1);
        found.push(start..close);
    }
    found
}

/// Every value that is wanted, by its pointer.
fn places(value: &Value, wanted: fn(&Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                let below = |key: &String| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                open.extend(map.iter().map(|(key, value)| (below(key), value)));
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)));
            }
            _ => {}
        }
        if wanted(value) {
            found.push(at);
        }
    }
    found
}

fn some<'a>(value: &'a mut Value, random: &mut Random, wanted: fn(&Value) -> bool) -> Option<&'a mut Value> {
    let found = places(value, wanted);
    value.pointer_mut(random.pick(&found)?)
}

/// One object that is not empty, with one of its keys.
fn member<'a>(value: &'a mut Value, random: &mut Random) -> Option<(&'a mut Map<String, Value>, String)> {
    let map = some(value, random, |value| value.as_object().is_some_and(|map| !map.is_empty()))?.as_object_mut()?;
    let keys: Vec<String> = map.keys().cloned().collect();
    let key = random.pick(&keys)?.clone();
    Some((map, key))
}

fn list<'a>(value: &'a mut Value, random: &mut Random) -> Option<&'a mut Vec<Value>> {
    some(value, random, |value| value.as_array().is_some_and(|items| !items.is_empty()))?.as_array_mut()
}

fn member_removed(value: &mut Value, random: &mut Random) -> Option<()> {
    let (map, key) = member(value, random)?;
    map.remove(&key).map(drop)
}

fn member_renamed(value: &mut Value, random: &mut Random) -> Option<()> {
    const NAMES: &[&str] =
        &["x", "type", "title", "description", "default", "minimum", "$comment", "format", "enum", "nullable"];
    let (map, key) = member(value, random)?;
    let moved = map.remove(&key)?;
    map.insert((*random.pick(NAMES)?).to_owned(), moved);
    Some(())
}

fn member_added(value: &mut Value, random: &mut Random) -> Option<()> {
    let (map, _) = member(value, random)?;
    let new = [
        ("description", json!("Another one.")),
        ("maxLength", json!(7)),
        ("pattern", json!("^x$")),
        ("readOnly", json!(true)),
        ("additionalProperties", json!(false)),
        ("$comment", json!("x")),
        ("examples", json!(["x"])),
        ("x-y", json!({})),
        ("not", json!({})),
        ("const", json!(1)),
        ("title", json!("X")),
        ("deprecated", json!(true)),
    ];
    let (key, added) = random.pick(&new)?.clone();
    map.insert(key.to_owned(), added);
    Some(())
}

/// Two members of one object change their values.
fn members_swapped(value: &mut Value, random: &mut Random) -> Option<()> {
    let (map, key) = member(value, random)?;
    let keys: Vec<String> = map.keys().cloned().collect();
    let other = random.pick(&keys)?;
    let (one, two) = (map.get(&key)?.clone(), map.get(other)?.clone());
    map.insert(key, two);
    map.insert(other.clone(), one);
    Some(())
}

fn item_removed(value: &mut Value, random: &mut Random) -> Option<()> {
    let items = list(value, random)?;
    items.remove(random.below(items.len()));
    Some(())
}

fn item_doubled(value: &mut Value, random: &mut Random) -> Option<()> {
    let items = list(value, random)?;
    items.push(random.pick(items)?.clone());
    Some(())
}

fn items_swapped(value: &mut Value, random: &mut Random) -> Option<()> {
    let items = list(value, random)?;
    let (one, two) = (random.below(items.len()), random.below(items.len()));
    items.swap(one, two);
    Some(())
}

fn text_changed(value: &mut Value, random: &mut Random) -> Option<()> {
    let Value::String(text) = some(value, random, Value::is_string)? else { return None };
    let new =
        [format!("{text}x"), text.to_uppercase(), text.chars().skip(1).collect(), String::new(), format!("{text} ")];
    text.clone_from(random.pick(&new)?);
    Some(())
}

fn number_changed(value: &mut Value, random: &mut Random) -> Option<()> {
    let place = some(value, random, Value::is_number)?;
    let own = place.as_f64().unwrap_or_default();
    *place = random.pick(&[json!(own + 1.0), json!(own - 1.0), json!(-own), json!(own + 0.5), json!(0)])?.clone();
    Some(())
}

fn another_kind(value: &mut Value, random: &mut Random) -> Option<()> {
    let place = some(value, random, |_| true)?;
    let new = [
        json!(null),
        json!(true),
        json!(false),
        json!("x"),
        json!(1),
        json!({}),
        json!([]),
        json!([place.clone()]),
        json!(place.to_string()),
    ];
    *place = random.pick(&new)?.clone();
    Some(())
}

fn from_elsewhere(value: &mut Value, random: &mut Random) -> Option<()> {
    let all = places(value, |_| true);
    let taken = value.pointer(random.pick(&all)?)?.clone();
    *value.pointer_mut(random.pick(&all)?)? = taken;
    Some(())
}
