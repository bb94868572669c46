//! The diagnostic codes of overrides.

use crate::diagnostic::Code;

/// Not as the file is written.
pub const MALFORMED: Code =
    Code::error("override-malformed", "write the entry as the chapter on overrides of generator/README.md shows");
/// Matches nothing.
pub const UNUSED: Code = Code::error(
    "override-unused",
    "remove the entry or correct what it names; the places of types are written as `cargo xtask lint` prints them",
);
/// Says what is so anyway.
pub const WITHOUT_EFFECT: Code = Code::error(
    "override-without-effect",
    "remove what changes nothing: the pages, or the rules for names, say it already",
);
/// Accepts what must be mended.
pub const REFUSED: Code = Code::error(
    "override-refused",
    "only warnings can be accepted: mend the page of an error; a note asks for nothing",
);
/// A name that the type or variant cannot have.
pub const NAME: Code = Code::error(
    "override-name",
    "choose a name in UpperCamelCase that nothing else has, of ASCII letters and digits, and not one of the runtime's",
);

/// All of them.
pub const ALL: &[Code] = &[MALFORMED, UNUSED, WITHOUT_EFFECT, REFUSED, NAME];
