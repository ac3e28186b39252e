//! How a whole text is typed: with lines broken by hand or not, with indented paragraphs or not.

use super::line::Line;

/// A line longer than this is a paragraph of its own, not a piece of a hard-wrapped one.
pub const WRAP_WIDTH: usize = 110;

#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Most text stands in lines that no one broke: a line's end ends a paragraph.
    pub is_unwrapped: bool,
    /// A new paragraph starts with an indented line, without a blank line before it.
    pub indents_first_lines: bool,
    /// The width that most of the text is broken at.
    pub measure: usize,
    /// Whether lines of text are usually flush, so that indented ones are set off.
    pub is_flush: bool,
}

impl Style {
    pub fn of(lines: &[Line]) -> Style {
        let (mut long, mut total) = (0, 0);
        let (mut flush, mut indented) = (0, 0);
        // Of indented lines below a flush one: those after a sentence's end, and the others.
        let (mut openings, mut turnovers) = (0, 0);
        let mut widths = [0usize; WRAP_WIDTH + 1];
        let mut above: Option<Line> = None;
        for &line in lines {
            if line.is_blank() {
                above = None;
                continue;
            }
            let width = line.width();
            total += width;
            if width > WRAP_WIDTH {
                long += width;
            }
            if let Some(count) = widths.get_mut(width.min(WRAP_WIDTH)) {
                *count += width;
            }
            let is_indented = line.indent() >= 2;
            if is_indented {
                indented += 1;
            } else {
                flush += 1;
            }
            if let Some(above) = above.filter(|above| is_indented && above.indent() + 1 < line.indent()) {
                if above.ends_sentence() { openings += 1 } else { turnovers += 1 }
            }
            above = Some(line);
        }
        Style {
            is_unwrapped: long * 2 > total,
            indents_first_lines: openings >= 2 && openings > 2 * turnovers,
            measure: common_width(&widths),
            is_flush: flush > indented,
        }
    }
}

/// The width that nine tenths of the text do not exceed.
fn common_width(widths: &[usize]) -> usize {
    let total: usize = widths.iter().sum();
    let mut seen = 0;
    for (width, count) in widths.iter().enumerate() {
        seen += count;
        if seen * 10 >= total * 9 {
            return width;
        }
    }
    widths.len()
}
