//! The names that a client has published: a type keeps its name while it stands at the place that it was named after,
//! and its module while it has its name.
//!
//! A shape without a schema of its own is named by a way to it. When the API grows, a better way may appear, or a
//! name that was one resource's becomes everybody's. Programs have written the name down by then, so it stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::doc;
use super::names::{self, Name};

/// Where the names stand, below the generated code.
pub const FILE: &str = "names.lock";

/// Published names by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamesLock {
    /// Of types that no schema names: a schema and the way down to the type.
    pub(super) types: BTreeMap<String, Name>,
    /// Of enums of parameters: `resource.action.parameter`.
    pub(super) params: BTreeMap<String, Name>,
    /// Types that are shared, although a family has the page that they are from (`plan::shared`); none where that was
    /// never decided.
    pub(super) shared: Option<BTreeSet<Name>>,
}

/// A place as the lock writes it: on one line, and with nothing that cannot be seen.
pub(super) fn place(of: &impl Display) -> String {
    let place = of.to_string();
    if place.chars().all(doc::is_visible) {
        return place;
    }
    let escaped = |char: char| if doc::is_visible(char) { char.to_string() } else { char.escape_unicode().to_string() };
    place.chars().map(escaped).collect()
}

/// As it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    types: BTreeMap<String, String>,
    params: BTreeMap<String, String>,
    shared: Option<BTreeSet<String>>,
}

impl NamesLock {
    /// Reads what [`NamesLock::to_text`] wrote. A name that a type cannot have any more is left out.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written: Written = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let names = |names: BTreeMap<String, String>| {
            names.into_iter().filter_map(|(place, name)| Some((place, names::published_type(&name)?))).collect()
        };
        let shared = written.shared.map(|names| names.iter().filter_map(|name| names::published_type(name)).collect());
        Ok(Self { types: names(written.types), params: names(written.params), shared })
    }

    /// Of the names that types without a schema of their own have now, those that are new.
    pub(super) fn new_of<'a>(&self, named: &'a BTreeMap<String, Name>) -> BTreeSet<&'a Name> {
        let known: BTreeSet<&Name> = self.types.values().collect();
        named.values().filter(|name| !known.contains(name)).collect()
    }

    /// Whether a type has been published as one that is shared; none where it may still become so, since it is one of
    /// the `new` ones or nothing was published.
    pub(super) fn is_shared(&self, name: &Name, new: &BTreeSet<&Name>) -> Option<bool> {
        let shared = self.shared.as_ref()?.contains(name);
        (shared || !new.contains(name)).then_some(shared)
    }

    /// The names as text; a run that has them reads it again.
    ///
    /// # Errors
    /// When a place cannot be written.
    pub fn to_text(&self) -> Result<String, String> {
        let names = |names: &BTreeMap<String, Name>| {
            names.iter().map(|(place, name)| (place.clone(), name.to_string())).collect()
        };
        let shared = self.shared.as_ref().map(|names| names.iter().map(Name::to_string).collect());
        let written = Written { types: names(&self.types), params: names(&self.params), shared };
        serde_yaml::to_string(&written).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_whatever_the_places_are() {
        let places = ["a.b[]<c>", "a.{}", "a.x: y # z", "a.\n\t\u{7f}\"'", "true", "a.1"];
        let name = names::type_name(&["v1".to_owned(), "2".to_owned()]);
        let types = places.map(|place| (place.to_owned(), name.clone()));
        let lock = NamesLock { types: types.into(), params: BTreeMap::new(), shared: Some([name].into()) };
        assert_eq!(NamesLock::parse(&lock.to_text().expect("a text")), Ok(lock));
    }

    #[test]
    fn a_place_hides_nothing() {
        assert_eq!(place(&"a\n[]\u{202e}é"), "a\\u{a}[]\\u{202e}é");
    }

    #[test]
    fn what_is_no_lock_is_refused() {
        for text in ["", "types: {}", "types: [a]\nparams: {}", "types: {}\nparams: {}\nmore: {}", "<<<<<<< HEAD"] {
            assert!(NamesLock::parse(text).is_err(), "{text}");
        }
        for name in ["Vec", "Self", "a", "A b", "Ä", "\"\""] {
            let text = format!("types: {{a: {name}, b: Fine}}\nparams: {{}}");
            assert_eq!(NamesLock::parse(&text).expect(name).types.len(), 1, "{name}");
        }
    }
}
