//! Structs, enums and aliases as tokens.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::file::File;
use super::ty::{self, TYPES};
use crate::plan::{Alias, Enum, Field, Mode, Struct, Ty};

pub(super) fn alias(item: &Alias, file: &mut File) {
    let (docs, name) = (docs(&item.docs), item.name.ident());
    let ty = ty::local(&item.ty, file);
    file.item(quote!(#docs pub type #name = #ty;));
}

pub(super) fn enumeration(item: &Enum, file: &mut File) {
    for name in ["OpenEnum", "UnknownValue", "open_enum"] {
        file.import(TYPES, name);
    }
    let (docs, name) = (docs(&item.docs), item.name.ident());
    let variants: Vec<_> = item.values.iter().map(|(_, variant)| variant.ident()).collect();
    let values: Vec<_> = item.values.iter().map(|(value, _)| value).collect();
    let about = item.values.iter().map(|(value, _)| format!(" {}", crate::plan::doc::code(value)));
    file.item(quote!(
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #about] #variants,)*
            #[doc = " A value that the documentation does not list."]
            Unknown(UnknownValue),
        }
    ));
    file.item(quote!(
        impl OpenEnum for #name {
            fn known(value: &str) -> Option<Self> {
                match value {
                    #(#values => Some(Self::#variants),)*
                    _ => None,
                }
            }

            fn unknown(value: UnknownValue) -> Self {
                Self::Unknown(value)
            }

            fn text(&self) -> Result<&'static str, &UnknownValue> {
                match self {
                    #(Self::#variants => Ok(#values),)*
                    Self::Unknown(value) => Err(value),
                }
            }
        }
    ));
    file.item(quote!(open_enum!(#name);));
}

pub(super) fn structure(item: &Struct, file: &mut File) {
    for name in ["Blank", "Extra", "FieldReader", "FieldWriter", "MapAccess", "Object", "SerializeMap", "object"] {
        file.import(TYPES, name);
    }
    let (docs, name) = (docs(&item.docs), item.name.ident());
    let fields: Vec<TokenStream> = item.fields.iter().map(|field| declaration(field, file)).collect();
    let rest = item.rest.as_ref().map(|rest| {
        file.import(TYPES, "BTreeMap");
        let rest = ty::local(rest, file);
        quote!(#[doc = " The properties beyond the fields."] pub rest: BTreeMap<String, #rest>,)
    });
    let default = item.has_default().then(|| quote!(Default,));
    file.item(quote!(
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #rest
            #[doc = " Fields that the documentation does not know."]
            pub extra: Extra,
        }
    ));
    let functions = functions(item, file);
    if !functions.is_empty() {
        file.item(quote!(impl #name { #(#functions)* }));
    }
    let blank = if item.has_default() {
        quote!(Self::default())
    } else {
        let names = item.fields.iter().map(|field| field.name.ident());
        let rest = item.rest.as_ref().map(|_| quote!(rest: Blank::blank(),));
        quote!(Self { #(#names: Blank::blank(),)* #rest extra: Blank::blank() })
    };
    file.item(quote!(impl Blank for #name { fn blank() -> Self { #blank } }));
    object(item, file);
    file.item(quote!(object!(#name);));
}

fn declaration(field: &Field, file: &mut File) -> TokenStream {
    let (docs, name) = (docs(&field.docs), field.name.ident());
    let ty = ty::local(&field.ty, file);
    let ty = match field.mode {
        Mode::Required => ty,
        Mode::Optional => quote!(Option<#ty>),
        Mode::Patch => {
            file.import(TYPES, "Patch");
            quote!(Patch<#ty>)
        }
    };
    quote!(#docs pub #name: #ty,)
}

/// The constructor and the setters.
fn functions(item: &Struct, file: &mut File) -> Vec<TokenStream> {
    let mut functions = Vec::new();
    if !item.has_default() {
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for field in &item.fields {
            let name = field.name.ident();
            if field.mode == Mode::Required {
                let (argument, value) = ty::argument(&field.ty, &name, file);
                arguments.push(quote!(#name: #argument));
                values.push(if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) });
            } else {
                let nothing = if field.mode == Mode::Patch { quote!(Patch::Keep) } else { quote!(None) };
                values.push(quote!(#name: #nothing));
            }
        }
        let rest = item.rest.as_ref().map(|_| quote!(rest: BTreeMap::new(),));
        functions.push(quote!(
            #[doc = " With what is required; everything else is left out."]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #rest extra: Extra::default() }
            }
        ));
    }
    if !item.built_by_users {
        return functions;
    }
    for field in item.fields.iter().filter(|field| field.mode != Mode::Required) {
        let (name, setter) = (field.name.ident(), field.setter.ident());
        let value = quote::format_ident!("value");
        let (argument, value) = if field.mode == Mode::Patch {
            let ty = ty::local(&field.ty, file);
            (quote!(impl Into<Patch<#ty>>), quote!(value.into()))
        } else {
            let (argument, value) = ty::argument(&field.ty, &value, file);
            (argument, quote!(Some(#value)))
        };
        let about = format!(" Sets the field `{}`.", field.name.plain());
        functions.push(quote!(
            #[doc = #about]
            #[must_use]
            pub fn #setter(mut self, value: #argument) -> Self {
                self.#name = #value;
                self
            }
        ));
    }
    functions
}

/// What the runtime asks of the struct.
fn object(item: &Struct, file: &mut File) {
    let name = item.name.ident();
    let wires = item.fields.iter().map(|field| &field.wire);
    let required: Vec<Literal> = item
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.mode == Mode::Required)
        .map(|(at, _)| Literal::usize_unsuffixed(at))
        .collect();
    let required = (!required.is_empty()).then(|| quote!(const REQUIRED: &'static [usize] = &[#(#required),*];));
    let calls: Vec<(TokenStream, proc_macro2::Ident)> = item
        .fields
        .iter()
        .map(|field| {
            let method = match field.mode {
                Mode::Required => quote!(required),
                Mode::Optional => quote!(optional),
                Mode::Patch => quote!(patch),
            };
            (method, field.name.ident())
        })
        .collect();
    let reads: Vec<TokenStream> = calls.iter().map(|(method, name)| quote!(from.#method(&mut self.#name))).collect();
    let (field, read, from) = match &reads[..] {
        [] => (quote!(_), quote!(Ok(())), quote!(_)),
        [only] => (quote!(_), quote!(#only), quote!(from)),
        [first @ .., last] => {
            let at = (0..first.len()).map(Literal::usize_unsuffixed);
            (quote!(field), quote!(match field { #(#at => #first,)* _ => #last, }), quote!(from))
        }
    };
    let writes = calls.iter().enumerate().map(|(at, (method, name))| {
        let at = Literal::usize_unsuffixed(at);
        quote!(to.#method(#at, &self.#name);)
    });
    let rest = item.rest.as_ref().map(|_| quote!(to.rest(&self.rest);));
    let to = if calls.is_empty() && rest.is_none() { quote!(_) } else { quote!(to) };
    let keep = item.rest.as_ref().map(|_| {
        file.import(TYPES, "Value");
        file.import(TYPES, "keep_rest");
        quote!(
            fn keep(&mut self, name: String, value: Value) {
                keep_rest(&mut self.rest, &mut self.extra, name, value);
            }
        )
    });
    file.item(quote!(
        impl Object for #name {
            const FIELDS: &'static [&'static str] = &[#(#wires),*];
            #required

            fn read<'de, A: MapAccess<'de>>(&mut self, #field: usize, #from: &mut FieldReader<'_, A>) -> Result<(), A::Error> {
                #read
            }

            fn write<M: SerializeMap>(&self, #to: &mut FieldWriter<'_, M>) {
                #(#writes)*
                #rest
            }

            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }

            #keep
        }
    ));
}

/// Whether a type is a generated one that its union boxes.
pub(super) fn is_boxed(ty: &Ty) -> bool {
    matches!(ty, Ty::Boxed(_))
}
