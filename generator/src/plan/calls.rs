//! What the modules of resources are made of, as plain data: handles, builders, arguments, answers.

use super::{Name, Ty};

/// A module of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourcePlan {
    /// The module.
    pub module: Name,
    /// The feature that it comes with.
    pub feature: String,
    /// The pages it comes from.
    pub pages: Vec<String>,
    /// The resource's name on the wire.
    pub wire: String,
    /// The handle type.
    pub handle: Name,
    /// Documentation of the module.
    pub module_docs: String,
    /// Documentation of the function that makes the handle.
    pub docs: Vec<String>,
    /// Documentation of the handle.
    pub handle_docs: Vec<String>,
    /// The function of the client that makes the handle.
    pub method: Name,
    /// The path parameters that the handle keeps, in the order of the path.
    pub path_args: Vec<Name>,
    /// Whether any action needs nothing but them.
    pub uses_request: bool,
    /// By name.
    pub operations: Vec<OperationPlan>,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationPlan {
    /// Its name on the wire.
    pub wire: String,
    /// The static that holds its facts.
    pub constant: Name,
    /// The variant of `Method`.
    pub http_method: &'static str,
    /// The path.
    pub path: String,
    /// The scopes, in page order.
    pub scopes: Vec<String>,
    /// Whether it needs a token.
    pub authenticated: bool,
    /// The builder type.
    pub builder: Name,
    /// The handle's function.
    pub method: Name,
    /// Documentation of both.
    pub docs: Vec<String>,
    /// Whether its use is warned of.
    pub deprecated: bool,
    /// What fills the path where the handle's own arguments do not: each with whether the handle keeps it.
    pub path_args: Option<Vec<(Name, bool)>>,
    /// Required arguments in order.
    pub arguments: Vec<ParamPlan>,
    /// Optional ones, as setters.
    pub setters: Vec<ParamPlan>,
    /// Whether the body is a multipart form.
    pub multipart: bool,
    /// What it answers with.
    pub answer: Answer,
    /// The way through the pages of its list, where it answers with one of them.
    pub pages: Option<PagesPlan>,
    /// Documentation of how it fails.
    pub errors: Vec<String>,
    /// How it is called.
    pub example: Example,
}

/// A call as Rust, for the documentation; empty where there can be none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The paths of what is imported.
    pub uses: Vec<String>,
    /// Statements.
    pub code: String,
}

/// An argument of an action.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamPlan {
    /// In Rust.
    pub name: Name,
    /// On the wire; empty for the body.
    pub wire: String,
    /// Its type.
    pub ty: Ty,
    /// How it travels.
    pub travels: Travels,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether its use is warned of.
    pub deprecated: bool,
}

/// How an argument travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travels {
    /// The JSON body.
    Body,
    /// A plain query parameter.
    Query,
    /// A query parameter as JSON text.
    QueryJson,
    /// A query parameter in bracket form.
    QueryBrackets,
    /// A header.
    Header,
    /// A text part.
    PartText,
    /// A part that holds JSON.
    PartJson,
    /// A file.
    PartFile,
}

/// What an action answers with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// One type.
    Json(Ty),
    /// One type or nothing.
    Optional(Ty),
    /// One of several types, told apart by the status.
    Several(Success),
    /// A stream of events.
    Events(Events),
}

/// The pages of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PagesPlan {
    /// How the next one is asked for.
    pub style: PagingStyle,
    /// How many items a page has if nothing is said.
    pub size: Option<u64>,
    /// The type of a page.
    pub page: Ty,
    /// The type of an item.
    pub item: Ty,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// By its number.
    Page,
    /// By the number of items before it.
    Offset,
    /// By the id of the item before it.
    After,
}

/// One of several successes.
#[derive(Clone, Debug, PartialEq)]
pub struct Success {
    /// Name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The variants by first code; one without a type holds nothing.
    pub variants: Vec<SuccessVariant>,
}

/// A variant of a success.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessVariant {
    /// Its name.
    pub name: Name,
    /// The codes, ascending.
    pub codes: Vec<u16>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it holds.
    pub ty: Option<Ty>,
}

/// The events of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    /// Name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// By event name: the name on the wire, the variant, its documentation and what it holds.
    pub variants: Vec<EventVariant>,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventVariant {
    /// The event's name on the wire.
    pub wire: String,
    /// The variant.
    pub name: Name,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it holds.
    pub ty: Ty,
}
