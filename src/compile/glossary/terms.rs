//! Finding terms in running text: one automaton for the whole glossary, one pass over the text.
//!
//! Text and spellings are compared in lower case, whatever their apostrophes, hyphens and spaces.
//! A spelling counts where whole words stand, as far as the script has words; of those that overlap, the one
//! that starts first counts, then the longest.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::char::is_combining_mark;

use super::cross_references::elsewhere;
use super::spellings::{is_acronym, key};
use super::{TermDraft, stop_words};

/// Longer spellings are not looked for, so that no text has more matches than it has letters, times this.
const LONGEST_SPELLING: usize = 120;
/// How many terms may send the reader on to the next one.
const MOST_STEPS: usize = 8;
/// How far a Web address is looked for around a match.
const ADDRESS_REACH: usize = 200;

/// A way of writing a term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spelling {
    term: usize,
    /// Acronyms count only as they are written: `IT` is no `it`.
    exact: Option<String>,
}

/// Finds the glossary's terms in text.
#[derive(Debug, Default)]
pub(in super::super) struct TermFinder {
    automaton: Option<AhoCorasick>,
    /// By pattern of the automaton.
    spellings: Vec<Vec<Spelling>>,
    /// Terms by the keys of their names.
    names: BTreeMap<String, usize>,
    /// By chapter and term: the term that is meant there.
    local: BTreeMap<(usize, usize), usize>,
}

/// A term at a place of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TermMatch {
    pub(in super::super) term: usize,
    pub(in super::super) range: std::ops::Range<usize>,
}

impl TermFinder {
    pub(in super::super) fn new(
        terms: &[TermDraft],
        local: BTreeMap<(usize, usize), usize>,
        language: &str,
    ) -> Self {
        let leads_to: Vec<usize> = (0..terms.len()).map(|at| destination(terms, at)).collect();
        let mut patterns: BTreeMap<String, BTreeSet<Spelling>> = BTreeMap::new();
        let mut names = BTreeMap::new();
        let is_short = |text: &str| text.chars().count() <= LONGEST_SPELLING;
        for (term, draft) in terms.iter().enumerate() {
            let Some(&term) = leads_to.get(term) else { continue };
            let linkable = |text: &&String| is_short(text) && stop_words::is_linkable(text, language);
            for text in draft.spellings.iter().filter(linkable) {
                names.entry(key(text)).or_insert(term);
                let plain = Folded::of(text, false).text;
                let acronyms =
                    if is_acronym(text) { vec![plain.clone(), format!("{plain}s")] } else { Vec::new() };
                for exact in &acronyms {
                    let spelling = Spelling { term, exact: Some(exact.clone()) };
                    patterns.entry(Folded::of(exact, true).text).or_default().insert(spelling);
                }
                if acronyms.is_empty() {
                    patterns
                        .entry(Folded::of(text, true).text)
                        .or_default()
                        .insert(Spelling { term, exact: None });
                }
            }
        }
        // Another term's name goes before a form that a rule made.
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        for (term, draft) in terms.iter().enumerate() {
            let Some(&term) = leads_to.get(term) else { continue };
            let linkable = |text: &&String| is_short(text) && stop_words::is_linkable(text, language);
            for form in draft.forms.iter().filter(linkable) {
                let form = Folded::of(form, true).text;
                let is_name = patterns.get(&form).is_some_and(|it| it.iter().any(|it| it.exact.is_none()));
                if !is_name {
                    forms.entry(form).or_insert(term);
                }
            }
        }
        for (form, term) in forms {
            patterns.entry(form).or_default().insert(Spelling { term, exact: None });
        }
        patterns.retain(|pattern, _| !pattern.is_empty());
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns.keys());
        let automaton = automaton.ok().filter(|_| !patterns.is_empty());
        let spellings = patterns.into_values().map(|spellings| spellings.into_iter().collect()).collect();
        TermFinder { automaton, spellings, names, local }
    }

    /// What a chapter means by a term, where the editor tells two meanings apart.
    pub(in super::super) fn meant_in(&self, chapter: usize, term: usize) -> usize {
        self.local.get(&(chapter, term)).copied().unwrap_or(term)
    }

    /// The term of this name.
    pub(in super::super) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(&key(name)).copied()
    }

    /// The terms in a text from left to right; of those that overlap, the longest of the leftmost.
    pub(in super::super) fn find(&self, text: &str) -> Vec<TermMatch> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = Folded::of(text, true);
        let has_addresses = text.contains("://") || text.contains("www.") || text.contains('@');
        let mut matches: Vec<TermMatch> = Vec::new();
        for found in automaton.find_overlapping_iter(&folded.text) {
            if !is_whole(&folded.text, found.start(), found.end()) {
                continue;
            }
            let range = folded.place(found.start())..folded.place(found.end());
            let (Some(spellings), Some(written)) =
                (self.spellings.get(found.pattern().as_usize()), text.get(range.clone()))
            else {
                continue;
            };
            let plain = Folded::of(written, false).text;
            let exact = spellings.iter().find(|spelling| spelling.exact.as_ref() == Some(&plain));
            let Some(spelling) = exact.or_else(|| spellings.iter().find(|spelling| spelling.exact.is_none()))
            else {
                continue;
            };
            // What several terms are called means none of them for sure.
            let rivals = spellings.iter().filter(|other| other.exact == spelling.exact);
            if rivals.count() == 1 && !(has_addresses && is_in_address(text, &range)) {
                matches.push(TermMatch { term: spelling.term, range });
            }
        }
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

/// Where a link to a term leads: not to an entry that only sends the reader on.
fn destination(terms: &[TermDraft], at: usize) -> usize {
    let step = |at: &usize| terms.get(*at).and_then(elsewhere);
    let last = std::iter::successors(Some(at), step).take(MOST_STEPS).last();
    // A circle leads nowhere else.
    last.filter(|last| terms.get(*last).is_some_and(|term| elsewhere(term).is_none())).unwrap_or(at)
}

/// Text as it is compared, and where each of its bytes comes from.
struct Folded {
    text: String,
    /// None where every byte is at its place.
    places: Option<Vec<u32>>,
}

impl Folded {
    fn of(written: &str, in_lower_case: bool) -> Self {
        if written.is_ascii() {
            let text = if in_lower_case {
                let mut text = written.replace(['\n', '\t', '-'], " ");
                text.make_ascii_lowercase();
                text
            } else {
                written.replace(['\n', '\t'], " ")
            };
            return Folded { text, places: None };
        }
        let mut text = String::with_capacity(written.len());
        let mut places = Vec::with_capacity(written.len() + 1);
        for (at, c) in written.char_indices() {
            let c = match c {
                // Soft hyphens and joints without width are not letters.
                '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => continue,
                '’' | 'ʼ' | '‘' => '\'',
                // `open-source software` is software that is open source.
                '-' | '‐' | '‑' if in_lower_case => ' ',
                '‐' | '‑' => '-',
                _ if c.is_whitespace() => ' ',
                _ => c,
            };
            if in_lower_case {
                text.extend(c.to_lowercase());
            } else {
                text.push(c);
            }
            places.resize(text.len(), at as u32);
        }
        places.push(written.len() as u32);
        Folded { text, places: Some(places) }
    }

    fn place(&self, at: usize) -> usize {
        match &self.places {
            Some(places) => places.get(at).map_or(0, |place| *place as usize),
            None => at,
        }
    }
}

/// Whether a match starts and ends where words do.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(within), Some(after)) =
        (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return false;
    };
    let starts = match (before.chars().next_back(), within.chars().next()) {
        (Some(before), Some(first)) => !are_one_word(before, first),
        _ => true,
    };
    let ends = match (within.chars().next_back(), after.chars().next()) {
        // Korean puts its particles right behind the word.
        (Some(last), Some(_)) if is_hangul(last) => true,
        (Some(last), Some(after)) => !are_one_word(last, after),
        _ => true,
    };
    starts && ends
}

/// Whether no word ends between two characters.
fn are_one_word(one: char, other: char) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || is_combining_mark(c);
    if is_combining_mark(other) {
        return true;
    }
    if is_katakana(one) && is_katakana(other) {
        return true;
    }
    is_part(one) && is_part(other) && !is_unspaced(one) && !is_unspaced(other)
}

/// Whether the script of a letter sets no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF | 0x20000..=0x3FFFF
    )
}

fn is_katakana(c: char) -> bool {
    matches!(u32::from(c), 0x30A1..=0x30FA | 0x30FC)
}

fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0xAC00..=0xD7A3)
}

/// Whether a match is part of a Web or mail address that stands in the text.
fn is_in_address(text: &str, range: &std::ops::Range<usize>) -> bool {
    let mut start = range.start.saturating_sub(ADDRESS_REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + ADDRESS_REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(start..range.start).unwrap_or_default();
    let before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text.get(range.end..end).unwrap_or_default();
    let after = after.split(char::is_whitespace).next().unwrap_or_default();
    let is_mail = before.ends_with('@') || after.starts_with('@') || before.contains('@');
    before.contains("://") || before.contains("www.") || after.starts_with("://") || is_mail
}
