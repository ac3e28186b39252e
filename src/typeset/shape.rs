//! Text to glyphs.
//!
//! Prose repeats its words, so every word is shaped once per face and kept.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use harfrust::{Direction, Feature, Language, ShapeOptions, ShapePlan, ShaperData, Tag, UnicodeBuffer};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use skrifa::MetadataProvider;
use skrifa::raw::{FontRef, TableProvider};

use super::breaks::{BreakRules, find_breaks};
use super::hang::{hang_left, hang_right};
use super::hyphenate::Exceptions;
use super::itemize::Itemizer;
use super::lexicon::{Lexicon, WordClass};
use super::word::{BreakKind, Runs, Seam, Word, WordBreak};
use crate::fonts::{Face, FaceId, Family, Fonts, Style};
use crate::paged_book::{Glyph, ShapedText};

/// What decides a word's glyphs besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Type {
    pub family: Family,
    pub style: Style,
    pub small_caps: bool,
    /// Small capitals for capitals, as acronyms want.
    pub small_acronym: bool,
    /// Lining figures of one width, for tables; old-style figures otherwise.
    pub lining: bool,
    /// The face's own superior figures.
    pub superior: bool,
}

impl Type {
    pub fn new(family: Family, style: Style) -> Self {
        Type { family, style, small_caps: false, small_acronym: false, lining: false, superior: false }
    }
}

/// No letter of any script is drawn with more glyphs.
const MOST_IN_A_CLUSTER: usize = 32;

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

struct ShapingFace<'f> {
    tables: FontRef<'f>,
    shaping: ShaperData,
    units_per_em: f32,
    metrics: FaceMetrics,
    /// The glyph substitutions that the face offers.
    features: BTreeSet<[u8; 4]>,
}

/// Words of one class by their text. Most are short, and are looked up as numbers.
#[derive(Default)]
struct Words {
    short: HashMap<u128, Arc<Word>, RandomState>,
    long: HashMap<Box<str>, Arc<Word>, RandomState>,
}

impl Words {
    /// A text of up to 15 bytes with its length behind it.
    fn number(text: &str) -> Option<u128> {
        let mut bytes = [0; 16];
        bytes[15] = u8::try_from(text.len()).ok()?;
        bytes[..15].get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(u128::from_le_bytes(bytes))
    }

    fn get(&self, text: &str) -> Option<&Arc<Word>> {
        match Words::number(text) {
            Some(number) => self.short.get(&number),
            None => self.long.get(text),
        }
    }

    fn insert(&mut self, text: &str, word: Arc<Word>) {
        match Words::number(text) {
            Some(number) => self.short.insert(number, word),
            None => self.long.insert(text.into(), word),
        };
    }
}

#[derive(PartialEq, Eq, Hash)]
struct PlanKey {
    face: FaceId,
    kind: Type,
    script: harfrust::Script,
    right_to_left: bool,
    language: Option<[u8; 2]>,
}

fn shaping_face<'c, 'f>(
    faces: &'c [OnceCell<ShapingFace<'f>>],
    fonts: &'f Fonts,
    id: FaceId,
) -> &'c ShapingFace<'f> {
    faces[id.0].get_or_init(|| ShapingFace::new(fonts.face(id)))
}

impl<'f> ShapingFace<'f> {
    fn new(face: &'f Face) -> Self {
        let tables = face.font();
        let size = skrifa::instance::Size::unscaled();
        let metrics = tables.metrics(size, skrifa::instance::LocationRef::default());
        let scale = 1000.0 / f32::from(metrics.units_per_em.max(1));
        let space = tables.charmap().map(' ').and_then(|glyph| {
            tables.glyph_metrics(size, skrifa::instance::LocationRef::default()).advance_width(glyph)
        });
        ShapingFace {
            shaping: ShaperData::new(&tables),
            units_per_em: f32::from(metrics.units_per_em.max(1)),
            features: substitutions(&tables),
            metrics: FaceMetrics {
                ascent: metrics.ascent * scale,
                descent: -metrics.descent * scale,
                x_height: metrics.x_height.unwrap_or(metrics.ascent / 2.0) * scale,
                cap_height: metrics.cap_height.unwrap_or(metrics.ascent) * scale,
                space: space.map_or(250.0, |width| width * scale),
            },
            tables,
        }
    }
}

fn substitutions(tables: &FontRef) -> BTreeSet<[u8; 4]> {
    let features = tables.gsub().and_then(|table| table.feature_list());
    let records = features.iter().flat_map(|features| features.feature_records());
    records.map(|record| record.feature_tag().to_be_bytes()).collect()
}

/// Shapes words and remembers them.
pub struct Shaper<'f> {
    fonts: &'f Fonts,
    /// Made ready when they are first asked for.
    faces: Vec<OnceCell<ShapingFace<'f>>>,
    /// Few classes, so they are looked through; the words of each by their text.
    words: Vec<(WordClass, Words)>,
    /// What others have shaped.
    lexicon: &'f Lexicon,
    /// The faces of all words so far.
    faces_in_use: BTreeSet<FaceId>,
    plans: HashMap<PlanKey, ShapePlan, RandomState>,
    itemizer: Itemizer<'f>,
    exceptions: Exceptions,
    lines: LineSegmenterBorrowed<'static>,
    buffer: Option<UnicodeBuffer>,
}

impl<'f> Shaper<'f> {
    /// `exceptions` are divided as they say, and not by the language's patterns; all that share the `lexicon` must
    /// have the same.
    pub fn new(fonts: &'f Fonts, exceptions: Exceptions, lexicon: &'f Lexicon) -> Self {
        let faces = fonts.iter().map(|_| OnceCell::new()).collect();
        Shaper {
            fonts,
            faces,
            words: Vec::new(),
            lexicon,
            faces_in_use: BTreeSet::new(),
            plans: HashMap::default(),
            itemizer: Itemizer::new(fonts),
            exceptions,
            lines: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()),
            buffer: Some(UnicodeBuffer::new()),
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

    /// Whether the face of this type has its own small capitals.
    pub fn has_small_caps(&self, kind: Type) -> bool {
        self.has(kind, b"smcp")
    }

    /// Whether the face of this type has small capitals for capitals.
    pub fn has_small_acronyms(&self, kind: Type) -> bool {
        self.has(kind, b"c2sc")
    }

    /// Whether the face of this type has its own superior figures.
    pub fn has_superiors(&self, kind: Type) -> bool {
        self.has(kind, b"sups")
    }

    fn has(&self, kind: Type, feature: &[u8; 4]) -> bool {
        shaping_face(&self.faces, self.fonts, self.face(kind)).features.contains(feature)
    }

    /// The faces of all words so far, and of what else was set.
    pub fn faces_in_use(&self) -> &BTreeSet<FaceId> {
        &self.faces_in_use
    }

    /// Says that a face is used for what is not shaped.
    pub fn use_face(&mut self, face: FaceId) {
        self.faces_in_use.insert(face);
    }

    /// Shapes text without spaces; soft hyphens in it say where it may be divided. `language` is an ISO 639-1 code for
    /// hyphenation and for the face's local forms; `None` sets without hyphens.
    pub fn word(
        &mut self,
        text: &str,
        kind: Type,
        language: Option<[u8; 2]>,
        right_to_left: bool,
    ) -> Arc<Word> {
        let class = WordClass { kind, language, right_to_left };
        let known = self.words.iter().position(|(other, _)| *other == class);
        if let Some(word) = known.and_then(|known| self.words[known].1.get(text)) {
            return Arc::clone(word);
        }
        let word = self.lexicon.find(class, text).unwrap_or_else(|| {
            let word = Arc::new(self.shape_word(text, kind, language, right_to_left));
            self.lexicon.add(class, text, &word);
            word
        });
        self.faces_in_use.extend(word.runs.iter().map(|run| run.face));
        let known = known.unwrap_or_else(|| {
            self.words.push((class, Words::default()));
            self.words.len() - 1
        });
        self.words[known].1.insert(text, Arc::clone(&word));
        word
    }

    fn shape_word(&mut self, text: &str, kind: Type, language: Option<[u8; 2]>, right_to_left: bool) -> Word {
        let preferred = self.face(kind);
        let (text, soft_hyphens) = take_soft_hyphens(text);
        let parts = self.itemizer.split(&text, preferred);
        let runs: Runs = parts
            .iter()
            .map(|(face, part)| {
                Arc::new(self.shape_run(&text[part.clone()], *face, kind, language, right_to_left))
            })
            .collect();
        let width = runs.iter().map(|run| run.width).sum();
        let mut word = Word {
            hang_left: runs.first().map_or(0.0, |run| hang_left(run, 0)),
            hang_right: runs.last().map_or(0.0, |run| hang_right(run, run.text.len())),
            runs,
            breaks: Vec::new(),
            width,
            right_to_left,
        };
        let rules = BreakRules {
            opportunities: self.lines,
            exceptions: &self.exceptions,
            language,
            is_code: kind.family == Family::Mono,
        };
        let breaks = find_breaks(&text, &soft_hyphens, rules);
        if !breaks.is_empty() {
            let starts: Vec<usize> = parts.iter().map(|(_, part)| part.start).collect();
            word.breaks = locate_breaks(&word, &starts, &breaks);
        }
        word
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
        buffer.push_str(text);
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let tag = language.and_then(|code| std::str::from_utf8(&code).ok()?.parse::<Language>().ok());
        if let Some(tag) = &tag {
            buffer.set_language(tag.clone());
        }
        buffer.guess_segment_properties();
        let features = features(kind);
        let script = buffer.script();
        let key = PlanKey { face, kind, script, right_to_left, language };
        let ready = shaping_face(&self.faces, self.fonts, face);
        let shaper = ready.shaping.shaper(&ready.tables).build();
        let plan = self.plans.entry(key).or_insert_with(|| {
            ShapePlan::new(&shaper, buffer.direction(), Some(script), tag.as_ref(), &features)
        });
        let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(plan)).features(&features));
        let scale = 1000.0 / ready.units_per_em;
        let mut glyphs: Vec<Glyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .filter(|(info, _)| info.glyph_id != 0)
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance as f32 * scale,
                x_offset: position.x_offset as f32 * scale,
                y_offset: position.y_offset as f32 * scale,
                cluster: info.cluster,
            })
            .collect();
        self.buffer = Some(shaped.clear());
        // Signs piled on one letter without end are spelled by the text, and not all drawn.
        let (mut cluster, mut count) = (None, 0);
        glyphs.retain(|glyph| {
            count = if cluster == Some(glyph.cluster) { count + 1 } else { 1 };
            cluster = Some(glyph.cluster);
            count <= MOST_IN_A_CLUSTER
        });
        ShapedText {
            face,
            text: text.to_owned(),
            width: glyphs.iter().map(|glyph| glyph.advance).sum(),
            glyphs,
        }
    }
}

/// Text without its soft hyphens, and where they stood.
fn take_soft_hyphens(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    const SOFT_HYPHEN: char = '\u{AD}';
    if !text.contains(SOFT_HYPHEN) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut kept = String::with_capacity(text.len());
    let mut places = Vec::new();
    for part in text.split(SOFT_HYPHEN) {
        places.push(kept.len());
        kept.push_str(part);
    }
    places.retain(|&place| 0 < place && place < kept.len());
    (Cow::Owned(kept), places)
}

/// Turns bytes of a word's text into positions between its glyphs; one that falls inside a ligature is
/// dropped. `starts` are the bytes where the word's runs start.
fn locate_breaks(word: &Word, starts: &[usize], breaks: &[(usize, BreakKind)]) -> Vec<WordBreak> {
    let mut wanted = breaks.iter().peekable();
    let mut located = Vec::with_capacity(breaks.len());
    for Seam { at, width, .. } in word.seams() {
        let byte = starts[at.run as usize] + at.byte as usize;
        while wanted.next_if(|&&(wanted, _)| wanted < byte).is_some() {}
        let Some(&(_, kind)) = wanted.next_if(|&&(wanted, _)| wanted == byte) else { continue };
        let left = match at.byte {
            0 => at
                .run
                .checked_sub(1)
                .and_then(|run| word.runs.get(run as usize))
                .map(|run| (run, run.text.len())),
            byte => word.runs.get(at.run as usize).map(|run| (run, byte as usize)),
        };
        located.push(WordBreak {
            at,
            width,
            kind,
            hang_right: left.map_or(0.0, |(run, end)| hang_right(run, end)),
            hang_left: word.runs.get(at.run as usize).map_or(0.0, |run| hang_left(run, at.byte as usize)),
        });
    }
    located
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
    if kind.small_acronym {
        switch_on(b"c2sc");
    }
    if kind.superior {
        switch_on(b"sups");
    }
    features
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn short_texts_have_numbers_of_their_own() {
        let texts = ["", "a", "a\0", "aa", "word", "fifteen letters"];
        let numbers: Vec<Option<u128>> = texts.map(Words::number).into();
        for (index, number) in numbers.iter().enumerate() {
            assert!(number.is_some() && !numbers[..index].contains(number));
        }
        assert_eq!(Words::number("sixteen letters!"), None);
    }
}
