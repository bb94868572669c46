//! Handles, builders and their functions.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Name};
use super::params::{self, Params};
use super::types::Lowering;
use super::{
    Example, OperationPlan, ParamPlan, ResourcePlan, Travels, Ty, codes, doc, facts, features, paging, responses,
};
use crate::diagnostic::Diagnostic;
use crate::model::{Action, Location, Param, Resource};

/// Functions that every client has; a resource of that name gets `_resource` behind it.
const CLIENT_TAKEN: &[&str] = &[
    "base_url",
    "builder",
    "call",
    "clear_token",
    "clone",
    "default",
    "fmt",
    "from",
    "from_parts",
    "http_client",
    "into",
    "new",
    "request",
    "session",
    "set_token",
    "shared",
    "token",
    "transport",
    "with_token",
    "without_token",
];

/// Functions that every handle has; an action of that name gets `_action` behind it.
const HANDLE_TAKEN: &[&str] = &["clone", "fmt", "from", "into", "request"];

/// Functions that every builder has; a parameter of that name gets `_param` behind it.
const BUILDER_TAKEN: &[&str] = &[
    "by_item",
    "by_page",
    "deadline",
    "fmt",
    "from",
    "header",
    "include_actions",
    "include_embedded",
    "include_links",
    "into",
    "into_future",
    "losant_domain",
    "max_body",
    "query_param",
    "reconnect",
    "repeatable",
    "request_mut",
    "retry",
    "send",
    "timeout",
    "token",
];

/// Names that generated functions use themselves; an argument of that name gets `_arg` behind it.
const LOCALS_TAKEN: &[&str] = &["client", "request", "value"];

pub(super) fn plan(lowering: &Lowering<'_>, params: &Params, diagnostics: &mut Vec<Diagnostic>) -> Vec<ResourcePlan> {
    let mut modules = BTreeMap::new();
    let mut resources: Vec<&Resource> = lowering.api.resources.iter().collect();
    resources.sort_by(|left, right| left.name.cmp(&right.name));
    let mut plans = Vec::new();
    for resource in resources {
        let module = names::module(&resource.name, &["mod", "params"]);
        if let Some(first) = modules.insert(module.clone(), resource.span) {
            let message = format!("another resource has the Rust name `{module}` of `{}`", resource.name);
            diagnostics.push(taken(resource.span, first, message));
            continue;
        }
        plans.push(plan_resource(lowering, params, resource, module, diagnostics));
    }
    plans.sort_by(|left, right| left.module.cmp(&right.module));
    plans
}

fn taken(span: Option<crate::source::Span>, first: Option<crate::source::Span>, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::new(codes::ITEM_NAME_TAKEN, span, message);
    match first {
        Some(first) => diagnostic.with_related(first, "the first one"),
        None => diagnostic,
    }
}

fn plan_resource(
    lowering: &Lowering<'_>,
    params: &Params,
    resource: &Resource,
    module: Name,
    diagnostics: &mut Vec<Diagnostic>,
) -> ResourcePlan {
    let handle = names::type_name(&[names::words(&resource.name), vec!["resource".to_owned()]].concat());
    let wires = path_params(&resource.path);
    let path_args = arguments(&wires);
    let mut docs = doc::lines(resource.description.as_deref().unwrap_or(&resource.title));
    if docs.is_empty() {
        docs.push(format!("The resource {}.", doc::code(&resource.name)));
    }
    let module_docs = format!("{}\n\nIts actions are functions of [`{handle}`].", docs.join("\n"));
    docs.extend([String::new(), doc::code(&resource.path)]);
    let method = names::value(&resource.name, CLIENT_TAKEN, "_resource");
    let made_by = format!("Made by [`Client::{method}`].");
    let handle_docs = docs.iter().cloned().chain([String::new(), made_by]).collect();

    let mut operations = Vec::new();
    let mut seen = BTreeMap::new();
    let mut actions: Vec<&Action> = resource.actions.iter().collect();
    actions.sort_by(|left, right| left.name.cmp(&right.name));
    for action in actions {
        let Some(http_method) = http_method(&action.method) else {
            let message = format!("`{}` has the method {}", action.name, action.method);
            diagnostics.push(Diagnostic::new(codes::UNKNOWN_METHOD, action.span, message));
            continue;
        };
        let operation = plan_operation(lowering, params, resource, action, http_method);
        if let Some(first) = seen.insert(operation.builder.clone(), action.span) {
            let message = format!(
                "another action of `{}` has the Rust name `{}` of `{}`",
                resource.name, operation.builder, action.name
            );
            diagnostics.push(taken(action.span, first, message));
            continue;
        }
        operations.push(operation);
    }
    let pages: BTreeSet<String> =
        resource.actions.iter().flat_map(|action| &action.sources).map(|place| place.page.clone()).collect();
    ResourcePlan {
        module,
        feature: features::of_resource(&resource.name),
        pages: pages.into_iter().collect(),
        wire: resource.name.clone(),
        handle,
        module_docs,
        docs,
        handle_docs,
        method,
        path_args: wires.iter().map(|wire| path_args[wire].clone()).collect(),
        uses_request: operations.iter().any(|operation| operation.path_args.is_none()),
        operations,
    }
}

/// The names in the braces of a path, each once.
pub(super) fn path_params(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The names of path arguments, by wire name.
fn arguments(wires: &[String]) -> BTreeMap<String, Name> {
    names::arguments(&wires.iter().map(String::as_str).collect(), LOCALS_TAKEN)
}

fn http_method(method: &str) -> Option<&'static str> {
    Some(match method {
        "GET" => "Get",
        "POST" => "Post",
        "PUT" => "Put",
        "PATCH" => "Patch",
        "DELETE" => "Delete",
        _ => return None,
    })
}

fn plan_operation(
    lowering: &Lowering<'_>,
    params: &Params,
    resource: &Resource,
    action: &Action,
    http_method: &'static str,
) -> OperationPlan {
    let builder = names::builder(&action.name);
    let own = path_params(&resource.path);
    let wires = path_params(&action.path);
    // A path with one parameter twice is filled twice, from one argument.
    let repeated = action.path.matches('{').count() != wires.len();
    let path_args = if wires == own && !repeated {
        None
    } else {
        let names = arguments(&wires);
        let places = action.path.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default());
        Some(places.map(|wire| (names[wire].clone(), own.iter().any(|own| own == wire))).collect::<Vec<_>>())
    };

    let mut rows: Vec<&Param> = action
        .params
        .iter()
        .filter(|param| param.location != Location::Path && !lowering.api.is_common(param))
        .collect();
    rows.sort_by(|left, right| (&left.name, left.location).cmp(&(&right.name, right.location)));
    rows.dedup_by(|left, right| left.name == right.name && left.location == right.location);
    let (required, optional): (Vec<&Param>, Vec<&Param>) = rows.into_iter().partition(|param| param.required);

    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    let mut names_taken: BTreeSet<Name> = path_args.iter().flatten().map(|(name, _)| name.clone()).collect();
    if let Some(body) = &action.body {
        let wire = if body.name.is_empty() { "body" } else { &body.name };
        let ty = body.schema.as_ref().map_or(Ty::Value, |schema| lowering.schema(schema));
        let docs =
            vec![if body.required { "The body.".to_owned() } else { "The body; without it, none is sent.".to_owned() }];
        let place = if body.required { LOCALS_TAKEN } else { BUILDER_TAKEN };
        let name = free(names::value(wire, place, suffix(body.required)), "body", &mut names_taken);
        let plan = ParamPlan { name, wire: String::new(), ty, travels: Travels::Body, docs, deprecated: false };
        if body.required { arguments.push(plan) } else { setters.push(plan) }
    }
    for param in required.iter().chain(&optional) {
        let (ty, travels) = params::ty(lowering, params, param);
        let place = if param.required { LOCALS_TAKEN } else { BUILDER_TAKEN };
        let location = match param.location {
            Location::Path | Location::Query => "query",
            Location::Header => "header",
            Location::Multipart => "part",
        };
        let name = free(names::value(&param.name, place, suffix(param.required)), location, &mut names_taken);
        let plan = ParamPlan {
            name,
            wire: param.name.clone(),
            ty,
            travels,
            docs: param_docs(param),
            deprecated: param.deprecated,
        };
        if param.required { arguments.push(plan) } else { setters.push(plan) }
    }
    setters.sort_by(|left, right| left.name.cmp(&right.name));
    let answer = responses::answer(lowering, action, &builder);
    let multipart = action.params.iter().any(|param| param.location == Location::Multipart);
    OperationPlan {
        wire: action.name.clone(),
        constant: names::constant(&action.name),
        http_method,
        path: action.path.clone(),
        scopes: action.auth.scopes.clone(),
        authenticated: action.auth.required,
        method: names::value(&action.name, HANDLE_TAKEN, "_action"),
        docs: operation_docs(action, &arguments),
        deprecated: action.deprecated,
        pages: paging::plan(lowering, action, &answer),
        answer,
        errors: responses::errors(action),
        example: Example::default(),
        builder,
        path_args,
        arguments,
        setters,
        multipart,
    }
}

fn suffix(required: bool) -> &'static str {
    if required { "_arg" } else { "_param" }
}

/// A name that no other argument of the action has: with the place where it travels in front where one has it.
fn free(name: Name, location: &str, taken: &mut BTreeSet<Name>) -> Name {
    let mut name = name;
    while !taken.insert(name.clone()) {
        name = names::value(&format!("{location}_{}", name.plain()), &[], "_");
    }
    name
}

fn param_docs(param: &Param) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(accepted) = &param.accepted {
        facts.push(facts::accepted(accepted));
    }
    if let Some(default) = &param.default {
        facts.push(format!("Default: {}.", doc::code(&facts::text(default))));
    }
    facts::described(Some(&param.description), &format!("The parameter {}.", doc::code(&param.name)), &facts)
}

fn operation_docs(action: &Action, arguments: &[ParamPlan]) -> Vec<String> {
    let mut docs = doc::lines(&action.summary);
    if docs.is_empty() {
        docs.push(format!("The action {}.", doc::code(&action.name)));
    }
    let mut paragraph = |lines: Vec<String>| {
        if !lines.is_empty() {
            docs.push(String::new());
            docs.extend(lines);
        }
    };
    paragraph(action.description.as_deref().map(doc::lines).unwrap_or_default());
    paragraph(vec![doc::code(&format!("{} {}", action.method, action.path))]);
    let scopes: Vec<String> = action.auth.scopes.iter().map(|scope| doc::code(scope)).collect();
    paragraph(match (action.auth.required, scopes.is_empty()) {
        (false, _) => vec!["No token is needed.".to_owned()],
        (true, true) => vec!["Needs a token of any scope.".to_owned()],
        (true, false) => doc::wrapped(&format!("Needs a token with one of the scopes {}.", scopes.join(", "))),
    });
    let rows: Vec<String> = arguments
        .iter()
        .filter(|argument| argument.travels != Travels::Body)
        .map(|argument| {
            let text: Vec<&str> = argument.docs.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
            format!("- {}: {}", doc::code(argument.name.plain()), text.join(" "))
        })
        .collect();
    paragraph(rows);
    let pages: BTreeSet<&str> = action.sources.iter().map(|place| place.page.as_str()).collect();
    let pages: Vec<String> = pages.into_iter().map(doc::code).collect();
    if !pages.is_empty() {
        paragraph(vec![format!("Documented in {}.", pages.join(" and "))]);
    }
    docs
}
