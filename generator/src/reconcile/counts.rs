//! What the pages show against what the model has: the check that nothing got lost on the way.
//!
//! The pages are counted by their headings and tables alone, independently of the reading that made the model. A fact of
//! the model that several pages state counts once for each of them, so that nothing can get lost in the merging either.

use std::fmt;

use crate::dialect::Facts;
use crate::markdown::{BlockKind, Inline, Page, Table};

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
    /// Parameters of functions on the pages of clients, which do not tell the other kinds and bodies apart.
    pub client_params: usize,
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
        self.path_params + self.query_params + self.other_params + self.client_params
    }

    /// The numbers that pages and model must agree on, with their names.
    pub fn named(&self) -> [(&'static str, usize); 9] {
        [
            ("actions", self.actions),
            ("path parameters", self.path_params),
            ("query parameters", self.query_params),
            ("other parameters", self.other_params),
            ("parameters of functions", self.client_params),
            ("bodies", self.bodies),
            ("responses", self.responses),
            ("events", self.events),
            ("schemas", self.schemas),
        ]
    }

    /// What a page shows.
    pub(super) fn of_page(page: &Page, facts: &Facts) -> Self {
        let mut counts = Self::default();
        counts.add_page(page, facts);
        counts
    }

    fn add_page(&mut self, page: &Page, facts: &Facts) {
        let has_actions = facts.resource.is_some() || facts.client.is_some();
        if !has_actions && !facts.schemas_page && facts.overview.is_none() {
            return;
        }
        self.pages += 1;
        let mut section = String::new();
        let mut has_body = false;
        let mut is_first = true;
        let mut level = 2;
        let shows_schemas = facts.resource.is_some() && facts.schemas_page;
        let mut in_schemas = false;
        for block in &page.blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    section = heading.content.line();
                    is_first = true;
                    self.sections += usize::from(heading.level > 1);
                    match heading.level {
                        2 if shows_schemas && section == "Schemas" => in_schemas = true,
                        3 if in_schemas => self.schemas += 1,
                        // The first pages of the Ruby client have their functions below one heading.
                        2 if facts.client.is_some() && section == "Actions" => level = 3,
                        other if has_actions && other == level => {
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
                    if has_actions {
                        self.add_table(table, &section, facts);
                    }
                }
                BlockKind::Paragraph(inline) if section == "Request Body" && facts.resource.is_some() => {
                    let text = inline.line();
                    if !std::mem::take(&mut is_first) && !text.contains("` is ") {
                        // On pages of ours a second one says what the body is.
                    } else if !text.to_lowercase().contains("multipart") {
                        self.bodies += 1;
                    } else if !text.ends_with(':') {
                        self.other_params += text.matches("` is ").count();
                    }
                }
                // The first pages of the JavaScript client have lists for tables.
                BlockKind::List(items) if facts.client.is_some() => match &section[..] {
                    "Parameters" => self.client_params += items.len(),
                    "Responses" => self.responses += items.len(),
                    _ => {}
                },
                BlockKind::Code(code) if section == "Curl Example" && !has_body => {
                    self.other_params += code.text.lines().filter(|line| line.trim_start().starts_with("-F ")).count();
                }
                _ => {}
            }
        }
    }

    fn add_table(&mut self, table: &Table, section: &str, facts: &Facts) {
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
        } else if facts.client.is_some() {
            self.client_params += rows;
        } else if section == "Request Query Parameters" {
            self.query_params += rows;
        } else {
            self.other_params += table.rows.iter().filter(|row| first(row) != "Authorization").count();
        }
    }
}

impl std::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            sections: self.sections + other.sections,
            rows: self.rows + other.rows,
            actions: self.actions + other.actions,
            path_params: self.path_params + other.path_params,
            query_params: self.query_params + other.query_params,
            other_params: self.other_params + other.other_params,
            client_params: self.client_params + other.client_params,
            bodies: self.bodies + other.bodies,
            responses: self.responses + other.responses,
            events: self.events + other.events,
            schemas: self.schemas + other.schemas,
        }
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
