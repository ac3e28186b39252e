//! Sets runs of glyphs as text-showing operators.

use std::collections::BTreeMap;

use printpdf::{DictItem, Op, PdfFontHandle, Pt, TextMatrix};

use super::objects::{hundredths, utf16};
use super::typefaces::{Typeface, Typefaces};
use crate::fonts::FaceId;
use crate::paged_book::{Meaning, TextRun};

/// A glyph is moved only when it would stand further off than this, in thousandths of an em:
/// at least half the unit that it is moved by, or rounding would move it back again.
const TOLERANCE: f64 = 0.75;

/// How far a run may start to the left of where the one before ended, in ems, and still be set
/// with it.
const BACK_STEP: f32 = 0.2;

/// Sets one page's text. Faces and shades hold until they are changed.
pub struct TextSetter<'a> {
    typefaces: &'a Typefaces,
    face: Option<(FaceId, f32)>,
}

impl<'a> TextSetter<'a> {
    pub fn new(typefaces: &'a Typefaces) -> Self {
        TextSetter { typefaces, face: None }
    }

    /// Shows runs that stand on one line and look alike, in one go.
    pub fn show_line(&mut self, runs: &[&TextRun], ops: &mut Vec<Op>) {
        let Some(first) = runs.first() else { return };
        let face = first.glyphs.face;
        let Some(typeface) = self.typefaces.get(face) else { return };
        if self.face != Some((face, first.size)) {
            self.face = Some((face, first.size));
            let font = PdfFontHandle::External(typeface.resource.clone());
            ops.push(Op::SetFont { font, size: Pt(hundredths(first.size)) });
        }
        let (x, y) = (hundredths(first.x), hundredths(first.y));
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
        let mut line = Line {
            typeface,
            origin: x,
            size: hundredths(first.size),
            pen: 0.0,
            rise: 0.0,
            shown: Shown::default(),
        };
        for run in runs {
            line.show_run(run, ops);
        }
        line.set_rise(0.0, ops);
        line.shown.flush(ops);
    }
}

/// Whether `next` can be set in one go with `run`.
pub fn continues(run: &TextRun, next: &TextRun) -> bool {
    let end = run.x + (run.glyphs.width * run.size / 1000.0) + run.tracking * run.glyphs.glyphs.len() as f32;
    run.glyphs.face == next.glyphs.face
        && run.size == next.size
        && run.gray == next.gray
        && run.y == next.y
        && next.x >= end - BACK_STEP * run.size
}

/// A line while it is set. Lengths are in thousandths of an em from its origin unless said otherwise.
struct Line<'a> {
    typeface: &'a Typeface,
    /// In points.
    origin: f32,
    /// In points.
    size: f32,
    /// Where the viewer would set the next glyph.
    pen: f64,
    /// How far above the baseline, in points.
    rise: f32,
    shown: Shown,
}

impl Line<'_> {
    fn show_run(&mut self, run: &TextRun, ops: &mut Vec<Op>) {
        let em = f64::from(self.size) / 1000.0;
        if em <= 0.0 {
            return;
        }
        let replaced = matches!(run.meaning, Meaning::Content(_)) && !self.typeface.spells(&run.glyphs);
        if replaced {
            self.shown.flush(ops);
            let text = DictItem::String { data: utf16(&run.glyphs.text), literal: false };
            let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text)]) };
            ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        }
        let mut place = f64::from(run.x - self.origin) / em;
        let tracking = f64::from(run.tracking) / em;
        for glyph in &run.glyphs.glyphs {
            if let Some(code) = self.typeface.code(glyph.id) {
                self.set_rise(glyph.y_offset * self.size / 1000.0, ops);
                self.show_glyph(code, place + f64::from(glyph.x_offset));
            }
            place += f64::from(glyph.advance) + tracking;
        }
        if replaced {
            self.set_rise(0.0, ops);
            self.shown.flush(ops);
            ops.push(Op::EndMarkedContent);
        }
        if run.space > 0.0
            && let Some(space) = self.typeface.space()
        {
            self.set_rise(0.0, ops);
            self.show_glyph(space, place);
        }
    }

    fn show_glyph(&mut self, code: u16, place: f64) {
        let gap = place - self.pen;
        if gap.abs() > TOLERANCE {
            self.pen += self.shown.skip(gap);
        }
        self.shown.codes.extend(code.to_be_bytes());
        self.pen += self.typeface.glyph(code).map_or(0.0, |glyph| f64::from(glyph.width));
    }

    /// Lifts the glyphs that follow off the baseline.
    fn set_rise(&mut self, rise: f32, ops: &mut Vec<Op>) {
        let rise = hundredths(rise);
        if rise != self.rise {
            self.shown.flush(ops);
            ops.push(Op::SetLineOffset { multiplier: rise });
            self.rise = rise;
        }
    }
}

/// The operands of a `TJ` operator while they are gathered.
#[derive(Default)]
struct Shown {
    items: Vec<DictItem>,
    codes: Vec<u8>,
}

impl Shown {
    /// Moves on by a whole number of thousandths; gives that number.
    fn skip(&mut self, gap: f64) -> f64 {
        self.end_string();
        let gap = gap.round();
        self.items.push(DictItem::Int(-gap as i64));
        gap
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(DictItem::String { data: std::mem::take(&mut self.codes), literal: true });
        }
    }

    /// Shows what was gathered. printpdf's own text operation takes every glyph as a string of its
    /// own, three times as long as this and in millions of allocations; so `TJ` is spelled out.
    fn flush(&mut self, ops: &mut Vec<Op>) {
        self.end_string();
        if !self.items.is_empty() {
            let operands = DictItem::Array(std::mem::take(&mut self.items));
            ops.push(Op::Unknown { key: "TJ".to_owned(), value: vec![operands] });
        }
    }
}
