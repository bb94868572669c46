//! The calls by name as tokens: one function for each action, and tables of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::File;
use super::{Job, cfg};
use crate::plan::{Answer, ArgumentForm, DynamicAction, DynamicArgument, DynamicResource};

/// The runtime's side of the calls.
const RUNTIME: &str = "crate::dynamic";

/// One file for each resource, and the table of the resources.
pub(super) fn files(plans: &[DynamicResource]) -> impl Iterator<Item = (String, Job<'_>)> {
    let root: (String, Job<'_>) = ("dynamic/mod.rs".to_owned(), Box::new(|| root(plans)));
    let resources = plans.iter().map(|plan| {
        let path = format!("dynamic/{}", plan.module.plain());
        let job: Job<'_> = Box::new(|| resource(plan).finish_in(plan.module.plain()));
        (format!("{path}.rs"), job)
    });
    std::iter::once(root).chain(resources)
}

fn root(plans: &[DynamicResource]) -> Result<String, String> {
    let mut root = File::new(&[], "Every action by name.");
    root.inner(quote!(#![allow(deprecated, reason = "what is deprecated can still be called")]));
    for plan in plans {
        let (module, cfg) = (plan.module.ident(), cfg(Some(&plan.feature)));
        root.item(quote!(#cfg mod #module;));
    }
    root.import(RUNTIME, "Resource");
    let rows = plans.iter().map(|plan| {
        let (wire, module, cfg) = (&plan.wire, plan.module.ident(), cfg(Some(&plan.feature)));
        quote!(#cfg Resource::new(#wire, #module::ACTIONS))
    });
    root.item(quote!(
        #[doc = " The resources by name."]
        pub(crate) const RESOURCES: &[Resource] = &[#(#rows),*];
    ));
    root.finish_in("dynamic/mod")
}

fn resource(plan: &DynamicResource) -> File {
    let mut file = File::new(&[], &format!("The actions of `{}` by name.", plan.wire));
    file.import(RUNTIME, "Action");
    let rows = plan.actions.iter().map(|action| {
        let (wire, function) = (&action.wire, action.method.ident());
        quote!(Action::new(#wire, #function))
    });
    if !plan.actions.is_empty() {
        for name in ["Args", "Started"] {
            file.import(RUNTIME, name);
        }
        file.import("crate::client", "Client");
        let module = plan.module.ident();
        file.item(quote!(use crate::generated::resources::#module as typed;));
    }
    file.item(quote!(
        pub(super) const ACTIONS: &[Action] = &[#(#rows),*];
    ));
    for action in &plan.actions {
        let function = function(plan, action, &mut file);
        file.item(function);
    }
    file
}

fn function(resource: &DynamicResource, plan: &DynamicAction, file: &mut File) -> TokenStream {
    let (handle, method, builder) = (resource.method.ident(), plan.method.ident(), plan.builder.ident());
    let handle_args = plan.handle_args.iter().map(|wire| {
        let read = wire.as_ref().map(|wire| quote!(args.path(#wire)?));
        read.unwrap_or_else(|| quote!(""))
    });
    let path_args = plan.path_args.iter().map(|wire| quote!(&args.path(#wire)?));
    let arguments = plan.arguments.iter().map(required);
    let setters: Vec<TokenStream> = plan
        .setters
        .iter()
        .map(|argument| {
            let (wire, setter, form) = (&argument.wire, argument.setter.ident(), optional(argument.form));
            quote!(let request = args.#form(request, #wire, typed::#builder::#setter)?;)
        })
        .collect();
    let send = send(plan, file);
    quote!(
        fn #method(client: &Client, args: &mut Args) -> Started {
            let request = client.#handle(#(#handle_args),*).#method(#(#path_args,)* #(#arguments),*);
            #(#setters)*
            #send
        }
    )
}

fn required(argument: &DynamicArgument) -> TokenStream {
    let wire = &argument.wire;
    match argument.form {
        ArgumentForm::Body => quote!(&args.required_body(#wire)?),
        ArgumentForm::Text => quote!(args.required_text(#wire)?),
        ArgumentForm::PlainQuery => quote!(args.required_plain(#wire)?),
        ArgumentForm::PlainPart => quote!(args.required(#wire)?),
        ArgumentForm::Json => quote!(&args.required(#wire)?),
        ArgumentForm::File => quote!(args.required_file(#wire)?),
    }
}

/// The runtime's function for an optional argument.
fn optional(form: ArgumentForm) -> proc_macro2::Ident {
    let name = match form {
        ArgumentForm::Body => "body",
        ArgumentForm::Text => "text",
        ArgumentForm::PlainQuery => "plain_query",
        ArgumentForm::PlainPart => "plain_part",
        ArgumentForm::Json => "json",
        ArgumentForm::File => "file",
    };
    quote::format_ident!("{name}")
}

fn send(plan: &DynamicAction, file: &mut File) -> TokenStream {
    let builder = plan.builder.ident();
    match &plan.answer {
        Answer::Empty | Answer::Json(_) | Answer::Optional(_) => quote!(args.send(request, typed::#builder::send)),
        Answer::Several(success) => {
            file.import("crate", "dynamic");
            let name = success.name.ident();
            let arms = success.variants.iter().map(|variant| {
                let variant_name = variant.name.ident();
                if variant.ty.is_some() {
                    quote!(typed::#name::#variant_name(answer) => dynamic::value(&answer),)
                } else {
                    quote!(typed::#name::#variant_name => dynamic::value(&()),)
                }
            });
            quote!(args.send_as(request, typed::#builder::send, |answer| match answer { #(#arms)* }))
        }
        Answer::Events(events) => {
            file.import("crate", "dynamic");
            let name = events.name.ident();
            let arms = events.variants.iter().map(|variant| {
                let (wire, variant_name) = (&variant.wire, variant.name.ident());
                quote!(typed::#name::#variant_name(data) => dynamic::event(#wire, &data),)
            });
            quote!(args.stream(request, typed::#builder::send, |message| match message {
                #(#arms)*
                typed::#name::Other(other) => Ok(dynamic::other_event(&other)),
            }))
        }
    }
}
