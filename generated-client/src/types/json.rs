//! What a type of the API is to JSON: the place that a value is read to, and the view of it that is written.
//!
//! There are few kinds of places and views, however many types there are. So the code that reads and writes knows the
//! kinds alone, is compiled once for each format, and reaches a type through a trait object of a function or two.

use std::fmt::{self, Debug};

use compact_str::CompactString;
use serde_json::{Map, Value};

use super::enums::Enumeration;
use super::object::{Places, Views};
use super::read::Came;
use super::{Number, Scalar, Secret};

/// A type that stands for values of JSON.
pub trait Json {
    /// A placeholder that is overwritten before anybody sees it: reading fails where a required field is absent.
    fn blank() -> Self
    where
        Self: Sized;

    /// Where a value is read to; it holds a [blank](Json::blank) before.
    fn place(&mut self) -> Place<'_>;

    /// What is written.
    fn view(&self) -> View<'_>;
}

/// Where a value goes, by what it may be.
pub enum Place<'a> {
    /// True or false.
    Boolean(&'a mut bool),
    /// A whole number.
    Integer(&'a mut i64),
    /// Any number, rounded to this.
    Float(&'a mut f64),
    /// Any number.
    Number(&'a mut Number),
    /// A text.
    Text(&'a mut String),
    /// A text that mostly is a short one, and what is expected here.
    Short(&'a mut CompactString, &'static str),
    /// A text that nobody may see by chance.
    Secret(&'a mut Secret),
    /// Anything without parts.
    Scalar(&'a mut Scalar),
    /// Anything.
    Value(&'a mut Value),
    /// An object of which nothing is known.
    Fields(&'a mut Map<String, Value>),
    /// Null or something.
    Optional(&'a mut dyn Optional),
    /// A list.
    List(&'a mut dyn List),
    /// An object whose names are data.
    Entries(&'a mut dyn Entries),
    /// An object with known fields.
    Object(Places<'a>),
    /// One of some texts.
    Enumeration(&'a mut dyn Enumeration),
    /// What is known only when all of it has been read.
    Choice(&'a mut dyn Choice),
}

/// What a value is when it is written.
pub enum View<'a> {
    /// Null.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number that may be too large for the other one.
    Unsigned(u64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A text that nobody may see by chance.
    Secret(&'a str),
    /// Anything.
    Value(&'a Value),
    /// A value of another kind than the documentation says: nobody knows whether it is a secret.
    Odd(&'a Value),
    /// An object of which nothing is known.
    Fields(&'a Map<String, Value>),
    /// A list, and the values of another kind that stood in it, with their positions in order.
    List(&'a dyn List, &'a [(usize, &'a Value)]),
    /// An object whose names are data.
    Entries(&'a dyn Entries),
    /// An object with known fields.
    Object(Views<'a>),
}

/// Shows a value: the `Debug` of all types.
pub(crate) fn debug(value: &dyn Json, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    value.view().fmt(f)
}

/// Whether two values are the same: the `PartialEq` of all types.
pub(crate) fn is_same(one: &dyn Json, two: &dyn Json) -> bool {
    one.view() == two.view()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Unsigned(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::Secret(_) => f.write_str("[redacted]"),
            Self::Value(value) => value.fmt(f),
            Self::Odd(_) => f.write_str("[not shown]"),
            Self::Fields(fields) => fields.fmt(f),
            Self::List(items, _) => f.debug_list().entries((0..items.len()).filter_map(|at| items.get(at))).finish(),
            Self::Entries(entries) => {
                let mut shown = f.debug_map();
                entries.each(&mut |name, value| {
                    shown.entry(&name, &value);
                });
                shown.finish()
            }
            Self::Object(views) => views.fmt(f),
        }
    }
}

/// Whether the same is written, apart from nulls where a field may be absent.
impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(one), Self::Boolean(two)) => one == two,
            (Self::Text(one), Self::Text(two)) | (Self::Secret(one), Self::Secret(two)) => one == two,
            (Self::Value(one), Self::Value(two)) | (Self::Odd(one), Self::Odd(two)) => one == two,
            (Self::Fields(one), Self::Fields(two)) => one == two,
            (Self::List(one, _), Self::List(two, _)) => {
                one.len() == two.len() && (0..one.len()).all(|at| one.get(at) == two.get(at))
            }
            (Self::Entries(one), Self::Entries(two)) => pairs(*one) == pairs(*two),
            (Self::Object(one), Self::Object(two)) => one == two,
            _ => self.number().is_some_and(|one| Some(one) == other.number()),
        }
    }
}

impl View<'_> {
    fn number(&self) -> Option<Number> {
        match self {
            Self::Integer(number) => Some(Number::from(*number)),
            Self::Unsigned(number) => Some(Number::from(*number)),
            Self::Float(number) => Some(Number::from(*number)),
            _ => None,
        }
    }
}

fn pairs(entries: &dyn Entries) -> Vec<(&str, View<'_>)> {
    let mut pairs = Vec::new();
    entries.each(&mut |name, value| pairs.push((name, value)));
    pairs
}

/// A place that may stay empty.
pub trait Optional {
    /// The place of the value.
    fn fill(&mut self) -> Place<'_>;

    /// Takes the value away: something came that is no value of the type.
    fn clear(&mut self);

    /// Takes null, which fits only where it differs from no value.
    fn null(&mut self) -> Came;

    /// What is written, if anything.
    fn get(&self) -> Option<View<'_>>;
}

/// A list of values of one type.
pub trait List {
    /// The place of one more item.
    fn grow(&mut self) -> Place<'_>;

    /// Takes the last item away.
    fn shrink(&mut self);

    /// The number of items.
    fn len(&self) -> usize;

    /// An item.
    fn get(&self, at: usize) -> Option<View<'_>>;
}

/// Values of one type by name.
pub trait Entries {
    /// Keeps what is read under a name.
    fn keep(&mut self, name: String, read: &mut dyn FnMut(Place<'_>) -> Option<Came>);

    /// Every value with its name.
    fn each<'a>(&'a self, take: &mut dyn FnMut(&'a str, View<'a>));
}

/// A type that finds its form in the value.
pub trait Choice {
    /// Takes the value.
    fn take(&mut self, value: Value);
}

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn place(&mut self) -> Place<'_> {
        Place::Boolean(self)
    }

    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }
}

impl Json for i64 {
    fn blank() -> Self {
        0
    }

    fn place(&mut self) -> Place<'_> {
        Place::Integer(self)
    }

    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }
}

impl Json for f64 {
    fn blank() -> Self {
        0.0
    }

    fn place(&mut self) -> Place<'_> {
        Place::Float(self)
    }

    fn view(&self) -> View<'_> {
        View::Float(*self)
    }
}

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Json for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn place(&mut self) -> Place<'_> {
        Place::Value(self)
    }

    fn view(&self) -> View<'_> {
        View::Value(self)
    }
}

impl Json for Map<String, Value> {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Fields(self)
    }

    fn view(&self) -> View<'_> {
        View::Fields(self)
    }
}

impl<T: Json> Json for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn place(&mut self) -> Place<'_> {
        (**self).place()
    }

    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Json> Json for Option<T> {
    fn blank() -> Self {
        None
    }

    fn place(&mut self) -> Place<'_> {
        Place::Optional(self)
    }

    fn view(&self) -> View<'_> {
        self.get().unwrap_or(View::Null)
    }
}

impl<T: Json> Optional for Option<T> {
    fn fill(&mut self) -> Place<'_> {
        self.insert(T::blank()).place()
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn null(&mut self) -> Came {
        *self = None;
        Came::Null
    }

    fn get(&self) -> Option<View<'_>> {
        self.as_ref().map(T::view)
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::List(self)
    }

    fn view(&self) -> View<'_> {
        View::List(self, &[])
    }
}

impl<T: Json> List for Vec<T> {
    fn grow(&mut self) -> Place<'_> {
        if self.capacity() == 0 {
            // Most lists have one item or two, and four is what a `Vec` begins with.
            self.reserve_exact(1);
        }
        self.push(T::blank());
        let [.., last] = &mut self[..] else { unreachable!("it has one now") };
        last.place()
    }

    fn shrink(&mut self) {
        self.pop();
    }

    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, at: usize) -> Option<View<'_>> {
        <[T]>::get(self, at).map(T::view)
    }
}
