//! An action as text: its facts, the handle's function, its builder and what it answers with.

use std::collections::BTreeSet;

use quote::quote;

use super::file::File;
use super::form::{Hole, Place, literal};
use super::ty::foreign;
use super::{example, line};
use crate::plan::{
    Answer, Events, OperationPlan, PagesPlan, PagingStyle, ParamPlan, ResourcePlan, Success, Travels, Ty,
};

/// Stands before a function whose use the API advises against.
const DEPRECATED: &str = "    #[deprecated = \"the API's documentation says so\"]\n";

/// The handle's function.
pub(super) fn method(plan: &OperationPlan, file: &mut File) -> Result<String, String> {
    let docs = [&plan.docs[..], &[String::new()], &plan.errors, &example::lines(&plan.example)?].concat();
    let mut method = Place::Member.comment(&docs);
    if plan.deprecated {
        method.push_str(DEPRECATED);
    }
    let mut seen = BTreeSet::new();
    let given = plan.path_args.iter().flatten().filter(|(name, kept)| !kept && seen.insert(name));
    let mut parameters = vec!["&self".to_owned()];
    parameters.extend(given.map(|(name, _)| format!("{name}: &str")));
    for argument in &plan.arguments {
        parameters.push(format!("{}: {}", argument.name, argument_type(argument, file)));
    }
    let body = body(plan, file);
    let holes = [
        Hole::Text(plan.method.as_str()),
        Hole::Parameters(&parameters),
        Hole::Text(plan.builder.as_str()),
        Hole::Rows(Place::Statement, &body),
    ];
    file.row(
        &mut method,
        Place::Member,
        holes,
        |[method, parameters, builder, body]| quote!(#[inline] pub fn #method(#parameters) -> #builder { #body }),
    );
    Ok(method)
}

/// The statements that make the request.
fn body(plan: &OperationPlan, file: &mut File) -> String {
    let mut body = String::new();
    let (builder, constant) = (Hole::Text(plan.builder.as_str()), Hole::Text(plan.constant.as_str()));
    let path_args = plan.path_args.as_ref().map(|args| {
        let args = args.iter().map(|(name, kept)| if *kept { format!("&self.{name}") } else { name.to_string() });
        args.collect::<Vec<_>>()
    });
    if plan.arguments.is_empty() && !plan.multipart {
        match &path_args {
            None => file.row(
                &mut body,
                Place::Statement,
                [builder, constant],
                |[builder, constant]| quote!(#builder { request: self.request(&#constant) }),
            ),
            Some(args) => {
                let holes = [builder, constant, Hole::List(args)];
                file.row(&mut body, Place::Statement, holes, |[builder, constant, args]| {
                    quote!(#builder { request: Request::new(&self.client, &#constant, &[#args]) })
                });
            }
        }
        return body;
    }
    match &path_args {
        None => file.row(
            &mut body,
            Place::Statement,
            [constant],
            |[constant]| quote!(let mut request = self.request(&#constant);),
        ),
        Some(args) => file.row(
            &mut body,
            Place::Statement,
            [constant, Hole::List(args)],
            |[constant, args]| quote!(let mut request = Request::new(&self.client, &#constant, &[#args]);),
        ),
    }
    if plan.multipart {
        file.row(&mut body, Place::Statement, [], |[]| quote!(request.multipart();));
    }
    for argument in &plan.arguments {
        fill(argument, "request", argument.name.as_str(), &mut body, file);
    }
    file.row(&mut body, Place::Statement, [builder], |[builder]| quote!(#builder { request }));
    body
}

/// The facts, the builder and the answer.
pub(super) fn operation(resource: &ResourcePlan, plan: &OperationPlan, file: &mut File) {
    let link = format!("[`{}::{}`]", resource.handle, plan.method.plain());
    let scopes: Vec<_> = plan.scopes.iter().map(|scope| literal(scope)).collect();
    let holes = [
        Hole::Text(plan.constant.as_str()),
        Hole::Literal(&literal(&resource.wire)),
        Hole::Literal(&literal(&plan.wire)),
        Hole::Text(plan.http_method),
        Hole::Literal(&literal(&plan.path)),
        Hole::Column(&scopes),
        Hole::Code(if plan.authenticated { "true" } else { "false" }),
    ];
    file.item(
        &[format!("The facts of {link}.")],
        holes,
        |[constant, resource, action, method, path, scopes, authenticated]| {
            quote!(
                pub static #constant: Endpoint = Endpoint {
                    resource: #resource,
                    action: #action,
                    method: Method::#method,
                    path: #path,
                    scopes: &[#scopes],
                    authenticated: #authenticated,
                };
            )
        },
    );
    let builder = Hole::Text(plan.builder.as_str());
    let summary = plan.docs.iter().take_while(|line| !line.is_empty()).cloned();
    let about: Vec<_> = summary.chain([String::new(), format!("The request of {link}.")]).collect();
    let allow = "#[allow(deprecated, reason = \"it documents what is deprecated\")]";
    file.item(&about, [Hole::Code(if plan.deprecated { allow } else { "" }), builder], |[allow, builder]| {
        quote!(
            #allow
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent or awaited"]
            pub struct #builder {
                request: Request,
            }
        )
    });
    let mut members: Vec<String> = plan.setters.iter().map(|setter| self::setter(setter, file)).collect();
    let (answer, send, decode) = answer(&plan.answer, file);
    let about = ["Sends the request.", "", "# Errors", ""].map(str::to_owned);
    let mut member = Place::Member.comment(&about) + &Place::Member.comment(&[format!("As {link} says.")]);
    let answer = Hole::Text(&answer);
    let holes = [answer, Hole::Code(send), Hole::Text(&decode)];
    file.row(
        &mut member,
        Place::Member,
        holes,
        |[answer, send, decode]| quote!(#[inline] pub fn send(self) -> ResponseFuture<#answer> { self.request.#send(#decode) }),
    );
    members.push(member);
    members.extend(plan.pages.as_ref().map(|pages| self::pages(pages, file)));
    file.item(
        &[],
        [builder, Hole::Rows(Place::Member, &members.join("\n"))],
        |[builder, members]| quote!(impl #builder { #members }),
    );
    file.item(&[], [builder], |[builder]| {
        quote!(
            impl RequestOptions for #builder {
                #[inline]
                fn request_mut(&mut self) -> &mut Request {
                    &mut self.request
                }
            }
        )
    });
    file.item(&[], [builder, answer], |[builder, answer]| {
        quote!(
            impl IntoFuture for #builder {
                type Output = Result<#answer, Error>;
                type IntoFuture = ResponseFuture<#answer>;

                #[inline]
                fn into_future(self) -> Self::IntoFuture {
                    self.send()
                }
            }
        )
    });
    match &plan.answer {
        Answer::Several(success) => several(success, file),
        Answer::Events(events) => stream(events, file),
        Answer::Empty | Answer::Json(_) | Answer::Optional(_) => {}
    }
}

/// The functions that go through the pages of a list.
fn pages(plan: &PagesPlan, file: &mut File) -> String {
    for name in ["Items", "Pages", "Paging"] {
        file.import("crate::paging", name);
    }
    let (page, item) = (foreign(&plan.page, file), foreign(&plan.item, file));
    let style = Hole::Code(match plan.style {
        PagingStyle::Page => "Page",
        PagingStyle::Offset => "Offset",
        PagingStyle::After => "After",
    });
    let size = plan.size.map_or_else(|| "None".to_owned(), |size| format!("Some({size})"));
    let size = Hole::Text(&size);
    let about = "Goes through the list page by page, from the page that is asked for or the first.";
    let mut pages = Place::Member.comment(&line(about));
    file.row(&mut pages, Place::Member, [Hole::Text(&page), style, size], |[page, style, size]| {
        quote!(#[inline] pub fn by_page(self) -> Pages<#page> { self.request.pages(Paging::#style(#size), decode::json) })
    });
    let about = "Goes through the items of all pages, from the page that is asked for or the first.";
    pages.push('\n');
    pages += &Place::Member.comment(&line(about));
    file.row(&mut pages, Place::Member, [Hole::Text(&item), style, size], |[item, style, size]| {
        quote!(#[inline] pub fn by_item(self) -> Items<#item> { self.request.items(Paging::#style(#size), decode::items) })
    });
    pages
}

fn setter(plan: &ParamPlan, file: &mut File) -> String {
    let mut setter = Place::Member.comment(&plan.docs);
    if plan.deprecated {
        setter.push_str(DEPRECATED);
    }
    let mut statement = String::new();
    fill(plan, "self.request", "value", &mut statement, file);
    let ty = argument_type(plan, file);
    let holes = [Hole::Text(plan.name.as_str()), Hole::Text(&ty), Hole::Rows(Place::Statement, &statement)];
    file.row(&mut setter, Place::Member, holes, |[name, ty, statement]| {
        quote!(
            #[inline]
            pub fn #name(mut self, value: #ty) -> Self {
                #statement
                self
            }
        )
    });
    setter
}

/// The type under which a function takes an argument.
fn argument_type(plan: &ParamPlan, file: &mut File) -> String {
    let ty = foreign(&plan.ty, file);
    match (plan.travels, &plan.ty) {
        (Travels::Body | Travels::QueryJson | Travels::QueryBrackets | Travels::PartJson, _) => format!("&{ty}"),
        (_, Ty::Text | Ty::Id | Ty::Param(_)) => format!("impl Into<{ty}>"),
        _ => ty,
    }
}

/// The statement that puts an argument into the request.
fn fill(plan: &ParamPlan, request: &'static str, value: &str, out: &mut String, file: &mut File) {
    let text = match &plan.ty {
        Ty::Id | Ty::Param(_) => ".into().as_str()",
        Ty::Text => ".into()",
        _ => "",
    };
    let part = match &plan.ty {
        Ty::Bool | Ty::Integer | Ty::Float => ".to_string()",
        Ty::Text => "",
        _ => text,
    };
    let (method, made) = match plan.travels {
        Travels::Body => ("json", ""),
        Travels::Query => ("query", text),
        Travels::QueryJson => ("query_json", ""),
        Travels::QueryBrackets => ("query_brackets", ""),
        Travels::Header => ("header", part),
        Travels::PartText => ("part_text", part),
        Travels::PartJson => ("part_json", ""),
        Travels::PartFile => ("part_file", ""),
    };
    let (request, method, value) = (Hole::Code(request), Hole::Code(method), Hole::Text(value));
    if plan.travels == Travels::Body {
        let holes = [request, method, value];
        file.row(out, Place::Statement, holes, |[request, method, value]| quote!(#request.#method(#value);));
        return;
    }
    let holes = [request, method, Hole::Literal(&literal(&plan.wire)), value, Hole::Code(made)];
    file.row(
        out,
        Place::Statement,
        holes,
        |[request, method, wire, value, made]| quote!(#request.#method(#wire, #value #made);),
    );
}

/// The type of the answer, the function that sends and the one that decodes.
fn answer(answer: &Answer, file: &mut File) -> (String, &'static str, String) {
    match answer {
        Answer::Empty => ("()".to_owned(), "send", "decode::empty".to_owned()),
        Answer::Json(ty) => (foreign(ty, file), "send", "decode::json".to_owned()),
        Answer::Optional(ty) => (format!("Option<{}>", foreign(ty, file)), "send", "decode::optional".to_owned()),
        Answer::Several(success) => (success.name.to_string(), "send", format!("{}::decode", success.name)),
        Answer::Events(events) => {
            file.import("crate::stream", "EventStream");
            (format!("EventStream<{}>", events.name), "stream", format!("{}::decode", events.name))
        }
    }
}

fn several(success: &Success, file: &mut File) {
    file.import("crate::response", "RawResponse");
    let (mut variants, mut arms, mut last) = (String::new(), String::new(), String::new());
    for (at, variant) in success.variants.iter().enumerate() {
        let name = Hole::Text(variant.name.as_str());
        variants += &Place::Variant.comment(&variant.docs);
        if let Some(ty) = &variant.ty {
            let ty = foreign(ty, file);
            file.row(&mut variants, Place::Variant, [name, Hole::Text(&ty)], |[name, ty]| quote!(#name(#ty),));
        } else {
            file.row(&mut variants, Place::Variant, [name], |[name]| quote!(#name,));
        }
        // An undocumented success is taken for the first one.
        let codes: Vec<_> = variant.codes.iter().map(ToString::to_string).collect();
        let (codes, arms) = if at == 0 { ("_".to_owned(), &mut last) } else { (codes.join(" | "), &mut arms) };
        let holes = [Hole::Text(&codes), name];
        if variant.ty.is_some() {
            file.row(
                arms,
                Place::Arm,
                holes,
                |[codes, name]| quote!(#codes => decode::json(response).map(Self::#name),),
            );
        } else {
            file.row(arms, Place::Arm, holes, |[codes, name]| quote!(#codes => Ok(Self::#name),));
        }
    }
    arms += &last;
    let name = Hole::Text(success.name.as_str());
    file.item(&success.docs, [name, Hole::Rows(Place::Variant, &variants)], |[name, variants]| {
        quote!(
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #variants
            }
        )
    });
    file.item(&[], [name, Hole::Rows(Place::Arm, &arms)], |[name, arms]| {
        quote!(
            impl #name {
                #[inline]
                fn decode(response: RawResponse) -> Result<Self, Error> {
                    match response.status().as_u16() {
                        #arms
                    }
                }
            }
        )
    });
}

fn stream(events: &Events, file: &mut File) {
    file.import("crate::stream", "EventMessage");
    let (mut variants, mut arms) = (String::new(), String::new());
    for variant in &events.variants {
        let name = Hole::Text(variant.name.as_str());
        variants += &Place::Variant.comment(&variant.docs);
        let ty = foreign(&variant.ty, file);
        file.row(&mut variants, Place::Variant, [name, Hole::Text(&ty)], |[name, ty]| quote!(#name(#ty),));
        let wire = literal(&variant.wire);
        let holes = [Hole::Literal(&wire), name];
        if variant.ty == Ty::Text {
            file.row(
                &mut arms,
                Place::Arm,
                holes,
                |[wire, name]| quote!(#wire => Ok(Self::#name(message.data().to_owned())),),
            );
        } else {
            file.row(&mut arms, Place::Arm, holes, |[wire, name]| quote!(#wire => message.read().map(Self::#name),));
        }
    }
    let name = Hole::Text(events.name.as_str());
    file.item(&events.docs, [name, Hole::Rows(Place::Variant, &variants)], |[name, variants]| {
        quote!(
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name {
                #variants
                #[doc = " An event that the documentation does not list."]
                Other(EventMessage),
            }
        )
    });
    file.item(&[], [name, Hole::Rows(Place::Arm, &arms)], |[name, arms]| {
        quote!(
            impl #name {
                #[inline]
                fn decode(message: EventMessage) -> Result<Self, Error> {
                    match message.name() {
                        #arms
                        _ => Ok(Self::Other(message)),
                    }
                }
            }
        )
    });
}
