//! Least privilege: the scopes that a program needs, from the actions that it calls.
//!
//! Each action is allowed by any one of several scopes, from its own one (`device.get`) up to those of whole accounts
//! (`all.User`). [`smallest_scopes`] chooses. A token that may do nothing else is made like this:
//!
//! ```no_run
//! use losant_client::resources::{device, devices};
//! use losant_client::schemas::{ApiTokenPost, RequestedScope};
//! use losant_client::{Client, scopes};
//!
//! # async fn run(client: Client, application_id: &str) -> Result<(), losant_client::Error> {
//! // The constants of the actions stand beside their builders.
//! let scopes = scopes::smallest_scopes(&[&devices::GET, &device::GET, &device::SEND_STATE]);
//! assert_eq!(scopes, ["device.get", "device.sendState", "devices.get"]);
//!
//! let scopes = scopes.into_iter().map(RequestedScope::from).collect();
//! let token = ApiTokenPost::new("State reporter").scope(scopes);
//! let created = client.application_api_tokens(application_id).post(&token).await?;
//! # let _ = created.token;
//! # Ok(())
//! # }
//! ```
//!
//! `cargo xtask scopes` of this project's repository answers the same question on the command line.

mod smallest;

use crate::Endpoint;
use crate::generated::resources::ENDPOINTS;

/// Every action of the API, by resource and name.
pub fn endpoints() -> &'static [&'static Endpoint] {
    ENDPOINTS
}

/// The smallest set of scopes that allows all of these actions, sorted by name.
///
/// Smallest is, first, which opens the fewest other actions; then, which has the fewest scopes. Between equals the one
/// whose scopes open less, are plainer and come first by name is taken, so the answer is always the same.
///
/// Actions for which the documentation names no scope add none: they need no token, or any. Whether a kind of token can
/// be given a scope is the server's to say: a token of an application has none for `org.get`, for example.
pub fn smallest_scopes(actions: &[&Endpoint]) -> Vec<&'static str> {
    // An action that needs no token needs no scope, whatever its page lists.
    let needed = |endpoint: &&Endpoint| if endpoint.authenticated { endpoint.scopes } else { &[] };
    let all: Vec<&[&str]> = ENDPOINTS.iter().copied().map(|endpoint| needed(&endpoint)).collect();
    let same = |one: &Endpoint, two: &Endpoint| one.resource == two.resource && one.action == two.action;
    let places = actions.iter().filter_map(|action| ENDPOINTS.iter().position(|other| same(other, action)));
    smallest::smallest(&all, &places.collect::<Vec<_>>())
}
