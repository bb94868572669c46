//! Unions as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::file::File;
use super::ty::{self, TYPES};
use super::types::{is_boxed, serde};
use crate::plan::{Form, ToldBy, Ty, Union, Variant};

pub(super) fn union(item: &Union, file: &mut File) {
    for name in ["Blank", "Choice", "Json", "Place", "Union", "Value", "View"] {
        file.import(TYPES, name);
    }
    let (about, name) = (docs(&item.docs), item.name.ident());
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), variant.name.ident());
        let ty = ty::local(&variant.ty, file);
        quote!(#docs #name(#ty),)
    });
    let variants: Vec<TokenStream> = variants.collect();
    file.item(quote!(
        #about
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " Anything else, as it came."]
            Other(Value),
        }
    ));
    let choose = choose(item, file);
    file.item(quote!(
        impl #name {
            #[inline]
            fn choose(mut from: Union<Self>) -> Self {
                #choose
            }
        }
    ));
    file.form("Blank for unions", &name, |name| {
        quote!(
            impl Blank for #name {
                #[inline]
                fn blank() -> Self {
                    Self::Other(Value::Null)
                }
            }
        )
    });
    file.form("Choice", &name, |name| {
        quote!(
            impl Choice for #name {
                #[inline]
                fn take(&mut self, value: Value) {
                    *self = Self::choose(Union::new(value, Self::Other));
                }
            }
        )
    });
    let views: Vec<TokenStream> = item.variants.iter().map(|variant| view(item, variant, file)).collect();
    file.item(quote!(
        impl Json for #name {
            #[inline]
            fn place(&mut self) -> Place<'_> {
                Place::Choice(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                match self {
                    #(#views)*
                    Self::Other(value) => value.view(),
                }
            }
        }
    ));
    serde(&name, file);
    let mut from_text = true;
    for variant in item.variants.iter().filter(|variant| variant.from) {
        from(item, variant, &mut from_text, file);
    }
}

/// How the variants are told apart, each in a line of its own.
fn choose(item: &Union, file: &mut File) -> TokenStream {
    if let Some(tag) = &item.tag {
        let arms = item.variants.iter().filter_map(|variant| {
            let name = variant.name.ident();
            let ToldBy::Tag(values, strip) = &variant.told_by else { return None };
            let method = if *strip { quote!(stripped) } else { quote!(whole) };
            Some(quote!(Some(#(#values)|*) => from.#method(Self::#name),))
        });
        return quote!(match from.tag(#tag) { #(#arms)* _ => from.finish(), });
    }
    if !item.variants.is_empty() {
        file.import(TYPES, "Form");
    }
    let forms = item.variants.iter().filter_map(|variant| match &variant.told_by {
        ToldBy::Form(form) => {
            let (form, name) = (form_tokens(form), variant.name.ident());
            Some(quote!(from.form(#form, Self::#name);))
        }
        ToldBy::Tag(..) => None,
    });
    quote!(#(#forms)* from.finish())
}

fn form_tokens(form: &Form) -> TokenStream {
    match form {
        Form::Boolean => quote!(Form::Boolean),
        Form::Number => quote!(Form::Number),
        Form::Text => quote!(Form::Text),
        Form::Id => quote!(Form::Id),
        Form::Timestamp => quote!(Form::Timestamp),
        Form::TextOf(texts) => quote!(Form::TextOf(&[#(#texts),*])),
        Form::List => quote!(Form::List),
        Form::Object(required, Some(known)) => quote!(Form::Object(&[#(#required),*], Some(&[#(#known),*]))),
        Form::Object(required, None) => quote!(Form::Object(&[#(#required),*], None)),
        Form::Any => quote!(Form::Any),
    }
}

fn view(item: &Union, variant: &Variant, file: &mut File) -> TokenStream {
    let name = variant.name.ident();
    match (&item.tag, &variant.told_by) {
        (Some(tag), ToldBy::Tag(values, true)) if let [value] = &values[..] => {
            file.import(TYPES, "tagged");
            let inner = if is_boxed(&variant.ty) { quote!(&**value) } else { quote!(value) };
            quote!(Self::#name(value) => tagged(#tag, #value, #inner),)
        }
        _ => quote!(Self::#name(value) => value.view(),),
    }
}

fn from(item: &Union, variant: &Variant, from_text: &mut bool, file: &mut File) {
    let (name, variant_name) = (item.name.ident(), variant.name.ident());
    let (inner, value) = match &variant.ty {
        Ty::Boxed(inner) => (&**inner, quote!(Box::new(value))),
        ty => (ty, quote!(value)),
    };
    let tokens = ty::local(inner, file);
    file.item(quote!(
        impl From<#tokens> for #name {
            #[inline]
            fn from(value: #tokens) -> Self {
                Self::#variant_name(#value)
            }
        }
    ));
    // A plain text becomes the first variant that is one.
    if matches!(inner, Ty::Text | Ty::Id | Ty::Timestamp) && std::mem::take(from_text) {
        file.item(quote!(
            impl From<&str> for #name {
                #[inline]
                fn from(value: &str) -> Self {
                    Self::#variant_name(value.into())
                }
            }
        ));
    }
}
