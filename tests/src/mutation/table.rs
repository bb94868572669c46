//! The sums of a run, printed as a table by folder and by kind of mutation.

use std::collections::BTreeMap;
use std::fmt;

use super::{Outcome, Verdict};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    mutants: usize,
    seen: usize,
    reported: usize,
    misplaced: usize,
    no_fact: usize,
    silent: usize,
}

impl Sums {
    fn add(&mut self, outcome: &Outcome) {
        self.mutants += 1;
        let place = match (&outcome.verdict, outcome.rule) {
            (Verdict::Seen, _) => &mut self.seen,
            (Verdict::Reported, _) => &mut self.reported,
            (Verdict::Misplaced(_), _) => &mut self.misplaced,
            (Verdict::Silent, Some(_)) => &mut self.no_fact,
            (Verdict::Silent | Verdict::Panicked, _) => &mut self.silent,
        };
        *place += 1;
    }
}

/// The sums of a run.
#[derive(Clone, Debug, Default)]
pub struct Table {
    folders: BTreeMap<String, Sums>,
    kinds: BTreeMap<String, Sums>,
    rules: BTreeMap<&'static str, usize>,
    all: Sums,
}

impl Table {
    /// Counts a mutant.
    pub fn add(&mut self, outcome: &Outcome) {
        self.folders.entry(outcome.folder.clone()).or_default().add(outcome);
        self.kinds.entry(outcome.kind.clone()).or_default().add(outcome);
        self.all.add(outcome);
        if let Some(rule) = outcome.rule {
            *self.rules.entry(rule).or_default() += 1;
        }
    }

    /// How many mutants were silent, or named at another place only.
    pub fn unseen(&self) -> usize {
        self.all.silent + self.all.misplaced
    }

    /// How many mutants there were.
    pub fn mutants(&self) -> usize {
        self.all.mutants
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, sums: &Sums| {
            writeln!(
                f,
                "{name:<42} {:>8} {:>8} {:>8} {:>9} {:>8} {:>8}",
                sums.mutants, sums.seen, sums.reported, sums.misplaced, sums.no_fact, sums.silent
            )
        };
        for (name, sums) in self.folders.iter().chain(&self.kinds) {
            line(name, sums)?;
        }
        line("all", &self.all)?;
        writeln!(f, "(columns: mutants, seen in the model, reported, misplaced, without a fact, silent)")?;
        for (rule, count) in &self.rules {
            writeln!(f, "without a fact: {rule}: {count}")?;
        }
        Ok(())
    }
}
