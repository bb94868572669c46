//! The endpoint model: what the API offers, as plain data.
//!
//! It is the one thing that the reading and the writing half of the generator share, and the form in
//! which `cargo xtask model` prints the API. Every list is in the order of names unless said otherwise,
//! so two runs print the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::source::Span;

/// The whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// The version that clients ask for in `Accept-Version`, where a page states one.
    pub api_version: Option<String>,
    /// Parameters that every action takes; each action lists them too.
    pub global_params: Vec<Param>,
    /// Query parameters that every request carries with a default; an action lists them only where its own pages do.
    pub private_params: Vec<Param>,
    /// By name.
    pub resources: Vec<Resource>,
    /// By name.
    pub schemas: Vec<Schema>,
}

impl Api {
    /// Whether a parameter is one that every request carries.
    pub fn is_private(&self, param: &Param) -> bool {
        lists(&self.private_params, param)
    }

    /// Whether a parameter is one that every action or every request takes.
    pub fn is_common(&self, param: &Param) -> bool {
        lists(&self.global_params, param) || self.is_private(param)
    }

    /// The same API with such parameters in their own list alone.
    #[must_use]
    pub fn without_private_rows(&self) -> Self {
        let mut api = self.clone();
        for action in api.resources.iter_mut().flat_map(|resource| &mut resource.actions) {
            action.params.retain(|param| !self.is_private(param));
        }
        api
    }
}

fn lists(params: &[Param], param: &Param) -> bool {
    params.iter().any(|other| other.name == param.name && other.location == param.location)
}

/// A group of actions under one path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Lower camel case, from the page's file name: `applicationApiToken`.
    pub name: String,
    /// As the page prints it: `Application Api Token`.
    pub title: String,
    /// Path with `{parameter}` components.
    pub path: String,
    /// What the resource is, where a page says so.
    pub description: Option<String>,
    /// By name.
    pub actions: Vec<Action>,
    /// The page's file; none where the model was read back from its JSON form.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// One operation of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// Lower camel case: `getLogEntries`.
    pub name: String,
    /// `GET`, `POST`, `PATCH`, `DELETE` or `PUT`.
    pub method: String,
    /// Whole path with `{parameter}` components; like the method it is empty where only pages of clients have the action.
    pub path: String,
    /// One sentence.
    pub summary: String,
    /// More, where a page has more.
    pub description: Option<String>,
    /// Whether a page marks it so.
    pub deprecated: bool,
    /// What a caller must present.
    pub auth: Auth,
    /// Path parameters in the order of the path, then query, header and multipart parameters as the page lists them.
    pub params: Vec<Param>,
    /// The JSON body, where the action takes one.
    pub body: Option<Body>,
    /// By code.
    pub responses: Vec<Response>,
    /// Server-sent events, where a success is a stream of them.
    pub events: Vec<Event>,
    /// Where it is documented.
    pub sources: Vec<Place>,
    /// Which pages state which fact, where several pages document the action: `params.limit.type`, `responses.200`. The
    /// first place of each fact is the one whose value was taken; pages that say something else are not listed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<String, Vec<Place>>,
    /// The heading.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// What a caller must present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Auth {
    /// Whether a token is needed.
    pub required: bool,
    /// Any one of these suffices; empty where a page asks for a token and lists none. In page order.
    pub scopes: Vec<String>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// A component of the path.
    Path,
    /// The query string.
    Query,
    /// A header other than `Authorization`.
    Header,
    /// A part of a multipart form.
    Multipart,
}

/// How a structured query parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// One JSON text: `query={"a":1}`.
    Json,
    /// One pair per leaf: `tagFilter[0][key]=a`.
    Brackets,
}

/// A parameter of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Param {
    /// The name on the wire.
    pub name: String,
    /// Where it travels.
    #[serde(rename = "in")]
    pub location: Location,
    /// Whether a request without it is refused.
    pub required: bool,
    /// The documented type; none where no page documents one.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// A type that defaults and examples speak for: `integer`, `boolean`, `id`, `timestamp`, `file`. Never a documented one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
    /// The schema its value follows.
    pub schema: Option<String>,
    /// The value the server takes for an absent one.
    pub default: Option<Value>,
    /// An example, decoded from the way it travels.
    pub example: Option<Value>,
    /// The accepted values, where they are listed. In page order.
    #[serde(rename = "enum")]
    pub accepted: Option<Vec<Value>>,
    /// How a structured query parameter is written; none for one plain value.
    pub encoding: Option<Encoding>,
    /// One or more sentences.
    pub description: String,
    /// Whether a page marks it so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// The table row.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// A JSON body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// The documented name, where a page has one; else the schema's own words in lower camel case.
    pub name: String,
    /// The schema.
    pub schema: Option<String>,
    /// Whether a request without it is refused.
    pub required: bool,
    /// A valid body.
    pub example: Option<Value>,
    /// What it is, where a page says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The section.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// A status code that an action may answer with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The status code.
    pub code: u16,
    /// The schema of the answer; none for an empty one.
    pub schema: Option<String>,
    /// When it comes.
    pub description: String,
    /// The table row.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// One kind of server-sent event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The event's name on the wire.
    pub name: String,
    /// The schema of its data.
    pub schema: Option<String>,
    /// When it comes.
    pub description: String,
    /// The table row.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// A JSON Schema with its example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    /// Kebab-case words of the title: `access-token-patch`.
    pub name: String,
    /// As the page prints it.
    pub title: String,
    /// The name under which other schemas refer to it (`#/definitions/accessTokenPatch`), where a page states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// What it describes.
    pub description: Option<String>,
    /// The schema as the page has it.
    pub schema: Value,
    /// The published example.
    pub example: Option<Value>,
    /// Where it is documented.
    pub sources: Vec<Place>,
    /// The JSON text of the schema.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// A page and a line of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path below the spec folder.
    pub page: String,
    /// Line, from 1.
    pub line: usize,
}
