//! What the word processors' formats have in common: a flow of styled paragraphs.
//!
//! A word processor keeps no tree. It keeps paragraphs, each with a style that says what it is: a
//! heading, an item of a list, a line of code. The readers of .docx and .odt turn their files into a
//! [`Flow`]; from there on there is one way to essay HTML: [`page::write`].

use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::document::Metadata;
use crate::ledger::Fate;

pub mod front;
pub mod grid;
pub mod inline;
pub mod languages;
pub mod page;
pub mod properties;
pub mod roles;
pub mod structure;
pub mod symbols;
pub mod typewriter;
pub mod xml;

/// A document in reading order.
#[derive(Debug, Default)]
pub struct Flow {
    pub pieces: Vec<Piece>,
    pub notes: Vec<Note>,
    pub metadata: Metadata,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Paragraph(Paragraph),
    Table(Table),
    /// TeX.
    Math(String),
    Rule,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    pub role: Role,
    pub content: Vec<Run>,
}

/// What a paragraph is, as its style says.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Role {
    #[default]
    Body,
    /// From 1.
    Heading(u8),
    Title,
    Subtitle,
    Author,
    Date,
    Quote,
    Verse,
    Code,
    Caption,
    Term,
    Definition,
    Item {
        /// From 0.
        level: u8,
        /// `None` for a bullet.
        number: Option<u64>,
    },
    /// A further paragraph of an item of this level, where a list is open.
    Continuation {
        level: u8,
    },
}

/// A stretch of a paragraph in one format.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub format: Format,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Text(String),
    Break,
    Picture {
        source: String,
        alt: String,
    },
    /// A reference to the note of this name.
    Note(String),
    /// TeX.
    Math(String),
    /// A place that can be linked to.
    Bookmark(String),
    /// Something that stood here and is not in the essay.
    Removed(Removal),
    /// Something to tell the editor about this place.
    Report(Box<Diagnostic>),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Format {
    pub strong: bool,
    pub emphasis: bool,
    pub deleted: bool,
    pub highlight: bool,
    pub superscript: bool,
    pub subscript: bool,
    pub small_caps: bool,
    pub code: bool,
    /// Set in a face for typewriters: code, unless the whole document is.
    pub monospaced: bool,
    /// BCP 47.
    pub language: Option<Rc<str>>,
    /// An address, or `#` and the name of a bookmark.
    pub link: Option<Rc<str>>,
}

/// Something that is left out or put elsewhere, to be reported with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Removal {
    pub fate: Fate,
    pub rule: &'static str,
    pub reason: String,
    pub text: String,
}

impl Removal {
    pub fn new(rule: &'static str, reason: impl Into<String>, text: impl Into<String>) -> Self {
        Removal { fate: Fate::Removed, rule, reason: reason.into(), text: text.into() }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub caption: Vec<Run>,
    pub has_header: bool,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    pub content: Vec<Run>,
    pub alignment: Option<Alignment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub name: String,
    pub is_endnote: bool,
    pub pieces: Vec<Piece>,
}

impl Run {
    pub fn text(text: impl Into<String>, format: Format) -> Self {
        Run { format, content: Content::Text(text.into()) }
    }

    /// Without a format of its own.
    pub fn plain(content: Content) -> Self {
        Run { format: Format::default(), content }
    }

    /// Whether a reader sees it: text that is not blank, a picture, a formula, a note's number.
    pub fn is_visible(&self) -> bool {
        match &self.content {
            Content::Text(text) => !text.trim().is_empty(),
            Content::Picture { .. } | Content::Note(_) | Content::Math(_) => true,
            Content::Break | Content::Bookmark(_) | Content::Removed(_) | Content::Report(_) => false,
        }
    }
}

/// The text of runs without formats; breaks become spaces.
pub fn plain_text(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match &run.content {
            Content::Text(part) | Content::Math(part) => text.push_str(part),
            Content::Break => text.push(' '),
            Content::Picture { .. }
            | Content::Note(_)
            | Content::Bookmark(_)
            | Content::Removed(_)
            | Content::Report(_) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a paragraph only marks a pause: `* * *`. A lone sign must stand in the middle of its line.
pub fn is_pause(text: &str, is_centered: bool) -> bool {
    let signs = text.chars().filter(|character| !character.is_whitespace()).count();
    let are_ornaments =
        text.chars().all(|character| character.is_whitespace() || "*#⁂~-–—_•·◊❦❧".contains(character));
    let least = if is_centered || text.contains('⁂') { 1 } else { 3 };
    are_ornaments && (least..=40).contains(&signs)
}

/// The address of a picture as an essay names it: what means something else in an address is encoded.
pub fn encode_address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3F"),
            '#' => address.push_str("%23"),
            ':' => address.push_str("%3A"),
            ' ' => address.push_str("%20"),
            other => address.push(other),
        }
    }
    address
}

impl Piece {
    /// Every stretch of runs in the piece.
    pub fn contents(&self) -> Vec<&Vec<Run>> {
        match self {
            Piece::Paragraph(paragraph) => vec![&paragraph.content],
            Piece::Table(table) => std::iter::once(&table.caption)
                .chain(table.rows.iter().flatten().map(|cell| &cell.content))
                .collect(),
            Piece::Math(_) | Piece::Rule => Vec::new(),
        }
    }

    pub fn contents_mut(&mut self) -> Vec<&mut Vec<Run>> {
        match self {
            Piece::Paragraph(paragraph) => vec![&mut paragraph.content],
            Piece::Table(table) => std::iter::once(&mut table.caption)
                .chain(table.rows.iter_mut().flatten().map(|cell| &mut cell.content))
                .collect(),
            Piece::Math(_) | Piece::Rule => Vec::new(),
        }
    }
}

impl Flow {
    /// Every run of the document and its notes.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        let notes = self.notes.iter().flat_map(|note| &note.pieces);
        self.pieces.iter().chain(notes).flat_map(Piece::contents).flatten()
    }

    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        let notes = self.notes.iter_mut().flat_map(|note| &mut note.pieces);
        self.pieces.iter_mut().chain(notes).flat_map(Piece::contents_mut).flatten()
    }
}

/// Programs put the picture's file name where the description belongs.
pub fn is_picture_name(text: &str) -> bool {
    const ENDINGS: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg"];
    let lower = text.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}
