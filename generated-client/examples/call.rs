//! Calls actions by name: JSON lines `{"resource", "action", "args"}` in, one JSON line for each out.
//!
//! ```text
//! cargo run --features dynamic --example call -- [--url URL] [--token TOKEN] [--max-events N] [--lenient]
//! ```
//!
//! A line of the output is `{"ok": answer}` or `{"error": {"kind", "status", "type", "message"}}`; it is there before the
//! next line of the input is read. For an event stream the answer is the list of the first N events (1 unless told), each
//! `{"name", "data"}`. With `--lenient`, arguments that an action does not know are ignored.

use losant_client::{Client, Error};
use serde_json::{Map, Value, json};
use std::error::Error as StdError;
use std::io::{BufRead, Write};

/// What the command line says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// Another address of the API.
    pub(crate) url: Option<String>,
    /// The access token.
    pub(crate) token: Option<String>,
    /// How many events of a stream are waited for.
    pub(crate) max_events: Option<usize>,
    /// Whether unknown arguments are ignored.
    pub(crate) lenient: bool,
}

impl Settings {
    /// Reads the arguments of a command line.
    pub(crate) fn read(args: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut settings = Self::default();
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
            match arg.as_str() {
                "--url" => settings.url = Some(value()?),
                "--token" => settings.token = Some(value()?),
                "--max-events" => {
                    let value = value()?;
                    let most = value.parse().map_err(|_| format!("--max-events is no number: {value}"))?;
                    settings.max_events = Some(most);
                }
                "--lenient" => settings.lenient = true,
                _ => return Err(format!("unknown argument {arg}")),
            }
        }
        Ok(settings)
    }

    /// The client of these settings.
    pub(crate) fn client(&self) -> Result<Client, Error> {
        let mut builder = Client::builder();
        if let Some(url) = &self.url {
            builder = builder.base_url(url);
        }
        if let Some(token) = &self.token {
            builder = builder.token(token);
        }
        builder.build()
    }
}

/// The line of output for a line of input.
pub(crate) async fn answer(client: &Client, settings: &Settings, line: &str) -> Value {
    let (resource, action, args) = match request(line) {
        Ok(request) => request,
        Err(message) => return failed("input", None, None, &message),
    };
    let mut call = client.call(&resource, &action, args).lenient(settings.lenient);
    if let Some(most) = settings.max_events {
        call = call.max_events(most);
    }
    match call.await {
        Ok(value) => json!({"ok": value}),
        Err(error) => {
            let kind = format!("{:?}", error.kind()).to_lowercase();
            let message = error.api_message().map_or_else(|| error.to_string(), str::to_owned);
            failed(&kind, error.status_code().map(|status| status.as_u16()), error.api_type(), &message)
        }
    }
}

fn request(line: &str) -> Result<(String, String, Map<String, Value>), String> {
    let mut request: Map<String, Value> =
        serde_json::from_str(line).map_err(|fault| format!("the line is no JSON object: {fault}"))?;
    let mut text = |name: &str| match request.remove(name) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(format!("`{name}` is not a text")),
    };
    let (resource, action) = (text("resource")?, text("action")?);
    match request.remove("args") {
        Some(Value::Object(args)) => Ok((resource, action, args)),
        None | Some(Value::Null) => Ok((resource, action, Map::new())),
        Some(_) => Err("`args` is not an object".to_owned()),
    }
}

fn failed(kind: &str, status: Option<u16>, api_type: Option<&str>, message: &str) -> Value {
    json!({"error": {"kind": kind, "status": status, "type": api_type, "message": message}})
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let settings = Settings::read(std::env::args().skip(1)).unwrap_or_else(|fault| {
        eprintln!("{fault}\nusage: call [--url URL] [--token TOKEN] [--max-events N] [--lenient]");
        std::process::exit(2);
    });
    let client = settings.client()?;
    let mut output = std::io::stdout();
    // The input is waited for where nothing else runs, so blocking on it holds nothing up.
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        writeln!(output, "{}", answer(&client, &settings, &line).await)?;
        output.flush()?;
    }
    Ok(())
}
