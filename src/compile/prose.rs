//! Reads what a note or a list entry cites, as its author wrote it in prose.
//!
//! One way through: tokens (what is certain about each word) → segments (what may be one source) →
//! a reading of each (a head of names, date and title; a tail of marked elements) → its score. What no
//! reading explains well enough stays a remark, word for word: a wrong reading is worse than none.

mod concepts;
mod contributors;
mod counted;
mod dates;
mod descriptions;
mod draft;
mod earlier;
mod elements;
mod extents;
mod gazetteer;
mod heads;
mod identifiers;
mod kinds;
mod names;
mod numbers;
mod publications;
mod segments;
mod series;
mod special;
mod stretches;
mod titles;
mod tokens;
mod unmarked;
mod view;
mod vocabulary;
mod words;

pub use dates::{Date, Words};
pub use names::Name;

/// A range of bytes in a note's text.
pub type Range = std::ops::Range<usize>;

/// A piece of a note's running text in one style.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    pub text: &'a str,
    pub is_emphasised: bool,
    /// Where the piece leads, if it is a link.
    pub address: Option<&'a str>,
}

/// What a note says. Ranges are of the text of all pieces together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Note {
    /// In the order of the text, which they cover without gaps.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// What stays as it is: words, and the punctuation between sources.
    Remark(Range),
    Citation(Citation),
}

/// A source and the place in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// From the signal to the locator, without the full stop.
    pub range: Range,
    /// `See`, `cf.`, `quoted in`: as written.
    pub signal: Option<String>,
    pub cited: Cited,
    /// Of an earlier source in several volumes, the one that is meant.
    pub volume: Option<String>,
    pub locator: Option<Locator>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cited {
    /// Described in full.
    Work(Box<Work>),
    /// *Ibid.*: the source of the citation before.
    Ibid,
    /// Described before, by its author, title or year.
    Short(Short),
    /// *Op. cit.*, *loc. cit.*: the last source by this author.
    OpCit(Short),
    /// `n. 3 above`: the source of a note.
    Above { note: u32, short: Short },
}

/// What a short reference tells of its source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Short {
    pub authors: Vec<Name>,
    pub has_others: bool,
    /// *Idem*: the authors of the citation before.
    pub has_same_authors: bool,
    pub title: Option<String>,
    /// With its letter.
    pub date: Option<Date>,
}

/// A source as it is described.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Work {
    pub kind: Kind,
    pub authors: Vec<Name>,
    /// `———`, *idem*: the authors of the entry before.
    pub has_same_authors: bool,
    pub editors: Vec<Name>,
    pub translators: Vec<Name>,
    /// *Et al.*
    pub has_others: bool,
    pub title: Option<String>,
    /// What the source is part of: a journal, a collection, a site.
    pub container: Option<String>,
    pub series: Option<String>,
    /// The number without its ending, or words as written.
    pub edition: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    pub publisher: Option<String>,
    pub place: Option<String>,
    pub date: Option<Date>,
    pub accessed: Option<Date>,
    pub url: Option<String>,
    pub doi: Option<String>,
    pub isbn: Option<String>,
    pub arxiv: Option<String>,
    /// What else is said of it, as written.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Unknown,
    Article,
    Book,
    Chapter,
    Conference,
    Dataset,
    Encyclopedia,
    Film,
    Interview,
    Legislation,
    Letter,
    Magazine,
    Newspaper,
    Podcast,
    Preprint,
    Report,
    Review,
    Talk,
    Thesis,
    Video,
    WebPage,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    pub label: Label,
    /// As written, ranges with an en dash.
    pub value: String,
}

/// What a locator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Act,
    Article,
    Book,
    Chapter,
    Column,
    Figure,
    Folio,
    Line,
    /// In an electronic edition.
    Location,
    Page,
    Paragraph,
    Part,
    Section,
    Timestamp,
    Verse,
}

/// Reads a note. Takes time in proportion to its length, whatever it says.
pub fn read(pieces: &[Piece]) -> Note {
    let tokens = tokens::Tokens::new(pieces);
    segments::read(&tokens)
}
