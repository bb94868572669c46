//! The query: ordered pairs, the defaults that every request has in front, and the bracket form. Touches nothing else.

use super::path::encode;
use crate::generated::PRIVATE_QUERY;
use serde_json::Value;
use std::borrow::Cow;

/// The value of a query parameter.
#[derive(Clone)]
pub struct QueryValue(Result<Cow<'static, str>, &'static str>);

impl QueryValue {
    pub(crate) fn into_text(self) -> Result<String, &'static str> {
        self.0.map(Cow::into_owned)
    }
}

impl std::fmt::Debug for QueryValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueryValue").finish_non_exhaustive()
    }
}

impl From<bool> for QueryValue {
    fn from(value: bool) -> Self {
        Self(Ok(Cow::Borrowed(if value { "true" } else { "false" })))
    }
}

impl From<&str> for QueryValue {
    fn from(value: &str) -> Self {
        Self(Ok(Cow::Owned(value.to_owned())))
    }
}

impl From<String> for QueryValue {
    fn from(value: String) -> Self {
        Self(Ok(Cow::Owned(value)))
    }
}

impl From<&String> for QueryValue {
    fn from(value: &String) -> Self {
        Self(Ok(Cow::Owned(value.clone())))
    }
}

impl From<f64> for QueryValue {
    fn from(value: f64) -> Self {
        Self(if value.is_finite() { Ok(Cow::Owned(number(value))) } else { Err("not a finite number") })
    }
}

/// A number as JavaScript writes it, which is what the API's own clients send: an exponent only far from one.
fn number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{value:e}");
        return if size < 1.0 { text } else { text.replace('e', "e+") };
    }
    // Adding zero takes the sign from a negative zero.
    (value + 0.0).to_string()
}

macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl From<$integer> for QueryValue {
            fn from(value: $integer) -> Self {
                Self(Ok(Cow::Owned(value.to_string())))
            }
        }
    )* };
}
integers!(i32 i64 u32 u64 usize);

struct Pair {
    name: Cow<'static, str>,
    value: Cow<'static, str>,
    /// Not asked for, sent because every request has it.
    default: bool,
}

/// The pairs of a query in wire order.
pub(crate) struct Query(Vec<Pair>);

impl Query {
    /// The pairs that every request has.
    pub(super) fn with_defaults() -> Self {
        Self::of(PRIVATE_QUERY)
    }

    fn of(defaults: &'static [(&'static str, &'static str)]) -> Self {
        let pair = |(name, value): &(&'static str, &'static str)| Pair {
            name: Cow::Borrowed(*name),
            value: Cow::Borrowed(*value),
            default: true,
        };
        Self(defaults.iter().map(pair).collect())
    }

    /// Leaves only what was asked for.
    pub(super) fn drop_defaults(&mut self) {
        self.0.retain(|pair| !pair.default);
    }

    /// Sets a pair, in its place where the name is there already.
    pub(super) fn set(&mut self, name: Cow<'static, str>, value: String) {
        let pair = Pair { name, value: Cow::Owned(value), default: false };
        match self.0.iter_mut().find(|old| old.name == pair.name) {
            Some(old) => *old = pair,
            None => self.0.push(pair),
        }
    }

    /// The value of a pair.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|pair| pair.name == name).map(|pair| &*pair.value)
    }

    /// Sets a value of any depth as one pair per leaf; nulls and empty containers have no form here and leave no pair.
    pub(super) fn set_brackets(&mut self, name: &str, value: &Value) {
        let nested =
            |pair: &Pair| pair.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['));
        self.0.retain(|pair| !nested(pair));
        self.push_leaves(name.to_owned(), value);
    }

    fn push_leaves(&mut self, name: String, value: &Value) {
        let value = match value {
            Value::Null => return,
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.push_leaves(format!("{name}[{at}]"), item));
                return;
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(key, field)| self.push_leaves(format!("{name}[{key}]"), field));
                return;
            }
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        };
        self.0.push(Pair { name: Cow::Owned(name), value: Cow::Owned(value), default: false });
    }

    /// The query as it stands in a URL, with its question mark; empty where there is none.
    pub(crate) fn encoded(&self) -> String {
        let length = self.0.iter().map(|pair| pair.name.len() + pair.value.len() + 2).sum();
        let mut text = String::with_capacity(length);
        for pair in &self.0 {
            text.push(if text.is_empty() { '?' } else { '&' });
            encode(&pair.name, &mut text);
            text.push('=');
            encode(&pair.value, &mut text);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Query, QueryValue};
    use serde_json::json;

    fn query(fill: impl FnOnce(&mut Query)) -> String {
        let mut query = Query(Vec::new());
        fill(&mut query);
        query.encoded()
    }

    #[test]
    fn values_have_one_text() {
        let text = |value: QueryValue| value.into_text();
        assert_eq!(text(true.into()).as_deref(), Ok("true"));
        assert_eq!(text((-5_i64).into()).as_deref(), Ok("-5"));
        assert_eq!(text(1.5.into()).as_deref(), Ok("1.5"));
        assert_eq!(text((-0.0).into()).as_deref(), Ok("0"));
        assert_eq!(text(123_456_789.0.into()).as_deref(), Ok("123456789"));
        assert_eq!(text(1e21.into()).as_deref(), Ok("1e+21"));
        assert_eq!(text((-1.5e-7).into()).as_deref(), Ok("-1.5e-7"));
        assert!(text(f64::NAN.into()).is_err() && text(f64::INFINITY.into()).is_err());
    }

    #[test]
    fn pairs_are_encoded_and_replaced_in_place() {
        let text = query(|query| {
            query.set("a".into(), "1".into());
            query.set("b c".into(), "x y&z=é+\"".into());
            query.set("a".into(), String::new());
        });
        assert_eq!(text, "?a=&b%20c=x%20y%26z%3D%C3%A9%2B%22");
    }

    #[test]
    fn brackets_reach_any_depth() {
        let text = query(|query| {
            query.set_brackets("t", &json!([{"key": "a"}]));
            query.set_brackets("t", &json!([{"key": "Floor", "value": 2}, {"on": true, "no": null, "none": []}]));
            query.set_brackets("tt", &json!("plain"));
        });
        assert_eq!(text, "?t%5B0%5D%5Bkey%5D=Floor&t%5B0%5D%5Bvalue%5D=2&t%5B1%5D%5Bon%5D=true&tt=plain");
    }

    #[test]
    fn defaults_come_first_and_go_where_none_are_wanted() {
        let mut query = Query::of(&[("_actions", "false"), ("_links", "true"), ("_embedded", "true")]);
        query.set("z".into(), "1".into());
        query.set("_links".into(), "false".into());
        assert_eq!(query.encoded(), "?_actions=false&_links=false&_embedded=true&z=1");
        query.drop_defaults();
        assert_eq!(query.encoded(), "?_links=false&z=1");
    }
}
