//! A small program with three typed calls: its size is what the client adds to a binary.
//!
//! `LOSANT_TOKEN=… cargo run --example three_calls -- APPLICATION_ID DEVICE_ID`

use losant_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let (Some(application), Some(device)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: three_calls APPLICATION_ID DEVICE_ID, with a token in LOSANT_TOKEN");
        return Ok(());
    };
    let token = std::env::var("LOSANT_TOKEN").unwrap_or_default();
    let client = Client::builder().token(token).build()?;
    let application_name = client.application(application.as_str()).get().await?.name;
    let device_name = client.device(application.as_str(), device.as_str()).get().await?.name;
    let devices = client.devices(application.as_str()).get().per_page(10).await?;
    println!(
        "{}: {} is one of {} devices",
        application_name.as_deref().unwrap_or("?"),
        device_name.as_deref().unwrap_or("?"),
        devices.total_count.unwrap_or_default()
    );
    Ok(())
}
