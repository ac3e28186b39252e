//! Sets runs of glyphs as text-showing operators.

use super::objects::hundredths;
use super::operators::Operators;
use super::typefaces::{EmbeddedGlyph, Typeface, Typefaces};
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
    pub fn show_line(&mut self, runs: &[&TextRun], out: &mut Operators) {
        let Some(first) = runs.first() else { return };
        let face = first.glyphs.face;
        let Some(typeface) = self.typefaces.get(face) else { return };
        if self.face != Some((face, first.size)) {
            self.face = Some((face, first.size));
            out.set_font(&typeface.resource.0, first.size);
        }
        let scaling = hundredths(first.stretch * 100.0);
        if self.scaling != scaling {
            self.scaling = scaling;
            out.set_scaling(scaling);
        }
        let (x, y) = (hundredths(first.x), hundredths(first.y));
        out.place_text(x, y, first.turned);
        let mut line = Line {
            typeface,
            origin: if first.turned { y } else { x },
            size: hundredths(first.size),
            stretch: scaling / 100.0,
            pen: 0.0,
            rise: 0.0,
        };
        for run in runs {
            line.show_run(run, out);
        }
        line.set_rise(0.0, out);
        out.end_show();
    }
}

/// Whether `next` can be set in one go with `run`.
pub fn continues(run: &TextRun, next: &TextRun) -> bool {
    let end = along(run) + run.width();
    run.turned == next.turned
        && run.glyphs.face == next.glyphs.face
        && run.size == next.size
        && run.stretch == next.stretch
        && run.gray == next.gray
        && across(run) == across(next)
        && along(next) >= end - BACK_STEP * run.size
}

/// Where a run starts on its line.
fn along(run: &TextRun) -> f32 {
    if run.turned { run.y } else { run.x }
}

/// Where its line stands.
fn across(run: &TextRun) -> f32 {
    if run.turned { run.x } else { run.y }
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
}

impl Line<'_> {
    fn show_run(&mut self, run: &TextRun, out: &mut Operators) {
        let em = f64::from(self.size * self.stretch) / 1000.0;
        if em <= 0.0 {
            return;
        }
        let shaped = &*run.glyphs;
        let start = f64::from(along(run) - self.origin) / em;
        let tracking = f64::from(run.tracking * self.stretch) / em;
        let is_content = matches!(run.meaning, Meaning::Content(_));
        let space_place = if !is_content || self.is_plain(&shaped.glyphs, &shaped.text) {
            self.show_glyphs(&shaped.glyphs, start, tracking, out)
        } else {
            for cluster in clusters(shaped, start, tracking) {
                self.show_cluster(&cluster, tracking, out);
            }
            if is_leftward(shaped) {
                start - f64::from(run.space) / em
            } else {
                start + measure(&shaped.glyphs, tracking)
            }
        };
        if run.space > 0.0
            && let Some(space) = self.typeface.space()
        {
            self.set_rise(0.0, out);
            self.show_glyph(space, space_place, out);
        }
    }

    /// Shows a cluster and, where its glyphs do not spell its text, says the text.
    fn show_cluster(&mut self, cluster: &Cluster, tracking: f64, out: &mut Operators) {
        if cluster.glyphs.len() == 1 && self.typeface.spells(cluster.glyphs, cluster.text)
            || self.is_plain(cluster.glyphs, cluster.text)
        {
            self.show_glyphs(cluster.glyphs, cluster.place, tracking, out);
        } else if cluster.leftward {
            self.show_apart(cluster, tracking, out);
        } else {
            self.show_saying(cluster.text, cluster.glyphs, cluster.place, tracking, out);
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
    fn show_apart(&mut self, cluster: &Cluster, tracking: f64, out: &mut Operators) {
        let widest = cluster.glyphs.iter().map(|glyph| glyph.advance).fold(f32::MIN, f32::max);
        let mut text = Some(cluster.text);
        let mut place = cluster.place;
        for glyph in cluster.glyphs.chunks(1) {
            let text = if measure(glyph, 0.0) == f64::from(widest) { text.take() } else { None };
            match text.unwrap_or_default() {
                text if self.typeface.spells(glyph, text) => {
                    self.show_glyphs(glyph, place, tracking, out);
                }
                text => self.show_saying(text, glyph, place, tracking, out),
            }
            place += measure(glyph, tracking);
        }
    }

    /// Shows glyphs with a text that replaces what they say (ISO 32000-1, section 14.9.4).
    fn show_saying(&mut self, text: &str, glyphs: &[Glyph], place: f64, tracking: f64, out: &mut Operators) {
        self.set_rise(0.0, out);
        out.end_show();
        out.begin_saying(text);
        self.show_glyphs(glyphs, place, tracking, out);
        self.set_rise(0.0, out);
        out.end_show();
        out.end_content();
    }

    /// Shows glyphs one after the other; gives the place where they end.
    fn show_glyphs(&mut self, glyphs: &[Glyph], mut place: f64, tracking: f64, out: &mut Operators) -> f64 {
        for glyph in glyphs {
            if let Some(shown) = self.typeface.glyph(glyph.id) {
                self.set_rise(glyph.y_offset * self.size / 1000.0, out);
                self.show_glyph(shown, place + f64::from(glyph.x_offset), out);
            }
            place += f64::from(glyph.advance) + tracking;
        }
        place
    }

    fn show_glyph(&mut self, glyph: EmbeddedGlyph, place: f64, out: &mut Operators) {
        let gap = place - self.pen;
        if gap.abs() > TOLERANCE {
            let gap = gap.round();
            self.pen += gap;
            out.skip(gap as i64);
        }
        out.show(glyph.code);
        self.pen += f64::from(glyph.width);
    }

    /// Lifts the glyphs that follow off the baseline.
    fn set_rise(&mut self, rise: f32, out: &mut Operators) {
        if rise == self.rise {
            return;
        }
        let rise = hundredths(rise);
        if rise != self.rise {
            out.end_show();
            out.set_rise(rise);
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
