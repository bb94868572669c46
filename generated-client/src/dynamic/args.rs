//! The arguments of one call: each is looked up by its name, made into its type and handed to the typed builder; what
//! nobody has asked for in the end is unknown. Touches builders through `RequestOptions` only.

use super::{Started, answer, events, file, value};
use crate::error::{Error, ErrorKind};
use crate::request::{QueryValue, RequestOptions};
use crate::response::{ResponseFuture, read_text};
use crate::stream::EventStream;
use crate::types::{Json, Reader};
use crate::upload::Upload;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The arguments of one call.
pub(crate) struct Args {
    values: Map<String, Value>,
    /// The names that have been asked for.
    known: BTreeSet<&'static str>,
    /// Query parameters that are sent as the text that was given.
    query_texts: Vec<(&'static str, String)>,
    lenient: bool,
    max_events: usize,
}

impl Args {
    pub(super) fn new(values: Map<String, Value>, lenient: bool, max_events: usize) -> Self {
        Self { values, known: BTreeSet::new(), query_texts: Vec::new(), lenient, max_events }
    }

    /// A path parameter.
    pub(crate) fn path(&mut self, name: &'static str) -> Result<String, Error> {
        self.required_text(name)
    }

    /// The body, under its own name or under `body`.
    pub(crate) fn required_body<T: Json>(&mut self, name: &'static str) -> Result<T, Error> {
        let name = self.body_name(name);
        self.required(name)
    }

    /// An argument of a type.
    pub(crate) fn required<T: Json>(&mut self, name: &'static str) -> Result<T, Error> {
        self.read(name)?.ok_or_else(|| missing(name))
    }

    /// A text; numbers and booleans have one too.
    pub(crate) fn required_text(&mut self, name: &'static str) -> Result<String, Error> {
        self.read_text(name)?.ok_or_else(|| missing(name))
    }

    /// A plain query parameter: of its type, or a text that takes the place of the default that is returned.
    pub(crate) fn required_plain<T: Json + Default>(&mut self, name: &'static str) -> Result<T, Error> {
        match self.read_plain(name)? {
            Plain::Typed(value) => Ok(value),
            Plain::Text(text) => {
                self.query_texts.push((name, text));
                Ok(T::default())
            }
            Plain::Absent => Err(missing(name)),
        }
    }

    /// A file.
    pub(crate) fn required_file(&mut self, name: &'static str) -> Result<Upload, Error> {
        self.read_file(name)?.ok_or_else(|| missing(name))
    }

    /// Sets the body, if it is given.
    pub(crate) fn body<B, T: Json>(&mut self, builder: B, name: &'static str, set: fn(B, &T) -> B) -> Result<B, Error> {
        let name = self.body_name(name);
        self.json(builder, name, set)
    }

    /// Sets a structured argument, if it is given.
    pub(crate) fn json<B, T: Json>(&mut self, builder: B, name: &'static str, set: fn(B, &T) -> B) -> Result<B, Error> {
        Ok(match self.read(name)? {
            Some(value) => set(builder, &value),
            None => builder,
        })
    }

    /// Sets a text, if it is given.
    pub(crate) fn text<B>(&mut self, builder: B, name: &'static str, set: fn(B, String) -> B) -> Result<B, Error> {
        Ok(match self.read_text(name)? {
            Some(text) => set(builder, text),
            None => builder,
        })
    }

    /// Sets a plain query parameter, if it is given.
    pub(crate) fn plain_query<B, T: Json>(
        &mut self,
        builder: B,
        name: &'static str,
        set: fn(B, T) -> B,
    ) -> Result<B, Error> {
        match self.read_plain(name)? {
            Plain::Typed(value) => return Ok(set(builder, value)),
            Plain::Text(text) => self.query_texts.push((name, text)),
            Plain::Absent => {}
        }
        Ok(builder)
    }

    /// Sets a text part, if it is given.
    pub(crate) fn plain_part<B: RequestOptions, T: Json>(
        &mut self,
        mut builder: B,
        name: &'static str,
        set: fn(B, T) -> B,
    ) -> Result<B, Error> {
        match self.read_plain(name)? {
            Plain::Typed(value) => return Ok(set(builder, value)),
            Plain::Text(text) => builder.request_mut().part_text(name, text),
            Plain::Absent => {}
        }
        Ok(builder)
    }

    /// Sets a file, if it is given.
    pub(crate) fn file<B>(&mut self, builder: B, name: &'static str, set: fn(B, Upload) -> B) -> Result<B, Error> {
        Ok(match self.read_file(name)? {
            Some(upload) => set(builder, upload),
            None => builder,
        })
    }

    /// Sends a request whose answer is one type.
    pub(crate) fn send<B: RequestOptions, T: Serialize + 'static>(
        &mut self,
        builder: B,
        send: fn(B) -> ResponseFuture<T>,
    ) -> Started {
        self.send_as(builder, send, |typed| value(&typed))
    }

    /// Sends a request whose answer is made into JSON by the caller.
    pub(crate) fn send_as<B: RequestOptions, T: 'static>(
        &mut self,
        builder: B,
        send: fn(B) -> ResponseFuture<T>,
        to_json: fn(T) -> Result<Value, Error>,
    ) -> Started {
        let builder = self.finish(builder)?;
        Ok(answer(send(builder), to_json))
    }

    /// Opens an event stream.
    pub(crate) fn stream<B: RequestOptions, E: 'static>(
        &mut self,
        builder: B,
        send: fn(B) -> ResponseFuture<EventStream<E>>,
        to_json: fn(E) -> Result<Value, Error>,
    ) -> Started {
        let builder = self.finish(builder)?;
        Ok(events(send(builder), self.max_events, to_json))
    }

    /// Adds what every action takes, and refuses what nobody knows.
    fn finish<B: RequestOptions>(&mut self, mut builder: B) -> Result<B, Error> {
        for (name, text) in std::mem::take(&mut self.query_texts) {
            builder = builder.query_param(name, text);
        }
        if let Some(domain) = self.common("losantdomain", Self::read_text)? {
            builder = builder.losant_domain(domain);
        }
        for name in ["_actions", "_links", "_embedded"] {
            if let Some(text) = self.common(name, Self::read_text)? {
                builder = builder.query_param(name, text);
            }
        }
        match self.values.keys().find(|name| !self.known.contains(name.as_str())) {
            Some(name) if !self.lenient => Err(refused(format!("the action has no argument `{name}`"))),
            _ => Ok(builder),
        }
    }

    /// An argument of every action, unless the action has one of its own under that name.
    fn common<T>(
        &mut self,
        name: &'static str,
        read: fn(&mut Self, &'static str) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        if self.known.contains(name) { Ok(None) } else { read(self, name) }
    }

    /// The name under which the body is given.
    fn body_name(&self, name: &'static str) -> &'static str {
        if self.values.contains_key(name) || !self.values.contains_key("body") { name } else { "body" }
    }

    /// The value under a name; null counts as absent.
    fn get(&mut self, name: &'static str) -> Option<&Value> {
        self.known.insert(name);
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// A value of a type. It takes the way over text, whose code is there for the bodies of answers in any case.
    fn read<T: Json>(&mut self, name: &'static str) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.to_string();
        let mut typed = T::blank();
        let read = read_text(&text, Reader::strict(typed.place()));
        read.map(|_| Some(typed)).map_err(|fault| Error::argument(name, text.as_bytes(), &fault))
    }

    fn read_text(&mut self, name: &'static str) -> Result<Option<String>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match scalar_text(value) {
                Some(text) => Ok(Some(text)),
                None => Err(refused(format!("the argument `{name}` is not a text"))),
            },
        }
    }

    fn read_plain<T: Json>(&mut self, name: &'static str) -> Result<Plain<T>, Error> {
        match self.read(name) {
            Ok(Some(value)) => Ok(Plain::Typed(value)),
            Ok(None) => Ok(Plain::Absent),
            Err(fault) => self.get(name).and_then(scalar_text).map(Plain::Text).ok_or(fault),
        }
    }

    fn read_file(&mut self, name: &'static str) -> Result<Option<Upload>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        file::read(value).map(Some).map_err(|fault| refused(format!("the argument `{name}` is no file: {fault}")))
    }
}

/// A plain parameter: of its type, or the text that was given in its place.
enum Plain<T> {
    Absent,
    Typed(T),
    Text(String),
}

/// The text of a scalar as it stands in a query.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_f64() => QueryValue::from(number.as_f64()?).into_text().ok(),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn missing(name: &str) -> Error {
    refused(format!("the argument `{name}` is missing"))
}

fn refused(message: String) -> Error {
    Error::new(ErrorKind::Request, message)
}
