//! Tables as HTML has them: cells that span others, rows of any length.

use crate::document::{Alignment, Inline, Parsed, Table};

type Text = Vec<Inline<Parsed>>;

/// Cells that span others reach no further than this.
const WIDEST: usize = 64;
/// How many empty cells a table may get in place of those that span others.
const MOST_FILLERS: usize = 20_000;

#[derive(Debug)]
pub struct Cell {
    is_header: bool,
    alignment: Alignment,
    columns: usize,
    rows: u32,
    content: Text,
}

impl Cell {
    pub fn new(is_header: bool, align: Option<&str>, columns: u32, rows: u32) -> Self {
        let alignment = match align.map(str::to_ascii_lowercase).as_deref() {
            Some("center") => Alignment::Center,
            Some("right" | "end") => Alignment::End,
            _ => Alignment::Start,
        };
        Cell {
            is_header,
            alignment,
            columns: (columns as usize).clamp(1, WIDEST),
            rows: rows.max(1),
            content: Text::new(),
        }
    }

    pub fn with(self, content: Text) -> Self {
        Cell { content, ..self }
    }

    pub fn content(self) -> Text {
        self.content
    }
}

/// A table under construction.
#[derive(Debug, Default)]
pub struct Grid {
    pub caption: Text,
    /// Whether the rows that come are the table's head.
    pub is_head: bool,
    header: Vec<Text>,
    rows: Vec<Vec<Text>>,
    alignments: Vec<Alignment>,
    /// For each column, how many further rows a cell above reaches into.
    reaches: Vec<u32>,
    fillers: usize,
}

impl Grid {
    pub fn push_row(&mut self, cells: Vec<Cell>) {
        if cells.is_empty() {
            return;
        }
        let is_first = self.header.is_empty() && self.rows.is_empty();
        let is_header = is_first && (self.is_head || cells.iter().all(|cell| cell.is_header));
        let mut row: Vec<Text> = Vec::with_capacity(cells.len());
        for cell in cells {
            self.fill(&mut row);
            let first = row.len();
            // A heading in a row of figures stays recognisable as one.
            let is_heading = cell.is_header && !is_header && !self.is_head && !cell.content.is_empty();
            row.push(if is_heading { vec![Inline::Strong(cell.content)] } else { cell.content });
            for _ in 1..cell.columns {
                if self.has_room() {
                    row.push(Text::new());
                }
            }
            for column in first..row.len().min(WIDEST) {
                if self.reaches.len() <= column {
                    self.reaches.resize(column + 1, 0);
                }
                if let Some(reach) = self.reaches.get_mut(column) {
                    *reach = cell.rows - 1;
                }
            }
            if self.alignments.len() <= first {
                self.alignments.resize(first + 1, Alignment::Start);
            }
            if let Some(alignment) =
                self.alignments.get_mut(first).filter(|_| cell.alignment != Alignment::Start)
            {
                *alignment = cell.alignment;
            }
        }
        self.fill(&mut row);
        if is_header {
            self.header = row;
        } else {
            self.rows.push(row);
        }
    }

    /// Empty cells in place of those that reach down to here.
    fn fill(&mut self, row: &mut Vec<Text>) {
        while self.reaches.get(row.len()).is_some_and(|reach| *reach > 0) {
            if let Some(reach) = self.reaches.get_mut(row.len()) {
                *reach -= 1;
            }
            if !self.has_room() {
                return;
            }
            row.push(Text::new());
        }
    }

    fn has_room(&mut self) -> bool {
        self.fillers += 1;
        self.fillers <= MOST_FILLERS
    }

    /// The table; where it has no cells, its caption.
    pub fn finish(mut self) -> Result<Table<Parsed>, Text> {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or_default().max(self.header.len());
        if widest == 0 {
            return Err(self.caption);
        }
        self.alignments.resize(widest, Alignment::Start);
        if !self.header.is_empty() {
            self.header.resize(widest, Text::new());
        }
        for row in &mut self.rows {
            row.resize(widest, Text::new());
        }
        Ok(Table { caption: self.caption, alignments: self.alignments, header: self.header, rows: self.rows })
    }
}
