//! The breaking changes that somebody approved, each with a reason.

use serde::{Deserialize, Serialize};

use super::Change;

/// A file of approvals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// In the order of the file.
    #[serde(default)]
    pub approved: Vec<Approval>,
}

/// An approved change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Which one.
    pub fingerprint: String,
    /// Why that is right.
    pub why: String,
}

/// What approvals leave open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review<'a> {
    /// Breaking changes that nobody approved.
    pub unapproved: Vec<&'a Change>,
    /// Approved changes with their reasons.
    pub approved: Vec<(&'a Change, &'a str)>,
    /// Approvals that no breaking change needs: wrong, outdated, or there twice.
    pub stale: Vec<&'a Approval>,
}

impl Approvals {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no YAML of that form, or an approval has no reason.
    pub fn parse(text: &str) -> Result<Self, String> {
        let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        let approvals: Self =
            if empty { Self::default() } else { serde_yaml::from_str(text).map_err(|fault| fault.to_string())? };
        match approvals.approved.iter().find(|approval| approval.why.trim().is_empty()) {
            Some(approval) => Err(format!("the approval of {} has no reason", approval.fingerprint)),
            None => Ok(approvals),
        }
    }

    /// Holds them against the changes.
    pub fn review<'a>(&'a self, changes: &'a [Change]) -> Review<'a> {
        let mut review = Review { stale: self.approved.iter().collect(), ..Review::default() };
        for change in changes.iter().filter(|change| change.is_breaking()) {
            let fingerprint = change.fingerprint();
            match review.stale.iter().position(|approval| approval.fingerprint == fingerprint) {
                Some(at) => review.approved.push((change, &review.stale.remove(at).why)),
                None => review.unapproved.push(change),
            }
        }
        review
    }
}

impl Review<'_> {
    /// Whether nothing is left open.
    pub fn is_fine(&self) -> bool {
        self.unapproved.is_empty() && self.stale.is_empty()
    }
}
