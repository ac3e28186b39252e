//! Every source of the book once, whoever cites it and however.

use std::collections::HashMap;

use super::addresses;
use super::library::Library;
use super::linked::{CitedWork, LinkedChapter};
use super::references::WrittenReference;

/// A source of the book.
#[derive(Debug, PartialEq)]
pub(super) enum Source {
    /// A work of the bibliography files, by its key.
    Work(String),
    /// As an author wrote it out.
    Written(WrittenReference),
}

/// What the book cites, and what each chapter means by its references.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// In the order of their first citation; those that are only listed come last.
    pub(super) all: Vec<Source>,
    /// For each chapter, the source of each written reference.
    written: Vec<Vec<Option<usize>>>,
    by_key: HashMap<String, usize>,
    by_identity: HashMap<String, usize>,
}

impl Sources {
    /// Merges what the chapters cite. Takes the written references out of them.
    pub(super) fn merge(chapters: &mut [LinkedChapter], library: &Library) -> Self {
        let mut sources = Sources::default();
        let mut waiting: Vec<Vec<Option<WrittenReference>>> = chapters
            .iter_mut()
            .map(|chapter| std::mem::take(&mut chapter.references).into_iter().map(Some).collect())
            .collect();
        sources.written = waiting.iter().map(|references| vec![None; references.len()]).collect();
        for (at, chapter) in chapters.iter().enumerate() {
            let Some(references) = waiting.get_mut(at) else { continue };
            for item in chapter.clusters.iter().flat_map(|cluster| &cluster.items) {
                match &item.work {
                    CitedWork::Key(key) => {
                        sources.work(key, library);
                    }
                    CitedWork::Written(position) => sources.enter(at, *position, references, library),
                }
            }
        }
        for (at, chapter) in chapters.iter().enumerate() {
            let Some(references) = waiting.get_mut(at) else { continue };
            for position in &chapter.uncited {
                sources.enter(at, *position, references, library);
            }
        }
        sources
    }

    /// The source that a chapter means.
    pub(super) fn of(&self, chapter: usize, work: &CitedWork) -> Option<usize> {
        match work {
            CitedWork::Key(key) => self.by_key.get(key).copied(),
            CitedWork::Written(position) => *self.written.get(chapter)?.get(*position)?,
        }
    }

    fn enter(
        &mut self,
        chapter: usize,
        position: usize,
        references: &mut [Option<WrittenReference>],
        library: &Library,
    ) {
        let Some(reference) = references.get_mut(position).and_then(Option::take) else { return };
        let source = self.written_reference(reference, library);
        if let Some(slot) = self.written.get_mut(chapter).and_then(|known| known.get_mut(position)) {
            *slot = Some(source);
        }
    }

    fn work(&mut self, key: &str, library: &Library) -> usize {
        if let Some(&known) = self.by_key.get(key) {
            return known;
        }
        let entry = library.get(key);
        let doi = entry.and_then(|entry| entry.doi()).and_then(addresses::doi);
        let address =
            entry.and_then(|entry| entry.url()).and_then(|url| addresses::identity(url.value.as_str()));
        let at = self.all.len();
        self.all.push(Source::Work(key.to_owned()));
        self.by_key.insert(key.to_owned(), at);
        for identity in doi.into_iter().chain(address) {
            self.by_identity.entry(identity).or_insert(at);
        }
        at
    }

    /// The source that a written reference means: the same DOI, else the same address, else the
    /// same words. The bibliography files know a work best; of two written references, the fuller.
    fn written_reference(&mut self, reference: WrittenReference, library: &Library) -> usize {
        let address = reference.address.as_deref().and_then(addresses::identity);
        let identities: Vec<String> = reference
            .doi
            .iter()
            .cloned()
            .chain(address)
            .chain(reference.work_identity())
            .chain([format!("text:{}", reference.folded)])
            .collect();
        if let Some(key) = identities.iter().find_map(|identity| library.key_of(identity)) {
            return self.work(key, library);
        }
        let known = identities.iter().find_map(|identity| self.by_identity.get(identity)).copied();
        let at = known.unwrap_or(self.all.len());
        for identity in identities {
            self.by_identity.entry(identity).or_insert(at);
        }
        match self.all.get_mut(at) {
            Some(Source::Written(known)) if reference.rank() > known.rank() => *known = reference,
            Some(_) => {}
            None => self.all.push(Source::Written(reference)),
        }
        at
    }
}
