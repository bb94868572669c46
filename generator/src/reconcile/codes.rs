//! The codes of what can be wrong between pages.

use crate::diagnostic::Code;

/// There is nothing to read.
pub const NO_PAGES: Code = Code::error("spec-without-pages", "name a folder that holds pages");
/// Pages, but none of actions.
pub const NO_ACTIONS: Code = Code::error("spec-without-actions", "add the pages of the resources");
/// Two pages of one resource.
pub const RESOURCE_DUPLICATE: Code =
    Code::error("resource-duplicate", "document a resource on one page; remove or rename the other");
/// Two schemas of one name.
pub const SCHEMA_DUPLICATE: Code = Code::error("schema-duplicate", "give every schema a title of its own");
/// Two different schemas that share a title, as some upstream pages have.
pub const SCHEMA_SHARED: Code =
    Code::warning("schema-title-shared", "links cannot tell the two apart; the second one is numbered");
/// Two pages that show one schema differently.
pub const SCHEMA_DIFFERS: Code =
    Code::error("schema-copies-differ", "pages that repeat a schema repeat it in every detail; mend the outdated one");
/// A definition name twice.
pub const DEFINITION_DUPLICATE: Code =
    Code::error("definition-duplicate", "give every schema a definition name of its own");
/// A link to a schema that no page has.
pub const SCHEMA_UNDEFINED: Code =
    Code::error("schema-undefined", "add the schema to a schemas page, or mend the link");
/// A link to a schema where there is no page of schemas at all.
pub const SCHEMA_NOT_PROVIDED: Code =
    Code::warning("schema-not-provided", "add the schemas page to get more than a free-form value");
/// Words and target of a link name two schemas.
pub const LINK_MISMATCH: Code = Code::error("link-mismatch", "words and target of the link must name the same schema");
/// A link whose words name a schema, but whose target does not.
pub const LINK_ANCHOR: Code = Code::error("link-anchor-unknown", "mend the part behind the `#`");
/// A link in other words than the schema's title.
pub const LINK_WORDS: Code = Code::warning("link-words", "the words of a link are the title of the schema");
/// A link to a page that has not the schema.
pub const LINK_PAGE: Code = Code::error("link-page", "name the page on which the schema stands");
/// Two hosts.
pub const BASE_URL: Code = Code::error("base-url-conflict", "all pages must name the same scheme and host");
/// Pages of ours without the page that says where the API is.
pub const BASE_URL_MISSING: Code =
    Code::error("base-url-missing", "state it in overview.md, in a table `| Fact | Value |` with a row `Base URL`");
/// A second overview.
pub const OVERVIEW_DUPLICATE: Code =
    Code::error("overview-duplicate", "one page states the facts of the API as a whole");
/// Something was lost on the way.
pub const COUNT_MISMATCH: Code =
    Code::error("count-mismatch", "the model has not what the pages show: a fault of the generator, please report it");

/// All codes of this stage.
pub const ALL: &[Code] = &[
    NO_PAGES,
    NO_ACTIONS,
    RESOURCE_DUPLICATE,
    SCHEMA_DUPLICATE,
    SCHEMA_SHARED,
    SCHEMA_DIFFERS,
    DEFINITION_DUPLICATE,
    SCHEMA_UNDEFINED,
    SCHEMA_NOT_PROVIDED,
    LINK_MISMATCH,
    LINK_ANCHOR,
    LINK_WORDS,
    LINK_PAGE,
    BASE_URL,
    BASE_URL_MISSING,
    OVERVIEW_DUPLICATE,
    COUNT_MISMATCH,
];
