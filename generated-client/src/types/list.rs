//! Lists of answers, which keep what fits them: an item of another kind stands beside them, with its position.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::Value;

use super::misfit::NextPlace;

/// A list as it came.
pub(super) enum List<T> {
    /// The items, and what stood between them, each with its position.
    Items(Vec<T>, Vec<(usize, Value)>),
    /// No item is what it should be.
    Odd(Value),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Lists(PhantomData))
    }
}

struct Lists<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Lists<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
        // What the input says of its length is not believed beyond this.
        let mut read = Vec::with_capacity(items.size_hint().unwrap_or(0).min(1024));
        let mut odd = Vec::new();
        while let Some(misfit) = items.next_element_seed(NextPlace(&mut read))? {
            if let Some(value) = misfit {
                odd.push((read.len() + odd.len(), *value));
            }
        }
        if read.is_empty() && !odd.is_empty() {
            return Ok(List::Odd(odd.into_iter().map(|(_, value)| value).collect()));
        }
        Ok(List::Items(read, odd))
    }
}

/// Items with the values that stood between them, for writing.
pub(super) struct Merged<'a, T> {
    pub(super) items: &'a [T],
    /// In the order of their positions.
    pub(super) odd: Vec<(usize, &'a Value)>,
}

impl<T: Serialize> Serialize for Merged<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = self.items.len() + self.odd.len();
        let mut list = serializer.serialize_seq(Some(length))?;
        let (mut items, mut odd) = (self.items.iter(), self.odd.iter().peekable());
        for at in 0..length {
            if let Some((_, value)) = odd.next_if(|(position, _)| *position <= at || items.len() == 0) {
                list.serialize_element(value)?;
            } else if let Some(item) = items.next() {
                list.serialize_element(item)?;
            }
        }
        list.end()
    }
}

/// A list that has room for one item at first: most have one or two, and four is what a `Vec` begins with.
pub(super) struct Short<A>(pub(super) A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Short<A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(seed)
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.size_hint().unwrap_or(1))
    }
}
