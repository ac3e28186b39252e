//! Formulas laid out: the library's boxes as glyphs and rules at their places.

use super::dress::{TALL_BAR, TALL_DOUBLE_BAR};
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
    collect(&laid, 0.0, 0.0, &mut layout);
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
fn collect(part: &MathBox, x: f32, parent: f32, layout: &mut Layout) {
    let y = parent + ems(&part.shift);
    let marks = &mut layout.marks;
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
            let lifts = lift_scripts(parts);
            let mut pen = x;
            for (index, child) in parts.iter().enumerate() {
                match (&child.content, &lifts) {
                    (BoxContent::Overlap(scripts), Some((at, up, down))) if index == *at => {
                        place_scripts(scripts, (pen, y), (*up, *down), layout);
                    }
                    (BoxContent::Glyph { ch: TALL_BAR | TALL_DOUBLE_BAR, .. }, _) => {
                        draw_bar(child, part, (pen, y), layout);
                    }
                    _ => collect(child, pen, y, layout),
                }
                pen += ems(&child.width);
            }
        }
        BoxContent::VList(parts) => {
            let mut below = y;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    below -= ems(&part.height);
                }
                collect(part, x, below, layout);
                below -= ems(&part.depth);
            }
        }
        BoxContent::Overlap(parts) => parts.iter().for_each(|part| collect(part, x, y, layout)),
        BoxContent::Color(_, inner) => collect(inner, x, y, layout),
        BoxContent::BackColor(_, inner) => {
            let (height, depth) = (ems(&part.height), ems(&part.depth));
            let (width, height) = (ems(&part.width), height + depth);
            marks.push(Mark::Rule { x, y: y - depth, width, height, gray: 0.9 });
            collect(inner, x, y, layout);
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
            collect(inner, x, y, layout);
        }
    }
}

/// Where scripts stand beside something tall, and how far they must be raised and lowered further: the library
/// places all scripts as if they stood beside a letter.
fn lift_scripts(parts: &[MathBox]) -> Option<(usize, f32, f32)> {
    /// How far below its top and above its bottom scripts stand beside what is no letter (the face's own).
    const DROP_FROM_TOP: f32 = 0.36;
    const DROP_FROM_BOTTOM: f32 = 0.16;
    let base = parts.first().filter(|base| !matches!(base.content, BoxContent::Glyph { .. }))?;
    let at = parts.iter().position(|part| matches!(part.content, BoxContent::Overlap(_)))?;
    let only_kerns_between =
        parts[1..at.max(1)].iter().all(|part| matches!(part.content, BoxContent::Kern(_)));
    let BoxContent::Overlap(scripts) = &parts[at].content else { return None };
    let (up, down) = match scripts.as_slice() {
        [only] => (ems(&only.shift), ems(&only.shift)),
        [upper, lower] => (ems(&upper.shift), ems(&lower.shift)),
        _ => return None,
    };
    let is_script =
        at > 0 && only_kerns_between && (up > 0.0 || down < 0.0) && (scripts.len() == 1 || down < 0.0);
    let rise = (ems(&base.height) - DROP_FROM_TOP - up).max(0.0);
    let drop = (ems(&base.depth) + DROP_FROM_BOTTOM + down).max(0.0);
    is_script.then_some((at, rise, drop))
}

fn place_scripts(scripts: &[MathBox], (x, y): (f32, f32), (up, down): (f32, f32), layout: &mut Layout) {
    for script in scripts {
        let shift = ems(&script.shift);
        let further = if shift > 0.0 { up } else { -down };
        collect(script, x, y + further, layout);
        layout.height = layout.height.max(y + shift + further + ems(&script.height));
        layout.depth = layout.depth.max(ems(&script.depth) - y - shift - further);
    }
}

/// A bar as high as the list that it stands in.
fn draw_bar(bar: &MathBox, list: &MathBox, (x, y): (f32, f32), layout: &mut Layout) {
    const THICKNESS: f32 = 0.055;
    const APART: f32 = 0.2;
    let (width, height, depth) = (ems(&bar.width), ems(&list.height), ems(&list.depth));
    let is_double = matches!(bar.content, BoxContent::Glyph { ch: TALL_DOUBLE_BAR, .. });
    let middle = x + (width - THICKNESS) / 2.0;
    let places: &[f32] = if is_double { &[-APART / 2.0, APART / 2.0] } else { &[0.0] };
    layout.marks.extend(places.iter().map(|place| Mark::Rule {
        x: middle + place,
        y: y - depth,
        width: THICKNESS,
        height: height + depth,
        gray: 0.0,
    }));
}

fn frame(part: &MathBox, thickness: f32, x: f32, y: f32, marks: &mut Vec<Mark>) {
    let (width, top, bottom) = (ems(&part.width), y + ems(&part.height), y - ems(&part.depth));
    let mut side = |x, y, width, height| marks.push(Mark::Rule { x, y, width, height, gray: 0.0 });
    side(x, bottom, width, thickness);
    side(x, top - thickness, width, thickness);
    side(x, bottom, thickness, top - bottom);
    side(x + width - thickness, bottom, thickness, top - bottom);
}
