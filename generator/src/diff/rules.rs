//! Every kind of change in one table: its stable id, what it means on the wire, and what it can mean in Rust at most.

use std::fmt::Write as _;

use serde::Serialize;

/// What a change means for a program that was built from the old pages and talks to the new API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// Nothing: the pages say it in other words.
    DocOnly,
    /// It goes on working.
    Additive,
    /// The pages do not say whether it goes on working; somebody has to decide.
    Maybe,
    /// It fails, or does something else.
    Breaking,
}

/// What a change means for the source of a program that uses the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing but documentation, or what is inside.
    Patch,
    /// Something is there that was not, or is deprecated.
    Minor,
    /// It may not compile any more.
    Major,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable for ever: approvals depend on it.
    pub id: &'static str,
    /// On the wire; of a part of a schema, where requests carry it.
    pub wire: Wire,
    /// On the wire where answers carry it.
    pub answers: Wire,
    /// In Rust at most; what it is in fact is read off the client's public items.
    pub rust: Level,
    /// Whether the same call compiles and then means something else.
    pub silent: bool,
    /// What happened.
    pub about: &'static str,
}

const fn rule(id: &'static str, wire: Wire, rust: Level, about: &'static str) -> Rule {
    Rule { id, wire, answers: wire, rust, silent: false, about }
}

const fn part(id: &'static str, wire: Wire, answers: Wire, rust: Level, about: &'static str) -> Rule {
    Rule { id, wire, answers, rust, silent: false, about }
}

const fn silent(id: &'static str, wire: Wire, about: &'static str) -> Rule {
    Rule { id, wire, answers: wire, rust: Level::Patch, silent: true, about }
}

macro_rules! rules {
    ($($name:ident: $rule:expr;)*) => {
        $(pub(super) const $name: &Rule = &$rule;)*
        /// All of them, in the order of the documentation.
        pub const ALL: &[&Rule] = &[$($name),*];
    };
}

use Level::{Major, Minor, Patch};
use Wire::{Additive, Breaking, DocOnly, Maybe};

rules! {
    // The API as a whole, and how much of it could be read.
    SIGHT_CHANGED: rule("sight-changed", Breaking, Patch, "more of the pages cannot be read: what they say there is not compared");
    BASE_URL_CHANGED: rule("base-url-changed", Maybe, Patch, "the API has another address");
    API_VERSION_CHANGED: rule("api-version-changed", Maybe, Patch, "clients ask for another version");

    // Resources.
    RESOURCE_ADDED: rule("resource-added", Additive, Minor, "a resource with all its actions");
    RESOURCE_REMOVED: rule("resource-removed", Breaking, Major, "a resource with all its actions is gone");
    RESOURCE_RENAMED: rule("resource-renamed", DocOnly, Major, "a resource has another name");
    RESOURCE_PATH_CHANGED: rule("resource-path-changed", DocOnly, Major, "the path of a resource, of which those of its actions speak one by one");

    // Actions.
    ACTION_METHOD_CHANGED: silent("action-method-changed", Breaking, "another HTTP method under the same name");
    ACTION_PATH_CHANGED: Rule { rust: Major, ..silent("action-path-changed", Breaking, "another path under the same name") };
    ACTION_ADDED: rule("action-added", Additive, Minor, "a new action");
    ACTION_REMOVED: rule("action-removed", Breaking, Major, "an action is gone");
    ACTION_RENAMED: rule("action-renamed", DocOnly, Major, "the same method and path under another name");
    ACTION_MOVED: rule("action-moved", DocOnly, Major, "the same method and path under another resource");
    ACTION_DEPRECATED: rule("action-deprecated", DocOnly, Minor, "the action should not be used any more");
    ACTION_UNDEPRECATED: rule("action-undeprecated", DocOnly, Patch, "the action may be used again");
    TOKEN_REQUIRED: rule("token-required", Breaking, Patch, "a token is needed where none was");
    TOKEN_DROPPED: rule("token-dropped", Additive, Patch, "no token is needed any more");
    SCOPES_LISTED: rule("scopes-listed", Maybe, Patch, "the accepted scopes are listed where no page listed them");
    SCOPES_UNLISTED: rule("scopes-unlisted", Additive, Patch, "the accepted scopes are not listed any more");
    SCOPE_ADDED: rule("scope-added", Additive, Patch, "one more scope suffices");
    SCOPE_REMOVED: rule("scope-removed", Maybe, Patch, "a scope does not suffice any more");

    // Parameters of the path, the query, the headers and multipart forms.
    PATH_PARAM_ADDED: rule("path-param-added", Breaking, Major, "the path has one more component");
    PATH_PARAM_REMOVED: rule("path-param-removed", Breaking, Major, "the path has one component less");
    PATH_PARAM_RENAMED: rule("path-param-renamed", DocOnly, Patch, "a component of the same path has another name");
    PARAM_ADDED_REQUIRED: rule("param-added-required", Breaking, Major, "a parameter without which a request is refused");
    PARAM_ADDED_OPTIONAL: rule("param-added-optional", Additive, Minor, "a parameter that may be left out");
    PARAM_REMOVED: rule("param-removed", Maybe, Major, "a parameter is gone; most servers ignore it then");
    PARAM_RENAMED: Rule { rust: Major, ..silent("param-renamed", Breaking, "a parameter has another name on the wire") };
    PARAM_MOVED: Rule { rust: Major, ..silent("param-moved", Breaking, "a parameter travels in another place") };
    PARAM_ENCODING_CHANGED: Rule { rust: Major, ..silent("param-encoding-changed", Breaking, "a structured parameter is written in another form") };
    PARAM_ENCODING_LEARNED: Rule { rust: Major, ..silent("param-encoding-learned", Maybe, "pages say how a parameter is written where they did not, or the other way round") };
    PARAM_DEFAULT_CHANGED: silent("param-default-changed", Maybe, "the server takes another value for an absent one");
    PARAM_DEFAULT_ADDED: rule("param-default-added", Maybe, Patch, "a default is documented where none was");
    PARAM_DEFAULT_REMOVED: rule("param-default-removed", Maybe, Patch, "no default is documented any more");
    PARAM_BECAME_REQUIRED: rule("param-became-required", Breaking, Major, "a request without it is refused now");
    PARAM_BECAME_OPTIONAL: rule("param-became-optional", Additive, Major, "it may be left out now");
    PARAM_TYPE_CHANGED: rule("param-type-changed", Breaking, Major, "another documented type");
    PARAM_TYPE_NARROWED: rule("param-type-narrowed", Breaking, Major, "fewer values are of the documented type");
    PARAM_TYPE_WIDENED: rule("param-type-widened", Additive, Major, "more values are of the documented type");
    PARAM_TYPE_LEARNED: rule("param-type-learned", DocOnly, Major, "a type is documented where none was, or none any more, or examples speak for another one");
    PARAM_SCHEMA_CHANGED: rule("param-schema-changed", Breaking, Major, "its value follows another schema");
    PARAM_BECAME_ENUM: rule("param-became-enum", Breaking, Major, "only listed values are accepted");
    PARAM_ENUM_DROPPED: rule("param-enum-dropped", Additive, Major, "the accepted values are not listed any more");
    PARAM_VALUE_ADDED: rule("param-value-added", Additive, Minor, "one more accepted value");
    PARAM_VALUE_REMOVED: rule("param-value-removed", Breaking, Major, "a value is not accepted any more");
    PARAM_DEPRECATED: rule("param-deprecated", DocOnly, Minor, "the parameter should not be used any more");
    PARAM_UNDEPRECATED: rule("param-undeprecated", DocOnly, Patch, "the parameter may be used again");

    // Bodies.
    CONTENT_TYPE_CHANGED: rule("content-type-changed", Breaking, Major, "the body is a form and was JSON, or the other way round");
    BODY_ADDED_REQUIRED: rule("body-added-required", Breaking, Major, "a body without which a request is refused");
    BODY_ADDED_OPTIONAL: rule("body-added-optional", Additive, Minor, "a body that may be left out");
    BODY_REMOVED: rule("body-removed", Maybe, Major, "the action takes no body any more");
    BODY_BECAME_REQUIRED: rule("body-became-required", Breaking, Major, "a request without body is refused now");
    BODY_BECAME_OPTIONAL: rule("body-became-optional", Additive, Major, "the body may be left out now");
    BODY_RENAMED: rule("body-renamed", DocOnly, Major, "the documentation has another name for the body");
    BODY_SCHEMA_CHANGED: rule("body-schema-changed", Breaking, Major, "the body follows another schema");

    // Answers and events.
    SUCCESS_ADDED: rule("success-added", Additive, Major, "one more status code of success");
    SUCCESS_REMOVED: rule("success-removed", Breaking, Major, "a status code of success is gone");
    SUCCESS_SCHEMA_CHANGED: rule("success-schema-changed", Breaking, Major, "a success follows another schema");
    ERROR_ADDED: rule("error-added", Additive, Patch, "one more status code of failure");
    ERROR_REMOVED: rule("error-removed", Additive, Patch, "a status code of failure is gone");
    ERROR_SCHEMA_CHANGED: rule("error-schema-changed", Maybe, Patch, "a failure follows another schema");
    EVENT_ADDED: rule("event-added", Additive, Major, "one more kind of server-sent events; the first one makes the answer a stream");
    EVENT_REMOVED: rule("event-removed", Breaking, Major, "a kind of server-sent events is gone");
    EVENT_RENAMED: rule("event-renamed", Breaking, Major, "a kind of server-sent events has another name");
    EVENT_SCHEMA_CHANGED: rule("event-schema-changed", Breaking, Major, "the data of an event follow another schema");

    // Schemas.
    SCHEMA_ADDED: rule("schema-added", DocOnly, Minor, "a new schema");
    SCHEMA_REMOVED: rule("schema-removed", DocOnly, Major, "a schema is gone; who refers to it speaks of the rest");
    SCHEMA_RENAMED: rule("schema-renamed", DocOnly, Major, "a schema of the same shape has another name");
    PROPERTY_ADDED_REQUIRED: part("property-added-required", Breaking, Additive, Major, "a field that has to be there");
    PROPERTY_ADDED_OPTIONAL: part("property-added-optional", Additive, Additive, Minor, "a field that may be there");
    PROPERTY_REMOVED: part("property-removed", Maybe, Maybe, Major, "a field is gone");
    PROPERTY_RENAMED: part("property-renamed", Breaking, Maybe, Major, "a field has another name");
    PROPERTY_BECAME_REQUIRED: part("property-became-required", Breaking, Additive, Major, "a field has to be there now");
    PROPERTY_BECAME_OPTIONAL: part("property-became-optional", Additive, Additive, Major, "a field may be left out now; answers are read leniently");
    TYPE_CHANGED: part("type-changed", Breaking, Breaking, Major, "another type");
    TYPE_WIDENED: part("type-widened", Additive, Breaking, Major, "values of more types");
    TYPE_NARROWED: part("type-narrowed", Breaking, Additive, Major, "values of fewer types");
    TYPE_LEARNED: part("type-learned", Maybe, Maybe, Major, "a type is stated where none was, or none any more");
    NULL_ADDED: part("null-added", Additive, Additive, Major, "null is a value; answers are read leniently");
    NULL_REMOVED: part("null-removed", Breaking, Additive, Major, "null is no value any more");
    BECAME_ENUM: part("became-enum", Breaking, Additive, Major, "only listed values");
    ENUM_DROPPED: part("enum-dropped", Additive, Maybe, Major, "values are not listed any more");
    VALUE_ADDED: part("value-added", Additive, Additive, Minor, "one more value; the client keeps values that it does not know");
    VALUE_REMOVED: part("value-removed", Breaking, Additive, Major, "a value is gone");
    CONSTRAINT_TIGHTENED: part("constraint-tightened", Breaking, Additive, Patch, "a bound accepts less");
    CONSTRAINT_LOOSENED: part("constraint-loosened", Additive, Additive, Patch, "a bound accepts more");
    PATTERN_ADDED: part("pattern-added", Breaking, Additive, Major, "texts have to follow a pattern");
    PATTERN_REMOVED: part("pattern-removed", Additive, Maybe, Major, "texts follow no pattern any more");
    FORMAT_CHANGED: part("format-changed", Maybe, Maybe, Major, "another format or pattern, of which nobody can tell what it accepts");
    DEFAULT_CHANGED: part("default-changed", Maybe, DocOnly, Patch, "the server takes another value for an absent one");
    VARIANT_ADDED: part("variant-added", Additive, Additive, Major, "one more form of a union; the client keeps forms that it does not know");
    VARIANT_REMOVED: part("variant-removed", Breaking, Additive, Major, "a form of a union is gone");
    FIELDS_CLOSED: part("fields-closed", Maybe, DocOnly, Major, "no other fields are accepted");
    FIELDS_OPENED: part("fields-opened", Additive, Additive, Major, "other fields are accepted");
    KEYWORD_CHANGED: part("keyword-changed", Maybe, Maybe, Major, "another keyword of JSON Schema");
    PROPERTY_DEPRECATED: part("property-deprecated", DocOnly, DocOnly, Minor, "the field should not be used any more");
    PROPERTY_UNDEPRECATED: part("property-undeprecated", DocOnly, DocOnly, Patch, "the field may be used again");

    // What is said of all that.
    TEXT_CHANGED: rule("text-changed", DocOnly, Patch, "a title, a summary or a description");
    EXAMPLE_CHANGED: rule("example-changed", DocOnly, Major, "an example; it decides a type where nothing else does");

    // What becomes of the client beside that.
    RUST_ITEM_ADDED: rule("rust-item-added", DocOnly, Minor, "a public item that no change above accounts for");
    RUST_ITEM_CHANGED: rule("rust-item-changed", DocOnly, Major, "a public item has another signature that no change above accounts for");
    RUST_ITEM_REMOVED: rule("rust-item-removed", DocOnly, Major, "a public item is gone that no change above accounts for");
    RUST_TYPE_RENAMED: rule("rust-type-renamed", DocOnly, Major, "a type of the client has another name");
}

/// The rules as a table of Markdown, for the documentation.
pub fn table() -> String {
    let mut out = String::from(
        "| rule | on the wire | in answers | in Rust at most | what happened |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in ALL {
        let silent = if rule.silent { ", silent" } else { "" };
        let answers = if rule.answers == rule.wire { "the same" } else { rule.answers.as_str() };
        let (id, wire, rust, about) = (rule.id, rule.wire.as_str(), rule.rust.as_str(), rule.about);
        let _ = writeln!(out, "| `{id}` | {wire}{silent} | {answers} | {rust} | {about} |");
    }
    out
}

impl Wire {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            DocOnly => "doc-only",
            Additive => "additive",
            Maybe => "maybe",
            Breaking => "breaking",
        }
    }
}

impl Level {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Patch => "patch",
            Minor => "minor",
            Major => "major",
        }
    }
}
