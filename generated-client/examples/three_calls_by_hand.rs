//! `three_calls` without the client: its size is what reqwest and `serde_json` need by themselves. It does not ship.
//!
//! `LOSANT_TOKEN=… cargo run --example three_calls_by_hand -- APPLICATION_ID DEVICE_ID`

use serde_json::Value;

struct Api {
    http: reqwest::Client,
    token: String,
}

impl Api {
    async fn get(&self, path: &str) -> Result<Value, Box<dyn std::error::Error>> {
        let request = self.http.get(format!("https://api.losant.com{path}")).bearer_auth(&self.token);
        let answer = request.send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(application), Some(device)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: three_calls_by_hand APPLICATION_ID DEVICE_ID, with a token in LOSANT_TOKEN");
        return Ok(());
    };
    let token = std::env::var("LOSANT_TOKEN").unwrap_or_default();
    let api = Api { http: reqwest::Client::builder().build()?, token };
    let found = api.get(&format!("/applications/{application}")).await?;
    let device = api.get(&format!("/applications/{application}/devices/{device}")).await?;
    let devices = api.get(&format!("/applications/{application}/devices?perPage=10")).await?;
    println!(
        "{}: {} is one of {} devices",
        found["name"].as_str().unwrap_or("?"),
        device["name"].as_str().unwrap_or("?"),
        devices["totalCount"].as_u64().unwrap_or_default()
    );
    Ok(())
}
