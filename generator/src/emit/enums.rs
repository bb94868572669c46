//! Enums as text.

use quote::quote;

use super::file::File;
use super::form::{Hole, Place, literal};
use super::ty::TYPES;
use super::types::serde;
use crate::plan::Enum;
use crate::plan::doc::code;

pub(super) fn enumeration(item: &Enum, file: &mut File) {
    file.import("std", "fmt");
    for name in ["Enumeration", "UnknownValue"] {
        file.import(TYPES, name);
    }
    let name = Hole::Text(item.name.as_str());
    let (mut variants, mut texts, mut values) = (String::new(), String::new(), String::new());
    for (value, variant) in &item.values {
        let (wire, variant) = (literal(value), Hole::Text(variant.as_str()));
        variants += &Place::Variant.comment(&[code(value)]);
        file.row(&mut variants, Place::Variant, [variant], |[variant]| quote!(#variant,));
        let holes = [variant, Hole::Literal(&wire)];
        file.row(&mut texts, Place::Arm, holes, |[variant, wire]| quote!(Self::#variant => #wire,));
        file.row(&mut values, Place::Arm, holes, |[variant, wire]| quote!(#wire => Self::#variant,));
    }
    file.item(&item.docs, [name, Hole::Rows(Place::Variant, &variants)], |[name, variants]| {
        quote!(
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #variants
                #[doc = " A value that the documentation does not list."]
                Unknown(UnknownValue),
            }
        )
    });
    file.item(&[], [name, Hole::Rows(Place::Arm, &texts)], |[name, texts]| {
        quote!(
            impl #name {
                #[doc = " The value as it stands on the wire."]
                #[inline]
                pub fn as_str(&self) -> &str {
                    match self {
                        #texts
                        Self::Unknown(value) => value.as_str(),
                    }
                }
            }
        )
    });
    file.item(&[], [name, Hole::Rows(Place::Arm, &values)], |[name, values]| {
        quote!(
            impl From<&str> for #name {
                #[inline]
                fn from(value: &str) -> Self {
                    match value {
                        #values
                        _ => Self::Unknown(value.into()),
                    }
                }
            }
        )
    });
    implementations(name, file);
    serde(name, file);
}

/// What is the same for all enums.
fn implementations(name: Hole<'_>, file: &mut File) {
    for name in ["Json", "Place", "View"] {
        file.import(TYPES, name);
    }
    file.item(&[], [name], |[name]| {
        quote!(
            impl From<String> for #name {
                #[inline]
                fn from(value: String) -> Self {
                    Self::from(&value[..])
                }
            }
        )
    });
    file.item(&[], [name], |[name]| {
        quote!(
            impl fmt::Display for #name {
                #[inline]
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.as_str())
                }
            }
        )
    });
    file.item(&[], [name], |[name]| {
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
    file.item(&[], [name], |[name]| {
        quote!(
            impl Json for #name {
                #[inline]
                fn blank() -> Self {
                    Self::from("")
                }

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
}
