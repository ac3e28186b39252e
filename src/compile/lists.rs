//! Where the sources are listed, the book's at its end and each essay's at the essay's, and in which groups.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::anthology::{Anchor, Anchors, BibliographyEntry, CitationPlace, Division};
use crate::document::plain_text;
use crate::labels::{Labels, SourceGroup};
use crate::manifest::Grouping;

use super::bibliography::SetEntry;

/// The lists of a book.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The book's; empty if it has none.
    book: List,
    /// Each chapter's own, if chapters have any.
    essays: Vec<List>,
}

#[derive(Debug, Default)]
struct List {
    entries: Vec<BibliographyEntry>,
    /// By source.
    positions: HashMap<usize, usize>,
}

/// How entries are told apart and named.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    pub(super) by: Option<Grouping>,
    /// What kind each source is of.
    pub(super) kinds: &'a [SourceGroup],
    pub(super) labels: &'static Labels,
}

impl Lists {
    pub(super) fn new(
        book: Vec<SetEntry>,
        essays: Vec<Vec<SetEntry>>,
        ids: &[String],
        groups: &Groups<'_>,
        anchors: &mut Anchors,
    ) -> Self {
        let essays = essays
            .into_iter()
            .zip(ids)
            .enumerate()
            .map(|(chapter, (entries, id))| {
                let name = |number| format!("{id}_source-{number}");
                list(entries, groups, &mut |number| anchors.define(Division::Chapter(chapter), name(number)))
            })
            .collect();
        let name = |number| format!("bibliography_{number}");
        let book = list(book, groups, &mut |number| anchors.define(Division::Bibliography, name(number)));
        Lists { book, essays }
    }

    /// The entry that a citation in a chapter leads to: of the chapter's own list, else of the book's.
    pub(super) fn entry(&self, chapter: usize, source: usize) -> Option<Anchor> {
        let lists = self.essays.get(chapter).into_iter().chain([&self.book]);
        lists.into_iter().find_map(|list| list.entries.get(*list.positions.get(&source)?)).map(|it| it.anchor)
    }

    /// Takes down that a source is cited at a place.
    pub(super) fn cite(&mut self, chapter: usize, source: usize, anchor: Anchor) {
        for list in self.essays.get_mut(chapter).into_iter().chain([&mut self.book]) {
            if let Some(entry) = list.positions.get(&source).and_then(|at| list.entries.get_mut(*at)) {
                entry.citations.push(CitationPlace { chapter, anchor });
            }
        }
    }

    /// The book's list, and each chapter's.
    pub(super) fn into_entries(self) -> (Vec<BibliographyEntry>, Vec<Vec<BibliographyEntry>>) {
        (self.book.entries, self.essays.into_iter().map(|list| list.entries).collect())
    }
}

/// Of the book's entries, those that each essay needs, by the essays' sources.
pub(super) fn by_essay(entries: &[SetEntry], sources: &[Vec<usize>]) -> Vec<Vec<SetEntry>> {
    let positions: HashMap<usize, usize> =
        entries.iter().enumerate().map(|(at, entry)| (entry.source, at)).collect();
    let of_essay = |sources: &Vec<usize>| {
        let mut used: Vec<usize> =
            sources.iter().filter_map(|source| positions.get(source).copied()).collect();
        used.sort_unstable();
        used.dedup();
        used.into_iter().filter_map(|at| entries.get(at).cloned()).collect()
    };
    sources.iter().map(of_essay).collect()
}

fn list(entries: Vec<SetEntry>, groups: &Groups<'_>, define: &mut dyn FnMut(usize) -> Anchor) -> List {
    let mut grouped: Vec<(GroupKey, SetEntry)> =
        entries.into_iter().map(|entry| (groups.of(&entry), entry)).collect();
    grouped.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut list = List::default();
    for (at, (group, SetEntry { source, label, content })) in grouped.into_iter().enumerate() {
        list.positions.insert(source, at);
        let (anchor, group) = (define(at + 1), groups.name(&group));
        list.entries.push(BibliographyEntry { anchor, group, label, content, citations: Vec::new() });
    }
    list
}

/// What an entry is grouped by, in the order of the groups.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum GroupKey {
    None,
    Kind(SourceGroup),
    Letter(Option<char>),
}

impl Groups<'_> {
    fn of(&self, entry: &SetEntry) -> GroupKey {
        match self.by {
            None => GroupKey::None,
            Some(Grouping::Kind) => {
                GroupKey::Kind(self.kinds.get(entry.source).copied().unwrap_or(SourceGroup::Others))
            }
            Some(Grouping::Letter) => GroupKey::Letter(first_letter(&plain_text(&entry.content))),
        }
    }

    fn name(&self, key: &GroupKey) -> String {
        match key {
            GroupKey::None => String::new(),
            GroupKey::Kind(kind) => self.labels.source_group(*kind).to_owned(),
            GroupKey::Letter(letter) => letter.map_or_else(|| "#".to_owned(), |letter| letter.to_string()),
        }
    }
}

/// The letter that an entry is found under; None if it begins with a number.
fn first_letter(text: &str) -> Option<char> {
    let first = text.chars().find(|c| c.is_alphanumeric())?;
    // `É` stands under E.
    let plain = first.nfd().next().unwrap_or(first);
    plain.is_alphabetic().then(|| plain.to_uppercase().next().unwrap_or(plain))
}
