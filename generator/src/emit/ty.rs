//! A use of a type as text.

use super::file::File;
use crate::plan::Ty;

/// Where the runtime's types are.
pub(super) const TYPES: &str = "crate::types";

/// A type inside a module of types.
pub(super) fn local(ty: &Ty, file: &mut File) -> String {
    text(ty, file, false)
}

/// A type inside a module of a resource.
pub(super) fn foreign(ty: &Ty, file: &mut File) -> String {
    text(ty, file, true)
}

fn text(ty: &Ty, file: &mut File, foreign: bool) -> String {
    let mut runtime = |name: &'static str| {
        file.import(TYPES, name);
        name.to_owned()
    };
    match ty {
        Ty::Bool => "bool".to_owned(),
        Ty::Integer => "i64".to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::Text => "String".to_owned(),
        Ty::Number => runtime("Number"),
        Ty::Id => runtime("Id"),
        Ty::Timestamp => runtime("Timestamp"),
        Ty::Secret => runtime("Secret"),
        Ty::Scalar => runtime("Scalar"),
        Ty::Value => runtime("Value"),
        Ty::Object => format!("{}<String, {}>", runtime("Map"), runtime("Value")),
        Ty::Template(inner) => format!("{}<{}>", runtime("Template"), text(inner, file, foreign)),
        Ty::OneOrMany(inner) => format!("{}<{}>", runtime("OneOrMany"), text(inner, file, foreign)),
        Ty::Map(inner) => format!("{}<{}>", runtime("TypedMap"), text(inner, file, foreign)),
        Ty::List(inner) => format!("Vec<{}>", text(inner, file, foreign)),
        Ty::Option(inner) => format!("Option<{}>", text(inner, file, foreign)),
        Ty::Boxed(inner) => format!("Box<{}>", text(inner, file, foreign)),
        Ty::Named(name) if foreign => {
            file.import("crate::generated", "schemas");
            format!("schemas::{name}")
        }
        Ty::Named(name) => {
            file.uses(name);
            name.to_string()
        }
        Ty::Param(name) => {
            file.import("super", "params");
            format!("params::{name}")
        }
        Ty::Upload => {
            file.import("crate::upload", "Upload");
            "Upload".to_owned()
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
pub(super) fn argument(ty: &Ty, name: &str, file: &mut File) -> (String, String) {
    let (inner, is_boxed) = match ty {
        Ty::Boxed(inner) => (&**inner, true),
        ty => (ty, false),
    };
    let inner_text = local(inner, file);
    let (argument, value) = if is_convertible(inner) {
        (format!("impl Into<{inner_text}>"), format!("{name}.into()"))
    } else {
        (inner_text, name.to_owned())
    };
    (argument, if is_boxed { format!("Box::new({value})") } else { value })
}
