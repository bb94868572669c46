//! Structs and aliases as text.

use quote::quote;

use super::file::File;
use super::form::{Hole, Place, literal};
use super::line;
use super::ty::{self, TYPES};
use crate::plan::{Alias, Field, Mode, Struct, Ty};

pub(super) fn alias(item: &Alias, file: &mut File) {
    let ty = ty::local(&item.ty, file);
    let holes = [Hole::Text(item.name.as_str()), Hole::Text(&ty)];
    file.item(&item.docs, holes, |[name, ty]| quote!(pub type #name = #ty;));
}

/// Every type is read and written by the same functions, which know no types.
pub(super) fn serde(name: Hole<'_>, file: &mut File) {
    for name in ["Deserialize", "Deserializer", "Serialize", "Serializer", "read", "write"] {
        file.import(TYPES, name);
    }
    file.item(&[], [name], |[name]| {
        quote!(
            impl<'de> Deserialize<'de> for #name {
                #[inline]
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    read(from)
                }
            }
        )
    });
    file.item(&[], [name], |[name]| {
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
    file.import("std", "fmt");
    for name in ["Extra", "FieldPlace", "FieldView", "Json", "Place", "View", "debug", "is_same"] {
        file.import(TYPES, name);
    }
    let name = Hole::Text(item.name.as_str());
    let mut fields = String::new();
    for field in &item.fields {
        declaration(field, &mut fields, file);
    }
    if let Some(rest) = &item.rest {
        file.import(TYPES, "TypedMap");
        let rest = ty::local(rest, file);
        fields += &Place::Field.comment(&line("The properties beyond the fields."));
        file.row(&mut fields, Place::Field, [Hole::Text(&rest)], |[rest]| quote!(pub rest: TypedMap<#rest>,));
    }
    let default = Hole::Code(if item.has_default() { "Default" } else { "" });
    let holes = [name, default, Hole::Rows(Place::Field, &fields)];
    file.item(&item.docs, holes, |[name, default, fields]| {
        quote!(
            #[derive(Clone, #default)]
            #[non_exhaustive]
            pub struct #name {
                #fields
                #[doc = " What the documentation does not know."]
                pub extra: Extra,
            }
        )
    });
    let functions = functions(item, file).join("\n");
    if !functions.is_empty() {
        let holes = [name, Hole::Rows(Place::Member, &functions)];
        file.item(&[], holes, |[name, functions]| quote!(impl #name { #functions }));
    }
    json(item, file);
    file.item(&[], [name], |[name]| {
        quote!(
            impl PartialEq for #name {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    is_same(self, other)
                }
            }
        )
    });
    file.item(&[], [name], |[name]| {
        quote!(
            impl fmt::Debug for #name {
                #[inline]
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    debug(self, f)
                }
            }
        )
    });
    serde(name, file);
}

fn declaration(field: &Field, fields: &mut String, file: &mut File) {
    *fields += &Place::Field.comment(&field.docs);
    let ty = ty::local(&field.ty, file);
    let ty = match field.mode {
        Mode::Required => ty,
        Mode::Optional => format!("Option<{ty}>"),
        Mode::Patch => {
            file.import(TYPES, "Patch");
            format!("Patch<{ty}>")
        }
    };
    let holes = [Hole::Text(field.name.as_str()), Hole::Text(&ty)];
    file.row(fields, Place::Field, holes, |[name, ty]| quote!(pub #name: #ty,));
}

/// The constructor and the setters.
fn functions(item: &Struct, file: &mut File) -> Vec<String> {
    let mut functions = Vec::new();
    if !item.has_default() {
        functions.push(constructor(item, file));
    }
    if !item.built_by_users {
        return functions;
    }
    for field in item.fields.iter().filter(|field| field.mode != Mode::Required) {
        let (argument, value) = if field.mode == Mode::Patch {
            (format!("impl Into<Patch<{}>>", ty::local(&field.ty, file)), "value.into()".to_owned())
        } else {
            let (argument, value) = ty::argument(&field.ty, "value", file);
            (argument, format!("Some({value})"))
        };
        let mut function = Place::Member.comment(&[format!("Sets the field `{}`.", field.name.plain())]);
        let mut statement = String::new();
        let holes = [Hole::Text(field.name.as_str()), Hole::Text(&value)];
        file.row(&mut statement, Place::Statement, holes, |[name, value]| quote!(self.#name = #value;));
        let setter = Hole::Text(field.setter.as_str());
        let holes = [setter, Hole::Text(&argument), Hole::Rows(Place::Statement, &statement)];
        file.row(&mut function, Place::Member, holes, |[setter, argument, statement]| {
            quote!(
                #[must_use]
                #[inline]
                pub fn #setter(mut self, value: #argument) -> Self {
                    #statement
                    self
                }
            )
        });
        functions.push(function);
    }
    functions
}

fn constructor(item: &Struct, file: &mut File) -> String {
    let (mut arguments, mut values) = (Vec::new(), Vec::new());
    for field in &item.fields {
        let name = &field.name;
        if field.mode == Mode::Required {
            let (argument, value) = ty::argument(&field.ty, name.as_str(), file);
            arguments.push(format!("{name}: {argument}"));
            values.push(if value == name.as_str() { value } else { format!("{name}: {value}") });
        } else {
            let nothing = if field.mode == Mode::Patch { "Patch::Keep" } else { "None" };
            values.push(format!("{name}: {nothing}"));
        }
    }
    values.extend(item.rest.as_ref().map(|_| "rest: TypedMap::new()".to_owned()));
    values.push("extra: Extra::default()".to_owned());
    let mut function = Place::Member.comment(&line("With what is required; everything else is left out."));
    let holes = [Hole::Parameters(&arguments), Hole::List(&values)];
    file.row(
        &mut function,
        Place::Member,
        holes,
        |[arguments, values]| quote!(#[inline] pub fn new(#arguments) -> Self { Self { #values } }),
    );
    function
}

/// What the runtime asks of the struct. Every line speaks of one field by its name, so that a field more or less
/// changes no line of another one.
fn json(item: &Struct, file: &mut File) {
    let (mut places, mut views) = (Vec::new(), Vec::new());
    for field in &item.fields {
        let (name, wire) = (&field.name, literal(&field.wire));
        let (place, view) = match field.mode {
            Mode::Required => ("Required", "Required"),
            Mode::Optional | Mode::Patch if item.strict => ("Strict", "Optional"),
            Mode::Optional | Mode::Patch => ("Optional", "Optional"),
        };
        places.push(format!("FieldPlace::{place}({wire}, &mut self.{name})"));
        views.push(format!("FieldView::{view}({wire}, &self.{name})"));
    }
    if item.rest.is_some() {
        places.push("FieldPlace::Rest(&mut self.rest)".to_owned());
        views.push("FieldView::Rest(&self.rest)".to_owned());
    }
    let mut blank = String::new();
    if item.has_default() {
        file.row(&mut blank, Place::Statement, [], |[]| quote!(Self::default()));
    } else {
        let mut values: Vec<_> = item.fields.iter().map(|field| format!("{}: Json::blank()", field.name)).collect();
        values.extend(item.rest.as_ref().map(|_| "rest: TypedMap::new()".to_owned()));
        values.push("extra: Extra::default()".to_owned());
        file.row(&mut blank, Place::Statement, [Hole::List(&values)], |[values]| quote!(Self { #values }));
    }
    let text = literal(item.name.as_str());
    let (name, text) = (Hole::Text(item.name.as_str()), Hole::Literal(&text));
    let holes = [name, Hole::Rows(Place::Statement, &blank), Hole::Column(&places), text, Hole::Column(&views)];
    file.item(&[], holes, |[name, blank, places, text, views]| {
        quote!(
            impl Json for #name {
                #[inline]
                fn blank() -> Self {
                    #blank
                }

                #[inline]
                fn place(&mut self) -> Place<'_> {
                    Place::object(&mut self.extra, Box::new([#places]))
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    View::object(#text, &self.extra, Box::new([#views]))
                }
            }
        )
    });
}

/// Whether a type is a generated one that its union boxes.
pub(super) fn is_boxed(ty: &Ty) -> bool {
    matches!(ty, Ty::Boxed(_))
}
