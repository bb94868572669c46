//! The call of an action by name: which typed function it goes to, and which argument goes where.

use super::resources::path_params;
use super::{Answer, Name, OperationPlan, ParamPlan, ResourcePlan, Travels, Ty};
use crate::model::{Action, Api, Resource};

/// The actions of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicResource {
    /// The resource's name on the wire.
    pub wire: String,
    /// The module of its typed functions.
    pub module: Name,
    /// The feature that it comes with.
    pub feature: String,
    /// The function of the client that makes the handle.
    pub method: Name,
    /// By name.
    pub actions: Vec<DynamicAction>,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicAction {
    /// Its name on the wire.
    pub wire: String,
    /// The handle's function, and the name of the function that calls it.
    pub method: Name,
    /// The builder type.
    pub builder: Name,
    /// What the handle is made of; none where this action's path does not have it.
    pub handle_args: Vec<Option<String>>,
    /// The path parameters that the handle does not keep.
    pub path_args: Vec<String>,
    /// Required arguments in the order of the function.
    pub arguments: Vec<DynamicArgument>,
    /// Optional ones.
    pub setters: Vec<DynamicArgument>,
    /// What it answers with.
    pub answer: Answer,
}

/// One argument.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicArgument {
    /// Under this name.
    pub wire: String,
    /// The builder's function.
    pub setter: Name,
    /// How its value is read.
    pub form: ArgumentForm,
}

/// How the value of an argument is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentForm {
    /// The body, which has a second name.
    Body,
    /// As a text.
    Text,
    /// As the type that a plain query parameter has been found to be of.
    PlainQuery,
    /// As the type that a text part has been found to be of.
    PlainPart,
    /// As its type.
    Json,
    /// As a file.
    File,
}

/// Every action that has a typed function.
pub(super) fn plan(api: &Api, resources: &[ResourcePlan]) -> Vec<DynamicResource> {
    let of = |plan: &ResourcePlan| {
        let resource = api.resources.iter().find(|resource| resource.name == plan.wire)?;
        let action = |operation: &OperationPlan| {
            let action = resource.actions.iter().find(|action| action.name == operation.wire)?;
            Some(plan_action(resource, action, operation))
        };
        Some(DynamicResource {
            wire: plan.wire.clone(),
            module: plan.module.clone(),
            feature: plan.feature.clone(),
            method: plan.method.clone(),
            actions: plan.operations.iter().filter_map(action).collect(),
        })
    };
    let mut plans: Vec<DynamicResource> = resources.iter().filter_map(of).collect();
    for plan in &mut plans {
        plan.actions.sort_by(|left, right| left.wire.cmp(&right.wire));
    }
    plans.sort_by(|left, right| left.wire.cmp(&right.wire));
    plans
}

fn plan_action(resource: &Resource, action: &Action, plan: &OperationPlan) -> DynamicAction {
    let own = path_params(&resource.path);
    let path = path_params(&action.path);
    let body = body_name(action, plan);
    let arguments = |arguments: &[ParamPlan]| arguments.iter().map(|plan| argument(plan, &body)).collect();
    DynamicAction {
        wire: plan.wire.clone(),
        method: plan.method.clone(),
        builder: plan.builder.clone(),
        path_args: path.iter().filter(|wire| !own.contains(wire)).cloned().collect(),
        handle_args: own.into_iter().map(|wire| path.contains(&wire).then_some(wire)).collect(),
        arguments: arguments(&plan.arguments),
        setters: arguments(&plan.setters),
        answer: plan.answer.clone(),
    }
}

/// The body's documented name, unless a parameter has it.
fn body_name(action: &Action, plan: &OperationPlan) -> String {
    let documented = action.body.as_ref().map(|body| body.name.as_str()).unwrap_or_default();
    let is_taken = plan.arguments.iter().chain(&plan.setters).any(|argument| argument.wire == documented);
    if is_taken { "body".to_owned() } else { documented.to_owned() }
}

fn argument(plan: &ParamPlan, body: &str) -> DynamicArgument {
    let form = match (plan.travels, &plan.ty) {
        (Travels::Body, _) => ArgumentForm::Body,
        (Travels::PartFile, _) => ArgumentForm::File,
        (Travels::QueryJson | Travels::QueryBrackets | Travels::PartJson, _) => ArgumentForm::Json,
        (_, Ty::Text | Ty::Id | Ty::Param(_)) => ArgumentForm::Text,
        (Travels::Query, _) => ArgumentForm::PlainQuery,
        (Travels::PartText | Travels::Header, _) => ArgumentForm::PlainPart,
    };
    let wire = if form == ArgumentForm::Body { body.to_owned() } else { plan.wire.clone() };
    DynamicArgument { wire, setter: plan.name.clone(), form }
}
