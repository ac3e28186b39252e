//! Every source of the book once, whoever cites it and however.

mod candidates;
mod report;

use std::collections::HashMap;

use hayagriva::Entry;

use crate::anthology::Resolved;
use crate::diagnostic::Diagnostics;
use crate::document::Inline;
use crate::manifest::BibliographySettings;

use super::bibliography::CitedSources;
use super::entry::verbatim;
use super::library::Library;
use super::linked::{CitedWork, LinkedChapter};
use super::merge::{self, Group, Merged};
use super::order::Essay;
use super::references::WrittenReference;

use candidates::Candidates;

/// A source of the book.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    /// Its key in the bibliography files, if it is in one.
    pub(super) key: Option<String>,
    /// What is known of it, whoever knows it.
    pub(super) entry: Entry,
    /// Its author's words, where a style could not say as much.
    pub(super) words: Option<Vec<Inline<Resolved>>>,
}

/// What the book cites, and what each chapter means by its references.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// In the order of their first citation; those that are only listed come last.
    pub(super) all: Vec<Source>,
    /// For each chapter, the source of each written reference.
    written: Vec<Vec<Option<usize>>>,
    by_key: HashMap<String, usize>,
}

impl Sources {
    /// Merges what the chapters cite, and tells the editor of what was doubtful. Takes the written
    /// references out of the chapters.
    pub(super) fn merge(
        chapters: &mut [LinkedChapter],
        essays: &[Essay],
        library: &Library,
        settings: &BibliographySettings,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let references: Vec<Vec<WrittenReference>> =
            chapters.iter_mut().map(|chapter| std::mem::take(&mut chapter.references)).collect();
        let candidates = Candidates::gather(&references, library);
        let merged = merge::merge(&candidates.all, &report::decisions(settings));
        let group_of = groups_of(&merged, candidates.all.len());
        let group_of = |candidate: usize| group_of.get(candidate).copied().flatten();

        let mut sources = Sources::default();
        let mut source_of_group: Vec<Option<usize>> = vec![None; merged.groups.len()];
        for candidate in in_order(chapters).filter_map(|(chapter, work)| candidates.of(chapter, &work)) {
            let Some(at) = group_of(candidate) else { continue };
            if let (Some(slot @ None), Some(group)) = (source_of_group.get_mut(at), merged.groups.get(at)) {
                *slot = Some(sources.all.len());
                sources.all.push(source(group, &candidates, &references));
            }
        }
        let source_of = |candidate: usize| source_of_group.get(group_of(candidate)?).copied().flatten();
        sources.by_key =
            candidates.keys().filter_map(|(key, at)| Some((key.to_owned(), source_of(at)?))).collect();
        let of_chapter = |(chapter, references): (usize, &Vec<WrittenReference>)| {
            let written = (0..references.len()).map(CitedWork::Written);
            written.map(|work| candidates.of(chapter, &work).and_then(source_of)).collect()
        };
        sources.written = references.iter().enumerate().map(of_chapter).collect();
        let is_used = |group: usize| source_of_group.get(group).is_some_and(Option::is_some);
        let book = report::Book { candidates: &candidates, references: &references, essays, library };
        report::tell(&merged, &book, is_used, settings, diagnostics);
        sources
    }

    /// What each chapter cites, and what it lists without citing it.
    pub(super) fn by_chapter(
        &self,
        chapters: &[LinkedChapter],
        clusters: &[Vec<CitedSources>],
    ) -> Vec<Vec<usize>> {
        let of_chapter = |(at, (chapter, clusters)): (usize, (&LinkedChapter, &Vec<CitedSources>))| {
            let cited = clusters.iter().flatten().map(|(source, _)| *source);
            let listed = chapter.uncited.iter().filter_map(|it| self.of(at, &CitedWork::Written(*it)));
            cited.chain(listed).collect()
        };
        chapters.iter().zip(clusters).enumerate().map(of_chapter).collect()
    }

    /// The source that a chapter means.
    pub(super) fn of(&self, chapter: usize, work: &CitedWork) -> Option<usize> {
        match work {
            CitedWork::Key(key) => self.by_key.get(key).copied(),
            CitedWork::Written(position) => *self.written.get(chapter)?.get(*position)?,
        }
    }
}

/// The group of each candidate.
fn groups_of(merged: &Merged, candidates: usize) -> Vec<Option<usize>> {
    let mut groups = vec![None; candidates];
    for (at, group) in merged.groups.iter().enumerate() {
        for member in &group.members {
            if let Some(slot) = groups.get_mut(*member) {
                *slot = Some(at);
            }
        }
    }
    groups
}

/// What the chapters cite, in reading order, then what they only list.
fn in_order(chapters: &[LinkedChapter]) -> impl Iterator<Item = (usize, CitedWork)> {
    let cited = chapters.iter().enumerate().flat_map(|(at, chapter)| {
        let items = chapter.clusters.iter().flat_map(|cluster| &cluster.items);
        items.map(move |item| (at, item.work.clone()))
    });
    let listed = chapters.iter().enumerate().flat_map(|(at, chapter)| {
        chapter.uncited.iter().map(move |position| (at, CitedWork::Written(*position)))
    });
    cited.chain(listed)
}

/// What is made of a group: a style sets what a bibliography file or one of the authors describes well
/// enough; else the fullest words of an author stand.
fn source(group: &Group, candidates: &Candidates, references: &[Vec<WrittenReference>]) -> Source {
    let key = group.members.iter().find_map(|member| candidates.key(*member)).map(str::to_owned);
    let mut entry = Entry::clone(&group.entry);
    let mut best: Option<&WrittenReference> = None;
    for member in &group.members {
        let Some(reference) = candidates.reference(*member, references) else { continue };
        if best.is_none_or(|best| reference.rank() > best.rank()) {
            best = Some(reference);
        }
    }
    let words = best.filter(|best| key.is_none() && !best.is_set());
    if let Some(reference) = words
        && entry.title().is_none()
    {
        entry.set_title(verbatim(&reference.title));
    }
    Source { key, entry, words: words.map(|reference| reference.content.clone()) }
}
