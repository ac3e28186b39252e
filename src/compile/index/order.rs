//! The order of entries, and the letters that they stand under.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

use super::entries::{Entries, EntryId};

/// Stands over entries that begin with a number or a sign.
const NUMBERS: &str = "0–9";
/// Stands over entries in Chinese characters, which have no letters.
const IDEOGRAPHS: &str = "漢字";

/// A language's alphabet.
pub(super) struct Alphabet {
    collator: Option<CollatorBorrowed<'static>>,
    /// Tells letters apart, but no accents.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Alphabet {
    pub(super) fn of(language: &str) -> Self {
        let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = strength;
            Collator::try_new(CollatorPreferences::from(&locale), options).ok()
        };
        Alphabet { collator: collator(None), letters: collator(Some(Strength::Primary)) }
    }

    fn compare(&self, one: &str, other: &str) -> Ordering {
        let order = self.collator.as_ref().map_or(Ordering::Equal, |it| it.compare(one, other));
        order.then_with(|| one.cmp(other))
    }

    /// All entries that are printed, each followed by those below it.
    pub(super) fn sort(&self, entries: &Entries) -> Vec<EntryId> {
        let mut children: Vec<Vec<(String, EntryId)>> = vec![Vec::new(); entries.count()];
        let mut top = Vec::new();
        for id in entries.printed() {
            let keyed = (sortable(&entries.sort_key(id)), id);
            let parent = entries.get(id).and_then(|draft| draft.parent);
            match parent.and_then(|parent| children.get_mut(parent.0)) {
                Some(siblings) => siblings.push(keyed),
                None => top.push(keyed),
            }
        }
        let sort = |list: &mut Vec<(String, EntryId)>| {
            list.sort_by(|(one, a), (other, b)| {
                let groups = self.group(one).cmp(&self.group(other));
                groups
                    .then_with(|| self.compare(one, other))
                    .then_with(|| entries.text(*a).cmp(&entries.text(*b)))
            });
        };
        sort(&mut top);
        children.iter_mut().for_each(sort);
        let mut order = Vec::with_capacity(entries.count());
        let mut rest: Vec<EntryId> = top.into_iter().rev().map(|(_, id)| id).collect();
        while let Some(id) = rest.pop() {
            order.push(id);
            let below = children.get_mut(id.0).map(std::mem::take).unwrap_or_default();
            rest.extend(below.into_iter().rev().map(|(_, id)| id));
        }
        order
    }

    /// Numbers and signs stand before letters.
    fn group(&self, key: &str) -> bool {
        key.chars().next().is_some_and(char::is_alphabetic)
    }

    /// What an entry stands under: `É` under E where the language takes it for an E.
    pub(super) fn letter(&self, key: &str) -> String {
        let key = sortable(key);
        let Some(first) = key.chars().next().filter(|first| first.is_alphabetic()) else {
            return NUMBERS.to_owned();
        };
        if is_ideograph(first) {
            return IDEOGRAPHS.to_owned();
        }
        let base = first.nfd().next().unwrap_or(first);
        let is_same = |letters: &CollatorBorrowed<'static>| {
            letters.compare(&first.to_string(), &base.to_string()) == Ordering::Equal
        };
        let letter = if self.letters.as_ref().is_some_and(is_same) { base } else { first };
        let upper: String = letter.to_uppercase().collect();
        // `ß` and its like are two letters in capitals.
        if upper.chars().count() == 1 { upper } else { letter.to_string() }
    }
}

/// What counts for the order: from the first letter or number on.
fn sortable(key: &str) -> String {
    let trimmed = key.trim_start_matches(|c: char| !c.is_alphanumeric());
    if trimmed.is_empty() { key.to_owned() } else { trimmed.to_owned() }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    #[test]
    fn letters_are_those_of_the_language() {
        assert_eq!(Alphabet::of("fr").letter("école"), "E");
        assert_eq!(Alphabet::of("de").letter("Ärger"), "A");
        assert_eq!(Alphabet::of("sv").letter("ål"), "Å");
        assert_eq!(Alphabet::of("en").letter("“quoted”"), "Q");
        assert_eq!(Alphabet::of("en").letter("3D"), "0–9");
        assert_eq!(Alphabet::of("en").letter("Ωμέγα"), "Ω");
        assert_eq!(Alphabet::of("he").letter("ספר"), "ס");
        assert_eq!(Alphabet::of("ja").letter("漢"), "漢字");
    }
}
