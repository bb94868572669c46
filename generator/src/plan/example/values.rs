//! Values as Rust: what an example gives for a type, from what the pages show of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::plan::{Enum, Field, Form, Item, Mode, Name, Struct, ToldBy, Ty, Union, Variant, names};

/// How many optional fields of a body are shown, and how many items of a list.
const FIELDS: usize = 2;
const ITEMS: usize = 2;
/// Letters of a text that are shown.
const LETTERS: usize = 50;
/// Below this depth only what is required is shown, and of unions the free form.
const DEPTH: usize = 5;
/// Nothing that is required lies so deep.
const ENDLESS: usize = 30;

/// What examples are made of.
pub(super) struct Known<'a> {
    pub(super) items: BTreeMap<&'a Name, &'a Item>,
    pub(super) params: BTreeMap<&'a Name, &'a Enum>,
    /// The examples of schemas.
    pub(super) bodies: BTreeMap<&'a str, &'a Value>,
}

/// Whether a place takes what can be made into its type, or that type alone.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Converts,
    Exact,
}

/// Values as Rust, and the types that they name.
pub(super) struct Writer<'a> {
    known: &'a Known<'a>,
    uses: BTreeSet<String>,
    /// A type that requires itself has no value.
    is_endless: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self { known, uses: BTreeSet::new(), is_endless: false }
    }

    /// The paths of the types that the values name; none where one of the types has no value.
    pub(super) fn uses(self) -> Option<Vec<String>> {
        (!self.is_endless).then(|| self.uses.into_iter().collect())
    }

    /// A value of a type: the one that is shown where it fits, else one that does.
    pub(super) fn value(&mut self, ty: &Ty, shown: Option<&Value>, place: Place, depth: usize) -> String {
        self.is_endless |= depth > ENDLESS;
        if self.is_endless {
            return String::new();
        }
        let shown = shown.filter(|value| !value.is_null());
        let text = shown.and_then(Value::as_str);
        let converted = |value: String| if place == Place::Exact { format!("{value}.into()") } else { value };
        match ty {
            Ty::Bool => shown.and_then(Value::as_bool).unwrap_or(true).to_string(),
            Ty::Integer => format!("{}", shown.and_then(whole).unwrap_or(1)),
            Ty::Number | Ty::Float => {
                let number = shown.and_then(Value::as_f64).unwrap_or(1.0);
                if *ty == Ty::Float { format!("{number:?}") } else { converted(format!("{number:?}")) }
            }
            Ty::Text if place == Place::Exact => format!("{}.to_owned()", literal(text.unwrap_or("…"))),
            Ty::Text | Ty::Secret | Ty::Id | Ty::Timestamp => converted(literal(text.unwrap_or("…"))),
            Ty::Scalar => converted(match shown {
                Some(Value::Bool(value)) => value.to_string(),
                Some(Value::Number(number)) => number.as_f64().map_or("1".to_owned(), |number| format!("{number:?}")),
                _ => literal(text.unwrap_or("…")),
            }),
            Ty::Value => format!("serde_json::json!({})", shown.map_or("null".to_owned(), |value| json(value, depth))),
            Ty::Object => match shown.and_then(Value::as_object).filter(|fields| !fields.is_empty() && depth < DEPTH) {
                Some(fields) => {
                    let field = |(name, value): (&String, &Value)| {
                        format!("({}.to_owned(), serde_json::json!({}))", literal(name), json(value, depth))
                    };
                    let fields: Vec<String> = fields.iter().take(ITEMS).map(field).collect();
                    format!("serde_json::Map::from_iter([{}])", fields.join(", "))
                }
                None => "serde_json::Map::new()".to_owned(),
            },
            Ty::Template(inner) => {
                let value = self.value(inner, shown, Place::Exact, depth);
                self.runtime("Template");
                format!("Template::Value({value})")
            }
            Ty::OneOrMany(inner) => {
                let one = shown.and_then(Value::as_array).map_or(shown, |items| items.first());
                let value = self.value(inner, one, Place::Exact, depth);
                self.runtime("OneOrMany");
                format!("OneOrMany::One({value})")
            }
            Ty::List(inner) => {
                let items = shown.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let most = if depth < DEPTH { ITEMS } else { 0 };
                let items: Vec<String> = items
                    .iter()
                    .take(most)
                    .map(|item| self.value(inner, Some(item), Place::Exact, depth + 1))
                    .collect();
                format!("vec![{}]", items.join(", "))
            }
            Ty::Map(inner) => {
                self.runtime("TypedMap");
                let fields = shown.and_then(Value::as_object).filter(|_| depth < DEPTH);
                let fields: Vec<String> = fields
                    .into_iter()
                    .flatten()
                    .take(ITEMS)
                    .map(|(name, value)| {
                        format!("({}, {})", literal(name), self.value(inner, Some(value), Place::Converts, depth + 1))
                    })
                    .collect();
                if fields.is_empty() {
                    "TypedMap::new()".to_owned()
                } else {
                    format!("TypedMap::from([{}])", fields.join(", "))
                }
            }
            Ty::Option(inner) => match shown {
                Some(_) => format!("Some({})", self.value(inner, shown, Place::Exact, depth)),
                None => "None".to_owned(),
            },
            Ty::Boxed(inner) if place == Place::Exact => {
                format!("Box::new({})", self.value(inner, shown, Place::Exact, depth))
            }
            // A function that takes such an argument boxes it.
            Ty::Boxed(inner) => self.value(inner, shown, place, depth),
            Ty::Named(name) => self.named(name, shown, place, depth),
            Ty::Param(name) => match self.known.params.get(name) {
                Some(item) => {
                    self.uses.insert("losant_client::resources::params".to_owned());
                    format!("params::{}", variant(item, text))
                }
                None => converted(literal(text.unwrap_or("…"))),
            },
            Ty::Upload => {
                self.uses.insert("losant_client::Upload".to_owned());
                "Upload::bytes(\"…\").file_name(\"example.txt\")".to_owned()
            }
        }
    }

    fn named(&mut self, name: &Name, shown: Option<&Value>, place: Place, depth: usize) -> String {
        match self.known.items.get(name) {
            Some(Item::Alias(alias)) => self.value(&alias.ty, shown, place, depth),
            Some(Item::Struct(item)) => {
                self.schema(name);
                self.structure(item, shown, depth)
            }
            Some(Item::Enum(item)) => {
                self.schema(name);
                variant(item, shown.and_then(Value::as_str))
            }
            Some(Item::Union(item)) => {
                self.schema(name);
                if let Some(variant) = chosen(item, shown, &self.known.items).filter(|_| depth < DEPTH) {
                    let value = self.value(&variant.ty, shown, Place::Exact, depth + 1);
                    format!("{name}::{}({value})", variant.name)
                } else {
                    let value = self.value(&Ty::Value, shown, Place::Exact, depth);
                    format!("{name}::Other({value})")
                }
            }
            None => self.value(&Ty::Value, shown, place, depth),
        }
    }

    /// What is required; where nothing is, some of what may be given.
    fn structure(&mut self, item: &Struct, shown: Option<&Value>, depth: usize) -> String {
        let of = |field: &Field| shown.and_then(|shown| shown.get(&field.wire));
        if !item.has_default() {
            let required = item.fields.iter().filter(|field| field.mode == Mode::Required);
            let argument = |field: &Field| {
                let named = named(&field.wire, &field.ty);
                self.value(&field.ty, of(field).or(named.as_ref()), self::place(&field.ty), depth + 1)
            };
            let arguments: Vec<String> = required.map(argument).collect();
            return format!("{}::new({})", item.name, arguments.join(", "));
        }
        let mut fields: Vec<(&Field, &Value)> = Vec::new();
        if item.built_by_users && depth < DEPTH {
            fields.extend(item.fields.iter().filter_map(|field| Some((field, of(field)?))));
        }
        fields.retain(|(_, value)| !value.is_null());
        let plain: Vec<_> = fields.iter().filter(|(field, value)| self.is_plain(field, value)).copied().collect();
        if plain.is_empty() {
            fields.retain(|(field, value)| is_built(field, value));
            fields.truncate(1);
        } else {
            fields = plain;
        }
        // A name tells most of what is meant.
        fields.sort_by_key(|(field, _)| field.wire != "name");
        let mut text = format!("{}::default()", item.name);
        for (field, value) in fields.into_iter().take(FIELDS) {
            let place = if field.mode == Mode::Patch { Place::Exact } else { self::place(&field.ty) };
            let value = match field.ty {
                // These are made into what a setter takes from a text.
                Ty::Text | Ty::Id | Ty::Timestamp | Ty::Secret => {
                    self.value(&Ty::Id, Some(value), Place::Converts, depth)
                }
                Ty::Integer => format!("{}_i64", self.value(&field.ty, Some(value), place, depth)),
                _ => self.value(&field.ty, Some(value), place, depth),
            };
            text.extend([".", field.setter.as_str(), "(", &value, ")"]);
        }
        text
    }

    /// Whether a field is shown in one word, and its value has its kind.
    fn is_plain(&self, field: &Field, value: &Value) -> bool {
        match &field.ty {
            Ty::Bool => value.is_boolean(),
            Ty::Integer => whole(value).is_some(),
            Ty::Text | Ty::Id | Ty::Timestamp | Ty::Secret => value.is_string(),
            Ty::Named(name) => matches!(self.known.items.get(name), Some(Item::Enum(_))) && value.is_string(),
            _ => false,
        }
    }

    fn schema(&mut self, name: &Name) {
        self.uses.insert(format!("losant_client::schemas::{name}"));
    }

    fn runtime(&mut self, name: &str) {
        self.uses.insert(format!("losant_client::types::{name}"));
    }
}

/// Whether a field is shown where no plain one can be.
fn is_built(field: &Field, value: &Value) -> bool {
    match &field.ty {
        Ty::List(_) => value.as_array().is_some_and(|items| !items.is_empty()),
        Ty::Map(_) | Ty::Named(_) => value.is_object(),
        _ => false,
    }
}

/// What a function takes for an argument that is kept as this type.
fn place(ty: &Ty) -> Place {
    match ty {
        Ty::Bool | Ty::Integer | Ty::Float | Ty::Object | Ty::List(_) | Ty::Option(_) => Place::Exact,
        Ty::Boxed(inner) => place(inner),
        _ => Place::Converts,
    }
}

/// The variant of a value; the first where it is none of them.
fn variant(item: &Enum, value: Option<&str>) -> String {
    let named = item.values.iter().find(|(wire, _)| value == Some(wire.as_str())).or(item.values.first());
    match named {
        Some((_, variant)) => format!("{}::{variant}", item.name),
        None => format!("{}::from({})", item.name, literal(value.unwrap_or("…"))),
    }
}

/// The variant of a union that a value is.
fn chosen<'a>(item: &'a Union, shown: Option<&Value>, items: &BTreeMap<&Name, &Item>) -> Option<&'a Variant> {
    let Some(shown) = shown else { return item.variants.first() };
    let is_it = |variant: &&Variant| match &variant.told_by {
        ToldBy::Tag(values, _) => {
            let tag = item.tag.as_ref().and_then(|tag| shown.get(tag)).and_then(Value::as_str);
            tag.is_some_and(|tag| values.iter().any(|value| value == tag))
        }
        ToldBy::Form(form) => has_form(shown, form, &variant.ty, items),
    };
    item.variants.iter().find(is_it)
}

fn has_form(shown: &Value, form: &Form, ty: &Ty, items: &BTreeMap<&Name, &Item>) -> bool {
    match form {
        Form::Boolean => shown.is_boolean(),
        Form::Number => shown.is_number(),
        Form::Text | Form::Id | Form::Timestamp => shown.is_string(),
        Form::TextOf(texts) => shown.as_str().is_some_and(|shown| texts.iter().any(|text| text == shown)),
        Form::List => shown.is_array(),
        Form::Object(required, known) => shown.as_object().is_some_and(|fields| {
            let has_all = required.iter().all(|name| fields.contains_key(name));
            has_all && known.as_ref().is_none_or(|known| fields.keys().all(|name| known.contains(name)))
        }),
        Form::Any => {
            !matches!(ty, Ty::Named(name) if matches!(items.get(name), Some(Item::Struct(_)))) || shown.is_object()
        }
    }
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// A text in quotes, cut where it is long.
pub(super) fn literal(text: &str) -> String {
    let mut shown: String = text.chars().take(LETTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

/// A value as the macro `json!` takes it; what is long or deep is left out.
fn json(value: &Value, depth: usize) -> String {
    let inner = |value: &Value| if depth < DEPTH { json(value, depth + 1) } else { "null".to_owned() };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => literal(text),
        Value::Array(items) => format!("[{}]", items.iter().take(ITEMS).map(inner).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{}: {}", literal(name), inner(value));
            format!("{{{}}}", fields.iter().take(ITEMS).map(field).collect::<Vec<_>>().join(", "))
        }
    }
}

/// What stands for a text of which the pages show none.
pub(super) fn named(wire: &str, ty: &Ty) -> Option<Value> {
    let is_text = matches!(ty, Ty::Text | Ty::Id | Ty::Timestamp | Ty::Secret | Ty::Scalar);
    is_text.then(|| Value::String(shouted(wire)))
}

/// A name in capitals, which says what to put in its place: `DEVICE_ID`.
pub(super) fn shouted(wire: &str) -> String {
    names::words(wire).join("_").to_uppercase()
}
