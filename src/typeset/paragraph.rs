//! Paragraphs to lines: the chosen line ends, turned into glyphs at their places.

use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};

use super::compositor::Compositor;
use super::flow::{Content, Flow, Ink, Mark};
use super::formula::Piece;
use super::galley::{Line, LineLink};
use super::justify::{Item, Justification, LineEnd, break_lines, line_start};
use super::shape::{Cut, Word};
use crate::anthology::PictureId;
use crate::paged_book::{Item as Painted, Meaning, PlacedPicture, Rule, ShapedText, TextRun};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Justify,
    /// Flush with the side where reading starts.
    Ragged,
    Center,
}

/// The room for a paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// From the left edge of the text block.
    pub left: f32,
    pub measure: f32,
    pub align: Align,
    pub leading: f32,
    /// Type size, which places the baseline within the leading.
    pub size: f32,
    /// Whether the text around is in a right-to-left language.
    pub right_to_left: bool,
}

/// A stretch of a line in one ink.
struct Segment {
    runs: Vec<Arc<ShapedText>>,
    ink: usize,
    width: f32,
    /// Width of the space that follows, if one does.
    space: f32,
    picture: Option<PictureId>,
    formula: Option<Arc<Piece>>,
    right_to_left: bool,
}

impl Segment {
    fn empty(ink: usize, width: f32) -> Self {
        Segment { runs: Vec::new(), ink, width, space: 0.0, picture: None, formula: None, right_to_left: false }
    }
}

impl Compositor<'_> {
    /// Breaks a finished flow into lines.
    pub fn set_paragraph(&mut self, flow: &Flow, shape: &Shape) -> Vec<Line> {
        let justification = Justification {
            measure: shape.measure,
            shortest_last_line: self.layout.indent * 2.0,
            ragged: (shape.align != Align::Justify).then_some(shape.size * 4.0),
        };
        let ends = break_lines(&flow.items, &justification);
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = 0;
        for (index, end) in ends.iter().enumerate() {
            let last = index + 1 == ends.len();
            lines.push(self.set_line(flow, start, *end, shape));
            let next = line_start(&flow.items, end.item);
            let marks_end = if last { usize::MAX } else { next };
            let line_marks = flow.marks.iter().filter(|(at, _)| (start..marks_end).contains(at));
            if let Some(line) = lines.last_mut() {
                for (_, mark) in line_marks {
                    match *mark {
                        Mark::Anchor(anchor) => line.anchors.push(anchor),
                        Mark::Note(note) => line.notes.push(note),
                    }
                }
            }
            start = next;
        }
        // Neither the first nor the last line of a paragraph stands alone on a page.
        let count = lines.len();
        if count > 1 {
            lines[0].keep_with_next = true;
            lines[count - 2].keep_with_next = true;
        }
        lines
    }

    fn set_line(&mut self, flow: &Flow, start: usize, end: LineEnd, shape: &Shape) -> Line {
        let segments = self.collect_segments(flow, start, end, shape);
        let natural: f32 = {
            let spaces = segments.iter().rev().skip(1).map(|segment| segment.space);
            segments.iter().map(|segment| segment.width).sum::<f32>() + spaces.sum::<f32>()
        };
        let levels = find_levels(flow, &segments, shape.right_to_left);
        let indent = leading_space(flow, start, end.item);
        let (hang_left, hang_right) = hangs(flow, start, end.item, shape.align);
        let flush_right = shape.right_to_left && shape.align != Align::Center;
        let left = shape.left
            + match shape.align {
                Align::Center => (shape.measure - natural) / 2.0,
                _ if flush_right => shape.measure - natural - indent + hang_right,
                _ => indent - hang_left,
            };
        let mut line = Line {
            height: shape.leading,
            baseline: (shape.leading + shape.size * 0.5) / 2.0 + shape.size * 0.08,
            ..Line::default()
        };
        // Painted in the order of reading, wherever each segment stands.
        let places = place_segments(&segments, levels.as_deref(), left);
        for (segment, x) in segments.into_iter().zip(places) {
            let ink = flow.inks[segment.ink];
            add_link(&mut line, &ink, x, segment.width);
            make_room(&mut line, &segment, &ink, shape.size);
            paint(&mut line, segment, &ink, x);
        }
        line
    }

    /// What stands on a line, in logical order. Pieces of one word that stay together are one segment.
    fn collect_segments(&mut self, flow: &Flow, start: usize, end: LineEnd, shape: &Shape) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        let mut open: Option<OpenWord> = None;
        let ratio = if shape.align == Align::Justify { end.ratio } else { end.ratio.min(0.0) };
        for index in start..=end.item.min(flow.items.len().saturating_sub(1)) {
            let at_end = index == end.item;
            let (item, content) = (&flow.items[index], &flow.contents[index]);
            if let (Content::Piece { word, from, to, ink }, Item::Box { width, .. }, false) =
                (content, item, at_end)
            {
                match &mut open {
                    Some(open) if open.continues(word, *from, *ink) => {
                        open.to = *to;
                        open.width += width;
                    }
                    _ => {
                        close(&mut segments, &mut open);
                        open = Some(OpenWord {
                            word: Arc::clone(word),
                            from: *from,
                            to: *to,
                            ink: *ink,
                            width: *width,
                        });
                    }
                }
                continue;
            }
            match (content, item) {
                (Content::Space { ink }, Item::Glue { width, stretch, shrink }) => {
                    close(&mut segments, &mut open);
                    let give = if ratio >= 0.0 { stretch * ratio.min(100.0) } else { shrink * ratio };
                    // A line's last space is painted too, at its natural width.
                    let space = if at_end { *width } else { width + give };
                    add_space(&mut segments, space, *ink);
                }
                (Content::Space { ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open);
                    add_space(&mut segments, *width, *ink);
                }
                (Content::Hyphen { ink }, Item::Penalty { width, .. }) if at_end => {
                    close(&mut segments, &mut open);
                    let hyphen = self.hyphen(flow.inks[*ink].style.kind);
                    segments.push(Segment { runs: vec![hyphen], ..Segment::empty(*ink, *width) });
                }
                (Content::Picture { picture, ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open);
                    segments.push(Segment { picture: Some(*picture), ..Segment::empty(*ink, *width) });
                }
                (Content::Formula { piece, ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open);
                    let formula = Some(Arc::clone(piece));
                    segments.push(Segment { formula, ..Segment::empty(*ink, *width) });
                }
                _ => {}
            }
        }
        close(&mut segments, &mut open);
        segments
    }
}

/// A word on a line, as far as its pieces have been met.
struct OpenWord {
    word: Arc<Word>,
    from: Option<Cut>,
    to: Option<Cut>,
    ink: usize,
    width: f32,
}

impl OpenWord {
    fn continues(&self, word: &Arc<Word>, from: Option<Cut>, ink: usize) -> bool {
        Arc::ptr_eq(&self.word, word) && from.is_some() && self.to == from && self.ink == ink
    }
}

fn close(segments: &mut Vec<Segment>, open: &mut Option<OpenWord>) {
    if let Some(OpenWord { word, from, to, ink, width }) = open.take() {
        let right_to_left = word.right_to_left;
        let runs = word.slice(from, to);
        segments.push(Segment { runs, right_to_left, ..Segment::empty(ink, width) });
    }
}

fn add_space(segments: &mut Vec<Segment>, width: f32, ink: usize) {
    match segments.last_mut() {
        Some(segment) => segment.space += width,
        None => segments.push(Segment::empty(ink, width)),
    }
}

/// Width of the boxes without content at a line's start: the paragraph's indent.
fn leading_space(flow: &Flow, start: usize, end: usize) -> f32 {
    let empty = flow.items[start..end].iter().zip(&flow.contents[start..end]);
    empty
        .map_while(|(item, content)| match (item, content) {
            (Item::Box { width, .. }, Content::Nothing) => Some(width),
            _ => None,
        })
        .sum()
}

fn hangs(flow: &Flow, start: usize, end: usize, align: Align) -> (f32, f32) {
    if align == Align::Center {
        return (0.0, 0.0);
    }
    let left = match flow.items.get(start) {
        Some(Item::Box { hang_left, .. }) => *hang_left,
        _ => 0.0,
    };
    let right = flow.items[start..end].iter().rev().find_map(|item| match item {
        Item::Box { hang_right, .. } => Some(*hang_right),
        _ => None,
    });
    (left, right.unwrap_or(0.0))
}

/// The embedding level of each segment (Unicode Standard Annex 9), or `None` where all of them are
/// read from left to right.
fn find_levels(flow: &Flow, segments: &[Segment], right_to_left: bool) -> Option<Vec<Level>> {
    if !flow.bidirectional && !right_to_left {
        return None;
    }
    let mut text = String::new();
    let mut starts = Vec::with_capacity(segments.len());
    for segment in segments {
        starts.push(text.len());
        for run in &segment.runs {
            text.push_str(&run.text);
        }
        if segment.runs.is_empty() {
            text.push('\u{FFFC}');
        }
        if segment.space > 0.0 {
            text.push(' ');
        }
    }
    let base = if right_to_left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(&text, Some(base));
    Some(starts.iter().map(|&start| info.levels.get(start).copied().unwrap_or(base)).collect())
}

/// Where each segment stands: side by side from `left` in visual order (rule L2). A segment's space
/// follows it where it is read, so leftwards the gap is on its other side.
fn place_segments(segments: &[Segment], levels: Option<&[Level]>, left: f32) -> Vec<f32> {
    let order = levels.map_or_else(|| (0..segments.len()).collect(), BidiInfo::reorder_visual);
    let mut places = vec![left; segments.len()];
    let mut x = left;
    for (place, &index) in order.iter().enumerate() {
        places[index] = x;
        let leftward = levels.is_some_and(|levels| levels[index].is_rtl());
        let gap = match order.get(place + 1) {
            None => 0.0,
            Some(&next) if next < index => segments[next].space,
            Some(&next) if leftward => segments[next - 1].space,
            Some(_) => segments[index].space,
        };
        x += segments[index].width + gap;
    }
    places
}

/// Makes a line higher for a formula that would touch the lines around it.
fn make_room(line: &mut Line, segment: &Segment, ink: &Ink, size: f32) {
    /// What lines may take of each other's room, of the type size.
    const OVERLAP: f32 = 0.08;
    let Some(formula) = &segment.formula else { return };
    let (above, below) = (line.baseline, line.height - line.baseline);
    let rise = formula.height * ink.style.size + ink.style.rise - size * OVERLAP - above;
    let drop = formula.depth * ink.style.size - ink.style.rise - size * OVERLAP - below;
    line.height += rise.max(0.0) + drop.max(0.0);
    line.baseline += rise.max(0.0);
}

fn add_link(line: &mut Line, ink: &Ink, x: f32, width: f32) {
    let Some(link) = ink.link else { return };
    let size = ink.style.size;
    match line.links.last_mut() {
        Some(last) if last.link == link => {
            let right = (last.x + last.width).max(x + width);
            last.x = last.x.min(x);
            last.width = right - last.x;
        }
        _ => line.links.push(LineLink { link, x, width, y: -size * 0.25, height: size * 1.1 }),
    }
}

fn paint(line: &mut Line, segment: Segment, ink: &Ink, x: f32) {
    let style = ink.style;
    if style.highlighted {
        let space_left = if segment.right_to_left { segment.space } else { 0.0 };
        line.items.push(Painted::Rule(Rule {
            x: x - space_left - 0.5,
            y: -style.size * 0.22,
            width: segment.width + segment.space + 0.5,
            height: style.size * 1.05,
            gray: 0.88,
            meaning: Meaning::Decoration,
        }));
    }
    if let Some(picture) = segment.picture {
        line.items.push(Painted::Picture(PlacedPicture {
            picture,
            x,
            y: -style.size * 0.1,
            width: segment.width,
            height: style.size,
            meaning: ink.meaning,
        }));
    }
    if let Some(formula) = &segment.formula {
        formula.paint(&mut line.items, (x, style.rise), style.size, ink.meaning);
    }
    let mut cursor = if segment.right_to_left { x + segment.width } else { x };
    let count = segment.runs.len();
    for (index, run) in segment.runs.into_iter().enumerate() {
        let width = run.width * style.size / 1000.0 + style.tracking * run.glyphs.len() as f32;
        if segment.right_to_left {
            cursor -= width;
        }
        line.items.push(Painted::Text(TextRun {
            glyphs: run,
            x: cursor,
            y: style.rise,
            size: style.size,
            tracking: style.tracking,
            space: if index + 1 == count { segment.space } else { 0.0 },
            gray: 0.0,
            meaning: ink.meaning,
        }));
        if !segment.right_to_left {
            cursor += width;
        }
    }
    if style.struck {
        line.items.push(Painted::Rule(Rule {
            x,
            y: style.size * 0.24,
            width: segment.width,
            height: style.size * 0.05,
            gray: 0.0,
            meaning: Meaning::Decoration,
        }));
    }
}
