//! Sets runs of glyphs as text-showing operators.

use std::collections::BTreeMap;

use printpdf::{DictItem, Op, PdfFontHandle, Pt, TextMatrix};

use super::objects::{hundredths, utf16};
use super::typefaces::{Typeface, Typefaces};
use crate::fonts::FaceId;
use crate::paged_book::{Glyph, Meaning, ShapedText, TextRun};

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
    /// In percent.
    scaling: f32,
}

impl<'a> TextSetter<'a> {
    pub fn new(typefaces: &'a Typefaces) -> Self {
        TextSetter { typefaces, face: None, scaling: 100.0 }
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
        let scaling = hundredths(first.stretch * 100.0);
        if self.scaling != scaling {
            self.scaling = scaling;
            ops.push(Op::SetHorizontalScaling { percent: scaling });
        }
        let (x, y) = (hundredths(first.x), hundredths(first.y));
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
        let mut line = Line {
            typeface,
            origin: x,
            size: hundredths(first.size),
            stretch: scaling / 100.0,
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
    let end = run.x + run.width();
    run.glyphs.face == next.glyphs.face
        && run.size == next.size
        && run.stretch == next.stretch
        && run.gray == next.gray
        && run.y == next.y
        && next.x >= end - BACK_STEP * run.size
}

/// A line while it is set. Lengths are in thousandths of an em as wide as it is set, from the line's origin, unless
/// said otherwise.
struct Line<'a> {
    typeface: &'a Typeface,
    /// In points.
    origin: f32,
    /// In points.
    size: f32,
    /// How much wider the em is set than it is high.
    stretch: f32,
    /// Where the viewer would set the next glyph.
    pen: f64,
    /// How far above the baseline, in points.
    rise: f32,
    shown: Shown,
}

impl Line<'_> {
    fn show_run(&mut self, run: &TextRun, ops: &mut Vec<Op>) {
        let em = f64::from(self.size * self.stretch) / 1000.0;
        if em <= 0.0 {
            return;
        }
        let shaped = &*run.glyphs;
        let start = f64::from(run.x - self.origin) / em;
        let tracking = f64::from(run.tracking * self.stretch) / em;
        let is_content = matches!(run.meaning, Meaning::Content(_));
        let mut space_place = start + measure(&shaped.glyphs, tracking);
        if !is_content || self.is_plain(&shaped.glyphs, &shaped.text) {
            self.show_glyphs(&shaped.glyphs, start, tracking, ops);
        } else {
            for cluster in clusters(shaped, start, tracking) {
                self.show_cluster(&cluster, tracking, ops);
            }
            if is_leftward(shaped) {
                space_place = start - f64::from(run.space) / em;
            }
        }
        if run.space > 0.0
            && let Some(space) = self.typeface.space()
        {
            self.set_rise(0.0, ops);
            self.show_glyph(space, space_place);
        }
    }

    /// Shows a cluster and, where its glyphs do not spell its text, says the text.
    fn show_cluster(&mut self, cluster: &Cluster, tracking: f64, ops: &mut Vec<Op>) {
        if cluster.glyphs.len() == 1 && self.typeface.spells(cluster.glyphs, cluster.text)
            || self.is_plain(cluster.glyphs, cluster.text)
        {
            self.show_glyphs(cluster.glyphs, cluster.place, tracking, ops);
        } else if cluster.leftward {
            self.show_apart(cluster, tracking, ops);
        } else {
            self.show_saying(cluster.text, cluster.glyphs, cluster.place, tracking, ops);
        }
    }

    /// Whether glyphs spell their text and stand one after the other. Readers who tell words by the
    /// gaps between them take a sign that is set back above its letter for the end of a word.
    fn is_plain(&self, glyphs: &[Glyph], text: &str) -> bool {
        glyphs.iter().all(|glyph| glyph.x_offset == 0.0) && self.typeface.spells(glyphs, text)
    }

    /// Lets a cluster's widest glyph say its text and all others nothing. Readers who tell words by
    /// the gaps between them do not see past a replacement text's first and last glyph, and from
    /// right to left these are often dots and vowel signs, well inside their letter.
    fn show_apart(&mut self, cluster: &Cluster, tracking: f64, ops: &mut Vec<Op>) {
        let widest = cluster.glyphs.iter().map(|glyph| glyph.advance).fold(f32::MIN, f32::max);
        let mut text = Some(cluster.text);
        let mut place = cluster.place;
        for glyph in cluster.glyphs.chunks(1) {
            let text = if measure(glyph, 0.0) == f64::from(widest) { text.take() } else { None };
            match text.unwrap_or_default() {
                text if self.typeface.spells(glyph, text) => self.show_glyphs(glyph, place, tracking, ops),
                text => self.show_saying(text, glyph, place, tracking, ops),
            }
            place += measure(glyph, tracking);
        }
    }

    /// Shows glyphs with a text that replaces what they say (ISO 32000-1, section 14.9.4).
    fn show_saying(&mut self, text: &str, glyphs: &[Glyph], place: f64, tracking: f64, ops: &mut Vec<Op>) {
        self.set_rise(0.0, ops);
        self.shown.flush(ops);
        let text = DictItem::String { data: utf16(text), literal: false };
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text)]) };
        ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        self.show_glyphs(glyphs, place, tracking, ops);
        self.set_rise(0.0, ops);
        self.shown.flush(ops);
        ops.push(Op::EndMarkedContent);
    }

    fn show_glyphs(&mut self, glyphs: &[Glyph], mut place: f64, tracking: f64, ops: &mut Vec<Op>) {
        for glyph in glyphs {
            if let Some(code) = self.typeface.code(glyph.id) {
                self.set_rise(glyph.y_offset * self.size / 1000.0, ops);
                self.show_glyph(code, place + f64::from(glyph.x_offset));
            }
            place += f64::from(glyph.advance) + tracking;
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

/// Glyphs that stand for a piece of text together.
struct Cluster<'a> {
    text: &'a str,
    glyphs: &'a [Glyph],
    /// Left end, in thousandths of an em from the line's origin.
    place: f64,
    /// Whether it is read from right to left.
    leftward: bool,
}

/// A run's clusters as they are read. Reading machines and the tools that search a document take
/// text in the order in which it is painted, so what runs from right to left is painted so too.
fn clusters(shaped: &ShapedText, start: f64, tracking: f64) -> Vec<Cluster<'_>> {
    let mut clusters = Vec::new();
    let mut place = start;
    let leftward = is_leftward(shaped);
    for glyphs in shaped.glyphs.chunk_by(|glyph, next| glyph.cluster == next.cluster) {
        clusters.push(Cluster { text: "", glyphs, place, leftward });
        place += measure(glyphs, tracking);
    }
    if leftward {
        clusters.reverse();
    }
    let first_byte = |cluster: &Cluster| cluster.glyphs.first().map_or(0, |glyph| glyph.cluster as usize);
    let ends: Vec<usize> = clusters.iter().skip(1).map(first_byte).chain([shaped.text.len()]).collect();
    for (cluster, end) in clusters.iter_mut().zip(ends) {
        cluster.text = shaped.text.get(first_byte(cluster)..end).unwrap_or_default();
    }
    clusters
}

/// Whether a run is read from right to left.
fn is_leftward(shaped: &ShapedText) -> bool {
    let cluster = |glyph: Option<&Glyph>| glyph.map(|glyph| glyph.cluster);
    cluster(shaped.glyphs.first()) > cluster(shaped.glyphs.last())
}

/// The glyphs' advance.
fn measure(glyphs: &[Glyph], tracking: f64) -> f64 {
    glyphs.iter().map(|glyph| f64::from(glyph.advance) + tracking).sum()
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
