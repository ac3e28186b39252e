//! The phase between an essay and the book: references name what they lead to, but the book's
//! anchors, citation numbers and pictures are not settled yet.

use crate::anthology::Division;
use crate::document::{Block, IndexMark, Phase, Shown, Written};

use super::references::WrittenReference;

/// Links are resolved; what they say may still depend on other chapters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linked;

impl Phase for Linked {
    type Link = PendingLink;
    type Anchor = LocalAnchor;
    type Point = LocalAnchor;
    /// A candidate of the gallery.
    type Picture = Shown<usize>;
}

/// An anchor by its position among those of its chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LocalAnchor(pub(super) usize);

/// Where a link will lead.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PendingLink {
    External(String),
    /// An anchor of a chapter.
    Place {
        chapter: usize,
        anchor: LocalAnchor,
    },
    /// A note of the same chapter.
    Note {
        note: usize,
        here: LocalAnchor,
    },
    /// A citation: index into the chapter's clusters.
    Citation(usize),
    /// A glossary term.
    Term {
        term: usize,
        here: LocalAnchor,
    },
}

/// What is cited at one place and set as one citation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster {
    pub(super) items: Vec<ClusterItem>,
    /// False within another link's text, where the citation is text too.
    pub(super) linked: bool,
    pub(super) setting: Setting,
    /// Position of the note that it stands in.
    pub(super) note: Option<usize>,
}

/// How a citation stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Where the author put it.
    Plain,
    /// Between brackets of the author.
    Bracketed,
    /// In place of a footnote's mark, which authors put after the comma or the full stop.
    Mark,
    /// As a note of its own.
    Note,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClusterItem {
    pub(super) work: CitedWork,
    pub(super) locator: Option<Locator>,
    /// `see`, `cf.`: what stands before it.
    pub(super) signal: Option<String>,
    pub(super) here: LocalAnchor,
}

/// A cited work, as the essay knows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum CitedWork {
    /// A key of the bibliography files.
    Key(String),
    /// Index into the chapter's written references.
    Written(usize),
}

/// A place within a work.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Locator {
    /// `p. 12`, as written.
    Written(String),
    /// `1:06`.
    Timestamp(String),
}

/// An anchor before the book gives it its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AnchorDraft {
    pub(super) division: Division,
    pub(super) id: String,
    /// False where the place is in none of the chapter's texts: its start stands in.
    pub(super) stands: bool,
}

#[derive(Debug)]
pub(super) struct LinkedNote {
    pub(super) anchor: LocalAnchor,
    pub(super) body: Vec<Block<Linked>>,
    pub(super) referrers: Vec<LocalAnchor>,
}

/// One essay with its links resolved.
#[derive(Debug, Default)]
pub(super) struct LinkedChapter {
    pub(super) body: Vec<Block<Linked>>,
    /// In the order of their first reference.
    pub(super) notes: Vec<LinkedNote>,
    /// The definitions that this essay gives to the glossary: term, definition, content.
    pub(super) definitions: Vec<(usize, usize, Vec<Block<Linked>>)>,
    /// The questions on this essay in the appendix.
    pub(super) discussion: Vec<Block<Linked>>,
    /// In reading order.
    pub(super) clusters: Vec<Cluster>,
    pub(super) references: Vec<WrittenReference>,
    /// Positions in `references` that nothing in the text refers to.
    pub(super) uncited: Vec<usize>,
    /// Words of notes that citations say now.
    pub(super) restated: Vec<String>,
    /// Terms with their first use.
    pub(super) uses: Vec<(usize, LocalAnchor)>,
    pub(super) anchors: Vec<AnchorDraft>,
    /// What the author marked for the index, and where.
    pub(super) index_marks: Vec<(Written<IndexMark>, LocalAnchor)>,
    /// Candidates of the gallery, in the order of use.
    pub(super) pictures: Vec<usize>,
}
