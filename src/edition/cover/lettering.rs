//! Words as shapes: shaped text, broken into balanced lines and sized to its room.

use std::collections::BTreeMap;

use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{GlyphId, MetadataProvider};
use tiny_skia::{Path, PathBuilder};
use unicode_bidi::BidiInfo;

use crate::fonts::{FaceId, Family, Fonts, Style};

/// A longer text is cut: no cover has room for it.
const MAX_CHARACTERS: usize = 400;

/// Room for a text: at most `width` wide and `height` high, set in `size` at most.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub width: f32,
    pub height: f32,
    pub size: f32,
    /// The distance between baselines, of the size.
    pub leading: f32,
}

/// A text that has been fitted into its room.
pub struct Setting {
    pub size: f32,
    pub leading: f32,
    lines: Vec<String>,
}

impl Setting {
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading
    }
}

/// Sets text in one style of the serif family, other faces lending what it lacks.
pub struct Lettering<'a> {
    fonts: &'a Fonts,
    face: FaceId,
    /// The faces that have been asked for, prepared for shaping.
    prepared: BTreeMap<FaceId, ShaperData>,
}

impl<'a> Lettering<'a> {
    pub fn new(fonts: &'a Fonts, style: Style) -> Option<Self> {
        let face = fonts.select(Family::Serif, style)?;
        Some(Lettering { fonts, face, prepared: BTreeMap::new() })
    }

    /// Breaks a text into lines of about the same length, as large as its room allows.
    pub fn fit(&mut self, text: &str, room: Room) -> Setting {
        let mut text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) {
            text.truncate(end);
            text.push('…');
        }
        let pieces = pieces(&text);
        let widths: Vec<f32> = pieces.iter().map(|piece| self.width(piece)).collect();
        let longest = widths.iter().copied().fold(0.01, f32::max);
        let mut size = room.size.min(room.width / longest);
        let mut count = break_lines(&widths, room.width / size).len();
        while count as f32 * size * room.leading > room.height && size > 8.0 {
            size *= 0.96;
            count = break_lines(&widths, room.width / size).len();
        }
        // The narrowest measure that needs no more lines makes them even.
        let mut measure = room.width / size;
        while measure * 0.98 >= longest && break_lines(&widths, measure * 0.98).len() == count {
            measure *= 0.98;
        }
        let lines = break_lines(&widths, measure)
            .into_iter()
            .map(|range| pieces[range].concat().trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        Setting { size, leading: size * room.leading, lines }
    }

    /// The shapes of a setting, its lines centred; `top` is where its first line begins.
    pub fn draw(&mut self, setting: &Setting, centre: f32, top: f32) -> Option<Path> {
        let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, scale: 1.0 };
        for (index, line) in setting.lines.iter().enumerate() {
            let glyphs = self.shape(line);
            let width: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
            let mut x = centre - width * setting.size / 2.0;
            // Letters sit in a line's lower part: about a quarter is left for descenders.
            let baseline =
                top + setting.leading * index as f32 + (setting.leading + setting.size * 0.5) / 2.0;
            for glyph in glyphs {
                let font = self.fonts.face(glyph.face).font();
                let units = f32::from(font.head().map_or(1000, |head| head.units_per_em()));
                pen.x = x + glyph.offset.0 * setting.size;
                pen.y = baseline - glyph.offset.1 * setting.size;
                pen.scale = setting.size / units;
                if let Some(outline) = font.outline_glyphs().get(glyph.id) {
                    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                    // A damaged outline is left out: its neighbours can still be read.
                    outline.draw(settings, &mut pen).ok();
                }
                x += glyph.advance * setting.size;
            }
        }
        pen.path.finish()
    }

    /// Width at a size of 1.
    fn width(&mut self, text: &str) -> f32 {
        self.shape(text).iter().map(|glyph| glyph.advance).sum()
    }

    /// The glyphs of a line from left to right, at a size of 1.
    fn shape(&mut self, line: &str) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let bidi = BidiInfo::new(line, None);
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_right_to_left = levels.get(run.start).is_some_and(|level| level.is_rtl());
                let mut stretches = self.stretches(&line[run]);
                if is_right_to_left {
                    stretches.reverse();
                }
                for (face, text) in stretches {
                    self.shape_stretch(face, text, is_right_to_left, &mut glyphs);
                }
            }
        }
        glyphs
    }

    /// Cuts text where the face changes. Joiners and spaces stay with what they follow.
    fn stretches<'t>(&self, text: &'t str) -> Vec<(FaceId, &'t str)> {
        let mut stretches: Vec<(FaceId, usize)> = Vec::new();
        for (at, character) in text.char_indices() {
            let joins =
                character.is_whitespace() || matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe0f}');
            if joins && !stretches.is_empty() {
                continue;
            }
            let face = self.fonts.covering(character, self.face).unwrap_or(self.face);
            if stretches.last().is_none_or(|(last, _)| *last != face) {
                stretches.push((face, at));
            }
        }
        let ends = stretches.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
        stretches.iter().zip(ends).map(|((face, start), end)| (*face, &text[*start..end])).collect()
    }

    fn shape_stretch(&mut self, face: FaceId, text: &str, is_right_to_left: bool, glyphs: &mut Vec<Glyph>) {
        let font = self.fonts.face(face).font();
        let shaper = self.prepare(face).shaper(&font).build();
        let units = (shaper.units_per_em() as f32).max(1.0);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if is_right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            glyphs.push(Glyph {
                face,
                id: GlyphId::new(info.glyph_id),
                advance: position.x_advance as f32 / units,
                offset: (position.x_offset as f32 / units, position.y_offset as f32 / units),
            });
        }
    }

    fn prepare(&mut self, id: FaceId) -> &ShaperData {
        let fonts = self.fonts;
        self.prepared.entry(id).or_insert_with(|| ShaperData::new(&fonts.face(id).font()))
    }
}

/// A placed glyph, at a size of 1.
struct Glyph {
    face: FaceId,
    id: GlyphId,
    advance: f32,
    offset: (f32, f32),
}

/// Text between opportunities for a line break.
fn pieces(text: &str) -> Vec<&str> {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(text).collect();
    breaks.windows(2).filter_map(|pair| text.get(pair[0]..pair[1])).collect()
}

/// Fills lines one after the other; each is a range of pieces.
fn break_lines(widths: &[f32], measure: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut filled) = (0, 0.0);
    for (index, width) in widths.iter().enumerate() {
        if index > start && filled + width > measure * 1.001 {
            lines.push(start..index);
            (start, filled) = (index, 0.0);
        }
        filled += width;
    }
    if start < widths.len() {
        lines.push(start..widths.len());
    }
    lines
}

/// Draws glyphs into one path; fonts count upwards, pictures downwards.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let ((cx0, cy0), (x, y)) = (self.place(cx0, cy0), self.place(x, y));
        self.path.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let ((cx0, cy0), (cx1, cy1), (x, y)) = (self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y));
        self.path.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
