//! Everything that anybody says of a source: the works of the bibliography files, then what the essays
//! write out, in reading order.

use std::collections::HashMap;

use hayagriva::Entry;
use hayagriva::types::{EntryType, QualifiedUrl};

use crate::document::plain_text;

use super::super::entry::entry_of;
use super::super::library::Library;
use super::super::linked::CitedWork;
use super::super::merge::{Attestation, Candidate, Origin};
use super::super::references::WrittenReference;

pub(super) struct Candidates<'a> {
    pub(super) all: Vec<Candidate>,
    /// Of the bibliography files, with its position in `all`.
    by_key: HashMap<&'a str, usize>,
    /// Where in `all` each chapter's references begin.
    starts: Vec<usize>,
}

impl<'a> Candidates<'a> {
    pub(super) fn gather(references: &[Vec<WrittenReference>], library: &'a Library) -> Self {
        let mut all: Vec<Candidate> = library.entries().enumerate().map(of_file).collect();
        let by_key = library.entries().enumerate().map(|(at, entry)| (entry.key(), at)).collect();
        let mut starts = Vec::with_capacity(references.len());
        for (chapter, references) in references.iter().enumerate() {
            starts.push(all.len());
            let origin = |place| Origin { chapter: Some(chapter), place };
            all.extend(references.iter().enumerate().map(|(place, it)| of_essay(it, origin(place))));
        }
        Candidates { all, by_key, starts }
    }

    /// What a chapter means by a cited work.
    pub(super) fn of(&self, chapter: usize, work: &CitedWork) -> Option<usize> {
        match work {
            CitedWork::Key(key) => self.by_key.get(key.as_str()).copied(),
            CitedWork::Written(position) => Some(self.starts.get(chapter)? + position),
        }
    }

    /// The keys of the bibliography files, each with its candidate.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'a str, usize)> + '_ {
        self.by_key.iter().map(|(key, at)| (*key, *at))
    }

    /// The key of what stands in a bibliography file.
    pub(super) fn key(&self, candidate: usize) -> Option<&str> {
        let candidate = self.all.get(candidate)?;
        (candidate.attestation == Attestation::File).then(|| candidate.entry.key())
    }

    /// What an essay writes out.
    pub(super) fn reference<'r>(
        &self,
        candidate: usize,
        references: &'r [Vec<WrittenReference>],
    ) -> Option<&'r WrittenReference> {
        let origin = self.all.get(candidate)?.origin;
        references.get(origin.chapter?)?.get(origin.place)
    }
}

fn of_file((place, entry): (usize, &Entry)) -> Candidate {
    Candidate {
        entry: entry.clone(),
        attestation: Attestation::File,
        words: String::new(),
        addresses: Vec::new(),
        origin: Origin { chapter: None, place },
    }
}

/// A reference has no key. What was not understood is told from others by its words and where they lead.
fn of_essay(reference: &WrittenReference, origin: Origin) -> Candidate {
    let entry = match &reference.work {
        Some(work) => entry_of("", work),
        None => {
            let mut entry = Entry::new("", EntryType::Web);
            if let Some(doi) = &reference.doi {
                entry.set_doi(doi.clone());
            }
            let url = reference.address.as_deref().and_then(|address| address.parse::<QualifiedUrl>().ok());
            if let Some(url) = url {
                entry.set_url(url);
            }
            entry
        }
    };
    Candidate {
        entry,
        attestation: if reference.is_set() { Attestation::Full } else { Attestation::Short },
        words: plain_text(&reference.content),
        addresses: Vec::new(),
        origin,
    }
}
