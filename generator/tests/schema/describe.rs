//! A compact text of a type graph, for table tests.

use generator::schema::graph::{Kind, Path, Ref, Step, TypeGraph, Union};

/// A use of a type; an anonymous one is spelled out.
pub(crate) fn reference(graph: &TypeGraph, ty: &Ref) -> String {
    let inner = |ty: &Ref| reference(graph, ty);
    match ty {
        Ref::Boolean => "bool".into(),
        Ref::Integer => "int".into(),
        Ref::Number => "num".into(),
        Ref::String => "str".into(),
        Ref::Id => "id".into(),
        Ref::Timestamp => "time".into(),
        Ref::Scalar => "scalar".into(),
        Ref::Template(of) => format!("template {}", inner(of)),
        Ref::Any => "any".into(),
        Ref::AnyObject => "object".into(),
        Ref::List(of) => format!("[{}]", inner(of)),
        Ref::Map(of) => format!("map {}", inner(of)),
        Ref::Nullable(of) => format!("{}|null", inner(of)),
        Ref::OneOrMany(of) => format!("one-or-many {}", inner(of)),
        Ref::Type(id) => {
            let ty = graph.get(*id);
            ty.schema.as_ref().map_or_else(|| kind(graph, &ty.kind), |name| format!("@{name}"))
        }
    }
}

/// What a type is made of.
pub(crate) fn kind(graph: &TypeGraph, kind: &Kind) -> String {
    match kind {
        Kind::Alias(ty) => format!("= {}", reference(graph, ty)),
        Kind::Enum(values) => {
            format!("({})", values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(" "))
        }
        Kind::Object(object) => {
            let mut parts: Vec<String> = Vec::new();
            for field in &object.fields {
                let mark = match (field.required, field.nullable) {
                    (true, false) => "!",
                    (true, true) => "!?",
                    (false, true) => "?",
                    (false, false) => "",
                };
                parts.push(format!("{}{mark}: {}", field.name, reference(graph, &field.ty)));
            }
            parts.extend(object.rest.as_ref().map(|rest| format!("*: {}", reference(graph, rest))));
            format!("{{{}}}", parts.join(", "))
        }
        Kind::Union(Union::Tagged { tag, variants }) => {
            let variants = variants
                .iter()
                .map(|variant| format!("{} => {}", variant.values.join("/"), reference(graph, &variant.ty)));
            format!("by {tag} <{}>", variants.collect::<Vec<_>>().join("; "))
        }
        Kind::Union(Union::Untagged(variants)) => {
            let variants =
                variants.iter().map(|variant| format!("{}: {}", variant.word, reference(graph, &variant.ty)));
            format!("<{}>", variants.collect::<Vec<_>>().join(" | "))
        }
    }
}

/// What a schema is.
pub(crate) fn schema(graph: &TypeGraph, name: &str) -> String {
    match &graph.schemas[name] {
        Ref::Type(id) => kind(graph, &graph.get(*id).kind),
        other => reference(graph, other),
    }
}

/// A place in words.
pub(crate) fn path(path: &Path) -> String {
    let mut text = path.schema.clone();
    for step in &path.steps {
        match step {
            Step::Property(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Item => text.push_str("[]"),
            Step::Value => text.push_str("{}"),
            Step::Variant(word) => {
                text.push('<');
                text.push_str(word);
                text.push('>');
            }
        }
    }
    text
}
