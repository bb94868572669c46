//! Unions as text.

use quote::quote;

use super::file::File;
use super::form::{Hole, Place, literal};
use super::ty::{self, TYPES};
use super::types::{is_boxed, serde};
use crate::plan::{Form, ToldBy, Ty, Union, Variant};

pub(super) fn union(item: &Union, file: &mut File) {
    for name in ["Choice", "Json", "Place", "Union", "Value", "View"] {
        file.import(TYPES, name);
    }
    let name = Hole::Text(item.name.as_str());
    let (mut variants, mut views) = (String::new(), String::new());
    for variant in &item.variants {
        variants += &Place::Variant.comment(&variant.docs);
        let ty = ty::local(&variant.ty, file);
        let holes = [Hole::Text(variant.name.as_str()), Hole::Text(&ty)];
        file.row(&mut variants, Place::Variant, holes, |[name, ty]| quote!(#name(#ty),));
        view(item, variant, &mut views, file);
    }
    file.item(&item.docs, [name, Hole::Rows(Place::Variant, &variants)], |[name, variants]| {
        quote!(
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #variants
                #[doc = " Anything else, as it came."]
                Other(Value),
            }
        )
    });
    let choose = choose(item, file);
    file.item(&[], [name, Hole::Rows(Place::Statement, &choose)], |[name, choose]| {
        quote!(
            impl #name {
                #[inline]
                fn choose(mut from: Union<Self>) -> Self {
                    #choose
                }
            }
        )
    });
    file.item(&[], [name], |[name]| {
        quote!(
            impl Choice for #name {
                #[inline]
                fn take(&mut self, value: Value) {
                    *self = Self::choose(Union::new(value, Self::Other));
                }
            }
        )
    });
    file.item(&[], [name, Hole::Rows(Place::Arm, &views)], |[name, views]| {
        quote!(
            impl Json for #name {
                #[inline]
                fn blank() -> Self {
                    Self::Other(Value::Null)
                }

                #[inline]
                fn place(&mut self) -> Place<'_> {
                    Place::Choice(self)
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    match self {
                        #views
                        Self::Other(value) => value.view(),
                    }
                }
            }
        )
    });
    serde(name, file);
    let mut from_text = true;
    for variant in item.variants.iter().filter(|variant| variant.from) {
        from(item, variant, &mut from_text, file);
    }
}

/// How the variants are told apart, each in a line of its own.
fn choose(item: &Union, file: &mut File) -> String {
    let mut choose = String::new();
    if let Some(tag) = &item.tag {
        let mut arms = String::new();
        for variant in &item.variants {
            let ToldBy::Tag(values, strip) = &variant.told_by else { continue };
            let values = values.iter().map(|value| literal(value)).collect::<Vec<_>>().join(" | ");
            let method = Hole::Code(if *strip { "stripped" } else { "whole" });
            let holes = [Hole::Text(&values), method, Hole::Text(variant.name.as_str())];
            file.row(
                &mut arms,
                Place::Arm,
                holes,
                |[values, method, name]| quote!(Some(#values) => from.#method(Self::#name),),
            );
        }
        let holes = [Hole::Literal(&literal(tag)), Hole::Rows(Place::Arm, &arms)];
        file.row(
            &mut choose,
            Place::Statement,
            holes,
            |[tag, arms]| quote!(match from.tag(#tag) { #arms _ => from.finish(), }),
        );
        return choose;
    }
    if !item.variants.is_empty() {
        file.import(TYPES, "Form");
    }
    for variant in &item.variants {
        if let ToldBy::Form(form) = &variant.told_by {
            self::form(form, variant, &mut choose, file);
        }
    }
    file.row(&mut choose, Place::Statement, [], |[]| quote!(from.finish()));
    choose
}

/// The statement that tries the form of a variant.
fn form(form: &Form, variant: &Variant, out: &mut String, file: &mut File) {
    let name = Hole::Text(variant.name.as_str());
    let literals = |texts: &[String]| texts.iter().map(|text| literal(text)).collect::<Vec<_>>();
    let plain =
        match form {
            Form::Boolean => "Boolean",
            Form::Number => "Number",
            Form::Text => "Text",
            Form::Id => "Id",
            Form::Timestamp => "Timestamp",
            Form::List => "List",
            Form::Any => "Any",
            Form::TextOf(texts) => {
                return file.row(
                    out,
                    Place::Statement,
                    [Hole::List(&literals(texts)), name],
                    |[texts, name]| quote!(from.form(Form::TextOf(&[#texts]), Self::#name);),
                );
            }
            Form::Object(required, Some(known)) => {
                let holes = [Hole::List(&literals(required)), Hole::List(&literals(known)), name];
                return file.row(out, Place::Statement, holes, |[required, known, name]| {
                quote!(from.form(Form::Object(&[#required], Some(&[#known])), Self::#name);)
            });
            }
            Form::Object(required, None) => {
                return file.row(
                    out,
                    Place::Statement,
                    [Hole::List(&literals(required)), name],
                    |[required, name]| quote!(from.form(Form::Object(&[#required], None), Self::#name);),
                );
            }
        };
    file.row(
        out,
        Place::Statement,
        [Hole::Code(plain), name],
        |[plain, name]| quote!(from.form(Form::#plain, Self::#name);),
    );
}

fn view(item: &Union, variant: &Variant, views: &mut String, file: &mut File) {
    let name = Hole::Text(variant.name.as_str());
    match (&item.tag, &variant.told_by) {
        (Some(tag), ToldBy::Tag(values, true)) if let [value] = &values[..] => {
            file.import(TYPES, "tagged");
            let inner = Hole::Code(if is_boxed(&variant.ty) { "&**value" } else { "value" });
            let holes = [name, Hole::Literal(&literal(tag)), Hole::Literal(&literal(value)), inner];
            file.row(
                views,
                Place::Arm,
                holes,
                |[name, tag, value, inner]| quote!(Self::#name(value) => tagged(#tag, #value, #inner),),
            );
        }
        _ => file.row(views, Place::Arm, [name], |[name]| quote!(Self::#name(value) => value.view(),)),
    }
}

fn from(item: &Union, variant: &Variant, from_text: &mut bool, file: &mut File) {
    let (name, variant_name) = (Hole::Text(item.name.as_str()), Hole::Text(variant.name.as_str()));
    let (inner, value) = match &variant.ty {
        Ty::Boxed(inner) => (&**inner, "Box::new(value)"),
        ty => (ty, "value"),
    };
    let ty = ty::local(inner, file);
    file.item(&[], [name, Hole::Text(&ty), variant_name, Hole::Code(value)], |[name, ty, variant, value]| {
        quote!(
            impl From<#ty> for #name {
                #[inline]
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        )
    });
    // A plain text becomes the first variant that is one.
    if matches!(inner, Ty::Text | Ty::Id | Ty::Timestamp) && std::mem::take(from_text) {
        file.item(&[], [name, variant_name], |[name, variant]| {
            quote!(
                impl From<&str> for #name {
                    #[inline]
                    fn from(value: &str) -> Self {
                        Self::#variant(value.into())
                    }
                }
            )
        });
    }
}
