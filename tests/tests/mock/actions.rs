//! Every action, through the typed client and with hand-made requests.

use generator::model::{Action, Encoding, Location, Param};
use losant_client::mock::MockServer;
use serde_json::{Map, Value, json};

use super::documented::{actions, args, body, example, is_global, request, schema, with};
use super::refused;

#[tokio::test]
async fn every_action_is_answered_with_its_example() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    let (mut count, mut wrong) = (0, Vec::new());
    for (resource, action) in actions() {
        for all in [true, false] {
            let name = format!("{}.{}", resource.name, action.name);
            let answer = match client.call(&resource.name, &action.name, args(action, all)).await {
                Ok(answer) => answer,
                Err(fault) => {
                    wrong.push(format!("{name}: {fault}"));
                    continue;
                }
            };
            // Decoded and written again, it is what the page shows.
            let seen = losant.requests().pop().expect("a request");
            assert_eq!(seen.action(), Some(&name[..]));
            let expected = match action.events.first() {
                Some(event) => json!([{"name": event.name, "data": example(event.schema.as_deref())}]),
                None => success(action),
            };
            assert_eq!(answer, expected, "{name}");
        }
        count += 1;
    }
    assert_eq!(wrong, [""; 0], "{} calls", wrong.len());
    assert_eq!(count, 380);
    losant.assert_clean();
}

/// The example of the first success.
fn success(action: &Action) -> Value {
    let successes = action.responses.iter().filter(|answer| (200..300).contains(&answer.code));
    let first = successes.min_by_key(|answer| answer.code).expect("a success");
    example(first.schema.as_deref()).cloned().unwrap_or_default()
}

/// Each documented answer of each action can be asked for by its code, errors among them.
#[tokio::test]
async fn every_documented_status_can_be_had() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client_builder().retry(losant_client::RetryPolicy::off()).build().expect("fine settings");
    for (resource, action) in actions() {
        for answer in &action.responses {
            let name = format!("{}.{}", resource.name, action.name);
            let documented = losant_client::mock::Answer::documented().status(answer.code);
            losant.on(&name[..]).times(1).answer(documented);
            let answered = request(&client, action, "").await;
            if !(200..300).contains(&answer.code) {
                let fault = answered.expect_err("a failure");
                assert_eq!(refused(&fault).0, answer.code, "{name}");
                assert!(fault.api_type().is_some(), "{name}: {fault}");
            } else if action.events.is_empty() {
                let answered = answered.expect("a success");
                assert_eq!(answered.status().as_u16(), answer.code, "{name}");
                let body: Value = serde_json::from_slice(answered.body()).unwrap_or_default();
                assert_eq!(body, example(answer.schema.as_deref()).cloned().unwrap_or_default(), "{name}");
            }
        }
    }
}

/// What was refused, and what should have been.
#[derive(Default)]
struct Tally {
    refused: usize,
    wrong: Vec<String>,
}

impl Tally {
    /// The server refuses a request with 400 and says what is wrong.
    async fn refuses(&mut self, what: &str, named: &str, request: losant_client::RawRequest) {
        match request.await {
            Ok(_) => self.wrong.push(format!("{what}: answered")),
            Err(fault) if fault.status_code().is_none() => self.wrong.push(format!("{what}: {fault}")),
            Err(fault) => match refused(&fault) {
                (400, said) if said.contains(named) => self.refused += 1,
                (_, said) => self.wrong.push(format!("{what}: {said}")),
            },
        }
    }

    #[track_caller]
    fn check(&self, least: usize) {
        assert_eq!(self.wrong, [""; 0], "{} of {}", self.wrong.len(), self.refused + self.wrong.len());
        assert!(self.refused >= least, "only {} requests were refused", self.refused);
    }
}

/// A text that no value of a plain parameter is.
fn impossible(param: &Param) -> Option<&'static str> {
    let is_kind = |kinds: &[&str]| {
        let stated = param.inferred.as_deref().or(param.ty.as_deref());
        stated.is_some_and(|stated| kinds.contains(&stated))
    };
    let only_texts = param.accepted.iter().flatten().all(Value::is_string);
    let accepts = param.accepted.as_ref().is_some_and(|accepted| !accepted.is_empty());
    let is_typed = is_kind(&["integer", "timestamp", "boolean", "number"]) && (!accepts || !only_texts);
    (accepts || is_typed).then_some("zzNone")
}

#[tokio::test]
async fn a_wrong_parameter_of_any_action_is_named() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    let mut tally = Tally::default();
    for (resource, action) in actions() {
        let name = format!("{}.{}", resource.name, action.name);
        let whole = || request(&client, action, "");
        tally.refuses(&name, "`zzUnknown` is not documented", whole().query("zzUnknown", "1")).await;
        for param in action.params.iter().filter(|param| !is_global(param)) {
            let (what, named) = (format!("{name} {}", param.name), format!("`{}`", param.name));
            if param.required && param.location != Location::Path {
                tally.refuses(&what, &format!("{named} is missing"), request(&client, action, &param.name)).await;
            }
            match (param.location, param.encoding) {
                (Location::Query, Some(Encoding::Json)) => {
                    tally.refuses(&what, &format!("{named} is not JSON"), whole().query(&param.name[..], "{")).await;
                }
                (Location::Query, Some(Encoding::Brackets)) => {
                    let broken = format!("{}[0", param.name);
                    tally.refuses(&what, &named, whole().query(broken, "1")).await;
                }
                (Location::Query, None) => {
                    if let Some(text) = impossible(param) {
                        tally.refuses(&what, &named, whole().query(&param.name[..], text)).await;
                    }
                }
                (Location::Multipart, _) => {
                    let twice = with(with(whole(), param, &json!("1")), param, &json!("1"));
                    tally.refuses(&what, &format!("{named} is not documented, or there twice"), twice).await;
                }
                (Location::Path | Location::Header, _) => {}
            }
        }
    }
    tally.check(800);
}

#[tokio::test]
async fn a_wrong_body_of_any_action_is_named() {
    let losant = MockServer::start().expect("a server");
    let client = losant.client();
    let mut tally = Tally::default();
    for (resource, action) in actions() {
        let name = format!("{}.{}", resource.name, action.name);
        let Some(documented) = &action.body else { continue };
        let whole = || request(&client, action, "");
        tally.refuses(&name, "body is not JSON", whole().bytes("application/json", "{\"a\"")).await;
        tally.refuses(&name, "body", whole().json(&json!("zzText"))).await;
        tally.refuses(&name, "not sent as application/json", whole().bytes("text/plain", "a=1")).await;
        let (Some(Value::Object(body)), Some(schema)) = (body(action), schema(documented.schema.as_deref())) else {
            continue;
        };
        for (field, named, value) in wrong_fields(&schema.schema, &body) {
            let mut body = body.clone();
            match value {
                Some(value) => body.insert(field.clone(), value),
                None => body.remove(&field),
            };
            tally.refuses(&format!("{name} {field}"), &named, whole().json(&body)).await;
        }
    }
    tally.check(1500);
}

/// Fields of a body with what is wrong with them: the name that is to be said, and a value or none.
fn wrong_fields(schema: &Value, body: &Map<String, Value>) -> Vec<(String, String, Option<Value>)> {
    let mut wrong = Vec::new();
    let is_alone = ["oneOf", "anyOf", "allOf"].iter().all(|key| schema.get(key).is_none());
    if !is_alone {
        return wrong;
    }
    for field in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        wrong.push((field.to_owned(), format!("lacks the field `{field}`"), None));
    }
    if schema["additionalProperties"] == false && schema["patternProperties"].is_null() {
        wrong.push(("zzUnknown".to_owned(), "body.zzUnknown is not documented".to_owned(), Some(json!(1))));
    }
    for (field, rule) in schema["properties"].as_object().into_iter().flatten() {
        let value = match rule["type"].as_str() {
            Some("string") => json!(5),
            Some("integer" | "number" | "boolean" | "array") => json!({"zz": 1}),
            Some("object") => json!("zzText"),
            _ if rule["enum"].is_array() => json!("zzNone"),
            _ => continue,
        };
        wrong.push((field.clone(), format!("body.{field} "), Some(value)));
        let value = match rule {
            _ if rule["enum"].is_array() => json!("zzNone"),
            _ if rule["format"] == "date-time" => json!("yesterday"),
            _ => match rule["maxLength"].as_u64() {
                Some(most) if rule["type"] == "string" => json!("a".repeat(usize::try_from(most).expect("a size") + 1)),
                _ => continue,
            },
        };
        wrong.push((field.clone(), format!("body.{field} "), Some(value)));
    }
    // A field that is there is not to be refused for another one.
    wrong.retain(|(field, _, value)| value.is_some() || body.contains_key(field));
    wrong
}
