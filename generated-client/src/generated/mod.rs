//! @generated stand-in: `cargo xtask regen` writes the real one.

pub mod resources {
    //! One module per resource.
}
pub mod schemas {
    //! One module per schema family.
}

pub(crate) const API_VERSION: Option<&str> = Some("^1.30.0");
pub(crate) const BASE_URL: &str = "https://api.losant.com";
pub(crate) const PRIVATE_QUERY: &[(&str, &str)] = &[("_actions", "false"), ("_links", "true"), ("_embedded", "true")];
