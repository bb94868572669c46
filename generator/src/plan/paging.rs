//! Which actions answer with one page of a list, and what stands on it.

use super::types::Lowering;
use super::{Answer, PagesPlan, PagingStyle, Ty};
use crate::model::{Action, Location};
use crate::schema::graph::{Kind, Ref};

/// The way through the pages: told by the query parameters that the client's pager sets.
pub(super) fn plan(lowering: &Lowering<'_>, action: &Action, answer: &Answer) -> Option<PagesPlan> {
    let Answer::Json(page) = answer else { return None };
    let query = |name: &str| action.params.iter().find(|param| param.location == Location::Query && param.name == name);
    let (style, size) = if query("page").is_some() {
        (PagingStyle::Page, query("perPage")?)
    } else if query("offset").is_some() {
        (PagingStyle::Offset, query("limit")?)
    } else {
        query("startingAfterId")?;
        (PagingStyle::After, query("limit")?)
    };
    let size = size.default.as_ref().and_then(serde_json::Value::as_u64);
    Some(PagesPlan { style, size, page: page.clone(), item: item(lowering, action, page) })
}

/// What the field `items` of a page lists. A page may name the schema of an item where it means a list of them; then the
/// answer's type has no such field and is that of an item.
fn item(lowering: &Lowering<'_>, action: &Action, page: &Ty) -> Ty {
    let success = action.responses.iter().find(|response| (200..300).contains(&response.code));
    let target = success.and_then(|response| lowering.graph.schemas.get(response.schema.as_ref()?));
    let Some(Ref::Type(id)) = target else { return page.clone() };
    let Kind::Object(object) = &lowering.graph.get(*id).kind else { return page.clone() };
    match object.fields.iter().find(|field| field.name == "items").map(|field| &field.ty) {
        Some(Ref::List(item)) => lowering.ty(item),
        Some(Ref::Type(id)) => match &lowering.graph.get(*id).kind {
            Kind::Alias(Ref::List(item)) => lowering.ty(item),
            _ => page.clone(),
        },
        _ => page.clone(),
    }
}
