//! Tables, row by row.

use super::body::Reader;
use super::format::is_on;
use crate::ingest::office::grid::{self, COLUMN_LIMIT, Written};
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Alignment, Piece};

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
                let pieces: Vec<Piece> = row.children().flat_map(|cell| self.story(cell)).collect();
                let marks = pieces.iter().flat_map(Piece::contents).flatten().filter(|run| !run.is_visible());
                self.pending.extend(marks.cloned());
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
        let has_header = headers.first() == Some(&true) || self.marks_first_row(element);
        grid::finish(rows, has_header, pieces);
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
            grid::add(&mut cells, Written { pieces: content, alignment: alignment(cell) }, span);
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

/// How a cell's first paragraph is set.
fn alignment(cell: Element) -> Option<Alignment> {
    match cell.child("w:p")?.child("w:pPr")?.value("w:jc", "w:val")? {
        "center" => Some(Alignment::Center),
        "right" | "end" => Some(Alignment::Right),
        _ => None,
    }
}
