//! A tour: sign in as a device, list devices, report a state, and follow the states as they come in.
//!
//! ```text
//! LOSANT_SECRET=… cargo run --example tour -- --application ID --device ID --key KEY [--url URL] [--states N]
//! ```
//!
//! The secret comes from the environment, where other users of the machine do not see it.

use losant_client::resources::device::StateStreamEvent;
use losant_client::schemas::{DeviceCredentials, DeviceState};
use losant_client::types::Secret;
use losant_client::{Client, Error};
use std::error::Error as StdError;
use std::fmt;

/// What the tour needs to know.
pub(crate) struct Settings {
    /// The application to look at.
    pub(crate) application: String,
    /// The device to be.
    pub(crate) device: String,
    /// The access key.
    pub(crate) key: String,
    /// The secret of the access key.
    pub(crate) secret: String,
    /// Another address of the API.
    pub(crate) url: Option<String>,
    /// How many states to wait for.
    pub(crate) states: usize,
}

/// Takes the tour; `say` gets a line for each thing that happens.
///
/// # Errors
/// When a call fails.
pub(crate) async fn tour(settings: &Settings, mut say: impl FnMut(fmt::Arguments<'_>)) -> Result<(), Error> {
    let mut builder = Client::builder();
    if let Some(url) = &settings.url {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;

    let credentials = DeviceCredentials::new(&settings.device).key(&settings.key).secret(settings.secret.as_str());
    let session = client.auth().authenticate_device(&credentials).await?;
    let token = session.token.as_ref().map(Secret::expose).unwrap_or_default();
    let client = client.with_token(token)?;
    say(format_args!("signed in as {}", settings.device));

    let devices = client.devices(&settings.application).get().per_page(5).await?;
    for device in devices.items.unwrap_or_default() {
        let name = device.name.as_deref().unwrap_or("a device without a name");
        say(format_args!("found {name}"));
    }

    let device = client.device(&settings.application, &settings.device);
    // Opened before the state is sent, so that the state cannot be missed.
    let mut states = device.state_stream().await?;
    let state = DeviceState::default().data([("temperature", 21.5)]);
    device.send_state(&state.into()).await?;
    say(format_args!("sent a state"));

    let mut left = settings.states;
    while left > 0 {
        match states.next().await {
            Some(Ok(StateStreamEvent::DeviceState(state))) => {
                let data = state.data.unwrap_or_default();
                say(format_args!("received {}", data.keys().cloned().collect::<Vec<_>>().join(", ")));
                left -= 1;
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error),
            None => break,
        }
    }
    say(format_args!("done"));
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let settings = settings(std::env::args().skip(1))?;
    tour(&settings, |line| println!("{line}")).await?;
    Ok(())
}

/// Reads the settings from the arguments and the environment.
fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Settings, String> {
    let mut settings = Settings {
        application: String::new(),
        device: String::new(),
        key: String::new(),
        secret: std::env::var("LOSANT_SECRET").unwrap_or_default(),
        url: None,
        states: 1,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--application" => settings.application = value,
            "--device" => settings.device = value,
            "--key" => settings.key = value,
            "--url" => settings.url = Some(value),
            "--states" => settings.states = value.parse().map_err(|_| format!("{value} is not a number"))?,
            _ => return Err(format!("{name} is not an argument of the tour")),
        }
    }
    Ok(settings)
}
