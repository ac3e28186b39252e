//! Bars beside lines, painted line by line so that they may go on overleaf.

use super::galley::{Bar, BarStyle, Line};
use crate::paged_book::{Item, Meaning, Rule};

/// From dot to dot.
const PITCH: f32 = 3.375;

/// The bars that go on from line to line.
#[derive(Default)]
pub struct Bars {
    open: Vec<Bar>,
    /// Lower edge of the last line.
    bottom: f32,
}

impl Bars {
    /// Paints a line's bars, and what is between them and those of the line above.
    pub fn extend(&mut self, line: &mut Line, top: f32) {
        for &bar in &line.bars {
            let above = if self.open.contains(&bar) { (top - self.bottom).max(0.0) } else { 0.0 };
            let bottom = top + line.height;
            // From the page's top down; what is painted counts from the line's baseline up.
            let paint = |from: f32, to: f32, x: f32, width: f32, gray: f32| {
                Item::Rule(Rule {
                    x: bar.x + x,
                    y: top + line.baseline - to,
                    width,
                    height: to - from,
                    gray,
                    meaning: Meaning::Decoration,
                })
            };
            let from = top - above;
            match bar.style {
                BarStyle::Plain => line.items.push(paint(from, bottom, 0.0, 1.5, 0.55)),
                BarStyle::Hairline => line.items.push(paint(from, bottom, 0.0, 0.5, 0.0)),
                BarStyle::Heavy => line.items.push(paint(from, bottom, 0.0, 3.0, 0.0)),
                BarStyle::Double => {
                    let sides = [0.0, 2.2].map(|x| paint(from, bottom, x, 0.8, 0.0));
                    line.items.extend(sides);
                }
                BarStyle::Dotted => {
                    // Dots stand where they would if the bar went down the whole page.
                    let (first, last) = ((from / PITCH).ceil() as usize, (bottom / PITCH).ceil() as usize);
                    let dots = (first..last).map(|at| at as f32 * PITCH);
                    line.items.extend(dots.map(|at| paint(at, at + 1.4, 0.0, 1.4, 0.25)));
                }
            }
        }
        self.open.clone_from(&line.bars);
        self.bottom = top + line.height;
    }
}
