//! What the editor wants of the index.

use crate::document::IndexHeading;

/// The manifest's `index:`.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexSettings {
    /// Whether there is one; `None` where there is enough for one.
    pub wanted: Option<bool>,
    pub terms: Vec<IndexTerm>,
    /// Whether people and bodies that are cited are in it.
    pub names: bool,
    /// Whether the glossary's terms are in it.
    pub glossary: bool,
}

impl Default for IndexSettings {
    fn default() -> Self {
        IndexSettings { wanted: None, terms: Vec::new(), names: true, glossary: true }
    }
}

/// An entry or subentry, found wherever the text says its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexTerm {
    /// The entry's words, after those of the entry that it stands below.
    pub path: Vec<IndexHeading>,
    /// Other ways to say it.
    pub aliases: Vec<String>,
    pub see: Vec<String>,
    pub see_also: Vec<String>,
    /// 1-based line in the manifest.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}
