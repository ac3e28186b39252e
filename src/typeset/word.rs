//! A shaped word, which can be cut without being shaped again.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::paged_book::{Glyph, ShapedText};

/// A shaped piece of text without spaces.
#[derive(Debug)]
pub struct Word {
    /// In logical order; more than one where faces or scripts change.
    pub runs: Runs,
    /// In ascending order.
    pub breaks: Vec<WordBreak>,
    /// In thousandths of an em.
    pub width: f32,
    /// How far the word's first and last marks may hang into the margin, in thousandths of an em.
    pub hang_left: f32,
    pub hang_right: f32,
    pub right_to_left: bool,
}

/// A stretch of a word: mostly one run.
pub type Runs = SmallVec<[Arc<ShapedText>; 1]>;

/// A place inside a word where a line may end. Lengths are in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordBreak {
    pub at: Cut,
    /// Width of the word up to here.
    pub width: f32,
    pub kind: BreakKind,
    /// How far what stands before the break may hang into the margin at the line's end.
    pub hang_right: f32,
    /// The same of what stands after the break, at the next line's start.
    pub hang_left: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakKind {
    /// A hyphen appears when the line ends here.
    Hyphen,
    /// After a hyphen that is always there.
    AfterHyphen,
    /// After a dash, a slash and the like: nothing appears.
    Opportunity,
    /// Within an address.
    Address,
    /// Beside a Chinese or Japanese character, where the line can also be stretched.
    Ideograph,
}

/// A position between two characters of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    pub run: u32,
    /// In the run's text.
    pub byte: u32,
}

/// A place where a word can be cut, and the word's width up to there, in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seam {
    pub at: Cut,
    pub width: f32,
    /// How many glyphs stand before it.
    pub glyphs: usize,
}

impl Word {
    /// The same word, with glyphs that nobody else holds.
    pub fn copied(&self) -> Word {
        let runs = self.runs.iter().map(|run| Arc::new(ShapedText::clone(run))).collect();
        Word { runs, breaks: self.breaks.clone(), ..*self }
    }

    /// The places between the word's clusters, its beginning among them, as they are read.
    pub fn seams(&self) -> Vec<Seam> {
        let mut seams = Vec::new();
        let (mut width, mut count) = (0.0, 0);
        for (run_index, run) in self.runs.iter().enumerate() {
            let mut add = |glyphs: &[Glyph]| {
                let Some(first) = glyphs.first() else { return };
                seams.push(Seam {
                    at: Cut { run: run_index as u32, byte: first.cluster },
                    width,
                    glyphs: count,
                });
                count += glyphs.len();
                width += glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
            };
            let clusters = run.glyphs.chunk_by(|glyph, next| glyph.cluster == next.cluster);
            if self.right_to_left { clusters.rev().for_each(&mut add) } else { clusters.for_each(&mut add) }
        }
        seams
    }

    /// The runs between two positions, in logical order.
    pub fn slice(&self, from: Option<Cut>, to: Option<Cut>) -> Runs {
        let from = from.unwrap_or(Cut { run: 0, byte: 0 });
        let to = to.unwrap_or(Cut { run: self.runs.len() as u32, byte: 0 });
        let mut pieces = Runs::new();
        for (index, run) in (0..=to.run).zip(&self.runs).skip(from.run as usize) {
            let length = run.text.len() as u32;
            let start = if index == from.run { from.byte } else { 0 };
            let end = if index == to.run { to.byte } else { length };
            if start == 0 && end >= length {
                pieces.push(Arc::clone(run));
            } else if start < end {
                pieces.push(Arc::new(cut_run(run, start, end)));
            }
        }
        pieces
    }

    /// How many glyphs stand between two positions.
    pub fn count_glyphs(&self, from: Option<Cut>, to: Option<Cut>) -> usize {
        self.slice(from, to).iter().map(|run| run.glyphs.len()).sum()
    }
}

/// The part of a run between two bytes of its text.
fn cut_run(run: &ShapedText, start: u32, end: u32) -> ShapedText {
    let inside = |glyph: &&Glyph| (start..end).contains(&glyph.cluster);
    let moved = |glyph: &Glyph| Glyph { cluster: glyph.cluster - start, ..*glyph };
    let glyphs: Vec<Glyph> = run.glyphs.iter().filter(inside).map(moved).collect();
    let end = (end as usize).min(run.text.len());
    ShapedText {
        face: run.face,
        text: run.text.get(start as usize..end).unwrap_or_default().to_owned(),
        width: glyphs.iter().map(|glyph| glyph.advance).sum(),
        glyphs,
    }
}
