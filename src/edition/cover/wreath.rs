//! The cover's picture: a garland of two intertwined stems, with a blossom for every essay.

use std::f32::consts::TAU;

use tiny_skia::{Path, PathBuilder};

use crate::edition::cover::canvas::Canvas;
use crate::edition::cover::palette::Ink;

const RADIUS: f32 = 440.0;
/// How far the stems swing to either side of the circle.
const SWING: f32 = 24.0;
const STEM: f32 = 9.0;
/// The gap that keeps shapes apart, as in a cut in wood or linoleum.
const GAP: f32 = 7.0;
const BLOSSOM: f32 = 74.0;
const PETALS: usize = 6;

/// The fewest and the most blossoms, and about how often the stems cross.
const BLOSSOMS: (usize, usize) = (3, 12);
const CROSSINGS: usize = 22;

type Point = (f32, f32);

/// Paints the garland around a point.
pub fn paint(canvas: &mut Canvas, centre: Point, essays: usize) {
    let blossoms = essays.clamp(BLOSSOMS.0, BLOSSOMS.1);
    let per_blossom = CROSSINGS.div_ceil(blossoms);
    // Both stems close up only after an even number of crossings.
    let per_blossom = per_blossom + (blossoms * per_blossom) % 2;
    let garland = Garland { centre, crossings: blossoms * per_blossom };

    // The leaves before a blossom would stick out from under it.
    for lobe in (0..garland.crossings).filter(|lobe| (lobe + 1) % per_blossom != 0) {
        garland.paint_leaves(canvas, lobe);
    }
    garland.paint_stems(canvas);
    for crossing in (0..garland.crossings).step_by(per_blossom) {
        garland.paint_blossom(canvas, crossing);
    }
}

struct Garland {
    centre: Point,
    crossings: usize,
}

impl Garland {
    /// The angle of a crossing, from the top, clockwise; between two crossings lies a lobe.
    fn angle(&self, crossing: f32) -> f32 {
        crossing / self.crossings as f32 * TAU - TAU / 4.0
    }

    fn at(&self, angle: f32, radius: f32) -> Point {
        (self.centre.0 + radius * angle.cos(), self.centre.1 + radius * angle.sin())
    }

    /// How far out a stem is; `side` is 1 for the one that swings outwards in the first lobe, else -1.
    fn swing(&self, crossing: f32, side: f32) -> f32 {
        RADIUS + side * SWING * (crossing * TAU / 2.0).sin()
    }

    /// The stems, lobe by lobe; at every other crossing the other one passes above.
    fn paint_stems(&self, canvas: &mut Canvas) {
        for side in [1.0, -1.0] {
            for lobe in 0..self.crossings {
                if let Some(path) = self.stem(lobe as f32, lobe as f32 + 1.0, side, STEM) {
                    canvas.fill(&path, Ink::Stem);
                }
            }
        }
        for crossing in 0..self.crossings {
            let side = if crossing % 2 == 0 { 1.0 } else { -1.0 };
            let (from, to) = (crossing as f32 - 0.22, crossing as f32 + 0.22);
            if let Some(path) = self.stem(from, to, side, STEM + 2.0 * GAP) {
                canvas.clear(&path);
            }
            // A little longer than what was cleared, so that no seam shows.
            if let Some(path) = self.stem(from - 0.1, to + 0.1, side, STEM) {
                canvas.fill(&path, Ink::Stem);
            }
        }
    }

    /// A stretch of a stem as a ribbon.
    fn stem(&self, from: f32, to: f32, side: f32, width: f32) -> Option<Path> {
        const STEPS: usize = 16;
        let edge = |step: usize, offset: f32| {
            let crossing = from + (to - from) * step as f32 / STEPS as f32;
            let slope = side * SWING * (crossing * TAU / 2.0).cos() * TAU / 2.0;
            // The ribbon's width stands across its direction, not along the radius.
            let tangent = RADIUS * TAU / self.crossings as f32;
            let stretch = (1.0 + (slope / tangent).powi(2)).sqrt();
            self.at(self.angle(crossing), self.swing(crossing, side) + offset * stretch)
        };
        let mut path = PathBuilder::new();
        let (x, y) = edge(0, width / 2.0);
        path.move_to(x, y);
        for step in 1..=STEPS {
            let (x, y) = edge(step, width / 2.0);
            path.line_to(x, y);
        }
        for step in (0..=STEPS).rev() {
            let (x, y) = edge(step, -width / 2.0);
            path.line_to(x, y);
        }
        path.close();
        path.finish()
    }

    /// One leaf outwards and one inwards, from where the stems are farthest apart.
    fn paint_leaves(&self, canvas: &mut Canvas, lobe: usize) {
        let middle = lobe as f32 + 0.5;
        let angle = self.angle(middle);
        let spacing = RADIUS * TAU / self.crossings as f32;
        let length = spacing * 1.25;
        // Every other leaf leans out a little more: a garland is bound by hand.
        let lean = if lobe.is_multiple_of(2) { 0.62 } else { 0.72 };
        for (direction, scale) in [(1.0, 1.0), (-1.0, 0.78)] {
            let base = self.at(angle, RADIUS + direction * (SWING + STEM / 2.0 + GAP * 0.6));
            let heading = angle + TAU / 4.0 - direction * lean;
            let leaf = Leaf { base, heading, length: length * scale, side: direction };
            leaf.paint(canvas);
        }
    }

    fn paint_blossom(&self, canvas: &mut Canvas, crossing: usize) {
        let angle = self.angle(crossing as f32);
        let centre = self.at(angle, RADIUS);
        if let Some(path) = PathBuilder::from_circle(centre.0, centre.1, BLOSSOM + GAP) {
            canvas.clear(&path);
        }
        for petal in 0..PETALS {
            let heading = angle + petal as f32 / PETALS as f32 * TAU;
            if let Some(path) = petal_path(centre, heading) {
                canvas.fill(&path, Ink::Blossom);
            }
        }
        if let Some(path) = PathBuilder::from_circle(centre.0, centre.1, BLOSSOM * 0.3) {
            canvas.clear(&path);
        }
        if let Some(path) = PathBuilder::from_circle(centre.0, centre.1, BLOSSOM * 0.21) {
            canvas.fill(&path, Ink::Stem);
        }
    }
}

/// A petal from near the blossom's centre to its rim.
fn petal_path(centre: Point, heading: f32) -> Option<Path> {
    let frame = Frame::new(centre, heading);
    let half_width = BLOSSOM * (TAU / PETALS as f32 / 2.0).tan() * 0.7;
    let place = |(x, y): Point| frame.place(x * BLOSSOM, y * half_width);
    let base = (0.12, 0.0);
    let mut path = PathBuilder::new();
    let start = place(base);
    path.move_to(start.0, start.1);
    for [a, b, to] in [
        [(0.35, 0.35), (0.55, 0.98), (0.78, 0.92)],
        [(0.98, 0.86), (1.02, 0.3), (0.94, 0.0)],
        [(1.02, -0.3), (0.98, -0.86), (0.78, -0.92)],
        [(0.55, -0.98), (0.35, -0.35), base],
    ] {
        let (a, b, to) = (place(a), place(b), place(to));
        path.cubic_to(a.0, a.1, b.0, b.1, to.0, to.1);
    }
    path.close();
    path.finish()
}

/// A leaf of two halves, one lighter, with the midrib left open between them.
struct Leaf {
    base: Point,
    heading: f32,
    length: f32,
    /// To which side of its heading the leaf bends: 1 or -1.
    side: f32,
}

impl Leaf {
    fn paint(&self, canvas: &mut Canvas) {
        for (half, ink) in [(1.0, Ink::Leaf), (-1.0, Ink::LeafShade)] {
            if let Some(path) = self.half(half) {
                canvas.fill(&path, ink);
            }
        }
    }

    fn half(&self, half: f32) -> Option<Path> {
        let frame = Frame::new(self.base, self.heading);
        let (length, width) = (self.length, self.length * 0.23);
        // The midrib is an arc, and both edges follow it.
        let place = |x: f32, y: f32| frame.place(x * length, y * half + self.side * length * 0.12 * x * x);
        let rib = 2.2;
        let start = place(0.0, rib);
        let mut path = PathBuilder::new();
        path.move_to(start.0, start.1);
        let (a, b, tip) = (place(0.22, width * 1.1), place(0.68, width * 1.25), place(1.0, 0.0));
        path.cubic_to(a.0, a.1, b.0, b.1, tip.0, tip.1);
        let (a, b) = (place(0.66, rib * 0.8), place(0.33, rib));
        path.cubic_to(a.0, a.1, b.0, b.1, start.0, start.1);
        path.close();
        path.finish()
    }
}

/// Coordinates along and across a direction.
struct Frame {
    origin: Point,
    along: Point,
}

impl Frame {
    fn new(origin: Point, heading: f32) -> Self {
        Frame { origin, along: (heading.cos(), heading.sin()) }
    }

    fn place(&self, x: f32, y: f32) -> Point {
        let (cos, sin) = self.along;
        (self.origin.0 + x * cos - y * sin, self.origin.1 + x * sin + y * cos)
    }
}
