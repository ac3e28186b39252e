//! Finding terms in running text: one automaton for the whole glossary, one pass over the text.

use aho_corasick::{AhoCorasick, MatchKind};

use super::{TermDraft, is_acronym};

/// A way of writing a term.
#[derive(Debug)]
struct Spelling {
    term: usize,
    text: String,
    /// Acronyms count only as they are written: `IT` is no `it`.
    exact: bool,
}

/// Finds the glossary's terms in text.
#[derive(Debug, Default)]
pub(in super::super) struct TermFinder {
    automaton: Option<AhoCorasick>,
    spellings: Vec<Spelling>,
}

/// A term at a place of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TermMatch {
    pub(in super::super) term: usize,
    pub(in super::super) range: std::ops::Range<usize>,
}

impl TermFinder {
    pub(in super::super) fn new(terms: &[TermDraft]) -> Self {
        let mut spellings = Vec::new();
        for (term, draft) in terms.iter().enumerate() {
            for text in draft.spellings.iter().filter(|text| text.chars().count() >= 2) {
                let exact = is_acronym(text);
                spellings.push(Spelling { term, text: text.clone(), exact });
                // The automaton ignores the case of ASCII letters only.
                if !exact && !text.is_ascii() {
                    spellings.push(Spelling { term, text: text.to_lowercase(), exact });
                    spellings.push(Spelling { term, text: capitalised(text), exact });
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(spellings.iter().map(|spelling| &spelling.text));
        TermFinder { automaton: automaton.ok().filter(|_| !spellings.is_empty()), spellings }
    }

    /// The terms in a text from left to right; of those that overlap, the longest of the leftmost.
    pub(in super::super) fn find(&self, text: &str) -> Vec<TermMatch> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut matches: Vec<TermMatch> = automaton
            .find_overlapping_iter(text)
            .filter_map(|found| {
                let spelling = self.spellings.get(found.pattern().as_usize())?;
                let start = found.start();
                let end = word_end(text, found.end())?;
                let before = text[..start].chars().next_back();
                let whole = !before.is_some_and(is_word_part) && text.is_char_boundary(start);
                let written = text.get(start..found.end())?;
                (whole && (!spelling.exact || written == spelling.text))
                    .then_some(TermMatch { term: spelling.term, range: start..end })
            })
            .collect();
        matches.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end), found.term));
        let mut end = 0;
        matches.retain(|found| {
            let free = found.range.start >= end;
            if free {
                end = found.range.end;
            }
            free
        });
        matches
    }
}

/// The end of the word that a term ends with: the term's own, or after a plural `s`.
fn word_end(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    if !rest.starts_with(is_word_part) {
        return Some(end);
    }
    let after = rest.strip_prefix('s')?;
    (!after.starts_with(is_word_part)).then_some(end + 1)
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn capitalised(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut chars = lower.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
