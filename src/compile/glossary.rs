//! One glossary of all that the essays and the glossary file define.

mod file;
mod sections;
mod terms;

use std::collections::HashMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorPreferences};
use icu_locale_core::Locale;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use crate::anthology::Resolved;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, Inline, Parsed, Span, plain_text};
use crate::manuscript::InputFile;

use super::names::fold;
use super::order::Essay;
use super::text::folded_text;

pub(super) use terms::TermFinder;

/// An entry as one essay, or the glossary file, has it.
#[derive(Debug)]
struct WrittenTerm {
    name: String,
    aliases: Vec<String>,
    definition: Vec<Block<Parsed>>,
    /// Chapter and place; none for the glossary file.
    home: Option<(usize, Span)>,
}

/// A term of the book whose definitions still are as their authors wrote them.
#[derive(Debug)]
pub(super) struct TermDraft {
    pub(super) name: String,
    /// Every way to write the term, its name included.
    spellings: Vec<String>,
    pub(super) definitions: Vec<DefinitionDraft>,
}

#[derive(Debug)]
pub(super) struct DefinitionDraft {
    pub(super) content: Vec<Block<Parsed>>,
    /// Chapters whose glossaries define the term so; empty when the glossary file does.
    pub(super) chapters: Vec<usize>,
    folded: String,
}

/// Takes the glossaries out of the essays and joins them, and the glossary file, into one list of
/// terms, sorted for readers of `language`.
pub(super) fn compile(
    essays: &mut [Essay],
    file: Option<&InputFile<String>>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<TermDraft> {
    let mut written = file.map(|file| file::read(file, diagnostics)).unwrap_or_default();
    let taken: Vec<(Vec<WrittenTerm>, Vec<Diagnostic>)> =
        essays.par_iter_mut().enumerate().map(|(chapter, essay)| sections::take(chapter, essay)).collect();
    for (terms, found) in taken {
        written.extend(terms);
        diagnostics.extend(found);
    }
    let mut terms = merge(written, essays, diagnostics);
    sort(&mut terms, language);
    terms
}

/// Joins entries that name the same term, in the order in which they were found.
fn merge(written: Vec<WrittenTerm>, essays: &[Essay], diagnostics: &mut Diagnostics) -> Vec<TermDraft> {
    let groups = group(&written);
    let mut drafts: Vec<TermDraft> = Vec::new();
    let mut position: HashMap<usize, usize> = HashMap::new();
    for (term, group) in written.into_iter().zip(groups) {
        let spellings = spellings(&term.name, &term.aliases);
        let at = *position.entry(group).or_insert_with(|| {
            drafts.push(TermDraft {
                name: term.name.clone(),
                spellings: Vec::new(),
                definitions: Vec::new(),
            });
            drafts.len() - 1
        });
        let Some(draft) = drafts.get_mut(at) else { continue };
        // The name with its acronym tells most; the glossary file's comes first and stays.
        let by_file = draft.definitions.first().is_some_and(|first| first.chapters.is_empty());
        if !by_file && split_acronym(&draft.name).is_none() && split_acronym(&term.name).is_some() {
            draft.name = term.name;
        }
        for spelling in spellings {
            if !draft.spellings.contains(&spelling) {
                draft.spellings.push(spelling);
            }
        }
        let folded = folded_text(&term.definition);
        let chapter = term.home.map(|(chapter, _)| chapter);
        if let Some(same) = draft.definitions.iter_mut().find(|definition| definition.folded == folded) {
            // A definition that the glossary file gives is the editor's, whoever else has it.
            if !same.chapters.is_empty() {
                same.chapters.extend(chapter.filter(|chapter| !same.chapters.contains(chapter)));
            }
            continue;
        }
        if let (false, Some((chapter, span))) = (draft.definitions.is_empty(), term.home)
            && let Some(essay) = essays.get(chapter)
        {
            diagnostics.push(
                Diagnostic::note(
                    "differing-definitions",
                    format!("`{}` is defined differently elsewhere", draft.name),
                )
                .at(essay.manuscript.place(span))
                .help("the glossary prints every definition with the essay that it comes from"),
            );
        }
        let chapters = chapter.into_iter().collect();
        draft.definitions.push(DefinitionDraft { content: term.definition, chapters, folded });
    }
    drafts
}

/// The group of each entry: entries that share a spelling, directly or through others, are one term.
fn group(written: &[WrittenTerm]) -> Vec<usize> {
    fn root(parents: &mut [usize], mut at: usize) -> usize {
        while let Some(&parent) = parents.get(at).filter(|&&parent| parent != at) {
            let above = parents.get(parent).copied().unwrap_or(parent);
            parents[at] = above;
            at = parent;
        }
        at
    }
    let mut parents: Vec<usize> = (0..written.len()).collect();
    let mut owner: HashMap<String, usize> = HashMap::new();
    for (at, term) in written.iter().enumerate() {
        for key in spellings(&term.name, &term.aliases).iter().map(|spelling| fold(spelling)) {
            let first = *owner.entry(key).or_insert(at);
            let (a, b) = (root(&mut parents, first), root(&mut parents, at));
            let (low, high) = (a.min(b), a.max(b));
            parents[high] = low;
        }
    }
    (0..written.len()).map(|at| root(&mut parents, at)).collect()
}

/// Every way to write a term: `Artificial Intelligence (AI)` is also written as either of its halves.
fn spellings(name: &str, aliases: &[String]) -> Vec<String> {
    let mut spellings = Vec::new();
    for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
        match split_acronym(name) {
            Some((long, acronym)) => spellings.extend([long.to_owned(), acronym.to_owned()]),
            None => spellings.push(name.to_owned()),
        }
    }
    spellings
}

/// `Artificial Intelligence (AI)` as its two halves.
fn split_acronym(name: &str) -> Option<(&str, &str)> {
    let (long, acronym) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (long, acronym) = (long.trim(), acronym.trim());
    (!long.is_empty() && is_acronym(acronym)).then_some((long, acronym))
}

/// `AI`, `LLMs`, `GPT-4`: one word with at least two capitals.
fn is_acronym(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && word.chars().count() <= 12
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn sort(terms: &mut [TermDraft], language: &str) {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let collator = Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default());
    match collator {
        Ok(collator) => {
            terms.sort_by(|a, b| collator.compare(&a.name, &b.name).then_with(|| a.name.cmp(&b.name)))
        }
        Err(_) => terms.sort_by(|a, b| a.name.cmp(&b.name)),
    }
}

/// The blocks of a definition from the glossary file, which is text and nothing else.
pub(super) fn without_links(content: Vec<Block<Parsed>>) -> Vec<Block<Resolved>> {
    let paragraph = |block: Block<Parsed>| match block {
        Block::Paragraph(content) => Some(Block::Paragraph(vec![Inline::Text(plain_text(&content))])),
        _ => None,
    };
    content.into_iter().filter_map(paragraph).collect()
}
