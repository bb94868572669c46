//! The module of a resource as tokens: its handle and the functions that make it.

use quote::quote;

use super::file::File;
use super::form::{Hole, Place};
use super::operations;
use crate::plan::{Answer, Name, ResourcePlan};

pub(super) fn file(plan: &ResourcePlan) -> Result<String, String> {
    let mut file = File::new(&plan.pages, &plan.module_docs);
    file.import("crate::client", "Client");
    file.import("crate::endpoint", "Endpoint");
    file.import("crate::endpoint", "Method");
    if !plan.operations.is_empty() {
        for name in ["Request", "RequestOptions"] {
            file.import("crate::request", name);
        }
        file.import("crate::error", "Error");
        file.import("crate::response", "ResponseFuture");
    }
    if plan.operations.iter().any(|operation| !matches!(operation.answer, Answer::Several(_) | Answer::Events(_))) {
        file.import("crate", "decode");
    }
    handle(plan, &mut file)?;
    for operation in &plan.operations {
        operations::operation(plan, operation, &mut file);
    }
    file.finish_in(&format!("resources/{}", plan.module.plain()))
}

fn handle(plan: &ResourcePlan, file: &mut File) -> Result<(), String> {
    let (handle, method) = (Hole::Text(plan.handle.as_str()), Hole::Text(plan.method.as_str()));
    let each = |make: fn(&Name) -> String| plan.path_args.iter().map(make).collect::<Vec<_>>();
    let mut function = Place::Member.comment(&plan.docs);
    let mut values = each(|name| format!("{name}: {name}.into()"));
    values.insert(0, "client: self.clone()".to_owned());
    let mut body = String::new();
    file.row(
        &mut body,
        Place::Statement,
        [handle, Hole::List(&values)],
        |[handle, values]| quote!(#handle { #values }),
    );
    let mut parameters = each(|name| format!("{name}: impl Into<String>"));
    parameters.insert(0, "&self".to_owned());
    let holes = [method, Hole::Parameters(&parameters), handle, Hole::Rows(Place::Statement, &body)];
    file.row(
        &mut function,
        Place::Member,
        holes,
        |[method, parameters, handle, body]| quote!(#[inline] pub fn #method(#parameters) -> #handle { #body }),
    );
    file.item(&[], [Hole::Rows(Place::Member, &function)], |[function]| quote!(impl Client { #function }));
    let mut fields = String::new();
    for name in &plan.path_args {
        file.row(&mut fields, Place::Field, [Hole::Text(name.as_str())], |[name]| quote!(#name: String,));
    }
    file.item(&plan.handle_docs, [handle, Hole::Rows(Place::Field, &fields)], |[handle, fields]| {
        quote!(
            #[derive(Clone, Debug)]
            pub struct #handle {
                client: Client,
                #fields
            }
        )
    });
    let mut members = Vec::new();
    for operation in &plan.operations {
        members.push(operations::method(operation, file)?);
    }
    if plan.operations.is_empty() {
        return Ok(());
    }
    if plan.uses_request {
        let mut request = String::new();
        file.row(&mut request, Place::Member, [Hole::List(&each(|name| format!("&self.{name}")))], |[args]| {
            quote!(
                #[inline]
                fn request(&self, endpoint: &'static Endpoint) -> Request {
                    Request::new(&self.client, endpoint, &[#args])
                }
            )
        });
        members.push(request);
    }
    let holes = [handle, Hole::Rows(Place::Member, &members.join("\n"))];
    file.item(&[], holes, |[handle, members]| quote!(impl #handle { #members }));
    Ok(())
}
