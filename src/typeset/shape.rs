//! Text to glyphs.
//!
//! Prose repeats its words, so every word is shaped once per face and kept. A word knows where a line
//! may break inside it, and can be cut there without being shaped again.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use harfrust::{Buffer, Direction, Feature, Font, Language, ShapeOptions, ShapePlan, ShaperFont, Tag};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use skrifa::MetadataProvider;

use super::hyphenate::hyphenation_points;
use crate::fonts::{Face, FaceId, Family, Fonts, Style};
use crate::paged_book::{Glyph, ShapedText};

/// What decides a word's glyphs besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Type {
    pub family: Family,
    pub style: Style,
    pub small_caps: bool,
    /// Lining figures of one width, for tables; old-style figures otherwise.
    pub lining: bool,
    /// The face's own superior figures.
    pub superior: bool,
}

impl Type {
    pub fn new(family: Family, style: Style) -> Self {
        Type { family, style, small_caps: false, lining: false, superior: false }
    }
}

/// A shaped piece of text without spaces.
#[derive(Debug)]
pub struct Word {
    /// In logical order; more than one where faces change.
    pub runs: Vec<Arc<ShapedText>>,
    /// In ascending order.
    pub breaks: Vec<WordBreak>,
    /// In thousandths of an em.
    pub width: f32,
    pub right_to_left: bool,
}

/// A place inside a word where a line may end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordBreak {
    pub at: Cut,
    /// Width of the word up to here, in thousandths of an em.
    pub width: f32,
    pub kind: BreakKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakKind {
    /// A hyphen appears when the line ends here.
    Hyphen,
    /// After a dash, a slash and the like: nothing appears.
    Opportunity,
    /// Anywhere, for want of anything better, in text that is wider than a line can be.
    Emergency,
}

/// A position between two glyphs of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    pub run: usize,
    pub glyph: usize,
}

impl Word {
    /// The runs between two positions, in logical order.
    pub fn slice(&self, from: Option<Cut>, to: Option<Cut>) -> Vec<Arc<ShapedText>> {
        let from = from.unwrap_or(Cut { run: 0, glyph: 0 });
        let to = to.unwrap_or(Cut { run: self.runs.len(), glyph: 0 });
        let mut pieces = Vec::new();
        for (index, run) in self.runs.iter().enumerate().skip(from.run) {
            let start = if index == from.run { from.glyph } else { 0 };
            let end = match index.cmp(&to.run) {
                std::cmp::Ordering::Less => run.glyphs.len(),
                std::cmp::Ordering::Equal => to.glyph,
                std::cmp::Ordering::Greater => 0,
            };
            if start == 0 && end == run.glyphs.len() {
                pieces.push(Arc::clone(run));
            } else if start < end {
                pieces.push(Arc::new(cut_run(run, start, end)));
            }
        }
        pieces
    }
}

/// Glyphs `start..end` of a left-to-right run with the text that they stand for.
fn cut_run(run: &ShapedText, start: usize, end: usize) -> ShapedText {
    let first_byte = run.glyphs[start].cluster as usize;
    let last_byte = run.glyphs.get(end).map_or(run.text.len(), |glyph| glyph.cluster as usize);
    let glyphs: Vec<Glyph> = run.glyphs[start..end]
        .iter()
        .map(|glyph| Glyph { cluster: glyph.cluster - first_byte as u32, ..*glyph })
        .collect();
    ShapedText {
        face: run.face,
        text: run.text.get(first_byte..last_byte).unwrap_or_default().to_owned(),
        width: glyphs.iter().map(|glyph| glyph.advance).sum(),
        glyphs,
    }
}

/// Vertical measures of a face, in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceMetrics {
    pub ascent: f32,
    /// Below the baseline, as a positive number.
    pub descent: f32,
    pub x_height: f32,
    pub cap_height: f32,
    /// The face's word space.
    pub space: f32,
}

struct ShapingFace {
    /// `None` for a face that cannot be shaped with: its text stays blank.
    font: Option<Font>,
    units_per_em: f32,
    metrics: FaceMetrics,
}

#[derive(PartialEq, Eq, Hash)]
struct WordKey {
    text: Box<str>,
    kind: Type,
    language: Option<[u8; 2]>,
    right_to_left: bool,
}

#[derive(PartialEq, Eq, Hash)]
struct PlanKey {
    face: FaceId,
    kind: Type,
    script: Option<harfrust::Script>,
    right_to_left: bool,
    language: Option<[u8; 2]>,
}

fn shaping_face<'c>(faces: &'c [OnceCell<ShapingFace>], fonts: &Fonts, id: FaceId) -> &'c ShapingFace {
    faces[id.0].get_or_init(|| ShapingFace::new(fonts.face(id)))
}

impl ShapingFace {
    fn new(face: &Face) -> Self {
        let tables = face.font();
        let size = skrifa::instance::Size::unscaled();
        let metrics = tables.metrics(size, skrifa::instance::LocationRef::default());
        let scale = 1000.0 / f32::from(metrics.units_per_em.max(1));
        let space = tables.charmap().map(' ').and_then(|glyph| {
            tables.glyph_metrics(size, skrifa::instance::LocationRef::default()).advance_width(glyph)
        });
        ShapingFace {
            font: face.to_shape(),
            units_per_em: f32::from(metrics.units_per_em.max(1)),
            metrics: FaceMetrics {
                ascent: metrics.ascent * scale,
                descent: -metrics.descent * scale,
                x_height: metrics.x_height.unwrap_or(metrics.ascent / 2.0) * scale,
                cap_height: metrics.cap_height.unwrap_or(metrics.ascent) * scale,
                space: space.map_or(250.0, |width| width * scale),
            },
        }
    }
}

/// Shapes words and remembers them.
pub struct Shaper<'f> {
    fonts: &'f Fonts,
    /// Made ready when they are first asked for.
    faces: Vec<OnceCell<ShapingFace>>,
    words: HashMap<WordKey, Arc<Word>>,
    plans: HashMap<PlanKey, ShapePlan>,
    coverage: HashMap<(FaceId, char), Option<FaceId>>,
    lines: LineSegmenterBorrowed<'static>,
    buffer: Option<Buffer>,
}

impl<'f> Shaper<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        let faces = fonts.iter().map(|_| OnceCell::new()).collect();
        Shaper {
            fonts,
            faces,
            words: HashMap::new(),
            plans: HashMap::new(),
            coverage: HashMap::new(),
            lines: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()),
            buffer: Some(Buffer::new()),
        }
    }

    /// The face that text of this type is set in first.
    pub fn face(&self, kind: Type) -> FaceId {
        self.fonts
            .select(kind.family, kind.style)
            .or_else(|| self.fonts.select(Family::Serif, kind.style))
            .unwrap_or(FaceId(0))
    }

    pub fn metrics(&self, kind: Type) -> FaceMetrics {
        shaping_face(&self.faces, self.fonts, self.face(kind)).metrics
    }

    /// Shapes text without spaces. `language` is an ISO 639-1 code for hyphenation and for the face's
    /// local forms; `None` sets without hyphens.
    pub fn word(
        &mut self,
        text: &str,
        kind: Type,
        language: Option<[u8; 2]>,
        right_to_left: bool,
    ) -> Arc<Word> {
        let key = WordKey { text: text.into(), kind, language, right_to_left };
        if let Some(word) = self.words.get(&key) {
            return Arc::clone(word);
        }
        let word = Arc::new(self.shape_word(text, kind, language, right_to_left));
        self.words.insert(key, Arc::clone(&word));
        word
    }

    fn shape_word(&mut self, text: &str, kind: Type, language: Option<[u8; 2]>, right_to_left: bool) -> Word {
        let preferred = self.face(kind);
        let runs: Vec<Arc<ShapedText>> = self
            .split_by_face(text, preferred)
            .into_iter()
            .map(|(face, part)| Arc::new(self.shape_run(part, face, kind, language, right_to_left)))
            .collect();
        let width = runs.iter().map(|run| run.width).sum();
        let breaks = if right_to_left { Vec::new() } else { self.find_breaks(text, &runs, language) };
        Word { runs, breaks, width, right_to_left }
    }

    /// Cuts text where the face has to change. Marks, joiners and variation selectors stay with the
    /// character before them; a character that no face has is left out.
    fn split_by_face<'t>(&mut self, text: &'t str, preferred: FaceId) -> Vec<(FaceId, &'t str)> {
        if text.is_ascii() {
            return vec![(preferred, text)];
        }
        let mut parts: Vec<(FaceId, usize, usize)> = Vec::new();
        for (start, character) in text.char_indices() {
            let end = start + character.len_utf8();
            let joins = matches!(character,
                '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
            let current = parts.last().map(|part| part.0);
            let face = match current {
                Some(face) if joins => Some(face),
                _ => self.covering(character, preferred, current),
            };
            let Some(face) = face else { continue };
            match parts.last_mut() {
                Some(part) if part.0 == face && part.2 == start => part.2 = end,
                _ => parts.push((face, start, end)),
            }
        }
        parts.into_iter().map(|(face, start, end)| (face, &text[start..end])).collect()
    }

    /// The face for a character: the preferred one, else the one in use, else the first that has it.
    fn covering(&mut self, character: char, preferred: FaceId, current: Option<FaceId>) -> Option<FaceId> {
        let fonts = self.fonts;
        let found = *self
            .coverage
            .entry((preferred, character))
            .or_insert_with(|| fonts.covering(character, preferred));
        match (found, current) {
            (Some(found), Some(current))
                if found != preferred && current != preferred && fonts.face(current).covers(character) =>
            {
                Some(current)
            }
            _ => found,
        }
    }

    fn shape_run(
        &mut self,
        text: &str,
        face: FaceId,
        kind: Type,
        language: Option<[u8; 2]>,
        right_to_left: bool,
    ) -> ShapedText {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(text);
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let tag = language.and_then(|code| std::str::from_utf8(&code).ok()?.parse::<Language>().ok());
        buffer.set_language(tag.clone());
        buffer.guess_segment_properties();
        let features = features(kind);
        let key = PlanKey { face, kind, script: buffer.script(), right_to_left, language };
        let ready = shaping_face(&self.faces, self.fonts, face);
        let shaped = ready.font.as_ref().is_some_and(|font| {
            let plan = self.plans.entry(key).or_insert_with(|| {
                ShapePlan::new(font, buffer.direction(), buffer.script(), tag.as_ref(), &features)
            });
            let options = ShapeOptions::new().plan(Some(plan)).features(&features);
            harfrust::shape(&ShaperFont::new(font), &mut buffer, options).is_ok()
        });
        let scale = 1000.0 / ready.units_per_em;
        let glyphs: Vec<Glyph> = buffer
            .glyph_infos()
            .iter()
            .zip(buffer.glyph_positions())
            .filter(|(info, _)| shaped && info.glyph_id != 0)
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance as f32 * scale,
                x_offset: position.x_offset as f32 * scale,
                y_offset: position.y_offset as f32 * scale,
                cluster: info.cluster,
            })
            .collect();
        self.buffer = Some(buffer);
        ShapedText {
            face,
            text: text.to_owned(),
            width: glyphs.iter().map(|glyph| glyph.advance).sum(),
            glyphs,
        }
    }

    /// Finds where a line may end inside `text`, as positions between glyphs.
    fn find_breaks(&self, text: &str, runs: &[Arc<ShapedText>], language: Option<[u8; 2]>) -> Vec<WordBreak> {
        let mut bytes: Vec<(usize, BreakKind)> = Vec::new();
        if is_address(text) {
            bytes.extend(address_breaks(text).map(|byte| (byte, BreakKind::Opportunity)));
        } else {
            if text.bytes().any(|byte| !byte.is_ascii_alphanumeric()) {
                let opportunities =
                    self.lines.segment_str(text).filter(|&byte| 0 < byte && byte < text.len());
                bytes.extend(opportunities.map(|byte| (byte, BreakKind::Opportunity)));
            }
            if let Some(language) = language {
                bytes.extend(hyphenation_points(text, language).map(|byte| (byte, BreakKind::Hyphen)));
            }
        }
        const LONG: usize = 28;
        if text.len() > LONG {
            bytes.extend(text.char_indices().skip(1).map(|(byte, _)| (byte, BreakKind::Emergency)));
        }
        if bytes.is_empty() {
            return Vec::new();
        }
        bytes.sort_by_key(|&(byte, kind)| (byte, kind as u8 == BreakKind::Emergency as u8));
        bytes.dedup_by_key(|&mut (byte, _)| byte);
        locate_breaks(text, runs, &bytes)
    }
}

/// Turns byte positions into positions between glyphs; one that falls inside a ligature is dropped.
fn locate_breaks(text: &str, runs: &[Arc<ShapedText>], bytes: &[(usize, BreakKind)]) -> Vec<WordBreak> {
    let mut breaks = Vec::with_capacity(bytes.len());
    let mut wanted = bytes.iter().peekable();
    let mut width = 0.0;
    let mut search_from = 0;
    for (run_index, run) in runs.iter().enumerate() {
        let Some(found) = text[search_from..].find(run.text.as_str()) else { return breaks };
        let base = search_from + found;
        for (glyph_index, glyph) in run.glyphs.iter().enumerate() {
            let byte = base + glyph.cluster as usize;
            while wanted.next_if(|&&(at, _)| at < byte).is_some() {}
            let starts_cluster = glyph_index == 0 || run.glyphs[glyph_index - 1].cluster != glyph.cluster;
            if starts_cluster && let Some(&(_, kind)) = wanted.next_if(|&&(at, _)| at == byte) {
                breaks.push(WordBreak { at: Cut { run: run_index, glyph: glyph_index }, width, kind });
            }
            width += glyph.advance;
        }
        search_from = base + run.text.len();
    }
    breaks
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.") || text.starts_with("doi.org/")
}

/// Where an address may be broken without a hyphen: after the scheme and after slashes, before other
/// punctuation, as the Chicago Manual of Style has it (7.46).
fn address_breaks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (1..bytes.len()).filter(move |&at| {
        let (before, after) = (bytes[at - 1], bytes[at]);
        let after_slash = before == b'/' && after != b'/';
        let before_mark = matches!(after, b'.' | b'?' | b'=' | b'&' | b'-' | b'_' | b'~' | b'#' | b'%');
        text.is_char_boundary(at) && (after_slash || before_mark && before != b'/' && at > 3)
    })
}

fn features(kind: Type) -> Vec<Feature> {
    let mut features = Vec::with_capacity(4);
    let mut switch_on = |tag: &[u8; 4]| features.push(Feature::new(Tag::new(tag), 1, ..));
    match (kind.family, kind.lining) {
        (Family::Mono, _) => {}
        (_, true) => {
            switch_on(b"lnum");
            switch_on(b"tnum");
        }
        (_, false) => {
            switch_on(b"onum");
            switch_on(b"pnum");
        }
    }
    if kind.small_caps {
        switch_on(b"smcp");
    }
    if kind.superior {
        switch_on(b"sups");
    }
    features
}
