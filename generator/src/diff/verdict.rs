//! What all changes come to: how many of each kind, and which version the client has to have next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Change, Level, Wire};

/// The heading under which a change is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The same call compiles and means something else: no compiler tells.
    Silent,
    /// Fails at run time or does not compile.
    Breaking,
    /// The pages do not say whether it goes on working.
    Decision,
    /// Goes on working.
    Additive,
    /// Says the same in other words.
    DocOnly,
}

impl Category {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 5] = [Self::Silent, Self::Breaking, Self::Decision, Self::Additive, Self::DocOnly];

    /// Of a change.
    pub fn of(change: &Change) -> Self {
        match (change.rule.silent, change.wire, change.rust) {
            (true, ..) => Self::Silent,
            (_, Wire::Breaking, _) | (_, _, Level::Major) => Self::Breaking,
            (_, Wire::Maybe, _) => Self::Decision,
            (_, Wire::Additive, _) | (_, _, Level::Minor) => Self::Additive,
            (_, Wire::DocOnly, Level::Patch) => Self::DocOnly,
        }
    }

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Silent => "Silent: the same call means something else",
            Self::Breaking => "Breaking",
            Self::Decision => "Needs a decision",
            Self::Additive => "Additive",
            Self::DocOnly => "Documentation only",
        }
    }

    /// In a few words, behind a number.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Breaking => "breaking",
            Self::Decision => "to decide",
            Self::Additive => "additive",
            Self::DocOnly => "of documentation only",
        }
    }
}

/// What all changes come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// How many changes each category has.
    pub counts: BTreeMap<Category, usize>,
    /// What the changes mean for the source of the client's users.
    pub rust: Level,
    /// What the next version has to be. Where a call makes another request, that is a new major version even if every
    /// signature stayed the same.
    pub bump: Option<Level>,
    /// The version that the changes are made to.
    pub version: String,
    /// The next one.
    pub next: String,
}

impl Verdict {
    /// Of changes to a version of the client.
    pub fn of(changes: &[Change], version: &str) -> Self {
        let mut counts: BTreeMap<Category, usize> = Category::ALL.map(|category| (category, 0)).into();
        for change in changes {
            *counts.entry(Category::of(change)).or_default() += 1;
        }
        let rust = changes.iter().map(|change| change.rust).max().unwrap_or(Level::Patch);
        let is_rerouted = changes.iter().any(|change| change.rule.silent && change.wire == Wire::Breaking);
        let bump = (!changes.is_empty()).then_some(if is_rerouted { Level::Major } else { rust });
        let next = bump.map_or_else(|| version.to_owned(), |bump| next(version, bump));
        Self { counts, rust, bump, version: version.to_owned(), next }
    }

    /// In one line.
    pub fn line(&self) -> String {
        let Some(bump) = self.bump else { return "No change of the API.".to_owned() };
        let counts = Category::ALL.map(|category| format!("{} {}", self.counts[&category], category.as_str()));
        format!(
            "{}; in Rust {}; {} changes: version {} → {}",
            counts.join(", "),
            self.rust.as_str(),
            bump.as_str(),
            self.version,
            self.next
        )
    }
}

/// The version after one: below 1.0.0 the second number stands for the first, and the third for both others.
fn next(version: &str, bump: Level) -> String {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<u64> = core.split('.').map_while(|number| number.parse().ok()).collect();
    let [major, minor, patch] = numbers[..] else { return version.to_owned() };
    // A pre-release is followed by what it prepares.
    if core != version.split('+').next().unwrap_or_default() {
        return core.to_owned();
    }
    let (major, minor, patch) = match (major, minor, bump) {
        (0, 0, _) => (0, 0, patch + 1),
        (0, _, Level::Major) => (0, minor + 1, 0),
        (0, ..) | (_, _, Level::Patch) => (major, minor, patch + 1),
        (_, _, Level::Major) => (major + 1, 0, 0),
        (_, _, Level::Minor) => (major, minor + 1, 0),
    };
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::{Level, next};

    #[test]
    fn versions_follow_cargo() {
        let all = |version| [Level::Patch, Level::Minor, Level::Major].map(|bump| next(version, bump));
        assert_eq!(all("1.2.3"), ["1.2.4", "1.3.0", "2.0.0"]);
        assert_eq!(all("0.2.3"), ["0.2.4", "0.2.4", "0.3.0"]);
        assert_eq!(all("0.0.3"), ["0.0.4", "0.0.4", "0.0.4"]);
        assert_eq!(all("1.0.0-rc.1"), ["1.0.0", "1.0.0", "1.0.0"]);
        assert_eq!(all("soon"), ["soon", "soon", "soon"]);
    }
}
