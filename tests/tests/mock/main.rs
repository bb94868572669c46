//! The mock server: every action is answered as documented, what is not documented is refused by name, and it fails when told
//! to. What is documented is read from the pages here, and from the OpenAPI document there.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod documented;
mod faults;
mod recorded;
mod refusals;

use losant_client::Error;

/// The status of an answer that is no success, and what it says.
fn refused(fault: &Error) -> (u16, &str) {
    let status = fault.status_code().unwrap_or_else(|| panic!("no answer: {fault:?}"));
    (status.as_u16(), fault.api_message().unwrap_or_default())
}
