//! An action as tokens: its facts, the handle's function, its builder and what it answers with.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::file::File;
use super::ty::foreign;
use super::{docs, example};
use crate::plan::{
    Answer, Events, OperationPlan, PagesPlan, PagingStyle, ParamPlan, ResourcePlan, Success, Travels, Ty,
};

/// The handle's function.
pub(super) fn method(plan: &OperationPlan, file: &mut File) -> Result<TokenStream, String> {
    let (name, builder, constant) = (plan.method.ident(), plan.builder.ident(), plan.constant.ident());
    let docs = docs(&[&plan.docs[..], &[String::new()], &plan.errors, &example::lines(&plan.example)?].concat());
    let deprecated = plan.deprecated.then(|| quote!(#[deprecated = "the API's documentation says so"]));
    let path_args = plan.path_args.iter().flatten().filter(|(_, kept)| !kept).map(|(name, _)| name.ident());
    let mut seen = std::collections::BTreeSet::new();
    let path_args: Vec<_> = path_args.filter(|name| seen.insert(name.to_string())).collect();
    let mut arguments: Vec<TokenStream> = path_args.iter().map(|name| quote!(#name: &str)).collect();
    arguments.extend(plan.arguments.iter().map(|argument| {
        let (name, ty) = (argument.name.ident(), argument_type(argument, file));
        quote!(#name: #ty)
    }));
    let request = match &plan.path_args {
        None => quote!(self.request(&#constant)),
        Some(args) => {
            let args = args.iter().map(|(name, kept)| {
                let name = name.ident();
                if *kept { quote!(&self.#name) } else { quote!(#name) }
            });
            quote!(Request::new(&self.client, &#constant, &[#(#args),*]))
        }
    };
    let fills = plan.arguments.iter().map(|argument| {
        let name = argument.name.ident();
        fill(argument, &quote!(request), &quote!(#name))
    });
    let form = plan.multipart.then(|| quote!(request.multipart();));
    let body = if plan.arguments.is_empty() && !plan.multipart {
        quote!(#builder { request: #request })
    } else {
        quote!(let mut request = #request; #form #(#fills)* #builder { request })
    };
    Ok(quote!(
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #builder {
            #body
        }
    ))
}

/// The facts, the builder and the answer.
pub(super) fn operation(resource: &ResourcePlan, plan: &OperationPlan, file: &mut File) {
    let (constant, builder) = (plan.constant.ident(), plan.builder.ident());
    let (resource_name, action, path, scopes) = (&resource.wire, &plan.wire, &plan.path, &plan.scopes);
    let (method, authenticated) = (format_ident!("{}", plan.http_method), plan.authenticated);
    let about = docs(&[format!("The facts of [`{}::{}`].", resource.handle, plan.method.plain())]);
    file.item(quote!(
        #about
        pub static #constant: Endpoint = Endpoint {
            resource: #resource_name,
            action: #action,
            method: Method::#method,
            path: #path,
            scopes: &[#(#scopes),*],
            authenticated: #authenticated,
        };
    ));
    let link = format!("The request of [`{}::{}`].", resource.handle, plan.method.plain());
    let summary = plan.docs.iter().take_while(|line| !line.is_empty()).cloned();
    let about = docs(&summary.chain([String::new(), link]).collect::<Vec<_>>());
    let allow = plan.deprecated.then(|| quote!(#[allow(deprecated, reason = "it documents what is deprecated")]));
    file.item(quote!(
        #about
        #allow
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent or awaited"]
        pub struct #builder {
            request: Request,
        }
    ));
    let setters: Vec<TokenStream> = plan.setters.iter().map(|setter| self::setter(setter, file)).collect();
    let (answer, send, decode) = answer(&plan.answer, file);
    let pages = plan.pages.as_ref().map(|pages| self::pages(pages, file));
    let errors = docs(&[format!("As [`{}::{}`] says.", resource.handle, plan.method.plain())]);
    file.item(quote!(
        impl #builder {
            #(#setters)*

            #[doc = " Sends the request."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #errors
            #[inline]
            pub fn send(self) -> ResponseFuture<#answer> {
                self.request.#send(#decode)
            }

            #pages
        }
    ));
    file.form("RequestOptions", &builder, |builder| {
        quote!(
            impl RequestOptions for #builder {
                #[inline]
                fn request_mut(&mut self) -> &mut Request {
                    &mut self.request
                }
            }
        )
    });
    file.item(quote!(
        impl IntoFuture for #builder {
            type Output = Result<#answer, Error>;
            type IntoFuture = ResponseFuture<#answer>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    ));
    match &plan.answer {
        Answer::Several(success) => several(success, file),
        Answer::Events(events) => stream(events, file),
        Answer::Empty | Answer::Json(_) | Answer::Optional(_) => {}
    }
}

/// The functions that go through the pages of a list.
fn pages(plan: &PagesPlan, file: &mut File) -> TokenStream {
    for name in ["Items", "Pages", "Paging"] {
        file.import("crate::paging", name);
    }
    let (page, item) = (foreign(&plan.page, file), foreign(&plan.item, file));
    let style = format_ident!(
        "{}",
        match plan.style {
            PagingStyle::Page => "Page",
            PagingStyle::Offset => "Offset",
            PagingStyle::After => "After",
        }
    );
    let size = plan.size.map(Literal::u64_unsuffixed).map_or_else(|| quote!(None), |size| quote!(Some(#size)));
    quote!(
        #[doc = " Goes through the list page by page, from the page that is asked for or the first."]
        #[inline]
        pub fn by_page(self) -> Pages<#page> {
            self.request.pages(Paging::#style(#size), decode::json)
        }

        #[doc = " Goes through the items of all pages, from the page that is asked for or the first."]
        #[inline]
        pub fn by_item(self) -> Items<#item> {
            self.request.items(Paging::#style(#size), decode::items)
        }
    )
}

fn setter(plan: &ParamPlan, file: &mut File) -> TokenStream {
    let (docs, name) = (docs(&plan.docs), plan.name.ident());
    let ty = argument_type(plan, file);
    let deprecated = plan.deprecated.then(|| quote!(#[deprecated = "the API's documentation says so"]));
    let statement = fill(plan, &quote!(self.request), &quote!(value));
    quote!(
        #docs
        #deprecated
        #[inline]
        pub fn #name(mut self, value: #ty) -> Self {
            #statement
            self
        }
    )
}

/// The type under which a function takes an argument.
fn argument_type(plan: &ParamPlan, file: &mut File) -> TokenStream {
    let ty = foreign(&plan.ty, file);
    match (plan.travels, &plan.ty) {
        (Travels::Body | Travels::QueryJson | Travels::QueryBrackets | Travels::PartJson, _) => quote!(&#ty),
        (_, Ty::Text | Ty::Id | Ty::Param(_)) => quote!(impl Into<#ty>),
        _ => ty,
    }
}

/// The statement that puts an argument into the request.
fn fill(plan: &ParamPlan, request: &TokenStream, value: &TokenStream) -> TokenStream {
    let wire = &plan.wire;
    let text = match &plan.ty {
        Ty::Id | Ty::Param(_) => quote!(#value.into().as_str()),
        Ty::Text => quote!(#value.into()),
        _ => quote!(#value),
    };
    let part = match &plan.ty {
        Ty::Bool | Ty::Integer | Ty::Float => quote!(#value.to_string()),
        Ty::Text => quote!(#value),
        _ => text.clone(),
    };
    match plan.travels {
        Travels::Body => quote!(#request.json(#value);),
        Travels::Query => quote!(#request.query(#wire, #text);),
        Travels::QueryJson => quote!(#request.query_json(#wire, #value);),
        Travels::QueryBrackets => quote!(#request.query_brackets(#wire, #value);),
        Travels::Header => quote!(#request.header(#wire, #part);),
        Travels::PartText => quote!(#request.part_text(#wire, #part);),
        Travels::PartJson => quote!(#request.part_json(#wire, #value);),
        Travels::PartFile => quote!(#request.part_file(#wire, #value);),
    }
}

/// The type of the answer, the function that sends and the one that decodes.
fn answer(answer: &Answer, file: &mut File) -> (TokenStream, TokenStream, TokenStream) {
    match answer {
        Answer::Empty => (quote!(()), quote!(send), quote!(decode::empty)),
        Answer::Json(ty) => (foreign(ty, file), quote!(send), quote!(decode::json)),
        Answer::Optional(ty) => {
            let ty = foreign(ty, file);
            (quote!(Option<#ty>), quote!(send), quote!(decode::optional))
        }
        Answer::Several(success) => {
            let name = success.name.ident();
            (quote!(#name), quote!(send), quote!(#name::decode))
        }
        Answer::Events(events) => {
            file.import("crate::stream", "EventStream");
            let name = events.name.ident();
            (quote!(EventStream<#name>), quote!(stream), quote!(#name::decode))
        }
    }
}

fn several(success: &Success, file: &mut File) {
    file.import("crate::response", "RawResponse");
    let (about, name) = (docs(&success.docs), success.name.ident());
    let variants: Vec<TokenStream> = success
        .variants
        .iter()
        .map(|variant| {
            let (docs, name) = (docs(&variant.docs), variant.name.ident());
            let ty = variant.ty.as_ref().map(|ty| foreign(ty, file)).map(|ty| quote!((#ty)));
            quote!(#docs #name #ty,)
        })
        .collect();
    file.item(quote!(
        #about
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    ));
    // An undocumented success is taken for the first one.
    let mut arms = Vec::new();
    let mut last = quote!();
    for (at, variant) in success.variants.iter().enumerate() {
        let name = variant.name.ident();
        let value = if variant.ty.is_some() {
            quote!(decode::json(response).map(Self::#name))
        } else {
            quote!(Ok(Self::#name))
        };
        if at == 0 {
            last = quote!(_ => #value,);
        } else {
            let codes = variant.codes.iter().map(|code| Literal::u16_unsuffixed(*code));
            arms.push(quote!(#(#codes)|* => #value,));
        }
    }
    file.item(quote!(
        impl #name {
            #[inline]
            fn decode(response: RawResponse) -> Result<Self, Error> {
                match response.status().as_u16() {
                    #(#arms)*
                    #last
                }
            }
        }
    ));
}

fn stream(events: &Events, file: &mut File) {
    file.import("crate::stream", "EventMessage");
    let (about, name) = (docs(&events.docs), events.name.ident());
    let variants: Vec<TokenStream> = events
        .variants
        .iter()
        .map(|variant| {
            let (docs, name) = (docs(&variant.docs), variant.name.ident());
            let ty = foreign(&variant.ty, file);
            quote!(#docs #name(#ty),)
        })
        .collect();
    file.item(quote!(
        #about
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " An event that the documentation does not list."]
            Other(EventMessage),
        }
    ));
    let arms = events.variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, variant.name.ident());
        let value = if variant.ty == Ty::Text {
            quote!(Ok(Self::#name(message.data().to_owned())))
        } else {
            quote!(message.read().map(Self::#name))
        };
        quote!(#wire => #value,)
    });
    file.item(quote!(
        impl #name {
            #[inline]
            fn decode(message: EventMessage) -> Result<Self, Error> {
                match message.name() {
                    #(#arms)*
                    _ => Ok(Self::Other(message)),
                }
            }
        }
    ));
}
