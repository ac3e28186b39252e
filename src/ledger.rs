//! What became of an essay's words on their way into the tree: the entries of the account.

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
