//! Unions as tokens.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::file::File;
use super::ty::{self, TYPES};
use super::types::is_boxed;
use crate::plan::{Form, ToldBy, Ty, Union, Variant};

pub(super) fn union(item: &Union, file: &mut File) {
    for name in ["Serialize", "Serializer", "Telling", "Union", "Value", "union"] {
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
    let telling = telling(item, file);
    let reads: Vec<TokenStream> = item
        .variants
        .iter()
        .map(|variant| {
            let name = variant.name.ident();
            quote!(variant(value).map(Self::#name))
        })
        .collect();
    let (at, read, value) = match &reads[..] {
        [] => (quote!(_), quote!(Ok(Self::Other(value.clone()))), quote!(value)),
        [only] => (quote!(_), quote!(#only), quote!(value)),
        [first @ .., last] => {
            let numbers = (0..first.len()).map(Literal::usize_unsuffixed);
            (quote!(at), quote!(match at { #(#numbers => #first,)* _ => #last, }), quote!(value))
        }
    };
    if !reads.is_empty() {
        file.import(TYPES, "variant");
    }
    let writes: Vec<TokenStream> = item.variants.iter().map(|variant| write(item, variant, file)).collect();
    file.item(quote!(
        impl Union for #name {
            const TELLING: Telling = #telling;

            fn read(#at: usize, #value: &Value) -> Result<Self, serde_json::Error> {
                #read
            }

            fn other(value: Value) -> Self {
                Self::Other(value)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes)*
                    Self::Other(value) => value.serialize(serializer),
                }
            }
        }
    ));
    file.item(quote!(union!(#name);));
    let mut from_text = true;
    for variant in item.variants.iter().filter(|variant| variant.from) {
        from(item, variant, &mut from_text, file);
    }
}

fn telling(item: &Union, file: &mut File) -> TokenStream {
    if let Some(tag) = &item.tag {
        let mut values = Vec::new();
        for (at, variant) in item.variants.iter().enumerate() {
            let at = Literal::usize_unsuffixed(at);
            if let ToldBy::Tag(texts, strip) = &variant.told_by {
                values.extend(texts.iter().map(|text| quote!((#text, #at, #strip))));
            }
        }
        return quote!(Telling::Tag(#tag, &[#(#values),*]));
    }
    if !item.variants.is_empty() {
        file.import(TYPES, "Form");
    }
    let forms = item.variants.iter().filter_map(|variant| match &variant.told_by {
        ToldBy::Form(form) => Some(form_tokens(form)),
        ToldBy::Tag(..) => None,
    });
    quote!(Telling::Forms(&[#(#forms),*]))
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

fn write(item: &Union, variant: &Variant, file: &mut File) -> TokenStream {
    let name = variant.name.ident();
    match (&item.tag, &variant.told_by) {
        (Some(tag), ToldBy::Tag(values, true)) if let [value] = &values[..] => {
            file.import(TYPES, "tagged");
            let inner = if is_boxed(&variant.ty) { quote!(&**value) } else { quote!(value) };
            quote!(Self::#name(value) => tagged(#tag, #value, #inner, serializer),)
        }
        _ => quote!(Self::#name(value) => value.serialize(serializer),),
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
            fn from(value: #tokens) -> Self {
                Self::#variant_name(#value)
            }
        }
    ));
    // A plain text becomes the first variant that is one.
    if matches!(inner, Ty::Text | Ty::Id | Ty::Timestamp) && std::mem::take(from_text) {
        file.item(quote!(
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant_name(value.into())
                }
            }
        ));
    }
}
