//! Tests of the schema stage: schemas in, a compact text of the type graph out.

mod anomalies;
mod describe;
mod facts;
mod missing;
mod pages;
mod recovered;
mod shapes;
mod support;
mod unions;
