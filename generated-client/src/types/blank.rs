//! A value to start from while an object with required fields is read.

use serde_json::{Map, Value};

use super::{Extra, Id, Number, OneOrMany, Patch, Scalar, Secret, Template, Timestamp, TypedMap};

/// A placeholder that is overwritten before anybody sees it: reading fails where a required field is absent.
pub trait Blank {
    /// The placeholder.
    fn blank() -> Self;
}

macro_rules! blank_by_default {
    ($($ty:ty),*) => { $(impl Blank for $ty { fn blank() -> Self { Self::default() } })* };
}

blank_by_default!(bool, i64, f64, String, Value, Map<String, Value>, Number, Scalar, Id, Timestamp, Secret, Extra);

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Patch<T> {
    fn blank() -> Self {
        Self::Keep
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for TypedMap<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for OneOrMany<T> {
    fn blank() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> Blank for Template<T> {
    fn blank() -> Self {
        Self::Text(String::new())
    }
}
