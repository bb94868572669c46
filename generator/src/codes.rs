//! Every diagnostic code of the generator, in one list for the documentation and its test.

use crate::diagnostic::Code;

/// All codes, by stage.
pub const ALL: &[&[Code]] = &[
    crate::dialect::codes::ALL,
    crate::reconcile::codes::ALL,
    crate::reconcile::codes::MERGING,
    crate::overrides::codes::ALL,
    crate::schema::codes::ALL,
    crate::plan::codes::ALL,
    crate::generate::ALL,
];
