//! Types that several families use.
//!
//! So that one family does not bring all the others with it, small types are shared: each has a module of its own, whatever
//! family it is named after, which is there with any of its users. Which ones is decided once: from then on a type stays
//! where it has been published ([`super::lock`]), and who joins the users of a family's type needs that family.

use std::collections::{BTreeMap, BTreeSet};

use super::features::COMMON;
use super::names::{self, Name};
use super::{Answer, Enum, Family, Item, OperationPlan, ResourcePlan, ToldBy, Ty};

/// How many fields, values and variants a type may have, together with all types below it, to be shared when another
/// family uses it. With less, families need more of each other; with more, more types stand apart from their family.
const SMALL: usize = 36;

/// With more users than this a shared type is always there: nearly every program has one of them.
const MANY: usize = 16;

/// Gives small types that more than one family uses a module each, with all that they use. Of types that have been
/// published, `published` tells for each whether it is shared; the others are free.
///
/// Returns the families and the types that are shared, other than those of the common pages.
pub(super) fn share(families: Vec<Family>, published: impl Fn(&Name) -> Option<bool>) -> (Vec<Family>, BTreeSet<Name>) {
    let uses = Uses::of(&families);
    let is_shared = |known: &Known<'_>, name: &Name| known.family.plain() == COMMON || published(name) == Some(true);
    let mut roots: BTreeSet<&Name> =
        uses.types.iter().filter(|(name, known)| is_shared(known, name)).map(|(name, _)| *name).collect();
    // What is shared cannot do without what it uses: the one case in which a published type changes its module.
    let settled: BTreeSet<&Name> = roots.iter().flat_map(|name| uses.below(name)).collect();
    let is_free = |name: &&Name| published(name).is_none() || settled.contains(name);
    let joins = |name: &&Name| uses.weight(name) <= SMALL && uses.below(name).iter().all(is_free);
    roots.extend(uses.foreign().into_iter().filter(joins));
    let common: BTreeSet<Name> = roots.into_iter().flat_map(|name| uses.below(name)).cloned().collect();

    let mut shared = Vec::new();
    let mut kept = Vec::new();
    let mut joined = BTreeSet::new();
    for mut family in families {
        let (others, own): (Vec<Item>, Vec<Item>) =
            family.items.into_iter().partition(|item| common.contains(item.name()));
        if family.module.plain() != COMMON {
            joined.extend(others.iter().map(|item| item.name().clone()));
        }
        shared.extend(others);
        family.items = own;
        if !family.items.is_empty() {
            kept.push(family);
        }
    }
    kept.extend(modules(shared));
    (kept, joined)
}

/// A module for each of some types; one for those of which the names differ in capitals alone.
fn modules(items: Vec<Item>) -> Vec<Family> {
    let mut modules: BTreeMap<Name, Vec<Item>> = BTreeMap::new();
    for item in items {
        let words = names::words(item.name().plain());
        modules.entry(names::module(&words.join("-"), &["mod"])).or_default().push(item);
    }
    let family = |(module, mut items): (Name, Vec<Item>)| {
        items.sort_by(|left, right| left.name().cmp(right.name()));
        // A type may be on many pages, too many for a line.
        Family { module, features: Vec::new(), is_shared: true, pages: Vec::new(), items }
    };
    modules.into_iter().map(family).collect()
}

/// Makes shared types come with the features of their users.
pub(super) fn gate(families: &mut [Family], resources: &[ResourcePlan]) {
    let users = users(families, resources);
    for family in families.iter_mut().filter(|family| family.is_shared) {
        family.features = any(family.items.iter().map(|item| users.get(item.name())).collect());
    }
}

/// The features that a type is used with; none for what is always there.
fn users(families: &[Family], resources: &[ResourcePlan]) -> BTreeMap<Name, BTreeSet<String>> {
    let types = Uses::of(families);
    let mut users: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
    let mut note = |name: &Name, features: &[String]| {
        for used in types.below(name) {
            users.entry(used.clone()).or_default().extend(features.iter().cloned());
        }
    };
    for family in families.iter().filter(|family| !family.is_shared) {
        family.items.iter().for_each(|item| note(item.name(), &family.features));
    }
    for resource in resources {
        let features = [resource.feature.clone()];
        resource.operations.iter().flat_map(named_by).for_each(|name| note(name, &features));
    }
    // What nobody uses is always there, and so is what it is made of.
    let unused: Vec<&Name> = types.types.keys().copied().filter(|name| !users.contains_key(*name)).collect();
    for name in unused.into_iter().flat_map(|name| types.below(name)) {
        users.remove(name);
    }
    users
}

/// The enums of parameters, each with the features of the resources that use it.
pub(super) fn of_params(enums: Vec<Enum>, resources: &[ResourcePlan]) -> Vec<Family> {
    let mut users: BTreeMap<&Name, BTreeSet<String>> = BTreeMap::new();
    for resource in resources {
        let arguments =
            resource.operations.iter().flat_map(|operation| operation.arguments.iter().chain(&operation.setters));
        for argument in arguments {
            if let Ty::Param(name) = &argument.ty {
                users.entry(name).or_default().insert(resource.feature.clone());
            }
        }
    }
    let mut params = modules(enums.into_iter().map(Item::Enum).collect());
    for module in &mut params {
        module.features = any(module.items.iter().map(|item| users.get(item.name())).collect());
    }
    params
}

/// The features of any of some items; none where one of these is always there.
fn any(users: Vec<Option<&BTreeSet<String>>>) -> Vec<String> {
    let users: Option<Vec<_>> = users.into_iter().collect();
    let features: BTreeSet<String> = users.into_iter().flatten().flatten().cloned().collect();
    if features.len() > MANY { Vec::new() } else { features.into_iter().collect() }
}

/// What a type is for the others.
pub(super) struct Known<'a> {
    family: &'a Name,
    pub(super) uses: Vec<&'a Name>,
    weight: usize,
}

/// Which type uses which.
pub(super) struct Uses<'a> {
    pub(super) types: BTreeMap<&'a Name, Known<'a>>,
}

impl<'a> Uses<'a> {
    pub(super) fn of(families: &'a [Family]) -> Self {
        let known = |family: &'a Family, item: &'a Item| {
            let (types, weight): (Vec<&Ty>, usize) = match item {
                Item::Struct(item) => {
                    let types: Vec<&Ty> = item.fields.iter().map(|field| &field.ty).chain(&item.rest).collect();
                    (types, item.fields.len())
                }
                Item::Enum(item) => (Vec::new(), item.values.len()),
                Item::Union(item) => {
                    let values = |told: &ToldBy| if let ToldBy::Tag(values, _) = told { values.len() } else { 1 };
                    let weight = item.variants.iter().map(|variant| values(&variant.told_by)).sum();
                    (item.variants.iter().map(|variant| &variant.ty).collect(), weight)
                }
                Item::Alias(item) => (vec![&item.ty], 0),
            };
            let uses = types.into_iter().filter_map(named).collect();
            (item.name(), Known { family: &family.module, uses, weight })
        };
        let types = families.iter().flat_map(|family| family.items.iter().map(move |item| known(family, item)));
        Self { types: types.collect() }
    }

    /// The types that another family uses.
    fn foreign(&self) -> BTreeSet<&'a Name> {
        let is_foreign = |used: &&Name, family| self.types.get(used).is_some_and(|known| known.family != family);
        let uses = |known: &'_ Known<'a>| {
            known.uses.iter().filter(|used| is_foreign(used, known.family)).copied().collect::<Vec<_>>()
        };
        self.types.values().flat_map(uses).collect()
    }

    /// A type and everything that it is made of.
    fn below(&self, name: &'a Name) -> BTreeSet<&'a Name> {
        let mut seen = BTreeSet::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            if let Some(known) = self.types.get(next).filter(|_| seen.insert(next)) {
                open.extend(&known.uses);
            }
        }
        seen
    }

    fn weight(&self, name: &'a Name) -> usize {
        self.below(name).into_iter().filter_map(|name| self.types.get(name)).map(|known| known.weight).sum()
    }
}

/// The generated type in a use of a type.
fn named(ty: &Ty) -> Option<&Name> {
    match ty {
        Ty::Named(name) => Some(name),
        Ty::Template(inner)
        | Ty::List(inner)
        | Ty::Map(inner)
        | Ty::Option(inner)
        | Ty::OneOrMany(inner)
        | Ty::Boxed(inner) => named(inner),
        Ty::Bool
        | Ty::Integer
        | Ty::Number
        | Ty::Float
        | Ty::Text
        | Ty::Id
        | Ty::Timestamp
        | Ty::Secret
        | Ty::Scalar
        | Ty::Value
        | Ty::Object
        | Ty::Param(_)
        | Ty::Upload => None,
    }
}

/// The generated types that an action speaks of.
pub(super) fn named_by(operation: &OperationPlan) -> Vec<&Name> {
    let answer: Vec<&Ty> = match &operation.answer {
        Answer::Empty => Vec::new(),
        Answer::Json(ty) | Answer::Optional(ty) => vec![ty],
        Answer::Several(success) => success.variants.iter().filter_map(|variant| variant.ty.as_ref()).collect(),
        Answer::Events(events) => events.variants.iter().map(|variant| &variant.ty).collect(),
    };
    let pages = operation.pages.iter().flat_map(|pages| [&pages.page, &pages.item]);
    let arguments = operation.arguments.iter().chain(&operation.setters).map(|argument| &argument.ty);
    answer.into_iter().chain(pages).chain(arguments).filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Alias;
    use super::super::features::{Feature, of_types, plan};
    use super::*;

    fn ty(name: &str) -> Name {
        names::type_name(&names::words(name))
    }

    fn alias(name: &str, of: &str) -> Item {
        Item::Alias(Alias { name: ty(name), docs: Vec::new(), ty: Ty::List(Box::new(Ty::Named(ty(of)))) })
    }

    fn enumeration(name: &str, values: usize) -> Item {
        let values = (0..values).map(|at| (at.to_string(), ty(&format!("v{at}")))).collect();
        Item::Enum(Enum { name: ty(name), docs: Vec::new(), values })
    }

    fn family(module: &str, items: Vec<Item>) -> Family {
        let module = names::module(module, &[]);
        Family { features: of_types(&module), is_shared: false, module, pages: Vec::new(), items }
    }

    /// The modules with the names of their types.
    fn modules(families: &[Family]) -> Vec<(&str, Vec<&str>)> {
        families
            .iter()
            .map(|family| (family.module.plain(), family.items.iter().map(|item| item.name().plain()).collect()))
            .collect()
    }

    /// Each feature with what it needs.
    fn needs(features: &[Feature]) -> Vec<(&str, Vec<&str>)> {
        features
            .iter()
            .map(|feature| (feature.name.as_str(), feature.needs.iter().map(String::as_str).collect()))
            .collect()
    }

    fn boat_and_port() -> Vec<Family> {
        vec![
            family("boat", vec![enumeration("sail", 3), enumeration("chart", SMALL + 1), alias("boats", "sail")]),
            family("port", vec![alias("sails", "sail"), alias("charts", "chart")]),
        ]
    }

    #[test]
    fn small_types_are_shared() {
        let (families, shared) = share(boat_and_port(), |_| None);
        assert_eq!(shared, [ty("sail")].into());
        assert_eq!(
            modules(&families),
            [("boat", vec!["Chart", "Boats"]), ("port", vec!["Sails", "Charts"]), ("sail", vec!["Sail"])]
        );
        assert_eq!(needs(&plan(&families, &[])), [("boat", vec![]), ("port", vec!["boat"])]);
    }

    #[test]
    fn what_is_published_stays_in_its_module() {
        let (families, shared) = share(boat_and_port(), |_| Some(false));
        assert_eq!(modules(&families), [("boat", vec!["Sail", "Chart", "Boats"]), ("port", vec!["Sails", "Charts"])]);
        assert_eq!((needs(&plan(&families, &[])), shared), (vec![("boat", vec![]), ("port", vec!["boat"])], [].into()));

        // Nobody else uses it any more.
        let alone = vec![family("boat", vec![enumeration("sail", SMALL + 1)]), family("port", vec![])];
        let (families, shared) = share(alone, |name| Some(*name == ty("sail")));
        assert_eq!((modules(&families), shared), (vec![("sail", vec!["Sail"])], [ty("sail")].into()));
    }

    #[test]
    fn what_is_shared_has_all_that_it_uses() {
        let (families, shared) = share(boat_and_port(), |name| Some(*name == ty("boats")));
        assert_eq!(modules(&families)[2..], [("boats", vec!["Boats"]), ("sail", vec!["Sail"])]);
        assert_eq!(shared, [ty("boats"), ty("sail")].into());
        // What is new joins only with what may join.
        let (_, shared) = share(boat_and_port(), |name| (*name != ty("boats")).then_some(false));
        assert!(shared.is_empty());
    }

    #[test]
    fn types_whose_names_differ_in_capitals_alone_share_a_module() {
        let types = ["Sail", "SAIL"].map(|name| {
            Item::Enum(Enum {
                name: names::published_type(name).expect("a name"),
                docs: Vec::new(),
                values: Vec::new(),
            })
        });
        assert_eq!(modules(&super::modules(types.into())), [("sail", vec!["SAIL", "Sail"])]);
    }

    #[test]
    fn a_shared_type_comes_with_any_of_its_users() {
        let features = |users: usize| {
            let mut families: Vec<Family> =
                (0..users).map(|at| family(&format!("ship{at}"), vec![alias(&format!("ship{at}"), "mast")])).collect();
            families
                .push(family("common", vec![alias("mast", "sail"), enumeration("sail", 3), alias("anchor", "rope")]));
            families.push(family("rope", vec![enumeration("rope", 3)]));
            let (mut families, _) = share(families, |_| None);
            gate(&mut families, &[]);
            let of = |name: &str| {
                let module = families.iter().find(|family| family.module.plain() == name).expect(name);
                module.features.join(" ")
            };
            ["mast", "sail", "anchor", "rope"].map(of)
        };
        assert_eq!(features(2), ["ship0 ship1", "ship0 ship1", "", ""]);
        assert_eq!(features(1), ["ship0", "ship0", "", ""]);
        assert_eq!(features(MANY + 1), ["", "", "", ""]);
    }
}
