//! Pages in two columns.

use super::compositor::Compositor;
use super::furniture::RunningHeads;
use super::galley::{Galley, Line, join_structure};
use super::page::{Laying, Pages};
use crate::paged_book::{Destination, ElementId, Structure};

/// A division whose lines go into columns.
pub struct Columns {
    pub galley: Galley,
    /// How many lines at its beginning reach across both columns.
    pub across: usize,
    /// From the left edge of one column to that of the other.
    pub step: f32,
    /// Whether the right column is read first.
    pub right_to_left: bool,
}

impl Pages {
    /// Fills new pages, column by column; the columns of the last page are equally deep. Tells where it begins.
    pub fn lay_columns(
        &mut self,
        columns: Columns,
        heads: &RunningHeads,
        compositor: &mut Compositor<'_>,
        structure: &mut Structure,
        parent: ElementId,
    ) -> Destination {
        let Columns { galley, across, step, right_to_left } = columns;
        let Galley { lines, links, structure: tree, .. } = galley;
        let layout = compositor.layout;
        let offset = join_structure(structure, parent, tree);
        let heads = compositor.set_running_heads(heads);
        let mut laying = Laying { layout, offset, links: &links };
        let mut lines = lines.into_iter();
        let mut page = self.add_page();
        let start = Destination { page, y: layout.height - layout.top };
        let mut top = 0.0;
        for line in lines.by_ref().take(across) {
            let (space, height) = (if top > 0.0 { line.space } else { 0.0 }, line.height);
            laying.place(self, page, line, top + space);
            top += space + height;
        }
        let mut rest: Vec<Line> = lines.collect();
        while !rest.is_empty() {
            let [first, second] = divide(&rest, layout.depth - top);
            let mut left = rest.split_off(first);
            std::mem::swap(&mut left, &mut rest);
            let mut right = rest.split_off(second.min(rest.len()));
            std::mem::swap(&mut right, &mut rest);
            for (column, lines) in [left, right].into_iter().enumerate() {
                let x = if (column == 1) == right_to_left { 0.0 } else { step };
                let mut cursor = top;
                for (at, mut line) in lines.into_iter().enumerate() {
                    cursor += if at > 0 { line.space } else { 0.0 };
                    let height = line.height;
                    if let Some(start) = line.start {
                        self.pages[page].start.get_or_insert(start);
                    }
                    line.shift(x, 0.0);
                    laying.place(self, page, line, cursor);
                    cursor += height;
                }
            }
            if page > start.page {
                let folio = self.pages[page].folio;
                let furniture = compositor.head_page(&heads, folio, page.is_multiple_of(2));
                self.pages[page].items.extend(furniture);
            }
            if !rest.is_empty() {
                page = self.add_page();
                top = 0.0;
            }
        }
        start
    }
}

/// How many lines go in the two columns of a page of this depth.
fn divide(lines: &[Line], depth: f32) -> [usize; 2] {
    let first = fill(lines, depth);
    let second = fill(lines.get(first..).unwrap_or_default(), depth);
    if first + second < lines.len() {
        return [first, second];
    }
    let balanced = balance(lines, depth).unwrap_or(first);
    [balanced, lines.len() - balanced]
}

/// How many lines one column takes, at least one if there are any.
fn fill(lines: &[Line], depth: f32) -> usize {
    let mut used = 0.0;
    let mut fitting = 0;
    for (at, line) in lines.iter().enumerate() {
        used += line.height + if at > 0 { line.space } else { 0.0 };
        // A hair's breadth forgives rounding.
        if used > depth + 0.01 {
            break;
        }
        fitting = at + 1;
    }
    if fitting == lines.len() {
        return fitting;
    }
    let turnable = (1..=fitting).rev().find(|&count| !lines[count - 1].keep_with_next);
    turnable.unwrap_or(fitting).max(1)
}

/// Where to divide lines so that the deeper of the two columns is as shallow as it can be.
fn balance(lines: &[Line], depth: f32) -> Option<usize> {
    let total: f32 = lines.iter().map(|line| line.space + line.height).sum();
    let lead = lines.first().map_or(0.0, |line| line.space);
    let mut above = -lead;
    let mut best: Option<(f32, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        above += line.space + line.height;
        let next = lines.get(at + 1).map_or(0.0, |next| next.space);
        let below = (total - lead - above - next).max(0.0);
        let deeper = above.max(below);
        let may_end = !line.keep_with_next || at + 1 == lines.len();
        // Of two that are as deep, the one whose first column is the deeper.
        if may_end && deeper <= depth + 0.01 && best.is_none_or(|(least, _)| deeper < least + 0.01) {
            best = Some((deeper, at + 1));
        }
    }
    best.map(|(_, count)| count)
}

#[cfg(test)]
mod tests {
    use super::{balance, divide};
    use crate::typeset::galley::Line;

    fn lines(count: usize, kept: &[usize]) -> Vec<Line> {
        let line = |at| Line { height: 10.0, keep_with_next: kept.contains(&at), ..Line::default() };
        (0..count).map(line).collect()
    }

    #[test]
    fn columns_are_filled_and_the_last_ones_are_balanced() {
        assert_eq!(divide(&lines(30, &[]), 100.0), [10, 10]);
        assert_eq!(divide(&lines(7, &[]), 100.0), [4, 3]);
        assert_eq!(divide(&lines(1, &[]), 100.0), [1, 0]);
        assert_eq!(divide(&lines(19, &[]), 100.0), [10, 9]);
    }

    #[test]
    fn no_heading_ends_a_column() {
        assert_eq!(divide(&lines(30, &[9]), 100.0), [9, 10]);
        assert_eq!(balance(&lines(6, &[2]), 100.0), Some(4));
    }
}
