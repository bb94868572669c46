//! Who may call an action: the sentences of the Authentication section.

use std::collections::BTreeSet;

use super::codes;
use super::context::Context;
use crate::markdown::Inline;
use crate::model::Auth;

const UPSTREAM_SCOPES: &[&str] = &[
    "A valid api access token is required to access this endpoint. The token must include at least one of the following scopes:",
    "A valid API access token is required to access this endpoint. The token must include at least one of the following scopes:",
];
const UPSTREAM_NONE: &str = "No authentication is required for this endpoint.";
const SCOPES: &str = "A token with one of these scopes:";
const ANY: &str = "A token of any scope.";
const NONE: &str = "No token is needed.";

/// Reads the sentence.
pub(super) fn read(context: &mut Context<'_>, inline: &Inline, canonical: bool) -> Option<Auth> {
    let line = inline.line();
    let (with_scopes, none) = if canonical { (&[SCOPES][..], NONE) } else { (UPSTREAM_SCOPES, UPSTREAM_NONE) };
    if line == none {
        return Some(Auth { required: false, scopes: Vec::new() });
    }
    if canonical && line == ANY {
        return Some(Auth { required: true, scopes: Vec::new() });
    }
    let Some(list) = with_scopes.iter().find_map(|start| line.strip_prefix(start)) else {
        context.report(codes::SCOPES, inline.span, "this is no known sentence about the token");
        return None;
    };
    match scopes(list.trim(), canonical) {
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

/// `a, b, or c.`; pages of ours may leave out the `or`.
fn scopes(list: &str, or_optional: bool) -> Result<Vec<String>, String> {
    let list = list.strip_suffix('.').ok_or("the list of scopes does not end with a dot")?;
    let mut items: Vec<&str> = list.split(", ").collect();
    let count = items.len();
    if count > 1
        && let Some(last) = items.last_mut()
    {
        match last.strip_prefix("or ") {
            Some(scope) => *last = scope,
            None if or_optional => {}
            None => return Err("there is no `or` before the last scope".to_owned()),
        }
    }
    items
        .into_iter()
        .map(|item| {
            let item = item.strip_prefix('`').and_then(|item| item.strip_suffix('`')).unwrap_or(item);
            let fine = !item.is_empty()
                && item.split('.').all(|part| !part.is_empty())
                && item.chars().all(|c| c.is_ascii_alphanumeric() || ".*_-:".contains(c));
            if fine { Ok(item.to_owned()) } else { Err(format!("`{}` is no scope", super::link::clip(item))) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::scopes;

    #[test]
    fn lists_of_scopes() {
        assert_eq!(scopes("a.*.", false), Ok(vec!["a.*".to_owned()]));
        assert_eq!(scopes("a.*, or b.c.", false), Ok(vec!["a.*".to_owned(), "b.c".to_owned()]));
        assert_eq!(scopes("a, b.", true), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(scopes("`a.*`, or `b.c`.", false), Ok(vec!["a.*".to_owned(), "b.c".to_owned()]));
        for broken in ["`a, or `b`.", "a, b.", "a, or b", "a, or .", "a b.", ".", "", "a,, or b."] {
            assert!(scopes(broken, false).is_err(), "{broken}");
        }
    }
}
