//! Tables: which of them hold data, and cells that span others.

use super::survey::Survey;
use super::tree::{NodeId, Tree};

/// More columns than this, cells that span others do not reach.
const WIDEST: usize = 64;
/// How many empty cells a table may get for those that span others.
const MOST_FILLERS: usize = 5_000;

/// Whether a table only puts things beside each other.
pub fn is_layout(tree: &Tree, survey: &Survey, table: NodeId) -> bool {
    const REACH: usize = 400;
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) || survey.holds_article(table) {
        return true;
    }
    let (mut cells, mut rows, mut blocks, mut has_header) = (0, 0, 0, false);
    for inner in tree.descendants(table).take(REACH) {
        match tree.tag(inner) {
            "table" | "h1" | "h2" | "h3" | "pre" | "article" | "section" => return true,
            "th" | "caption" | "thead" => has_header = true,
            "td" => cells += 1,
            "tr" => rows += 1,
            "p" | "blockquote" | "figure" => blocks += 1,
            _ => {}
        }
    }
    !has_header && (cells <= 1 || (rows <= 1 && blocks > cells) || blocks > 3 * cells)
}

/// How a cell is aligned, by attribute or style.
pub fn alignment(tree: &Tree, cell: NodeId) -> Option<&'static str> {
    let style = tree.attribute(cell, "style").unwrap_or_default().to_ascii_lowercase();
    let from_style = style.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        (property.trim() == "text-align").then(|| value.trim().to_owned())
    });
    let written = from_style.or_else(|| tree.attribute(cell, "align").map(str::to_ascii_lowercase))?;
    match written.as_str() {
        "center" => Some("center"),
        "right" | "end" => Some("right"),
        _ => None,
    }
}

/// The columns of a table while its rows are written.
#[derive(Debug, Default)]
pub struct Grid {
    /// For each column, how many further rows the cell above reaches into.
    reaches: Vec<u32>,
    column: usize,
    fillers: usize,
}

impl Grid {
    /// Empty cells in place of those that reach down to here.
    pub fn fill(&mut self) -> String {
        let mut cells = String::new();
        while let Some(reach) = self.reaches.get_mut(self.column).filter(|reach| **reach > 0) {
            *reach -= 1;
            self.column += 1;
            cells.push_str(self.filler());
        }
        cells
    }

    fn filler(&mut self) -> &'static str {
        self.fillers += 1;
        if self.fillers > MOST_FILLERS { "" } else { "<td></td>" }
    }

    /// Notes that a cell was written; returns empty cells for the further columns that it spans.
    pub fn note_cell(&mut self, columns: usize, rows: u32) -> String {
        let mut cells = String::new();
        for index in 0..columns.min(WIDEST) {
            if index > 0 {
                cells.push_str(self.filler());
            }
            if self.column < WIDEST {
                if self.reaches.len() <= self.column {
                    self.reaches.resize(self.column + 1, 0);
                }
                if let Some(reach) = self.reaches.get_mut(self.column) {
                    *reach = rows - 1;
                }
            }
            self.column += 1;
        }
        cells
    }

    /// Ends a row: empty cells for those that reach down to its end.
    pub fn end_row(&mut self) -> String {
        let mut cells = String::new();
        let last = self.reaches.iter().rposition(|&reach| reach > 0).map_or(0, |last| last + 1);
        while self.column < last {
            if let Some(reach) = self.reaches.get_mut(self.column) {
                *reach = reach.saturating_sub(1);
            }
            self.column += 1;
            cells.push_str(self.filler());
        }
        self.column = 0;
        cells
    }
}
