//! Embeds the faces that the book uses, reduced to the glyphs that it uses.
//!
//! printpdf embeds a face when a page shows its glyphs, and takes from there what each glyph says
//! (the ToUnicode map). So it is given one specimen page with every used glyph, once. The pages
//! themselves then name the faces only by their resource names.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use lopdf::{Dictionary, Object, ObjectId};
use printpdf::{
    Codepoint, CustomPdfConformance, FontId, Mm, Op, ParsedFont, PdfConformance, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use rayon::prelude::{IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator, ParallelSlice};
use skrifa::MetadataProvider;
use skrifa::raw::TableProvider;
use subsetter::GlyphRemapper;

use super::objects::{deflate, flate_stream};
use crate::edition::EditionError;
use crate::fonts::{Face, FaceId, Fonts};
use crate::paged_book::{Glyph, Item, Page, PagedBook, ShapedText};

/// What a glyph says when nothing is known of it. Must not be empty, or a reader cannot tell the
/// glyph from a missing one.
const UNKNOWN_TEXT: char = '\u{FFFD}';

/// What the dots of a letter say, which have no character of their own: something that is not seen
/// (the combining grapheme joiner).
const SILENT_TEXT: char = '\u{34F}';

/// A face as the document embeds it.
pub struct Typeface {
    /// Its name in the pages' resources.
    pub resource: FontId,
    /// By id in the whole face; with a code of 0 where a glyph is not embedded.
    glyphs: Vec<EmbeddedGlyph>,
    /// What a reader is told that each glyph says, by code.
    texts: Vec<Box<str>>,
    space: Option<EmbeddedGlyph>,
}

/// A glyph of a reduced face.
#[derive(Debug, Default, Clone, Copy)]
pub struct EmbeddedGlyph {
    /// By which pages show it.
    pub code: u16,
    /// What it says, where that is one ASCII character; 0 otherwise. Most text is told by it without a look at the
    /// texts.
    ascii: u8,
    /// Advance in thousandths of an em, as the document states it.
    pub width: f32,
}

impl Typeface {
    /// A glyph by its id in the whole face. None for `.notdef`, which must never be shown.
    pub fn glyph(&self, id: u16) -> Option<EmbeddedGlyph> {
        self.glyphs.get(usize::from(id)).copied().filter(|glyph| glyph.code != 0)
    }

    /// The word space.
    pub fn space(&self) -> Option<EmbeddedGlyph> {
        self.space
    }

    /// Whether a reader who reads glyph by glyph reads this text.
    pub fn spells(&self, glyphs: &[Glyph], text: &str) -> bool {
        let mut rest = text;
        for glyph in glyphs {
            let Some(shown) = self.glyph(glyph.id) else { return false };
            let remaining = if shown.ascii != 0 && rest.as_bytes().first() == Some(&shown.ascii) {
                rest.get(1..)
            } else {
                self.texts.get(usize::from(shown.code)).and_then(|said| rest.strip_prefix(&**said))
            };
            match remaining {
                Some(remaining) => rest = remaining,
                None => return false,
            }
        }
        rest.is_empty()
    }
}

/// The embedded faces, by [`FaceId`].
pub struct Typefaces {
    faces: Vec<Option<Typeface>>,
    resources: Dictionary,
}

impl Typefaces {
    pub fn get(&self, face: FaceId) -> Option<&Typeface> {
        self.faces.get(face.0)?.as_ref()
    }

    /// The pages' font resources.
    pub fn resources(&self) -> Dictionary {
        self.resources.clone()
    }
}

/// Begins the document with the faces that the book uses.
pub fn embed(book: &PagedBook, fonts: &Fonts) -> Result<(lopdf::Document, Typefaces), EditionError> {
    let usage = collect_usage(book, fonts);
    let reduced: Vec<Option<(Typeface, ParsedFont)>> = fonts
        .iter()
        .zip(usage)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|((id, face), used)| if used.is_empty() { Ok(None) } else { reduce(id, face, used).map(Some) })
        .collect::<Result<_, EditionError>>()?;

    let mut specimen = blank_document();
    let mut ops = vec![Op::StartTextSection];
    let mut faces = Vec::with_capacity(reduced.len());
    for entry in reduced {
        let Some((typeface, program)) = entry else {
            faces.push(None);
            continue;
        };
        ops.push(Op::SetFont { font: PdfFontHandle::External(typeface.resource.clone()), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(typeface.specimen())] });
        specimen.resources.fonts.map.insert(typeface.resource.clone(), PdfFont::new(program));
        faces.push(Some(typeface));
    }
    ops.push(Op::EndTextSection);
    specimen.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));

    let (document, resources) = take_fonts(specimen.to_lopdf_document(&save_options(), &mut Vec::new()))?;
    Ok((document, Typefaces { faces, resources }))
}

/// A printpdf document without the trimmings that printpdf adds by itself.
fn blank_document() -> PdfDocument {
    let mut document = PdfDocument::default();
    document.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance {
        requires_icc_profile: false,
        requires_xmp_metadata: false,
        ..CustomPdfConformance::default()
    });
    document
}

/// How printpdf is to write: everything as it is told, operators unknown to it included.
fn save_options() -> PdfSaveOptions {
    PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None }
}

/// What every glyph of a face says, by glyph id; None for those that the book does not use.
type Usage = BTreeMap<u16, Box<str>>;

/// What the book's glyphs say, face by face. Where a glyph says different things in different
/// places, the first counts; the others are told by [`Typeface::spells`] and set right by the page.
fn collect_usage(book: &PagedBook, fonts: &Fonts) -> Vec<Usage> {
    let tables = || fonts.iter().map(|(_, face)| UsageTable::new(face)).collect::<Vec<_>>();
    let of_pages = |pages: &[Page]| {
        let mut tables = tables();
        // Most words stand in a book many times, each shaped once; with a space after them, and without.
        let [mut spaced, mut unspaced] = [(); 2].map(|()| HashSet::with_hasher(RandomState::default()));
        for item in pages.iter().flat_map(|page| &page.items) {
            let Item::Text(run) = item else { continue };
            let known = if run.space > 0.0 { &mut spaced } else { &mut unspaced };
            if !known.insert(Arc::as_ptr(&run.glyphs)) {
                continue;
            }
            let Some(table) = tables.get_mut(run.glyphs.face.0) else { continue };
            for (index, glyph) in run.glyphs.glyphs.iter().enumerate() {
                table.record(&run.glyphs, index, glyph);
            }
            table.has_spaces |= run.space > 0.0;
        }
        tables
    };
    // Two for each thread: one may begin late.
    let share = book.pages.len().div_ceil(2 * rayon::current_num_threads()).max(1);
    let shares: Vec<Vec<UsageTable>> = book.pages.par_chunks(share).map(of_pages).collect();
    let mut whole = tables();
    for later in shares {
        whole.iter_mut().zip(later).for_each(|(known, later)| known.complete(later));
    }
    whole.into_iter().map(UsageTable::finish).collect()
}

struct UsageTable<'a> {
    face: &'a Face,
    /// By glyph id; empty for a face that is not used.
    texts: Vec<Option<Box<str>>>,
    has_spaces: bool,
    /// The face's characters by glyph id; made when first asked for.
    characters: Option<BTreeMap<u16, char>>,
}

impl<'a> UsageTable<'a> {
    fn new(face: &'a Face) -> Self {
        UsageTable { face, texts: Vec::new(), has_spaces: false, characters: None }
    }

    fn record(&mut self, shaped: &ShapedText, index: usize, glyph: &Glyph) {
        if self.texts.is_empty() {
            let count = self.face.font().maxp().map_or(0, |table| usize::from(table.num_glyphs()));
            self.texts = vec![None; count];
        }
        let Some(None) = self.texts.get(usize::from(glyph.id)) else { return };
        if glyph.id == 0 {
            return;
        }
        let text = match cluster(shaped, index) {
            (text, 1) if is_sayable(text) => text.into(),
            (text, _) => match self.character(glyph.id) {
                Some(character) => character.to_string().into(),
                None => self.share(shaped, glyph, text),
            },
        };
        self.texts[usize::from(glyph.id)] = Some(text);
    }

    /// What a glyph without a character of its own says of its cluster's text: what is left of it
    /// when the others have said their characters, if the glyph is the widest of its like.
    fn share(&mut self, shaped: &ShapedText, glyph: &Glyph, text: &str) -> Box<str> {
        let mut rest: Vec<char> = text.chars().filter(|&character| is_sayable_character(character)).collect();
        let mut widest = glyph.advance;
        for other in shaped.glyphs.iter().filter(|other| other.cluster == glyph.cluster) {
            match self.character(other.id) {
                Some(said) => {
                    if let Some(position) = rest.iter().position(|&character| character == said) {
                        rest.remove(position);
                    }
                }
                None => widest = widest.max(other.advance),
            }
        }
        if text.is_empty() {
            UNKNOWN_TEXT.to_string().into()
        } else if rest.is_empty() || glyph.advance < widest {
            SILENT_TEXT.to_string().into()
        } else {
            rest.into_iter().collect::<String>().into()
        }
    }

    /// The first character that the face maps to a glyph.
    fn character(&mut self, glyph: u16) -> Option<char> {
        let face = self.face;
        let characters = self.characters.get_or_insert_with(|| {
            let mut characters = BTreeMap::new();
            for (code, id) in face.font().charmap().mappings() {
                let (Ok(id), Some(character)) = (u16::try_from(id.to_u32()), char::from_u32(code)) else {
                    continue;
                };
                if is_sayable_character(character) {
                    let first = characters.entry(id).or_insert(character);
                    *first = character.min(*first);
                }
            }
            characters
        });
        characters.get(&glyph).copied()
    }

    /// Takes over what later pages say of glyphs that were not met before.
    fn complete(&mut self, later: Self) {
        if self.texts.is_empty() {
            self.texts = later.texts;
        } else {
            for (known, later) in self.texts.iter_mut().zip(later.texts) {
                if known.is_none() {
                    *known = later;
                }
            }
        }
        self.has_spaces |= later.has_spaces;
    }

    fn finish(mut self) -> Usage {
        if self.has_spaces
            && let Some(space) = space_of(self.face)
            && let Some(text) = self.texts.get_mut(usize::from(space))
        {
            *text = Some(" ".into());
        }
        let numbered = (0..=u16::MAX).zip(self.texts);
        numbered.filter_map(|(id, text)| Some((id, text?))).collect()
    }
}

/// The text of the cluster that a glyph belongs to, and how many glyphs share it.
fn cluster(shaped: &ShapedText, index: usize) -> (&str, usize) {
    let start = shaped.glyphs[index].cluster;
    let sharing = shaped.glyphs.iter().filter(|glyph| glyph.cluster == start).count();
    let later = shaped.glyphs.iter().map(|glyph| glyph.cluster).filter(|&other| other > start);
    let end = later.min().map_or(shaped.text.len(), |end| end as usize);
    (shaped.text.get(start as usize..end).unwrap_or_default(), sharing)
}

/// Whether a ToUnicode map may say this (ISO 19005-2, section 6.2.11.7.2).
fn is_sayable(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_sayable_character)
}

fn is_sayable_character(character: char) -> bool {
    !matches!(character, '\0' | '\u{FEFF}' | '\u{FFFE}')
}

fn space_of(face: &Face) -> Option<u16> {
    let glyph = face.font().charmap().map(' ')?;
    u16::try_from(glyph.to_u32()).ok().filter(|&glyph| glyph != 0)
}

/// Cuts a face down to the glyphs that are used.
fn reduce(id: FaceId, face: &Face, used: Usage) -> Result<(Typeface, ParsedFont), EditionError> {
    let fail = |why: &dyn std::fmt::Display| {
        EditionError::new(format!("the face {} cannot be embedded in the PDF: {why}", face.name))
    };
    let old_ids: Vec<u16> = used.keys().copied().collect();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&old_ids);
    let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|error| fail(&error))?;
    let mut program = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
        .ok_or_else(|| fail(&"what is left of it does not parse"))?;
    program.font_name = Some(format!("{}+{}", subset_tag(&old_ids), post_script_name(&face.name)));
    // The reduced face has lost its OS/2 table, from which printpdf guesses the stems' width.
    if let Ok(os2) = face.font().os2() {
        program.pdf_font_metrics.us_weight_class = os2.us_weight_class();
    }

    let mut glyphs = vec![EmbeddedGlyph::default(); old_ids.last().map_or(0, |&last| usize::from(last) + 1)];
    let mut texts = vec![Box::default(); used.len() + 1];
    let units = f32::from(program.units_per_em.max(1));
    for (old_id, text) in used {
        let code = remapper.get(old_id).unwrap_or_default();
        // Truncated, because that is what printpdf states as the width.
        let width = program.get_glyph_width(code).map_or(0.0, |width| f32::from(width) * 1000.0 / units);
        let ascii = match text.as_bytes() {
            [byte] => *byte,
            _ => 0,
        };
        glyphs[usize::from(old_id)] = EmbeddedGlyph { code, ascii, width: width.trunc() };
        if let Some(said) = texts.get_mut(usize::from(code)) {
            *said = text;
        }
    }
    let space = space_of(face).and_then(|space| glyphs.get(usize::from(space)).copied());
    let space = space.filter(|space| space.code != 0);
    let resource = FontId(format!("Face{}", id.0));
    Ok((Typeface { resource, glyphs, texts, space }, program))
}

impl Typeface {
    /// Every glyph once, with what it says.
    fn specimen(&self) -> Vec<Codepoint> {
        let coded = (0..=u16::MAX).zip(&self.texts).skip(1);
        coded.map(|(code, text)| Codepoint::with_cid(code, 0.0, text.to_string())).collect()
    }
}

/// The six letters that mark a reduced face (ISO 32000-1, section 9.6.4), told by its glyphs.
fn subset_tag(glyphs: &[u16]) -> String {
    let mut hash = glyphs.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &glyph| {
        (hash ^ u64::from(glyph)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut tag = String::with_capacity(6);
    for _ in 0..6 {
        tag.push(char::from(b'A' + (hash % 26) as u8));
        hash /= 26;
    }
    tag
}

/// A name without the characters that PostScript names must not have.
fn post_script_name(name: &str) -> String {
    name.chars().filter(|character| character.is_ascii_alphanumeric() || *character == '-').collect()
}

/// Takes the specimen page out of printpdf's document, so that only the fonts remain, and gives
/// the font resources.
fn take_fonts(mut document: lopdf::Document) -> Result<(lopdf::Document, Dictionary), EditionError> {
    let resources = font_resources(&document)
        .ok_or_else(|| EditionError::new("printpdf wrote the faces in a way that is not known"))?;
    document.trailer = Dictionary::new();
    document.trailer.set("Fonts", resources);
    document.prune_objects();
    document.renumber_objects();
    document.objects.par_iter_mut().for_each(|(_, object)| {
        if let Object::Stream(stream) = object {
            *stream = flate_stream(std::mem::take(&mut stream.dict), deflate(&stream.content));
        }
    });
    let resources = match document.trailer.remove(b"Fonts") {
        Some(Object::Dictionary(resources)) => resources,
        _ => Dictionary::new(),
    };
    Ok((document, resources))
}

fn font_resources(document: &lopdf::Document) -> Option<Dictionary> {
    let page: ObjectId = document.page_iter().next()?;
    let page = document.get_dictionary(page).ok()?;
    let resources = document.get_dictionary(page.get(b"Resources").ok()?.as_reference().ok()?).ok()?;
    document.get_dictionary(resources.get(b"Font").ok()?.as_reference().ok()?).ok().cloned()
}
