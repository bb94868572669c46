//! The three calls with what oas3-gen makes.

use losant_oas3::*;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (application_id, device_id) = (std::env::args().nth(1).unwrap(), std::env::args().nth(2).unwrap());
    let api = LosantRestApiUnofficialDescriptionClient::new().with_bearer(std::env::var("LOSANT_TOKEN")?);
    let mut request = ApplicationGetRequest::default();
    request.path.application_id = application_id.clone();
    let ApiResponse::Ok(found) = api.application_get(request).await? else { anyhow::bail!("no application") };
    let mut request = DeviceGetRequest::default();
    request.path.application_id = application_id.clone();
    request.path.device_id = device_id;
    let ApiResponse::Ok(device) = api.device_get(request).await? else { anyhow::bail!("no device") };
    let mut request = DevicesGetRequest::default();
    request.path.application_id = application_id;
    request.query.per_page = Some(10);
    let ApiResponse::Ok(devices) = api.devices_get(request).await? else { anyhow::bail!("no devices") };
    println!("{:?}: {:?} is one of {:?} devices", found.name, device.name, devices.total_count);
    Ok(())
}
