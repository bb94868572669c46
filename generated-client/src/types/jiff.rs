//! Times of the crate jiff, with the feature `jiff`.

use super::Timestamp;

impl From<jiff::Timestamp> for Timestamp {
    /// In UTC, with as many digits as the fraction needs.
    fn from(time: jiff::Timestamp) -> Self {
        time.to_string().into()
    }
}

impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
        time.as_str().parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        let text = Timestamp::from("2016-06-13T04:00:00.123Z");
        let time = jiff::Timestamp::try_from(&text).expect("a time");
        assert_eq!((time.as_millisecond(), Timestamp::from(time)), (1_465_790_400_123, text));
        assert!(jiff::Timestamp::try_from(&Timestamp::from("soon")).is_err());
    }
}
