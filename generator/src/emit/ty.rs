//! A use of a type as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::File;
use crate::plan::Ty;

/// Where the runtime's types are.
pub(super) const TYPES: &str = "crate::types";

/// A type inside a module of types.
pub(super) fn local(ty: &Ty, file: &mut File) -> TokenStream {
    tokens(ty, file, false)
}

/// A type inside a module of a resource.
pub(super) fn foreign(ty: &Ty, file: &mut File) -> TokenStream {
    tokens(ty, file, true)
}

fn tokens(ty: &Ty, file: &mut File, foreign: bool) -> TokenStream {
    let mut runtime = |name: &'static str| {
        file.import(TYPES, name);
        let name = quote::format_ident!("{name}");
        quote!(#name)
    };
    match ty {
        Ty::Bool => quote!(bool),
        Ty::Integer => quote!(i64),
        Ty::Float => quote!(f64),
        Ty::Text => quote!(String),
        Ty::Number => runtime("Number"),
        Ty::Id => runtime("Id"),
        Ty::Timestamp => runtime("Timestamp"),
        Ty::Secret => runtime("Secret"),
        Ty::Scalar => runtime("Scalar"),
        Ty::Value => runtime("Value"),
        Ty::Object => {
            let (map, value) = (runtime("Map"), runtime("Value"));
            quote!(#map<String, #value>)
        }
        Ty::Template(inner) => {
            let template = runtime("Template");
            let inner = tokens(inner, file, foreign);
            quote!(#template<#inner>)
        }
        Ty::OneOrMany(inner) => {
            let one_or_many = runtime("OneOrMany");
            let inner = tokens(inner, file, foreign);
            quote!(#one_or_many<#inner>)
        }
        Ty::Map(inner) => {
            let map = runtime("TypedMap");
            let inner = tokens(inner, file, foreign);
            quote!(#map<#inner>)
        }
        Ty::List(inner) => {
            let inner = tokens(inner, file, foreign);
            quote!(Vec<#inner>)
        }
        Ty::Option(inner) => {
            let inner = tokens(inner, file, foreign);
            quote!(Option<#inner>)
        }
        Ty::Boxed(inner) => {
            let inner = tokens(inner, file, foreign);
            quote!(Box<#inner>)
        }
        Ty::Named(name) => {
            let ident = name.ident();
            if foreign {
                file.import("crate::generated", "schemas");
                quote!(schemas::#ident)
            } else {
                file.uses(name);
                quote!(#ident)
            }
        }
        Ty::Param(name) => {
            let ident = name.ident();
            file.import("super", "params");
            quote!(params::#ident)
        }
        Ty::Upload => {
            file.import("crate::upload", "Upload");
            quote!(Upload)
        }
    }
}

/// Whether a function that keeps such a value takes anything that can be made into it.
pub(super) fn is_convertible(ty: &Ty) -> bool {
    match ty {
        Ty::Bool | Ty::Integer | Ty::Float | Ty::Object | Ty::List(_) | Ty::Option(_) => false,
        Ty::Boxed(inner) => is_convertible(inner),
        _ => true,
    }
}

/// The type of an argument, and the expression that makes a value of it.
pub(super) fn argument(ty: &Ty, name: &proc_macro2::Ident, file: &mut File) -> (TokenStream, TokenStream) {
    let (inner, is_boxed) = match ty {
        Ty::Boxed(inner) => (&**inner, true),
        ty => (ty, false),
    };
    let tokens = local(inner, file);
    let (argument, value) = if is_convertible(inner) {
        (quote!(impl Into<#tokens>), quote!(#name.into()))
    } else {
        (tokens, quote!(#name))
    };
    (argument, if is_boxed { quote!(Box::new(#value)) } else { value })
}
