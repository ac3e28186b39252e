//! Spaces at which no line may end.

use super::languages::{BEFORE_NAMES, BEFORE_NUMBERS, French, NARROW, NO_BREAK, Rules, UNITS};
use super::marks::{after, before, is_word};
use crate::byte_set::ByteSet;

/// What the space at `at` has to become, if it must not stay.
pub fn bind(text: &str, at: usize, rules: &Rules) -> Option<&'static str> {
    let (left, right) = (before(text, at)?, after(text, at + 1)?);
    if left.is_whitespace() || right.is_whitespace() {
        return None;
    }
    if rules.french != French::No
        && let Some(space) = french(text, at + 1, left, right)
    {
        return Some(space);
    }
    let space = match left {
        '.' => initial(text, at, right, rules),
        _ if left.is_numeric() => number(text, at, right, rules),
        _ => None,
    };
    if space.is_some() {
        return space;
    }
    // Dashes and quotation marks are the commonest characters that would have to be looked up.
    let is_mark = matches!(right, '\u{2010}'..='\u{201F}');
    let is_bound = !is_mark && right.is_numeric() && NUMBER_WORDS.end(&text[..at])
        || !is_mark && right.is_uppercase() && NAME_WORDS.end(&text[..at])
        || is_preposition(text, at, left, rules);
    is_bound.then_some(NO_BREAK)
}

static NUMBER_WORDS: Words = Words::of(BEFORE_NUMBERS);
static NAME_WORDS: Words = Words::of(BEFORE_NAMES);

/// Words that most texts do not end in, which shows at a glance.
struct Words {
    words: &'static [&'static str],
    /// What those of each length in bytes begin with.
    starts: [ByteSet; Words::LONGEST + 1],
}

impl Words {
    const LONGEST: usize = 8;

    const fn of(words: &'static [&'static str]) -> Self {
        let mut starts = [const { ByteSet::of(b"") }; Words::LONGEST + 1];
        let mut index = 0;
        while index < words.len() {
            let word = words[index].as_bytes();
            starts[word.len()].add(word[0]);
            index += 1;
        }
        Words { words, starts }
    }

    /// Whether one of them is the last word of a text.
    fn end(&self, text: &str) -> bool {
        let longest = text.len().min(Words::LONGEST);
        let last = &text.as_bytes()[text.len() - longest..];
        let may_end = |length: usize| self.starts[length].has(last[longest - length]);
        (1..=longest).any(may_end)
            && self.words.iter().any(|word| {
                let start = longest.checked_sub(word.len());
                start.is_some_and(|start| last[start] == word.as_bytes()[0])
                    && text
                        .strip_suffix(word)
                        .is_some_and(|rest| !rest.chars().next_back().is_some_and(is_word))
            })
    }
}

/// Before `right`, which stands at `at`, or inside guillemets.
fn french(text: &str, at: usize, left: char, right: char) -> Option<&'static str> {
    match right {
        _ if left == '«' => Some(NO_BREAK),
        '»' => Some(NO_BREAK),
        ';' | ':' | '!' | '?' if ends_clause(text, at, right) => space_before(right),
        _ => None,
    }
}

/// The space that has to come before the mark at `at`, where French has none typed.
pub fn fill(text: &str, at: usize, mark: char) -> Option<&'static str> {
    let left = before(text, at)?;
    let follows_word = is_word(left) || text[..at].ends_with("...") || ")]»\"'”’…%€$°".contains(left);
    (follows_word && ends_clause(text, at, mark)).then(|| space_before(mark)).flatten()
}

fn space_before(mark: char) -> Option<&'static str> {
    match mark {
        ':' => Some(NO_BREAK),
        ';' | '!' | '?' => Some(NARROW),
        _ => None,
    }
}

/// Whether a mark is one of the sentence and not of an address, a time or an emoticon.
fn ends_clause(text: &str, at: usize, mark: char) -> bool {
    let next = after(text, at + 1);
    match mark {
        ';' | ':' => next.is_none_or(|next| next.is_ascii_whitespace()),
        _ => next.is_none_or(|next| next.is_whitespace() || "!?.,…»)]\"'”’".contains(next)),
    }
}

/// `J. R. R. Tolkien`, `z. B.`, `v. Chr.`: the space is after the full stop at `at - 1`.
fn initial(text: &str, at: usize, right: char, rules: &Rules) -> Option<&'static str> {
    let stop = at - 1;
    let letter = before(text, stop).filter(|letter| letter.is_alphabetic())?;
    let starts_word =
        before(text, stop - letter.len_utf8()).is_none_or(|left| !is_word(left) && !"'’".contains(left));
    if !starts_word {
        return None;
    }
    let rest = &text[at + 1..];
    let mut following = rest.chars().skip(1);
    let is_letter_too = right.is_alphabetic() && following.next() == Some('.');
    let goes_on = following.next().is_none_or(|next| !is_word(next));
    if is_letter_too && goes_on || rest.starts_with("Chr.") {
        return Some(rules.abbreviation);
    }
    // `Doe, J. The …` and `World War I. The …` end something.
    let ends_name = letter == 'I' || text[..stop - letter.len_utf8()].ends_with(", ");
    (letter.is_uppercase() && right.is_uppercase() && !ends_name).then_some(NO_BREAK)
}

/// `5 km`, `10 000`.
fn number(text: &str, at: usize, right: char, rules: &Rules) -> Option<&'static str> {
    const GROUP: usize = 3;
    let rest = &text[at + 1..];
    if right.is_ascii_digit() {
        let digits = |characters: &mut dyn Iterator<Item = char>| {
            characters.take(GROUP + 1).take_while(char::is_ascii_digit).count()
        };
        let left = digits(&mut text[..at].chars().rev());
        let is_group = left <= GROUP && digits(&mut rest.chars()) == GROUP;
        let is_whole =
            before(text, at - left).is_none_or(|left| !is_word(left) && !".…,-–—/:".contains(left));
        return (is_group && is_whole).then_some(rules.thousands);
    }
    let is_unit = UNITS.iter().any(|unit| {
        rest.strip_prefix(unit).is_some_and(|rest| rest.chars().next().is_none_or(|next| !is_word(next)))
    });
    is_unit.then_some(NO_BREAK)
}

/// Whether the word before the space is a preposition of one letter. A capital starts a sentence, else
/// it is a name: `witamina A i E`.
fn is_preposition(text: &str, at: usize, letter: char, rules: &Rules) -> bool {
    if rules.prepositions.is_empty() || !letter.is_alphabetic() {
        return false;
    }
    let start = at - letter.len_utf8();
    let left = before(text, start);
    if !left.is_none_or(|left| left.is_whitespace() || "\"'(„“«‚‘[".contains(left)) {
        return false;
    }
    if letter.is_uppercase() {
        let sentence = text[..start].trim_end();
        let starts_sentence = sentence.is_empty() || sentence.ends_with(['.', '!', '?', '…', ':', '"', '„']);
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        return starts_sentence && rules.prepositions.contains(lower);
    }
    rules.prepositions.contains(letter)
}
