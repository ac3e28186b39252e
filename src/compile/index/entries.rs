//! The entries of the index while they are gathered, each under the entry that it stands below.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::anthology::IndexLocator;
use crate::document::IndexHeading;

use super::super::names::fold;
use super::finder::is_acronym;

/// Position among the [`Entries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct EntryId(pub(super) usize);

/// An entry in the making.
#[derive(Debug, Default)]
pub(super) struct EntryDraft {
    pub(super) parent: Option<EntryId>,
    /// How often each spelling was met; the most frequent one is printed.
    spellings: BTreeMap<String, usize>,
    /// The first sort key in order, so that it does not matter who was read first.
    sort: Option<String>,
    pub(super) locators: Vec<IndexLocator>,
    pub(super) see: BTreeSet<EntryId>,
    pub(super) see_also: BTreeSet<EntryId>,
    is_pruned: bool,
}

/// Every entry and subentry.
#[derive(Debug, Default)]
pub(super) struct Entries {
    all: Vec<EntryDraft>,
    by_name: HashMap<(Option<EntryId>, String), EntryId>,
}

/// What makes two spellings one entry: all but capitals and punctuation, which acronyms keep.
fn key(text: &str) -> String {
    if is_acronym(text) {
        return text.to_owned();
    }
    match fold(text) {
        // Signs alone: `+`, `C#` keep what tells them apart.
        folded if folded.chars().count() < 2 => text.to_lowercase(),
        folded => folded,
    }
}

impl Entries {
    /// The entry at a path, made where there is none; every mention votes for its spelling.
    pub(super) fn entry(&mut self, path: &[IndexHeading]) -> EntryId {
        let mut parent = None;
        for heading in path {
            let text = heading.text.replace('\'', "’");
            let all = &mut self.all;
            let id = *self.by_name.entry((parent, key(&text))).or_insert_with(|| {
                all.push(EntryDraft { parent, ..EntryDraft::default() });
                EntryId(all.len() - 1)
            });
            if let Some(draft) = self.all.get_mut(id.0) {
                *draft.spellings.entry(text).or_default() += 1;
                draft.sort = match (draft.sort.take(), heading.sort.clone()) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            parent = Some(id);
        }
        parent.unwrap_or(EntryId(usize::MAX))
    }

    /// Makes the only spelling so far the one that is printed.
    pub(super) fn prefer_spelling(&mut self, entry: EntryId) {
        const VOTES: usize = usize::MAX / 2;
        let first = self.all.get_mut(entry.0).and_then(|draft| draft.spellings.values_mut().next());
        if let Some(votes) = first {
            *votes = VOTES;
        }
    }

    pub(super) fn find(&self, path: &[IndexHeading]) -> Option<EntryId> {
        path.iter().try_fold(None, |parent, heading| {
            let text = heading.text.replace('\'', "’");
            self.by_name.get(&(parent, key(&text))).copied().map(Some)
        })?
    }

    pub(super) fn get(&self, entry: EntryId) -> Option<&EntryDraft> {
        self.all.get(entry.0)
    }

    pub(super) fn get_mut(&mut self, entry: EntryId) -> Option<&mut EntryDraft> {
        self.all.get_mut(entry.0)
    }

    pub(super) fn locate(&mut self, entry: EntryId, locator: IndexLocator) {
        if let Some(draft) = self.all.get_mut(entry.0) {
            draft.locators.push(locator);
        }
    }

    pub(super) fn has_places(&self, entry: EntryId) -> bool {
        self.get(entry).is_some_and(|draft| !draft.locators.is_empty())
    }

    /// How many entries there are, with those that are left out.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = EntryId> + use<> {
        (0..self.all.len()).map(EntryId)
    }

    /// Entries that are printed.
    pub(super) fn printed(&self) -> impl Iterator<Item = EntryId> {
        self.ids().filter(|id| self.get(*id).is_some_and(|draft| !draft.is_pruned))
    }

    /// How many entries are printed, without their subentries.
    pub(super) fn len(&self) -> usize {
        self.printed().filter(|id| self.get(*id).is_some_and(|draft| draft.parent.is_none())).count()
    }

    /// The entries of one name that are below no other, or of one path.
    pub(super) fn text(&self, entry: EntryId) -> String {
        let spellings = self.get(entry).map(|draft| &draft.spellings);
        // Of those met equally often, the one without capitals, which sorts last.
        let best =
            spellings.and_then(|all| all.iter().max_by_key(|(text, votes)| (**votes, (*text).clone())));
        best.map(|(text, _)| text.clone()).unwrap_or_default()
    }

    /// What other entries call this one: `main, sub`.
    pub(super) fn path_text(&self, entry: EntryId) -> String {
        let mut levels = Vec::new();
        let mut at = Some(entry);
        while let Some(id) = at {
            levels.push(self.text(id));
            at = self.get(id).and_then(|draft| draft.parent);
        }
        levels.reverse();
        levels.join(", ")
    }

    pub(super) fn sort_key(&self, entry: EntryId) -> String {
        let sort = self.get(entry).and_then(|draft| draft.sort.clone());
        sort.unwrap_or_else(|| self.text(entry))
    }

    /// Leaves out what leads nowhere, and puts the places of every entry in reading order.
    pub(super) fn prune(&mut self) {
        let mut has_children = vec![false; self.all.len()];
        // Subentries come after what they stand below.
        for at in (0..self.all.len()).rev() {
            let Some(draft) = self.all.get_mut(at) else { continue };
            draft.locators.sort_by_key(|locator| {
                (locator.chapter.is_none(), locator.chapter, locator.paragraph, locator.anchor)
            });
            draft.locators.dedup_by_key(|locator| (locator.anchor, locator.defines));
            let is_empty = draft.locators.is_empty() && draft.see.is_empty() && draft.see_also.is_empty();
            draft.is_pruned = is_empty && !has_children[at];
            let parent = draft.parent.filter(|_| !draft.is_pruned);
            if let Some(above) = parent.and_then(|parent| has_children.get_mut(parent.0)) {
                *above = true;
            }
        }
    }
}
