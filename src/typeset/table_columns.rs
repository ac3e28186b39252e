//! How wide a table's columns are, and whether it must be turned to find room.

use super::compositor::Frame;
use super::flow::Flow;
use super::justify::{FORBIDDEN, FORCED, Item, LAST_RESORT};
use super::paragraph::Align;
use crate::document::Alignment;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    pub left: f32,
    pub width: f32,
    pub align: Align,
    /// Whether a short line stands at the edge where lines end.
    pub flush_end: bool,
}

/// Space between columns, in ems: as it should be, and as it may be where room is scarce.
const GAP: f32 = 1.4;
const NARROW_GAP: f32 = 0.8;
/// In a table that is narrower than the measure.
const WIDE_GAP: f32 = 2.0;
/// A table that takes more of the measure takes all of it.
const NEARLY_FULL: f32 = 0.86;
/// Gaps never take more of the measure than this.
const MOST_GAP: f32 = 0.3;

/// What it costs to divide a word of a cell: columns are as wide as undivided words if they can be.
pub const DIVIDED_CELL: f32 = LAST_RESORT / 2.0;

/// What the cells of each column want.
pub struct Wants {
    /// Widths of the longest unbreakable pieces, and of the longest lines.
    least: Vec<f32>,
    most: Vec<f32>,
}

/// The way a table is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Of the type's size.
    pub scale: f32,
    pub turned: bool,
}

/// Tried in this order: a smaller face is easier on readers than a turned book, but only so far.
const FITS: [Fit; 6] = [
    Fit { scale: 1.0, turned: false },
    Fit { scale: 0.92, turned: false },
    Fit { scale: 0.84, turned: false },
    Fit { scale: 1.0, turned: true },
    Fit { scale: 0.9, turned: true },
    Fit { scale: 0.8, turned: true },
];

impl Wants {
    pub fn of<'f>(rows: impl Iterator<Item = &'f Vec<Flow>>, count: usize) -> Self {
        let mut wants = Wants { least: vec![0.0; count.max(1)], most: vec![0.0; count.max(1)] };
        for row in rows {
            for ((flow, least), most) in row.iter().zip(&mut wants.least).zip(&mut wants.most) {
                let (narrow, wide) = widths(&flow.items);
                (*least, *most) = (least.max(narrow), most.max(wide));
            }
        }
        wants
    }

    /// The first way in which no word must be divided; if there is none, the one with most room. A table that
    /// fits in neither way is not turned where it cannot be.
    pub fn fit(&self, size: f32, upright: f32, turned: Option<f32>) -> Fit {
        let gaps = NARROW_GAP * size * (self.least.len() - 1) as f32;
        let needed = self.least.iter().sum::<f32>() + gaps;
        let ways = FITS.iter().filter(|fit| turned.is_some() || !fit.turned);
        let fits = |fit: &&Fit| {
            let room = if fit.turned { turned.unwrap_or(upright) } else { upright };
            needed * fit.scale <= room
        };
        let fallback = ways.clone().next_back().copied();
        ways.copied().find(|fit| fits(&fit)).or(fallback).unwrap_or(FITS[0])
    }

    /// The room that a table's columns take: what they want if that is clearly less than the measure.
    pub fn room(&self, fit: Fit, frame: Frame, flush: bool) -> Frame {
        let gaps = WIDE_GAP * frame.style.size * (self.most.len() - 1) as f32;
        let natural = self.most.iter().sum::<f32>() * fit.scale + gaps;
        if natural > frame.measure * NEARLY_FULL {
            return frame;
        }
        let spare = frame.measure - natural;
        let left = match (flush, frame.right_to_left) {
            (true, true) => spare,
            (true, false) => 0.0,
            (false, _) => spare / 2.0,
        };
        Frame { left: frame.left + left, measure: natural, ..frame }
    }

    /// Gives every column the width of its longest line if that fits; else its longest word's, and a share of what
    /// is left in proportion to what it lacks; and where not even words fit, the widest columns give way first.
    pub fn columns(&self, fit: Fit, alignments: &[Alignment], frame: Frame) -> Vec<Column> {
        let count = self.least.len();
        let least: Vec<f32> = self.least.iter().map(|width| width * fit.scale).collect();
        let most: Vec<f32> = self.most.iter().map(|width| width * fit.scale).collect();
        let (least_sum, most_sum) = (least.iter().sum::<f32>(), most.iter().sum::<f32>());
        let gaps = count.saturating_sub(1).max(1) as f32;
        let size = frame.style.size;
        let natural = (frame.measure - most_sum) / gaps;
        let widest = if natural >= WIDE_GAP * size * 0.99 { WIDE_GAP } else { GAP };
        let roomy = ((frame.measure - least_sum) / gaps).clamp(NARROW_GAP * size, widest * size);
        let gap = roomy.min(frame.measure * MOST_GAP / gaps);
        let room = frame.measure - gap * (count - 1) as f32;
        let widths: Vec<f32> = if most_sum <= room {
            let spare = (room - most_sum) / count as f32;
            most.iter().map(|wide| wide + spare).collect()
        } else if least_sum >= room {
            let cap = level(&least, room);
            least.iter().map(|narrow| narrow.min(cap)).collect()
        } else {
            let share = (room - least_sum) / (most_sum - least_sum).max(1.0);
            least.iter().zip(&most).map(|(narrow, wide)| narrow + (wide - narrow) * share).collect()
        };
        let mut left = frame.left;
        let columns = widths.iter().enumerate().map(|(index, &width)| {
            let alignment = alignments.get(index).copied().unwrap_or(Alignment::Start);
            let column = Column {
                // Columns follow each other as words do.
                left: if frame.right_to_left {
                    2.0 * frame.left + frame.measure - left - width
                } else {
                    left
                },
                // A hair's breadth keeps rounding from breaking a line that just fits.
                width: width + 0.01,
                align: if alignment == Alignment::Center { Align::Center } else { Align::Ragged },
                flush_end: alignment == Alignment::End,
            };
            left += width + gap;
            column
        });
        columns.collect()
    }
}

/// How wide columns may be that together want more than there is, so that they take just that.
fn level(wanted: &[f32], room: f32) -> f32 {
    let mut ascending = wanted.to_vec();
    ascending.sort_by(f32::total_cmp);
    let mut left = room;
    for (index, width) in ascending.iter().enumerate() {
        let share = left / (ascending.len() - index) as f32;
        if *width >= share {
            return share;
        }
        left -= width;
    }
    room
}

/// Widths of a flow's longest unbreakable piece and of its longest line.
pub fn widths(items: &[Item]) -> (f32, f32) {
    let (mut piece, mut line, mut narrow, mut wide) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    let mut holds = false;
    for item in items {
        match *item {
            Item::Box { width, .. } => {
                piece += width;
                line += width;
                holds = false;
            }
            Item::Glue { width, .. } if holds => {
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
            Item::Penalty { cost, width, .. } => {
                holds = cost == FORBIDDEN;
                if cost < DIVIDED_CELL {
                    narrow = narrow.max(piece + width);
                    piece = 0.0;
                }
            }
        }
    }
    (narrow.max(piece), wide.max(line))
}
