//! Numbers of which nothing is promised but that they are numbers.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::{Json, Place, View};
use super::{read, write};

/// A JSON number; a whole one stays whole, so that it is written back as it came.
#[derive(Clone, Copy)]
pub struct Number(Repr);

#[derive(Clone, Copy)]
enum Repr {
    Signed(i64),
    /// Only what no `i64` holds.
    Unsigned(u64),
    Float(f64),
}

impl Number {
    /// The number as the API's own arithmetic sees it; whole numbers beyond 2^53 are rounded.
    #[expect(clippy::cast_precision_loss, reason = "the rounding is what the caller asks for")]
    pub fn as_f64(&self) -> f64 {
        match self.0 {
            Repr::Signed(number) => number as f64,
            Repr::Unsigned(number) => number as f64,
            Repr::Float(number) => number,
        }
    }

    /// The number where it was written without a fraction and fits.
    pub fn as_i64(&self) -> Option<i64> {
        if let Repr::Signed(number) = self.0 { Some(number) } else { None }
    }

    /// The integer that the number is, as far as every integer has a number of its own: `5.0` is one.
    pub(super) fn as_whole(&self) -> Option<i64> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self.0 {
            Repr::Signed(number) => Some(number),
            Repr::Unsigned(_) => None,
            #[expect(clippy::cast_possible_truncation, reason = "there is nothing to cut off")]
            Repr::Float(number) => (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64),
        }
    }

    /// The number where it was written without a fraction and without a sign.
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Repr::Signed(number) => u64::try_from(number).ok(),
            Repr::Unsigned(number) => Some(number),
            Repr::Float(_) => None,
        }
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Repr::Signed(0))
    }
}

impl PartialEq for Number {
    /// By value: `1` equals `1.0`, and whole numbers are compared without rounding.
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Repr::Signed(left), Repr::Signed(right)) => left == right,
            (Repr::Unsigned(left), Repr::Unsigned(right)) => left == right,
            (Repr::Float(_), _) | (_, Repr::Float(_)) => self.as_f64() == other.as_f64(),
            _ => false,
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Signed(number) => fmt::Debug::fmt(&number, f),
            Repr::Unsigned(number) => fmt::Debug::fmt(&number, f),
            Repr::Float(number) => fmt::Debug::fmt(&number, f),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

macro_rules! from_signed {
    ($($ty:ty),*) => { $(impl From<$ty> for Number { fn from(number: $ty) -> Self { Self(Repr::Signed(number.into())) } })* };
}

from_signed!(i8, i16, i32, i64, u8, u16, u32);

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(i64::try_from(number).map_or(Repr::Unsigned(number), Repr::Signed))
    }
}

impl From<f32> for Number {
    fn from(number: f32) -> Self {
        Self(Repr::Float(number.into()))
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self(Repr::Float(number))
    }
}

impl From<Number> for f64 {
    fn from(number: Number) -> Self {
        number.as_f64()
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        match number.0 {
            Repr::Signed(number) => number.into(),
            Repr::Unsigned(number) => number.into(),
            Repr::Float(number) => number.into(),
        }
    }
}

impl Json for Number {
    fn blank() -> Self {
        Self::default()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Number(self)
    }

    fn view(&self) -> View<'_> {
        match self.0 {
            Repr::Signed(number) => View::Integer(number),
            Repr::Unsigned(number) => View::Unsigned(number),
            Repr::Float(number) => View::Float(number),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_it_came() {
        for text in ["0", "-7", "1.5", "1.0", "9007199254740993", "18446744073709551615", "-9223372036854775808"] {
            let number: Number = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&number).expect(text), text);
        }
        assert!(serde_json::from_str::<Number>("\"1\"").is_err());
    }

    #[test]
    fn numbers_are_equal_by_value() {
        assert_eq!(Number::from(1), Number::from(1.0));
        assert_ne!(Number::from(9_007_199_254_740_993_i64), Number::from(9_007_199_254_740_992_i64));
        assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
        assert_eq!(Number::from(1.5).as_i64(), None);
    }
}
