//! The three calls with what openapi-to-rust makes.

use losant_o2r::generated::HttpClient;

/// An option of text that is not given; each may be another type.
const NONE: Option<&str> = None;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (application, device) = (std::env::args().nth(1).unwrap(), std::env::args().nth(2).unwrap());
    let api = HttpClient::new().with_api_key(std::env::var("LOSANT_TOKEN")?);
    let found = api.application_get(&application, NONE, NONE, None, None, None, NONE).await?;
    let device = api.device_get(&application, &device, None, None, None, None, None, None, NONE).await?;
    let devices = api
        .devices_get(
            &application, None, None, None, Some(10), None, NONE, NONE, NONE, None, NONE, NONE, None, None, None, None, None,
            None, NONE,
        )
        .await?;
    println!("{:?}: {:?} is one of {:?} devices", found.name, device.name, devices.total_count);
    Ok(())
}
