//! Tables: columns as wide as their content wants, as far as the measure allows.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::Line;
use super::justify::{FORCED, Item};
use super::paragraph::Align;
use crate::anthology::Resolved;
use crate::document::{Alignment, Inline, Table};
use crate::paged_book::{ElementId, Item as Painted, Meaning, Role, Rule};

/// A row of more lines than this may be divided between pages.
const TALLEST_ROW: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Column {
    left: f32,
    width: f32,
    align: Align,
    /// Whether a short line stands at the column's right edge.
    flush_right: bool,
}

impl Compositor<'_> {
    pub fn set_table(&mut self, table: &Table<Resolved>, frame: Frame) {
        let layout = self.layout;
        self.space(layout.leading * 0.8);
        let element = self.structure.add(frame.element, Role::Table);
        let mut style = TextStyle { size: layout.small * 1.06, ..frame.style.unhyphenated() };
        style.kind.lining = true;
        let frame = Frame { style, leading: layout.note_leading * 1.1, align: Align::Ragged, ..frame };

        let start = self.lines.len();
        if !table.caption.is_empty() {
            let caption = self.structure.add(element, Role::Caption);
            let mut flow = Flow::default();
            self.flow_inlines(&mut flow, &table.caption, Context::new(style.emphasised(), caption));
            self.set_flow(flow, frame);
            self.keep_together(start, true);
            self.space(frame.leading * 0.3);
        }
        let header = self.flow_row(&table.header, style.bold(), element, Role::TableHeader);
        let rows: Vec<Vec<Flow>> =
            table.rows.iter().map(|row| self.flow_row(row, style, element, Role::TableCell)).collect();
        let all: Vec<&Vec<Flow>> = std::iter::once(&header).chain(&rows).collect();
        let columns = find_columns(&all, &table.alignments, frame);

        let top = self.lines.len();
        if !header.is_empty() {
            self.set_row(&header, &columns, frame);
            self.keep_together(top, true);
            self.rule_below(frame, 0.4);
            self.space(frame.leading * 0.35);
        }
        for row in &rows {
            self.set_row(row, &columns, frame);
            self.space(frame.leading * 0.2);
        }
        if let Some(line) = self.lines.get_mut(top) {
            let y = line.baseline + frame.leading * 0.12;
            line.items.push(horizontal_rule(frame, y, 0.8));
        }
        self.rule_below(frame, 0.8);
        for flow in all.into_iter().flatten() {
            self.set_notes(flow, frame);
        }
        self.space(layout.leading / 2.0);
    }

    fn flow_row(
        &mut self,
        cells: &[Vec<Inline<Resolved>>],
        style: TextStyle,
        table: ElementId,
        role: Role,
    ) -> Vec<Flow> {
        if cells.is_empty() {
            return Vec::new();
        }
        let row = self.structure.add(table, Role::TableRow);
        let mut flows = Vec::with_capacity(cells.len());
        for cell in cells {
            let element = self.structure.add(row, role);
            let mut flow = Flow::default();
            self.flow_inlines(&mut flow, cell, Context::new(style, element));
            flow.finish();
            flows.push(flow);
        }
        flows
    }

    /// Sets a row: the first lines of all cells make the row's first line, and so on.
    fn set_row(&mut self, flows: &[Flow], columns: &[Column], frame: Frame) {
        let mut row: Vec<Line> = Vec::new();
        for (flow, column) in flows.iter().zip(columns) {
            let mut shape = frame.shape();
            shape.left = column.left;
            shape.measure = column.width;
            shape.align = column.align;
            for (index, mut line) in self.set_paragraph(flow, &shape).into_iter().enumerate() {
                if column.flush_right {
                    let gap = column.left + column.width - right_edge(&line);
                    line.shift(gap.max(0.0), 0.0);
                }
                line.keep_with_next = false;
                match row.get_mut(index) {
                    Some(together) => together.absorb_beside(line),
                    None => row.push(line),
                }
            }
        }
        if row.is_empty() {
            row.push(Line { height: frame.leading, baseline: frame.leading * 0.75, ..Line::default() });
        }
        let start = self.lines.len();
        let short = row.len() <= TALLEST_ROW;
        self.push_lines(row);
        if short {
            self.keep_together(start, false);
        }
    }

    fn rule_below(&mut self, frame: Frame, thickness: f32) {
        if let Some(line) = self.lines.last_mut() {
            let y = line.baseline - line.height - frame.leading * 0.12;
            line.items.push(horizontal_rule(frame, y, thickness));
        }
    }
}

fn horizontal_rule(frame: Frame, y: f32, thickness: f32) -> Painted {
    Painted::Rule(Rule {
        x: frame.left,
        y,
        width: frame.measure,
        height: thickness,
        gray: 0.0,
        meaning: Meaning::Decoration,
    })
}

fn right_edge(line: &Line) -> f32 {
    let edges = line.items.iter().map(|item| match item {
        Painted::Text(run) => run.x + run.width(),
        Painted::Rule(rule) => rule.x + rule.width,
        Painted::Picture(picture) => picture.x + picture.width,
    });
    edges.fold(f32::MIN, f32::max)
}

/// Gives every column the width of its longest line if that fits; else its longest word's, and a
/// share of what is left in proportion to what it lacks.
fn find_columns(rows: &[&Vec<Flow>], alignments: &[Alignment], frame: Frame) -> Vec<Column> {
    let count = alignments.len().max(1);
    let gap = frame.style.size * 1.4;
    let room = (frame.measure - gap * (count - 1) as f32).max(frame.style.size);
    let mut least = vec![0.0f32; count];
    let mut most = vec![0.0f32; count];
    for row in rows {
        for (index, flow) in row.iter().enumerate().take(count) {
            let (narrow, wide) = widths(&flow.items);
            least[index] = least[index].max(narrow);
            most[index] = most[index].max(wide);
        }
    }
    let (least_sum, most_sum) = (least.iter().sum::<f32>(), most.iter().sum::<f32>());
    let widths: Vec<f32> = if most_sum <= room {
        let spare = (room - most_sum) / count as f32;
        most.iter().map(|wide| wide + spare).collect()
    } else if least_sum >= room {
        least.iter().map(|narrow| narrow * room / least_sum.max(1.0)).collect()
    } else {
        let share = (room - least_sum) / (most_sum - least_sum).max(1.0);
        least.iter().zip(&most).map(|(narrow, wide)| narrow + (wide - narrow) * share).collect()
    };
    let mut left = frame.left;
    let columns = widths.iter().enumerate().map(|(index, &width)| {
        let alignment = alignments.get(index).copied().unwrap_or(Alignment::Start);
        let column = Column {
            left,
            // A hair's breadth keeps rounding from breaking a line that just fits.
            width: width + 0.01,
            align: if alignment == Alignment::Center { Align::Center } else { Align::Ragged },
            flush_right: alignment == Alignment::End,
        };
        left += width + gap;
        column
    });
    columns.collect()
}

/// Widths of a flow's longest unbreakable piece and of its longest line.
fn widths(items: &[Item]) -> (f32, f32) {
    let (mut piece, mut line, mut narrow, mut wide) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for item in items {
        match *item {
            Item::Box { width, .. } => {
                piece += width;
                line += width;
            }
            Item::Glue { width, .. } => {
                narrow = narrow.max(piece);
                piece = 0.0;
                line += width;
            }
            Item::Penalty { cost, .. } if cost == FORCED => {
                (narrow, wide) = (narrow.max(piece), wide.max(line));
                (piece, line) = (0.0, 0.0);
            }
            Item::Penalty { .. } => {}
        }
    }
    (narrow.max(piece), wide.max(line))
}
