//! Tables: merged cells become empty ones, so that every row has equally many; what is in a cell becomes
//! lines of text.

use super::{Alignment, Cell, Content, Paragraph, Piece, Run, Table};

/// A cell as written.
#[derive(Debug, Default)]
pub struct Written {
    pub pieces: Vec<Piece>,
    pub alignment: Option<Alignment>,
}

impl Written {
    fn flatten(self) -> Cell {
        Cell { content: lines(self.pieces), alignment: self.alignment }
    }
}

/// As many columns as word processors allow. What stands further right goes into the last one.
pub const COLUMN_LIMIT: usize = 63;

/// Adds a cell to a row, with empty ones after it for the columns that it spans.
pub fn add(row: &mut Vec<Written>, cell: Written, span: usize) {
    if row.len() < COLUMN_LIMIT {
        row.push(cell);
        row.resize_with((row.len() + span.max(1) - 1).min(COLUMN_LIMIT), Written::default);
    } else if let Some(last) = row.last_mut() {
        last.pieces.extend(cell.pieces);
    }
}

/// A table of one column is a box around text, not a table.
pub fn finish(rows: Vec<Vec<Written>>, has_header: bool, pieces: &mut Vec<Piece>) {
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
    let has_header = has_header || is_bold;
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
