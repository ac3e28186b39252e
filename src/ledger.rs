//! What became of an essay's words on their way into the tree: the entries of the account.

use crate::document::Span;

/// Something that is not in the chapter as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub fate: Fate,
    /// Stable kebab-case name of the rule that did it: the code of its diagnostic, and what a veto names.
    pub rule: &'static str,
    /// In words: `page furniture`.
    pub reason: String,
    /// 1-based lines of the file, first and last.
    pub lines: (u32, u32),
    /// The whole text as it stood.
    pub text: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Removed,
    /// It is elsewhere in the book: in the metadata, the bibliography, the glossary.
    Moved,
    Repaired {
        /// What stands there now.
        after: String,
    },
}

/// How a reader used the text of a manuscript.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// In the order in which they were noted; where two overlap, the later one holds.
    pub uses: Vec<(Span, Use)>,
    /// Text that became structure without leaving a word: `Table:` before a caption.
    pub spent: Vec<String>,
    /// What was left out of the tree on purpose, or put elsewhere.
    pub changes: Vec<Change>,
}

/// What became of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    /// It is in the tree as it stands.
    Text,
    /// It is in the tree in other letters: `é` for `&eacute;`.
    Written(String),
    /// It is syntax: addresses, tags, labels, attributes.
    Markup,
    /// A change says what became of it.
    Changed,
}
