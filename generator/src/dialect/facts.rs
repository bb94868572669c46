//! What one page says, before pages are brought together.

use crate::model::{Auth, Event, Param, Response};
use crate::source::Span;
use serde_json::Value;

/// The facts of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The resource that a REST page documents.
    pub resource: Option<ResourceFacts>,
    /// The resource that a page of a client reference documents.
    pub client: Option<ClientFacts>,
    /// The schemas on the page.
    pub schemas: Vec<SchemaFacts>,
    /// The facts of the API as a whole.
    pub overview: Option<OverviewFacts>,
    /// Whether it is a page of schemas, even if none could be read.
    pub schemas_page: bool,
}

/// A link to a schema, as the page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaLink {
    /// The words of the link.
    pub title: String,
    /// What follows the `#`; empty where the target is a definition.
    pub anchor: String,
    /// The name under which other schemas call it, where the target states it.
    pub definition: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A fact and the schema it is linked to; the fact's own `schema` stays empty until pages are brought together.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked<T> {
    /// The fact.
    pub fact: T,
    /// The link.
    pub link: Option<SchemaLink>,
}

/// A page of actions.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceFacts {
    /// Lower camel case, from the file name.
    pub name: String,
    /// As the page prints it.
    pub title: String,
    /// Base URL and path.
    pub url: Option<Url>,
    /// What it is.
    pub description: Option<String>,
    /// In page order.
    pub actions: Vec<ActionFacts>,
    /// Its heading.
    pub span: Span,
}

/// An address with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Scheme and host.
    pub base: String,
    /// Path with `{parameter}` components.
    pub path: String,
    /// The path with the names as the page marks them, as curl examples have it.
    pub plain: String,
    /// The marked names: `APPLICATION_ID`.
    pub markers: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionFacts {
    /// Lower camel case.
    pub name: String,
    /// Whether the name was made from method and path, because the page has none.
    pub name_derived: bool,
    /// The verb; empty where the page has none (which is reported).
    pub method: String,
    /// Where it goes.
    pub url: Option<Url>,
    /// The first paragraph.
    pub summary: String,
    /// The second one.
    pub description: Option<String>,
    /// Whether it is marked so.
    pub deprecated: bool,
    /// Scopes and whether a token is needed.
    pub auth: Auth,
    /// Path, query, header and multipart parameters, in this order.
    pub params: Vec<Linked<Param>>,
    /// The JSON body.
    pub body: Option<BodyFacts>,
    /// In page order.
    pub responses: Vec<Linked<Response>>,
    /// In page order.
    pub events: Vec<Linked<Event>>,
    /// Its heading.
    pub span: Span,
}

/// A page of a client reference: what a function takes and gives, but not where a request goes.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientFacts {
    /// Lower camel case, from the file name.
    pub name: String,
    /// As the page prints it.
    pub title: String,
    /// The version of the API, which only the earliest pages state.
    pub api_version: Option<String>,
    /// In page order.
    pub actions: Vec<ClientAction>,
    /// Its heading.
    pub span: Span,
}

/// One function of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientAction {
    /// Lower camel case, as the API calls it, whatever the language's own spelling is.
    pub name: String,
    /// The first paragraph; some early pages have none.
    pub summary: String,
    /// The second one.
    pub description: Option<String>,
    /// Whether it is marked so.
    pub deprecated: bool,
    /// Scopes and whether a token is needed; none where the dialect does not speak of it.
    pub auth: Option<Auth>,
    /// Path, query, header, body and multipart parameters in page order; the page does not tell them apart.
    pub params: Vec<Linked<ClientParam>>,
    /// Successes and errors, in page order.
    pub responses: Vec<Linked<Response>>,
    /// Its heading.
    pub span: Span,
}

/// An argument of such a function.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientParam {
    /// The name on the wire, or the body's documented name.
    pub name: String,
    /// The documented type; none where the page has `undefined` or a link to a schema.
    pub ty: Option<String>,
    /// Whether a call without it is refused; none where the dialect does not say.
    pub required: Option<bool>,
    /// The value the server takes for an absent one.
    pub default: Option<Value>,
    /// An example; of a parameter with a schema it is the schema's.
    pub example: Option<Value>,
    /// The accepted values, where they are listed.
    pub accepted: Option<Vec<Value>>,
    /// One or more sentences; empty where the page has none.
    pub description: String,
    /// Whether a page marks it so.
    pub deprecated: bool,
    /// The table row or bullet.
    pub span: Span,
}

/// A JSON body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFacts {
    /// The name, where the page states one.
    pub name: Option<String>,
    /// Its schema.
    pub link: SchemaLink,
    /// Whether a request without it is refused.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// A valid body.
    pub example: Option<Value>,
    /// The sentence.
    pub span: Span,
}

/// One schema.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaFacts {
    /// As printed.
    pub title: String,
    /// Its name, where the page states one because the title does not give it.
    pub name: Option<String>,
    /// The name other schemas call it by, where stated.
    pub definition: Option<String>,
    /// What it describes.
    pub description: Option<String>,
    /// The schema.
    pub schema: Value,
    /// Its example.
    pub example: Option<Value>,
    /// Whether links can be told apart although two schemas of a page share the title.
    pub shared_titles: bool,
    /// Its heading.
    pub heading: Span,
    /// The schema's JSON text.
    pub span: Span,
}

/// The API as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewFacts {
    /// Scheme and host.
    pub base_url: Option<(String, Span)>,
    /// The version.
    pub api_version: Option<(String, Span)>,
    /// Parameters of every action.
    pub global_params: Vec<Param>,
    /// Query parameters of every request.
    pub private_params: Vec<Param>,
}

impl ResourceFacts {
    /// The links to schemas of all its actions.
    pub fn links(&self) -> impl Iterator<Item = &SchemaLink> {
        self.actions.iter().flat_map(|action| {
            let params = action.params.iter().filter_map(|param| param.link.as_ref());
            let body = action.body.as_ref().map(|body| &body.link);
            let responses = action.responses.iter().filter_map(|response| response.link.as_ref());
            let events = action.events.iter().filter_map(|event| event.link.as_ref());
            params.chain(body).chain(responses).chain(events)
        })
    }
}
