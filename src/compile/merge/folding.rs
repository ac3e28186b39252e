//! Names and titles without what people spell as they like.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::numerals::value_of_roman;

/// Words that titles have or lack without meaning anything by it.
const ARTICLES: [&str; 26] = [
    "a", "an", "and", "das", "dem", "den", "der", "des", "die", "ein", "eine", "el", "et", "gli", "il", "l",
    "la", "las", "le", "les", "lo", "los", "the", "und", "une", "y",
];
/// What stands before a family name and is left out or put behind as people like.
const PARTICLES: [&str; 28] = [
    "al", "auf", "af", "av", "ben", "bin", "d", "da", "dal", "das", "de", "dei", "del", "della", "den",
    "der", "di", "do", "dos", "du", "el", "la", "le", "ten", "ter", "van", "von", "zu",
];
/// Words that acronyms pass over.
const PASSED_OVER: [&str; 12] = ["a", "and", "de", "der", "des", "du", "et", "for", "la", "of", "on", "the"];
/// Longest title that is compared; what is longer is not one.
const LONGEST_TITLE: usize = 400;

/// Lower case, without marks and apostrophes; all else that is neither letter nor digit is one space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.bytes().for_each(|byte| push(&mut folded, char::from(byte)));
    } else {
        text.nfkd().for_each(|c| push(&mut folded, c));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

fn push(folded: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => folded.push(c),
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        '\'' | '’' | 'ʼ' | '‘' | '`' | '\u{ad}' => {}
        '&' => {
            push(folded, ' ');
            folded.push_str("and ");
        }
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'þ' | 'Þ' => folded.push_str("th"),
        'ł' | 'Ł' => folded.push('l'),
        'ı' => folded.push('i'),
        _ if is_combining_mark(c) => {}
        _ if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// A title, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Title {
    /// The words, articles left out and numbers in digits, with single spaces.
    pub(super) text: String,
    /// How long the part before the subtitle is; all of it if there is no subtitle.
    pub(super) main: usize,
    pub(super) words: usize,
    /// A bit for each word: what bits titles do not share, words they do not share.
    pub(super) signature: u64,
}

impl Title {
    /// None if there is not a letter or digit in it.
    pub(super) fn new(written: &str) -> Option<Self> {
        let written = match written.char_indices().nth(LONGEST_TITLE) {
            Some((end, _)) => written.get(..end)?,
            None => written,
        };
        let cut = written.char_indices().zip(written.chars().skip(1)).find_map(|((at, c), next)| match c {
            ':' | '?' | '.' | ';' => (next == ' ').then_some(at),
            ' ' => matches!(next, '–' | '—' | '-')
                .then_some(at)
                .filter(|at| written.get(*at..).and_then(|rest| rest.chars().nth(2)) == Some(' ')),
            '：' => Some(at),
            _ => None,
        });
        let (main, rest) = written.split_at_checked(cut.unwrap_or(written.len()))?;
        let mut title = Title { text: String::with_capacity(written.len()), main: 0, words: 0, signature: 0 };
        title.add(&fold(main));
        title.main = title.text.len();
        title.add(&fold(rest));
        if title.main == 0 {
            title.main = title.text.len();
        }
        (!title.text.is_empty()).then_some(title)
    }

    fn add(&mut self, folded: &str) {
        let mut counts = false;
        let only_articles = folded.split(' ').all(|word| ARTICLES.contains(&word));
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            if ARTICLES.contains(&word) && !only_articles {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.words += 1;
            let start = self.text.len();
            match number(word, counts) {
                Some(number) => self.text.push_str(&number.to_string()),
                None => self.text.push_str(word),
            }
            let word_read = self.text.as_bytes().get(start..).unwrap_or_default();
            self.signature |= 1 << (hash(word_read) & 63);
            counts = matches!(
                word,
                "part" | "volume" | "vol" | "book" | "band" | "teil" | "tome" | "bd" | "parte"
            );
        }
    }

    /// The part before the subtitle.
    pub(super) fn main(&self) -> &str {
        self.text.get(..self.main).unwrap_or(&self.text)
    }

    pub(super) fn has_subtitle(&self) -> bool {
        self.main < self.text.len()
    }

    /// The words with a digit in them.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.text.split(' ').filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
    }
}

/// Fowler, Noll and Vo's, and its upper bits.
fn hash(word: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    word.iter().fold(0xcbf2_9ce4_8422_2325, step) >> 32
}

/// The value of a Roman number or an English number word. One letter is a number only after a word
/// that asks for one.
fn number(word: &str, counts: bool) -> Option<u32> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let Some(at) = WORDS.iter().position(|name| *name == word) {
        return Some(at as u32 + 1);
    }
    if (word.len() < 2 && !counts) || word.len() > 6 {
        return None;
    }
    // The other signs make words more often than numbers.
    word.bytes().all(|sign| b"ivx".contains(&sign)).then(|| value_of_roman(word)).flatten()
}

/// A person or body, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// Without particles.
    pub(super) family: String,
    pub(super) given: String,
}

impl Name {
    /// None for *et al.*, and if there is not a letter in it.
    pub(super) fn new(family: &str, given: &str) -> Option<Self> {
        let (family, given) = match family.split_once(", ") {
            Some((family, given_too)) if given.is_empty() => (family, given_too),
            _ => (family, given),
        };
        let folded = umlauts(fold(family));
        let mut family = folded.as_str();
        while let Some((first, rest)) = family.split_once(' ')
            && PARTICLES.contains(&first)
        {
            family = rest;
        }
        let is_nobody = matches!(family, "" | "others" | "et al" | "al" | "et alii" | "u a");
        (!is_nobody).then(|| Name { family: family.to_owned(), given: umlauts(fold(given)) })
    }

    /// The word by which others find the name.
    pub(super) fn last_word(&self) -> &str {
        self.family.rsplit(' ').next().unwrap_or_default()
    }

    /// Whether both may be one person: `J. K. Rowling` and `Joanne Rowling`, `García Márquez, G.` and
    /// `Márquez, Gabriel García`, `Wang Wei` and `Wei Wang`, `WHO` and `World Health Organization`.
    pub(super) fn is_like(&self, other: &Name) -> bool {
        let initials = (self.given.chars().next(), other.given.chars().next());
        let initials_agree = !matches!(initials, (Some(one), Some(other)) if one != other);
        if initials_agree && (self.family == other.family || self.ends_like(other) || other.ends_like(self)) {
            return true;
        }
        self.has_words_of(other) || self.abbreviates(other) || other.abbreviates(self)
    }

    /// Whether this family name is the end of the other.
    fn ends_like(&self, other: &Name) -> bool {
        other.family.strip_suffix(&self.family).is_some_and(|rest| rest.ends_with(' '))
            || squeezed(&self.family).eq(squeezed(&other.family))
    }

    fn has_words_of(&self, other: &Name) -> bool {
        if self.family.len() + self.given.len() != other.family.len() + other.given.len() {
            return false;
        }
        let mut one: Vec<&str> = self.family.split(' ').chain(self.given.split(' ')).collect();
        let mut two: Vec<&str> = other.family.split(' ').chain(other.given.split(' ')).collect();
        one.retain(|word| !word.is_empty());
        two.retain(|word| !word.is_empty());
        one.sort_unstable();
        two.sort_unstable();
        one.len() > 1 && one == two
    }

    fn abbreviates(&self, other: &Name) -> bool {
        self.given.is_empty()
            && other.given.is_empty()
            && self.family.len() > 2
            && !self.family.contains(' ')
            && is_acronym(&self.family, &other.family)
    }
}

/// Letters, without the spaces between words.
pub(super) fn squeezed(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().filter(|byte| *byte != b' ')
}

/// `Müller`, `Mueller` and `Muller` are one.
fn umlauts(folded: String) -> String {
    let is_pair = |pair: &[u8]| matches!(pair, b"ae" | b"oe" | b"ue" | b"aa");
    if !folded.as_bytes().windows(2).any(is_pair) {
        return folded;
    }
    folded.replace("aa", "a").replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

fn is_acronym(letters: &str, words: &str) -> bool {
    let initials =
        words.split(' ').filter(|word| !PASSED_OVER.contains(word)).filter_map(|word| word.chars().next());
    words.contains(' ') && initials.eq(letters.chars())
}

/// Whether one of two folded names may be short for the other: `j phys` for `journal of physics`,
/// `pnas` for `proceedings of the national academy of sciences`.
pub(super) fn abbreviates(one: &str, other: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(' ').filter(|word| !PASSED_OVER.contains(word))
    }
    let are_prefixes = |short: &str, long: &str| {
        let mut rest = words(long);
        words(short).all(|word| rest.any(|next| next.starts_with(word)))
    };
    one == other
        || is_acronym(one, other)
        || is_acronym(other, one)
        || are_prefixes(one, other)
        || are_prefixes(other, one)
}

/// A volume or an edition in digits, if it is a number: `2nd`, `second`, `II`, `2`.
pub(super) fn numeral(text: &str) -> String {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let folded = fold(text);
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return folded
            .get(..digits)
            .map(|digits| digits.trim_start_matches('0').to_owned())
            .unwrap_or(folded);
    }
    let word = folded.split(' ').next().unwrap_or_default();
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return (at + 1).to_string();
    }
    number(&folded, true).map_or(folded, |number| number.to_string())
}
