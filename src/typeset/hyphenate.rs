//! Where words may be divided.

use std::collections::BTreeMap;

use hypher::Lang;

/// Shortest word worth dividing, in letters.
const SHORTEST: usize = 6;
/// Shortest part of a compound (`self-determination`) worth dividing, which could also be parted at its own hyphen.
const SHORTEST_PART: usize = 10;

/// Words that are divided as the editor says, whatever the language's patterns have: in lower case, with the
/// number of letters before each hyphen.
#[derive(Debug, Clone, Default)]
pub struct Exceptions(BTreeMap<String, Vec<usize>>);

impl Exceptions {
    /// From words such as `data-base`; one without a hyphen is never divided.
    pub fn new(words: &[String]) -> Self {
        let entry = |word: &String| {
            let word = word.to_lowercase();
            let parts: Vec<&str> = word.split('-').collect();
            let mut letters = 0;
            let points = parts[..parts.len() - 1].iter().map(|part| {
                letters += part.chars().count();
                letters
            });
            let points: Vec<usize> = points.filter(|&letters| letters > 0).collect();
            (parts.concat(), points)
        };
        Exceptions(words.iter().map(entry).collect())
    }

    fn points(&self, word: &str) -> Option<&[usize]> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&word.to_lowercase()).map(Vec::as_slice)
    }
}

/// Byte positions in `text` where a hyphen may be put, in ascending order. Only lower-case words (the first
/// letter aside) are divided: not acronyms.
pub fn hyphenation_points(text: &str, language: [u8; 2], exceptions: &Exceptions) -> Vec<usize> {
    let language = Lang::from_iso(language);
    let ends = text
        .char_indices()
        .filter(|(_, character)| !character.is_alphabetic())
        .map(|(byte, character)| (byte, byte + character.len_utf8()))
        .chain([(text.len(), text.len())]);
    let shortest = if text.contains(['-', '\u{2010}']) { SHORTEST_PART } else { SHORTEST };
    let mut start = 0;
    let mut points = Vec::new();
    for (end, next) in ends {
        let word = &text[start..end];
        if let Some(letters) = exceptions.points(word) {
            let bytes = |&letters: &usize| word.char_indices().nth(letters).map(|(byte, _)| start + byte);
            points.extend(letters.iter().filter_map(bytes));
        } else if let Some(language) = language
            && word.chars().count() >= shortest
            && !word.chars().skip(1).any(char::is_uppercase)
        {
            divide(word, start, language, &mut points);
        }
        start = next;
    }
    points
}

fn divide(word: &str, offset: usize, language: Lang, points: &mut Vec<usize>) {
    let mut byte = offset;
    let syllables: Vec<&str> = hypher::hyphenate(word, language).collect();
    for syllable in &syllables[..syllables.len().saturating_sub(1)] {
        byte += syllable.len();
        points.push(byte);
    }
}

/// The two-letter code of a BCP 47 language.
pub fn language_code(language: &str) -> Option<[u8; 2]> {
    let primary = language.split(['-', '_']).next()?;
    <[u8; 2]>::try_from(primary.to_ascii_lowercase().as_bytes()).ok()
}
