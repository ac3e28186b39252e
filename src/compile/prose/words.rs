//! The characters of a note: what belongs to a word, and what a mark is.

use super::tokens::Kind;

/// A host is not longer, in bytes.
const LONGEST_HOST: usize = 60;

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Endings of the hosts that sites are named by.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "io", "info", "eu", "uk", "de", "fr", "es", "it", "nl", "at", "ch",
    "pl", "ru", "br", "pt", "se", "no", "dk", "fi", "cz", "us", "ca", "au", "nz", "jp", "in", "tv", "blog",
    "news",
];

/// `Netzpolitik.org`: a site that is named by its host.
pub(super) fn is_site(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| name.len() > 1 && ENDINGS.contains(&ending))
}

/// How far a host goes at `at`, if one is there: it has a stop, and nothing of an address after it.
pub(super) fn site_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = rest
        .bytes()
        .take(LONGEST_HOST)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let host = rest.get(..length)?.trim_end_matches(['.', '-']);
    let follower = rest.get(host.len()..)?.chars().next();
    let ends = follower
        .is_none_or(|c| c.is_whitespace() || matches!(c, ':' | ',' | '.' | ';' | ')' | ']' | '”' | '"'));
    let starts = host.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts && ends && is_site(host) && !host.contains("..")).then_some(at + host.len())
}

/// Small raised digits number notes and editions.
pub(super) fn is_digit(c: char) -> bool {
    c.is_numeric() && !matches!(c, '¹' | '²' | '³' | '⁴'..='⁹')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// The end of the word or number at `at`. Apostrophes and hyphens between letters are part of a word.
pub(super) fn word(text: &str, at: usize) -> (usize, Kind) {
    let rest = text.get(at..).unwrap_or_default();
    let mut characters = rest.char_indices().peekable();
    let mut end = 0;
    let mut last: Option<char> = None;
    let mut has_letters = false;
    let starts_with_digit = rest.starts_with(is_digit);
    while let Some((offset, c)) = characters.next() {
        let next = characters.peek().map(|(_, c)| *c);
        let joins = match c {
            _ if is_letter(c) => {
                let breaks = last.is_some_and(|last| last.is_numeric() && is_ideograph(c));
                has_letters |= !breaks;
                !breaks
            }
            _ if is_digit(c) => !last.is_some_and(is_ideograph),
            '\'' | '’' | 'ʼ' | '·' => last.is_some_and(is_letter) && next.is_some_and(is_letter),
            '-' | '‐' | '‑' => {
                last.is_some_and(is_letter)
                    && next.is_some_and(|next| {
                        is_letter(next)
                            || (next.is_numeric() && last.is_some_and(char::is_uppercase) && end > 1)
                    })
            }
            _ => false,
        };
        if !joins {
            break;
        }
        last = Some(c);
        end = offset + c.len_utf8();
    }
    let kind = match (starts_with_digit, has_letters) {
        (true, false) => Kind::Number,
        (true, true) => Kind::Mixed,
        (false, _) => Kind::Word,
    };
    (at + end.max(rest.chars().next().map_or(1, char::len_utf8)), kind)
}

pub(super) fn letters(word: &str) -> u8 {
    let count = if word.is_ascii() { word.len() } else { word.chars().count() };
    u8::try_from(count).unwrap_or(u8::MAX)
}

pub(super) fn fold(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.push_str(word);
        let start = folded.len() - word.len();
        if let Some(word) = folded.get_mut(start..) {
            word.make_ascii_lowercase();
        }
    } else {
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
}

/// East Asian and typographic forms of marks, as one.
pub(super) fn plain_mark(c: char) -> char {
    match c {
        '、' | '，' | '،' => ',',
        '。' | '．' => '.',
        '：' => ':',
        '；' | '؛' => ';',
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        '−' | '‐' | '‑' => '-',
        '—' | '―' | '⸺' | '⸻' => '—',
        '″' => '"',
        '´' | '`' => '\'',
        _ => c,
    }
}
