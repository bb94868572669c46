//! Facts about parameters: pins types and adds what no page states.

use std::collections::BTreeSet;

use super::{ParamPath, Set, codes};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Action, Api, Location, Param};

/// A parameter and what was said of it.
pub(super) type Said = BTreeSet<(String, String, String, &'static str)>;

/// Why a parameter is not changed.
type Refusal = (Code, String);

/// Changes the parameters that an entry names; every field of the entry has to change each of them.
pub(super) fn apply(set: &Set, api: &mut Api, said: &mut Said, diagnostics: &mut Vec<Diagnostic>) {
    for path in &set.params {
        let result = find(api, path).and_then(|action| {
            let mut params = action.params.iter_mut().filter(|param| param.name == path.param).peekable();
            if params.peek().is_none() {
                let message = format!("`{}.{}` has no parameter `{}`", path.resource, path.action, path.param);
                return Err((codes::UNUSED, message));
            }
            params.try_for_each(|param| change(set, path, param, said))
        });
        diagnostics.extend(result.err().map(|(code, message)| Diagnostic::new(code, path.span, message)));
    }
}

fn find<'a>(api: &'a mut Api, path: &ParamPath) -> Result<&'a mut Action, Refusal> {
    let ParamPath { resource, action, .. } = path;
    let nothing = |message: String| (codes::UNUSED, message);
    let found = api.resources.iter_mut().find(|known| known.name == *resource);
    let found = found.ok_or_else(|| nothing(format!("there is no resource `{resource}`")))?;
    let found = found.actions.iter_mut().find(|known| known.name == *action);
    found.ok_or_else(|| nothing(format!("the resource `{resource}` has no action `{action}`")))
}

fn change(set: &Set, path: &ParamPath, param: &mut Param, said: &mut Said) -> Result<(), Refusal> {
    let shown = format!("{}.{}.{}", path.resource, path.action, path.param);
    let idle = |message: String| Err((codes::WITHOUT_EFFECT, message));
    let mut fresh =
        |field: &'static str| said.insert((path.resource.clone(), path.action.clone(), path.param.clone(), field));
    if let Some(ty) = &set.ty {
        if param.schema.is_some() || param.encoding.is_some() || param.accepted.is_some() {
            return idle(format!("`{shown}` has a schema or a list of values, which its type comes from"));
        }
        if !fresh("type") || param.inferred.as_ref() == Some(ty) {
            return idle(format!("`{shown}` has the type `{ty}` or another entry's anyway"));
        }
        param.inferred = Some(ty.clone());
    }
    if let Some(required) = set.required {
        let fixed = param.location == Location::Path;
        if !fresh("required") || fixed || param.required == required {
            return idle(format!("whether `{shown}` is required is settled already"));
        }
        param.required = required;
    }
    if let Some(default) = &set.default {
        if !fresh("default") || param.default.as_ref() == Some(default) {
            return idle(format!("`{shown}` has the default `{default}` or another entry's anyway"));
        }
        param.default = Some(default.clone());
    }
    if let Some(encoding) = set.encoding {
        if !fresh("encoding") || param.location != Location::Query || param.encoding == Some(encoding) {
            return idle(format!("how `{shown}` travels is settled already"));
        }
        param.encoding = Some(encoding);
    }
    Ok(())
}
