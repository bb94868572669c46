//! What the pages show against what the model has: the check that nothing got lost on the way.
//!
//! The pages are counted by their headings and tables alone, independently of the reading that made the model.

use std::collections::BTreeSet;
use std::fmt;

use crate::dialect::Facts;
use crate::markdown::{BlockKind, Inline, Page, Table};
use crate::model::{Api, Location};

/// How much of everything there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages that state facts.
    pub pages: usize,
    /// Headings below the title.
    pub sections: usize,
    /// Rows of tables.
    pub rows: usize,
    /// Actions.
    pub actions: usize,
    /// Path parameters.
    pub path_params: usize,
    /// Query parameters.
    pub query_params: usize,
    /// Header parameters other than `Authorization`, and parts of forms.
    pub other_params: usize,
    /// JSON bodies.
    pub bodies: usize,
    /// Responses other than streams.
    pub responses: usize,
    /// Kinds of server-sent events.
    pub events: usize,
    /// Schemas.
    pub schemas: usize,
}

impl Counts {
    /// Parameters of all kinds.
    pub fn params(&self) -> usize {
        self.path_params + self.query_params + self.other_params
    }

    /// The numbers that pages and model must agree on, with their names.
    pub fn named(&self) -> [(&'static str, usize); 8] {
        [
            ("actions", self.actions),
            ("path parameters", self.path_params),
            ("query parameters", self.query_params),
            ("other parameters", self.other_params),
            ("bodies", self.bodies),
            ("responses", self.responses),
            ("events", self.events),
            ("schemas", self.schemas),
        ]
    }

    /// Adds what a page shows.
    ///
    /// Pages of actions repeat schemas; `shown` holds the headings of those that are counted already.
    pub(super) fn add_page(&mut self, page: &Page, facts: &Facts, shown: &mut BTreeSet<String>) {
        if facts.resource.is_none() && !facts.schemas_page && facts.overview.is_none() {
            return;
        }
        self.pages += 1;
        let mut section = String::new();
        let mut has_body = false;
        let shows_schemas = facts.resource.is_some() && facts.schemas_page;
        let mut in_schemas = false;
        for block in &page.blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    section = heading.content.line();
                    self.sections += usize::from(heading.level > 1);
                    match heading.level {
                        2 if shows_schemas && section == "Schemas" => in_schemas = true,
                        3 if in_schemas => {
                            let anchor = heading.content.anchors.first().map(|anchor| &anchor.name[..]);
                            let heading = anchor.unwrap_or(&section).to_owned();
                            self.schemas += usize::from(shown.insert(heading));
                        }
                        2 if facts.resource.is_some() => {
                            self.actions += 1;
                            in_schemas = false;
                            has_body = false;
                        }
                        2 if facts.schemas_page => self.schemas += 1,
                        _ => {}
                    }
                    has_body |= section == "Request Body";
                }
                BlockKind::Table(table) => {
                    self.rows += table.rows.len();
                    if facts.resource.is_some() {
                        self.add_table(table, &section);
                    }
                }
                BlockKind::Paragraph(inline) if section == "Request Body" && facts.resource.is_some() => {
                    let text = inline.line();
                    if !text.to_lowercase().contains("multipart") {
                        self.bodies += 1;
                    } else if !text.ends_with(':') {
                        self.other_params += text.matches("` is ").count();
                    }
                }
                BlockKind::Code(code) if section == "Curl Example" && !has_body => {
                    self.other_params += code.text.lines().filter(|line| line.trim_start().starts_with("-F ")).count();
                }
                _ => {}
            }
        }
    }

    fn add_table(&mut self, table: &Table, section: &str) {
        let names = table.header.cells.iter().position(|cell| cell.line() == "Name").unwrap_or_default();
        let first = |row: &crate::markdown::Row| row.cells.get(names).map(Inline::line).unwrap_or_default();
        let has = |column: &str| table.header.cells.iter().any(|cell| cell.line() == column);
        let rows = table.rows.len();
        if has("Path Component") {
            self.path_params += rows;
        } else if has("SSE Event Name") {
            self.events += rows;
        } else if has("Code") {
            self.responses += rows;
        } else if section == "Request Query Parameters" {
            self.query_params += rows;
        } else {
            self.other_params += table.rows.iter().filter(|row| first(row) != "Authorization").count();
        }
    }

    /// What a model has. Parameters that the overview added to every action are not counted.
    pub(super) fn of_model(api: &Api, seen: &Self) -> Self {
        let mut counts = Self { pages: seen.pages, sections: seen.sections, rows: seen.rows, ..Self::default() };
        counts.schemas = api.schemas.len();
        for action in api.resources.iter().flat_map(|resource| &resource.actions) {
            counts.actions += 1;
            counts.bodies += usize::from(action.body.is_some());
            counts.events += action.events.len();
            counts.responses += action.responses.len() - usize::from(!action.events.is_empty());
            let own = |span: crate::source::Span| action.span.is_some_and(|heading| heading.file == span.file);
            for param in action.params.iter().filter(|param| param.span.is_some_and(own)) {
                match param.location {
                    Location::Path => counts.path_params += 1,
                    Location::Query => counts.query_params += 1,
                    Location::Header | Location::Multipart => counts.other_params += 1,
                }
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} actions, {} parameters, {} bodies, {} responses, {} events, {} schemas",
            self.actions,
            self.params(),
            self.bodies,
            self.responses,
            self.events,
            self.schemas
        )
    }
}
