//! Tables: columns as wide as their content wants, as far as the measure allows; heads above every page's share.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::{Line, left_edge, right_edge};
use super::justify::Item;
use super::paragraph::Align;
use super::table_columns::{Column, DIVIDED_CELL, Wants};
use super::turn::{Turned, divide, height, turn};
use crate::anthology::Resolved;
use crate::document::{Inline, Table};
use crate::paged_book::{ElementId, Item as Painted, Meaning, PlacedPicture, Role, Rule, TextRun};

/// A row of more lines than this may be divided between pages.
const TALLEST_ROW: usize = 12;
/// A head that would take more of a page than this is not repeated.
const TALLEST_HEAD: f32 = 0.25;

/// A table's cells, each ready to be broken into lines.
struct Cells {
    caption: Option<Flow>,
    header: Vec<Flow>,
    rows: Vec<Vec<Flow>>,
}

impl Compositor<'_> {
    pub fn set_table(&mut self, table: &Table<Resolved>, frame: Frame) {
        let layout = self.layout;
        let element = self.structure.add(frame.element, Role::Table);
        let mut style = TextStyle { size: layout.small * 1.06, ..frame.style };
        style.kind.lining = true;
        let mut cells = self.flow_cells(table, style, element);
        let wants = Wants::of(std::iter::once(&cells.header).chain(&cells.rows), table.alignments.len());
        let turned = (!self.is_setting_note).then_some(layout.depth);
        let fit = wants.fit(style.size, frame.measure, turned);
        cells.scale(fit.scale);
        let (left, measure) = if fit.turned { (0.0, layout.depth) } else { (frame.left, frame.measure) };
        let style = TextStyle { size: style.size * fit.scale, ..style };
        let leading = layout.note_leading * 1.1 * fit.scale;
        let frame = Frame { style, leading, align: Align::Ragged, left, measure, ..frame };
        let inner = wants.room(fit, frame, layout.flush_tables && !fit.turned);
        let columns = wants.columns(fit, &table.alignments, inner);

        if fit.turned {
            self.set_turned(&cells, &columns, (frame, inner));
        } else {
            self.space(layout.leading * 0.8);
            self.set_rows(&cells, &columns, (frame, inner));
            cells.flows().for_each(|flow| self.set_notes(flow, frame));
        }
        self.space(layout.leading / 2.0);
    }

    /// Sets a table on pages of its own, turned, with its notes below it. A small one stands beside a turned one right
    /// before it.
    fn set_turned(&mut self, cells: &Cells, columns: &[Column], frames: (Frame, Frame)) {
        let layout = self.layout;
        let floats = Some(self.pending_space);
        // The table's lines grow apart from the galley's.
        let lines = std::mem::take(&mut self.lines);
        let pending = std::mem::take(&mut self.pending_space);
        self.set_rows(cells, columns, frames);
        let is_new = |note: &usize| self.notes_begun.get(*note) == Some(&false);
        let own: Vec<usize> = cells.flows().flat_map(Flow::notes).filter(is_new).collect();
        self.note_measure = layout.depth;
        cells.flows().for_each(|flow| self.set_notes(flow, frames.0));
        self.note_measure = layout.measure;
        let mut rows = std::mem::replace(&mut self.lines, lines);
        self.pending_space = pending;
        let mut notes: Vec<Line> = Vec::new();
        for &note in &own {
            notes.extend(self.note_lines.get_mut(note).map(std::mem::take).unwrap_or_default());
        }
        if let Some(first) = notes.first_mut() {
            first.space = layout.note_leading;
        }
        rows.append(&mut notes);
        let own: BTreeSet<usize> = own.into_iter().collect();
        rows.iter_mut().for_each(|row| row.notes.retain(|note| !own.contains(note)));
        let beside = self.turned.filter(|turned| turned.lines == self.lines.len());
        let used = beside.map_or(0.0, |turned| turned.width + layout.leading * 2.0);
        let width = height(&rows);
        if used + width <= layout.measure
            && let Some(line) = self.lines.last_mut().filter(|_| beside.is_some())
        {
            let mut next = turn(rows, layout.depth);
            next.shift(used, 0.0);
            line.absorb_beside(next);
        } else {
            for group in divide(rows, layout.measure) {
                self.push_lines([Line { floats, ..turn(group, layout.depth) }]);
            }
        }
        self.turned = Some(Turned { lines: self.lines.len(), width: used + width });
    }

    fn flow_cells(&mut self, table: &Table<Resolved>, style: TextStyle, element: ElementId) -> Cells {
        let mut caption = None;
        if !table.caption.is_empty() {
            let element = self.structure.add(element, Role::Caption);
            let mut flow = Flow::default();
            self.flow_inlines(&mut flow, &table.caption, Context::new(style.emphasised(), element));
            caption = flow.finish().then_some(flow);
            self.list(true, &table.caption);
        }
        let header = self.flow_row(&table.header, style.bold(), element, Role::TableHeader);
        let rows = table.rows.iter();
        let rows = rows.map(|row| self.flow_row(row, style, element, Role::TableCell)).collect();
        Cells { caption, header, rows }
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
            hyphenate_in_need(&mut flow);
            flows.push(flow);
        }
        flows
    }

    /// Sets caption, head and rows one below the other: the caption in the outer frame, the rest in the inner.
    fn set_rows(&mut self, cells: &Cells, columns: &[Column], (outer, frame): (Frame, Frame)) {
        let start = self.lines.len();
        if let Some(caption) = &cells.caption {
            let is_centered = frame.left > outer.left && frame.measure < outer.measure;
            let align = if is_centered && !self.layout.flush_tables { Align::Center } else { Align::Ragged };
            let (lines, _) = self.set_paragraph(caption, &Frame { align, ..outer }.shape());
            self.push_lines(lines);
            self.keep_together(start, true);
            self.space(frame.leading * 0.3);
        }
        let top = self.lines.len();
        if !cells.header.is_empty() {
            self.set_head(&cells.header, columns, frame);
            self.keep_together(top, true);
            self.rule_below(frame, 0.4);
        }
        let below = self.lines.len();
        let gap = frame.leading * 0.35;
        if below > top {
            self.space(gap);
        }
        for row in &cells.rows {
            self.set_row(row, columns, frame);
            self.space(frame.leading * 0.2);
        }
        if let Some(line) = self.lines.get_mut(top) {
            let y = line.baseline + frame.leading * 0.12;
            line.items.push(horizontal_rule(frame, y, 0.8));
        }
        self.rule_below(frame, 0.8);
        let head = self.lines.get(top..below).and_then(|head| repeated(head, gap));
        if let Some(head) = head.filter(|head| head.height <= self.layout.depth * TALLEST_HEAD) {
            let head = Arc::new(head);
            // The first row stands below the head itself.
            for line in self.lines.iter_mut().skip(below + 1) {
                line.head = Some(Arc::clone(&head));
            }
        }
    }

    /// Sets a row: the first lines of all cells make the row's first line, and so on.
    fn set_row(&mut self, flows: &[Flow], columns: &[Column], frame: Frame) {
        let cells = self.set_cells(flows, columns, frame);
        self.push_row(cells, columns, frame, |_| 0);
    }

    /// Sets the head, whose cells all end with its last line.
    fn set_head(&mut self, flows: &[Flow], columns: &[Column], frame: Frame) {
        let cells = self.set_cells(flows, columns, frame);
        let tallest = cells.iter().map(Vec::len).max().unwrap_or_default();
        self.push_row(cells, columns, frame, |count| tallest - count);
    }

    fn set_cells(&mut self, flows: &[Flow], columns: &[Column], frame: Frame) -> Vec<Vec<Line>> {
        let cells = flows.iter().zip(columns).map(|(flow, column)| {
            let mut shape = frame.shape();
            shape.left = column.left;
            shape.measure = column.width;
            shape.align = column.align;
            self.set_paragraph(flow, &shape).0
        });
        cells.collect()
    }

    /// Joins cells to lines, each from the line on that `first` gives for its number of lines.
    fn push_row(
        &mut self,
        cells: Vec<Vec<Line>>,
        columns: &[Column],
        frame: Frame,
        first: impl Fn(usize) -> usize,
    ) {
        let blank = || Line {
            height: frame.leading,
            baseline: (frame.leading + frame.style.size * 0.5) / 2.0 + frame.style.size * 0.08,
            ..Line::default()
        };
        let mut row: Vec<Line> = Vec::new();
        for (cell, column) in cells.into_iter().zip(columns) {
            let above = first(cell.len());
            while row.len() < above {
                row.push(blank());
            }
            for (index, mut line) in (above..).zip(cell) {
                if column.flush_end && frame.right_to_left {
                    let gap = left_edge(&line) - column.left;
                    line.shift(-gap.max(0.0), 0.0);
                } else if column.flush_end {
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
            row.push(blank());
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

impl Cells {
    fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.caption.iter().chain(&self.header).chain(self.rows.iter().flatten())
    }

    fn scale(&mut self, by: f32) {
        if by == 1.0 {
            return;
        }
        let cells = self.caption.iter_mut().chain(&mut self.header).chain(self.rows.iter_mut().flatten());
        cells.for_each(|flow| flow.scale(by));
    }
}

/// Divides no word of a cell but where there is no other way.
fn hyphenate_in_need(flow: &mut Flow) {
    for item in &mut flow.items {
        if let Item::Penalty { cost, hyphen: true, .. } = item {
            *cost = DIVIDED_CELL;
        }
    }
}

/// A head as it is painted again: one line, and no part of the text.
fn repeated(lines: &[Line], gap: f32) -> Option<Line> {
    let (first, rest) = lines.split_first()?;
    let mut head = Line { space: 0.0, ..first.clone() };
    rest.iter().for_each(|line| head.absorb_below(line.clone()));
    for item in &mut head.items {
        let (Painted::Text(TextRun { meaning, .. })
        | Painted::Rule(Rule { meaning, .. })
        | Painted::Picture(PlacedPicture { meaning, .. })) = item;
        *meaning = Meaning::Decoration;
    }
    head.links.clear();
    head.anchors.clear();
    head.notes.clear();
    head.listed.clear();
    (head.start, head.heading, head.floats) = (None, None, None);
    head.height += gap;
    head.keep_with_next = true;
    Some(head)
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
