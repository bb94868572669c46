//! Times of the crate time, with the feature `time`.

use super::Timestamp;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = time::error::Format;

    /// Fails for years beyond 9999, which RFC 3339 cannot write.
    fn try_from(time: OffsetDateTime) -> Result<Self, Self::Error> {
        time.format(&Rfc3339).map(Self::from)
    }
}

impl TryFrom<&Timestamp> for OffsetDateTime {
    type Error = time::error::Parse;

    fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
        Self::parse(time.as_str(), &Rfc3339)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        let text = Timestamp::from("2016-06-13T04:00:00.123Z");
        let time = OffsetDateTime::try_from(&text).expect("a time");
        assert_eq!(time.unix_timestamp_nanos(), 1_465_790_400_123_000_000);
        assert_eq!(Timestamp::try_from(time).expect("a text"), text);
        assert!(OffsetDateTime::try_from(&Timestamp::from("soon")).is_err());
    }
}
