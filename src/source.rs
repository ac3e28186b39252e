//! Sources as data: what is known of a work, and who cites it.
//!
//! Kinds, roles and fields are called by CSL's names (Citation Style Language 1.0.2, appendices III and
//! IV), which every bibliography format can be told in. What CSL has no name for keeps that of the format
//! it came from, such as `arxiv`.

use std::collections::BTreeMap;

/// A source of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What exports call it: its key in a bibliography file, else author, year and a word of the title.
    /// Unique within the book.
    pub key: String,
    pub record: Record,
    /// Chapters that cite it, in reading order: indices into
    /// [`Anthology::chapters`](crate::anthology::Anthology::chapters). Empty where it is listed only.
    pub chapters: Vec<usize>,
}

/// What is known of a work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// A CSL type, such as `article-journal`.
    pub kind: String,
    /// People and bodies by role, such as `author`.
    pub names: BTreeMap<String, Vec<Name>>,
    /// Such as `issued`.
    pub dates: BTreeMap<String, RecordDate>,
    /// Everything else, such as `title`.
    pub fields: BTreeMap<String, Text>,
}

impl Record {
    pub fn new(kind: &str) -> Self {
        Record { kind: kind.to_owned(), ..Record::default() }
    }

    /// A field without its markup; empty where there is none.
    pub fn plain(&self, field: &str) -> String {
        self.fields.get(field).map(Text::plain).unwrap_or_default()
    }

    /// Sets a field, unless there is nothing to set.
    pub fn set(&mut self, field: &str, text: Text) {
        if !text.is_empty() {
            self.fields.insert(field.to_owned(), text);
        }
    }

    /// Who is answerable for the work: its authors, else its editors, else whoever else is named.
    pub fn creators(&self) -> &[Name] {
        let named = ["author", "editor"].iter().find_map(|role| self.names.get(*role));
        named.or_else(|| self.names.values().next()).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn year(&self) -> Option<i32> {
        self.dates.get("issued").map(|date| date.year)
    }
}

/// A person or a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// The whole name of a body.
    pub family: String,
    pub given: Option<String>,
    /// `van`, `de la`.
    pub particle: Option<String>,
    /// `Jr.`
    pub suffix: Option<String>,
}

/// A date, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordDate {
    /// 0 is 1 BCE.
    pub year: i32,
    /// From 1.
    pub month: Option<u8>,
    /// From 1.
    pub day: Option<u8>,
    pub circa: bool,
}

/// Text with the little markup that titles have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    /// Keeps its capitals whatever the style: a proper name.
    Fixed(String),
    /// A TeX formula, without the dollars around it.
    Math(String),
}

impl Piece {
    pub fn text(&self) -> &str {
        match self {
            Piece::Plain(text) | Piece::Fixed(text) | Piece::Math(text) => text,
        }
    }
}

impl Text {
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| piece.text().is_empty())
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(vec![Piece::Plain(text.to_owned())])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text(vec![Piece::Plain(text)])
    }
}
