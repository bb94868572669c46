//! `cargo xtask scopes`: the smallest set of scopes that allows some actions. What "smallest" means stands in
//! [`crate::smallest`], which the client has too.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use generator::model::{Action, Api};
use serde_json::json;

use crate::smallest::smallest;
use crate::{Outcome, model};

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One scope per line; what else there is to know goes to stderr.
    Human,
    /// One JSON object.
    Json,
}

/// Arguments of `scopes`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Actions, such as `device.get`.
    #[arg(required = true, value_name = "RESOURCE.ACTION")]
    actions: Vec<String>,
    /// Folders of pages [default: spec].
    #[arg(long, value_name = "DIR", num_args = 1.., action = clap::ArgAction::Append)]
    spec: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Names that are offered for one that does not exist.
const SUGGESTIONS: usize = 3;

/// Runs the command.
///
/// # Errors
/// When an action does not exist, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    model::print(&arguments.spec, |api| {
        let answer = Answer::new(api, &arguments.actions)?;
        Ok(match arguments.format {
            Format::Human => {
                eprint!("{}", answer.remarks());
                answer.scopes.iter().flat_map(|scope| [scope, "\n"]).collect()
            }
            Format::Json => answer.as_json(),
        })
    })
}

struct Answer<'a> {
    scopes: Vec<&'a str>,
    /// Actions that the scopes open beside the wanted ones.
    beside: Vec<String>,
    /// Wanted actions that need no token.
    open: BTreeSet<String>,
    /// Wanted actions for which a token of any scope will do.
    any: BTreeSet<String>,
}

impl<'a> Answer<'a> {
    fn new(api: &'a Api, wanted: &[String]) -> Result<Self> {
        let actions: Vec<(String, &Action)> = api
            .resources
            .iter()
            .flat_map(|resource| {
                resource.actions.iter().map(move |action| (format!("{}.{}", resource.name, action.name), action))
            })
            .collect();
        let names: Vec<&str> = actions.iter().map(|(name, _)| &name[..]).collect();
        let mut places = BTreeSet::new();
        let mut unknown = Vec::new();
        for name in wanted {
            match names.iter().position(|known| known == name) {
                Some(place) => drop(places.insert(place)),
                None => unknown.push(suggest(name, &names)),
            }
        }
        anyhow::ensure!(unknown.is_empty(), "{}", unknown.join("\n"));
        // An action that needs no token needs no scope, whatever its page lists.
        let lists: Vec<Vec<&str>> = actions
            .iter()
            .map(|(_, action)| action.auth.scopes.iter().map(String::as_str).filter(|_| action.auth.required).collect())
            .collect();
        let alternatives: Vec<&[&str]> = lists.iter().map(Vec::as_slice).collect();
        let scopes = smallest(&alternatives, &places.iter().copied().collect::<Vec<_>>());
        let opened = |place: &usize| alternatives[*place].iter().any(|scope| scopes.contains(scope));
        let beside = (0..actions.len()).filter(|place| !places.contains(place)).filter(opened);
        let of = |required: bool| {
            let chosen = places.iter().map(|place| &actions[*place]);
            let chosen = chosen.filter(|(_, action)| action.auth.required == required);
            chosen
                .filter(|(_, action)| !required || action.auth.scopes.is_empty())
                .map(|(name, _)| name.clone())
                .collect()
        };
        Ok(Self {
            beside: beside.map(|place| actions[place].0.clone()).collect(),
            open: of(false),
            any: of(true),
            scopes,
        })
    }

    fn remarks(&self) -> String {
        let list = |names: &mut dyn Iterator<Item = &String>| names.map(String::as_str).collect::<Vec<_>>().join(", ");
        let mut out = String::new();
        for (what, names) in [
            ("these scopes also open", list(&mut self.beside.iter())),
            ("no token is needed for", list(&mut self.open.iter())),
            ("a token of any scope will do for", list(&mut self.any.iter())),
        ] {
            if !names.is_empty() {
                out.extend(["note: ", what, " ", &names, "\n"]);
            }
        }
        out
    }

    fn as_json(&self) -> String {
        let value = json!({
            "scopes": self.scopes,
            "alsoOpens": self.beside,
            "withoutToken": self.open,
            "anyScope": self.any,
        });
        format!("{value}\n")
    }
}

/// What is wrong with a name, and what may be meant.
fn suggest(name: &str, known: &[&str]) -> String {
    let mut close = similar::get_close_matches(name, known, SUGGESTIONS, 0.6);
    if close.is_empty() {
        // The resource alone may be right.
        let resource = name.split('.').next().unwrap_or(name);
        close = known.iter().filter(|it| it.split('.').next() == Some(resource)).copied().take(SUGGESTIONS).collect();
    }
    let near = if close.is_empty() { String::new() } else { format!("; near: {}", close.join(", ")) };
    format!("there is no action `{name}`{near}")
}
