//! The back end: model in, files out. Each stage is a function of its own, so that who calls can time it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::Read;
use crate::diagnostic::{Code, Diagnostic};
use crate::emit;
use crate::model::Action;
use crate::plan::{self, NamesLock};
use crate::schema::{self, Built};

/// A place that no Rust type fits.
pub(crate) const UNTYPED: Code =
    Code::note("untyped", "the place is free-form JSON in the client; give its schema a type to change that");
/// The generator wrote something that is no Rust.
pub(crate) const NO_RUST: Code = Code::error("no-rust", "this is a fault of the generator, whatever the pages say");

/// An action that cannot be called.
pub(crate) const NO_ADDRESS: Code =
    Code::error("address-missing", "pages of clients do not state addresses; add the REST page of the resource");

/// All of them.
pub(crate) const ALL: &[Code] = &[UNTYPED, NO_RUST, NO_ADDRESS];

/// The files below `generated/`, by path.
type Files = BTreeMap<String, String>;

/// Reports every action of which no page says where it goes: whoever wants code calls this first.
pub fn require_addresses(read: &mut Read) {
    let actions = read.api.resources.iter().flat_map(|resource| resource.actions.iter().map(move |it| (resource, it)));
    let found = actions.filter(|(_, action)| !has_address(action)).map(|(resource, action)| {
        let message = format!("method and path of `{}.{}` are on no page", resource.name, action.name);
        Diagnostic::new(NO_ADDRESS, action.span, message)
    });
    let found = found.collect();
    read.add(found);
}

fn has_address(action: &Action) -> bool {
    !action.method.is_empty() || !action.path.is_empty()
}

/// The types of the API, and what is wrong with the schemas.
pub fn types_of(read: &Read) -> (Built, Vec<Diagnostic>) {
    let built = schema::build(&read.api, &read.sources);
    let untyped = built.untyped.iter().map(|place| {
        let message = format!("`{}` accepts anything: {}", place.path, place.reason.as_str());
        Diagnostic::new(UNTYPED, place.span, message)
    });
    let found = built.diagnostics.iter().cloned().chain(untyped).collect();
    (built, found)
}

/// Builds the types of the API; what is wrong with the schemas joins the diagnostics.
pub fn build_types(read: &mut Read) -> Built {
    let (built, found) = types_of(read);
    read.add(found);
    built
}

/// The Rust code of an API with the names that the client has published, and what is wrong with names. Actions without
/// an address are left out.
pub fn plan_of(read: &Read, built: &Built, lock: &NamesLock) -> (plan::Crate, Vec<Diagnostic>) {
    let mut actions = read.api.resources.iter().flat_map(|resource| &resource.actions);
    let repeats = actions.any(|action| action.params.iter().any(|param| read.api.is_private(param)));
    let mut api = if repeats { Cow::Owned(read.api.without_private_rows()) } else { Cow::Borrowed(&read.api) };
    if !api.resources.iter().flat_map(|resource| &resource.actions).all(has_address) {
        for resource in &mut api.to_mut().resources {
            resource.actions.retain(has_address);
        }
    }
    plan::build(&api, &built.graph, read.overrides.wishes(), lock)
}

/// Decides the Rust code; what is wrong with names joins the diagnostics, and what of the overrides had no effect.
pub fn build_plan(read: &mut Read, built: &Built, lock: &NamesLock) -> plan::Crate {
    let (plan, found) = plan_of(read, built, lock);
    read.add_last(found);
    plan
}

/// The files that [`emit::files`] made; none where a diagnostic, old or new, is an error.
pub fn keep_files(read: &mut Read, files: Result<Files, String>) -> Option<Files> {
    match files {
        Ok(files) => (!read.has_errors()).then_some(files),
        Err(message) => {
            read.add(vec![Diagnostic::new(NO_RUST, None, message)]);
            None
        }
    }
}

/// The files of a plan; none where a diagnostic, old or new, is an error.
pub fn emit_files(read: &mut Read, plan: &plan::Crate) -> Option<Files> {
    keep_files(read, emit::files(plan))
}

/// All stages, for a client that has published no names: the files below `generated/` by path, or none where a
/// diagnostic is an error.
pub fn generate(read: &mut Read) -> Option<Files> {
    generate_with(read, &NamesLock::default())
}

/// All stages, for a client that has published names.
pub fn generate_with(read: &mut Read, lock: &NamesLock) -> Option<Files> {
    let built = build_types(read);
    let plan = build_plan(read, &built, lock);
    emit_files(read, &plan)
}
