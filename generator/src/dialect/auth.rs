//! Who may call an action: the sentences of the Authentication section.

use std::collections::BTreeSet;

use super::codes;
use super::context::Context;
use crate::markdown::Inline;
use crate::model::Auth;

/// The sentence with and without scopes in backticks.
const UPSTREAM_SCOPES: &[&str] = &[
    "A valid api access token is required to access this endpoint. The token must include at least one of the following scopes:",
    "A valid API access token is required to access this endpoint. The token must include at least one of the following scopes:",
];
const CLIENT_SCOPES: &[&str] = &[
    "The client must be configured with a valid api access token to call this action. The token must include at least one of the following scopes:",
];
const CLIENT_NONE: &str = "No api access token is required to call this action.";
const UPSTREAM_NONE: &str = "No authentication is required for this endpoint.";
const SCOPES: &str = "A token with one of these scopes:";
const ANY: &str = "A token of any scope.";
const NONE: &str = "No token is needed.";

/// Reads the sentence.
pub(super) fn read(context: &mut Context<'_>, inline: &Inline, canonical: bool) -> Option<Auth> {
    let line = inline.line();
    let (with_scopes, none) = match (canonical, context.client) {
        (true, _) => (&[SCOPES][..], NONE),
        (false, Some(_)) => (CLIENT_SCOPES, CLIENT_NONE),
        (false, None) => (UPSTREAM_SCOPES, UPSTREAM_NONE),
    };
    if line == none {
        return Some(Auth { required: false, scopes: Vec::new() });
    }
    if canonical && line == ANY {
        return Some(Auth { required: true, scopes: Vec::new() });
    }
    let Some((at, list)) = with_scopes.iter().enumerate().find_map(|(at, start)| Some((at, line.strip_prefix(start)?)))
    else {
        context.report(codes::SCOPES, inline.span, "this is no known sentence about the token");
        return None;
    };
    match list.strip_prefix(' ').ok_or_else(|| "there is no blank before the list of scopes".to_owned()).and_then(
        |list| scopes(list, if canonical { Spelling::Own } else { [Spelling::Plain, Spelling::Code][at.min(1)] }),
    ) {
        Ok(scopes) => {
            let mut seen = BTreeSet::new();
            for scope in &scopes {
                if !seen.insert(scope) {
                    context.report(codes::SCOPE_DUPLICATE, inline.span, format!("the scope `{scope}` stands twice"));
                }
            }
            Some(Auth { required: true, scopes })
        }
        Err(message) => {
            context.report(codes::SCOPES, inline.span, message);
            None
        }
    }
}

/// How a list of scopes is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// `a, b.`, on pages of ours.
    Own,
    /// `a, or b.`
    Plain,
    /// The same with every scope in backticks.
    Code,
}

/// `a, b, or c.`
fn scopes(list: &str, spelling: Spelling) -> Result<Vec<String>, String> {
    let list = list.strip_suffix('.').ok_or("the list of scopes does not end with a dot")?;
    let mut items: Vec<&str> = list.split(", ").collect();
    let count = items.len();
    if count > 1
        && spelling != Spelling::Own
        && let Some(last) = items.last_mut()
    {
        match last.strip_prefix("or ") {
            Some(scope) => *last = scope,
            None => return Err("there is no `or` before the last scope".to_owned()),
        }
    }
    items
        .into_iter()
        .map(|item| {
            let coded = item.strip_prefix('`').and_then(|item| item.strip_suffix('`'));
            let item = match spelling {
                Spelling::Own | Spelling::Plain => item,
                Spelling::Code => coded.unwrap_or_default(),
            };
            let fine = !item.is_empty()
                && item.split('.').all(|part| !part.is_empty())
                && item.chars().all(|c| c.is_ascii_alphanumeric() || ".*_-:".contains(c));
            if fine { Ok(item.to_owned()) } else { Err(format!("`{}` is no scope", super::link::clip(item))) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Spelling, scopes};

    #[test]
    fn lists_of_scopes() {
        let list = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(scopes("a.*.", Spelling::Plain), list(&["a.*"]));
        assert_eq!(scopes("a.*, or b.c.", Spelling::Plain), list(&["a.*", "b.c"]));
        assert_eq!(scopes("a, b.", Spelling::Own), list(&["a", "b"]));
        assert_eq!(scopes("`a.*`, or `b.c`.", Spelling::Code), list(&["a.*", "b.c"]));
        for broken in ["`a`.", "a, b.", "a, or b", "a, or .", "a b.", ".", "", "a,, or b."] {
            assert!(scopes(broken, Spelling::Plain).is_err(), "{broken}");
        }
        assert!(scopes("`a, or `b`.", Spelling::Code).is_err() && scopes("a, or b.", Spelling::Own).is_err());
    }
}
