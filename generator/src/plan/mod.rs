//! Every decision about the Rust code, as plain data: names, modules, types, signatures and documentation.
//!
//! [`build`] is the only place that knows both the API and Rust; what it returns can be printed without looking
//! anything up. Nothing in it depends on the order of the input.

mod calls;
pub mod codes;
mod direction;
pub mod doc;
mod dynamic;
mod example;
mod facts;
pub(crate) mod family;
mod features;
pub mod lock;
pub mod names;
mod paging;
mod params;
mod resources;
mod responses;
mod shared;
mod type_names;
mod types;
mod unions;
mod wishes;
mod words;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::overrides::Wish;
use crate::schema::graph::{Path, TypeGraph};

pub use calls::{
    Answer, EventVariant, Events, Example, OperationPlan, PagesPlan, PagingStyle, ParamPlan, ResourcePlan, Success,
    SuccessVariant, Travels,
};
pub use dynamic::{ArgumentForm, DynamicAction, DynamicArgument, DynamicResource};
pub use features::Feature;
pub use lock::NamesLock;
pub use names::Name;

/// The machine-written part of the client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crate {
    /// Where the API is, without a slash at the end.
    pub base_url: String,
    /// What the client asks for in `Accept-Version`.
    pub accept_version: Option<String>,
    /// Query parameters that every request carries.
    pub private_query: Vec<(String, String)>,
    /// Type modules, by name.
    pub families: Vec<Family>,
    /// Enums of parameters, by name.
    pub params: Vec<Family>,
    /// Resource modules, by name.
    pub resources: Vec<ResourcePlan>,
    /// The call of every action by name.
    pub dynamic: Vec<DynamicResource>,
    /// The families that can be left out, by name.
    pub features: Vec<Feature>,
    /// The names that the next run has to keep.
    pub lock: NamesLock,
    /// Where each type stands in the schemas.
    pub places: BTreeMap<Name, Vec<Path>>,
}

/// A module of types.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// The module.
    pub module: Name,
    /// The features that it comes with, any of them; none where it is always there.
    pub features: Vec<String>,
    /// Whether it is no family of its own, but a type that several families use.
    pub is_shared: bool,
    /// The pages that its types come from.
    pub pages: Vec<String>,
    /// By name.
    pub items: Vec<Item>,
}

/// One type.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An object.
    Struct(Struct),
    /// Strings from a list.
    Enum(Enum),
    /// One of several shapes.
    Union(Union),
    /// Another name.
    Alias(Alias),
}

impl Item {
    /// Its name.
    pub fn name(&self) -> &Name {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
        }
    }
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ty {
    /// `bool`
    Bool,
    /// `i64`
    Integer,
    /// The runtime's `Number`.
    Number,
    /// `f64`, for parameters.
    Float,
    /// `String`
    Text,
    /// The runtime's `Id`.
    Id,
    /// The runtime's `Timestamp`.
    Timestamp,
    /// The runtime's `Secret`.
    Secret,
    /// The runtime's `Scalar`.
    Scalar,
    /// `serde_json::Value`
    Value,
    /// `serde_json::Map<String, Value>`
    Object,
    /// The runtime's `Template<T>`.
    Template(Box<Ty>),
    /// `Vec<T>`
    List(Box<Ty>),
    /// The runtime's `TypedMap<T>`.
    Map(Box<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// The runtime's `OneOrMany<T>`.
    OneOrMany(Box<Ty>),
    /// `Box<T>`
    Boxed(Box<Ty>),
    /// A generated type.
    Named(Name),
    /// A generated enum of parameters.
    Param(Name),
    /// The runtime's `Upload`.
    Upload,
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// By wire name.
    pub fields: Vec<Field>,
    /// The type of the properties beyond the fields.
    pub rest: Option<Ty>,
    /// Whether requests carry it, so that it needs setters.
    pub built_by_users: bool,
    /// Whether nothing but requests carries it, so that its fields hold what they should and nothing else.
    pub strict: bool,
}

impl Struct {
    /// Whether it has a value without arguments.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.mode != Mode::Required)
    }
}

/// How a field is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `T`: always there.
    Required,
    /// `Option<T>`: absent or null is `None`.
    Optional,
    /// `Patch<T>`: absent and null are two things.
    Patch,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// In Rust.
    pub name: Name,
    /// The setter, where the field's own name is taken by another method.
    pub setter: Name,
    /// On the wire.
    pub wire: String,
    /// Its type without what [`Mode`] adds.
    pub ty: Ty,
    /// How it is kept.
    pub mode: Mode,
    /// Its documentation.
    pub docs: Vec<String>,
}

/// Strings from a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// By value.
    pub values: Vec<(String, Name)>,
}

/// One of several shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The field that tells the variants apart; none where their form does.
    pub tag: Option<String>,
    /// In the order in which they are tried; by first tag value where there is a tag.
    pub variants: Vec<Variant>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it holds.
    pub ty: Ty,
    /// What tells it apart.
    pub told_by: ToldBy,
    /// Whether the union can be made from what the variant holds alone.
    pub from: bool,
}

/// What tells a variant apart.
#[derive(Clone, Debug, PartialEq)]
pub enum ToldBy {
    /// The tag has one of these values; whether the variant's type leaves the tag to the union.
    Tag(Vec<String>, bool),
    /// The form of the value.
    Form(Form),
}

/// The form of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A text that looks like an id.
    Id,
    /// A text that looks like a date.
    Timestamp,
    /// One of these texts.
    TextOf(Vec<String>),
    /// A list.
    List,
    /// An object with these required fields, and all that it may have where that is known.
    Object(Vec<String>, Option<Vec<String>>),
    /// Anything.
    Any,
}

/// Another name for a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it stands for.
    pub ty: Ty,
}

/// Decides everything, with the names that somebody wishes for and those that have been published.
pub fn build(api: &Api, graph: &TypeGraph, wishes: &[Wish], lock: &NamesLock) -> (Crate, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let names = type_names::assign(api, graph, wishes, lock, &mut diagnostics);
    let lowering = types::Lowering::new(api, graph, &names);
    let mut families = types::families(&lowering, &mut diagnostics);
    wishes::of_variants(graph, &names, wishes, &mut families, &mut diagnostics);
    let new = lock.new_of(&names.published);
    let (mut families, named_as_shared) = shared::share(families, |name| lock.is_shared(name, &new));
    let params = params::shared_enums(api, lock, &mut diagnostics);
    let mut resources = resources::plan(&lowering, &params, &mut diagnostics);
    example::add(api, &families, &params.enums, &mut resources);
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let private_query = api
        .private_params
        .iter()
        .filter_map(|param| Some((param.name.clone(), plain(param.default.as_ref()?))))
        .collect();
    let accept_version = api.api_version.as_deref().map(|version| {
        if version.starts_with(|char: char| char.is_ascii_digit()) { format!("^{version}") } else { version.to_owned() }
    });
    let base_url = api.base_url.clone();
    let places = names.places(graph);
    let lock = NamesLock { types: names.published, params: params.published, shared: Some(named_as_shared) };
    let params = shared::of_params(params.enums, &resources);
    shared::gate(&mut families, &resources);
    let dynamic = dynamic::plan(api, &resources);
    let features = features::plan(&families, &resources);
    let made =
        Crate { base_url, accept_version, private_query, families, params, resources, dynamic, features, lock, places };
    (made, diagnostics)
}
