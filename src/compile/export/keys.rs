//! Keys for sources that have none.

use std::collections::HashSet;

use crate::source::Record;

use super::super::names::slug;

/// Words at the start of a title that tell nothing.
const SMALL_WORDS: [&str; 20] = [
    "a", "an", "as", "at", "das", "de", "der", "die", "el", "for", "from", "how", "in", "la", "le", "of",
    "on", "the", "to", "what",
];

/// Author, year and a word of the title: `lovelace-1843-notes`.
pub(in super::super) fn key(record: &Record) -> String {
    let creator = record.creators().first().map(|name| slug(&name.family)).unwrap_or_default();
    let creator = creator.split('-').next_back().unwrap_or_default().to_owned();
    let title = slug(&record.plain("title"));
    let word = title.split('-').find(|word| !word.is_empty() && !SMALL_WORDS.contains(word));
    let year = record.year().map(|year| year.to_string()).unwrap_or_default();
    let parts = [creator.as_str(), &year, word.unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "source".to_owned() } else { parts.join("-") }
}

/// Hands out keys, each once.
#[derive(Debug, Default)]
pub(in super::super) struct Keys(HashSet<String>);

impl Keys {
    /// The key, with a letter behind it where another source has it.
    pub(in super::super) fn take(&mut self, wanted: &str) -> String {
        let mut key = wanted.to_owned();
        let mut count = 0usize;
        while !self.0.insert(key.clone()) {
            count += 1;
            key = format!("{wanted}{}", letters(count));
        }
        key
    }
}

/// `b`, `c`, … `z`, `aa`, `ab`, …: the first source of a name has no letter, and stands for `a`.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            break;
        }
        number -= 1;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}
