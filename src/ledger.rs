//! What became of an essay's words on their way into the tree: the entries of the account.

use serde::Serialize;

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

/// Numbers of words. `total + gained` is the sum of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// In the file as decoded.
    pub total: usize,
    /// That the repair of characters added, or took away if negative: garbled signs look like words.
    pub gained: i64,
    /// In the chapter.
    pub kept: usize,
    /// Elsewhere in the book: metadata, references, glossary.
    pub moved: usize,
    pub removed: usize,
    /// Addresses, tags, labels: syntax that tells programs what to do.
    pub markup: usize,
    pub missing: usize,
}

impl Counts {
    /// Whether every word is accounted for.
    pub fn balance(&self) -> bool {
        let explained = self.kept + self.moved + self.removed + self.markup;
        self.missing == 0 && self.total as i64 + self.gained == explained as i64
    }

    pub fn add(&mut self, other: Counts) {
        self.total += other.total;
        self.gained += other.gained;
        self.kept += other.kept;
        self.moved += other.moved;
        self.removed += other.removed;
        self.markup += other.markup;
        self.missing += other.missing;
    }
}

/// A word that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    pub word: String,
    /// 1-based line of the file, where it is known.
    pub line: Option<u32>,
}
