//! Objects whose names are data: values of one type by name.

use std::collections::btree_map::{self, BTreeMap};
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::{Entries, Json, Place, View};
use super::read::Came;
use super::{Extra, read, write};

/// A map from texts to values of one type, in the order of its names.
///
/// It is used like the [`BTreeMap`] that it holds, and made of one, of an array of pairs or by `collect()`. What an
/// answer holds under a name that is no such value is kept beside them, in [`TypedMap::other`], and written back.
#[derive(Clone)]
pub struct TypedMap<T> {
    values: BTreeMap<String, T>,
    other: Extra,
}

impl<T> TypedMap<T> {
    /// A map without values.
    pub fn new() -> Self {
        Self { values: BTreeMap::new(), other: Extra::default() }
    }

    /// What is of another kind than the documentation says, by name. It counts for no method of the map itself.
    pub fn other(&self) -> &Extra {
        &self.other
    }

    /// What is of another kind than the documentation says, by name.
    pub fn other_mut(&mut self) -> &mut Extra {
        &mut self.other
    }

    /// The values alone.
    pub fn into_inner(self) -> BTreeMap<String, T> {
        self.values
    }
}

impl<T> Default for TypedMap<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for TypedMap<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &Self::Target {
        &self.values
    }
}

impl<T> DerefMut for TypedMap<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.values
    }
}

impl<T: PartialEq> PartialEq for TypedMap<T> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values && self.other == other.other
    }
}

impl<T: fmt::Debug> fmt::Debug for TypedMap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        map.entries(&self.values);
        if !self.other.is_empty() {
            map.entry(&"other", &self.other);
        }
        map.finish()
    }
}

impl<T> From<BTreeMap<String, T>> for TypedMap<T> {
    fn from(values: BTreeMap<String, T>) -> Self {
        Self { values, other: Extra::default() }
    }
}

impl<K: Into<String>, V: Into<T>, T, const N: usize> From<[(K, V); N]> for TypedMap<T> {
    fn from(values: [(K, V); N]) -> Self {
        values.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<T>, T> FromIterator<(K, V)> for TypedMap<T> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(values: I) -> Self {
        let values: BTreeMap<String, T> = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        values.into()
    }
}

impl<T> IntoIterator for TypedMap<T> {
    type Item = (String, T);
    type IntoIter = btree_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a TypedMap<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = btree_map::Iter<'a, String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut TypedMap<T> {
    type Item = (&'a String, &'a mut T);
    type IntoIter = btree_map::IterMut<'a, String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter_mut()
    }
}

impl<T: Json> Json for TypedMap<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Entries(self)
    }

    fn view(&self) -> View<'_> {
        View::Entries(self)
    }
}

impl<T: Json> Entries for TypedMap<T> {
    /// Of two values with one name the last one counts that is of the type.
    fn keep(&mut self, name: String, read: &mut dyn FnMut(Place<'_>) -> Option<Came>) {
        let mut value = T::blank();
        match read(value.place()) {
            None => {}
            Some(Came::Misfit(other)) => drop(self.other.insert(name, *other)),
            Some(_) => {
                self.other.remove(&name);
                self.values.insert(name, value);
            }
        }
    }

    /// A value stands in place of another one that had come under its name.
    fn each<'a>(&'a self, take: &mut dyn FnMut(&'a str, View<'a>)) {
        for (name, value) in &self.values {
            take(name, value.view());
        }
        for (name, value) in self.other.iter() {
            if !self.values.contains_key(name) {
                take(name, View::Odd(value));
            }
        }
    }
}

impl<T: Json> Serialize for TypedMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de, T: Json> Deserialize<'de> for TypedMap<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Id, Number, Scalar};
    use serde_json::json;

    #[test]
    fn a_map_is_used_like_any_other() {
        let mut map: TypedMap<Number> = [("a", 1), ("b", 2)].into();
        assert_eq!((map["a"], map.get("c"), map.len()), (Number::from(1), None, 2));
        map.insert("c".to_owned(), 3.into());
        for value in map.values_mut() {
            *value = Number::from(value.as_f64() * 2.0);
        }
        let names: Vec<&String> = (&map).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let again: TypedMap<Number> = map.clone().into_iter().collect();
        assert_eq!(map, again);
        assert_eq!(format!("{map:?}"), r#"{"a": 2.0, "b": 4.0, "c": 6.0}"#);
        assert_eq!(TypedMap::<Id>::from(BTreeMap::new()), TypedMap::default());
        let scalars: TypedMap<Scalar> = [("on", true)].into();
        assert_eq!(scalars.into_inner()["on"], Scalar::Bool(true));
    }

    #[test]
    fn what_is_no_such_value_is_kept_beside() {
        let came = json!({"a": 1, "b": "x", "c": {"d": [null]}, "e": null});
        let mut map: TypedMap<Number> = serde_json::from_str(&came.to_string()).expect("a map");
        assert_eq!(serde_json::to_value(&map).expect("an object"), came);
        assert_eq!(map.len(), 1);
        assert_eq!(map.other().get("b"), Some(&Value::from("x")));
        assert_eq!(format!("{map:?}"), r#"{"a": 1, "other": {"b", "c", "e"}}"#);

        map.insert("b".to_owned(), 2.into());
        map.other_mut().remove("e");
        let written = serde_json::to_string(&map).expect("an object");
        assert_eq!(written, r#"{"a":1,"b":2,"c":{"d":[null]}}"#);
    }

    #[test]
    fn the_last_of_two_values_counts_that_is_one() {
        for (text, value) in [(r#"{"a":1,"a":2}"#, 2), (r#"{"a":1,"a":"x"}"#, 1), (r#"{"a":"x","a":1}"#, 1)] {
            let map: TypedMap<Number> = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_value(&map).expect("an object"), json!({"a": value}));
        }
        assert!(serde_json::from_str::<TypedMap<Number>>("[]").is_err());
        assert!(serde_json::from_str::<TypedMap<Number>>(r#"{"a":tru}"#).is_err());
    }
}
