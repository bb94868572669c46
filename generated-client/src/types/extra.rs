//! What an object of the API holds beyond its documented fields.

use std::fmt;

use serde_json::{Map, Value};

/// Fields that the documentation does not know, kept so that they can be read and are written back.
///
/// It takes one pointer while there are none. It also remembers which documented fields came as null, so that
/// an object is written back as it came; two objects that differ in that alone are equal. `Debug` prints names
/// only, since nobody knows which of the values are secret.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    fields: Map<String, Value>,
    nulls: Vec<&'static str>,
}

impl Extra {
    /// The value of an undocumented field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.fields.get(name)
    }

    /// Sets an undocumented field; returns the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.inner().fields.insert(name.into(), value.into())
    }

    /// Removes an undocumented field.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.fields.remove(name)
    }

    /// The undocumented fields by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| &inner.fields).map(|(name, value)| (name.as_str(), value))
    }

    /// How many undocumented fields there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.fields.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn set_null(&mut self, field: &'static str) {
        self.inner().nulls.push(field);
    }

    pub(super) fn is_null(&self, field: &str) -> bool {
        self.0.as_ref().is_some_and(|inner| inner.nulls.contains(&field))
    }

    fn inner(&mut self) -> &mut Inner {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// A set of small numbers; the first 64 need no memory of their own.
#[derive(Clone, Default)]
pub(super) struct Bits {
    first: u64,
    others: Vec<u64>,
}

impl Bits {
    pub(super) fn set(&mut self, at: usize) {
        let bit = 1 << (at % 64);
        match (at / 64).checked_sub(1) {
            None => self.first |= bit,
            Some(word) => {
                if self.others.len() <= word {
                    self.others.resize(word + 1, 0);
                }
                self.others[word] |= bit;
            }
        }
    }

    pub(super) fn get(&self, at: usize) -> bool {
        let word = match (at / 64).checked_sub(1) {
            None => self.first,
            Some(word) => self.others.get(word).copied().unwrap_or(0),
        };
        word & (1 << (at % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_extra_is_one_pointer() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
        assert!(Extra::default().is_empty());
    }

    #[test]
    fn bits_of_any_index_are_kept() {
        let mut bits = Bits::default();
        for at in [0, 63, 64, 200] {
            assert!(!bits.get(at));
            bits.set(at);
            assert!(bits.get(at));
        }
        assert!(!bits.get(199) && !bits.get(1000));
    }

    #[test]
    fn values_do_not_show() {
        let mut extra = Extra::default();
        extra.insert("apiKey", "hunter2");
        assert_eq!(format!("{extra:?}"), "{\"apiKey\"}");
        assert_eq!(extra.get("apiKey"), Some(&Value::from("hunter2")));
    }

    #[test]
    fn nulls_do_not_make_a_difference() {
        let mut extra = Extra::default();
        extra.set_null("size");
        assert_eq!(extra, Extra::default());
        assert!(extra.is_null("size") && !extra.is_null("name"));
    }
}
