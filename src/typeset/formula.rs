//! Formulas in lines and on lines of their own.

use std::collections::HashMap;
use std::sync::Arc;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use unicode_normalization::UnicodeNormalization;

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::Line;
use super::paragraph::Align;
use crate::fonts::{FaceId, Family, Fonts, Style};
use crate::formula::{self, Layout, Mark, Place, Row, Setting};
use crate::paged_book::{ElementId, Glyph, Item as Painted, Meaning, Role, Rule, ShapedText, TextRun};

/// How far a display formula is made smaller before it is divided.
const SMALLEST: f32 = 0.75;
/// How far any formula is made smaller that finds no room even divided; what then does not fit is written on one line.
const LEAST: f32 = 0.5;
/// How far the later lines of a divided formula are indented, in ems.
const TURNED_IN: f32 = 2.0;
/// Up to so many rows stand on one page.
const KEPT_ROWS: usize = 6;

/// A piece of a formula, ready to be painted. All lengths are ems.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    pub width: f32,
    pub height: f32,
    pub depth: f32,
    runs: Vec<PieceRun>,
    rules: Vec<PieceRule>,
}

#[derive(Debug, Clone)]
struct PieceRun {
    glyphs: Arc<ShapedText>,
    x: f32,
    y: f32,
    scale: f32,
}

#[derive(Debug, Clone, Copy)]
struct PieceRule {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    gray: f32,
}

/// Formulas that were set, for when they come again.
#[derive(Default)]
pub struct FormulaStore {
    inline: HashMap<String, Option<InlineFormula>>,
}

/// The pieces of a formula between which a line may end, each with the space that follows.
type InlineFormula = Arc<[(Arc<Piece>, f32)]>;

impl Piece {
    /// Makes runs of glyphs that stand side by side.
    fn new(layout: &Layout, fonts: &Fonts, face: FaceId) -> Self {
        let font = fonts.face(face).font();
        let metrics = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let mut piece =
            Piece { width: layout.width, height: layout.height, depth: layout.depth, ..Piece::default() };
        for mark in &layout.marks {
            match *mark {
                Mark::Glyph { id, character, x, y, scale } => {
                    let advance = metrics.advance_width(skrifa::GlyphId::from(id)).unwrap_or_default();
                    piece.push_glyph(face, id, character, advance, (x, y, scale));
                }
                Mark::Rule { x, y, width, height, gray } => {
                    piece.rules.push(PieceRule { x, y, width, height, gray });
                }
            }
        }
        piece
    }

    fn push_glyph(
        &mut self,
        face: FaceId,
        id: u16,
        character: char,
        advance: f32,
        (x, y, scale): (f32, f32, f32),
    ) {
        /// How far apart, in ems, what is one word may stand.
        const WORD_GAP: f32 = 0.1;
        let says = says(character);
        if let Some(last) = self.runs.last_mut()
            && last.y == y
            && last.scale == scale
        {
            let end = last.x + last.glyphs.width * scale / 1000.0;
            let gap = (x - end) / scale * 1000.0;
            let shaped = Arc::make_mut(&mut last.glyphs);
            if gap.abs() < WORD_GAP * 1000.0
                && let Some(before) = shaped.glyphs.last_mut()
            {
                before.advance += gap;
                shaped.width += gap + advance;
                let cluster = shaped.text.len() as u32;
                shaped.text.push_str(&says);
                shaped.glyphs.push(Glyph { id, advance, x_offset: 0.0, y_offset: 0.0, cluster });
                return;
            }
        }
        let glyph = Glyph { id, advance, x_offset: 0.0, y_offset: 0.0, cluster: 0 };
        let glyphs = ShapedText { face, text: says, glyphs: vec![glyph], width: advance };
        self.runs.push(PieceRun { glyphs: Arc::new(glyphs), x, y, scale });
    }

    /// Paints the piece with its origin at `x` and `y`, in points.
    pub fn paint(&self, items: &mut Vec<Painted>, (x, y): (f32, f32), size: f32, meaning: Meaning) {
        let rule = |rule: &PieceRule| {
            Painted::Rule(Rule {
                x: x + rule.x * size,
                y: y + rule.y * size,
                width: rule.width * size,
                height: rule.height * size,
                gray: rule.gray,
                meaning,
            })
        };
        let (shades, lines): (Vec<_>, Vec<_>) = self.rules.iter().partition(|rule| rule.gray > 0.0);
        items.extend(shades.into_iter().map(rule));
        items.extend(self.runs.iter().map(|run| {
            Painted::Text(TextRun {
                turned: false,
                glyphs: Arc::clone(&run.glyphs),
                x: x + run.x * size,
                y: y + run.y * size,
                size: size * run.scale,
                tracking: 0.0,
                stretch: 1.0,
                space: 0.0,
                gray: 0.0,
                meaning,
            })
        }));
        items.extend(lines.into_iter().map(rule));
    }
}

/// What a reader finds a character by: letters of the maths alphabets as plain letters.
fn says(character: char) -> String {
    match character {
        '\u{1D400}'..='\u{1D7FF}' | 'ℎ' => character.nfkc().collect(),
        // The face keeps the arrow over a letter there.
        '\u{20DC}' => '\u{20D7}'.to_string(),
        other => other.to_string(),
    }
}

impl Compositor<'_> {
    /// Appends a formula to a paragraph.
    pub fn flow_formula(&mut self, flow: &mut Flow, tex: &str, context: Context) {
        let element = self.formula_element(tex, context.element);
        let size = self.formula_size(&context.style);
        // Both editions count a formula as one sign.
        flow.start(self.read(1));
        let context = Context { element, ..context };
        let pieces = self.inline_formula(tex);
        let widest = pieces.iter().flat_map(|pieces| pieces.iter()).map(|(piece, _)| piece.width);
        // Cells and lists are narrower than the measure, but then a line of text may stand out.
        let scale = (self.layout.measure * 0.99 / (widest.fold(0.001, f32::max) * size)).min(1.0);
        match pieces.filter(|_| self.has_room(tex, scale)) {
            Some(pieces) => {
                let size = size * scale;
                let style = TextStyle { size, ..context.style };
                let meaning = Meaning::Content(self.leaf(element));
                flow_pieces(flow, &pieces, Context { style, ..context }, meaning);
            }
            None => self.flow_linear(flow, tex, context),
        }
    }

    /// Whether a formula may be made so much smaller; one that may not is remembered as too wide.
    fn has_room(&mut self, tex: &str, scale: f32) -> bool {
        if scale < LEAST {
            self.wide_formulas.push(tex.to_owned());
        }
        scale >= LEAST
    }

    /// A formula that cannot be set, on one line of characters.
    fn flow_linear(&mut self, flow: &mut Flow, tex: &str, context: Context) {
        let style: TextStyle = context.style.unhyphenated();
        self.flow_text(flow, &formula::linear(tex), Context { style, ..context });
    }

    /// The size at which the maths face's small letters are as high as those of the text.
    fn formula_size(&self, style: &TextStyle) -> f32 {
        let height = |face: FaceId| {
            let metrics = self.fonts.face(face).font().metrics(Size::new(1.0), LocationRef::default());
            metrics.x_height.filter(|height| *height > 0.0)
        };
        let text = self.fonts.select(style.kind.family, Style::Regular).and_then(height);
        let formula = self.fonts.select(Family::Mathematics, Style::Regular).and_then(height);
        match (text, formula) {
            (Some(text), Some(formula)) => style.size * (text / formula).clamp(0.9, 1.15),
            _ => style.size,
        }
    }

    fn formula_element(&mut self, tex: &str, parent: ElementId) -> ElementId {
        let element = self.structure.add(parent, Role::Formula);
        self.structure.elements[element.0].alternative = Some(formula::linear(tex));
        element
    }

    fn inline_formula(&mut self, tex: &str) -> Option<InlineFormula> {
        if let Some(known) = self.formulas.inline.get(tex) {
            return known.clone();
        }
        let face = self.fonts.select(Family::Mathematics, Style::Regular);
        let set = face.and_then(|face| match formula::read(tex, false).ok()?.setting() {
            Setting::Inline(pieces) => {
                let piece = |(layout, space): &(Layout, f32)| {
                    (Arc::new(Piece::new(layout, self.fonts, face)), *space)
                };
                Some(pieces.iter().map(piece).collect())
            }
            Setting::Display(_) => None,
        });
        if set.is_some() {
            face.into_iter().for_each(|face| self.shaper.use_face(face));
        }
        self.formulas.inline.insert(tex.to_owned(), set.clone());
        set
    }

    /// Sets a formula on lines of its own.
    pub fn set_formula(&mut self, tex: &str, frame: Frame) {
        let formula = formula::read(tex, true).ok();
        let rows = match formula.as_ref().map(formula::Formula::setting) {
            Some(Setting::Display(rows)) => rows.as_slice(),
            _ => &[],
        };
        let face = self.fonts.select(Family::Mathematics, Style::Regular);
        // What comes before a formula leads to it.
        let before = self.lines.len();
        self.keep_together(before.saturating_sub(1), true);
        let size = self.formula_size(&frame.style);
        match face.and_then(|face| fit(rows, frame.measure / size, self.fonts, face)) {
            Some(fitted) if !rows.is_empty() => {
                face.into_iter().for_each(|face| self.shaper.use_face(face));
                self.push_formula(tex, &fitted, size, frame);
            }
            _ => {
                if !rows.is_empty() {
                    self.wide_formulas.push(tex.to_owned());
                }
                self.space(self.layout.leading / 2.0);
                let element = self.formula_element(tex, frame.element);
                let mut flow = Flow::default();
                flow.start(self.read(1));
                self.flow_linear(&mut flow, tex, Context::new(frame.style, element));
                self.set_flow(flow, Frame { align: Align::Center, ..frame });
                self.space(self.layout.leading / 2.0);
            }
        }
    }

    /// Appends a formula's rows, with the space around them that keeps the grid.
    fn push_formula(&mut self, tex: &str, rows: &[FittedRow], size: f32, frame: Frame) {
        let place = self.read(1);
        /// Between two rows, in ems.
        const GAP: f32 = 0.35;
        let element = self.formula_element(tex, frame.element);
        let meaning = Meaning::Content(self.structure.add_content(element));
        let mut lines = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let gap = if index > 0 { GAP } else { 0.0 };
            let height = row.body.height.max(0.7) * row.scale;
            let depth = row.body.depth.max(0.25) * row.scale;
            let mut line = Line {
                height: (gap + height + depth) * size,
                baseline: (gap + height) * size,
                start: if index == 0 { place } else { None },
                keep_with_next: index + 1 < rows.len() && rows.len() <= KEPT_ROWS,
                ..Line::default()
            };
            row.body.paint(&mut line.items, (frame.left + row.x * size, 0.0), size * row.scale, meaning);
            if let Some((tag, x)) = &row.tag {
                tag.paint(&mut line.items, (frame.left + x * size, 0.0), size, meaning);
            }
            lines.push(line);
        }
        let leading = self.layout.leading;
        let height: f32 = lines.iter().map(|line| line.height).sum();
        let least = leading * 0.35;
        let whole = ((height + 2.0 * least) / leading).ceil() * leading;
        let pad = if frame.depth == 0 { (whole - height) / 2.0 } else { least };
        // A line of text has more room above its letters than below.
        let shift = leading * 0.06;
        self.space(pad + shift);
        self.push_lines(lines);
        self.space(pad - shift);
    }
}

fn flow_pieces(flow: &mut Flow, pieces: &[(Arc<Piece>, f32)], context: Context, meaning: Meaning) {
    for (piece, space) in pieces {
        flow.push_piece(Arc::clone(piece), context, meaning);
        if *space > 0.0 {
            flow.push_relation_space(*space * context.style.size, *space < formula::THICK_SPACE);
        }
    }
}

/// A row at its place in the measure. Lengths are ems.
struct FittedRow {
    body: Piece,
    x: f32,
    scale: f32,
    tag: Option<(Piece, f32)>,
}

/// Places rows in a measure: as they are, made smaller, or divided. None if they do not fit at all.
fn fit(rows: &[Row], measure: f32, fonts: &Fonts, face: FaceId) -> Option<Vec<FittedRow>> {
    /// Between a formula and its number.
    const TAG_GAP: f32 = 1.0;
    let tag_room = |row: &Row| row.tag.as_ref().map_or(0.0, |tag| tag.width + TAG_GAP);
    let widest = rows.iter().map(|row| row.body.width).fold(0.0, f32::max);
    let room = measure - rows.iter().map(tag_room).fold(0.0, f32::max);
    let scale = (room / widest.max(0.001)).min(1.0);
    let mut fitted = Vec::with_capacity(rows.len());
    for row in rows {
        let tag = row.tag.as_ref().map(|tag| (Piece::new(tag, fonts, face), measure - tag.width));
        if scale < SMALLEST
            && let Some(mut lines) = divide_in_need(row, room, fonts, face)
        {
            if let Some(last) = lines.last_mut() {
                last.tag = tag;
            }
            fitted.append(&mut lines);
            continue;
        }
        if scale < LEAST {
            return None;
        }
        let width = row.body.width * scale;
        let x = match row.place {
            Place::Left => 0.0,
            Place::Center => ((measure - width) / 2.0).min(measure - tag_room(row) - width),
            Place::Right => measure - tag_room(row) - width,
        };
        fitted.push(FittedRow { body: Piece::new(&row.body, fonts, face), x, scale, tag });
    }
    Some(fitted)
}

/// Divides a row, before relations if that is enough, else before operators, too, and then in smaller and smaller type.
fn divide_in_need(row: &Row, measure: f32, fonts: &Fonts, face: FaceId) -> Option<Vec<FittedRow>> {
    let ways = [
        (&row.pieces, 1.0),
        (&row.terms, 1.0),
        (&row.terms, 0.85),
        (&row.terms, SMALLEST),
        (&row.terms, LEAST),
    ];
    ways.into_iter().find_map(|(pieces, scale)| divide(pieces, measure, scale, fonts, face))
}

/// Fills lines with pieces of a row. None if a piece alone is too wide.
fn divide(
    pieces: &[Layout],
    measure: f32,
    scale: f32,
    fonts: &Fonts,
    face: FaceId,
) -> Option<Vec<FittedRow>> {
    let room = |line: usize| (if line == 0 { measure } else { measure - TURNED_IN }) / scale;
    let mut lines: Vec<Layout> = Vec::new();
    for piece in pieces {
        let room = room(lines.len().saturating_sub(1));
        match lines.last_mut() {
            Some(line) if line.width + piece.width <= room => {
                let x = line.width;
                line.place(piece, x, 0.0);
            }
            _ => lines.push(piece.clone()),
        }
    }
    let fits = !lines.is_empty() && lines.iter().enumerate().all(|(at, line)| line.width <= room(at));
    let fitted = lines.iter().enumerate().map(|(index, line)| FittedRow {
        body: Piece::new(line, fonts, face),
        x: if index == 0 { 0.0 } else { TURNED_IN },
        scale,
        tag: None,
    });
    fits.then(|| fitted.collect())
}
