//! Words for the variants of a union that has no tag. A word is a function of the variant alone; only where two
//! variants would share one does it grow longer, always by more of the variant's own names.

use std::collections::BTreeSet;

use heck::ToKebabCase;

use super::node::{Form, Node, Object};

/// A variant, and what its word can be made of.
#[derive(Clone, Copy)]
pub(super) struct Variant<'a> {
    pub(super) node: &'a Node,
    /// Its properties, where it is an object.
    pub(super) object: Option<&'a Object>,
    /// Its title, or that of the schema that it refers to.
    pub(super) title: Option<&'a str>,
}

impl<'a> Variant<'a> {
    fn inner(node: &'a Node) -> Self {
        Self { node, object: node.as_object(), title: node.title.as_deref() }
    }
}

/// A word for each variant, all different unless the variants differ in nothing that has a name.
pub(super) fn distinct(variants: &[Variant<'_>]) -> Vec<String> {
    const LENGTHS: [Length; 4] = [Length::Short, Length::Required, Length::All, Length::Typed];
    let mut words: Vec<String> = Vec::new();
    for length in LENGTHS {
        words = variants.iter().map(|variant| word(*variant, length)).collect();
        if words.iter().collect::<BTreeSet<_>>().len() == words.len() {
            return words;
        }
    }
    // They differ only further down: the sum of all that they hold tells them apart.
    words.iter().zip(variants).map(|(word, variant)| format!("{word} {:08x}", sum(variant.node))).collect()
}

/// A word for each set of tag values: the only one; of several the words that all begin and end with (`deviceId` and
/// `deviceTag` are a `device`), where no other set would have that word; else both of two, or the first of more.
pub(super) fn of_tags(variants: &[&[String]]) -> Vec<String> {
    let whole = |values: &[String]| match values {
        [one] => one.clone(),
        [one, two] => format!("{one} {two}"),
        _ => values.first().cloned().unwrap_or_default(),
    };
    let shared: Vec<String> =
        variants.iter().map(|values| if values.len() > 1 { ends(values) } else { String::new() }).collect();
    let names = |word: &str| {
        let of_one = |values: &&&[String]| values.iter().any(|value| spaced(value) == word);
        shared.iter().filter(|other| *other == word).count() + variants.iter().filter(of_one).count()
    };
    let word = |(values, shared): (&&[String], &String)| {
        if shared.is_empty() || names(shared) > 1 { whole(values) } else { shared.clone() }
    };
    variants.iter().zip(&shared).map(word).collect()
}

/// The words that all of some texts begin with and end with.
fn ends(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| spaced(text)).collect();
    let words: Vec<Vec<&str>> = texts.iter().map(|text| text.split_whitespace().collect()).collect();
    let Some((first, others)) = words.split_first() else { return String::new() };
    let agree = |at: usize, from_end: bool| {
        let word = |words: &[&str]| {
            if from_end {
                words.iter().rev().nth(at).map(|word| (*word).to_owned())
            } else {
                words.get(at).map(|word| (*word).to_owned())
            }
        };
        word(first).is_some() && others.iter().all(|other| word(other) == word(first))
    };
    let shortest = words.iter().map(Vec::len).min().unwrap_or_default();
    let front = (0..shortest).take_while(|&at| agree(at, false)).count();
    let back = (0..shortest - front).take_while(|&at| agree(at, true)).count();
    [&first[..front], &first[first.len() - back..]].concat().join(" ")
}

/// The FNV-1a sum of a tree's outline.
fn sum(node: &Node) -> u32 {
    let mut outline = String::new();
    write_outline(node, &mut outline);
    outline.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn write_outline(node: &Node, out: &mut String) {
    out.push_str(if node.nullable { "?" } else { "!" });
    out.push_str(&word(Variant { title: None, ..Variant::inner(node) }, Length::All));
    out.push('(');
    match &node.form {
        Form::Enum(values) => out.push_str(&values.join(",")),
        _ => node.parts().into_iter().for_each(|part| write_outline(part, out)),
    }
    out.push(')');
}

/// How much of an object's names its word takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Short,
    Required,
    All,
    Typed,
}

fn word(variant: Variant<'_>, length: Length) -> String {
    if let Some(title) = variant.title.filter(|title| !spaced(title).is_empty()) {
        return spaced(title);
    }
    match &variant.node.form {
        Form::Any(_) => "anything".to_owned(),
        Form::AnyObject | Form::Tagged { .. } => "object".to_owned(),
        Form::Null => "null".to_owned(),
        Form::Boolean => "boolean".to_owned(),
        Form::Integer => "integer".to_owned(),
        Form::Number => "number".to_owned(),
        Form::String => "text".to_owned(),
        Form::Id => "id".to_owned(),
        Form::Timestamp => "timestamp".to_owned(),
        Form::Scalar => "value".to_owned(),
        Form::Enum(values) if values.len() == 1 && !spaced(&values[0]).is_empty() => spaced(&values[0]),
        Form::Enum(_) => "keyword".to_owned(),
        Form::Template(inner) => word(Variant::inner(inner), length),
        Form::List(item) => match word(Variant::inner(item), length) {
            item if length == Length::Short || item.is_empty() => "list".to_owned(),
            item => format!("{item} list"),
        },
        Form::Map(value) => match word(Variant::inner(value), length) {
            value if length == Length::Short || value.is_empty() => "map".to_owned(),
            value => format!("{value} map"),
        },
        Form::OneOrMany(item) => format!("one or many {}", word(Variant::inner(item), length)),
        Form::OneOf(_) | Form::Untagged(_) => "choice".to_owned(),
        Form::Object(_) | Form::Named(_) => {
            variant.object.map_or_else(|| "object".to_owned(), |object| of_object(object, length))
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
            format!("{} {}", spaced(name), word(Variant::inner(&field.node), Length::Short))
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
