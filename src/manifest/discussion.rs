//! What the editor wants of questions for discussion.

/// The manifest's `discussion:`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiscussionSettings {
    pub place: DiscussionPlace,
    /// On the whole book.
    pub questions: Vec<String>,
}

/// Where questions on a chapter stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DiscussionPlace {
    /// At the book's end, by chapter.
    #[default]
    Appendix,
    /// Where their authors put them, and at the end of their chapter what the manifest asks.
    Chapters,
    Both,
}

impl DiscussionPlace {
    pub fn is_in_chapters(self) -> bool {
        self != DiscussionPlace::Appendix
    }

    pub fn is_in_appendix(self) -> bool {
        self != DiscussionPlace::Chapters
    }
}
