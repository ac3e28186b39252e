//! The order of the glossary's entries, and the letters that they stand under.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::TermDraft;

/// Fewer entries than this are found without letters.
const FEWEST: usize = 16;

/// Rows of the Japanese syllabary, by their first letter.
const ROWS: [(char, &str); 10] = [
    ('あ', "ぁあぃいぅうぇえぉおゔ"),
    ('か', "かがきぎくぐけげこご"),
    ('さ', "さざしじすずせぜそぞ"),
    ('た', "ただちぢっつづてでとど"),
    ('な', "なにぬねの"),
    ('は', "はばぱひびぴふぶぷへべぺほぼぽ"),
    ('ま', "まみむめも"),
    ('や', "ゃやゅゆょよ"),
    ('ら', "らりるれろ"),
    ('わ', "ゎわゐゑをん"),
];
/// Initial consonants of Hangul syllables, as dictionaries sort them.
const CONSONANTS: [char; 19] = [
    'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];

/// Sorts entries as readers of `language` look them up, and says what each stands under.
pub(super) fn sort(terms: &mut [TermDraft], language: &str) {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let collator = |strength: Option<Strength>| {
        let mut options = CollatorOptions::default();
        options.strength = strength;
        Collator::try_new(CollatorPreferences::from(&locale), options)
    };
    let compare = match collator(None) {
        Ok(collator) => collator,
        Err(_) => return terms.sort_by(|a, b| a.name.cmp(&b.name)),
    };
    terms.sort_by(|a, b| compare.compare(&a.name, &b.name).then_with(|| a.name.cmp(&b.name)));
    let Ok(letters) = collator(Some(Strength::Primary)) else { return };
    if terms.len() < FEWEST {
        return;
    }
    for term in terms.iter_mut() {
        term.group = letter(&term.name, &letters);
    }
    let groups = terms.chunk_by(|a, b| a.group == b.group).count();
    // A letter over nearly every entry helps nobody.
    if groups * 2 > terms.len() {
        terms.iter_mut().for_each(|term| term.group.clear());
    }
}

/// What an entry stands under: `É` under E in French, but `Ä` under its own letter in Swedish; a Chinese word
/// under its first character.
fn letter(name: &str, letters: &CollatorBorrowed) -> String {
    let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return "#".to_owned() };
    if first.is_numeric() {
        return "0–9".to_owned();
    }
    if let Some(row) = kana_row(first) {
        return row.to_string();
    }
    if let Some(consonant) = consonant(first) {
        return consonant.to_string();
    }
    let own: String = first.to_uppercase().take(1).nfc().collect();
    let base: String = own.nfd().filter(|c| !is_combining_mark(*c)).collect();
    if letters.compare(&own, &base) == Ordering::Equal { base } else { own }
}

fn kana_row(c: char) -> Option<char> {
    // Katakana stand in the order of hiragana.
    let hiragana = match u32::from(c) {
        code @ 0x30A1..=0x30F4 => char::from_u32(code - 0x60)?,
        _ => c,
    };
    ROWS.iter().find(|(_, row)| row.contains(hiragana)).map(|(row, _)| *row)
}

fn consonant(c: char) -> Option<char> {
    let syllable = u32::from(c).checked_sub(0xAC00).filter(|code| *code < 11_172)?;
    CONSONANTS.get(syllable as usize / 588).copied()
}
