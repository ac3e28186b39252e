//! Which of several characters it was, where they share their garbled form.
//!
//! That happens where ISO 8859-13 and Windows-1252 met: both have the marks “ ” and „, at different bytes.

use super::character::{is_emoji, is_rare};
use super::sequence::Reading;

/// What the bytes of a sequence can stand for, the likelier first; seldom more than one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidates {
    characters: [char; 8],
    count: usize,
}

impl Candidates {
    pub fn push(&mut self, character: char) {
        if let Some(place) = self.characters.get_mut(self.count) {
            *place = character;
            self.count += 1;
        }
    }

    pub fn as_slice(&self) -> &[char] {
        self.characters.get(..self.count).unwrap_or_default()
    }
}

/// What the rest of a file tells about its language, from the letters that are beyond doubt.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    polish: usize,
    czech_or_slovak: usize,
    ukrainian: usize,
    /// Languages that have `Ä` and `ü`, and no `å`.
    central_european: usize,
}

impl Hints {
    pub fn add(&mut self, reading: &Reading) {
        match reading {
            Reading::Character('ł' | 'ś' | 'ź' | 'ż' | 'ą' | 'ę' | 'ć') => self.polish += 1,
            Reading::Character('ě' | 'ř' | 'ů' | 'ď' | 'ľ' | 'č' | 'ň' | 'ý' | 'ž') => {
                self.czech_or_slovak += 1;
            }
            Reading::Character('і' | 'ї') => self.ukrainian += 1,
            Reading::Character('ü' | 'ß' | 'õ') => self.central_european += 1,
            _ => {}
        }
    }
}

/// What stands around a sequence.
pub struct Neighbours {
    previous: Option<char>,
    next: Option<char>,
    /// Whether two capitals come before.
    follows_capitals: bool,
    /// Whether a sentence or a quotation begins here.
    is_opening: bool,
}

impl Neighbours {
    /// `repaired`: what the sequence that ends at `start` stands for; `next`: what comes after.
    pub fn new(line: &[char], start: usize, repaired: Option<char>, next: Option<char>) -> Self {
        const FARTHEST: usize = 8;
        let before = line.get(..start).unwrap_or_default();
        let previous = repaired.or(before.last().copied());
        let is_quote = |next: char| matches!(next, '“' | '”' | '„' | '«' | '»' | '‘' | '‚' | '‹' | '›');
        let mut back = before.iter().rev().take(FARTHEST).skip_while(|next| {
            next.is_whitespace() || matches!(next, '"' | '\'' | '(' | '*' | '_' | '#' | '>' | '-')
        });
        let starts_sentence = match back.next() {
            None => before.len() < FARTHEST,
            Some(last) => matches!(last, '.' | '!' | '?'),
        };
        Neighbours {
            previous,
            next,
            follows_capitals: repaired.is_some_and(char::is_uppercase)
                || before.iter().rev().take(2).filter(|next| next.is_uppercase()).count() == 2,
            is_opening: starts_sentence || previous.is_some_and(is_quote),
        }
    }
}

/// The candidate that fits best.
pub fn choose(candidates: &[char], neighbours: &Neighbours, hints: Hints) -> Reading {
    if candidates.iter().all(|&candidate| is_emoji(candidate, false)) {
        return Reading::Ornament(candidates.to_vec());
    }
    let printed: Vec<char> = candidates.iter().copied().filter(|next| !next.is_control()).collect();
    let common: Vec<char> = printed.iter().copied().filter(|next| !is_seldom(*next)).collect();
    let candidates = if common.is_empty() { printed } else { common };
    match candidates.as_slice() {
        [only] => Reading::Character(*only),
        // Punctuation: the first candidate is the one that Web pages hold.
        [first, ..] if !first.is_alphabetic() => Reading::Character(*first),
        ['ń', 'ť'] if hints.czech_or_slovak > hints.polish => Reading::Likely('ť', 'ń'),
        ['ń', 'ť'] => Reading::Likely('ń', 'ť'),
        ['Є', 'Х'] if hints.ukrainian > 0 => Reading::Unknown,
        ['Є', 'Х'] => Reading::Likely('Х', 'Є'),
        ['Ä', 'å'] if hints.central_european > 0 => Reading::Likely('Ä', 'å'),
        [capital, small] if capital.is_uppercase() && small.is_lowercase() => {
            choose_case(*capital, *small, neighbours)
        }
        _ => Reading::Unknown,
    }
}

fn choose_case(capital: char, small: char, neighbours: &Neighbours) -> Reading {
    let Neighbours { previous, next, follows_capitals, is_opening } = *neighbours;
    if previous.is_some_and(char::is_lowercase) {
        Reading::Character(small)
    } else if next.is_some_and(char::is_uppercase) {
        Reading::Character(capital)
    } else if previous.is_some_and(char::is_uppercase) && next.is_some_and(char::is_lowercase) {
        Reading::Character(small)
    } else if follows_capitals || is_opening {
        Reading::Likely(capital, small)
    } else {
        Reading::Likely(small, capital)
    }
}

/// Letters that only one small language or none uses, and marks that nobody types; each shares its
/// garbled form with a common one.
fn is_seldom(character: char) -> bool {
    let letters = matches!(character, 'Ĵ' | 'Ŵ' | 'Ŕ' | 'ĥ' | 'ġ' | 'Ẅ' | 'Ẕ' | 'Ỵ' | 'ẓ' | '¡' | '´' | '¥');
    letters
        || is_rare(character)
        || matches!(u32::from(character), 0x384 | 0x3D0..=0x3FF | 0x5C4 | 0x2000..=0x200A | 0x2012 | 0x2015..=0x2017)
        || matches!(u32::from(character), 0x201B | 0x201F | 0x2021 | 0x2023..=0x2025 | 0x2027..=0x202F | 0x2031)
        || matches!(u32::from(character), 0x2033..=0x2038 | 0x203B..=0x206F)
}
