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
    for name in ["Blank", "Extra", "FieldReader", "FieldWriter", "Json", "Object", "Place", "Shape", "View"] {
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
    let default = Hole::Code(if item.has_default() { "Default," } else { "" });
    let holes = [name, default, Hole::Rows(Place::Field, &fields)];
    file.item(&item.docs, holes, |[name, default, fields]| {
        quote!(
            #[derive(Clone, Debug, #default PartialEq)]
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
    object(item, file);
    file.item(&[], [name], |[name]| {
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
fn object(item: &Struct, file: &mut File) {
    blank(item, file);
    let wires: Vec<_> = item.fields.iter().map(|field| literal(&field.wire)).collect();
    let required = item.fields.iter().zip(&wires).filter(|(field, _)| field.mode == Mode::Required);
    let required: Vec<_> = required.map(|(_, wire)| wire.clone()).collect();
    let (mut reads, mut writes) = (String::new(), String::new());
    for (field, wire) in item.fields.iter().zip(&wires) {
        let method = match field.mode {
            Mode::Required => "required",
            Mode::Optional if is_list(field) => "list",
            Mode::Optional => "optional",
            Mode::Patch => "patch",
        };
        let holes = [Hole::Literal(wire), Hole::Code(method), Hole::Text(field.name.as_str())];
        file.row(&mut reads, Place::Arm, holes, |[wire, method, name]| quote!(#wire => from.#method(&mut self.#name),));
        file.row(&mut writes, Place::Statement, holes, |[wire, method, name]| quote!(to.#method(#wire, &self.#name);));
    }
    let beyond = Hole::Code(if item.rest.is_some() { "from.rest(&mut self.rest)" } else { "from.unknown()" });
    let mut read = String::new();
    if reads.is_empty() {
        file.row(&mut read, Place::Statement, [beyond], |[beyond]| beyond);
    } else {
        let holes = [Hole::Rows(Place::Arm, &reads), beyond];
        file.row(
            &mut read,
            Place::Statement,
            holes,
            |[reads, beyond]| quote!(match from.name { #reads _ => #beyond, }),
        );
    }
    if item.rest.is_some() {
        file.row(&mut writes, Place::Statement, [], |[]| quote!(to.rest(&self.rest);));
    }
    let mut shape = String::new();
    let strict = Hole::Code(if item.strict { "true" } else { "false" });
    let holes = [Hole::Column(&wires), Hole::Column(&required), strict];
    file.row(&mut shape, Place::Member, holes, |[wires, required, strict]| {
        quote!(
            #[inline]
            fn shape(&self) -> Shape {
                Shape { fields: &[#wires], required: &[#required], strict: #strict }
            }
        )
    });
    let mut others = String::new();
    let to = Hole::Code(if writes.is_empty() { "_" } else { "to" });
    let holes = [Hole::Rows(Place::Statement, &read), to, Hole::Rows(Place::Statement, &writes)];
    file.row(&mut others, Place::Member, holes, |[read, to, writes]| {
        quote!(
            #[inline]
            fn read(&mut self, from: &mut FieldReader<'_>) {
                #read
            }

            #[inline]
            fn write(&self, #to: &mut FieldWriter<'_>) {
                #writes
            }

            #[inline]
            fn extra(&self) -> &Extra {
                &self.extra
            }

            #[inline]
            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }
        )
    });
    let members = [shape, others].join("\n");
    let holes = [Hole::Text(item.name.as_str()), Hole::Rows(Place::Member, &members)];
    file.item(&[], holes, |[name, members]| quote!(impl Object for #name { #members }));
}

fn blank(item: &Struct, file: &mut File) {
    let name = Hole::Text(item.name.as_str());
    if item.has_default() {
        file.item(&[], [name], |[name]| {
            quote!(
                impl Blank for #name {
                    #[inline]
                    fn blank() -> Self {
                        Self::default()
                    }
                }
            )
        });
        return;
    }
    let mut values: Vec<_> = item
        .fields
        .iter()
        .map(|field| {
            let is_box = field.mode == Mode::Required && is_boxed(&field.ty);
            format!("{}: {}", field.name, if is_box { "Box::new(Blank::blank())" } else { "Blank::blank()" })
        })
        .collect();
    values.extend(item.rest.as_ref().map(|_| "rest: Blank::blank()".to_owned()));
    values.push("extra: Blank::blank()".to_owned());
    file.item(&[], [name, Hole::List(&values)], |[name, values]| {
        quote!(
            impl Blank for #name {
                #[inline]
                fn blank() -> Self {
                    Self { #values }
                }
            }
        )
    });
}

/// Whether a field is a list, which keeps items that are no such items beside it.
fn is_list(field: &Field) -> bool {
    matches!(field.ty, Ty::List(_))
}

/// Whether a type is a generated one that its union boxes.
pub(super) fn is_boxed(ty: &Ty) -> bool {
    matches!(ty, Ty::Boxed(_))
}
