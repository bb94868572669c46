//! The calls by name as text: one function for each action, and tables of them.

use quote::quote;

use super::file::File;
use super::form::{Hole, Place, literal};
use super::{Job, cfg, line};
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
    root.inner([], |[]| quote!(#![allow(deprecated, reason = "what is deprecated can still be called")]));
    for plan in plans {
        let cfg = cfg(std::slice::from_ref(&plan.feature));
        let holes = [Hole::Rows(Place::Item, &cfg), Hole::Text(plan.module.as_str())];
        root.item(&[], holes, |[cfg, module]| quote!(#cfg mod #module;));
    }
    root.import(RUNTIME, "Resource");
    let rows = plans.iter().map(|plan| {
        let (wire, module, feature) = (&plan.wire, plan.module.ident(), &plan.feature);
        quote!(#[cfg(feature = #feature)] Resource::new(#wire, #module::ACTIONS))
    });
    let mut table = Place::Item.comment(&line("The resources by name."));
    root.code(&mut table, Place::Item, quote!(pub(crate) const RESOURCES: &[Resource] = &[#(#rows),*];));
    root.text(table);
    root.finish_in("dynamic/mod")
}

fn resource(plan: &DynamicResource) -> File {
    let mut file = File::new(&[], &format!("The actions of `{}` by name.", plan.wire));
    file.import(RUNTIME, "Action");
    if !plan.actions.is_empty() {
        for name in ["Args", "Started"] {
            file.import(RUNTIME, name);
        }
        file.import("crate::client", "Client");
        let module = Hole::Text(plan.module.as_str());
        file.item(&[], [module], |[module]| quote!(use crate::generated::resources::#module as typed;));
    }
    let rows = plan.actions.iter().map(|action| format!("Action::new({}, {})", literal(&action.wire), action.method));
    file.item(
        &[],
        [Hole::List(&rows.collect::<Vec<_>>())],
        |[rows]| quote!(pub(super) const ACTIONS: &[Action] = &[#rows];),
    );
    for action in &plan.actions {
        function(plan, action, &mut file);
    }
    file
}

fn function(resource: &DynamicResource, plan: &DynamicAction, file: &mut File) {
    let path = |wire: &String| format!("args.path({})?", literal(wire));
    let handle_args = plan.handle_args.iter().map(|wire| wire.as_ref().map_or_else(|| "\"\"".to_owned(), path));
    let handle_args: Vec<_> = handle_args.collect();
    let path_args = plan.path_args.iter().map(|wire| format!("&{}", path(wire)));
    let arguments: Vec<_> = path_args.chain(plan.arguments.iter().map(required)).collect();
    let builder = Hole::Text(plan.builder.as_str());
    let mut body = String::new();
    for argument in &plan.setters {
        let wire = literal(&argument.wire);
        let form = Hole::Code(optional(argument.form));
        let holes = [form, Hole::Literal(&wire), builder, Hole::Text(argument.setter.as_str())];
        file.row(&mut body, Place::FreeStatement, holes, |[form, wire, builder, setter]| {
            quote!(let request = args.#form(request, #wire, typed::#builder::#setter)?;)
        });
    }
    send(plan, &mut body, file);
    let method = Hole::Text(plan.method.as_str());
    let handle = Hole::Text(resource.method.as_str());
    let holes =
        [method, handle, Hole::List(&handle_args), Hole::List(&arguments), Hole::Rows(Place::FreeStatement, &body)];
    file.item(&[], holes, |[method, handle, handle_args, arguments, body]| {
        quote!(
            fn #method(client: &Client, args: &mut Args) -> Started {
                let request = client.#handle(#handle_args).#method(#arguments);
                #body
            }
        )
    });
}

fn required(argument: &DynamicArgument) -> String {
    let wire = literal(&argument.wire);
    match argument.form {
        ArgumentForm::Body => format!("&args.required_body({wire})?"),
        ArgumentForm::Text => format!("args.required_text({wire})?"),
        ArgumentForm::PlainQuery => format!("args.required_plain({wire})?"),
        ArgumentForm::PlainPart => format!("args.required({wire})?"),
        ArgumentForm::Json => format!("&args.required({wire})?"),
        ArgumentForm::File => format!("args.required_file({wire})?"),
    }
}

/// The runtime's function for an optional argument.
fn optional(form: ArgumentForm) -> &'static str {
    match form {
        ArgumentForm::Body => "body",
        ArgumentForm::Text => "text",
        ArgumentForm::PlainQuery => "plain_query",
        ArgumentForm::PlainPart => "plain_part",
        ArgumentForm::Json => "json",
        ArgumentForm::File => "file",
    }
}

fn send(plan: &DynamicAction, body: &mut String, file: &mut File) {
    let builder = plan.builder.ident();
    let code = match &plan.answer {
        Answer::Empty | Answer::Json(_) | Answer::Optional(_) => {
            return file.row(
                body,
                Place::FreeStatement,
                [Hole::Text(plan.builder.as_str())],
                |[builder]| quote!(args.send(request, typed::#builder::send)),
            );
        }
        Answer::Several(success) => {
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
    };
    file.import("crate", "dynamic");
    file.code(body, Place::FreeStatement, code);
}
