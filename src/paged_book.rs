//! The book as it stands on paper: positioned glyphs, rules and pictures, page by page, each tied to
//! what it means.
//!
//! All lengths are points (1/72 inch). The origin is a page's lower left corner, y grows upwards.

use std::sync::Arc;

use crate::anthology::{Anchor, PictureId};
use crate::document::Numerals;
use crate::fonts::FaceId;
use crate::numerals;

/// A typeset book.
#[derive(Debug, Clone, Default)]
pub struct PagedBook {
    pub width: f32,
    pub height: f32,
    pub pages: Vec<Page>,
    pub structure: Structure,
    pub outline: Vec<OutlineItem>,
    /// Where each of the anthology's anchors came to stand, by [`Anchor::index`].
    pub destinations: Vec<Option<Destination>>,
    pub wide_formulas: Vec<WideFormula>,
}

/// A formula that is written on one line since the page is too narrow for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WideFormula {
    pub tex: String,
    /// Where it stands; index into [`Anthology::chapters`](crate::anthology::Anthology::chapters), and `None` in the
    /// back matter.
    pub chapter: Option<usize>,
}

impl PagedBook {
    pub fn destination(&self, anchor: Anchor) -> Option<Destination> {
        self.destinations.get(anchor.index()).copied().flatten()
    }
}

/// A point in the book, to scroll to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination {
    /// Index into [`PagedBook::pages`].
    pub page: usize,
    /// Upper edge of what is meant.
    pub y: f32,
}

/// What a reader calls a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folio {
    /// Front matter: i, ii, iii …
    Roman(u32),
    /// Body and back matter: 1, 2, 3 …
    Arabic(u32),
}

impl std::fmt::Display for Folio {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Folio::Arabic(number) => write!(out, "{number}"),
            Folio::Roman(number) => out.write_str(&numerals::roman(number.into())),
        }
    }
}

/// Where text is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    HalfTitle,
    TitlePage,
    /// The contents, by entries instead of bytes.
    Contents,
    /// The lists of figures and of tables, by entries of both.
    Lists,
    /// Title page of a part; index into [`Anthology::parts`](crate::anthology::Anthology::parts).
    Part(usize),
    /// A chapter, or an entry of the back matter.
    Anchor(Anchor),
    Colophon,
}

/// A place in the anthology's text, whichever edition it is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPlace {
    pub origin: Origin,
    /// How much of the text comes between, in bytes of [`Inline`](crate::document::Inline)s' and listings'
    /// own text, in reading order. A picture and a reference to a note count as one byte; what editions add
    /// themselves (labels, numbers, headings over lists) and the notes' text do not count.
    pub offset: usize,
}

impl TextPlace {
    pub fn start_of(origin: Origin) -> Self {
        TextPlace { origin, offset: 0 }
    }
}

#[derive(Debug, Clone)]
pub struct Page {
    pub folio: Folio,
    /// What the page begins with; `None` for a blank page, and for one that holds nothing but the rest of a
    /// note or of the contents. Where a word is divided between pages, the second page begins with the next word.
    pub start: Option<TextPlace>,
    /// In painting order, which is also reading order within one [`ContentId`]: what is read from right
    /// to left stands ever further left.
    pub items: Vec<Item>,
    pub links: Vec<LinkArea>,
}

/// Something painted on a page.
#[derive(Debug, Clone)]
pub enum Item {
    Text(TextRun),
    Rule(Rule),
    Picture(PlacedPicture),
}

/// What a painted thing means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Part of the book's text.
    Content(ContentId),
    /// Running heads, folios.
    Pagination,
    /// Rules, shades, ornaments, leader dots.
    Decoration,
}

/// Glyphs of one face that stand on one baseline.
#[derive(Debug, Clone)]
pub struct TextRun {
    pub glyphs: Arc<ShapedText>,
    /// Left end of the baseline.
    pub x: f32,
    pub y: f32,
    /// Size of the em.
    pub size: f32,
    /// Added after every glyph.
    pub tracking: f32,
    /// How much wider the glyphs are set than they are drawn; 1 is as drawn.
    pub stretch: f32,
    /// Width of the word space that follows where the run is read, so to the left of Arabic; in this
    /// run's face, 0 for none. A space at a line's end is painted too, so that a reading machine sees
    /// where a word ends.
    pub space: f32,
    /// 0 is black, 1 is white.
    pub gray: f32,
    /// Whether the baseline runs up the page instead of across it: a quarter turn to the left about its start.
    pub turned: bool,
    pub meaning: Meaning,
}

impl TextRun {
    /// From the left end of the first glyph to the right end of the last.
    pub fn width(&self) -> f32 {
        let tracking = self.tracking * self.glyphs.glyphs.len() as f32;
        (self.glyphs.width * self.size / 1000.0 + tracking) * self.stretch
    }
}

/// The glyphs of a word or of a piece of one, shaped once and shared by every place that sets it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapedText {
    pub face: FaceId,
    /// What the glyphs say, in logical order.
    pub text: String,
    /// In visual order, left to right.
    pub glyphs: Vec<Glyph>,
    /// Sum of the advances, in thousandths of an em.
    pub width: f32,
}

/// All lengths in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// In the face as it is, before subsetting.
    pub id: u16,
    /// After kerning.
    pub advance: f32,
    pub x_offset: f32,
    pub y_offset: f32,
    /// Byte in [`ShapedText::text`] where the glyph's cluster starts.
    pub cluster: u32,
}

/// A filled rectangle: a rule, a border's side, a shade behind text.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub x: f32,
    /// Lower edge.
    pub y: f32,
    pub width: f32,
    pub height: f32,
    /// 0 is black, 1 is white.
    pub gray: f32,
    pub meaning: Meaning,
}

#[derive(Debug, Clone, Copy)]
pub struct PlacedPicture {
    pub picture: PictureId,
    pub x: f32,
    /// Lower edge.
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub meaning: Meaning,
}

/// A rectangle that leads somewhere.
#[derive(Debug, Clone)]
pub struct LinkArea {
    pub x: f32,
    /// Lower edge.
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub target: LinkTarget,
    /// The `Link` element that the area belongs to.
    pub element: ElementId,
    /// What the link says, for those who do not see it.
    pub description: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LinkTarget {
    External(String),
    Internal(Anchor),
    /// What has no anchor: a figure, or a table.
    Point(Destination),
}

/// One entry of the outline ("bookmarks") with the entries below it.
#[derive(Debug, Clone)]
pub struct OutlineItem {
    pub title: String,
    pub destination: Destination,
    pub children: Vec<OutlineItem>,
}

/// Index into [`Structure::elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub usize);

/// A stretch of page content: a leaf of the structure tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub usize);

/// The book's logical structure (ISO 32000-1, section 14.7), in reading order. A leaf may be painted
/// in several pieces, on several pages; an element's order never depends on them.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// The first is the root, [`Role::Document`].
    pub elements: Vec<Element>,
    /// How many leaves there are.
    pub contents: usize,
}

#[derive(Debug, Clone)]
pub struct Element {
    pub role: Role,
    pub children: Vec<Child>,
    /// BCP 47, where it differs from the parent's.
    pub language: Option<String>,
    /// For pictures and formulas.
    pub alternative: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child {
    Element(ElementId),
    Content(ContentId),
}

/// Standard structure types (ISO 32000-1, section 14.8.4) that Garland uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Document,
    Part,
    Article,
    Section,
    /// `H1` to `H6`.
    Heading(u8),
    Paragraph,
    List {
        /// What an ordered list is counted in.
        numerals: Option<Numerals>,
    },
    ListItem,
    Label,
    ListBody,
    Quote,
    /// A set-off remark.
    Aside,
    Contents,
    ContentsItem,
    Index,
    Table,
    TableRow,
    /// A header cell; its scope is the column.
    TableHeader,
    TableCell,
    Figure,
    Caption,
    Formula,
    Code,
    Note,
    Reference,
    BibliographyEntry,
    Link,
    Span,
}

impl Structure {
    /// A tree with its root, in the book's language.
    pub fn new(language: &str) -> Self {
        let root = Element {
            role: Role::Document,
            children: Vec::new(),
            language: Some(language.to_owned()),
            alternative: None,
        };
        Structure { elements: vec![root], contents: 0 }
    }

    pub fn root(&self) -> ElementId {
        ElementId(0)
    }

    /// Adds the last child of `parent`.
    pub fn add(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = ElementId(self.elements.len());
        self.elements.push(Element { role, children: Vec::new(), language: None, alternative: None });
        self.elements[parent.0].children.push(Child::Element(id));
        id
    }

    /// Adds a leaf as the last child of `parent`.
    pub fn add_content(&mut self, parent: ElementId) -> ContentId {
        let id = ContentId(self.contents);
        self.contents += 1;
        self.elements[parent.0].children.push(Child::Content(id));
        id
    }
}
