//! Finding what entries are called in running text: one automaton for all of them, one pass over the text.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::entries::EntryId;

/// Longer spellings are not looked for, so that no letter of a text ends more matches than this.
const LONGEST_SPELLING: usize = 120;

/// Which capitals a spelling is found with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Any,
    /// Names and acronyms: `IT` is no `it`, `Bill` no `bill`.
    AsWritten,
}

#[derive(Debug)]
struct Spelling {
    entry: EntryId,
    text: String,
    case: Case,
}

/// Finds spellings in text.
#[derive(Debug, Default)]
pub(super) struct Finder {
    spellings: Vec<Spelling>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Finder {
    /// Adds a way to say an entry; a single letter is none.
    pub(super) fn add(&mut self, entry: EntryId, text: &str, case: Case) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "’");
        if text.chars().count() > LONGEST_SPELLING
            || text.chars().filter(|c| c.is_alphanumeric()).count() < if text.is_ascii() { 2 } else { 1 }
        {
            return;
        }
        let mut variants = vec![text.clone()];
        // The automaton ignores the case of ASCII letters only.
        if case == Case::Any && !text.is_ascii() {
            variants.extend([text.to_lowercase(), text.to_uppercase(), capitalised(&text)]);
        }
        if text.contains('’') {
            variants.push(text.replace('’', "'"));
        }
        variants.dedup();
        self.spellings.extend(variants.into_iter().map(|text| Spelling { entry, text, case }));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// What stands in a text from left to right; of what overlaps, the longest of the leftmost.
    pub(super) fn find(&self, text: &str) -> Vec<(EntryId, Range<usize>)> {
        let automaton = self.automaton.get_or_init(|| {
            let patterns = self.spellings.iter().map(|spelling| &spelling.text);
            AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).ok()
        });
        let Some(automaton) = automaton else { return Vec::new() };
        let mut matches: Vec<(EntryId, Range<usize>)> = automaton
            .find_overlapping_iter(text)
            .filter_map(|found| {
                let spelling = self.spellings.get(found.pattern().as_usize())?;
                let written = text.get(found.start()..found.end())?;
                let before = text[..found.start()].chars().next_back();
                let is_whole =
                    !before.zip(written.chars().next()).is_some_and(|(one, next)| joins(one, next));
                let end = word_end(text, found.end())?;
                let fits = is_whole && (spelling.case == Case::Any || written == spelling.text);
                fits.then_some((spelling.entry, found.start()..end))
            })
            .collect();
        matches.sort_by_key(|(entry, range)| (range.start, std::cmp::Reverse(range.end), *entry));
        let mut end = 0;
        matches.dedup();
        matches.retain(|(_, range)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        matches
    }
}

/// The end of the word that a spelling ends with: its own, or after a plural.
fn word_end(text: &str, end: usize) -> Option<usize> {
    let last = text.get(..end)?.chars().next_back()?;
    let goes_on = |end: usize| text[end..].chars().next().is_some_and(|next| joins(last, next));
    if !goes_on(end) {
        return Some(end);
    }
    let plural = ["s", "es"]
        .into_iter()
        .find(|plural| text[end..].starts_with(*plural) && !goes_on(end + plural.len()));
    plural.map(|plural| end + plural.len())
}

/// Whether two neighbours belong to one word; scripts without spaces have no words to tell.
fn joins(one: char, next: char) -> bool {
    let is_part = |c: char| (c.is_alphanumeric() || c == '_') && !is_unspaced(c);
    is_part(one) && is_part(next)
}

/// Letters of scripts that put no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{312F}'
        | '\u{31A0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn capitalised(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Every way to say a term of the glossary.
pub(super) fn spellings(name: &str) -> Vec<&str> {
    match split_acronym(name) {
        Some((long, acronym)) => vec![long, acronym],
        None => vec![name],
    }
}

/// `Artificial Intelligence (AI)` as its two halves.
pub(super) fn split_acronym(name: &str) -> Option<(&str, &str)> {
    let (long, acronym) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (long, acronym) = (long.trim(), acronym.trim());
    (!long.is_empty() && is_acronym(acronym)).then_some((long, acronym))
}

/// `AI`, `LLMs`, `GPT-4`: one word with at least two capitals.
pub(super) fn is_acronym(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && word.chars().count() <= 12
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::{Case, EntryId, Finder};

    fn found<'t>(spellings: &[(&str, Case)], text: &'t str) -> Vec<&'t str> {
        let mut finder = Finder::default();
        for (at, (spelling, case)) in spellings.iter().enumerate() {
            finder.add(EntryId(at), spelling, *case);
        }
        finder.find(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn whole_words_are_found_the_longest_first() {
        let spellings = [("learning", Case::Any), ("machine learning", Case::Any), ("IT", Case::AsWritten)];
        let text = "Machine learning is learning; unlearning it is IT.";
        assert_eq!(found(&spellings, text), ["Machine learning", "learning", "IT"]);
    }

    #[test]
    fn plurals_apostrophes_and_scripts_without_spaces_are_found() {
        assert_eq!(found(&[("index", Case::Any)], "Indexes, indexed."), ["Indexes"]);
        assert_eq!(
            found(&[("Moore's law", Case::Any)], "Moore’s law and moore's law"),
            ["Moore’s law", "moore's law"]
        );
        assert_eq!(found(&[("人工知能", Case::Any)], "これは人工知能です"), ["人工知能"]);
        assert_eq!(found(&[("éclair", Case::Any)], "Éclairs"), ["Éclairs"]);
        assert_eq!(found(&[("a", Case::Any)], "a"), Vec::<&str>::new());
    }
}
