//! The module of a resource as tokens: its handle and the functions that make it.

use quote::quote;

use super::file::File;
use super::{docs, operations};
use crate::plan::{Answer, ResourcePlan};

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
    let (about, handle, method) = (docs(&plan.docs), plan.handle.ident(), plan.method.ident());
    let args: Vec<_> = plan.path_args.iter().map(crate::plan::Name::ident).collect();
    file.item(quote!(
        impl Client {
            #about
            #[inline]
            pub fn #method(&self, #(#args: impl Into<String>),*) -> #handle {
                #handle { client: self.clone(), #(#args: #args.into()),* }
            }
        }
    ));
    let about = docs(&plan.handle_docs);
    file.item(quote!(
        #about
        #[derive(Clone, Debug)]
        pub struct #handle {
            client: Client,
            #(#args: String),*
        }
    ));
    let methods = plan.operations.iter().map(|operation| operations::method(operation, file));
    let methods = methods.collect::<Result<Vec<_>, String>>()?;
    let request = plan.uses_request.then(|| {
        quote!(
            #[inline]
            fn request(&self, endpoint: &'static Endpoint) -> Request {
                Request::new(&self.client, endpoint, &[#(&self.#args),*])
            }
        )
    });
    if !methods.is_empty() {
        file.item(quote!(
            impl #handle {
                #(#methods)*
                #request
            }
        ));
    }
    Ok(())
}
