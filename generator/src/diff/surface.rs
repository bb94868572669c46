//! The public items of a generated client, each with what its users rely on: read off the plan, as `emit` writes it.
//!
//! Names of arguments and the order of fields are no part of it: no user can tell.

use std::collections::BTreeMap;

use super::Way;
use crate::plan::{
    self, Answer, Crate, Enum, Item as Type, Mode, OperationPlan, ParamPlan, ResourcePlan, Struct, Travels, Ty, Union,
};
use crate::schema::graph::{Path, Step};

/// What stands for the item itself where its parts have ways of their own.
pub(super) const SELF: &str = "<self>";

/// What stands for all steps below a map or a form of a union, which have no names that both sides share.
pub(super) const LOOSE: &str = "<…>";

/// One public item.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// What has to stay the same.
    pub(super) signature: String,
    pub(super) deprecated: bool,
    /// The facts that it comes from.
    pub(super) ways: Vec<Way>,
}

/// Public items by path.
pub(super) type Surface = BTreeMap<String, Item>;

/// Reads them; types are called as `called` says.
pub(super) fn of(plan: &Crate, called: &BTreeMap<String, String>) -> Surface {
    let mut reader = Reader { called, out: Surface::new() };
    let uses = uses(plan);
    for item in plan.families.iter().flat_map(|family| &family.items) {
        let ways: Vec<Way> = plan.places.get(item.name()).into_iter().flatten().map(way).collect();
        reader.item(item, &ways);
    }
    let params = plan.params.iter().flat_map(|module| &module.items);
    for item in params.filter_map(|item| if let plan::Item::Enum(item) = item { Some(item) } else { None }) {
        let ways = uses.get(item.name.as_str()).cloned().unwrap_or_default();
        let name = format!("resources::params::{}", reader.name(item.name.as_str()));
        reader.add(name.clone(), "enum", extend(&ways, SELF));
        reader.values(&name, item, &ways);
    }
    for resource in &plan.resources {
        reader.resource(resource);
    }
    reader.out
}

/// The actions' parameters that take each enum of parameters.
pub(super) fn uses(plan: &Crate) -> BTreeMap<String, Vec<Way>> {
    let mut uses: BTreeMap<String, Vec<Way>> = BTreeMap::new();
    for resource in &plan.resources {
        for operation in &resource.operations {
            for param in operation.arguments.iter().chain(&operation.setters) {
                if let Ty::Param(name) = &param.ty {
                    uses.entry(name.as_str().to_owned()).or_default().push(of_param(resource, operation, param));
                }
            }
        }
    }
    uses
}

/// The way to a place of a schema, as far as its steps have one name on both sides.
pub(super) fn way(path: &Path) -> Way {
    let mut way = vec!["schemas".to_owned(), path.schema.clone()];
    for step in &path.steps {
        match step {
            Step::Property(name) => way.push(name.clone()),
            Step::Item => way.push("[]".to_owned()),
            Step::Value | Step::Variant(_) => {
                way.push(LOOSE.to_owned());
                break;
            }
        }
    }
    way
}

fn extend(ways: &[Way], step: &str) -> Vec<Way> {
    let is_loose = |way: &Way| way.last().is_some_and(|last| last == LOOSE);
    let more = |way: &Way| (!is_loose(way)).then(|| step.to_owned());
    ways.iter().map(|way| way.iter().cloned().chain(more(way)).collect()).collect()
}

fn of_operation(resource: &ResourcePlan, operation: &OperationPlan, step: &str) -> Way {
    ["resources", &resource.wire, &operation.wire, step].map(str::to_owned).to_vec()
}

fn of_param(resource: &ResourcePlan, operation: &OperationPlan, param: &ParamPlan) -> Way {
    let place = match param.travels {
        Travels::Body => return of_operation(resource, operation, "body"),
        Travels::Query | Travels::QueryJson | Travels::QueryBrackets => "query",
        Travels::Header => "header",
        Travels::PartText | Travels::PartJson | Travels::PartFile => "form",
    };
    of_operation(resource, operation, &format!("{place} {}", param.wire))
}

struct Reader<'a> {
    called: &'a BTreeMap<String, String>,
    out: Surface,
}

impl Reader<'_> {
    fn name(&self, name: &str) -> String {
        self.called.get(name).map_or(name, String::as_str).to_owned()
    }

    fn add(&mut self, path: String, signature: impl Into<String>, ways: Vec<Way>) {
        self.out.insert(path, Item { signature: signature.into(), deprecated: false, ways });
    }

    fn ty(&self, ty: &Ty) -> String {
        let around = |name: &str, inner: &Ty| format!("{name}<{}>", self.ty(inner));
        match ty {
            Ty::Bool => "bool".to_owned(),
            Ty::Integer => "i64".to_owned(),
            Ty::Number => "Number".to_owned(),
            Ty::Float => "f64".to_owned(),
            Ty::Text => "String".to_owned(),
            Ty::Id => "Id".to_owned(),
            Ty::Timestamp => "Timestamp".to_owned(),
            Ty::Secret => "Secret".to_owned(),
            Ty::Scalar => "Scalar".to_owned(),
            Ty::Value => "Value".to_owned(),
            Ty::Object => "Map<String, Value>".to_owned(),
            Ty::Upload => "Upload".to_owned(),
            Ty::Template(inner) => around("Template", inner),
            Ty::List(inner) => around("Vec", inner),
            Ty::Map(inner) => format!("BTreeMap<String, {}>", self.ty(inner)),
            Ty::Option(inner) => around("Option", inner),
            Ty::OneOrMany(inner) => around("OneOrMany", inner),
            Ty::Boxed(inner) => around("Box", inner),
            Ty::Named(name) => format!("schemas::{}", self.name(name.as_str())),
            Ty::Param(name) => format!("params::{}", self.name(name.as_str())),
        }
    }

    fn item(&mut self, item: &Type, ways: &[Way]) {
        let name = format!("schemas::{}", self.name(item.name().as_str()));
        let own = extend(ways, SELF);
        match item {
            Type::Struct(item) => {
                self.add(name.clone(), "struct", own);
                self.structure(&name, item, ways);
            }
            Type::Enum(item) => {
                self.add(name.clone(), "enum", own);
                self.values(&name, item, ways);
            }
            Type::Union(item) => {
                self.add(name.clone(), "enum", own);
                self.union(&name, item, ways);
            }
            Type::Alias(item) => self.add(name, format!("type = {}", self.ty(&item.ty)), ways.to_vec()),
        }
    }

    fn structure(&mut self, name: &str, item: &Struct, ways: &[Way]) {
        let required: Vec<_> = item.fields.iter().filter(|field| field.mode == Mode::Required).collect();
        if required.is_empty() {
            self.add(format!("{name}: Default"), "impl", ways.to_vec());
        } else {
            let arguments: Vec<String> = required.iter().map(|field| self.ty(&field.ty)).collect();
            self.add(format!("{name}::new"), format!("fn({})", arguments.join(", ")), ways.to_vec());
        }
        for field in &item.fields {
            let (plain, ways) = (self.ty(&field.ty), extend(ways, &field.wire));
            let ty = match field.mode {
                Mode::Required => plain,
                Mode::Optional => format!("Option<{plain}>"),
                Mode::Patch => format!("Patch<{plain}>"),
            };
            if item.built_by_users && field.mode != Mode::Required {
                let argument = if field.mode == Mode::Patch { ty.clone() } else { self.ty(&field.ty) };
                self.add(format!("{name}::{}()", field.setter), format!("fn({argument})"), ways.clone());
            }
            self.add(format!("{name}::{}", field.name), ty, ways);
        }
        if let Some(rest) = &item.rest {
            self.add(format!("{name}::rest"), format!("BTreeMap<String, {}>", self.ty(rest)), ways.to_vec());
        }
    }

    fn values(&mut self, name: &str, item: &Enum, ways: &[Way]) {
        for (_, variant) in &item.values {
            self.add(format!("{name}::{variant}"), "variant", ways.to_vec());
        }
    }

    fn union(&mut self, name: &str, item: &Union, ways: &[Way]) {
        for variant in &item.variants {
            let ty = self.ty(&variant.ty);
            if variant.from {
                self.add(format!("{name}: From<{ty}>"), "impl", ways.to_vec());
            }
            self.add(format!("{name}::{}", variant.name), format!("variant({ty})"), ways.to_vec());
        }
    }

    fn resource(&mut self, plan: &ResourcePlan) {
        let module = format!("resources::{}", plan.module);
        let handle = format!("{module}::{}", plan.handle);
        let ways = vec![["resources", &plan.wire, SELF].map(str::to_owned).to_vec()];
        self.add(module.clone(), "mod", ways.clone());
        self.add(handle.clone(), "struct", ways.clone());
        self.add(format!("Client::{}", plan.method), format!("fn({}) -> {handle}", plan.path_args.len()), ways);
        for operation in &plan.operations {
            self.operation(&module, &handle, plan, operation);
        }
    }

    fn operation(&mut self, module: &str, handle: &str, resource: &ResourcePlan, plan: &OperationPlan) {
        let way = |step: &str| of_operation(resource, plan, step);
        let builder = format!("{module}::{}", plan.builder);
        let method = format!("{handle}::{}", plan.method);
        self.add(builder.clone(), "struct", vec![way(SELF)]);
        self.add(method.clone(), "fn", vec![way(SELF)]);
        if let Some(item) = self.out.get_mut(&method) {
            item.deprecated = plan.deprecated;
        }
        let of_path: std::collections::BTreeSet<_> =
            plan.path_args.iter().flatten().filter(|(_, kept)| !kept).map(|(name, _)| name).collect();
        let mut arguments = vec!["&str".to_owned(); of_path.len()];
        arguments.extend(plan.arguments.iter().map(|argument| self.argument(argument)));
        let wires = plan.path.split('{').skip(1).filter_map(|part| part.split('}').next());
        let mut ways: Vec<Way> = wires.map(|wire| way(&format!("path {wire}"))).collect();
        ways.extend(plan.arguments.iter().map(|argument| of_param(resource, plan, argument)));
        ways.push(way("body"));
        self.add(format!("{method}()"), format!("fn({})", arguments.join(", ")), ways);
        for setter in &plan.setters {
            let path = format!("{builder}::{}", setter.name);
            let signature = format!("fn({})", self.argument(setter));
            self.add(path.clone(), signature, vec![of_param(resource, plan, setter)]);
            if let Some(item) = self.out.get_mut(&path) {
                item.deprecated = setter.deprecated;
            }
        }
        self.answer(module, &builder, &plan.answer, &[way("answers"), way("events")]);
    }

    fn argument(&self, plan: &ParamPlan) -> String {
        let ty = self.ty(&plan.ty);
        match (plan.travels, &plan.ty) {
            (Travels::Body | Travels::QueryJson | Travels::QueryBrackets | Travels::PartJson, _) => format!("&{ty}"),
            (_, Ty::Text | Ty::Id | Ty::Param(_)) => format!("impl Into<{ty}>"),
            _ => ty,
        }
    }

    fn answer(&mut self, module: &str, builder: &str, answer: &Answer, ways: &[Way]) {
        let signature = match answer {
            Answer::Empty => "()".to_owned(),
            Answer::Json(ty) => self.ty(ty),
            Answer::Optional(ty) => format!("Option<{}>", self.ty(ty)),
            Answer::Several(success) => {
                let name = format!("{module}::{}", success.name);
                for variant in &success.variants {
                    let held = variant.ty.as_ref().map(|ty| self.ty(ty)).unwrap_or_default();
                    self.add(format!("{name}::{}", variant.name), format!("variant({held})"), ways.to_vec());
                }
                self.add(name.clone(), "enum", ways.to_vec());
                name
            }
            Answer::Events(events) => {
                let name = format!("{module}::{}", events.name);
                for variant in &events.variants {
                    let signature = format!("variant({})", self.ty(&variant.ty));
                    self.add(format!("{name}::{}", variant.name), signature, ways.to_vec());
                }
                self.add(name.clone(), "enum", ways.to_vec());
                format!("stream of {name}")
            }
        };
        self.add(format!("{builder}::send"), format!("-> {signature}"), ways.to_vec());
    }
}
