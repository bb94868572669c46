//! The diagnostic codes of the schema stage.

use crate::diagnostic::Code;

/// A value stands where a schema must stand.
pub const NOT_A_SCHEMA: Code = Code::warning(
    "subschema-not-an-object",
    "write an object with a `type` here; until then the place accepts anything",
);
/// Property names stand where the keywords of a schema must stand.
pub const BARE_PROPERTIES: Code = Code::warning(
    "schema-bare-properties",
    "put these property names into `properties`; they are read as if they stood there",
);
/// A whole schema stands where a map of properties must stand.
pub const SCHEMA_AS_PROPERTIES: Code = Code::warning(
    "schema-as-properties",
    "move the schema up one level, in the place of the object that holds it; it is read as if it stood there",
);
/// `required` or `additionalProperties` stands among the properties.
pub const KEYWORD_AS_PROPERTY: Code = Code::warning(
    "schema-keyword-as-property",
    "move the keyword out of `properties`; it is read as if it stood beside it",
);
/// A property that can have no value.
pub const IMPOSSIBLE_PROPERTY: Code =
    Code::warning("schema-impossible-property", "remove the property or give it a schema; it is left out");
/// A branch of a union is a list of schemas.
pub const LIST_AS_BRANCH: Code =
    Code::warning("schema-list-as-branch", "spread the list into the one around it; it is read as if it were");
/// A keyword has a value of a form that it cannot have.
pub const KEYWORD_FORM: Code =
    Code::warning("schema-keyword-form", "give the keyword a value of the form that JSON Schema defines");
/// A keyword that JSON Schema does not know, but that can be understood.
pub const KEYWORD_SPELLING: Code =
    Code::warning("schema-keyword-spelling", "use the keyword of JSON Schema; it is read as if it were that one");
/// A keyword that is not understood.
pub const UNKNOWN_KEYWORD: Code =
    Code::warning("schema-unknown-keyword", "remove the keyword or correct its name; it is not looked at");
/// A type that is written wrongly, but can be understood.
pub const TYPE_SPELLING: Code =
    Code::warning("schema-type-spelling", "write the type as JSON Schema names it; it is read as if it were so");
/// A type that does not exist.
pub const UNKNOWN_TYPE: Code = Code::warning(
    "schema-unknown-type",
    "use string, number, integer, boolean, array, object or null; the word is not looked at",
);
/// An object, list or enum that does not say its type.
pub const MISSING_TYPE: Code = Code::note("schema-missing-type", "add the `type`; it is taken from the other keywords");
/// A pattern for property names that has no end.
pub const OPEN_PATTERN: Code = Code::note(
    "schema-open-pattern",
    "end the pattern in `$` if the whole name has to match; every name is accepted either way",
);
/// A required property that is not declared.
pub const REQUIRED_UNDECLARED: Code = Code::warning(
    "schema-required-undeclared",
    "declare the property or remove its name from `required`; it is not looked at",
);
/// Several sets of properties of which one is needed.
pub const ONE_SET_NEEDED: Code = Code::note(
    "schema-one-set-needed",
    "no type says this: the properties stay optional, and the server checks that one set is complete",
);
/// A reference to nothing.
pub const UNRESOLVED_REFERENCE: Code = Code::warning(
    "schema-unresolved-reference",
    "name an existing schema: by its definition name, or by the words of its title in camel case; until then the place accepts anything",
);
/// A reference that fits one schema only in part.
pub const GUESSED_REFERENCE: Code = Code::warning(
    "schema-guessed-reference",
    "state the definition name at the schema, or refer to it by the words of its title in camel case",
);
/// A local definition that holds itself.
pub const CIRCULAR_DEFINITION: Code = Code::warning(
    "schema-circular-definition",
    "make the definition a schema of its own; until then the inner place accepts anything",
);
/// A schema that is nested too deeply or grows too large through its local definitions.
pub const TOO_LARGE: Code = Code::warning(
    "schema-too-large",
    "split the schema into several that refer to each other; beyond the limit it accepts anything",
);
/// Parts of `allOf` that cannot be joined.
pub const UNJOINABLE_PARTS: Code = Code::warning(
    "schema-unjoinable-parts",
    "let every part of `allOf` be an object; only the first part that says something is used",
);
/// A schema that no page defines, typed from an example. That it is missing is the reader's finding.
pub const FROM_EXAMPLE: Code = Code::note(
    "schema-from-example",
    "add the schemas page; until then the type is what the example shows, and nothing in it is required",
);

/// All of them.
pub const ALL: &[Code] = &[
    NOT_A_SCHEMA,
    BARE_PROPERTIES,
    SCHEMA_AS_PROPERTIES,
    KEYWORD_AS_PROPERTY,
    IMPOSSIBLE_PROPERTY,
    LIST_AS_BRANCH,
    KEYWORD_FORM,
    KEYWORD_SPELLING,
    UNKNOWN_KEYWORD,
    TYPE_SPELLING,
    UNKNOWN_TYPE,
    MISSING_TYPE,
    OPEN_PATTERN,
    REQUIRED_UNDECLARED,
    ONE_SET_NEEDED,
    UNRESOLVED_REFERENCE,
    GUESSED_REFERENCE,
    CIRCULAR_DEFINITION,
    TOO_LARGE,
    UNJOINABLE_PARTS,
    FROM_EXAMPLE,
];
