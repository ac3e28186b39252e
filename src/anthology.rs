//! The whole book, resolved.
//!
//! An [`Anthology`] is what both editions are made from. Its trees are in the [`Resolved`] phase:
//! every reference is a [`Link`] whose target exists, because an [`Anchor`] can only be had by
//! [defining](Anchors::define) the place it stands for.

use crate::document::{Block, Date, Inline, Person, Phase, Shown};
use crate::source::Source;

/// The finished book's phase: references lead somewhere, pictures are at hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved;

impl Phase for Resolved {
    type Link = Link;
    type Anchor = Anchor;
    type Point = Anchor;
    type Picture = Shown<PictureId>;
}

/// A place in the book that can be linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(u32);

impl Anchor {
    /// Position in [`Anchors`], for tables indexed by anchor.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A division of the book that becomes one file of the EPUB and one run of pages in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Division {
    /// Index into [`Anthology::chapters`].
    Chapter(usize),
    Bibliography,
    Glossary,
    /// The questions for discussion.
    Discussion,
    Index,
    /// What is said of those who wrote the book.
    Contributors,
}

/// Where an anchor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorPlace {
    pub division: Division,
    /// An XML name, unique within the whole book.
    pub id: String,
}

/// Every place that can be linked to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchors {
    places: Vec<AnchorPlace>,
}

impl Anchors {
    /// Makes a place that can be linked to. The caller keeps `id` unique within the book.
    pub fn define(&mut self, division: Division, id: String) -> Anchor {
        self.places.push(AnchorPlace { division, id });
        Anchor(self.places.len() as u32 - 1)
    }

    pub fn place(&self, anchor: Anchor) -> &AnchorPlace {
        &self.places[anchor.index()]
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// A reference that leads somewhere. `here` is the reference's own place, which what it points to
/// links back to.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// An absolute address outside the book.
    External(String),
    /// A chapter or a heading.
    Place(Anchor),
    /// A remark of the same chapter; index into [`Chapter::notes`].
    Note { note: usize, here: Anchor },
    /// An entry of the chapter's own list of sources, or else of the bibliography.
    Source { entry: Anchor, here: Anchor },
    /// The first use of a term in a chapter; index into [`Anthology::glossary`].
    Term { term: usize, here: Anchor },
}

/// Index into [`Anthology::pictures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub usize);

/// A picture's file, known to decode.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// File name within the book, unique, e.g. `access-map.png`.
    pub name: String,
    pub format: PictureFormat,
    pub bytes: Vec<u8>,
    /// In pixels; those of a drawing are 1/96 inch.
    pub width: u32,
    pub height: u32,
}

impl Picture {
    /// How many of its pixels make an inch in print, where nobody says how large it is.
    pub fn resolution(&self) -> f32 {
        if self.format == PictureFormat::Svg { 96.0 } else { 150.0 }
    }

    /// Whether it is a GIF that moves: one of several frames.
    pub fn is_animated(&self) -> bool {
        self.format == PictureFormat::Gif && gif_frames(&self.bytes) > 1
    }
}

/// The editor's picture for the cover.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverPicture {
    pub picture: Picture,
    /// What it shows; where nobody says, it is taken to show the title.
    pub alt: Option<String>,
}

/// Counts the image descriptors of a GIF (its specification, section 20), as far as it can be read.
fn gif_frames(bytes: &[u8]) -> usize {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let skip_blocks = |mut at: usize| loop {
        match bytes.get(at) {
            Some(0) => break Some(at + 1),
            Some(&length) => at += 1 + usize::from(length),
            None => break None,
        }
    };
    let mut frames = 0;
    let mut at = bytes.get(10).map(|flags| 13 + table(*flags));
    while let Some(here) = at {
        at = match bytes.get(here) {
            Some(0x21) => skip_blocks(here + 2),
            Some(0x2c) => {
                frames += 1;
                bytes.get(here + 9).and_then(|flags| skip_blocks(here + 11 + table(*flags)))
            }
            _ => None,
        };
    }
    frames
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    Png,
    Jpeg,
    Gif,
    Webp,
    /// Shapes alone: no script, no text, nothing to fetch.
    Svg,
}

impl PictureFormat {
    /// The media type as the EPUB core media types list it (EPUB 3.3, section 3.2).
    pub fn media_type(self) -> &'static str {
        match self {
            PictureFormat::Png => "image/png",
            PictureFormat::Jpeg => "image/jpeg",
            PictureFormat::Gif => "image/gif",
            PictureFormat::Webp => "image/webp",
            PictureFormat::Svg => "image/svg+xml",
        }
    }
}

/// A hand in the book other than an author's, with its MARC relator code (`edt`, `trl`, `ill`, …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    pub person: Person,
    pub role: String,
}

/// A heading that the book is catalogued under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub name: String,
    pub code: Option<SubjectCode>,
}

impl Subject {
    pub fn new(name: &str) -> Self {
        Subject { name: name.to_owned(), code: None }
    }
}

/// A subject's code in a scheme of the book trade or of libraries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectCode {
    /// As EPUB's registry of authorities writes it: `BISAC`, `Thema`, `LCSH`.
    pub authority: String,
    pub term: String,
}

/// The series that the book is a volume of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    /// The volume's number, such as `2` or `2.1`.
    pub position: Option<String>,
}

/// Who has checked that the EPUB is accessible, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    pub by: String,
    pub credential: Option<String>,
    /// Address of the report.
    pub report: Option<String>,
}

/// What is known of the book as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct BookMetadata {
    pub title: String,
    pub subtitle: Option<String>,
    /// Editors first, as the manifest orders them.
    pub contributors: Vec<Contributor>,
    /// Every author of a chapter once, in reading order.
    pub authors: Vec<Person>,
    pub publisher: Option<String>,
    /// The manifest's date, else `SOURCE_DATE_EPOCH`, else the newest essay's.
    pub date: Option<Date>,
    /// BCP 47.
    pub language: String,
    /// A URN or ISBN; a UUID v5 of the content's identity unless the manifest has one.
    pub identifier: String,
    /// Likewise, of the print edition.
    pub print_identifier: String,
    pub series: Option<Series>,
    pub description: Option<String>,
    pub subjects: Vec<Subject>,
    pub certification: Option<Certification>,
    pub rights: Option<String>,
    /// File name stem of both editions.
    pub slug: String,
}

impl BookMetadata {
    /// The people whose role is `edt`.
    pub fn editors(&self) -> impl Iterator<Item = &Person> {
        self.contributors.iter().filter(|hand| hand.role == "edt").map(|hand| &hand.person)
    }

    /// The date that the files bear, which must have one: the book's, or 1970-01-01.
    pub fn stamp(&self) -> Date {
        self.date.unwrap_or(Date { year: 1970, month: Some(1), day: Some(1) })
    }
}

/// A run of chapters under a heading of its own, or the whole body of a book without parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub title: Option<String>,
    /// Range of [`Anthology::chapters`].
    pub chapters: std::ops::Range<usize>,
}

/// One essay in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The essay's file, relative to the anthology folder.
    pub file: String,
    /// Start of the chapter; its id is also the stem of the chapter's file in the EPUB.
    pub anchor: Anchor,
    pub title: String,
    pub subtitle: Option<String>,
    /// For running heads.
    pub short_title: Option<String>,
    pub authors: Vec<Person>,
    pub date: Option<Date>,
    /// BCP 47; the book's where the essay names none.
    pub language: String,
    pub rights: Option<String>,
    /// Address where the essay first appeared.
    pub source: Option<String>,
    pub body: Vec<Block<Resolved>>,
    /// In the order of their first reference.
    pub notes: Vec<Note>,
    /// The essay's own list of sources, where essays have one.
    pub references: Vec<BibliographyEntry>,
    /// What the essay's notes said of sources, in words that gave way to citations.
    pub restated: Vec<String>,
    /// What the essay's glossary said, in words that gave way to a fuller definition or to the editor's wish.
    pub superseded: Vec<String>,
}

/// A remark set at the foot of the page, or at the chapter's end in the EPUB.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub anchor: Anchor,
    /// 1-based within the chapter.
    pub number: usize,
    pub body: Vec<Block<Resolved>>,
    /// The places that refer to it; never empty.
    pub referrers: Vec<Anchor>,
}

/// A work that the essays cite.
#[derive(Debug, Clone, PartialEq)]
pub struct BibliographyEntry {
    pub anchor: Anchor,
    /// What the entry stands under: `Books`, `B`. Entries of one group stand together; without groups it is
    /// empty.
    pub group: String,
    /// `[3]` in numeric styles.
    pub label: Option<String>,
    pub content: Vec<Inline<Resolved>>,
    /// Where it is cited, in reading order; empty for works that are listed only.
    pub citations: Vec<CitationPlace>,
}

/// One place that cites an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct CitationPlace {
    /// Index into [`Anthology::chapters`].
    pub chapter: usize,
    pub anchor: Anchor,
}

/// A glossary entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub anchor: Anchor,
    pub name: String,
    /// What the entry stands under, as with [`BibliographyEntry::group`].
    pub group: String,
    /// Other ways to write or call it.
    pub aliases: Vec<String>,
    /// More than one where authors differ; none where the entry only sends the reader elsewhere.
    pub definitions: Vec<TermDefinition>,
    /// Where the reader finds what is not defined here.
    pub see: Vec<TermReference>,
    /// Where the reader finds more.
    pub see_also: Vec<TermReference>,
    /// First use in each chapter, in reading order.
    pub uses: Vec<CitationPlace>,
}

/// A term that another one sends the reader to.
#[derive(Debug, Clone, PartialEq)]
pub struct TermReference {
    pub name: String,
    /// Its entry; none where the book has no such term, and the name is all there is.
    pub entry: Option<Anchor>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TermDefinition {
    pub content: Vec<Block<Resolved>>,
    /// Chapters that define the term so; empty when only the glossary file does.
    pub chapters: Vec<usize>,
}

/// Questions to talk about, of one chapter or of the whole book.
#[derive(Debug, Clone, PartialEq)]
pub struct Discussion {
    pub anchor: Anchor,
    /// Index into [`Anthology::chapters`]; none for the whole book.
    pub chapter: Option<usize>,
    pub questions: Vec<Block<Resolved>>,
}

/// What is said of somebody who had a hand in the book.
#[derive(Debug, Clone, PartialEq)]
pub struct Biography {
    pub anchor: Anchor,
    pub person: Person,
    pub text: Vec<Inline<Resolved>>,
    /// Addresses of their own pages.
    pub links: Vec<String>,
    /// Indexes into [`Anthology::chapters`] of those that they wrote.
    pub chapters: Vec<usize>,
}

/// Entries of the index that begin with the same letter.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexGroup {
    pub letter: String,
    /// Sorted by the book's language.
    pub entries: Vec<IndexEntry>,
}

/// An entry of the index, or a subentry.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexEntry {
    pub anchor: Anchor,
    pub text: String,
    /// In reading order.
    pub locators: Vec<IndexLocator>,
    /// Where readers find what they look for instead; then there is nothing else here.
    pub see: Vec<IndexReference>,
    /// Where they find more.
    pub see_also: Vec<IndexReference>,
    /// Subentries, sorted likewise.
    pub entries: Vec<IndexEntry>,
}

/// A place that the index leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexLocator {
    pub anchor: Anchor,
    /// Where the author marked the end of what begins there.
    pub end: Option<Anchor>,
    /// Index into [`Anthology::chapters`]; none for a place in the glossary.
    pub chapter: Option<usize>,
    /// Counts the stretches of text in its division. Places in one paragraph are one to readers without pages.
    pub paragraph: usize,
    /// Whether the entry is defined there.
    pub defines: bool,
}

/// A reference from one entry of the index to another.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexReference {
    pub text: String,
    pub target: Anchor,
}

/// The finished book.
#[derive(Debug, Clone, PartialEq)]
pub struct Anthology {
    pub metadata: BookMetadata,
    /// Cover every chapter, in order, without gaps.
    pub parts: Vec<Part>,
    pub chapters: Vec<Chapter>,
    /// As printed, already sorted by the bibliography style.
    pub bibliography: Vec<BibliographyEntry>,
    /// The same works as data, by key.
    pub sources: Vec<Source>,
    /// Sorted by the book's language.
    pub glossary: Vec<Term>,
    /// The appendix of questions, chapter by chapter; those on the whole book come last.
    pub discussion: Vec<Discussion>,
    /// Sorted by family name; empty where nobody says anything of anybody.
    pub biographies: Vec<Biography>,
    /// Empty where the book has no index.
    pub index: Vec<IndexGroup>,
    pub pictures: Vec<Picture>,
    /// None where the cover is to be painted.
    pub cover: Option<CoverPicture>,
    pub anchors: Anchors,
    /// Words with hyphens where they may be divided, such as `data-base`, whatever the language's rules say.
    pub hyphenation: Vec<String>,
}

impl Anthology {
    pub fn picture(&self, id: PictureId) -> &Picture {
        &self.pictures[id.0]
    }
}
