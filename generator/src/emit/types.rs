//! Structs, enums and aliases as tokens.

use proc_macro2::{Ident, TokenStream};
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
    file.import("std", "fmt");
    for name in ["Blank", "Enumeration", "UnknownValue"] {
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
        impl #name {
            #[doc = " The value as it stands on the wire."]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }
    ));
    file.item(quote!(
        impl From<&str> for #name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::Unknown(value.into()),
                }
            }
        }
    ));
    file.form("From<String>", &name, |name| {
        quote!(
            impl From<String> for #name {
                #[inline]
                fn from(value: String) -> Self {
                    Self::from(&value[..])
                }
            }
        )
    });
    file.form("Display", &name, |name| {
        quote!(
            impl fmt::Display for #name {
                #[inline]
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.as_str())
                }
            }
        )
    });
    file.form("Blank for enums", &name, |name| {
        quote!(
            impl Blank for #name {
                #[inline]
                fn blank() -> Self {
                    Self::from("")
                }
            }
        )
    });
    file.form("Enumeration", &name, |name| {
        quote!(
            impl Enumeration for #name {
                #[inline]
                fn set(&mut self, text: &str) {
                    *self = text.into();
                }

                #[inline]
                fn set_unknown(&mut self, value: UnknownValue) {
                    *self = Self::Unknown(value);
                }
            }
        )
    });
    file.form("Json for enums", &name, |name| {
        quote!(
            impl Json for #name {
                #[inline]
                fn place(&mut self) -> Place<'_> {
                    Place::Enumeration(self)
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    match self {
                        Self::Unknown(value) => value.view(),
                        known => View::Text(known.as_str()),
                    }
                }
            }
        )
    });
    for name in ["Json", "Place", "View"] {
        file.import(TYPES, name);
    }
    serde(&name, file);
}

/// Every type is read and written by the same functions, which know no types.
pub(super) fn serde(name: &Ident, file: &mut File) {
    for name in ["Deserialize", "Deserializer", "Serialize", "Serializer", "read", "write"] {
        file.import(TYPES, name);
    }
    file.form("Deserialize", name, |name| {
        quote!(
            impl<'de> Deserialize<'de> for #name {
                #[inline]
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    read(from)
                }
            }
        )
    });
    file.form("Serialize", name, |name| {
        quote!(
            impl Serialize for #name {
                #[inline]
                fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    write(self, to)
                }
            }
        )
    });
}

pub(super) fn structure(item: &Struct, file: &mut File) {
    for name in ["Blank", "Extra", "FieldReader", "FieldWriter", "Json", "Object", "Place", "Shape", "View"] {
        file.import(TYPES, name);
    }
    let (docs, name) = (docs(&item.docs), item.name.ident());
    let fields: Vec<TokenStream> = item.fields.iter().map(|field| declaration(field, file)).collect();
    let rest = item.rest.as_ref().map(|rest| {
        file.import(TYPES, "TypedMap");
        let rest = ty::local(rest, file);
        quote!(#[doc = " The properties beyond the fields."] pub rest: TypedMap<#rest>,)
    });
    let default = item.has_default().then(|| quote!(Default,));
    file.item(quote!(
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #rest
            #[doc = " What the documentation does not know."]
            pub extra: Extra,
        }
    ));
    let functions = functions(item, file);
    if !functions.is_empty() {
        file.item(quote!(impl #name { #(#functions)* }));
    }
    object(item, file);
    file.form("Json for structs", &name, |name| {
        quote!(
            impl Json for #name {
                #[inline]
                fn place(&mut self) -> Place<'_> {
                    Place::Object(self)
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    View::Object(self, None)
                }
            }
        )
    });
    serde(&name, file);
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
        let rest = item.rest.as_ref().map(|_| quote!(rest: TypedMap::new(),));
        functions.push(quote!(
            #[doc = " With what is required; everything else is left out."]
            #[inline]
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
            #[inline]
            pub fn #setter(mut self, value: #argument) -> Self {
                self.#name = #value;
                self
            }
        ));
    }
    functions
}

/// What the runtime asks of the struct. Every line speaks of one field by its name, so that a field more or less
/// changes no line of another one.
fn object(item: &Struct, file: &mut File) {
    let name = item.name.ident();
    let wires: Vec<_> = item.fields.iter().map(|field| &field.wire).collect();
    let required: Vec<_> =
        item.fields.iter().filter(|field| field.mode == Mode::Required).map(|field| &field.wire).collect();
    let strict = item.strict;
    let blank = if item.has_default() {
        quote!(Self::default())
    } else {
        let fields = item.fields.iter().map(|field| {
            let name = field.name.ident();
            let is_box = field.mode == Mode::Required && is_boxed(&field.ty);
            if is_box { quote!(#name: Box::new(Blank::blank()),) } else { quote!(#name: Blank::blank(),) }
        });
        let rest = item.rest.as_ref().map(|_| quote!(rest: Blank::blank(),));
        quote!(Self { #(#fields)* #rest extra: Blank::blank() })
    };
    let reads = item.fields.iter().map(|field| {
        let (name, wire) = (field.name.ident(), &field.wire);
        match field.mode {
            Mode::Required => quote!(#wire => from.required(&mut self.#name),),
            Mode::Optional if is_list(field) => quote!(#wire => from.list(&mut self.#name),),
            Mode::Optional => quote!(#wire => from.optional(&mut self.#name),),
            Mode::Patch => quote!(#wire => from.patch(&mut self.#name),),
        }
    });
    let beyond = if item.rest.is_some() { quote!(from.rest(&mut self.rest)) } else { quote!(from.unknown()) };
    let read = if item.fields.is_empty() { beyond } else { quote!(match from.name { #(#reads)* _ => #beyond, }) };
    let writes = item.fields.iter().map(|field| {
        let (name, wire) = (field.name.ident(), &field.wire);
        match field.mode {
            Mode::Required => quote!(to.required(#wire, &self.#name);),
            Mode::Optional if is_list(field) => quote!(to.list(#wire, &self.#name);),
            Mode::Optional => quote!(to.optional(#wire, &self.#name);),
            Mode::Patch => quote!(to.patch(#wire, &self.#name);),
        }
    });
    let rest = item.rest.as_ref().map(|_| quote!(to.rest(&self.rest);));
    let to = if item.fields.is_empty() && rest.is_none() { quote!(_) } else { quote!(to) };
    file.item(quote!(
        impl Blank for #name {
            #[inline]
            fn blank() -> Self {
                #blank
            }
        }
    ));
    file.item(quote!(
        impl Object for #name {
            #[inline]
            fn shape(&self) -> Shape {
                Shape { fields: &[#(#wires),*], required: &[#(#required),*], strict: #strict }
            }

            #[inline]
            fn read(&mut self, from: &mut FieldReader<'_>) {
                #read
            }

            #[inline]
            fn write(&self, #to: &mut FieldWriter<'_>) {
                #(#writes)*
                #rest
            }

            #[inline]
            fn extra(&self) -> &Extra {
                &self.extra
            }

            #[inline]
            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }
        }
    ));
}

/// Whether a field is a list, which keeps items that are no such items beside it.
fn is_list(field: &Field) -> bool {
    matches!(field.ty, Ty::List(_))
}

/// Whether a type is a generated one that its union boxes.
pub(super) fn is_boxed(ty: &Ty) -> bool {
    matches!(ty, Ty::Boxed(_))
}
