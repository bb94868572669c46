//! Words for the variants of a union that has no tag. A word is a function of the variant alone; only where two
//! variants would share one does it grow longer, always by more of the variant's own names.

use std::collections::BTreeSet;

use heck::ToKebabCase;

use super::node::{Form, Node, Object};

/// A word for each variant, all different.
pub(super) fn distinct(variants: &[(&Node, Option<&Object>)]) -> Vec<String> {
    let lengths = [Length::Short, Length::Required, Length::All, Length::Typed];
    let tries =
        lengths.map(|length| variants.iter().map(|(node, object)| word(node, *object, length)).collect::<Vec<_>>());
    let differ = |words: &Vec<String>| words.iter().collect::<BTreeSet<_>>().len() == words.len();
    let [.., longest] = &tries;
    tries.iter().find(|words| differ(words)).unwrap_or(longest).clone()
}

/// How much of an object's names its word takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Short,
    Required,
    All,
    Typed,
}

fn word(node: &Node, object: Option<&Object>, length: Length) -> String {
    if let Some(title) = &node.title {
        return spaced(title);
    }
    match &node.form {
        Form::Any(_) => "anything".to_owned(),
        Form::AnyObject => "object".to_owned(),
        Form::Null => "null".to_owned(),
        Form::Boolean => "boolean".to_owned(),
        Form::Integer => "integer".to_owned(),
        Form::Number => "number".to_owned(),
        Form::String => "text".to_owned(),
        Form::Id => "id".to_owned(),
        Form::Timestamp => "timestamp".to_owned(),
        Form::Scalar => "value".to_owned(),
        Form::Enum(values) if values.len() == 1 => spaced(&values[0]),
        Form::Enum(_) => "keyword".to_owned(),
        Form::Template(inner) => word(inner, None, length),
        Form::List(item) => match word(item, item.as_object(), length) {
            item if length == Length::Short || item.is_empty() => "list".to_owned(),
            item => format!("{item} list"),
        },
        Form::Map(value) => match word(value, value.as_object(), length) {
            value if length == Length::Short || value.is_empty() => "map".to_owned(),
            value => format!("{value} map"),
        },
        Form::OneOrMany(item) => format!("one or many {}", word(item, item.as_object(), length)),
        Form::Tagged { .. } => "object".to_owned(),
        Form::OneOf(_) | Form::Untagged(_) => "choice".to_owned(),
        Form::Object(_) | Form::Named(_) => {
            object.map_or_else(|| "object".to_owned(), |object| of_object(object, length))
        }
    }
}

fn of_object(object: &Object, length: Length) -> String {
    let all = || object.fields.iter().map(|field| field.name.as_str());
    let operators = all().filter(|name| operator(name).is_some()).count();
    if operators > 1 && operators == object.fields.len() && length == Length::Short {
        return "operators".to_owned();
    }
    let names: Vec<&str> = match length {
        Length::Short if !object.required.is_empty() => object.required.iter().take(1).map(String::as_str).collect(),
        Length::Short => all().take(3).collect(),
        Length::Required if !object.required.is_empty() => object.required.iter().map(String::as_str).collect(),
        _ => all().collect(),
    };
    let words = names.iter().map(|name| match object.field(name) {
        Some(field) if length == Length::Typed => {
            format!("{} {}", spaced(name), word(&field.node, field.node.as_object(), Length::Short))
        }
        _ => operator(name).map_or_else(|| spaced(name), str::to_owned),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The operators of the API's queries, in words.
fn operator(name: &str) -> Option<&'static str> {
    Some(match name {
        "$eq" => "equal",
        "$ne" => "not equal",
        "$gt" => "greater",
        "$lt" => "less",
        "$gte" => "greater or equal",
        "$lte" => "less or equal",
        "$in" => "in",
        "$nin" => "not in",
        "$startsWith" => "starts with",
        "$endsWith" => "ends with",
        "$contains" => "contains",
        "$ci" => "ignoring case",
        _ => return None,
    })
}

/// Lower-case words with spaces between them.
fn spaced(text: &str) -> String {
    text.to_kebab_case().replace('-', " ")
}
