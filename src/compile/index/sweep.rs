//! One pass over the finished text: where marks came to stand, and where entries are spoken of.

use std::collections::HashMap;
use std::ops::Range;

use crate::anthology::{Anchor, Anchors, Division, IndexLocator, Link, Resolved};
use crate::document::{Block, IndexMeaning, Inline, visit_inlines_mut};

use super::super::assembly::Book;
use super::Marked;
use super::entries::EntryId;
use super::finder::{Finder, is_unspaced};

/// A place of an entry.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) entry: EntryId,
    pub(super) meaning: IndexMeaning,
    pub(super) locator: IndexLocator,
}

/// What a sweep brings in.
#[derive(Debug, Default)]
pub(super) struct Swept {
    /// In reading order.
    pub(super) places: Vec<Place>,
    /// The paragraph that each citation stands in.
    pub(super) citations: HashMap<Anchor, usize>,
}

/// Finds every place, in reading order, and makes those that were found by their words places to link to.
/// `terms` are the entries of the glossary's terms, if they have any.
pub(super) fn sweep(book: &mut Book, finder: &Finder, marked: &[Marked], terms: &[EntryId]) -> Swept {
    let mut sweep = Sweep {
        finder,
        marked: marked.iter().map(|mark| (mark.anchor, mark)).collect(),
        terms,
        anchors: &mut book.anchors,
        chapter: None,
        is_searched: true,
        id: String::new(),
        made: 0,
        paragraph: 0,
        found: Swept::default(),
    };
    let mut discussion = book.discussion.iter_mut().peekable();
    for (at, chapter) in book.chapters.iter_mut().enumerate() {
        sweep.id.clone_from(&sweep.anchors.place(chapter.anchor).id);
        sweep.chapter = Some(at);
        (sweep.made, sweep.paragraph) = (0, 0);
        sweep.blocks(&mut chapter.body);
        chapter.notes.iter_mut().for_each(|note| sweep.blocks(&mut note.body));
        sweep.is_searched = false;
        while let Some(asked) = discussion.next_if(|asked| asked.chapter == Some(at)) {
            sweep.blocks(&mut asked.questions);
        }
        sweep.is_searched = true;
    }
    (sweep.chapter, sweep.is_searched) = (None, false);
    for term in &mut book.glossary {
        term.definitions.iter_mut().for_each(|definition| sweep.blocks(&mut definition.content));
    }
    sweep.found
}

struct Sweep<'a> {
    finder: &'a Finder,
    marked: HashMap<Anchor, &'a Marked>,
    terms: &'a [EntryId],
    anchors: &'a mut Anchors,
    /// None in the glossary.
    chapter: Option<usize>,
    /// Whether words count here, or marks only: a glossary defines what the text speaks of.
    is_searched: bool,
    /// The chapter's identifier.
    id: String,
    /// Places made in this chapter.
    made: usize,
    paragraph: usize,
    found: Swept,
}

impl Sweep<'_> {
    fn blocks(&mut self, blocks: &mut [Block<Resolved>]) {
        visit_inlines_mut(blocks, &mut |content| {
            self.paragraph += 1;
            self.inlines(content);
        });
    }

    fn inlines(&mut self, content: &mut Vec<Inline<Resolved>>) {
        let mut at = 0;
        while let Some(inline) = content.get_mut(at) {
            at += 1;
            match inline {
                Inline::Anchor(anchor) => {
                    let anchor = *anchor;
                    if let Some(&&Marked { entry, meaning, .. }) = self.marked.get(&anchor) {
                        self.push(entry, anchor, meaning);
                    }
                }
                Inline::Text(text) if self.is_searched && !self.finder.is_empty() => {
                    let found = self.finder.find(text);
                    if !found.is_empty() {
                        let text = std::mem::take(text);
                        let pieces = self.divide(&text, found);
                        let count = pieces.len();
                        content.splice(at - 1..at, pieces);
                        at += count - 1;
                    }
                }
                // The style's words.
                Inline::Link { to: Link::Note { .. }, .. } => {}
                Inline::Link { to: Link::Source { here, .. }, .. } => {
                    self.found.citations.insert(*here, self.paragraph);
                }
                Inline::Link { to: Link::External(_), content } if shows_address(content) => {}
                // The glossary's first use of a term is a place already.
                Inline::Link { to: Link::Term { term, here }, .. } if self.terms.get(*term).is_some() => {
                    let (entry, here) = (self.terms.get(*term).copied(), *here);
                    if let Some(entry) = entry.filter(|_| self.is_searched) {
                        self.push(entry, here, IndexMeaning::Use);
                    }
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Strikethrough(inner)
                | Inline::Highlight(inner)
                | Inline::Superscript(inner)
                | Inline::Subscript(inner)
                | Inline::SmallCaps(inner)
                | Inline::Ruby(inner)
                | Inline::Reading(inner)
                | Inline::Foreign { content: inner, .. }
                | Inline::Link { content: inner, .. } => self.inlines(inner),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Math(_)
                | Inline::Image { .. }
                | Inline::LineBreak => {}
            }
        }
    }

    /// A text with a place before every word that an entry was found in.
    fn divide(&mut self, text: &str, found: Vec<(EntryId, Range<usize>)>) -> Vec<Inline<Resolved>> {
        let mut pieces = Vec::with_capacity(2 * found.len() + 1);
        let mut done = 0;
        let mut last = None;
        for (entry, range) in found {
            let start = done + start_of_word(&text[done..range.start], &text[range]);
            let anchor = match last {
                Some((place, anchor)) if place == start => anchor,
                _ => self.define(),
            };
            if last.is_none_or(|(place, _)| place != start) {
                if start > done {
                    pieces.push(Inline::Text(text[done..start].to_owned()));
                }
                pieces.push(Inline::Anchor(anchor));
                done = start;
            }
            last = Some((start, anchor));
            self.push(entry, anchor, IndexMeaning::Use);
        }
        pieces.push(Inline::Text(text[done..].to_owned()));
        pieces
    }

    fn define(&mut self) -> Anchor {
        self.made += 1;
        let division = self.chapter.map_or(Division::Glossary, Division::Chapter);
        self.anchors.define(division, format!("{}_found-{}", self.id, self.made))
    }

    fn push(&mut self, entry: EntryId, anchor: Anchor, meaning: IndexMeaning) {
        let defines = meaning == IndexMeaning::Definition;
        let locator =
            IndexLocator { anchor, end: None, chapter: self.chapter, paragraph: self.paragraph, defines };
        self.found.places.push(Place { entry, meaning, locator });
    }
}

/// Whether a link's text is where it leads.
fn shows_address(content: &[Inline<Resolved>]) -> bool {
    matches!(content, [Inline::Text(text)] if text.contains("://"))
}

/// Where a place goes whose word follows `before`: between spaces, so that no word is set in two pieces. Scripts
/// without spaces may be parted anywhere.
fn start_of_word(before: &str, word: &str) -> usize {
    if word.starts_with(is_unspaced) || before.ends_with(is_unspaced) {
        return before.len();
    }
    before.trim_end_matches(|c: char| !c.is_whitespace() && !is_unspaced(c)).len()
}
