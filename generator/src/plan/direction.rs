//! Which types requests carry and which answers do.

use std::collections::BTreeSet;

use crate::model::Api;
use crate::schema::graph::{Kind, Ref, TypeGraph, TypeId, Union};

/// The types that travel in each direction; one that no action uses travels in both, since nobody knows better.
#[derive(Debug)]
pub(super) struct Direction {
    request: BTreeSet<TypeId>,
    response: BTreeSet<TypeId>,
}

impl Direction {
    pub(super) fn in_requests(&self, id: TypeId) -> bool {
        self.request.contains(&id) || !self.response.contains(&id)
    }

    pub(super) fn in_requests_only(&self, id: TypeId) -> bool {
        self.request.contains(&id) && !self.response.contains(&id)
    }
}

pub(super) fn of(api: &Api, graph: &TypeGraph) -> Direction {
    let mut direction = Direction { request: BTreeSet::new(), response: BTreeSet::new() };
    for action in api.resources.iter().flat_map(|resource| &resource.actions) {
        let body = action.body.as_ref().and_then(|body| body.schema.as_ref());
        let params = action.params.iter().filter_map(|param| param.schema.as_ref());
        for schema in body.into_iter().chain(params) {
            reach_schema(graph, schema, &mut direction.request);
        }
        let responses = action.responses.iter().filter_map(|response| response.schema.as_ref());
        let events = action.events.iter().filter_map(|event| event.schema.as_ref());
        for schema in responses.chain(events) {
            reach_schema(graph, schema, &mut direction.response);
        }
    }
    direction
}

fn reach_schema(graph: &TypeGraph, schema: &str, reached: &mut BTreeSet<TypeId>) {
    let mut open: Vec<&Ref> = graph.schemas.get(schema).into_iter().collect();
    while let Some(next) = open.pop() {
        match next {
            Ref::Template(inner)
            | Ref::List(inner)
            | Ref::Map(inner)
            | Ref::Nullable(inner)
            | Ref::OneOrMany(inner) => open.push(inner),
            Ref::Type(id) if reached.insert(*id) => open.extend(parts(graph, *id)),
            _ => {}
        }
    }
}

/// Everything a type is directly made of.
pub(super) fn parts(graph: &TypeGraph, id: TypeId) -> Vec<&Ref> {
    match &graph.get(id).kind {
        Kind::Object(object) => object.fields.iter().map(|field| &field.ty).chain(&object.rest).collect(),
        Kind::Enum(_) => Vec::new(),
        Kind::Union(Union::Tagged { variants, .. }) => variants.iter().map(|variant| &variant.ty).collect(),
        Kind::Union(Union::Untagged(variants)) => variants.iter().map(|variant| &variant.ty).collect(),
        Kind::Alias(inner) => vec![inner],
    }
}
