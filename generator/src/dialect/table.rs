//! Tables: columns by their names, rows cell by cell.

use std::collections::BTreeSet;

use super::codes;
use super::context::Context;
use crate::markdown::{Inline, Row, Table};
use crate::source::Span;

/// A row with its cells in the order in which the reader asked for the columns.
pub(super) struct Record<'a> {
    cells: Vec<Option<&'a Inline>>,
    pub span: Span,
}

impl<'a> Record<'a> {
    /// The cell of a column; none where column or cell is missing, which is reported already.
    pub(super) fn cell(&self, column: usize) -> Option<&'a Inline> {
        self.cells.get(column).copied().flatten()
    }

    /// The cell's text on one line, empty where the cell is missing.
    pub(super) fn text(&self, column: usize) -> String {
        self.cell(column).map(Inline::line).unwrap_or_default()
    }
}

/// The column that pages of ours may have, where another page documents the types.
pub(super) const TYPE: &str = "Type";

/// Reads a table whose columns must be these, in whatever order they stand.
pub(super) fn read<'a>(context: &mut Context<'_>, table: &'a Table, columns: &[&str]) -> Vec<Record<'a>> {
    read_with(context, table, columns, &[])
}

/// Reads a table of parameters; on pages of ours the documented type follows the other cells.
pub(super) fn read_typed<'a>(context: &mut Context<'_>, table: &'a Table, columns: &[&str]) -> Vec<Record<'a>> {
    let optional = if context.canonical { &[TYPE][..] } else { &[] };
    read_with(context, table, columns, optional)
}

fn read_with<'a>(context: &mut Context<'_>, table: &'a Table, columns: &[&str], optional: &[&str]) -> Vec<Record<'a>> {
    let places = header(context, &table.header, columns, optional);
    if !table.separator_closed {
        let span = table.header.span;
        context.report(
            codes::TABLE_ROW_OPEN,
            span,
            "the separator row below this header does not begin and end with a pipe",
        );
    }
    let width = table.header.cells.len();
    let mut records = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        shape(context, row, width);
        // In a row of another shape nobody knows which cell is which; only its first one names it.
        let sound = row.written == width;
        let cells = places.iter().map(|place| place.filter(|&at| at == 0 || sound).and_then(|at| row.cells.get(at)));
        let record = Record { cells: cells.collect(), span: row.span };
        for inline in record.cells.iter().flatten() {
            tags(context, inline);
        }
        records.push(record);
    }
    records
}

/// Reports tags and images in a text.
pub(super) fn tags(context: &mut Context<'_>, inline: &Inline) {
    if let Some(&span) = inline.html.first() {
        context.report(codes::HTML_INLINE, span, "HTML in a text");
    }
    if let Some(&span) = inline.images.first() {
        context.report(codes::IMAGE_UNEXPECTED, span, "an image in a text");
    }
}

/// More unknown columns of one table than this are not listed one by one.
const MOST: usize = 5;

fn header(context: &mut Context<'_>, header: &Row, columns: &[&str], optional: &[&str]) -> Vec<Option<usize>> {
    if !header.closed {
        context.report(codes::TABLE_ROW_OPEN, header.span, "this header row does not begin and end with a pipe");
    }
    let names: Vec<String> = header.cells.iter().map(Inline::line).collect();
    let mut seen = BTreeSet::new();
    let mut unknown = 0;
    for (name, cell) in names.iter().zip(&header.cells) {
        if unknown == MOST {
            break;
        }
        if !columns.contains(&&name[..]) && !optional.contains(&&name[..]) {
            unknown += 1;
            let known = columns.join(", ");
            context.report(
                codes::TABLE_COLUMN_UNKNOWN,
                cell.span,
                format!("no table here has a column `{name}`; known are {known}"),
            );
        } else if !seen.insert(name) {
            context.report(codes::TABLE_COLUMN_DUPLICATE, cell.span, format!("a second column `{name}`"));
        }
    }
    let place = |column: &&str| names.iter().position(|name| name == column);
    let mut places: Vec<_> = columns.iter().map(place).collect();
    for (column, place) in columns.iter().zip(&places) {
        if place.is_none() {
            context.report(codes::TABLE_COLUMN_MISSING, header.span, format!("the column `{column}` is missing"));
        }
    }
    places.extend(optional.iter().map(place));
    places
}

fn shape(context: &mut Context<'_>, row: &Row, width: usize) {
    let written = row.written;
    if written < width {
        context.report(codes::TABLE_CELL_MISSING, row.span, format!("{written} cells where the header has {width}"));
    } else if written > width {
        context.report(codes::TABLE_CELL_SURPLUS, row.span, format!("{written} cells where the header has {width}"));
    }
    if !row.closed {
        context.report(codes::TABLE_ROW_OPEN, row.span, "this row does not begin and end with a pipe");
    }
}
