//! The sections of an action: their headings, anchors and order.

use super::outline::Section;

/// The kinds of sections, in the order in which pages have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    MethodAndUrl,
    Authentication,
    PathComponents,
    QueryParameters,
    Headers,
    Body,
    Curl,
    Successes,
    Stream,
    Errors,
}

/// Heading and anchor suffix of each kind.
const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::MethodAndUrl, "Method And Url", "method-url"),
    (Kind::Authentication, "Authentication", "authentication"),
    (Kind::PathComponents, "Request Path Components", "path-components"),
    (Kind::QueryParameters, "Request Query Parameters", "query-params"),
    (Kind::Headers, "Request Headers", "headers"),
    (Kind::Body, "Request Body", "body"),
    (Kind::Curl, "Curl Example", "curl-example"),
    (Kind::Successes, "Successful Responses", "successful-responses"),
    (Kind::Stream, "SSE Stream for a Successful Response", "successful-responses"),
    (Kind::Errors, "Error Responses", "error-responses"),
];

impl Kind {
    /// The kind of a section, by its heading.
    pub(super) fn of(section: &Section<'_>) -> Option<Self> {
        let words = section.heading.content.line();
        KINDS.iter().find(|(_, heading, _)| *heading == words).map(|(kind, _, _)| *kind)
    }

    /// The heading's words.
    pub(super) fn heading(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, heading, _)| heading)
    }

    /// What follows the action's name in the section's anchor.
    pub(super) fn suffix(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, suffix)| suffix)
    }
}
