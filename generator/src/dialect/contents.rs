//! Lists of contents on pages of clients, which name every heading below them.

use super::context::{Body, Context};
use super::link::clip;
use super::outline::{Outline, Part};
use super::recognise::Dialect;
use super::{codes, names};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Checks the list of contents against the headings.
pub(super) fn check(
    context: &mut Context<'_>,
    outline: &Outline<'_>,
    parts: &[Part<'_>],
    title: Span,
    dialect: Dialect,
) {
    let found = if dialect == Dialect::ClientListed {
        outline.parts.first().map(|part| Body::new(part.intro, part.span))
    } else {
        let mut found = None;
        for section in &outline.stray {
            if found.is_none() && section.heading.level == 5 && section.heading.content.line() == "Contents" {
                found = Some(Body::new(section.blocks, section.span));
            } else {
                context.report(codes::SECTION_UNKNOWN, section.span, "a section above the first action");
            }
        }
        found
    };
    match found {
        Some(mut body) => {
            list_of(context, &mut body, parts);
            body.finish(context, "the list of contents");
        }
        None => context.report(codes::SECTION_MISSING, title, "the list of contents is missing"),
    }
}

/// Checks a list of links to the headings below it.
pub(super) fn list_of(context: &mut Context<'_>, body: &mut Body<'_>, parts: &[Part<'_>]) {
    let Some((items, span)) = body.list() else {
        context.report(codes::CONTENTS, body.heading, "the list of contents is missing");
        return;
    };
    for (item, part) in items.iter().zip(parts) {
        let heading = part.heading.content.line();
        if item.text != format!("[{heading}](#{})", names::anchor(&heading)) {
            let message = format!("`{}` in the list of contents is `{}` below", clip(&item.line()), clip(&heading));
            let diagnostic = Diagnostic::new(codes::CONTENTS, item.span, message);
            context.diagnostics.push(diagnostic.with_related(part.span, "the heading"));
            return;
        }
    }
    if items.len() != parts.len() {
        let message = format!("{} items for {} headings", items.len(), parts.len());
        context.report(codes::CONTENTS, span, message);
    }
}
