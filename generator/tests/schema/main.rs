//! Tests of the schema stage: schemas in, a compact text of the type graph out.

mod describe;
mod facts;
mod support;
