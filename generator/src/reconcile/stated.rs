//! One fact and the pages that state it.

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Which family a page belongs to: what it is the authority for depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// A page of the REST API: says what goes over the wire.
    Rest,
    /// A page of a client's reference: says types and names.
    Client,
}

/// How the problem is called when pages differ on a fact.
#[derive(Clone, Copy)]
pub(super) struct Topic<'a> {
    /// The kind of the problem.
    pub code: Code,
    /// The fact in words: ``the default of `limit` ``.
    pub what: &'a str,
}

/// A fact as the first page states it, with all pages that say the same.
#[derive(Clone, Debug)]
pub(super) struct Stated<T> {
    value: Option<T>,
    by: Vec<Span>,
    /// Pages that would say it, and have nothing.
    silent: Vec<Span>,
}

impl<T> Default for Stated<T> {
    fn default() -> Self {
        Self { value: None, by: Vec::new(), silent: Vec::new() }
    }
}

impl<T: PartialEq + Serialize> Stated<T> {
    /// What is known.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The pages that say so, the one that was taken first.
    pub(super) fn by(&self) -> &[Span] {
        &self.by
    }

    /// Takes the value out.
    pub(super) fn take(self) -> Option<T> {
        self.value
    }

    /// Adds what a page says, if anything; where it says something else than the pages before, these are believed.
    pub(super) fn say(&mut self, said: Option<T>, at: Span, topic: Topic<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(said) = said else { return };
        match (&self.value, self.by.first()) {
            (Some(known), Some(&first)) if *known != said => {
                let message = format!("{} is {} here, {} elsewhere", topic.what, shown(&said), shown(known));
                let diagnostic = Diagnostic::new(topic.code, at, message);
                diagnostics.push(diagnostic.with_related(first, "this is taken"));
            }
            _ => {
                self.by.push(at);
                self.value = Some(said);
            }
        }
    }

    /// The same for a fact that a page would have if there was one, so that having none says something, too.
    ///
    /// One page's silence does not overrule another one's word.
    pub(super) fn say_or_not(
        &mut self,
        said: Option<T>,
        at: Span,
        topic: Topic<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let lone = |value: &T, here: bool| {
            let place = if here { "only here" } else { "elsewhere, nothing here" };
            format!("{} is {} {place}", topic.what, shown(value))
        };
        match (&said, &self.value) {
            (None, None) => {}
            (None, Some(known)) => {
                if let Some(&first) = self.by.first() {
                    let diagnostic = Diagnostic::new(topic.code, at, lone(known, false));
                    diagnostics.push(diagnostic.with_related(first, "this is taken"));
                }
            }
            (Some(said), None) => {
                if let Some(&silent) = self.silent.first() {
                    let diagnostic = Diagnostic::new(topic.code, at, lone(said, true));
                    diagnostics.push(diagnostic.with_related(silent, "nothing here"));
                }
            }
            (Some(_), Some(_)) => {}
        }
        if said.is_none() {
            self.silent.push(at);
        }
        self.say(said, at, topic, diagnostics);
    }
}

/// A value in a message.
fn shown<T: Serialize>(value: &T) -> String {
    const LONGEST: usize = 80;
    // Facts are plain data, which always has a JSON form.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    const CODE: Code = Code::warning("differs", "x");

    fn places() -> Vec<Span> {
        let page = |name: &str| Source { path: name.to_owned(), text: String::new() };
        let sources = Sources::new(vec![page("a"), page("b"), page("c")]);
        sources.iter().map(|(file, _)| Span::new(file, 0..0)).collect()
    }

    #[test]
    fn the_first_page_is_believed_and_the_others_are_quoted() {
        let (places, mut found) = (places(), Vec::new());
        let topic = Topic { code: CODE, what: "the default" };
        let mut fact = Stated::default();
        fact.say(None, places[0], topic, &mut found);
        fact.say(Some(1), places[0], topic, &mut found);
        fact.say(Some(2), places[1], topic, &mut found);
        fact.say(Some(1), places[2], topic, &mut found);
        assert_eq!((fact.get(), fact.by()), (Some(&1), &[places[0], places[2]][..]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "the default is `2` here, `1` elsewhere");
        assert_eq!((found[0].span, found[0].related[0].0), (Some(places[1]), places[0]));
    }

    #[test]
    fn silence_is_pointed_out_and_filled() {
        let (places, mut found) = (places(), Vec::new());
        let topic = Topic { code: CODE, what: "the default" };
        let mut fact = Stated::default();
        fact.say_or_not(None, places[0], topic, &mut found);
        fact.say_or_not(Some("a"), places[1], topic, &mut found);
        fact.say_or_not(None, places[2], topic, &mut found);
        assert_eq!((fact.get(), fact.by()), (Some(&"a"), &[places[1]][..]));
        let messages: Vec<_> = found.iter().map(|diagnostic| &diagnostic.message[..]).collect();
        assert_eq!(messages, ["the default is `\"a\"` only here", "the default is `\"a\"` elsewhere, nothing here"]);
    }
}
