//! The codes of what can be wrong with a page.

use crate::diagnostic::Code;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $kind:ident($text:literal, $help:literal);)*) => {
        $($(#[$doc])* pub const $name: Code = Code::$kind($text, $help);)*
        /// All codes of this stage.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// Bytes that are no UTF-8 (or U+FFFD itself).
    NOT_UTF8 = error("page-not-utf8", "save the page as UTF-8");
    /// Control characters.
    CONTROL = error("control-character", "remove the character; pages hold text, blanks and line ends only");
    /// A page without text.
    EMPTY = error("page-empty", "write the page or delete the file");
    /// A page of no known kind.
    NOT_RECOGNISED = error("page-not-recognised", "a page documents actions, schemas or (overview.md) the API as a whole");
    /// A page of a dialect that is known, but not read.
    UNSUPPORTED = error("dialect-unsupported", "only the Markdown pages of the REST and client references, their schemas pages and the project's own pages are read");
    /// Two dialects on one page.
    MIXED = error("dialect-mixed", "write all parts of a page in one dialect");
    /// No title.
    TITLE_MISSING = error("title-missing", "start the page with a heading of level one");
    /// A second title.
    TITLE_SECOND = error("title-second", "a page has one heading of level one; use level two for actions and schemas");
    /// A title that the file name does not give.
    TITLE_FILE = warning("title-file-mismatch", "the resource is named by its file; check that title and file name speak of the same thing");
    /// A file name that gives no name of a resource.
    RESOURCE_NAME = error("resource-name", "name the file with words of letters and digits, parted by dashes: `data-table-rows.md`");
    /// A heading without words.
    HEADING_EMPTY = error("heading-empty", "give the heading its words; a page cut off here has lost what follows");
    /// A fence that is never closed.
    FENCE_OPEN = error("fence-unclosed", "close the block with a line of the same backticks; a page cut off here has lost what follows");
    /// No action on a page of actions.
    NO_ACTIONS = error("page-without-actions", "a resource has one action at least; the page may be cut off");
    /// No schema on a page of schemas.
    NO_SCHEMAS = error("page-without-schemas", "a page of schemas has one schema at least; the page may be cut off");
    /// Front matter that is no list of `key: value` lines.
    FRONT_MATTER = error("front-matter-malformed", "write `key: value` lines between two lines `---` at the top of the page");
    /// Lines above the title that no page of the dialect has.
    PAGE_HEAD = warning("page-head", "no fact is read from the head of a page, so it holds the known lines only, in their order");
    /// Text that Markdown drops.
    DROPPED = error("text-dropped", "remove the text, or write it so that it is shown");
    /// Text behind what it introduces.
    BLOCK_ORDER = warning("block-order", "put the text of a section first, in the order of the other pages");
    /// A section that no dialect has.
    SECTION_UNKNOWN = error("section-unknown", "use one of the headings of the page dialect, exactly as it is spelled");
    /// A section of another level.
    SECTION_LEVEL = error("section-level", "give the heading the level of the other sections of the page");
    /// A section twice.
    SECTION_DUPLICATE = error("section-duplicate", "an action has each section once; the heading of the next action may be missing");
    /// A section that every action has.
    SECTION_MISSING = error("section-missing", "add the section; the page may be cut off");
    /// A section out of place.
    SECTION_ORDER = warning("section-order", "put the sections in the order of the other pages");
    /// A section without its content.
    SECTION_EMPTY = error("section-empty", "add what the section is for, or remove its heading");
    /// A table where a section has none.
    TABLE_UNEXPECTED = error("table-unexpected", "this section takes no (further) table");
    /// Rows that Markdown does not take for a table.
    TABLE_SEPARATOR = error("table-without-separator", "a table needs a row `| --- | --- |` below its header, with as many cells");
    /// A column missing.
    TABLE_COLUMN_MISSING = error("table-missing-column", "add the column");
    /// A column that no dialect has.
    TABLE_COLUMN_UNKNOWN = error("table-unknown-column", "remove the column, or spell it as the other pages do");
    /// A column twice.
    TABLE_COLUMN_DUPLICATE = error("table-duplicate-column", "every column stands once");
    /// A row with too few cells.
    TABLE_CELL_MISSING = error("table-missing-cell", "give every row as many cells as the header has");
    /// A row with too many cells.
    TABLE_CELL_SURPLUS = error("table-surplus-cell", "give every row as many cells as the header has; write a pipe inside a cell as `\\|`");
    /// A row without its last pipe.
    TABLE_ROW_OPEN = error("table-row-unclosed", "end every row with a pipe; a page cut off here has lost what follows");
    /// A page that ends within a table.
    TABLE_CUT = error("table-cut-off", "end the page with a line break; a page cut off here may have lost rows");
    /// A cell that must not be empty.
    CELL_EMPTY = error("cell-empty", "fill the cell");
    /// Text in no known place.
    PARAGRAPH_UNKNOWN = error("paragraph-unknown", "pages hold known sentences only, so that no fact is missed; remove the text or put it into a description");
    /// A list.
    LIST_UNEXPECTED = error("list-unexpected", "only pages of clients hold lists, of their contents with `*` and the earliest of parameters with `-`");
    /// A quote.
    QUOTE_UNEXPECTED = error("quote-unexpected", "pages hold no quotes");
    /// A rule.
    RULE_UNEXPECTED = error("rule-unexpected", "remove the line; a heading underlined with dashes needs `##` instead");
    /// HTML.
    HTML_UNEXPECTED = error("html-unexpected", "remove the HTML");
    /// An address that is written as those of other pages.
    ADDRESS_FORM = warning("address-form", "write the address as the other pages with such a head do");
    /// HTML within a text.
    HTML_INLINE = warning("html-in-text", "write Markdown instead of HTML");
    /// An image.
    IMAGE_UNEXPECTED = error("image-unexpected", "pages hold no images");
    /// A code block.
    CODE_UNEXPECTED = error("code-unexpected", "this section takes no (further) code block");
    /// A code block of another language.
    CODE_LANGUAGE = error("code-language", "name the language behind the fence");
    /// Text of an action or resource missing.
    SUMMARY_MISSING = error("summary-missing", "say in one sentence what it does");
    /// A page of ours that does not say what its resource is; upstream pages never do.
    RESOURCE_TEXT = warning("description-missing", "say below the path what the resource is");
    /// Two actions of one name.
    ACTION_DUPLICATE = error("action-duplicate", "every action of a resource has its own name");
    /// A heading that gives no action name.
    ACTION_NAME = error("action-name", "an action's name is made of letters and digits and starts with a letter");
    /// Verb headings that are not in the order of the action names.
    ACTION_ORDER = warning("action-order", "upstream sorts its actions by name; a name may have been guessed wrongly here");
    /// A section without its anchor.
    ANCHOR_MISSING = error("anchor-missing", "add the anchor; it carries the action's exact name");
    /// An anchor of another section or of a title of another name.
    ANCHOR_MISMATCH = error("anchor-mismatch", "anchor and heading must say the same");
    /// An anchor of another action.
    ANCHOR_OTHER = error("anchor-of-another-action", "all anchors of an action start with its own name");
    /// No or unreadable method.
    METHOD_MISSING = error("method-missing", "write the method before the address, on one line");
    /// A verb that HTTP does not have or the API does not use.
    METHOD_UNKNOWN = error("method-unknown", "use GET, POST, PATCH, PUT or DELETE");
    /// No URL.
    URL_MISSING = error("url-missing", "write the address: the whole URL on upstream pages, the path alone on pages of ours");
    /// A URL that cannot be read.
    URL_MALFORMED = error("url-malformed", "mark parameters as the other pages do: **`PARAMETER_NAME`**");
    /// A whole URL on a page of ours.
    URL_HOST = error("url-with-host", "write the path alone; scheme and host stand in overview.md");
    /// An action outside its resource.
    URL_OUTSIDE = error("url-outside-resource", "an action's URL starts with the URL of its resource");
    /// A verb heading that names another path than the URL.
    URL_HEADING = error("url-heading-mismatch", "heading and URL must name the same path");
    /// The same parameter twice in a URL.
    URL_DUPLICATE = error("url-duplicate-component", "every path parameter stands once in a URL");
    /// A URL parameter without a row.
    PATH_ROW_MISSING = error("path-component-missing", "give every parameter of the URL a row in Request Path Components");
    /// A row without a URL parameter.
    PATH_ROW_SURPLUS = error("path-component-unused", "remove the row, or mark the parameter in the URL");
    /// Rows in another order than the URL.
    PATH_ROW_ORDER = warning("path-component-order", "put the rows in the order of the URL");
    /// The row `Authorization` in other words.
    AUTHORIZATION_ROW = warning("authorization-row", "no fact is read from this row, so it says on every page the same");
    /// The parameters of every request are not all there.
    PARAM_HIDDEN = warning("parameters-of-every-request", "list them at the end of every action, or of none");
    /// An action's heading that is no title.
    ACTION_TITLE = warning("action-title", "write the action's name as words, each with a capital");
    /// Two rows of one name.
    PARAM_DUPLICATE = error("parameter-duplicate", "every parameter stands once in its table");
    /// A name that no parameter can have.
    PARAM_NAME = error("parameter-name", "write the parameter's name as it travels");
    /// A schema that is named in passing on a page of ours.
    SCHEMA_SENTENCE = error("schema-sentence", "close the description with `As JSON text: [Title](…).` or `In brackets: [Title](…).`");
    /// An example that travels in another way than the description says.
    ENCODING = error("encoding-mismatch", "let the words before the schema and the example say the same");
    /// Neither Y nor N.
    PARAM_REQUIRED = error("required-malformed", "write Y or N");
    /// Accepted values that cannot be read.
    ACCEPTED = error("accepted-values-malformed", "close the description with the values, parted by commas, without a dot behind: `Accepted values are: a, b` on upstream pages, `One of: a, b` on ours");
    /// A default that is none of the accepted values.
    DEFAULT_ACCEPTED = warning("default-not-accepted", "check default and accepted values");
    /// A required parameter with a default.
    DEFAULT_REQUIRED = warning("default-of-required", "a required parameter has no use for a default");
    /// An example of another form or name.
    EXAMPLE_NAME = error("example-malformed", "write the example as it travels: `name=value` or `name[0][key]=value`");
    /// An example that should be JSON.
    EXAMPLE_JSON = error("example-not-json", "mend the JSON");
    /// A sentence about scopes that cannot be read.
    SCOPES = error("scopes-malformed", "write the sentence as the other pages do: scopes parted by commas, `or` before the last, a dot behind it");
    /// A scope twice.
    SCOPE_DUPLICATE = warning("scope-duplicate", "name every scope once");
    /// Authorization row and scopes disagree.
    AUTH_MISMATCH = error("authorization-mismatch", "the Authorization header has a row exactly when a token is needed");
    /// A body sentence that cannot be read.
    BODY_SENTENCE = error("body-malformed", "name the schema of the body by a link");
    /// A body without example.
    BODY_EXAMPLE = error("body-example-missing", "add the example body as a json block");
    /// A body example that is no JSON.
    BODY_JSON = error("body-example-not-json", "mend the JSON");
    /// A curl example that cannot be read.
    CURL = error("curl-malformed", "write the example as the other pages do: one option per line, the URL last");
    /// Another method in the curl example.
    CURL_METHOD = error("curl-method-mismatch", "curl example and section must name the same method");
    /// Another URL in the curl example.
    CURL_URL = error("curl-url-mismatch", "curl example and section must name the same URL");
    /// Another body in the curl example.
    CURL_BODY = error("curl-body-mismatch", "curl example and Request Body must show the same body");
    /// Other required query parameters in the curl example.
    CURL_QUERY = warning("curl-query-mismatch", "the curl example shows the required query parameters and no others");
    /// A token in the curl example of an action without scopes, or none although there are some.
    CURL_AUTH = warning("curl-authorization-mismatch", "the curl example sends a token exactly when one is needed");
    /// Other parts of a form in the curl example.
    CURL_PARTS = warning("curl-parts-mismatch", "the curl example shows the required files of the form and no others");
    /// Multipart parts that only the curl example shows.
    MULTIPART_UNDOCUMENTED = warning("multipart-undocumented", "this page dialect does not list the parts of a form; use a newer one to get them all");
    /// A multipart sentence that cannot be read.
    MULTIPART = error("multipart-malformed", "list the parts of the form in a table");
    /// A multipart sentence in other words.
    MULTIPART_SENTENCE = warning("multipart-sentence", "write the sentence as the other pages do");
    /// A status code that is none.
    RESPONSE_CODE = error("response-code", "write a status code from 100 to 599; success codes below 400, error codes from 400 on");
    /// A status code twice.
    RESPONSE_DUPLICATE = error("response-duplicate", "every status code stands once in an action");
    /// Status codes out of order.
    RESPONSE_ORDER = warning("response-order", "sort the rows by their codes; a code may be wrong here");
    /// No success.
    RESPONSES_MISSING = error("responses-missing", "an action has one successful response at least");
    /// A type that is no link.
    TYPE_MALFORMED = error("type-malformed", "link the schema: [Title](schemas.md#title)");
    /// A type that is no word.
    TYPE_WORD = error("type-word", "write the type as the pages of clients do: `string`, `number`, `boolean`, `array`");
    /// A link without words or target.
    LINK_EMPTY = error("link-empty", "give the link its words and its target");
    /// A blank within the brackets of a link.
    LINK_BLANK = warning("link-blank", "put words and target of the link right between their brackets");
    /// A link whose words and target differ.
    LINK_WORDS = error("link-words-mismatch", "let the words of the link and its target name the same schema");
    /// A link that leads to no schema page.
    LINK_TARGET = error("link-not-to-schema", "link to the schemas page: [Title](schemas.md#title), or on a page for Docusaurus to its own part: [Title](#definition-name)");
    /// An event twice.
    EVENT_DUPLICATE = error("event-duplicate", "every event stands once in its table");
    /// A stream without events.
    EVENTS_MISSING = error("events-missing", "a stream has one event at least");
    /// A value that other pages print as code.
    CELL_CODE = warning("cell-without-backticks", "put the value in backticks, as the other pages do");
    /// An example of another schema than the description names.
    LINK_EXAMPLE = error("link-to-other-example", "description and example must link to the same schema");
    /// A schema without its JSON.
    SCHEMA_MISSING = error("schema-block-missing", "add the schema as a json block, on a page for Docusaurus as JsonDisplay");
    /// A schema that is no JSON.
    SCHEMA_JSON = error("schema-not-json", "mend the JSON");
    /// A schema that is JSON, but no schema.
    SCHEMA_SHAPE = error("schema-not-an-object", "a JSON schema is an object");
    /// A schema without example.
    SCHEMA_EXAMPLE = error("schema-example-missing", "add the example as a json block, on a page for Docusaurus as JsonDisplay");
    /// A schema example that is no JSON.
    SCHEMA_EXAMPLE_JSON = error("schema-example-not-json", "mend the JSON");
    /// A line with a schema or an example on a page for Docusaurus that cannot be read.
    DISPLAY = error("json-display-malformed", "write `<JsonDisplay data={ … } />` on one line");
    /// A schema on a page for Docusaurus that the page does not link to.
    SCHEMA_UNLINKED = error("schema-unlinked", "a page shows the schemas that it links to; mend the link that is lost, or remove the schema");
    /// A page for Docusaurus without the line of its import.
    IMPORT_MISSING = error("import-missing", "a page that shows schemas begins with `import JsonDisplay from '@site/src/components/JsonDisplay'`");
    /// A number that no 64 bits hold exactly.
    JSON_NUMBER = warning("json-number-inexact", "write a number with at most 15 digits, or as a string");
    /// One key twice in one JSON object.
    JSON_DUPLICATE = error("json-duplicate-key", "every key stands once in an object");
    /// Text behind the last action that is no part of the grammar, as some upstream pages have.
    SUPPLEMENT = note("supplement", "explanations below the last action are not part of the model");
    /// A list of contents that is missing or names other headings than those below it.
    CONTENTS = error("contents-mismatch", "the list of contents names every heading below it, in the same order");
    /// A bullet that cannot be read.
    BULLET = error("bullet-malformed", "write `{type} name - description` for a parameter, `200 - description` for a response");
    /// An action of a client reference without its example.
    SAMPLE_MISSING = error("sample-missing", "add the example of the call as a code block of the client's language");
    /// An example that calls nothing.
    SAMPLE = error("sample-malformed", "the example of an action calls `client.resource.action`, in the spelling of its language");
    /// An example of another action.
    SAMPLE_OTHER = error("sample-of-another-action", "file name, heading and example must name the same action");
    /// An example with other arguments.
    SAMPLE_PARAMS = error("sample-parameters-mismatch", "the example passes the required parameters and no others, in the order of the table");
    /// An example that is written in another way.
    SAMPLE_FORM = warning("sample-form-unknown", "write the example as the other pages do; nothing of it is ignored where its form is known");
    /// A link to another example than that of the type.
    EXAMPLE_LINK = error("example-link-mismatch", "the example of a parameter with a schema is the link to that schema's example");
    /// A schema in a description that is not that of the type.
    SCHEMA_MENTION = error("schema-mention-mismatch", "description and type must name the same schema");
    /// An overview fact that is not known.
    OVERVIEW = error("overview-malformed", "the overview states `Base URL` and `API version`");
}
