//! One essay as ingest leaves it: repaired text, and what it says about itself.

use crate::diagnostic::Place;
use crate::document::{Metadata, Span};

/// How an essay is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// CommonMark with GitHub's extensions; also Jekyll and Pandoc posts for now.
    Markdown,
    /// Markdown as note vaults keep it: wikilinks, callouts, comments.
    Vault,
    /// No markup at all: structure is told by shape.
    Plain,
}

/// An essay's text, ready to be parsed.
///
/// Every line of `text` is the line with the same number in the file: what was removed left an empty
/// line behind. So a byte offset in `text` is enough to point into the author's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Manuscript {
    /// Path relative to the anthology folder, with forward slashes.
    pub file: String,
    pub dialect: Dialect,
    pub metadata: Metadata,
    /// UTF-8, NFC, `\n` line ends, without the metadata block.
    pub text: String,
}

impl Manuscript {
    /// Where a span starts, for a diagnostic.
    pub fn place(&self, span: Span) -> Place {
        Place::in_text(&self.file, &self.text, span.start as usize)
    }
}

/// Everything that was read from the anthology folder.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Name of the anthology folder, which a book without a title is called after.
    pub folder: String,
    /// In reading order where the manifest gives none.
    pub manuscripts: Vec<Manuscript>,
    /// Bibliography files: path relative to the folder, and text.
    pub bibliographies: Vec<InputFile<String>>,
    /// The glossary file, if there is one.
    pub glossary: Option<InputFile<String>>,
    /// Pictures that the essays mention, by the path relative to the anthology folder.
    pub pictures: Vec<InputFile<Vec<u8>>>,
    /// TrueType and OpenType files in the anthology's `fonts/`.
    pub fonts: Vec<InputFile<Vec<u8>>>,
}

/// A file of the anthology folder.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFile<T> {
    /// Relative to the anthology folder, with forward slashes.
    pub path: String,
    pub content: T,
}
