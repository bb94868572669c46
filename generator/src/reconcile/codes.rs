//! The codes of what can be wrong between pages.

use crate::diagnostic::Code;

/// There is nothing to read.
pub const NO_PAGES: Code = Code::error("spec-without-pages", "name a folder that holds pages");
/// Pages, but none of actions.
pub const NO_ACTIONS: Code = Code::error("spec-without-actions", "add the pages of the resources");
/// Two schemas of one name.
pub const SCHEMA_DUPLICATE: Code = Code::error("schema-duplicate", "give every schema a title of its own");
/// Two different schemas that share a title, as some upstream pages have.
pub const SCHEMA_SHARED: Code =
    Code::warning("schema-title-shared", "links cannot tell the two apart; the second one is numbered");
/// A page of a client's reference has another schema under a name than the page before.
pub const SCHEMA_OTHER: Code = Code::warning(
    "schema-differs",
    "the schema of the REST pages is taken, else that of the first page; leave out pages of another date",
);
/// Two pages that show one schema differently.
pub const SCHEMA_DIFFERS: Code =
    Code::error("schema-copies-differ", "pages that repeat a schema repeat it in every detail; mend the outdated one");
/// A definition name twice.
pub const DEFINITION_DUPLICATE: Code =
    Code::error("definition-duplicate", "give every schema a definition name of its own");
/// A link to a schema that no page has.
pub const SCHEMA_UNDEFINED: Code = Code::error(
    "schema-undefined",
    "add the schema to a schemas page (to this page, if it shows its schemas itself), or mend the link",
);
/// A link to a schema where there is no page of schemas at all.
pub const SCHEMA_NOT_PROVIDED: Code =
    Code::warning("schema-not-provided", "add the schemas page to get more than a free-form value");
/// Words and target of a link name two schemas.
pub const LINK_MISMATCH: Code = Code::error("link-mismatch", "words and target of the link must name the same schema");
/// A link whose words name a schema, but whose target does not.
pub const LINK_ANCHOR: Code = Code::error("link-anchor-unknown", "mend the part behind the `#`");
/// A link in other words than the schema's title.
pub const LINK_WORDS: Code = Code::warning("link-words", "the words of a link are the title of the schema");
/// A link whose target is not the name that its words make; nothing else says that the two belong together.
pub const LINK_UNLIKE: Code =
    Code::note("link-unlike-words", "look whether the target is the schema that the words name");
/// A link to a page that has not the schema.
pub const LINK_PAGE: Code = Code::warning("link-page", "name the page on which the schema stands");
/// Two hosts.
pub const BASE_URL: Code = Code::error("base-url-conflict", "all pages must name the same scheme and host");
/// Pages of ours without the page that says where the API is.
pub const BASE_URL_MISSING: Code =
    Code::error("base-url-missing", "state it in overview.md, in a table `| Fact | Value |` with a row `Base URL`");
/// Two versions.
pub const API_VERSION: Code = Code::warning("api-version-conflict", "all pages must state the same version of the API");
/// A second overview.
pub const OVERVIEW_DUPLICATE: Code =
    Code::error("overview-duplicate", "one page states the facts of the API as a whole");
/// Something was lost on the way.
pub const COUNT_MISMATCH: Code =
    Code::error("count-mismatch", "the model has not what the pages show: a fault of the generator, please report it");

/// Two REST pages differ on what goes over the wire.
pub const CONFLICT: Code =
    Code::error("pages-conflict", "nothing says which of two REST pages is right; mend one, or leave it out");
/// An action that some of its resource's pages do not have.
pub const ACTION_LONE: Code =
    Code::warning("action-one-sided", "the action is taken; check that the pages are of the same date");
/// An action of which no page says where it goes.
pub const NO_ADDRESS: Code =
    Code::note("action-without-address", "add the REST page of the resource; no client can be made of the action so");
/// A name that was made from method and path although pages with names are there.
pub const NAME_DERIVED: Code =
    Code::warning("action-name-derived", "add the page of a client's reference that has the action");
/// An action that two names of a client's reference fit equally well.
pub const NAME_AMBIGUOUS: Code =
    Code::warning("action-name-ambiguous", "compare the two; the pages do not tell the actions apart");
/// A parameter that some of an action's pages do not have.
pub const PARAM_LONE: Code =
    Code::warning("parameter-one-sided", "the parameter is taken; check that the pages are of the same date");
/// A body that some of an action's pages do not have.
pub const BODY_LONE: Code =
    Code::warning("body-one-sided", "the body is taken; check that the pages are of the same date");
/// A response that some of an action's pages do not have.
pub const RESPONSE_LONE: Code =
    Code::warning("response-one-sided", "the response is taken; check that the pages are of the same date");
/// Two marks.
pub const REQUIRED: Code = Code::warning("required-differs", "the REST page is believed, else the first page");
/// Two types.
pub const TYPE: Code = Code::warning("type-differs", "the first page of a client's reference is believed");
/// A type that only other actions' parameters have.
pub const TYPE_ADOPTED: Code =
    Code::note("type-adopted", "add the page of a client's reference that has the action, if there is one");
/// Two names.
pub const BODY_NAME: Code = Code::warning("body-name-differs", "the first page that names the body is believed");
/// What only plain values have.
pub const BODY_VALUES: Code =
    Code::warning("body-with-values", "a body follows its schema alone; take the default or the values out");
/// Two defaults.
pub const DEFAULT: Code = Code::warning("default-differs", "the REST page is believed, else the first page");
/// Two lists of accepted values.
pub const ACCEPTED: Code = Code::warning("accepted-values-differ", "the REST page is believed, else the first page");
/// Two schemas for one value.
pub const LINK: Code = Code::warning("schema-link-differs", "the REST page is believed, else the first page");
/// Two lists of scopes.
pub const SCOPES: Code = Code::warning("scopes-differ", "the REST page is believed, else the first page");
/// Marked as deprecated on one page.
pub const DEPRECATED: Code = Code::warning("deprecated-differs", "the REST page is believed, else the first page");
/// Two examples.
pub const EXAMPLE: Code = Code::warning("example-differs", "the REST page is believed, else the first page");
/// Two texts.
pub const TEXT: Code = Code::note("text-differs", "the REST page is believed, else the first page");
/// A text that does not speak of the resource, where another page does.
pub const SUBJECT: Code =
    Code::warning("text-of-another-resource", "one of the two was copied from another resource; mend it");
/// A place in the request that no page states.
pub const PLACE: Code =
    Code::note("place-guessed", "pages of clients do not say where a value travels; add the REST page of the resource");

/// All codes of this stage.
pub const ALL: &[Code] = &[
    NO_PAGES,
    NO_ACTIONS,
    SCHEMA_DUPLICATE,
    SCHEMA_SHARED,
    DEFINITION_DUPLICATE,
    SCHEMA_UNDEFINED,
    SCHEMA_NOT_PROVIDED,
    LINK_MISMATCH,
    LINK_ANCHOR,
    LINK_WORDS,
    LINK_UNLIKE,
    LINK_PAGE,
    BASE_URL,
    BASE_URL_MISSING,
    API_VERSION,
    OVERVIEW_DUPLICATE,
    COUNT_MISMATCH,
];

/// The codes of what pages say differently.
pub const MERGING: &[Code] = &[
    SCHEMA_OTHER,
    SCHEMA_DIFFERS,
    CONFLICT,
    ACTION_LONE,
    NO_ADDRESS,
    NAME_DERIVED,
    NAME_AMBIGUOUS,
    PARAM_LONE,
    BODY_LONE,
    RESPONSE_LONE,
    REQUIRED,
    TYPE,
    TYPE_ADOPTED,
    BODY_NAME,
    BODY_VALUES,
    DEFAULT,
    ACCEPTED,
    LINK,
    SCOPES,
    DEPRECATED,
    EXAMPLE,
    TEXT,
    SUBJECT,
    PLACE,
];
