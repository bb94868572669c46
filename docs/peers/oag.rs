//! The three calls with what openapi-generator makes.

use losant_oag::apis::{application_api, configuration::Configuration, device_api, devices_api};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (application, device) = (std::env::args().nth(1).unwrap(), std::env::args().nth(2).unwrap());
    let api = Configuration { bearer_access_token: std::env::var("LOSANT_TOKEN").ok(), ..Configuration::new() };
    let found = application_api::application_get(&api, &application, None, None, None, None, None, None).await?;
    let device = device_api::device_get(&api, &application, &device, None, None, None, None, None, None, None).await?;
    let devices = devices_api::devices_get(
        &api, &application, None, None, None, None, None, None, None, Some(10), None, None, None, None, None, None, None,
        None, None, None,
    )
    .await?;
    println!("{:?}: {:?} is one of {:?} devices", found.name, device.name, devices.total_count);
    Ok(())
}
