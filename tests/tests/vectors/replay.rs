//! A recorded call made again: through the dynamic call, against a server that answers as the API documents it.

use losant_client::Client;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tests::{Answer, Recorded, Server};

/// The server, and the client of it.
pub(crate) struct Replay {
    server: Server,
    client: Client,
    next: Arc<Mutex<Answer>>,
    pub(crate) facts: Value,
    examples: PathBuf,
}

impl Replay {
    pub(crate) async fn start(facts: &Path) -> Self {
        let next = Arc::new(Mutex::new(Answer::new()));
        let script = Arc::clone(&next);
        let server = Server::start(move |_| script.lock().unwrap_or_else(PoisonError::into_inner).clone()).await;
        let server = server.expect("a free port");
        let client = client(&server, None);
        Self {
            server,
            client,
            next,
            facts: super::load(&facts.join("api-facts.json")),
            examples: facts.join("examples"),
        }
    }

    /// What came of a call, and what was sent.
    pub(crate) async fn call(&self, vector: &Value) -> (Result<Value, String>, Option<Recorded>) {
        let (resource, action, _) = super::key(vector);
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = self.answer(&resource, &action);
        let client = match vector["opts"]["acceptVersion"].as_str() {
            Some(version) => client(&self.server, Some(version)),
            None if vector["noToken"] == true => self.client.without_token(),
            None => self.client.clone(),
        };
        let before = self.server.seen().len();
        let answer = client.call(&resource, &action, args(&vector["args"])).lenient(true).await;
        let seen = self.server.seen();
        let sent = seen.get(before).map(Recorded::of_seen);
        (answer.map_err(|fault| fault.to_string()), sent)
    }

    /// Every action that is documented.
    pub(crate) fn actions(&self) -> Vec<(String, String)> {
        let resources = self.facts["resources"].as_object().into_iter().flatten();
        let names = |(name, resource): (&String, &Value)| {
            let actions = resource["actions"].as_object().into_iter().flatten();
            actions.map(|(action, _)| (name.clone(), action.clone())).collect::<Vec<_>>()
        };
        resources.flat_map(names).collect()
    }

    /// What a call must come to: the documented answer, through the types and back.
    pub(crate) fn expected(&self, (resource, action, _): &super::Key) -> Value {
        let action = &self.facts["resources"][resource]["actions"][action];
        if let Some((name, data)) = self.event(action) {
            return json!([{"name": name, "data": data}]);
        }
        self.success(action).1.unwrap_or_default()
    }

    /// The answer of the server.
    fn answer(&self, resource: &str, action: &str) -> Answer {
        let action = &self.facts["resources"][resource]["actions"][action];
        if let Some((name, data)) = self.event(action) {
            return Answer::events(&format!("event: {name}\ndata: {data}\n\n")).close();
        }
        let (code, example) = self.success(action);
        Answer::json(code, &example.unwrap_or_else(|| json!({})))
    }

    /// The first kind of event of a stream, with the example of its schema.
    fn event(&self, action: &Value) -> Option<(String, Value)> {
        let (name, schema) = action["sseEvents"].as_object()?.iter().next()?;
        Some((name.clone(), self.example(schema)?))
    }

    /// The first documented success, with the example of its schema.
    fn success(&self, action: &Value) -> (u16, Option<Value>) {
        let responses = action["responses"].as_object().expect("responses");
        let successes = responses.iter().filter_map(|(code, schema)| Some((code.parse().ok()?, schema)));
        let (code, schema) =
            successes.filter(|(code, _)| *code < 400).min_by_key(|(code, _)| *code).expect("a success");
        (code, self.example(schema))
    }

    pub(crate) fn example(&self, schema: &Value) -> Option<Value> {
        let path = self.examples.join(format!("{}.json", schema.as_str()?));
        path.exists().then(|| super::load(&path))
    }
}

fn client(server: &Server, accept_version: Option<&str>) -> Client {
    let builder = Client::builder().base_url(server.url()).token("TEST_TOKEN").no_proxy();
    let builder = builder.timeout(Duration::from_secs(20));
    let builder = match accept_version {
        Some(version) => builder.accept_version(version),
        None => builder,
    };
    builder.build().expect("the settings are fine")
}

/// The arguments as JSON can hold them: what is undefined is left out, a date is its text, and a number that JSON does
/// not know is null, as JavaScript writes it.
fn args(args: &Value) -> Map<String, Value> {
    match plain(args) {
        Some(Value::Object(args)) => args,
        _ => Map::new(),
    }
}

fn plain(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Object(fields) => match fields.iter().next() {
            Some((tag, _)) if tag == "$undefined" => return None,
            Some((tag, date)) if tag == "$date" => date.clone(),
            Some((tag, _)) if tag == "$number" => Value::Null,
            _ => fields.iter().filter_map(|(name, value)| Some((name.clone(), plain(value)?))).collect(),
        },
        Value::Array(items) => items.iter().map(|item| plain(item).unwrap_or_default()).collect(),
        value => value.clone(),
    })
}
