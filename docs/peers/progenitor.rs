//! The three calls with what progenitor makes: it leaves the token to the HTTP client.

use losant_progenitor::Client;
use reqwest::header::{AUTHORIZATION, HeaderMap};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (application, device) = (std::env::args().nth(1).unwrap(), std::env::args().nth(2).unwrap());
    let token = format!("Bearer {}", std::env::var("LOSANT_TOKEN")?);
    let http = reqwest::Client::builder().default_headers(HeaderMap::from_iter([(AUTHORIZATION, token.parse()?)])).build()?;
    let api = Client::new_with_client("https://api.losant.com", http);
    let found = api.application_get(&application, None, None, None, None, None, None).await?;
    let device = api.device_get(&application, &device, None, None, None, None, None, None, None).await?;
    let devices = api
        .devices_get(
            &application, None, None, None, None, None, None, None, None, None, None, Some(10), None, None, None, None, None,
            None, None,
        )
        .await?;
    println!("{:?}: {:?} is one of {:?} devices", found.name, device.name, devices.total_count);
    Ok(())
}
