//! Paragraphs to lines: the chosen line ends, turned into glyphs at their places.

use std::ops::Range;
use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};

use super::compositor::Compositor;
use super::flow::{Content, Flow, GIVE, Ink, Mark};
use super::formula::Piece;
use super::galley::{Line, LineLink};
use super::justify::{Item, Justification, LineEnd, Setting, break_into, break_lines, line_start};
use super::overlong::cut_overlong;
use super::word::{Cut, Runs, Word};
use crate::anthology::PictureId;
use crate::paged_book::{Item as Painted, Meaning, PlacedPicture, Rule, TextRun};

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

/// A paragraph of a galley, kept so that it can be set in more lines or fewer.
#[derive(Debug)]
pub struct Paragraph {
    /// Which lines of the galley it is.
    pub lines: Range<usize>,
    pub flow: Flow,
    pub shape: Shape,
    /// How it was set.
    pub setting: Setting,
}

/// Whether a paragraph is long enough to gain or lose a line without being seen to.
pub fn may_vary(setting: &Setting, shape: &Shape) -> bool {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 400;
    shape.align == Align::Justify && (SHORTEST..LONGEST).contains(&setting.ends.len())
}

/// How far below a line's top its baseline is.
pub fn baseline(leading: f32, size: f32) -> f32 {
    (leading + size * 0.5) / 2.0 + size * 0.08
}

/// A stretch of a line in one ink.
struct Segment {
    runs: Runs,
    ink: usize,
    width: f32,
    /// How much wider the glyphs are than they are drawn.
    stretch: f32,
    level: Level,
    /// Width of the space that follows, if one does.
    space: f32,
    space_level: Level,
    /// What is left free before the next segment, besides the space.
    gap: f32,
    /// With its height.
    picture: Option<(PictureId, f32)>,
    formula: Option<Arc<Piece>>,
    right_to_left: bool,
}

impl Segment {
    fn new(ink: usize, width: f32, level: Level) -> Self {
        Segment {
            runs: Runs::new(),
            ink,
            width,
            stretch: 1.0,
            level,
            space: 0.0,
            space_level: level,
            gap: 0.0,
            picture: None,
            formula: None,
            right_to_left: false,
        }
    }
}

impl Compositor<'_> {
    /// Breaks a finished flow into lines.
    pub fn set_paragraph(&mut self, flow: &Flow, shape: &Shape) -> (Vec<Line>, Setting) {
        let directed =
            (flow.bidirectional || shape.right_to_left).then(|| self.direct(flow, shape.right_to_left));
        let flow = directed.as_ref().unwrap_or(flow);
        let cut = cut_overlong(flow, shape.measure);
        let flow = cut.as_ref().unwrap_or(flow);
        let setting = break_lines(&flow.items, &self.justification(shape));
        let lines = self.set_lines(flow, |_| *shape, &setting.ends);
        (lines, setting)
    }

    /// Sets a paragraph in another number of lines, which are not painted yet; `None` if it would be ugly.
    pub fn reset_paragraph(&mut self, paragraph: &Paragraph, count: usize) -> Option<(Vec<Line>, Setting)> {
        let Paragraph { flow, shape, setting, .. } = paragraph;
        let directed =
            (flow.bidirectional || shape.right_to_left).then(|| self.direct(flow, shape.right_to_left));
        let flow = directed.as_ref().unwrap_or(flow);
        if cut_overlong(flow, shape.measure).is_some() {
            return None;
        }
        let other = break_into(&flow.items, &self.justification(shape), setting, count)?;
        Some((lay_lines(flow, |_| *shape, &other.ends), other))
    }

    /// Paints the lines of a paragraph that has been set anew.
    pub fn paint_paragraph(&mut self, paragraph: &Paragraph, ends: &[LineEnd], lines: &mut [Line]) {
        let Paragraph { flow, shape, .. } = paragraph;
        let directed =
            (flow.bidirectional || shape.right_to_left).then(|| self.direct(flow, shape.right_to_left));
        self.paint_lines(directed.as_ref().unwrap_or(flow), |_| *shape, ends, lines);
    }

    /// How a paragraph's lines are judged.
    pub fn justification(&self, shape: &Shape) -> Justification {
        Justification {
            measure: shape.measure,
            shortest_last_line: self.layout.indent * 1.5,
            ragged: (shape.align != Align::Justify).then_some(shape.size * 4.0),
        }
    }

    /// Sets a flow as lines with these ends, each in its own shape.
    pub fn set_lines(&mut self, flow: &Flow, shape: impl Fn(usize) -> Shape, ends: &[LineEnd]) -> Vec<Line> {
        let mut lines = lay_lines(flow, &shape, ends);
        self.paint_lines(flow, shape, ends, &mut lines);
        lines
    }

    fn paint_lines(
        &mut self,
        flow: &Flow,
        shape: impl Fn(usize) -> Shape,
        ends: &[LineEnd],
        lines: &mut [Line],
    ) {
        let mut start = 0;
        for (index, (line, end)) in lines.iter_mut().zip(ends).enumerate() {
            self.paint_line(line, flow, start, *end, &shape(index));
            start = line_start(&flow.items, end.item);
        }
    }

    fn paint_line(&mut self, line: &mut Line, flow: &Flow, start: usize, end: LineEnd, shape: &Shape) {
        let segments = self.collect_segments(flow, start, end, shape);
        let natural: f32 = {
            let gaps = segments.iter().rev().skip(1).map(|segment| segment.space + segment.gap);
            segments.iter().map(|segment| segment.width).sum::<f32>() + gaps.sum::<f32>()
        };
        let indent = leading_space(flow, start, end.item);
        let hang = match flow.items.get(start) {
            Some(Item::Box { hang_left, .. }) if shape.align != Align::Center => *hang_left,
            _ => 0.0,
        };
        let left = shape.left
            + match shape.align {
                Align::Center => (shape.measure - natural) / 2.0,
                _ if shape.right_to_left => shape.measure - natural - indent + hang,
                _ => indent - hang,
            };
        line.items.reserve_exact(segments.len());
        // Painted in the order of reading, wherever each segment stands.
        let places = place_segments(&segments, left);
        for (segment, x) in segments.into_iter().zip(places) {
            let ink = flow.inks[segment.ink];
            add_link(line, &ink, x, segment.width);
            paint(line, segment, &ink, x);
        }
    }

    /// What stands on a line, in logical order. Pieces of one word that stay together are one segment.
    fn collect_segments(&mut self, flow: &Flow, start: usize, end: LineEnd, shape: &Shape) -> Vec<Segment> {
        let justified = shape.align == Align::Justify;
        let space_ratio = if justified { end.space.min(100.0) } else { end.space.min(0.0) };
        let stretch = if justified { letter_stretch(end.give) } else { 1.0 };
        let base = if shape.right_to_left { Level::rtl() } else { Level::ltr() };
        // A word, its space, and mostly a place to divide it.
        let mut segments: Vec<Segment> = Vec::with_capacity((end.item - start) / 3 + 2);
        let mut open: Option<OpenWord> = None;
        for index in start..=end.item.min(flow.items.len().saturating_sub(1)) {
            let at_end = index == end.item;
            // Spaces at a line's end stand where the line ends (rule L1).
            let level = flow.levels.get(index).copied().filter(|_| !at_end).unwrap_or(base);
            match (&flow.contents[index], &flow.items[index]) {
                (Content::Piece { word, from, to, ink }, Item::Box { width, .. }) if !at_end => {
                    let width = width * stretch;
                    match &mut open {
                        Some(open) if open.continues(word, *from, *ink) => {
                            open.to = *to;
                            open.width += width;
                        }
                        _ => {
                            close(&mut segments, &mut open, stretch);
                            let word = Arc::clone(word);
                            open = Some(OpenWord { word, from: *from, to: *to, ink: *ink, width, level });
                        }
                    }
                }
                (Content::Space { ink }, Item::Glue { width, stretch: more, shrink: less }) => {
                    close(&mut segments, &mut open, stretch);
                    let give = if space_ratio >= 0.0 { more * space_ratio } else { less * space_ratio };
                    // A line's last space is painted too, at its natural width.
                    let space = if at_end { *width } else { width + give };
                    add_space(&mut segments, space, *ink, level);
                }
                (Content::Space { ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open, stretch);
                    add_space(&mut segments, *width, *ink, level);
                }
                (Content::Gap, Item::Glue { stretch: more, .. }) if !at_end && space_ratio > 0.0 => {
                    close(&mut segments, &mut open, stretch);
                    if let Some(segment) = segments.last_mut() {
                        segment.gap += more * space_ratio;
                    }
                }
                (Content::Hyphen { ink }, Item::Penalty { width, .. }) if at_end => {
                    close(&mut segments, &mut open, stretch);
                    let hyphen = self.hyphen(flow.inks[*ink].style.kind);
                    let segment = Segment::new(*ink, *width * stretch, level);
                    segments.push(Segment { runs: Runs::from_elem(hyphen, 1), stretch, ..segment });
                }
                (Content::Picture { picture, ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open, stretch);
                    let file = self.anthology.picture(*picture);
                    let height = width * file.height as f32 / file.width.max(1) as f32;
                    let segment = Segment::new(*ink, *width, level);
                    segments.push(Segment { picture: Some((*picture, height)), ..segment });
                }
                (Content::Formula { piece, ink }, Item::Box { width, .. }) => {
                    close(&mut segments, &mut open, stretch);
                    let formula = Some(Arc::clone(piece));
                    segments.push(Segment { formula, ..Segment::new(*ink, *width, level) });
                }
                _ => {}
            }
        }
        close(&mut segments, &mut open, stretch);
        segments
    }
}

/// The lines of a flow with these ends, with nothing on them yet.
fn lay_lines(flow: &Flow, shape: impl Fn(usize) -> Shape, ends: &[LineEnd]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(ends.len());
    let places = flow.places();
    let mut marks = flow.marks.iter().peekable();
    let mut start = 0;
    for (index, end) in ends.iter().enumerate() {
        let shape = shape(index);
        let last = index + 1 == ends.len();
        let next = line_start(&flow.items, end.item);
        let mut line = Line {
            height: shape.leading,
            baseline: baseline(shape.leading, shape.size),
            is_divided: matches!(flow.items.get(end.item), Some(Item::Penalty { hyphen: true, .. })),
            start: flow.line_start(&places, start),
            ..Line::default()
        };
        for content in &flow.contents[start..end.item.min(flow.contents.len())] {
            if let Content::Formula { piece, ink } = content {
                make_room(&mut line, piece, &flow.inks[*ink], shape.size);
            }
        }
        while let Some((_, mark)) = marks.next_if(|(at, _)| last || *at < next) {
            match *mark {
                Mark::Anchor(anchor) => line.anchors.push(anchor),
                Mark::Note(note) => line.notes.push(note),
                Mark::Place(_) => {}
            }
        }
        lines.push(line);
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

/// How much wider than drawn letters are set that take so much of their give; exactly what the PDF can say.
fn letter_stretch(give: f32) -> f32 {
    (10_000.0 * (1.0 + GIVE * give)).round() / 10_000.0
}

/// A word on a line, as far as its pieces have been met.
struct OpenWord {
    word: Arc<Word>,
    from: Option<Cut>,
    to: Option<Cut>,
    ink: usize,
    width: f32,
    level: Level,
}

impl OpenWord {
    fn continues(&self, word: &Arc<Word>, from: Option<Cut>, ink: usize) -> bool {
        Arc::ptr_eq(&self.word, word) && from.is_some() && self.to == from && self.ink == ink
    }
}

fn close(segments: &mut Vec<Segment>, open: &mut Option<OpenWord>, stretch: f32) {
    if let Some(OpenWord { word, from, to, ink, width, level }) = open.take() {
        let right_to_left = word.right_to_left;
        let runs = word.slice(from, to);
        segments.push(Segment { runs, stretch, right_to_left, ..Segment::new(ink, width, level) });
    }
}

fn add_space(segments: &mut Vec<Segment>, width: f32, ink: usize, level: Level) {
    match segments.last_mut() {
        Some(segment) => {
            segment.space += width;
            segment.space_level = level;
        }
        None => segments.push(Segment::new(ink, width, level)),
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

/// Where each segment stands: they and their spaces side by side from `left` on in visual order (rule L2).
fn place_segments(segments: &[Segment], left: f32) -> Vec<f32> {
    let mut places = vec![left; segments.len()];
    let mut x = left;
    if segments.iter().all(|segment| segment.level.number() == 0 && segment.space_level.number() == 0) {
        for (place, segment) in places.iter_mut().zip(segments) {
            *place = x;
            x += segment.width + segment.space + segment.gap;
        }
        return places;
    }
    // Every segment, then the space that follows it; the last one's is outside the line.
    let mut levels: Vec<Level> =
        segments.iter().flat_map(|segment| [segment.level, segment.space_level]).collect();
    levels.pop();
    for index in BidiInfo::reorder_visual(&levels) {
        let segment = &segments[index / 2];
        if index % 2 == 0 {
            places[index / 2] = x;
            x += segment.width;
        } else {
            x += segment.space + segment.gap;
        }
    }
    places
}

/// Makes a line higher for a formula that would touch the lines around it.
fn make_room(line: &mut Line, formula: &Piece, ink: &Ink, size: f32) {
    /// What a formula leaves free of the line's room, of the type size.
    const CLEARANCE: f32 = 0.06;
    let (above, below) = (line.baseline, line.height - line.baseline);
    let rise = formula.height * ink.style.size + ink.style.rise + size * CLEARANCE - above;
    let drop = formula.depth * ink.style.size - ink.style.rise + size * CLEARANCE - below;
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

/// A row of fine dots below a word.
fn paint_dots(line: &mut Line, size: f32, x: f32, width: f32) {
    let (side, pitch) = (size * 0.05, size * 0.17);
    let count = ((width - side) / pitch).floor().max(0.0) as usize;
    // What is left over stands at both ends.
    let start = x + (width - side - count as f32 * pitch) / 2.0;
    for dot in 0..=count {
        line.items.push(Painted::Rule(Rule {
            x: start + dot as f32 * pitch,
            y: -size * 0.2,
            width: side,
            height: side,
            gray: 0.45,
            meaning: Meaning::Decoration,
        }));
    }
}

fn paint(line: &mut Line, segment: Segment, ink: &Ink, x: f32) {
    let style = ink.style;
    if style.dotted {
        paint_dots(line, style.size, x, segment.width);
    }
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
    if let Some((picture, height)) = segment.picture {
        line.items.push(Painted::Picture(PlacedPicture {
            picture,
            x,
            y: -style.size * 0.1,
            width: segment.width,
            height,
            meaning: ink.meaning,
        }));
    }
    if let Some(formula) = &segment.formula {
        formula.paint(&mut line.items, (x, style.rise), style.size, ink.meaning);
    }
    let mut cursor = if segment.right_to_left { x + segment.width } else { x };
    let count = segment.runs.len();
    for (index, glyphs) in segment.runs.into_iter().enumerate() {
        let mut run = TextRun {
            glyphs,
            x: cursor,
            y: style.rise,
            size: style.size,
            tracking: style.tracking,
            stretch: segment.stretch,
            space: if index + 1 == count { segment.space } else { 0.0 },
            gray: style.gray,
            turned: false,
            meaning: ink.meaning,
        };
        let width = run.width();
        if segment.right_to_left {
            run.x -= width;
            cursor -= width;
        } else {
            cursor += width;
        }
        line.items.push(Painted::Text(run));
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
