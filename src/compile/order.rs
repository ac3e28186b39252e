//! Which essays are in the book, and in which order.

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Block, Date, Document, Parsed, Person};
use crate::manifest::{FILE_NAME, Manifest, ManifestEssay};
use crate::manuscript::Manuscript;

use super::names::{file_stem, humanise};

/// An essay in its place, with the manifest's word taken over its own.
#[derive(Debug)]
pub(super) struct Essay {
    pub(super) manuscript: Manuscript,
    pub(super) document: Document,
    pub(super) title: String,
    pub(super) short_title: Option<String>,
    pub(super) authors: Vec<Person>,
    pub(super) date: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) rights: Option<String>,
    /// What the editor asks its readers.
    pub(super) asked: Vec<String>,
    /// What the appendix asks of it.
    pub(super) discussion: Vec<Block<Parsed>>,
}

impl Essay {
    fn new(manuscript: Manuscript, document: Document, wishes: &ManifestEssay) -> Self {
        let own = &document.metadata;
        let title = wishes.title.as_ref().or(own.title.as_ref()).filter(|title| !title.trim().is_empty());
        let title = title.cloned().unwrap_or_else(|| humanise(file_stem(&manuscript.file)));
        let authors = if wishes.authors.is_empty() { &own.authors } else { &wishes.authors }.clone();
        Essay {
            short_title: wishes.short_title.as_ref().or(own.short_title.as_ref()).cloned(),
            title,
            authors,
            date: wishes.date.or(own.date),
            language: wishes.language.clone().or_else(|| own.language.clone()),
            rights: wishes.rights.clone().or_else(|| own.rights.clone()),
            asked: wishes.discussion.clone(),
            discussion: Vec::new(),
            manuscript,
            document,
        }
    }
}

/// A part's title and its number of chapters.
#[derive(Debug)]
pub(super) struct PartSize {
    pub(super) title: Option<String>,
    pub(super) chapters: usize,
}

/// Puts the essays in reading order: the manifest's, else the one they came in.
pub(super) fn arrange(
    manifest: &Manifest,
    manuscripts: Vec<Manuscript>,
    documents: Vec<Document>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Essay>, Vec<PartSize>) {
    let mut waiting: Vec<Option<(Manuscript, Document)>> =
        manuscripts.into_iter().zip(documents).map(Some).collect();
    if manifest.parts.iter().all(|part| part.essays.is_empty()) {
        let inferred = ManifestEssay::default();
        let essays: Vec<Essay> =
            waiting.into_iter().flatten().map(|(text, tree)| Essay::new(text, tree, &inferred)).collect();
        let whole = PartSize { title: None, chapters: essays.len() };
        return (essays, vec![whole]);
    }

    let index: std::collections::HashMap<String, usize> = waiting
        .iter()
        .enumerate()
        .filter_map(|(at, essay)| Some((tidy_path(&essay.as_ref()?.0.file), at)))
        .collect();
    let mut essays = Vec::with_capacity(waiting.len());
    let mut parts = Vec::new();
    for part in &manifest.parts {
        let before = essays.len();
        for wishes in &part.essays {
            // A listed file that is not there is ingest's to report.
            let Some(&at) = index.get(&tidy_path(&wishes.file)) else { continue };
            match waiting.get_mut(at).and_then(Option::take) {
                Some((text, tree)) => essays.push(Essay::new(text, tree, wishes)),
                None => diagnostics.push(
                    Diagnostic::warning("essay-listed-twice", format!("`{}` is listed twice", wishes.file))
                        .at(Place::line(FILE_NAME, wishes.line))
                        .help("the essay stands where it is listed first; remove this line"),
                ),
            }
        }
        if essays.len() > before {
            parts.push(PartSize { title: part.title.clone(), chapters: essays.len() - before });
        }
    }
    (essays, parts)
}

fn tidy_path(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}
