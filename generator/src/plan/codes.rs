//! What can go wrong while names and signatures are decided.

use crate::diagnostic::Code;

/// Two types would have one name.
pub const TYPE_NAME_TAKEN: Code = Code::note(
    "type-name-taken",
    "the second type got a longer name; give one of the schemas another title to choose it yourself",
);
/// Two names of one object or enum are equal in Rust.
pub const NAME_SPELLED: Code = Code::note(
    "name-spelled",
    "the names differ in punctuation or case only, so that is spelled out in the Rust names",
);
/// Two pages lead to one generated item.
pub const ITEM_NAME_TAKEN: Code =
    Code::error("item-name-taken", "two resources or actions have one name in Rust; rename one of them");
/// A schema that is nothing but itself.
pub const ENDLESS_ALIAS: Code =
    Code::warning("endless-alias", "the schema refers to itself without a field in between; it stays free-form JSON");
/// A method that the client cannot send.
pub const UNKNOWN_METHOD: Code = Code::error("unsupported-method", "the client knows GET, POST, PUT, PATCH and DELETE");

/// All of them.
pub const ALL: &[Code] = &[TYPE_NAME_TAKEN, NAME_SPELLED, ITEM_NAME_TAKEN, ENDLESS_ALIAS, UNKNOWN_METHOD];
