//! Where words may be divided.

use hypher::Lang;

/// Shortest word worth dividing, in letters.
const SHORTEST: usize = 6;

/// Byte positions in `text` where a hyphen may be put. Only lower-case words (the first letter aside)
/// are divided: not acronyms, not code, not addresses.
pub fn hyphenation_points(text: &str, language: [u8; 2]) -> impl Iterator<Item = usize> {
    let language = Lang::from_iso(language);
    let letters = text
        .char_indices()
        .filter(|(_, character)| !character.is_alphabetic())
        .map(|(byte, character)| (byte, byte + character.len_utf8()))
        .chain([(text.len(), text.len())]);
    let mut start = 0;
    let mut points = Vec::new();
    for (end, next) in letters {
        if let (Some(language), Some(word)) = (language, text.get(start..end)) {
            divide(word, start, language, &mut points);
        }
        start = next;
    }
    points.into_iter()
}

fn divide(word: &str, offset: usize, language: Lang, points: &mut Vec<usize>) {
    let divisible = word.chars().count() >= SHORTEST && !word.chars().skip(1).any(char::is_uppercase);
    if !divisible {
        return;
    }
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
