//! Actions called by name, from JSON to JSON, through the same typed builders that a program would use. The generated
//! tables call [`Args`]; nothing here knows an action.

mod args;
mod file;

pub(crate) use args::Args;

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::generated::dynamic::RESOURCES;
use crate::response::{BoxFuture, ResponseFuture};
use crate::stream::{EventMessage, EventStream};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt;
use std::future::IntoFuture;

/// A resource and its actions.
pub(crate) struct Resource {
    name: &'static str,
    actions: &'static [Action],
}

impl Resource {
    pub(crate) const fn new(name: &'static str, actions: &'static [Action]) -> Self {
        Self { name, actions }
    }
}

/// An action and the function that fills its builder and sends it.
pub(crate) struct Action {
    name: &'static str,
    start: fn(&Client, &mut Args) -> Started,
}

impl Action {
    pub(crate) const fn new(name: &'static str, start: fn(&Client, &mut Args) -> Started) -> Self {
        Self { name, start }
    }
}

/// A call on its way, or what is wrong with its arguments.
pub(crate) type Started = Result<BoxFuture<Value>, Error>;

impl Client {
    /// Calls an action by the names that the API's documentation uses, from JSON to JSON.
    ///
    /// The arguments are keyed by the names of the parameters; the body goes under its documented name or under `body`.
    /// `losantdomain`, `_actions`, `_links` and `_embedded` are arguments of every action. A file is a text or
    /// `{"$file": {"filename": "logo.png", "base64": "iVBORw0KGgo="}}`. An argument that is null counts as absent.
    ///
    /// The call goes through the typed builder of the action: arguments become its types, and the answer is decoded into
    /// its type and written back as JSON. The documentation gives plain query parameters and form fields as texts, so
    /// a text is sent as it is where this crate has found out a narrower type such as a number.
    ///
    /// An event stream answers with a list of `{"name": …, "data": …}` once it has ended or
    /// [`max_events`](Call::max_events) have come.
    ///
    /// ```no_run
    /// # async fn f(client: losant_client::Client) -> Result<(), losant_client::Error> {
    /// let args = serde_json::json!({"applicationId": "575ec8687ae143cd83dc4a97", "perPage": 2});
    /// let devices = client.call("devices", "get", args.as_object().cloned().unwrap_or_default()).await?;
    /// println!("{}", devices["items"][0]["name"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Request`], before anything is sent, where the action is not known, or an argument is missing,
    /// unknown or of the wrong type; otherwise as the action itself.
    pub fn call(&self, resource: &str, action: &str, args: Map<String, Value>) -> Call {
        let action = find(resource, action).map_err(|message| Error::new(ErrorKind::Request, message));
        Call { client: self.clone(), action, args, lenient: false, max_events: 1 }
    }
}

fn find(resource: &str, action: &str) -> Result<&'static Action, String> {
    let known = RESOURCES.iter().find(|known| known.name == resource);
    let known = known.ok_or_else(|| format!("there is no resource `{resource}`"))?;
    let found = known.actions.iter().find(|known| known.name == action);
    found.ok_or_else(|| format!("the resource `{resource}` has no action `{action}`"))
}

/// A call by name; see [`Client::call`]. Awaiting it sends it.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call {
    client: Client,
    action: Result<&'static Action, Error>,
    args: Map<String, Value>,
    lenient: bool,
    max_events: usize,
}

impl Call {
    /// Whether arguments that the action does not know are ignored; they are an error otherwise.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// How many events of a stream are waited for at most; one if nothing is said.
    pub fn max_events(mut self, most: usize) -> Self {
        self.max_events = most;
        self
    }
}

impl IntoFuture for Call {
    type Output = Result<Value, Error>;
    type IntoFuture = ResponseFuture<Value>;

    fn into_future(self) -> Self::IntoFuture {
        let started = self.action.and_then(|action| {
            let mut args = Args::new(self.args, self.lenient, self.max_events);
            (action.start)(&self.client, &mut args)
        });
        ResponseFuture::opening(match started {
            Ok(answer) => answer,
            Err(fault) => Box::pin(std::future::ready(Err(fault))),
        })
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Arguments may be secrets: their names only.
        f.debug_struct("Call")
            .field("action", &self.action.as_ref().map(|action| action.name))
            .field("args", &self.args.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// A typed value as JSON. It takes the way over text, whose code is there for the bodies of requests in any case.
pub(crate) fn value<T: Serialize>(typed: &T) -> Result<Value, Error> {
    let json = serde_json::to_vec(typed).and_then(|text| serde_json::from_slice(&text));
    json.map_err(|fault| Error::new(ErrorKind::Decode, "the answer cannot be written as JSON").with_source(fault))
}

/// An event of a documented name.
pub(crate) fn event<T: Serialize>(name: &str, data: &T) -> Result<Value, Error> {
    value(data).map(|data| json!({"name": name, "data": data}))
}

/// An event that the documentation does not list; its data is a text where it is no JSON.
pub(crate) fn other_event(message: &EventMessage) -> Value {
    let data = serde_json::from_str(message.data()).unwrap_or_else(|_| Value::from(message.data()));
    json!({"name": message.name(), "data": data})
}

/// The answer of an action as JSON.
fn answer<T: 'static>(answer: ResponseFuture<T>, to_json: fn(T) -> Result<Value, Error>) -> BoxFuture<Value> {
    Box::pin(async move { to_json(answer.await?) })
}

/// The first events of a stream as a list.
fn events<E: 'static>(
    opening: ResponseFuture<EventStream<E>>,
    most: usize,
    to_json: fn(E) -> Result<Value, Error>,
) -> BoxFuture<Value> {
    Box::pin(async move {
        let mut stream = opening.await?;
        let mut events = Vec::new();
        while events.len() < most
            && let Some(event) = stream.next().await
        {
            events.push(to_json(event?)?);
        }
        Ok(Value::Array(events))
    })
}
