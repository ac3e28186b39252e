//! Tree against book: every word of an essay's tree is in its chapter or in the back matter.
//!
//! The words are taken before the tree is compiled away. What the book says in its own form is left out
//! of both sides: the marks of notes and citations, which the style rewrites, and the headings of
//! glossaries and of questions, which become one.

use std::collections::{HashMap, HashSet};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::words::{ascii_letters, is_of_word};
use super::{EssayAccount, name};
use crate::anthology::{Anthology, Chapter, Link};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{
    Block, Document, Inline, NoteKind, Parsed, Phase, Reference, Run, Target, plain_text, visit_runs,
};
use crate::ledger::Missing;
use crate::section_names;

/// The words of one essay's tree, in lower case and in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivery {
    /// The body and its remarks.
    text: String,
    /// Notes that name sources, which the bibliography may say in another way.
    references: String,
    /// How many words of the text stand in a glossary.
    glossary: usize,
    /// How many words did not arrive.
    lost: usize,
    /// How many words of the text the bibliography says now, or the appendix of questions.
    restated: usize,
}

impl Delivery {
    /// Takes down the words of an essay.
    pub fn of(document: &Document) -> Self {
        take_down(document)
    }

    /// Words that the book holds outside the chapter.
    pub fn words_elsewhere(&self) -> usize {
        self.glossary + count_words(&self.references)
    }

    pub fn lost(&self) -> usize {
        self.lost
    }

    pub fn restated(&self) -> usize {
        self.restated
    }
}

fn count_words(text: &str) -> usize {
    text.split(' ').filter(|word| !word.is_empty()).count()
}

fn take_down(document: &Document) -> Delivery {
    let mut text = String::new();
    let mut glossary_words = 0;
    let mut glossary = None;
    for block in &document.body {
        if let Block::Heading { level, content, .. } = block {
            let heading = plain_text(content);
            if glossary.is_some_and(|outer| *level <= outer) {
                glossary = None;
            }
            if section_names::names_glossary(&heading) {
                glossary = glossary.or(Some(*level));
                continue;
            }
            if section_names::names_discussion(&heading) {
                continue;
            }
            // `A`, `B`: signposts of an alphabet, which the book's glossary does without.
            if glossary.is_some() && heading.trim().chars().count() <= 1 {
                continue;
            }
        }
        let before = text.len();
        match block {
            Block::Callout { title, body, .. } if section_names::names_discussion(&plain_text(title)) => {
                take(body, keeps_its_words, &mut text);
            }
            // The header of a glossary set as a table says `Term` and `Definition`.
            Block::Table(table) if glossary.is_some() => {
                let cells = table.rows.iter().flatten();
                cells.for_each(|cell| take_run(Run::Inlines(cell), keeps_its_words, &mut text));
            }
            _ => take(std::slice::from_ref(block), keeps_its_words, &mut text),
        }
        if glossary.is_some() {
            glossary_words += count_words(&text[before..]);
        }
    }
    let mut references = String::new();
    for note in &document.notes {
        let mut words = String::new();
        take(&note.body, keeps_its_words, &mut words);
        let names_source =
            note.kind == NoteKind::Reference || words.contains("doi ") || has_web_address(&note.body);
        if names_source { &mut references } else { &mut text }.push_str(&words);
    }
    Delivery { text, references, glossary: glossary_words, lost: 0, restated: 0 }
}

fn has_web_address(blocks: &[Block<Parsed>]) -> bool {
    let mut found = false;
    visit_runs(blocks, &mut |run| {
        if let Run::Inlines(content) = run {
            found |= content.iter().any(|inline| match inline {
                Inline::Text(text) => text.contains("://"),
                Inline::Link { to, .. } => matches!(&to.target, Target::Address(to) if to.contains("://")),
                _ => false,
            });
        }
    });
    found
}

/// Adds to every account what of the essay's tree is not in the book. Essays that are not in it are not
/// missed here.
pub fn check(essays: &mut [EssayAccount], anthology: &Anthology, diagnostics: &mut Diagnostics) {
    let mut back_matter = String::new();
    for entry in &anthology.bibliography {
        take_run(Run::Inlines(&entry.content), |_| true, &mut back_matter);
    }
    for term in &anthology.glossary {
        let names = std::iter::once(&term.name).chain(&term.aliases);
        let elsewhere = term.see.iter().chain(&term.see_also).map(|see| &see.name);
        for name in names.chain(elsewhere) {
            push_words(name, &mut back_matter);
            end_word(&mut back_matter);
        }
        for definition in &term.definitions {
            take(&definition.content, |_| true, &mut back_matter);
        }
    }
    let shared: HashSet<&str> = back_matter.split(' ').collect();
    let mut questions = vec![String::new(); anthology.chapters.len()];
    for discussion in &anthology.discussion {
        if let Some(text) = discussion.chapter.and_then(|chapter| questions.get_mut(chapter)) {
            take(&discussion.questions, is_of_the_text, text);
        }
    }
    let chapters: HashMap<&str, (&Chapter, &str)> = anthology
        .chapters
        .iter()
        .zip(&questions)
        .map(|(chapter, questions)| (chapter.file.as_str(), (chapter, questions.as_str())))
        .collect();
    let found: Vec<Comparison> = essays
        .par_iter()
        .map(|essay| match chapters.get(essay.file.as_str()) {
            Some((chapter, questions)) => compare(&essay.delivery, chapter, questions, &shared),
            None => Default::default(),
        })
        .collect();
    for (essay, Comparison { lost, rephrased, restated }) in essays.iter_mut().zip(found) {
        essay.delivery.restated = restated;
        if !rephrased.is_empty() {
            let words: Vec<&str> = rephrased.iter().map(String::as_str).collect();
            let message = format!(
                "the bibliography says this essay's references in other words, without {}",
                name(&words)
            );
            diagnostics.push(Diagnostic::note("rephrased-reference", message).at(Place::file(&essay.file)));
        }
        essay.delivery.lost = lost.len();
        essay.missing.extend(lost.into_iter().map(|word| Missing { word, line: None }));
    }
}

#[derive(Default)]
struct Comparison {
    /// Words that the book lacks.
    lost: Vec<String>,
    /// Words of references that the bibliography does without.
    rephrased: Vec<String>,
    /// How many words of the notes gave way to citations, or stand in the appendix.
    restated: usize,
}

fn compare(essay: &Delivery, chapter: &Chapter, questions: &str, shared: &HashSet<&str>) -> Comparison {
    let mut text = String::new();
    take(&chapter.body, is_of_the_text, &mut text);
    for note in &chapter.notes {
        take(&note.body, is_of_the_text, &mut text);
    }
    // Styles that cite in notes write sources out there.
    let mut cited_text = String::new();
    chapter.notes.iter().for_each(|note| take(&note.body, |_| true, &mut cited_text));
    let cited: HashSet<&str> = cited_text.split(' ').collect();
    let is_said = |word: &str| shared.contains(word) || cited.contains(word);
    let (essay_text, chapter_text) = differing(&essay.text, &text);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in chapter_text.split(' ') {
        *counts.entry(word).or_default() += 1;
    }
    let mut restated_text = String::new();
    for words in &chapter.restated {
        push_words(words, &mut restated_text);
        end_word(&mut restated_text);
    }
    // Questions stand in the appendix, as they were.
    let mut superseded_text = questions.to_owned();
    for words in &chapter.superseded {
        push_words(words, &mut superseded_text);
        end_word(&mut superseded_text);
    }
    let mut superseded: HashMap<&str, usize> = HashMap::new();
    for word in superseded_text.split(' ') {
        *superseded.entry(word).or_default() += 1;
    }
    let mut gave_way: HashMap<&str, usize> = HashMap::new();
    for word in restated_text.split(' ') {
        *gave_way.entry(word).or_default() += 1;
    }
    let take = |counts: &mut HashMap<&str, usize>, word: &str| match counts.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut comparison = Comparison::default();
    for word in essay_text.split(' ').filter(|word| !word.is_empty()) {
        if take(&mut counts, word) {
            continue;
        }
        if take(&mut gave_way, word) {
            comparison.restated += 1;
        } else if take(&mut superseded, word) {
            comparison.restated += 1;
            continue;
        } else if is_said(word) {
            continue;
        } else {
            comparison.lost.push(word.to_owned());
            continue;
        }
        if !is_said(word) {
            comparison.rephrased.push(word.to_owned());
        }
    }
    for word in essay.references.split(' ').filter(|word| !word.is_empty() && !is_said(word)) {
        if !take(&mut counts, word) {
            comparison.rephrased.push(word.to_owned());
        }
    }
    comparison
}

/// Two texts without the words that both start with and both end with. Most chapters have the words
/// of their essays and no others, and need no counting.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let start = one.as_bytes()[..same].iter().rposition(|&byte| byte == b' ').map_or(0, |space| space + 1);
    let (one, other) = (&one[start..], &other[start..]);
    let same = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = &one.as_bytes()[one.len() - same..];
    let kept = tail.iter().position(|&byte| byte == b' ').map_or(0, |space| same - space);
    (&one[..one.len() - kept], &other[..other.len() - kept])
}

/// Whether a reference's own text goes into the book as it is.
fn keeps_its_words(reference: &Reference) -> bool {
    matches!(reference.target, Target::Address(_) | Target::Wikilink { .. } | Target::Embed { .. })
}

/// Whether a link's text is the author's, not the style's.
fn is_of_the_text(link: &Link) -> bool {
    !matches!(link, Link::Note { .. } | Link::Source { .. })
}

/// Appends the words of blocks, each followed by a space.
fn take<P: Phase>(blocks: &[Block<P>], keeps: impl Fn(&P::Link) -> bool + Copy, text: &mut String) {
    visit_runs(blocks, &mut |run| take_run(run, keeps, text));
}

fn take_run<P: Phase>(run: Run<'_, P>, keeps: impl Fn(&P::Link) -> bool + Copy, text: &mut String) {
    match run {
        Run::Inlines(content) => take_inlines(content, keeps, text),
        Run::Verbatim(part) => push_words(part, text),
    }
    end_word(text);
}

fn take_inlines<P: Phase>(content: &[Inline<P>], keeps: impl Fn(&P::Link) -> bool + Copy, text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Math(part) => push_words(part, text),
            Inline::Image { alt, .. } => push_words(alt, text),
            Inline::LineBreak => end_word(text),
            Inline::Link { to, .. } if !keeps(to) => end_word(text),
            outer => take_inlines(outer.content(), keeps, text),
        }
    }
}

/// Appends letters and digits in lower case, and one space for whatever parts them.
fn push_words(part: &str, text: &mut String) {
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let ascii = ascii_letters(rest, 0);
        if ascii > 0 {
            let start = text.len();
            text.push_str(&rest[..ascii]);
            text[start..].make_ascii_lowercase();
            rest = &rest[ascii..];
            continue;
        }
        if is_of_word(first) {
            text.extend(first.to_lowercase());
        } else {
            end_word(text);
        }
        rest = &rest[first.len_utf8()..];
    }
}

fn end_word(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}
