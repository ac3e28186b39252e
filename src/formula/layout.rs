//! Formulas laid out: the library's boxes as glyphs and rules at their places.

use latex_rust::{BoxContent, Dim, Error, MathBox, MathFont, MathNode, MathStyle};

/// A piece of a formula. All lengths are ems of the text around; y grows upwards from the baseline.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    pub width: f32,
    /// Above the baseline.
    pub height: f32,
    /// Below the baseline.
    pub depth: f32,
    pub marks: Vec<Mark>,
}

/// What is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    Glyph {
        /// In the maths face.
        id: u16,
        /// What it says.
        character: char,
        x: f32,
        y: f32,
        /// Size relative to the text around.
        scale: f32,
    },
    Rule {
        x: f32,
        /// Lower edge.
        y: f32,
        width: f32,
        height: f32,
        /// 0 is black, 1 is white.
        gray: f32,
    },
}

impl Layout {
    /// Takes in another one, whose origin stands at `x` and `y`.
    pub fn place(&mut self, other: &Layout, x: f32, y: f32) {
        self.width = self.width.max(x + other.width);
        self.height = self.height.max(y + other.height);
        self.depth = self.depth.max(other.depth - y);
        self.marks.extend(other.marks.iter().map(|mark| mark.moved(x, y)));
    }
}

impl Mark {
    fn moved(self, dx: f32, dy: f32) -> Self {
        match self {
            Mark::Glyph { id, character, x, y, scale } => {
                Mark::Glyph { id, character, x: x + dx, y: y + dy, scale }
            }
            Mark::Rule { x, y, width, height, gray } => {
                Mark::Rule { x: x + dx, y: y + dy, width, height, gray }
            }
        }
    }
}

/// Lays out a tree that is [dressed](super::dress).
pub fn lay(tree: &MathNode, face: &MathFont, style: MathStyle) -> Result<Layout, Error> {
    let laid = latex_rust::layout(tree, face, style)?;
    let mut layout = Layout {
        width: ems(&laid.width),
        height: ems(&laid.height),
        depth: ems(&laid.depth),
        marks: Vec::new(),
    };
    collect(&laid, 0.0, 0.0, &mut layout.marks);
    let is_sound = [layout.width, layout.height, layout.depth].iter().all(|length| length.abs() < 10_000.0);
    if is_sound { Ok(layout) } else { Err(Error::Malformed { what: "its size".to_owned() }) }
}

fn ems(length: &Dim) -> f32 {
    match length.as_ratio() {
        Some((numerator, denominator)) if denominator != 0 => (numerator as f64 / denominator as f64) as f32,
        _ => f32::NAN,
    }
}

/// Depth is bounded by the library, which refuses deeper trees.
fn collect(part: &MathBox, x: f32, parent: f32, marks: &mut Vec<Mark>) {
    let y = parent + ems(&part.shift);
    match &part.content {
        BoxContent::Empty | BoxContent::Kern(_) => {}
        BoxContent::Glyph { ch, glyph_id, scale, .. } => {
            marks.push(Mark::Glyph { id: *glyph_id, character: *ch, x, y, scale: ems(scale) });
        }
        BoxContent::Rule => {
            let (width, height, depth) = (ems(&part.width), ems(&part.height), ems(&part.depth));
            if width > 0.0 && height + depth > 0.0 {
                marks.push(Mark::Rule { x, y: y - depth, width, height: height + depth, gray: 0.0 });
            }
        }
        BoxContent::HList(parts) => {
            let mut pen = x;
            for part in parts {
                collect(part, pen, y, marks);
                pen += ems(&part.width);
            }
        }
        BoxContent::VList(parts) => {
            let mut below = y;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    below -= ems(&part.height);
                }
                collect(part, x, below, marks);
                below -= ems(&part.depth);
            }
        }
        BoxContent::Overlap(parts) => parts.iter().for_each(|part| collect(part, x, y, marks)),
        BoxContent::Color(_, inner) => collect(inner, x, y, marks),
        BoxContent::BackColor(_, inner) => {
            let (height, depth) = (ems(&part.height), ems(&part.depth));
            let (width, height) = (ems(&part.width), height + depth);
            marks.push(Mark::Rule { x, y: y - depth, width, height, gray: 0.9 });
            collect(inner, x, y, marks);
        }
        // What is struck out is struck straight through: rules are all that print has.
        BoxContent::Line { x1, y1, x2, y2, thickness } => {
            let (from, to) = (ems(x1).min(ems(x2)), ems(x1).max(ems(x2)));
            let middle = (ems(y1) + ems(y2)) / 2.0;
            let height = ems(thickness);
            marks.push(Mark::Rule { x: x + from, y: y + middle, width: to - from, height, gray: 0.0 });
        }
        BoxContent::Frame { thickness, inner, .. } => {
            frame(part, ems(thickness), x, y, marks);
            collect(inner, x, y, marks);
        }
    }
}

fn frame(part: &MathBox, thickness: f32, x: f32, y: f32, marks: &mut Vec<Mark>) {
    let (width, top, bottom) = (ems(&part.width), y + ems(&part.height), y - ems(&part.depth));
    let mut side = |x, y, width, height| marks.push(Mark::Rule { x, y, width, height, gray: 0.0 });
    side(x, bottom, width, thickness);
    side(x, top - thickness, width, thickness);
    side(x, bottom, thickness, top - bottom);
    side(x + width - thickness, bottom, thickness, top - bottom);
}
