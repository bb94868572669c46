//! Cargo features: one for each family of resources and types, and what each needs of the others.
//!
//! A feature only leaves modules out. What several families use comes with any of them ([`super::shared`]), so that one
//! family does not bring all the others with it.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Name};
use super::shared::{Uses, named_by};
use super::{Family, ResourcePlan};

/// A family that can be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feature {
    /// In the manifest.
    pub name: String,
    /// The families that it uses types of.
    pub needs: Vec<String>,
    /// The resources that come with it, as they are called on the wire.
    pub resources: Vec<String>,
}

/// The family of what no family has; its types are shared.
pub(super) const COMMON: &str = "common";

/// What the client has beside the families; a family of that name gets `-family` behind it.
const TAKEN: &[&str] = &[
    "all",
    "blocking",
    "chrono",
    "default",
    "dynamic",
    "gzip",
    "http2",
    "jiff",
    "mock",
    "native-tls",
    "rustls",
    "rustls-no-provider",
    "time",
    "tracing",
];

fn name(module: &str) -> String {
    let name = module.replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("{name}-family") } else { name }
}

/// The feature of a family of types.
pub(super) fn of_types(module: &Name) -> Vec<String> {
    if module.plain() == COMMON { Vec::new() } else { vec![name(module.plain())] }
}

/// The feature of a resource: `devices` and `device` are one family.
pub(super) fn of_resource(wire: &str) -> String {
    name(names::module(&names::singular(names::words(wire)).join("-"), &[]).plain())
}

/// What each family is, and what it needs of the others.
pub(super) fn plan(families: &[Family], resources: &[ResourcePlan]) -> Vec<Feature> {
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let uses = Uses::of(families);
    let features: BTreeMap<&Name, &str> = families
        .iter()
        .filter(|family| !family.is_shared)
        .flat_map(|family| {
            family.items.iter().filter_map(|item| Some((item.name(), family.features.first()?.as_str())))
        })
        .collect();
    let of_types = uses.types.iter().filter_map(|(name, known)| Some((*features.get(name)?, known.uses.clone())));
    let of_resources = resources.iter().map(|resource| {
        members.entry(&resource.feature).or_default().push(resource.wire.clone());
        (resource.feature.as_str(), resource.operations.iter().flat_map(named_by).collect())
    });
    for (feature, used) in of_types.chain(of_resources.collect::<Vec<_>>()) {
        let others = used.into_iter().filter_map(|name| features.get(name).copied());
        needs.entry(feature).or_default().extend(others.filter(|other| *other != feature));
    }
    // A need that follows from another one stays: what joins the API must not take lines away.
    let feature = |(name, needs): (&str, BTreeSet<&str>)| Feature {
        name: name.to_owned(),
        needs: needs.into_iter().map(str::to_owned).collect(),
        resources: members.get(name).cloned().unwrap_or_default(),
    };
    needs.into_iter().map(feature).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_that_is_written_by_hand_is_taken() {
        let manifest = include_str!("../../../generated-client/Cargo.toml");
        let (_, features) = manifest.split_once("[features]\n").expect("features");
        let (by_hand, _) = features.split_once("# @generated features begin").expect("marks");
        let names: Vec<&str> = by_hand.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
        assert!(names.contains(&"rustls"), "{names:?}");
        assert_eq!(names.into_iter().filter(|name| !TAKEN.contains(name)).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_family_does_not_take_the_name_of_another_feature() {
        assert_eq!(of_resource("times"), "time-family");
        assert_eq!(of_resource("dataTableRows"), "data-table-row");
    }
}
