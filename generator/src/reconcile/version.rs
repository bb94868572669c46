//! The version of the API: the overview's, else that of the earliest pages of client references.

use super::{PageFacts, codes};
use crate::diagnostic::Diagnostic;
use crate::dialect::OverviewFacts;

/// The version that all pages agree on; the first one that does not is reported.
pub(super) fn version(
    pages: &[PageFacts],
    overview: &OverviewFacts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let clients = pages.iter().filter_map(|page| page.facts.client.as_ref());
    let stated = clients.filter_map(|client| Some((client.api_version.clone()?, client.span)));
    let mut all = overview.api_version.clone().into_iter().chain(stated);
    let (version, first) = all.next()?;
    if let Some((other, span)) = all.find(|(other, _)| *other != version) {
        let message = format!("version `{other}` of the API here, `{version}` elsewhere");
        diagnostics.push(Diagnostic::new(codes::API_VERSION, span, message).with_related(first, "the other one"));
    }
    Some(version)
}
