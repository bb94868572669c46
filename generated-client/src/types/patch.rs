//! Fields that a request may leave alone, clear or set.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Json, Optional, Place, View};
use super::read::Came;
use super::{Id, Secret, Timestamp, read, write};

/// What a request does with a field that may be null: absent, null and a value mean three things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field is not sent: the server keeps what it has.
    #[default]
    Keep,
    /// The field is sent as null.
    Clear,
    /// The field is sent with this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is not sent.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value, if there is one.
    pub fn as_option(&self) -> Option<&T> {
        if let Self::Set(value) = self { Some(value) } else { None }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        if let Self::Set(value) = self { Some(value) } else { None }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T> From<Option<T>> for Patch<T> {
    /// `None` clears the field.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

macro_rules! from_text {
    ($($ty:ty),*) => { $(impl From<&str> for Patch<$ty> { fn from(text: &str) -> Self { Self::Set(text.into()) } })* };
}

from_text!(String, Id, Timestamp, Secret);

impl From<String> for Patch<Id> {
    fn from(text: String) -> Self {
        Self::Set(text.into())
    }
}

impl<T: Json> Optional for Patch<T> {
    fn fill(&mut self) -> Place<'_> {
        *self = Self::Set(T::blank());
        let Self::Set(value) = self else { unreachable!("it was set above") };
        value.place()
    }

    fn clear(&mut self) {
        *self = Self::Keep;
    }

    fn null(&mut self) -> Came {
        *self = Self::Clear;
        Came::Fit
    }

    fn get(&self) -> Option<View<'_>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(View::Null),
            Self::Set(value) => Some(value.view()),
        }
    }
}

impl<T: Json> Json for Patch<T> {
    fn blank() -> Self {
        Self::Keep
    }

    fn place(&mut self) -> Place<'_> {
        Place::Optional(self)
    }

    fn view(&self) -> View<'_> {
        self.get().unwrap_or(View::Null)
    }
}

impl<T: Json> Serialize for Patch<T> {
    /// As null or the value: a field to keep must be left out by the object around it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de, T: Json> Deserialize<'de> for Patch<T> {
    /// From null or a value; an absent field does not come here and stays [`Patch::Keep`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_is_made_of_what_is_at_hand() {
        assert_eq!(Patch::<String>::from("a"), Patch::Set("a".to_owned()));
        assert_eq!(Patch::<bool>::from(None), Patch::Clear);
        assert_eq!(Patch::<bool>::from(Some(true)), Patch::<bool>::from(true));
        assert!(Patch::<bool>::default().is_keep());
        assert_eq!(Patch::<i64>::from(5).into_option(), Some(5));
    }
}
