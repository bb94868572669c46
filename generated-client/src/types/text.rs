//! Texts with a meaning: ids and points in time.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Json, Place, View};
use super::{read, write};

macro_rules! text {
    ($name:ident, $what:literal) => {
        impl $name {
            /// The text as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.as_str().into())
            }
        }

        impl From<&$name> for $name {
            fn from(text: &$name) -> Self {
                text.clone()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.into()
            }
        }

        impl From<&$name> for String {
            fn from(text: &$name) -> Self {
                text.as_str().to_owned()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl Json for $name {
            fn blank() -> Self {
                Self::default()
            }

            fn place(&mut self) -> Place<'_> {
                Place::Short(&mut self.0, $what)
            }

            fn view(&self) -> View<'_> {
                View::Text(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read(deserializer)
            }
        }
    };
}

// Ids and timestamps of the API have 24 bytes, which is what a `CompactString` keeps without memory of its own. An answer
// has more of them than of all other texts.

/// The id of something: 24 hexadecimal digits. The text is kept as it is and checked by the server alone.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(CompactString);

/// A point in time as the API writes it: an RFC 3339 text such as `2016-06-13T04:00:00.000Z`.
///
/// The text is kept as it came, so nothing is lost on the way back; [`Timestamp::to_system_time`] reads it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(CompactString);

text!(Id, "an id");
text!(Timestamp, "a date and time");

impl Timestamp {
    /// The point in time, unless the text is not RFC 3339 or lies outside of what the system can say.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let bytes = self.0.as_bytes();
        let number = |from: usize, to: usize| -> Option<i64> {
            let digits = self.0.get(from..to)?;
            if digits.bytes().all(|digit| digit.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        let is = |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
        if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut at = 19;
        let mut nanos = 0;
        if is(at, b".") {
            let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            nanos = format!("{:0<9.9}", self.0.get(at + 1..at + 1 + digits)?).parse().ok()?;
            at += 1 + digits;
        }
        let offset = match bytes.get(at)? {
            b'Z' | b'z' if bytes.len() == at + 1 => 0,
            sign @ (b'+' | b'-') if bytes.len() == at + 6 && is(at + 3, b":") => {
                let minutes = number(at + 1, at + 3)? * 60 + number(at + 4, at + 6)?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let whole = if seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        whole?.checked_add(Duration::from_nanos(nanos))
    }
}

impl From<SystemTime> for Timestamp {
    /// In UTC, to the millisecond, as the API writes its own.
    fn from(time: SystemTime) -> Self {
        let millis = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
        };
        let (days, rest) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1000);
        Self(text.into())
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar; years are taken to begin in March, so that the leap day ends one.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date of a number of days since 1970-01-01: the way back of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = (from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_goes_to_the_system_and_back() {
        for text in [
            "1970-01-01T00:00:00.000Z",
            "2016-02-29T23:59:59.123Z",
            "2026-11-22T06:00:00.000Z",
            "1969-12-31T23:59:59.999Z",
        ] {
            let time = Timestamp::from(text).to_system_time().expect(text);
            assert_eq!(Timestamp::from(time), text);
        }
        let at = |text: &str| Timestamp::from(text).to_system_time();
        assert_eq!(at("2016-06-13T04:00:00+02:00"), at("2016-06-13T02:00:00Z"));
        assert!(at("2016-06-13T02:00:00.1234567891Z").is_some());
        for text in [
            "",
            "2016-06-13",
            "2016-13-13T02:00:00Z",
            "2016-06-13T02:00:00",
            "2016-06-13T02:00:00Zé",
            "éééé-06-13T02:00:00Z",
            "+016-06-13T02:00:00Z",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_strings_on_the_wire() {
        let id: Id = serde_json::from_str("\"575ec8687ae143cd83dc4a97\"").expect("an id");
        assert_eq!(id, "575ec8687ae143cd83dc4a97");
        assert_eq!(serde_json::to_string(&id).expect("a string"), "\"575ec8687ae143cd83dc4a97\"");
        assert!(serde_json::from_str::<Id>("1").is_err());
    }
}
