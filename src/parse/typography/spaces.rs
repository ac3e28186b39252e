//! Spaces at which no line may end.

use super::languages::{BEFORE_NAMES, BEFORE_NUMBERS, French, NARROW, NO_BREAK, Rules, UNITS};
use super::marks::{after, before, is_word};

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
    match left {
        '.' => initial(text, at, right, rules),
        _ if left.is_numeric() => number(text, at, right, rules),
        _ => None,
    }
    .or_else(|| (right.is_numeric() && is_listed(text, at, BEFORE_NUMBERS)).then_some(NO_BREAK))
    .or_else(|| (right.is_uppercase() && is_listed(text, at, BEFORE_NAMES)).then_some(NO_BREAK))
    .or_else(|| is_preposition(text, at, left, rules).then_some(NO_BREAK))
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

/// Whether the word before the space at `at` is one of `words`.
fn is_listed(text: &str, at: usize, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    words.iter().any(|word| {
        // Most differ in the first letter already.
        let start = at.checked_sub(word.len());
        start.is_some_and(|start| bytes[start] == word.as_bytes()[0])
            && text[..at]
                .strip_suffix(word)
                .is_some_and(|rest| !rest.chars().next_back().is_some_and(is_word))
    })
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
