//! Values that take one of several shapes.
//!
//! A union is read as JSON first, then its variant is chosen: by the value of a tag, wherever it stands in the
//! object, or by the form of the value. What fits no variant is kept whole.

use serde_json::{Map, Value};

use super::json::{Place, View};
use super::{Json, read};

/// A value on its way to its variant; a generated union says, in one line for each variant, how to know it.
pub(crate) struct Union<U> {
    source: Source,
    other: fn(Value) -> U,
    best: Option<U>,
}

impl<U> Union<U> {
    /// A value; `other` is the variant for what fits none.
    pub(crate) fn new(value: Value, other: fn(Value) -> U) -> Self {
        Self { source: Source { value, tag: "", best: None }, other, best: None }
    }

    /// The value of the field that tells the variants apart.
    pub(crate) fn tag(&mut self, tag: &'static str) -> Option<&str> {
        self.source.tag = tag;
        self.source.value.get(tag)?.as_str()
    }

    /// A variant whose type has the tag among its fields.
    pub(crate) fn whole<T: Json>(self, variant: fn(T) -> U) -> U {
        let mut read = T::blank();
        if self.source.read(read.place()) { variant(read) } else { (self.other)(self.source.value) }
    }

    /// A variant whose type leaves the tag to the union.
    pub(crate) fn stripped<T: Json>(mut self, variant: fn(T) -> U) -> U {
        let mut read = T::blank();
        if self.source.read_stripped(read.place()) { variant(read) } else { (self.other)(self.source.value) }
    }

    /// A variant that is known by its form; of two that fit as well, the first counts.
    pub(crate) fn form<T: Json>(&mut self, form: Form, variant: fn(T) -> U) {
        let mut read = T::blank();
        if self.source.read_better(form, read.place()) {
            self.best = Some(variant(read));
        }
    }

    /// What was chosen.
    pub(crate) fn finish(self) -> U {
        match self.best {
            Some(best) => best,
            None => (self.other)(self.source.value),
        }
    }
}

/// What a union is read from; it knows none of its types.
struct Source {
    value: Value,
    tag: &'static str,
    /// How well the best variant so far fits.
    best: Option<u8>,
}

impl Source {
    fn read(&self, place: Place<'_>) -> bool {
        read::is_read(&self.value, place)
    }

    /// Without the tag, which is put back where the value is not read.
    fn read_stripped(&mut self, place: Place<'_>) -> bool {
        let tag = self.value.as_object_mut().and_then(|map| map.remove(self.tag));
        let is_read = self.read(place);
        if let (false, Some(tag), Some(map)) = (is_read, tag, self.value.as_object_mut()) {
            map.insert(self.tag.to_owned(), tag);
        }
        is_read
    }

    /// Only if the form fits better than what was read before.
    fn read_better(&mut self, form: Form, place: Place<'_>) -> bool {
        let fit = form.fit(&self.value).filter(|fit| self.best.is_none_or(|best| *fit < best));
        let is_better = fit.is_some() && self.read(place);
        if is_better {
            self.best = fit;
        }
        is_better
    }
}

/// The form of a variant's value.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A text of 24 hexadecimal digits.
    Id,
    /// A text that begins with a date.
    Timestamp,
    /// One of these texts.
    TextOf(&'static [&'static str]),
    /// A list.
    List,
    /// An object: the fields that it must have, and all that it is known to have; none where it may have any.
    Object(&'static [&'static str], Option<&'static [&'static str]>),
    /// Anything that the variant's type can read.
    Any,
}

impl Form {
    /// How well a value fits: the less, the better; none where it cannot be.
    fn fit(self, value: &Value) -> Option<u8> {
        match (self, value) {
            (Self::Boolean, Value::Bool(_)) | (Self::Number, Value::Number(_)) | (Self::List, Value::Array(_)) => {
                Some(0)
            }
            (Self::TextOf(texts), Value::String(text)) => Some(if texts.contains(&text.as_str()) { 0 } else { 2 }),
            (Self::Id, Value::String(text)) => {
                let is_id = text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                Some(if is_id { 0 } else { 3 })
            }
            (Self::Timestamp, Value::String(text)) => {
                let is_date = text
                    .as_bytes()
                    .get(..5)
                    .is_some_and(|start| start[..4].iter().all(u8::is_ascii_digit) && start[4] == b'-');
                Some(if is_date { 0 } else { 3 })
            }
            (Self::Text, Value::String(_)) => Some(1),
            (Self::Object(required, known), Value::Object(map)) => Some(Self::fit_object(required, known, map)),
            (Self::Any, _) => Some(6),
            _ => None,
        }
    }

    fn fit_object(required: &[&str], known: Option<&[&str]>, map: &Map<String, Value>) -> u8 {
        let complete = required.iter().all(|name| map.contains_key(*name));
        let is_known = |name: &String| known.is_none_or(|known| known.contains(&name.as_str()));
        match (complete, map.keys().all(is_known)) {
            (true, true) => 0,
            (true, false) if map.keys().any(is_known) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) if map.keys().any(is_known) => 4,
            (false, false) => 5,
        }
    }
}

/// A variant whose type leaves the tag to the union.
pub(crate) fn tagged<'a>(tag: &'static str, value: &'static str, object: &'a dyn Json) -> View<'a> {
    object.view().tagged(tag, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{
        Choice, Deserialize, Deserializer, Extra, FieldPlace, FieldView, Serialize, Serializer, read, write,
    };
    use serde::de::DeserializeOwned;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Timer {
        seconds: Option<i64>,
        extra: Extra,
    }

    impl Json for Timer {
        fn blank() -> Self {
            Self::default()
        }

        fn place(&mut self) -> Place<'_> {
            Place::object(&mut self.extra, Box::new([FieldPlace::Optional("seconds", &mut self.seconds)]))
        }

        fn view(&self) -> View<'_> {
            View::object("Timer", &self.extra, Box::new([FieldView::Optional("seconds", &self.seconds)]))
        }
    }

    impl<'de> Deserialize<'de> for Timer {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from)
        }
    }

    impl Serialize for Timer {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            write(self, to)
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Trigger {
        Timer(Box<Timer>),
        Other(Value),
    }

    impl Trigger {
        fn choose(mut from: Union<Self>) -> Self {
            match from.tag("type") {
                Some("timer") => from.stripped(Self::Timer),
                _ => from.finish(),
            }
        }
    }

    impl<'de> Deserialize<'de> for Trigger {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from)
        }
    }

    impl Choice for Trigger {
        fn take(&mut self, value: Value) {
            *self = Self::choose(Union::new(value, Self::Other));
        }
    }

    impl Json for Trigger {
        fn blank() -> Self {
            Self::Other(Value::Null)
        }

        fn place(&mut self) -> Place<'_> {
            Place::Choice(self)
        }

        fn view(&self) -> View<'_> {
            match self {
                Self::Timer(value) => tagged("type", "timer", &**value),
                Self::Other(value) => View::Value(value),
            }
        }
    }

    impl Serialize for Trigger {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            write(self, to)
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Loose {
        Number(i64),
        Text(String),
        Timer(Timer),
        Other(Value),
    }

    impl Loose {
        fn choose(mut from: Union<Self>) -> Self {
            from.form(Form::Number, Self::Number);
            from.form(Form::Text, Self::Text);
            from.form(Form::Object(&["seconds"], Some(&["seconds"])), Self::Timer);
            from.finish()
        }
    }

    impl<'de> Deserialize<'de> for Loose {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            read(from)
        }
    }

    impl Choice for Loose {
        fn take(&mut self, value: Value) {
            *self = Self::choose(Union::new(value, Self::Other));
        }
    }

    impl Json for Loose {
        fn blank() -> Self {
            Self::Other(Value::Null)
        }

        fn place(&mut self) -> Place<'_> {
            Place::Choice(self)
        }

        fn view(&self) -> View<'_> {
            match self {
                Self::Number(value) => value.view(),
                Self::Text(value) => value.view(),
                Self::Timer(value) => value.view(),
                Self::Other(value) => value.view(),
            }
        }
    }

    impl Serialize for Loose {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            write(self, to)
        }
    }

    fn back<T: DeserializeOwned + Serialize>(text: &str) -> T {
        let value: T = serde_json::from_str(text).expect(text);
        let written = serde_json::to_value(&value).expect(text);
        assert_eq!(written, serde_json::from_str::<Value>(text).expect(text));
        value
    }

    #[test]
    fn the_tag_tells_wherever_it_stands() {
        let timer = Trigger::Timer(Box::new(Timer { seconds: Some(5), ..Timer::default() }));
        assert_eq!(back::<Trigger>(r#"{"seconds":5,"type":"timer"}"#), timer);
        assert_eq!(back::<Trigger>(r#"{"type":"timer","seconds":5}"#), timer);
        for other in [r#"{"type":"mqtt","x":1}"#, r#"{"seconds":5}"#, "null", "7"] {
            assert!(matches!(back::<Trigger>(other), Trigger::Other(_)), "{other}");
        }
        for odd in [r#"{"type":"timer","seconds":null,"new":[1]}"#, r#"{"type":"timer","seconds":"5"}"#] {
            assert!(matches!(back::<Trigger>(odd), Trigger::Timer(_)), "{odd}");
        }
    }

    #[test]
    fn the_form_tells_where_there_is_no_tag() {
        assert_eq!(back::<Loose>("5"), Loose::Number(5));
        assert_eq!(back::<Loose>("\"5\""), Loose::Text("5".to_owned()));
        assert!(matches!(back::<Loose>(r#"{"seconds":5,"new":1}"#), Loose::Timer(_)));
        for other in ["5.5", "[]", "null", "true"] {
            assert!(matches!(back::<Loose>(other), Loose::Other(_)), "{other}");
        }
    }
}
