//! One glossary of all that the essays and the glossary files define.
//!
//! Terms are collected from glossary [sections], from [marks] in the text and in metadata, from [notes] that are
//! terms, and from glossary [files](file). What names the same term is [merged](merge); [terms] finds their
//! uses in running text.

mod cross_references;
mod editor;
mod entries;
mod file;
mod groups;
mod inflection;
mod likeness;
mod marks;
mod merge;
mod notes;
mod order;
mod sections;
mod spellings;
mod stop_words;
mod terms;
mod written;

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, Parsed};
use crate::manifest::GlossarySettings;
use crate::manuscript::InputFile;

use super::linked::LinkedChapter;
use super::order::{Essay, PartSize};

use merge::Merged;
use spellings::{Name, key};
use written::{TermPlace, WrittenTerm};

pub(super) use stop_words::is_linkable;
pub(super) use terms::TermFinder;

/// More messages of one kind than this are counted.
const MOST_TOLD: usize = 100;

/// A term of the book whose definitions still are as their authors wrote them.
#[derive(Debug)]
pub(super) struct TermDraft {
    pub(super) name: String,
    /// What the entry stands under; empty where the glossary has no groups.
    pub(super) group: String,
    /// Other names, as printed.
    pub(super) aliases: Vec<String>,
    /// Every way to write the term, its name included.
    spellings: Vec<String>,
    /// Its plurals and other forms, in lower case.
    forms: Vec<String>,
    pub(super) definitions: Vec<DefinitionDraft>,
    pub(super) see: Vec<SeeDraft>,
    pub(super) see_also: Vec<SeeDraft>,
    place: TermPlace,
}

#[derive(Debug)]
pub(super) struct DefinitionDraft {
    pub(super) content: Vec<Block<Parsed>>,
    /// The chapter whose notes and links the definition refers to; none for what no chapter has.
    pub(super) home: Option<usize>,
    /// Chapters that define the term so; empty when only the glossary file does.
    pub(super) chapters: Vec<usize>,
}

/// A term that another one sends the reader to.
#[derive(Debug)]
pub(super) struct SeeDraft {
    pub(super) name: String,
    pub(super) term: Option<usize>,
}

/// What an essay's glossary said, in words that the book's does not have.
#[derive(Debug)]
pub(super) struct Superseded {
    pub(super) chapter: usize,
    pub(super) words: String,
}

/// The glossary before its uses are known.
#[derive(Debug, Default)]
pub(super) struct Glossary {
    /// Sorted for readers of the book's language.
    pub(super) terms: Vec<TermDraft>,
    pub(super) local: LocalTerms,
    pub(super) superseded: Vec<Superseded>,
}

/// By chapter and term: the term that is meant there.
pub(super) type LocalTerms = BTreeMap<(usize, usize), usize>;

/// Terms that are no part of an essay of the book.
#[derive(Debug, Default)]
pub(super) struct NoteTerms(Vec<WrittenTerm>);

/// Takes the notes that are terms out of the essays.
pub(super) fn take_notes(essays: &mut Vec<Essay>, parts: &mut Vec<PartSize>) -> NoteTerms {
    NoteTerms(notes::take(essays, parts))
}

/// Takes the glossaries out of the essays and joins them, and the glossary files, into one list of terms.
pub(super) fn compile(
    essays: &mut [Essay],
    notes: NoteTerms,
    (files, settings): (&[InputFile<String>], &GlossarySettings),
    language: &str,
    diagnostics: &mut Diagnostics,
) -> Glossary {
    let mut written: Vec<WrittenTerm> = Vec::new();
    for file in files {
        written.extend(file::read(file, essays, diagnostics));
    }
    written.extend(notes.0);
    let taken: Vec<(sections::Taken, Vec<WrittenTerm>)> = essays
        .par_iter_mut()
        .enumerate()
        .map(|(chapter, essay)| {
            let taken = sections::take(chapter, essay);
            let marked = marks::collect(chapter, essay);
            (taken, marked)
        })
        .collect();
    let mut superseded = Vec::new();
    for (taken, marked) in taken {
        written.extend(taken.terms);
        superseded.extend(taken.superseded);
        diagnostics.extend(taken.diagnostics);
        written.extend(marked);
    }
    for term in &mut written {
        term.sentence = cross_references::take(&mut term.definition);
    }
    superseded.extend(cross_references::settle(&mut written, essays, language));
    let Merged { mut terms, superseded: more } =
        merge::merge(written, settings, essays, language, diagnostics);
    superseded.extend(more);
    order::sort(&mut terms, language);
    let mut names: HashMap<String, usize> = HashMap::new();
    for (at, term) in terms.iter().enumerate() {
        for spelling in &term.spellings {
            names.entry(key(spelling)).or_insert(at);
        }
    }
    for (at, term) in terms.iter().enumerate() {
        for form in &term.forms {
            names.entry(key(form)).or_insert(at);
        }
    }
    cross_references::resolve(&mut terms, &names, essays, diagnostics);
    tell_unlinkable(&terms, essays, language, diagnostics);
    let local = local_terms(settings, &names, essays);
    Glossary { terms, local, superseded }
}

/// What the essays mean that the editor splits terms for.
fn local_terms(settings: &GlossarySettings, names: &HashMap<String, usize>, essays: &[Essay]) -> LocalTerms {
    let find = |name: &str| Name::read(name).parts.iter().find_map(|part| names.get(&key(part)).copied());
    let local = settings.split.iter().filter_map(|wish| {
        let chapter = essays.iter().position(|essay| essay.manuscript.file == wish.file.name)?;
        let meant = names.get(&key(&spellings::tidy(&wish.name))).copied()?;
        Some(((chapter, find(&wish.term.name)?), meant))
    });
    local.collect()
}

/// Warns of terms that stand in every other sentence, and so are not linked.
fn tell_unlinkable(terms: &[TermDraft], essays: &[Essay], language: &str, diagnostics: &mut Diagnostics) {
    let mut told = 0;
    for term in terms.iter().filter(|term| term.spellings.iter().all(|it| !is_linkable(it, language))) {
        told += 1;
        if told > MOST_TOLD {
            break;
        }
        let message = format!("`{}` is too common a word to be linked where it is used", term.name);
        let help = "give the term a longer name, or an alias that means nothing else";
        let mut diagnostic = Diagnostic::warning("common-term", message).help(help);
        diagnostic.place = term.place.find(&term.name, essays);
        diagnostics.push(diagnostic);
    }
}

/// Notes the terms that no chapter uses.
pub(super) fn tell_unused(
    terms: &[TermDraft],
    linked: &[LinkedChapter],
    essays: &[Essay],
    diagnostics: &mut Diagnostics,
) {
    let used: HashSet<usize> =
        linked.iter().flat_map(|chapter| &chapter.uses).map(|(term, _)| *term).collect();
    let unused: Vec<&TermDraft> = terms
        .iter()
        .enumerate()
        .filter(|(at, term)| !used.contains(at) && !term.definitions.is_empty())
        .map(|(_, term)| term)
        .collect();
    for term in unused.iter().take(MOST_TOLD) {
        let message = format!("no essay uses `{}`", term.name);
        let help =
            "it stands in the glossary all the same; `hide` under `glossary` in the manifest leaves it out";
        let mut note = Diagnostic::note("unused-term", message).help(help);
        note.place = term.place.find(&term.name, essays);
        diagnostics.push(note);
    }
    if unused.len() > MOST_TOLD {
        let message = format!("no essay uses {} more terms", unused.len() - MOST_TOLD);
        diagnostics.push(Diagnostic::note("unused-term", message));
    }
}
