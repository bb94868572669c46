//! JSON Schema to type graph: canonicalise, recover shared types, classify unions.

pub mod graph;
