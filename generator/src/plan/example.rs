//! The example of an action: the call with the values that its pages show, as Rust. It names nothing but the action's
//! own handle, the types of its arguments and what every client has.

mod values;

use serde_json::Value;

use super::resources::path_params;
use super::{Answer, Enum, Example, Family, Name, OperationPlan, ParamPlan, ResourcePlan, Travels, Ty};
use crate::model::{Action, Api, Location, Param, Resource};
use values::{Known, Place, Writer, literal, named, shouted};

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

impl Known<'_> {
    fn example(
        &self,
        resource: &Resource,
        method: &Name,
        handle: &[(String, &Name)],
        action: &Action,
        plan: &OperationPlan,
    ) -> Example {
        let mut writer = Writer::new(self);
        let mut statements = Vec::new();
        let shown = |wire: &str| {
            let of = |action: &Action| {
                let is_it = |param: &&Param| param.location == Location::Path && param.name == wire;
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
                statements.push(format!("let {} = {value};", argument.name));
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
        statements.push(match (&plan.answer, &plan.pages) {
            (Answer::Events(_), _) => stream("events", "event", &format!("{call}.await?")),
            (_, Some(_)) => stream("items", "item", &format!("{call}.by_item()")),
            (Answer::Empty, None) => format!("{call}.await?;"),
            _ => format!("let answer = {call}.await?; println!(\"{{answer:?}}\");"),
        });
        writer.uses().map_or_else(Example::default, |uses| Example { uses, code: statements.join(" ") })
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
