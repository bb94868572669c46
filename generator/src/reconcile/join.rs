//! What joining a page's action to others needs, and how texts are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::draft::{Draft, ParamDraft, Row};
use super::schemas::Registry;
use super::stated::{Side, Stated, Topic};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::{Linked, SchemaLink};
use crate::source::Span;

/// What every step carries along.
pub(super) struct Join<'a> {
    pub registry: &'a mut Registry,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// The names of the parameters of every action.
    pub everywhere: &'a BTreeSet<String>,
    /// What is known of the parameters of every action and of every request.
    pub common: &'a mut BTreeMap<String, ParamDraft>,
    /// What was said of them, so that what all rows have in common is said once.
    pub reported: &'a mut BTreeSet<(Code, String)>,
    /// The words of the resource: `-access-token`.
    pub subject: String,
}

/// A fact of an action on a page.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub side: Side,
    pub span: Span,
}

impl At {
    pub(super) fn row(self) -> Row {
        (self.side, self.span)
    }

    /// Whether the page has such a row already, which its reader has reported.
    pub(super) fn repeats(self, rows: &[Row]) -> bool {
        rows.iter().any(|(_, row)| row.file == self.span.file)
    }
}

impl Join<'_> {
    /// The schema that a link means.
    pub(super) fn schema<T>(&mut self, fact: &Linked<T>) -> Option<String> {
        self.link(fact.link.as_ref()?)
    }

    /// The schema that a link means.
    pub(super) fn link(&mut self, link: &SchemaLink) -> Option<String> {
        self.registry.resolve(link, None, self.diagnostics)
    }

    /// Adds a fact that only pages which state it can contradict.
    pub(super) fn say<T: PartialEq + serde::Serialize>(
        &mut self,
        fact: &mut Stated<T>,
        said: Option<T>,
        at: At,
        code: Code,
        what: &str,
    ) {
        fact.say(said, at.span, Topic { code, what }, self.diagnostics);
    }

    /// Adds a fact that a page would have if there was one.
    pub(super) fn say_or_not<T: PartialEq + serde::Serialize>(
        &mut self,
        fact: &mut Stated<T>,
        said: Option<T>,
        at: At,
        code: Code,
        what: &str,
    ) {
        fact.say_or_not(said, at.span, Topic { code, what }, self.diagnostics);
    }

    /// Adds a text; one that names something else in the place of the resource was written for that.
    pub(super) fn text(&mut self, fact: &mut Stated<String>, said: &str, at: At, what: &str) {
        let said = said.trim();
        if said.is_empty() {
            return;
        }
        // A sentence that closes before another one has a dot, which is no other text.
        let bare = |text: &str| text.trim_end_matches('.').to_owned();
        let known = fact.get().filter(|known| bare(known) == bare(said)).cloned();
        let said = known.unwrap_or_else(|| said.to_owned());
        let other = |known: &String| is_about_another(&self.subject, known, &said);
        let code = if fact.get().is_some_and(other) { codes::SUBJECT } else { codes::TEXT };
        self.say(fact, Some(said), at, code, what);
    }

    /// Points out what some pages of an action do not have.
    pub(super) fn lone(&mut self, code: Code, what: &str, rows: &[Row], headings: &[Row]) {
        let Some((_, span)) = rows.first() else { return };
        let lacking = |(_, heading): &&Row| !rows.iter().any(|(_, row)| row.file == heading.file);
        let Some((_, heading)) = headings.iter().find(lacking) else { return };
        let message = format!("{what} stands here, not on every page of the action");
        let diagnostic = Diagnostic::new(code, *span, message);
        self.diagnostics.push(diagnostic.with_related(*heading, "not here"));
    }

    /// Points out that no page says where an action goes.
    pub(super) fn without_address(&mut self, resource: &str, draft: &Draft) {
        let message = format!("method and path of `{resource}.{}` are on no page", draft.name);
        let span = draft.headings.first().map(|(_, span)| *span);
        self.diagnostics.push(Diagnostic::new(codes::NO_ADDRESS, span, message));
    }

    /// Points out whatever some pages of an action do not have.
    pub(super) fn lone_facts(&mut self, draft: &Draft) {
        for param in &draft.params {
            self.lone(codes::PARAM_LONE, &format!("`{}`", param.name), &param.rows, &draft.headings);
        }
        if let Some(body) = &draft.body {
            self.lone(codes::BODY_LONE, "a body", &body.rows, &draft.headings);
        }
        for (code, response) in &draft.responses {
            self.lone(codes::RESPONSE_LONE, &format!("the response {code}"), &response.rows, &draft.headings);
        }
    }
}

/// The letters and digits of a text in lower case: what two spellings of one name share.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The subject of a resource's texts: the words of its name, in the singular.
pub(super) fn subject(resource: &str) -> String {
    let words = words(resource);
    let words = words.trim_end_matches('-');
    words.strip_suffix('s').unwrap_or(words).to_owned()
}

/// Whether two texts are the same but for the resource, for which one of them has other words.
fn is_about_another(subject: &str, known: &str, said: &str) -> bool {
    let own = |text: &str| -> Option<String> {
        let plural = text.replace(&format!("{subject}s-"), "-");
        let bare = plural.replace(&format!("{subject}-"), "-");
        (bare != text).then_some(bare)
    };
    let (known, said) = (words(known), words(said));
    let (bare, other) = match (own(&known), own(&said)) {
        (Some(bare), None) => (bare, &said),
        (None, Some(bare)) => (bare, &known),
        _ => return false,
    };
    let set = |text: &str| -> BTreeSet<String> {
        text.split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    set(&bare).is_subset(&set(other)) && set(other) != set(&bare)
}

/// The words of a text, with a dash before and behind each: `an accessToken` is `-an-access-token-`.
fn words(text: &str) -> String {
    let mut out = "-".to_owned();
    let mut was_lower = false;
    for character in text.chars() {
        let parts = !character.is_alphanumeric() || (character.is_uppercase() && was_lower);
        if parts && !out.ends_with('-') {
            out.push('-');
        }
        if character.is_alphanumeric() {
            out.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    if !out.ends_with('-') {
        out.push('-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_about_another, subject, words};

    #[test]
    fn subjects_are_words() {
        assert_eq!(words("Updates an accessToken."), "-updates-an-access-token-");
        assert_eq!(subject("accessTokens"), "-access-token");
        assert_eq!(subject("me"), "-me");
        let about = |known, said| is_about_another(&subject("accessToken"), known, said);
        assert!(about("Access token information", "Device information"));
        assert!(about("Create a new accessKey for a user", "Create a new accessToken for a user"));
        assert!(!about("Access token information", "What is known of it"));
        assert!(!about("Updates an accessToken", "Updates the access tokens"));
        assert!(!is_about_another(&subject("me"), "the name", "the other name"));
    }
}
