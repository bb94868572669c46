//! Warnings that are known: where the place of an entry stands in the pages, and which diagnostics lie there.

use super::{Accept, Place, Region, codes};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Api;
use crate::source::Sources;

impl Accept {
    /// Whether a diagnostic is one that is accepted; counts it.
    pub(super) fn matches(&mut self, diagnostic: &Diagnostic) -> bool {
        let (Some(region), Some(span)) = (self.region, diagnostic.span) else { return false };
        let lies_there = region.file == span.file && (region.start..region.end).contains(&span.start);
        let fits = diagnostic.severity() == Severity::Warning && diagnostic.code.name == self.code.name && lies_there;
        self.matched += usize::from(fits);
        fits
    }

    /// That no warning matched it.
    pub(super) fn unused(&self) -> Diagnostic {
        let (kind, name) = match &self.place {
            Place::Schema(name) => ("schema", name),
            Place::Resource(name) => ("resource", name),
        };
        let message = match self.region {
            Some(_) => format!("there is no warning `{}` at the {kind} `{name}`", self.code.name),
            None => format!("no page documents the {kind} `{name}`"),
        };
        Diagnostic::new(codes::UNUSED, self.span, message)
    }
}

/// Where a place stands: a resource is its whole page, a schema reaches from its heading to that of the next one.
pub(super) fn region(place: &Place, api: &Api, sources: &Sources) -> Option<Region> {
    match place {
        Place::Resource(name) => {
            let file = api.resources.iter().find(|resource| resource.name == *name)?.span?.file;
            Some(Region { file, start: 0, end: usize::MAX })
        }
        Place::Schema(name) => {
            let schema = api.schemas.iter().find(|schema| schema.name == *name)?;
            let own = schema.sources.first()?;
            let lines = api.schemas.iter().flat_map(|schema| &schema.sources);
            let next =
                lines.filter(|place| place.page == own.page && place.line > own.line).map(|place| place.line).min();
            let (file, _) = sources.iter().find(|(_, source)| source.path == own.page)?;
            let start = sources.line_start(file, own.line);
            Some(Region { file, start, end: next.map_or(usize::MAX, |line| sources.line_start(file, line)) })
        }
    }
}
