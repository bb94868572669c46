//! What an object of the API holds beyond what its documented fields can.

use std::fmt;

use serde_json::{Map, Value};

/// Fields that the documentation does not know, and values of another kind than it says, kept so that they can be
/// read and are written back.
///
/// It takes one pointer while there are none. It also remembers which documented fields came as null, so that
/// an object is written back as it came; two objects that differ in that alone are equal. `Debug` prints names
/// only, since nobody knows which of the values are secret.
///
/// A documented field whose value is not of its kind, say a text where a number is due, is `None` in its object, and
/// its value is here. Once the field is set, that value is not written any more. A list keeps the items that are what
/// they should be; the others are here, as a list under the field's name, and are written between them, where they stood.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    fields: Map<String, Value>,
    nulls: Vec<&'static str>,
    /// Documented fields with a value of another kind.
    misfits: Vec<(&'static str, Value)>,
    /// Where the items of a misfit stood, if the field is a list whose other items are in their place.
    positions: Vec<(&'static str, Vec<usize>)>,
}

impl Extra {
    /// The value of a field that is kept here.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.fields.get(name).or_else(|| self.misfit(name))
    }

    /// Sets an undocumented field; returns the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.inner().fields.insert(name.into(), value.into())
    }

    /// Removes a field that is kept here.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let inner = self.0.as_mut()?;
        inner.fields.remove(name).or_else(|| {
            let at = inner.misfits.iter().position(|(misfit, _)| *misfit == name)?;
            Some(inner.misfits.remove(at).1)
        })
    }

    /// The fields that are kept here, by name; documented ones stand at the end.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let misfits = self.0.iter().flat_map(|inner| &inner.misfits).map(|(name, value)| (*name, value));
        self.unknown().chain(misfits)
    }

    /// How many fields are kept here.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.fields.len() + inner.misfits.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The undocumented fields alone.
    pub(super) fn unknown(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| &inner.fields).map(|(name, value)| (name.as_str(), value))
    }

    /// What a documented field came with, if that is of another kind.
    pub(super) fn misfit(&self, field: &str) -> Option<&Value> {
        self.0.as_ref()?.misfits.iter().find(|(misfit, _)| *misfit == field).map(|(_, value)| value)
    }

    pub(super) fn set_misfit(&mut self, field: &'static str, value: Value) {
        self.inner().misfits.push((field, value));
    }

    /// Keeps the items that do not fit a list, each with its position.
    pub(super) fn set_odd(&mut self, field: &'static str, odd: Vec<(usize, Value)>) {
        let (positions, values): (Vec<usize>, Vec<Value>) = odd.into_iter().unzip();
        self.set_misfit(field, values.into());
        self.inner().positions.push((field, positions));
    }

    /// The items that do not fit a list, each with its position; none where the field was no list at all.
    pub(super) fn odd(&self, field: &str) -> Option<Vec<(usize, &Value)>> {
        let (_, positions) = self.0.as_ref()?.positions.iter().rfind(|(list, _)| *list == field)?;
        let values = self.misfit(field)?.as_array()?;
        Some(positions.iter().copied().zip(values).collect())
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
        match (&self.0, &other.0) {
            (Some(one), Some(two)) => one.fields == two.fields && one.misfits == two.misfits,
            _ => self.is_empty() && other.is_empty(),
        }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
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
    fn values_do_not_show() {
        let mut extra = Extra::default();
        extra.insert("apiKey", "hunter2");
        assert_eq!(format!("{extra:?}"), "{\"apiKey\"}");
        assert_eq!(extra.get("apiKey"), Some(&Value::from("hunter2")));
    }

    #[test]
    fn misfits_are_fields_too() {
        let mut extra = Extra::default();
        extra.set_misfit("size", "large".into());
        assert_ne!(extra, Extra::default());
        assert_eq!((extra.len(), extra.unknown().count()), (1, 0));
        assert_eq!(extra.iter().next(), Some(("size", &"large".into())));
        assert_eq!(extra.get("size"), Some(&"large".into()));
        assert_eq!(extra.remove("size"), Some("large".into()));
        assert!(extra.is_empty() && extra.remove("size").is_none());
    }

    #[test]
    fn nulls_do_not_make_a_difference() {
        let mut extra = Extra::default();
        extra.set_null("size");
        assert_eq!(extra, Extra::default());
        assert!(extra.is_null("size") && !extra.is_null("name"));
    }
}
