//! The faces that both editions set text in: those compiled in, the anthology's own and, for
//! characters that none of these has, the system's.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// A face's place in [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub usize);

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// Running text of the book theme.
    #[default]
    Serif,
    /// Large print and the workshop theme.
    Sans,
    Mono,
    /// Formulas; has the tables that they are laid out by.
    Mathematics,
    /// Asked only for characters that the families above lack.
    Fallback,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Style {
    #[default]
    Regular,
    Italic,
    Bold,
    BoldItalic,
}

impl Style {
    pub fn new(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Style::Regular,
            (false, true) => Style::Italic,
            (true, false) => Style::Bold,
            (true, true) => Style::BoldItalic,
        }
    }

    pub fn is_bold(self) -> bool {
        matches!(self, Style::Bold | Style::BoldItalic)
    }

    pub fn is_italic(self) -> bool {
        matches!(self, Style::Italic | Style::BoldItalic)
    }
}

/// One font file: a single TrueType or OpenType face that is known to parse.
#[derive(Debug, Clone)]
pub struct Face {
    /// PostScript name, also the stem of the file name in the EPUB.
    pub name: String,
    pub family: Family,
    pub style: Style,
    data: Data,
}

/// A font file.
#[derive(Debug, Clone)]
enum Data {
    Own(Vec<u8>),
    /// One of the bundled, as gzip has it, with the place of what comes out of it. Most books use few of them.
    Bundled(&'static [u8], &'static OnceLock<Vec<u8>>),
}

impl Face {
    /// `None` when the bytes hold no usable face.
    fn new(name: &str, family: Family, style: Style, bytes: Vec<u8>) -> Option<Self> {
        let font = FontRef::new(&bytes).ok()?;
        let is_whole = font.head().is_ok()
            && font.maxp().is_ok()
            && font.hhea().is_ok()
            && font.hmtx().is_ok()
            && font.cmap().is_ok();
        is_whole.then_some(())?;
        Some(Face { name: name.to_owned(), family, style, data: Data::Own(bytes) })
    }

    /// One of the bundled faces, which are sound.
    fn bundled(bundled: &Bundled, unpacked: &'static OnceLock<Vec<u8>>) -> Self {
        let &(name, family, style, packed) = bundled;
        Face { name: name.to_owned(), family, style, data: Data::Bundled(packed, unpacked) }
    }

    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        match &self.data {
            Data::Own(bytes) => bytes,
            Data::Bundled(packed, unpacked) => unpacked.get_or_init(|| unpack(packed)),
        }
    }

    /// The parsed tables. Cheap: nothing is copied.
    pub fn font(&self) -> FontRef<'_> {
        FontRef::new(self.bytes()).expect("a Face is made only of bytes that parse")
    }

    /// The family as the face itself names it, e.g. `Literata`.
    pub fn family_name(&self) -> String {
        let font = self.font();
        let name = |id| font.localized_strings(id).english_or_first();
        let name = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME));
        name.map_or_else(|| self.name.clone(), |name| name.chars().collect())
    }

    /// Whether the face says of itself that it is under the SIL Open Font License.
    pub fn is_open(&self) -> bool {
        self.licence_says("Open Font License")
    }

    /// Whether the licence keeps the face's name for the unaltered face.
    pub fn is_name_reserved(&self) -> bool {
        self.licence_says("Reserved Font Name")
    }

    fn licence_says(&self, words: &str) -> bool {
        let font = self.font();
        [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION]
            .into_iter()
            .flat_map(|id| font.localized_strings(id))
            .any(|text| text.to_string().contains(words))
    }

    pub fn covers(&self, character: char) -> bool {
        self.font().charmap().map(character).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).expect("a bundled face is sound");
    bytes
}

/// All faces of one build, in order of preference.
#[derive(Debug, Clone)]
pub struct Fonts {
    faces: Vec<Face>,
}

macro_rules! bundled {
    ($($path:literal, $name:literal, $family:ident, $style:ident;)*) => {
        &[$((
            $name,
            Family::$family,
            Style::$style,
            include_bytes!(concat!("../fonts/", $path)) as &'static [u8],
        )),*]
    };
}

type Bundled = (&'static str, Family, Style, &'static [u8]);

/// The bundled faces. Each stands beside its licence under `fonts/`, packed by gzip (`gzip -9n`).
const BUNDLED: &[Bundled; 16] = bundled! {
    "literata/Literata-Regular.ttf.gz", "Literata-Regular", Serif, Regular;
    "literata/Literata-Italic.ttf.gz", "Literata-Italic", Serif, Italic;
    "literata/Literata-Bold.ttf.gz", "Literata-Bold", Serif, Bold;
    "literata/Literata-BoldItalic.ttf.gz", "Literata-BoldItalic", Serif, BoldItalic;
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf.gz", "AtkinsonHyperlegibleNext-Regular", Sans, Regular;
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf.gz", "AtkinsonHyperlegibleNext-Italic", Sans, Italic;
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf.gz", "AtkinsonHyperlegibleNext-Bold", Sans, Bold;
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-BoldItalic.ttf.gz", "AtkinsonHyperlegibleNext-BoldItalic", Sans, BoldItalic;
    "source-code-pro/SourceCodePro-Regular.ttf.gz", "SourceCodePro-Regular", Mono, Regular;
    "source-code-pro/SourceCodePro-Italic.ttf.gz", "SourceCodePro-Italic", Mono, Italic;
    "source-code-pro/SourceCodePro-Bold.ttf.gz", "SourceCodePro-Bold", Mono, Bold;
    "noto-naskh-arabic/NotoNaskhArabic-Regular.ttf.gz", "NotoNaskhArabic-Regular", Fallback, Regular;
    "noto-serif-hebrew/NotoSerifHebrew-Regular.ttf.gz", "NotoSerifHebrew-Regular", Fallback, Regular;
    "noto-serif-devanagari/NotoSerifDevanagari-Regular.ttf.gz", "NotoSerifDevanagari-Regular", Fallback, Regular;
    "noto-emoji/NotoEmoji-Regular.ttf.gz", "NotoEmoji-Regular", Fallback, Regular;
    "stix-two-math/STIXTwoMath-Regular.ttf.gz", "STIXTwoMath-Regular", Mathematics, Regular;
};

/// What comes out of the packed ones, once it was needed.
static UNPACKED: [OnceLock<Vec<u8>>; BUNDLED.len()] = [const { OnceLock::new() }; BUNDLED.len()];

/// The bundled face that formulas are set in.
pub fn mathematics() -> &'static [u8] {
    let faces = BUNDLED.iter().zip(&UNPACKED);
    let face = faces.into_iter().find(|((_, family, _, _), _)| *family == Family::Mathematics);
    face.map_or(&[], |((_, _, _, packed), unpacked)| unpacked.get_or_init(|| unpack(packed)))
}

impl Fonts {
    /// The faces that are compiled in.
    pub fn bundled() -> Self {
        let faces = BUNDLED
            .iter()
            .zip(&UNPACKED)
            .map(|(bundled, unpacked)| Face::bundled(bundled, unpacked))
            .collect();
        Fonts { faces }
    }

    /// Adds a face to fall back on. False when the bytes hold no usable face.
    pub fn add_fallback(&mut self, name: &str, bytes: Vec<u8>) -> bool {
        let face = Face::new(name, Family::Fallback, Style::Regular, bytes);
        let usable = face.is_some();
        self.faces.extend(face);
        usable
    }

    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0]
    }

    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(index, face)| (FaceId(index), face))
    }

    /// The face of a family in a style; a family without the style gives its regular face.
    pub fn select(&self, family: Family, style: Style) -> Option<FaceId> {
        let find = |style| {
            self.iter().find(|(_, face)| face.family == family && face.style == style).map(|(id, _)| id)
        };
        find(style).or_else(|| find(Style::Regular))
    }

    /// The first face that has `character`, looking in `preferred` before all others.
    pub fn covering(&self, character: char, preferred: FaceId) -> Option<FaceId> {
        if self.face(preferred).covers(character) {
            return Some(preferred);
        }
        self.iter().find(|(_, face)| face.covers(character)).map(|(id, _)| id)
    }

    /// The characters of `text` that no face has, with the byte where each stands first. Characters
    /// that show nothing (controls, joiners, variation selectors) need no face.
    pub fn missing(&self, text: &str) -> BTreeMap<char, usize> {
        let mut known: HashMap<char, bool> = HashMap::new();
        let mut missing = BTreeMap::new();
        if text.is_ascii() {
            return missing;
        }
        for (byte, character) in text.char_indices() {
            let shows = !character.is_ascii() && !is_invisible(character);
            let has_face = || self.faces.iter().any(|face| face.covers(character));
            if shows && !*known.entry(character).or_insert_with(has_face) {
                missing.entry(character).or_insert(byte);
            }
        }
        missing
    }
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
}
