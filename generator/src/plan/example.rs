//! The example of an action: the call with the values that its pages show, as Rust. It names nothing but the action's
//! own handle, the types of its arguments and what every client has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::resources::path_params;
use super::{
    Answer, Enum, Example, Family, Field, Form, Item, Mode, Name, OperationPlan, ParamPlan, ResourcePlan, Struct,
    ToldBy, Travels, Ty, Union, Variant,
};
use crate::model::{Action, Api, Location, Resource};

/// How many optional fields of a body are shown, and how many items of a list.
const FIELDS: usize = 2;
const ITEMS: usize = 2;
/// Letters of a text that are shown.
const LETTERS: usize = 50;
/// Below this depth only what is required is shown, and of unions the free form.
const DEPTH: usize = 5;
/// Nothing that is required lies so deep.
const ENDLESS: usize = 30;

/// Gives every action its example.
pub(super) fn add(api: &Api, families: &[Family], params: &[Enum], resources: &mut [ResourcePlan]) {
    let items = families.iter().flat_map(|family| &family.items).map(|item| (item.name(), item)).collect();
    let params = params.iter().map(|item| (&item.name, item)).collect();
    let bodies =
        api.schemas.iter().filter_map(|schema| Some((schema.name.as_str(), schema.example.as_ref()?))).collect();
    let known = Known { items, params, bodies };
    for plan in resources {
        let Some(resource) = api.resources.iter().find(|resource| resource.name == plan.wire) else { continue };
        let handle: Vec<(String, &Name)> = path_params(&resource.path).into_iter().zip(&plan.path_args).collect();
        for operation in &mut plan.operations {
            let Some(action) = resource.actions.iter().find(|action| action.name == operation.wire) else { continue };
            operation.example = known.example(resource, &plan.method, &handle, action, operation);
        }
    }
}

/// What examples are made of.
struct Known<'a> {
    items: BTreeMap<&'a Name, &'a Item>,
    params: BTreeMap<&'a Name, &'a Enum>,
    /// The examples of schemas.
    bodies: BTreeMap<&'a str, &'a Value>,
}

/// Whether a place takes what can be made into its type, or that type alone.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Converts,
    Exact,
}

impl Known<'_> {
    fn example(
        &self,
        resource: &Resource,
        method: &Name,
        handle: &[(String, &Name)],
        action: &Action,
        plan: &OperationPlan,
    ) -> Example {
        let mut writer = Writer { known: self, uses: BTreeSet::new(), is_endless: false };
        let mut code = String::new();
        let shown = |wire: &str| {
            let of = |action: &Action| {
                let is_it = |param: &&crate::model::Param| param.location == Location::Path && param.name == wire;
                action.params.iter().find(is_it)?.example.as_ref()?.as_str().map(str::to_owned)
            };
            // An action that does not have what the handle is made of has siblings that do.
            of(action).or_else(|| resource.actions.iter().find_map(of)).unwrap_or_else(|| shouted(wire))
        };
        let kept: Vec<String> = handle.iter().map(|(wire, _)| literal(&shown(wire))).collect();
        let mut arguments: Vec<String> = Vec::new();
        if plan.path_args.is_some() {
            let wires = path_params(&action.path);
            let own = wires.iter().filter(|wire| !handle.iter().any(|(kept, _)| kept == *wire));
            arguments.extend(own.map(|wire| literal(&shown(wire))));
        }
        for argument in &plan.arguments {
            let named = named(&argument.wire, &argument.ty);
            let example = self.argument(action, argument).or(named.as_ref());
            if by_reference(argument.travels) {
                let value = writer.value(&argument.ty, example, Place::Exact, 0);
                code.push_str(&format!("let {} = {value};", argument.name));
                arguments.push(format!("&{}", argument.name));
            } else {
                let place = match argument.ty {
                    Ty::Text | Ty::Id | Ty::Param(_) => Place::Converts,
                    _ => Place::Exact,
                };
                arguments.push(writer.value(&argument.ty, example, place, 0));
            }
        }
        let call = format!("client.{method}({}).{}({})", kept.join(", "), plan.method, arguments.join(", "));
        code.push_str(&match (&plan.answer, &plan.pages) {
            (Answer::Events(_), _) => stream("events", "event", &format!("{call}.await?")),
            (_, Some(_)) => stream("items", "item", &format!("{call}.by_item()")),
            (Answer::Empty, None) => format!("{call}.await?;"),
            _ => format!("let answer = {call}.await?; println!(\"{{answer:?}}\");"),
        });
        if writer.is_endless {
            return Example::default();
        }
        Example { uses: writer.uses.into_iter().collect(), code }
    }

    /// What the pages show of an argument.
    fn argument<'a>(&'a self, action: &'a Action, plan: &ParamPlan) -> Option<&'a Value> {
        let of_schema = |schema: &Option<String>| self.bodies.get(schema.as_deref()?).copied();
        if plan.travels == Travels::Body {
            let body = action.body.as_ref()?;
            return body.example.as_ref().or_else(|| of_schema(&body.schema));
        }
        let param = action.params.iter().find(|param| param.location != Location::Path && param.name == plan.wire)?;
        param.example.as_ref().or_else(|| of_schema(&param.schema))
    }
}

fn by_reference(travels: Travels) -> bool {
    matches!(travels, Travels::Body | Travels::QueryJson | Travels::QueryBrackets | Travels::PartJson)
}

fn stream(many: &str, one: &str, begin: &str) -> String {
    format!(
        "let mut {many} = {begin}; while let Some({one}) = {many}.next().await {{ let {one} = {one}?; println!(\"{{{one}:?}}\"); }}"
    )
}

/// Values as Rust, and the types that they name.
struct Writer<'a> {
    known: &'a Known<'a>,
    uses: BTreeSet<String>,
    /// A type that requires itself has no value.
    is_endless: bool,
}

impl Writer<'_> {
    /// A value of a type: the one that is shown where it fits, else one that does.
    fn value(&mut self, ty: &Ty, shown: Option<&Value>, place: Place, depth: usize) -> String {
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
                match chosen(item, shown, &self.known.items).filter(|_| depth < DEPTH) {
                    Some(variant) => {
                        let value = self.value(&variant.ty, shown, Place::Exact, depth + 1);
                        format!("{name}::{}({value})", variant.name)
                    }
                    None => {
                        let value = self.value(&Ty::Value, shown, Place::Exact, depth);
                        format!("{name}::Other({value})")
                    }
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
            text.push_str(&format!(".{}({value})", field.setter));
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
fn literal(text: &str) -> String {
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
fn named(wire: &str, ty: &Ty) -> Option<Value> {
    let is_text = matches!(ty, Ty::Text | Ty::Id | Ty::Timestamp | Ty::Secret | Ty::Scalar);
    is_text.then(|| Value::String(shouted(wire)))
}

/// A name in capitals, which says what to put in its place: `DEVICE_ID`.
fn shouted(wire: &str) -> String {
    super::names::words(wire).join("_").to_uppercase()
}
