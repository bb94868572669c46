//! What the mock server has been told to do with some requests. Touches the rules of a running server.

use super::answer::Answer;
use super::document::{self, Operation};
use super::lock;
use super::request::{Arguments, Request};
use crate::endpoint::Endpoint;
use http::Method;
use serde::Serialize;
use std::fmt;
use std::sync::{Arc, Mutex};

/// The name of an action: `"device.get"`, or its constant such as `resources::device::GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionName(pub(super) String);

impl From<&str> for ActionName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl From<&Endpoint> for ActionName {
    fn from(endpoint: &Endpoint) -> Self {
        Self(format!("{}.{}", endpoint.resource(), endpoint.action()))
    }
}

impl From<Endpoint> for ActionName {
    fn from(endpoint: Endpoint) -> Self {
        Self::from(&endpoint)
    }
}

/// What is done with the requests of an action: made by [`MockServer::on`](super::MockServer::on) and
/// [`MockServer::route`](super::MockServer::route). It holds from the call on that says what is answered.
///
/// Rules that are limited by [`times`](Self::times) are followed first, in the order in which they were given; then the last
/// one of those that are not limited; without any, the documented example is the answer.
#[must_use = "a rule does not hold until it says what is answered"]
pub struct Rule<'a> {
    rules: &'a Rules,
    of: Target,
    left: Option<usize>,
    unchecked: bool,
}

type Handler = dyn Fn(&Request) -> Answer + Send + Sync;

/// The requests that a rule is for.
pub(super) enum Target {
    Action(&'static str),
    Route(Method, String),
}

struct Entry {
    of: Target,
    /// How often it is still followed; none for ever.
    left: Option<usize>,
    unchecked: bool,
    handler: Arc<Handler>,
}

/// The rules of a server in the order in which they were given.
#[derive(Default)]
pub(super) struct Rules(Mutex<Vec<Entry>>);

impl Rules {
    pub(super) fn add(&self, of: Target) -> Rule<'_> {
        Rule { rules: self, of, left: None, unchecked: false }
    }

    /// The handler of the rule for a request to an action. One that is not as documented uses up only what does not care.
    pub(super) fn of_action(&self, operation: &Operation<'_>, is_documented: bool) -> Option<Arc<Handler>> {
        let is_for = |of: &Target| matches!(of, Target::Action(name) if *name == operation.name).then_some(());
        self.take(is_for, |rule| is_documented || rule.unchecked).map(|(handler, ())| handler)
    }

    /// The handler of the rule for a path, and the arguments in it.
    pub(super) fn of_route(&self, request: &Request) -> Option<(Arc<Handler>, Arguments)> {
        let segments = request.segments();
        let is_for = |of: &Target| match of {
            Target::Route(method, path) if method == request.method() => {
                let found = document::arguments(path, &segments)?;
                Some(found.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }
            _ => None,
        };
        self.take(is_for, |_| true)
    }

    /// Counts one use of the rule whose turn it is, if it may be used.
    fn take<T>(
        &self,
        is_for: impl Fn(&Target) -> Option<T>,
        may: impl Fn(&Entry) -> bool,
    ) -> Option<(Arc<Handler>, T)> {
        let mut rules = lock(&self.0);
        let found = rules.iter_mut().filter_map(|rule| is_for(&rule.of).map(|found| (rule, found)));
        let is_usable = |rule: &Entry| rule.left != Some(0) && may(rule);
        let mut found: Vec<(&mut Entry, T)> = found.filter(|(rule, _)| is_usable(rule)).collect();
        let limited = found.iter().position(|(rule, _)| rule.left.is_some());
        // Without limited ones the last one is the newest of the others.
        let at = limited.or_else(|| found.len().checked_sub(1))?;
        let (rule, found) = found.swap_remove(at);
        rule.left = rule.left.map(|left| left - 1);
        Some((Arc::clone(&rule.handler), found))
    }
}

impl Rule<'_> {
    /// Holds for so many requests and no longer.
    pub fn times(mut self, count: usize) -> Self {
        self.left = Some(count);
        self
    }

    /// Answers also what is not as documented, such as a parameter that the documentation does not know yet. It is no misuse
    /// then.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Gives this answer.
    pub fn answer(self, answer: Answer) {
        self.handle(move |_| answer.clone());
    }

    /// Answers with a value, as JSON: [`Answer::json`].
    ///
    /// # Panics
    /// When the value cannot be JSON.
    #[track_caller]
    pub fn json(self, value: impl Serialize) {
        self.answer(Answer::json(value));
    }

    /// Fails with this status: [`Answer::fail`].
    ///
    /// # Panics
    /// When there is no such status.
    #[track_caller]
    pub fn fail(self, status: u16) {
        self.answer(Answer::fail(status));
    }

    /// Asks this function for each answer. It must not block: the server has one thread.
    pub fn handle(self, handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) {
        let Self { rules, of, left, unchecked } = self;
        lock(&rules.0).push(Entry { of, left, unchecked, handler: Arc::new(handler) });
    }
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("left", &self.left).field("unchecked", &self.unchecked).finish_non_exhaustive()
    }
}
