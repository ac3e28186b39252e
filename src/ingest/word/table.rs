//! Tables: merged cells become empty ones, so that every row has equally many; what is in a cell becomes
//! lines of text.

use super::body::Reader;
use super::format::is_on;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Alignment, Cell, Content, Paragraph, Piece, Run, Table};

/// A cell as written.
#[derive(Default)]
struct Written {
    pieces: Vec<Piece>,
    alignment: Option<Alignment>,
}

impl Written {
    fn flatten(self) -> Cell {
        Cell { content: lines(self.pieces), alignment: self.alignment }
    }
}

/// As many columns as Word allows. What stands further right goes into the last one.
const COLUMN_LIMIT: usize = 63;

impl Reader<'_> {
    pub(super) fn table(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let mut rows: Vec<Vec<Written>> = Vec::new();
        let mut headers: Vec<bool> = Vec::new();
        let mut wrapped: Vec<Element> = Vec::new();
        collect(element, "w:tr", &mut wrapped);
        for row in wrapped {
            let properties = row.child("w:trPr");
            let deleted = properties.and_then(|properties| properties.child("w:del"));
            if let Some(deleted) = deleted {
                let outer = self.begin_change(deleted);
                for cell in row.children() {
                    self.story(cell);
                }
                let removed = self.end_change(outer);
                self.pending.extend(removed);
                continue;
            }
            let is_header = properties
                .and_then(|properties| properties.child("w:tblHeader"))
                .is_some_and(|header| is_on(header.attribute("w:val")));
            headers.push(is_header);
            rows.push(self.row(row, properties));
        }
        unwrap_or_keep(element, self, rows, &headers, pieces);
    }

    fn row(&mut self, row: Element, properties: Option<Element>) -> Vec<Written> {
        let skipped = |name| {
            let count = properties.and_then(|properties| properties.value(name, "w:val"));
            count.and_then(|count| count.parse::<usize>().ok()).unwrap_or_default().min(COLUMN_LIMIT)
        };
        let mut cells: Vec<Written> = Vec::new();
        cells.resize_with(skipped("w:gridBefore"), Written::default);
        let mut written: Vec<Element> = Vec::new();
        collect(row, "w:tc", &mut written);
        for cell in written {
            let span = cell.child("w:tcPr").and_then(|properties| properties.value("w:gridSpan", "w:val"));
            let span = span.and_then(|span| span.parse::<usize>().ok()).unwrap_or(1).clamp(1, COLUMN_LIMIT);
            let content = self.story(cell);
            if cells.len() < COLUMN_LIMIT {
                cells.push(Written { pieces: content, alignment: alignment(cell) });
                cells.resize_with((cells.len() + span - 1).min(COLUMN_LIMIT), Written::default);
            } else if let Some(last) = cells.last_mut() {
                last.pieces.extend(content);
            }
        }
        cells
    }

    fn marks_first_row(&self, table: Element) -> bool {
        let Some(properties) = table.child("w:tblPr") else { return false };
        let Some(style) = properties.value("w:tblStyle", "w:val") else { return false };
        let look = properties.child("w:tblLook");
        let first_row = look.and_then(|look| look.attribute("w:firstRow"));
        let bits = look.and_then(|look| look.attribute("w:val"));
        let is_asked_for = match (first_row, bits.and_then(|bits| u32::from_str_radix(bits, 16).ok())) {
            (Some(value), _) => is_on(Some(value)),
            (None, Some(bits)) => bits & 0x20 != 0,
            (None, None) => false,
        };
        is_asked_for && self.styles.marks_first_row(style)
    }
}

/// A table of one column is a box around text, not a table.
fn unwrap_or_keep(
    element: Element,
    reader: &Reader,
    rows: Vec<Vec<Written>>,
    headers: &[bool],
    pieces: &mut Vec<Piece>,
) {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    if width <= 1 {
        pieces.extend(rows.into_iter().flatten().flat_map(|cell| cell.pieces));
        return;
    }
    let mut rows: Vec<Vec<Cell>> =
        rows.into_iter().map(|row| row.into_iter().map(Written::flatten).collect()).collect();
    for row in &mut rows {
        row.resize_with(width, Cell::default);
    }
    drop_empty_columns(&mut rows);
    let is_bold = rows.len() > 1
        && rows.first().is_some_and(|row| is_all_bold(row))
        && !rows.get(1).is_some_and(|row| is_all_bold(row));
    let has_header = headers.first() == Some(&true) || is_bold || reader.marks_first_row(element);
    if has_header && let Some(header) = rows.first_mut() {
        for run in header.iter_mut().flat_map(|cell| &mut cell.content) {
            run.format.strong = false;
        }
    }
    let is_whole = rows.iter().flatten().any(|cell| cell.content.iter().any(Run::is_visible));
    if is_whole {
        pieces.push(Piece::Table(Table { caption: Vec::new(), has_header, rows }));
    } else {
        // Nothing to see; what was left out must still be told.
        let content: Vec<Run> = rows.into_iter().flatten().flat_map(|cell| cell.content).collect();
        if !content.is_empty() {
            pieces.push(Piece::Paragraph(Paragraph { content, ..Paragraph::default() }));
        }
    }
}

/// The elements of a name below `parent`, through content controls and the like.
fn collect<'e>(parent: Element<'e>, name: &str, found: &mut Vec<Element<'e>>) {
    for child in parent.children() {
        match child.name() {
            known if known == name => found.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                collect(child, name, found);
            }
            _ => {}
        }
    }
}

/// Columns in which nothing stands come from merged cells and from spacing.
fn drop_empty_columns(rows: &mut [Vec<Cell>]) {
    let width = rows.first().map_or(0, Vec::len);
    let is_used =
        |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.content.is_empty()));
    let used: Vec<bool> = (0..width).map(is_used).collect();
    if used.iter().filter(|used| **used).count() < 2 {
        return;
    }
    for row in rows {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            used.get(column - 1).copied().unwrap_or(true)
        });
    }
}

fn is_all_bold(row: &[Cell]) -> bool {
    let mut texts = row.iter().flat_map(|cell| &cell.content).filter(|run| run.is_visible()).peekable();
    texts.peek().is_some() && texts.all(|run| run.format.strong)
}

/// How a cell's first paragraph is set.
fn alignment(cell: Element) -> Option<Alignment> {
    match cell.child("w:p")?.child("w:pPr")?.value("w:jc", "w:val")? {
        "center" => Some(Alignment::Center),
        "right" | "end" => Some(Alignment::Right),
        _ => None,
    }
}

/// A cell holds one paragraph here: blocks become lines, inner tables too.
fn lines(pieces: Vec<Piece>) -> Vec<Run> {
    let mut content: Vec<Run> = Vec::new();
    for piece in pieces {
        let line: Vec<Run> = match piece {
            Piece::Paragraph(paragraph) => paragraph.content,
            Piece::Math(tex) => vec![Run::plain(Content::Math(tex))],
            Piece::Rule => Vec::new(),
            Piece::Table(table) => {
                let cells = table.rows.into_iter().flatten().map(|cell| cell.content);
                let mut flat = table.caption;
                for cell in cells.filter(|cell| !cell.is_empty()) {
                    flat.push(Run::plain(Content::Break));
                    flat.extend(cell);
                }
                flat
            }
        };
        let is_visible = line.iter().any(Run::is_visible);
        if is_visible && content.iter().any(Run::is_visible) {
            content.push(Run::plain(Content::Break));
        }
        content.extend(line);
    }
    content
}
