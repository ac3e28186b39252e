//! Putting the linked chapters, the set bibliography and the terms together as one book.

use std::collections::HashMap;

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::anthology::{
    Anchor, Anchors, BibliographyEntry, Chapter, CitationPlace, Discussion, Division, Note, PictureId,
    Resolved, Term, TermDefinition, TermReference,
};
use crate::document::{Block, IndexMark, Written};
use crate::manuscript::Manuscript;

use super::bibliography::{CitedSources, Piece, SetBibliography, SetEntry};
use super::glossary::{SeeDraft, Superseded, TermDraft};
use super::linked::{AnchorDraft, LinkedChapter, LinkedNote};
use super::lists::{Groups, Lists};
use super::names::{UniqueNames, slug};
use super::order::Essay;
use super::settle::{CitedEntry, Settlement, Settler};
use super::unlinked::unlinked;

/// What the book is put together from; the vectors run along the chapters.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    pub(super) essays: Vec<Essay>,
    pub(super) linked: Vec<LinkedChapter>,
    /// What each chapter's clusters cite.
    pub(super) clusters: Vec<Vec<CitedSources>>,
    pub(super) terms: Vec<TermDraft>,
    /// What essays said of terms, in words that the glossary does not have.
    pub(super) superseded: Vec<Superseded>,
    pub(super) set: SetBibliography,
    pub(super) cites_in_notes: bool,
    /// The entries of each essay's own list, if essays have any.
    pub(super) essay_entries: Vec<Vec<SetEntry>>,
    pub(super) groups: Groups<'a>,
    pub(super) ids: &'a [String],
    /// By candidate of the gallery.
    pub(super) pictures: HashMap<usize, PictureId>,
}

/// The body and back matter of the book.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) chapters: Vec<Chapter>,
    pub(super) bibliography: Vec<BibliographyEntry>,
    pub(super) glossary: Vec<Term>,
    pub(super) discussion: Vec<Discussion>,
    pub(super) anchors: Anchors,
    /// Each source's citations: source and place, in reading order.
    pub(super) cited: Vec<(usize, CitationPlace)>,
    /// What authors marked for the index, by chapter.
    pub(super) index_marks: Vec<Vec<(Written<IndexMark>, Anchor)>>,
    /// What the chapters were read from.
    pub(super) manuscripts: Vec<Manuscript>,
}

/// A chapter, and what it leaves for the back matter.
struct SettledChapter {
    chapter: Chapter,
    /// Term, definition, content.
    definitions: Vec<(usize, usize, Vec<Block<Resolved>>)>,
    /// Source and place.
    cited: Vec<(usize, Anchor)>,
    /// Term and place of its first use.
    uses: Vec<(usize, Anchor)>,
    discussion: Vec<Block<Resolved>>,
    index_marks: Vec<(Written<IndexMark>, Anchor)>,
    manuscript: Manuscript,
}

pub(super) fn assemble(pieces: Pieces<'_>, language: &str) -> Book {
    let Pieces {
        essays,
        linked,
        clusters,
        terms,
        superseded,
        mut set,
        cites_in_notes,
        essay_entries,
        groups,
        ids,
        pictures,
    } = pieces;
    let mut anchors = Anchors::default();
    let chapter_anchors: Vec<Vec<Anchor>> = linked
        .iter()
        .map(|chapter| {
            let mut start = None;
            let define = |draft: &AnchorDraft| match start {
                Some(start) if !draft.stands => start,
                _ => {
                    let anchor = anchors.define(draft.division, draft.id.clone());
                    start.get_or_insert(anchor);
                    anchor
                }
            };
            chapter.anchors.iter().map(define).collect()
        })
        .collect();
    let book_entries = std::mem::take(&mut set.entries);
    let mut lists = Lists::new(book_entries, essay_entries, ids, &groups, &mut anchors);
    let (mut glossary, mut own_definitions) = terms_without_essays(terms, &mut anchors);

    let entries: Vec<Vec<Vec<CitedEntry>>> = clusters
        .iter()
        .enumerate()
        .map(|(at, chapter)| chapter.iter().map(|cluster| entries_of(cluster, at, &lists)).collect())
        .collect();
    let citations = citations_of(&clusters, &set);
    let settlement = Settlement {
        anchors: &chapter_anchors,
        pictures: &pictures,
        citations: &citations,
        entries: &entries,
        cites_in_notes,
    };

    let settled: Vec<SettledChapter> = essays
        .into_par_iter()
        .zip(linked)
        .enumerate()
        .filter_map(|(at, (essay, linked))| settle(at, essay, linked, &settlement, language))
        .collect();

    let mut chapters = Vec::with_capacity(settled.len());
    let (mut cited, mut index_marks, mut manuscripts) = (Vec::new(), Vec::new(), Vec::new());
    let mut discussion = Vec::new();
    for (at, settled) in settled.into_iter().enumerate() {
        for (source, anchor) in settled.cited {
            lists.cite(at, source, anchor);
            cited.push((source, CitationPlace { chapter: at, anchor }));
        }
        for (term, anchor) in settled.uses {
            if let Some(term) = glossary.get_mut(term) {
                term.uses.push(CitationPlace { chapter: at, anchor });
            }
        }
        for (term, definition, content) in settled.definitions {
            own_definitions.insert((term, definition), content);
        }
        if let Some(id) = ids.get(at).filter(|_| !settled.discussion.is_empty()) {
            let anchor = anchors.define(Division::Discussion, format!("discussion_{id}"));
            discussion.push(Discussion { anchor, chapter: Some(at), questions: settled.discussion });
        }
        index_marks.push(settled.index_marks);
        manuscripts.push(settled.manuscript);
        chapters.push(settled.chapter);
    }
    for (at, term) in glossary.iter_mut().enumerate() {
        for (position, definition) in term.definitions.iter_mut().enumerate() {
            if let Some(content) = own_definitions.remove(&(at, position)) {
                definition.content = content;
            }
        }
    }
    for Superseded { chapter, words } in superseded {
        if let Some(chapter) = chapters.get_mut(chapter) {
            chapter.superseded.push(words);
        }
    }
    let (bibliography, references) = lists.into_entries();
    for (chapter, references) in chapters.iter_mut().zip(references) {
        chapter.references = references;
    }
    Book { chapters, bibliography, glossary, discussion, anchors, cited, index_marks, manuscripts }
}

/// Definitions by term and position among the term's.
type DefinitionContents = HashMap<(usize, usize), Vec<Block<Resolved>>>;

/// The terms with their anchors; what essays define is put in later, what no essay defines is at hand.
fn terms_without_essays(drafts: Vec<TermDraft>, anchors: &mut Anchors) -> (Vec<Term>, DefinitionContents) {
    let mut names = UniqueNames::default();
    let mut contents = DefinitionContents::new();
    let mut define = |name: &str| {
        let name = match slug(name) {
            empty if empty.is_empty() => "term".to_owned(),
            name => name,
        };
        anchors.define(Division::Glossary, format!("glossary_{}", names.take(&name)))
    };
    let own: Vec<Anchor> = drafts.iter().map(|draft| define(&draft.name)).collect();
    let references = |drafts: Vec<SeeDraft>| -> Vec<TermReference> {
        let entry = |see: &SeeDraft| see.term.and_then(|at| own.get(at)).copied();
        drafts.into_iter().map(|see| TermReference { entry: entry(&see), name: see.name }).collect()
    };
    let mut terms = Vec::with_capacity(drafts.len());
    for (at, (draft, &anchor)) in drafts.into_iter().zip(&own).enumerate() {
        let mut definitions = Vec::with_capacity(draft.definitions.len());
        for (position, definition) in draft.definitions.into_iter().enumerate() {
            if definition.home.is_none() {
                contents.insert((at, position), unlinked(definition.content));
            }
            definitions.push(TermDefinition { content: Vec::new(), chapters: definition.chapters });
        }
        terms.push(Term {
            anchor,
            name: draft.name,
            group: draft.group,
            aliases: draft.aliases,
            definitions,
            see: references(draft.see),
            see_also: references(draft.see_also),
            uses: Vec::new(),
        });
    }
    (terms, contents)
}

fn entries_of(cluster: &CitedSources, chapter: usize, lists: &Lists) -> Vec<CitedEntry> {
    let entry = |source| Some(CitedEntry { source, anchor: lists.entry(chapter, source)? });
    cluster.iter().filter_map(|(source, _)| entry(*source)).collect()
}

/// The set citation of each cluster, by chapter.
fn citations_of<'a>(clusters: &[Vec<CitedSources>], set: &'a SetBibliography) -> Vec<Vec<&'a [Piece]>> {
    let mut positions = set.positions.iter();
    let mut next = || {
        let position = positions.next().copied()?;
        set.citations.get(position).map(Vec::as_slice)
    };
    clusters.iter().map(|chapter| chapter.iter().map(|_| next().unwrap_or_default()).collect()).collect()
}

fn settle(
    at: usize,
    essay: Essay,
    linked: LinkedChapter,
    book: &Settlement<'_>,
    language: &str,
) -> Option<SettledChapter> {
    let start = *book.anchors.get(at)?.first()?;
    let mut settler = Settler::new(book, at, &linked.clusters, start);
    let body = settler.blocks(linked.body);
    let mut notes = Vec::with_capacity(linked.notes.len());
    for (position, LinkedNote { anchor, body, referrers }) in linked.notes.into_iter().enumerate() {
        let anchor = settler.anchor(anchor);
        let referrers = referrers.into_iter().map(|referrer| settler.anchor(referrer)).collect();
        notes.push(Note { anchor, number: position + 1, body: settler.blocks(body), referrers });
    }
    let definitions = linked
        .definitions
        .into_iter()
        .map(|(term, definition, content)| (term, definition, settler.blocks(content)))
        .collect();
    let uses = linked.uses.into_iter().map(|(term, here)| (term, settler.anchor(here))).collect();
    let discussion = settler.blocks(linked.discussion);
    let index_marks =
        linked.index_marks.into_iter().map(|(mark, here)| (mark, settler.anchor(here))).collect();
    let mut cited = settler.cited;
    // Anchors are numbered as they are read, notes where they are referred to.
    cited.sort_by_key(|(_, anchor)| *anchor);
    let chapter = Chapter {
        file: essay.manuscript.file.clone(),
        anchor: start,
        title: essay.title,
        short_title: essay.short_title,
        subtitle: essay.document.metadata.subtitle,
        authors: essay.authors,
        date: essay.date,
        language: essay.language.unwrap_or_else(|| language.to_owned()),
        rights: essay.rights,
        source: essay.document.metadata.source,
        body,
        notes,
        references: Vec::new(),
        restated: linked.restated,
        superseded: Vec::new(),
    };
    Some(SettledChapter {
        chapter,
        definitions,
        cited,
        uses,
        discussion,
        index_marks,
        manuscript: essay.manuscript,
    })
}
