//! The book out of its essays.
//!
//! Essays are put in [order], their glossaries are joined, and each is [linked](linker) by itself:
//! its references name what they lead to. What they cite is then merged into one list of
//! [sources], set in a [bibliography] style, and the trees are [settled](settle) into the book.

mod addresses;
mod assembly;
mod bibliography;
mod citation_check;
mod contributors;
mod discussion;
mod entry;
mod excerpt;
pub mod export;
mod glossary;
mod headings;
mod index;
mod isbn;
mod library;
mod linked;
mod linker;
mod listing;
mod lists;
pub mod merge;
mod metadata;
mod names;
mod order;
mod pictures;
pub mod prose;
mod readings;
mod record;
mod references;
mod rewrite;
mod settle;
mod sources;
mod targets;
mod text;
mod unlinked;

use rayon::prelude::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};

use crate::anthology::{Anthology, Part};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Date, Document};
use crate::labels::Labels;
use crate::manifest::{Manifest, SourceLists};
use crate::manuscript::Input;
use crate::source::Name;

use assembly::Pieces;
use bibliography::{ChosenStyle, Citations, CitedSources, Wanted};
use glossary::{Glossary, LocalTerms, TermDraft, TermFinder};
use headings::Outline;
use library::Library;
use linked::LinkedChapter;
use linker::{Citing, EssayDefinition, Surroundings};
use lists::Groups;
use names::{UniqueNames, slug};
use order::{Essay, PartSize};
use pictures::Gallery;
use sources::Sources;
use targets::Targets;

/// Identifiers that editions give to the rest of the book.
const RESERVED_IDS: [&str; 17] = [
    "bibliography",
    "glossary",
    "colophon",
    "contents",
    "content",
    "contributors",
    "cover",
    "cover-image",
    "discussion",
    "half-title",
    "index",
    "nav",
    "notes",
    "styles",
    "title-page",
    "titlepage",
    "toc",
];

/// Compiles the book. `documents[i]` belongs to `input.manuscripts[i]`; `epoch` is the date that
/// `SOURCE_DATE_EPOCH` gives.
pub fn compile(
    manifest: &Manifest,
    input: Input,
    documents: Vec<Document>,
    epoch: Option<Date>,
    diagnostics: &mut Diagnostics,
) -> Anthology {
    let (mut essays, mut parts) = order::arrange(manifest, input.manuscripts, documents, diagnostics);
    let notes = glossary::take_notes(&mut essays, &mut parts);
    let language = metadata::language(manifest, &essays);
    let metadata = metadata::gather(manifest, &input.folder, &essays, language, epoch);
    let library = Library::read(&input.bibliographies, diagnostics);
    let lists = (input.glossaries.as_slice(), &manifest.glossary);
    let Glossary { mut terms, local, superseded } =
        glossary::compile(&mut essays, notes, lists, &metadata.language, diagnostics);
    diagnostics.extend(discussion::take(&mut essays, manifest.discussion.place, &metadata.language));
    let lives = contributors::gather(manifest, &mut essays, diagnostics);
    let gallery = Gallery::new(input.pictures);

    let ids = chapter_ids(&essays);
    let style = ChosenStyle::find(Wanted::of(&manifest.bibliography, input.style.as_ref()), diagnostics);
    let citing = Citing { links: manifest.bibliography.links, in_notes: style.cites_in_notes() };
    let surroundings = (&library, &gallery, metadata.language.as_str(), citing);
    let mut linked = link(&mut essays, &ids, (&mut terms, local), surroundings, diagnostics);
    glossary::tell_unused(&terms, &linked, &essays, diagnostics);

    let sources = Sources::merge(&mut linked, &essays, &library, &manifest.bibliography, diagnostics);
    let clusters = cited_sources(&linked, &sources);
    let records = listing::records(&sources.all);
    let kinds = listing::kinds(&records);
    let creators: Vec<Vec<Name>> = records.iter().map(|record| record.creators().to_vec()).collect();
    let listed = listing::list(&sources.all, records, &clusters);
    citation_check::descriptions::tell(&sources.all, diagnostics);
    let own_sources = sources.by_chapter(&linked, &clusters);
    let citations = Citations { sources: &clusters, chapters: &linked };
    let language = metadata.language.as_str();
    let (set, essay_entries) = match manifest.bibliography.lists {
        SourceLists::Essays => {
            bibliography::set_by_essay(&sources.all, citations, &own_sources, style, language, diagnostics)
        }
        lists => {
            let set = bibliography::set(sources.all, citations, style, language, diagnostics);
            let has_own = lists == SourceLists::Both;
            let essay_entries =
                if has_own { lists::by_essay(&set.entries, &own_sources) } else { Vec::new() };
            (set, essay_entries)
        }
    };

    let used = linked.iter().flat_map(|chapter| &chapter.pictures).copied();
    let (pictures, places) = gallery.hang(used, diagnostics);
    let cover_alt = manifest.cover.as_ref().and_then(|cover| cover.alt.clone());
    let cover = input.cover.and_then(|file| pictures::cover(file, cover_alt, diagnostics));
    let groups =
        Groups { by: manifest.bibliography.grouping, kinds: &kinds, labels: Labels::of(&metadata.language) };
    let ids = &ids;
    let pieces = Pieces {
        essays,
        linked,
        clusters,
        terms,
        superseded,
        set,
        cites_in_notes: citing.in_notes,
        essay_entries,
        groups,
        ids,
        pictures: places,
    };
    let mut book = assembly::assemble(pieces, &metadata.language);
    discussion::finish(&manifest.discussion, &mut book, &metadata.language);
    let biographies = contributors::tell(lives, &mut book, &metadata.language);
    let index = index::compile(&manifest.index, &mut book, &creators, &metadata.language, diagnostics);
    Anthology {
        metadata,
        parts: ranges(parts),
        chapters: book.chapters,
        bibliography: book.bibliography,
        sources: listed,
        glossary: book.glossary,
        discussion: book.discussion,
        biographies,
        index,
        pictures,
        cover,
        anchors: book.anchors,
        hyphenation: manifest.hyphenation.clone(),
    }
}

fn chapter_ids(essays: &[Essay]) -> Vec<String> {
    let mut names = UniqueNames::reserving(&RESERVED_IDS);
    let id = |(at, essay): (usize, &Essay)| {
        // What comes before a colon is enough to tell an essay by.
        let name = slug(essay.title.split(": ").next().unwrap_or_default());
        // An XML name starts with a letter.
        let name = match name.chars().next() {
            None => format!("chapter-{}", at + 1),
            Some(first) if first.is_ascii_digit() => format!("chapter-{name}"),
            Some(_) => name,
        };
        names.take(&name)
    };
    essays.iter().enumerate().map(id).collect()
}

/// Links every essay, in parallel; diagnostics keep the order of the book.
fn link(
    essays: &mut [Essay],
    ids: &[String],
    (terms, local): (&mut [TermDraft], LocalTerms),
    (library, gallery, language, citing): (&Library, &Gallery, &str, Citing),
    diagnostics: &mut Diagnostics,
) -> Vec<LinkedChapter> {
    let titles: Vec<String> = essays.iter().map(|essay| essay.title.clone()).collect();
    let outlines: Vec<Outline> =
        essays.par_iter().zip(ids).map(|(essay, id)| Outline::of(&essay.document.body, id)).collect();
    let targets = Targets::new(essays, ids, outlines);
    let finder = TermFinder::new(terms, local, language);
    let mut definitions: Vec<Vec<EssayDefinition>> = essays.iter().map(|_| Vec::new()).collect();
    for (term, draft) in terms.iter_mut().enumerate() {
        for (definition, draft) in draft.definitions.iter_mut().enumerate() {
            let home = draft.home.and_then(|chapter| definitions.get_mut(chapter));
            if let Some(home) = home {
                let content = std::mem::take(&mut draft.content);
                home.push(EssayDefinition { term, definition, content });
            }
        }
    }
    let book = Surroundings {
        targets: &targets,
        ids,
        titles: &titles,
        library,
        terms: &finder,
        term_count: terms.len(),
        gallery,
        language,
        citing,
    };
    let linked: Vec<(LinkedChapter, Vec<Diagnostic>)> = essays
        .par_iter_mut()
        .zip(definitions)
        .enumerate()
        .map(|(chapter, (essay, definitions))| {
            let mut found = citation_check::check(essay, library);
            let (linked, more) = linker::link(chapter, essay, definitions, &book);
            found.extend(more);
            (linked, found)
        })
        .collect();
    linked
        .into_iter()
        .map(|(chapter, found)| {
            diagnostics.extend(found);
            chapter
        })
        .collect()
}

/// What each chapter's clusters cite.
fn cited_sources(linked: &[LinkedChapter], sources: &Sources) -> Vec<Vec<CitedSources>> {
    let of_chapter = |(at, chapter): (usize, &LinkedChapter)| {
        let of_cluster = |cluster: &linked::Cluster| {
            let items = cluster.items.iter();
            items.filter_map(|item| Some((sources.of(at, &item.work)?, item.locator.clone()))).collect()
        };
        chapter.clusters.iter().map(of_cluster).collect()
    };
    linked.iter().enumerate().map(of_chapter).collect()
}

fn ranges(parts: Vec<PartSize>) -> Vec<Part> {
    let mut start = 0;
    let range = |part: PartSize| {
        let chapters = start..start + part.chapters;
        start = chapters.end;
        Part { title: part.title, chapters }
    };
    parts.into_iter().map(range).collect()
}
