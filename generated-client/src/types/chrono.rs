//! Times of the crate chrono, with the feature `chrono`.

use super::Timestamp;
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeZone};

impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
    /// In UTC, with as many digits as the fraction needs.
    fn from(time: DateTime<Z>) -> Self {
        time.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true).into()
    }
}

impl TryFrom<&Timestamp> for DateTime<FixedOffset> {
    type Error = chrono::ParseError;

    fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
        Self::parse_from_rfc3339(time.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        let text = Timestamp::from("2016-06-13T04:00:00.123Z");
        let time = DateTime::<FixedOffset>::try_from(&text).expect("a time");
        assert_eq!((time.timestamp_millis(), Timestamp::from(time)), (1_465_790_400_123, text));
        assert!(DateTime::<FixedOffset>::try_from(&Timestamp::from("soon")).is_err());
    }
}
