//! What calls tell of themselves with the feature `tracing`, and that nothing secret is in it.

use losant_client::{Client, RequestOptions, RetryPolicy};
use serde_json::json;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::{Answer, Server};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps each event as a line.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() != "millis" {
            write!(self.0, " {}={value:?}", field.name()).expect("a text takes everything");
        }
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "losant_client"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().expect("no panic").push(line.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn attempts_and_waits_are_told_without_secrets() {
    let lines = Lines::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let call = async {
        let refusal = json!({"type": "Busy", "message": "not now, hunter2-token"});
        let answers = [Answer::json(503, &refusal), Answer::json(200, &json!({"name": "hunter2-answer"}))];
        let server = Server::answering(answers).await.expect("a free port");
        let retry = RetryPolicy::default().first_delay(Duration::from_millis(1));
        let builder = Client::builder().base_url(server.url()).token("hunter2-token").no_proxy().retry(retry);
        let client = builder.build().expect("a client");
        let call = client.device("a", "hunter2-device").get().query_param("q", "hunter2-query");
        call.await.expect("an answer");
    };
    tracing::subscriber::with_default(lines.clone(), || runtime.block_on(call));
    let lines = lines.0.lock().expect("no panic").clone();
    let path = "path=\"/applications/{applicationId}/devices/{deviceId}\"";
    assert_eq!(
        lines,
        [
            format!(
                "WARN message=failed method=\"GET\" {path} attempt=1 status=503 error=503 Service Unavailable: Busy: not now, [redacted]"
            ),
            format!("DEBUG message=waiting before the next attempt {path}"),
            format!("DEBUG message=answered method=\"GET\" {path} attempt=2 status=200"),
        ]
    );
}
