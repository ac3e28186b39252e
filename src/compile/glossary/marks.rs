//! Terms that an essay defines outside a glossary: in its metadata, and by marks in its text.
//!
//! What the text says stays where it is; the glossary repeats it.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Place;
use crate::document::{Block, Inline, MarkedTerm, Parsed, Run, plain_text, visit_runs};

use super::super::order::Essay;
use super::file;
use super::spellings::{Name, tidy};
use super::written::{TermPlace, WrittenTerm};

/// Longer sentences are no definitions.
const LONGEST_SENTENCE: usize = 1_000;

/// The terms of one essay.
pub(super) fn collect(chapter: usize, essay: &mut Essay) -> Vec<WrittenTerm> {
    let listed = std::mem::take(&mut essay.document.metadata.terms);
    let marked = std::mem::take(&mut essay.document.metadata.marked_terms);
    let mut terms = Vec::new();
    for term in listed {
        let file = essay.manuscript.file.clone();
        let place = TermPlace::Known(Place::column(&file, term.line, term.column));
        let term = file::of_list(term, file, place);
        terms.push(WrittenTerm { chapters: vec![chapter], home: Some(chapter), ..term });
    }
    let mut sentences = sentences(&marked, &essay.document.body);
    let mut seen: HashSet<MarkedTerm> = HashSet::new();
    for mark in marked {
        if seen.contains(&mark) {
            continue;
        }
        let place = TermPlace::Within { chapter };
        let (name, definition) = match &mark {
            MarkedTerm::Abbreviation { short, long } => (format!("{long} ({short})"), Vec::new()),
            // Without a sentence around it, the mark defines nothing.
            MarkedTerm::Defined(name) => match sentences.remove(name) {
                Some(definition) => (name.clone(), definition),
                None => continue,
            },
        };
        let term = WrittenTerm::of_essay(Name::read(&name), chapter, essay, place);
        terms.push(WrittenTerm { definition, ..term });
        seen.insert(mark);
    }
    terms
}

/// What is said of each marked term: the sentence around the mark, or the description beside it.
fn sentences(marked: &[MarkedTerm], body: &[Block<Parsed>]) -> HashMap<String, Vec<Block<Parsed>>> {
    let mut wanted: HashMap<String, Option<Vec<Block<Parsed>>>> = HashMap::new();
    for mark in marked {
        if let MarkedTerm::Defined(name) = mark {
            wanted.insert(name.clone(), None);
        }
    }
    if wanted.is_empty() {
        return HashMap::new();
    }
    find_described(body, &mut wanted);
    visit_runs(body, &mut |run| {
        if let Run::Inlines(content) = run {
            find_marked(content, content, &mut wanted);
        }
    });
    wanted.into_iter().filter_map(|(name, definition)| Some((name, definition?))).collect()
}

/// Terms of definition lists are marked where their descriptions define them.
fn find_described(body: &[Block<Parsed>], wanted: &mut HashMap<String, Option<Vec<Block<Parsed>>>>) {
    for block in body {
        match block {
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    let name = tidy(&plain_text(&definition.term));
                    if let Some(found @ None) = wanted.get_mut(&name) {
                        *found = Some(definition.descriptions.iter().flatten().cloned().collect());
                    }
                }
            }
            Block::Quote(content) | Block::Callout { body: content, .. } => find_described(content, wanted),
            _ => {}
        }
    }
}

fn find_marked(
    run: &[Inline<Parsed>],
    content: &[Inline<Parsed>],
    wanted: &mut HashMap<String, Option<Vec<Block<Parsed>>>>,
) {
    for inline in content {
        if let Inline::Emphasis(marked) | Inline::Foreign { content: marked, .. } = inline {
            let name = tidy(&plain_text(marked));
            if let Some(found @ None) = wanted.get_mut(&name) {
                // The paragraph's end is a definition, too; the term alone is none.
                *found = sentence_around(&plain_text(run), &name)
                    .map(|sentence| vec![Block::Paragraph(vec![Inline::Text(sentence)])]);
            }
        }
        find_marked(run, inline.content(), wanted);
    }
}

/// The sentence of a text that holds a name and says something of it.
fn sentence_around(text: &str, name: &str) -> Option<String> {
    let at = text.find(name)?;
    let end_of = |part: &str| {
        let ends = part.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
        let after = ends.map(|(at, c)| at + c.len_utf8()).find(|end| {
            let rest = part.get(*end..).unwrap_or_default();
            rest.is_empty()
                || rest.starts_with(char::is_whitespace)
                || !part[..*end].ends_with(['.', '!', '?'])
        });
        after.unwrap_or(part.len())
    };
    let mut start = 0;
    while let Some(before) = text.get(start..at) {
        let end = end_of(before);
        if end >= before.len() && !before.ends_with(['.', '!', '?', '。', '！', '？']) || before.is_empty()
        {
            break;
        }
        start += end;
    }
    let end = at + name.len() + end_of(text.get(at + name.len()..)?);
    let sentence = tidy(text.get(start..end)?);
    let says_more = sentence.split(' ').count() > name.split(' ').count() + 1 || !sentence.is_ascii();
    (says_more && sentence != name && sentence.len() <= LONGEST_SENTENCE).then_some(sentence)
}
