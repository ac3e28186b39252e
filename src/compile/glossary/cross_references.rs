//! What sends the reader from one term to another: `See X`, `See also X, Y`.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, Inline, Parsed, plain_text};

use super::super::library::nearest;
use super::super::order::Essay;
use super::super::text::plain_blocks;
use super::inflection;
use super::spellings::{self, key, split_names};
use super::written::WrittenTerm;
use super::{SeeDraft, Superseded, TermDraft};

/// How such a sentence starts, the longer ones first, and whether it says where there is more.
const LEADS: [(&str, bool); 27] = [
    ("see also", true),
    ("see under", false),
    ("see", false),
    ("compare", true),
    ("cf.", true),
    ("related terms", true),
    ("related", true),
    ("siehe auch", true),
    ("siehe", false),
    ("s. auch", true),
    ("vgl.", true),
    ("vergleiche", true),
    ("voir aussi", true),
    ("voir", false),
    ("véase también", true),
    ("véase", false),
    ("ver también", true),
    ("ver também", true),
    ("ver", false),
    ("veja também", true),
    ("veja", false),
    ("vedi anche", true),
    ("vedi", false),
    ("zie ook", true),
    ("zie", false),
    ("zob. też", true),
    ("zob.", false),
];
/// Longest name in such a sentence, in words.
const LONGEST_NAME: usize = 8;
/// Most parts, such as links, that such a sentence is made of.
const MOST_PARTS: usize = 48;
/// Longest sentence, in characters.
const LONGEST_SENTENCE: usize = 300;
/// More messages of one kind than this are counted.
const MOST_TOLD: usize = 100;

/// A sentence at a definition's end that may name other terms.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeeSentence {
    pub(super) names: Vec<String>,
    pub(super) is_also: bool,
    /// The sentence as written, should it turn out to be nothing of the kind.
    words: Vec<Inline<Parsed>>,
    /// Whether it was a paragraph of its own.
    was_paragraph: bool,
    /// Whether what stands before it got a full stop in its place.
    left_stop: bool,
}

/// Takes the sentence that the last paragraph of a definition ends with, if it is one of these.
pub(super) fn take(definition: &mut Vec<Block<Parsed>>) -> Option<SeeSentence> {
    let Some(Block::Paragraph(content)) = definition.last_mut() else { return None };
    for at in (0..content.len()).rev().take(MOST_PARTS) {
        let rest = plain_text(content.get(at..)?);
        if rest.len() > LONGEST_SENTENCE {
            return None;
        }
        // A lead is text, or marked as a whole: `**See also:** X`.
        let starts: Vec<usize> = match content.get(at)? {
            Inline::Text(text) => sentence_starts(text),
            Inline::Strong(_) | Inline::Emphasis(_) => vec![0],
            _ => continue,
        };
        for start in starts.into_iter().rev() {
            // A sentence starts within a paragraph only where another one ended.
            let begins = start > 0 || at == 0 || ends_sentence(content.get(..at)?);
            let Some((names, is_also)) = rest.get(start..).filter(|_| begins).and_then(read) else {
                continue;
            };
            let mut words = content.split_off(at);
            let mut left_stop = false;
            if start > 0
                && let Some(Inline::Text(text)) = words.first_mut()
            {
                let before = text.drain(..start).collect::<String>();
                let mut kept = before.trim_end_matches(joins).to_owned();
                // The bracket goes with what it brackets, a dash or semicolon with what it joins.
                *text = format!("{}{text}", before.get(kept.len()..).unwrap_or_default());
                if !kept.is_empty() {
                    let is_joined = before.trim_end().ends_with(joins);
                    left_stop =
                        is_joined && rest.trim_end().ends_with('.') && !kept.ends_with(['.', '!', '?', '…']);
                    if left_stop {
                        kept.push('.');
                    }
                    content.push(Inline::Text(kept));
                }
            }
            let was_paragraph = plain_text(content).trim().is_empty();
            if was_paragraph {
                definition.pop();
            }
            return Some(SeeSentence { names, is_also, words, was_paragraph, left_stop });
        }
    }
    None
}

/// Whether a sign joins a reference to the sentence before it.
fn joins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ';' | '—' | '–')
}

fn ends_sentence(before: &[Inline<Parsed>]) -> bool {
    matches!(before.last(), Some(Inline::LineBreak))
        || plain_text(before).trim_end().ends_with(['.', '!', '?', '…', ';', '(', '—', '–'])
}

/// Where sentences of a text start.
fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut is_start = true;
    for (at, c) in text.char_indices() {
        if is_start && c.is_alphabetic() {
            starts.push(at);
        }
        is_start = matches!(c, '.' | '!' | '?' | ';' | '(' | '—' | '–' | '…' | '\n')
            || is_start && c.is_whitespace();
    }
    starts
}

/// The names in `See also X, Y.`
fn read(sentence: &str) -> Option<(Vec<String>, bool)> {
    let (rest, is_also) = LEADS.iter().find_map(|(lead, is_also)| {
        let start = sentence.get(..lead.len())?;
        let rest = sentence.get(lead.len()..)?;
        let ends = rest.starts_with([' ', ':', '\u{a0}']);
        (start.to_lowercase() == *lead && ends).then_some((rest, *is_also))
    })?;
    let list = rest.trim_start_matches([':', ' ', '\u{a0}', '→']);
    let list = list.trim_end().trim_end_matches(['.', ')', ']']).trim();
    if list.is_empty() || list.contains(". ") || list.contains("://") {
        return None;
    }
    let mut names = Vec::new();
    for name in split_names(list) {
        let conjunctions = [" and ", " und ", " et ", " y ", " e ", " & ", " or "];
        match conjunctions.iter().find_map(|between| name.split_once(between)) {
            Some((one, other)) => names.extend([one.to_owned(), other.to_owned()]),
            None => names.push(name),
        }
    }
    for name in &mut names {
        let start = ["and ", "und ", "et ", "y ", "e "].iter().find_map(|word| name.strip_prefix(word));
        let bare = start
            .unwrap_or(name)
            .trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '«' | '»' | '„' | '*'));
        *name = bare.trim().to_owned();
    }
    let short = |name: &String| !name.is_empty() && name.split(' ').count() <= LONGEST_NAME;
    names.iter().all(short).then_some((names, is_also))
}

/// Says of every sentence whether it sends the reader to terms of the book; others become text again.
pub(super) fn settle(written: &mut [WrittenTerm], essays: &[Essay], language: &str) -> Vec<Superseded> {
    let known = Known::of(written, essays, language);
    let mut superseded = Vec::new();
    for term in written {
        let Some(sentence) = term.sentence.take() else { continue };
        if !sentence.names.iter().any(|name| known.has(name)) {
            // What nothing answers to stays as text; `See the appendix.` is not meant to be a term at all.
            if sentence.names.iter().all(|name| looks_like_term(name)) {
                term.see_also.extend(sentence.names.iter().cloned());
            }
            put_back(&mut term.definition, sentence);
            continue;
        }
        // The book says the same in its own words.
        superseded
            .extend(term.home.map(|chapter| Superseded { chapter, words: plain_text(&sentence.words) }));
        let names = if sentence.is_also { &mut term.see_also } else { &mut term.see };
        names.extend(sentence.names);
    }
    superseded
}

/// Whether a name that no term has may well be meant for one.
fn looks_like_term(name: &str) -> bool {
    let is_short = name.split(' ').count() <= 3;
    is_short && name.starts_with(char::is_uppercase) && !name.contains(char::is_numeric)
}

fn put_back(definition: &mut Vec<Block<Parsed>>, sentence: SeeSentence) {
    match definition.last_mut() {
        Some(Block::Paragraph(content)) if !sentence.was_paragraph => {
            if let Some(Inline::Text(text)) = content.last_mut().filter(|_| sentence.left_stop) {
                text.pop();
            }
            content.extend(sentence.words);
        }
        _ => definition.push(Block::Paragraph(sentence.words)),
    }
}

/// Every name that the book's terms have.
struct Known(HashSet<String>);

impl Known {
    fn of(written: &[WrittenTerm], essays: &[Essay], language: &str) -> Self {
        let mut keys = HashSet::new();
        for term in written {
            for spelling in term.spellings() {
                let own = term.language(essays, language);
                keys.extend(inflection::plurals(&spelling.to_lowercase(), own).iter().map(|it| key(it)));
                keys.insert(key(&spelling));
            }
        }
        Known(keys)
    }

    fn has(&self, name: &str) -> bool {
        let name = spellings::Name::read(name);
        name.parts.iter().any(|part| self.0.contains(&key(part)))
    }
}

/// Finds the terms that others send the reader to, now that there is one entry for each. Tells of names that no
/// term has, and of terms that send the reader round in a circle.
pub(super) fn resolve(
    terms: &mut [TermDraft],
    names: &HashMap<String, usize>,
    essays: &[Essay],
    diagnostics: &mut Diagnostics,
) {
    let known: BTreeSet<String> = terms.iter().map(|term| term.name.clone()).collect();
    let mut untold = 0;
    let mut told = 0;
    for (at, term) in terms.iter_mut().enumerate() {
        let place = term.place.clone();
        let (own_name, has_definition) = (term.name.clone(), !term.definitions.is_empty());
        for list in [&mut term.see, &mut term.see_also] {
            let mut seen: HashSet<String> = HashSet::new();
            for see in list.iter_mut() {
                let parts = spellings::Name::read(&see.name).parts;
                see.term = parts.iter().find_map(|part| names.get(&key(part)).copied());
            }
            // What the author meant is this entry now, or is named twice.
            list.retain(|see| {
                see.term != Some(at) && seen.insert(see.term.map_or(key(&see.name), |it| it.to_string()))
            });
            for see in list.iter().filter(|see| see.term.is_none()) {
                told += 1;
                if told > MOST_TOLD {
                    untold += 1;
                    continue;
                }
                let message =
                    format!("`{own_name}` sends the reader to `{}`, which is no term of this book", see.name);
                let help = match nearest(&see.name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "define it, or take the reference out".to_owned(),
                };
                let mut diagnostic = Diagnostic::warning("unknown-see", message).help(help);
                diagnostic.place = place.find(&own_name, essays);
                diagnostics.push(diagnostic);
            }
        }
        // The sentence that names what nobody knows is still in the definition.
        if has_definition {
            let said =
                term.definitions.iter().map(|it| plain_blocks(&it.content)).collect::<Vec<_>>().join(" ");
            term.see_also.retain(|see| see.term.is_some() || !said.contains(&see.name));
        }
    }
    if untold > 0 {
        let message = format!("{untold} more references in the glossary lead to no term");
        diagnostics.push(Diagnostic::warning("unknown-see", message));
    }
    name_entries(terms);
    tell_circles(terms, essays, diagnostics);
}

/// References bear the names of the entries that they lead to.
fn name_entries(terms: &mut [TermDraft]) {
    let names: Vec<String> = terms.iter().map(|term| term.name.clone()).collect();
    for term in terms {
        for see in term.see.iter_mut().chain(&mut term.see_also) {
            if let Some(name) = see.term.and_then(|at| names.get(at)) {
                see.name.clone_from(name);
            }
        }
        term.see.sort_by(|a, b| a.name.cmp(&b.name));
        term.see_also.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// Tells of terms that only send the reader to each other.
fn tell_circles(terms: &[TermDraft], essays: &[Essay], diagnostics: &mut Diagnostics) {
    let mut done = vec![false; terms.len()];
    for start in 0..terms.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next {
            if let Some(from) = path.iter().position(|before| *before == at) {
                let names: Vec<String> = path[from..]
                    .iter()
                    .chain([&at])
                    .filter_map(|it| terms.get(*it))
                    .map(|it| format!("`{}`", it.name))
                    .collect();
                let message = format!("{} send the reader round in a circle", names.join(" → "));
                let mut diagnostic = Diagnostic::warning("circular-see", message).help("define one of them");
                diagnostic.place = terms.get(at).and_then(|term| term.place.find(&term.name, essays));
                diagnostics.push(diagnostic);
                break;
            }
            if done.get(at).copied().unwrap_or(true) {
                break;
            }
            path.push(at);
            next = terms.get(at).and_then(elsewhere);
        }
        for at in path {
            done[at] = true;
        }
    }
}

/// Where a term without a definition sends the reader.
pub(super) fn elsewhere(term: &TermDraft) -> Option<usize> {
    let see = term.see.iter().find_map(|SeeDraft { term, .. }| *term);
    see.filter(|_| term.definitions.is_empty())
}
