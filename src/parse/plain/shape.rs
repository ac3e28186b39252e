//! What a line of plain text looks like: a title, a heading, a rule.

use super::marker;
use crate::parse::ornament;

const TITLE_WORDS: usize = 24;
const HEADING_WORDS: usize = 16;
/// A first line of fewer words does not open a section.
const LEADING_WORDS: usize = 12;
/// Part of a heading's longer words that have capitals, in percent.
const CAPITALS: usize = 70;

/// A line of nothing but dashes, stars or the like.
pub fn is_rule(line: &str) -> bool {
    let marks: Vec<char> = line.chars().filter(|next| !next.is_whitespace()).collect();
    let Some(first) = marks.first() else { return false };
    marks.len() >= 3 && "-*_=~—–•·⁂#".contains(*first) && marks.iter().all(|mark| mark == first)
        || line == "⁂"
}

pub fn has_words(line: &str) -> bool {
    line.chars().any(char::is_alphanumeric)
}

/// A short line in capitals, which stands over a text even without a blank line between them.
pub fn is_shouted(line: &str) -> bool {
    const WORDS: usize = 12;
    let letters = line.chars().filter(|next| next.is_alphabetic()).count();
    letters >= 4
        && !line.chars().any(char::is_lowercase)
        && line.chars().any(char::is_uppercase)
        && line.split_whitespace().count() <= WORDS
        && !line.ends_with([',', ';'])
}

/// `Chapter 3`, `Part II: The Sea`.
pub fn names_chapter(line: &str) -> bool {
    const NAMES: [&str; 14] = [
        "chapter",
        "part",
        "book",
        "kapitel",
        "teil",
        "chapitre",
        "partie",
        "capítulo",
        "parte",
        "rozdział",
        "część",
        "capitolo",
        "hoofdstuk",
        "deel",
    ];
    let mut words = line.split([' ', '.', ':', '—', '–', '-']).filter(|word| !word.is_empty());
    let is_name = words.next().is_some_and(|word| NAMES.contains(&word.to_lowercase().as_str()));
    is_name
        && words.next().is_some_and(|number| {
            number.bytes().all(|byte| byte.is_ascii_digit())
                || marker::roman(number).is_some()
                || NUMBERS.contains(&number.to_lowercase().as_str())
        })
}

const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// How many parts the number of a heading has: `2.1 Title` has two, `IV. Title` one.
pub fn section_number(line: &str) -> Option<u8> {
    let (number, title) = line.split_once(char::is_whitespace)?;
    let parts: Vec<&str> = number.trim_end_matches(['.', ')']).split('.').collect();
    let is_digit =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let starts_high =
        title.trim_start().starts_with(|first: char| first.is_uppercase() || first.is_numeric());
    if !starts_high || parts.len() > 5 {
        return None;
    }
    // A bare number may count people rather than sections.
    if parts.iter().all(is_digit) && (parts.len() > 1 || number.ends_with(['.', ')'])) {
        return Some(parts.len() as u8);
    }
    let name = number.strip_suffix('.')?;
    (!name.bytes().any(|byte| byte.is_ascii_lowercase()) && marker::roman(name).is_some()).then_some(1)
}

/// Whether a first line can be the essay's title.
pub fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends_sentence = line.ends_with(['.', ',', ';', ':', '。', '।']) && !line.ends_with("...");
    words <= TITLE_WORDS && line.chars().count() <= 200 && (!ends_sentence || is_capitalised(line))
}

/// Whether a line that stands alone is a heading. `next` is the paragraph after it, if one follows.
pub fn is_heading(line: &str, next: Option<&str>) -> bool {
    let stripped = ornament::strip(line);
    let is_decorated = stripped.is_some();
    let text = stripped.unwrap_or(line);
    let words = text.split_whitespace().count();
    if words == 0 || words > HEADING_WORDS || text.chars().count() > 140 {
        return false;
    }
    if text.starts_with(char::is_lowercase)
        || text.starts_with(['"', '“', '«', '(', '‘', '\'']) && !is_decorated
    {
        return false;
    }
    let capitalised = is_capitalised(text);
    match text.chars().next_back().unwrap_or(' ') {
        // A capitalised title keeps its full stop now and then; a sentence has small words.
        '.' => capitalised && words >= 4 && !text.trim_end_matches('.').contains(". "),
        ':' => capitalised || is_decorated || (4..=8).contains(&words) && next.is_some_and(opens_section),
        '?' => {
            let is_aside = ["And ", "But ", "So ", "Or "].iter().any(|opening| text.starts_with(opening));
            let answered = next.is_some_and(|next| !next.ends_with('?'));
            words <= 12 && !is_aside && answered && text.matches('?').count() == 1
        }
        '!' => capitalised && (is_decorated || words >= 3),
        ',' | ';' | '…' | '。' | '！' | '？' | '।' | '؟' | '”' | '"' | '»' => false,
        _ => !text.contains(". ") || is_numbered(text) || names_chapter(text),
    }
}

/// Whether a paragraph, of which this is the first line, can stand under a heading: long enough, and not
/// what somebody says.
fn opens_section(paragraph: &str) -> bool {
    paragraph.split_whitespace().count() >= LEADING_WORDS
        && paragraph.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
}

/// Whether the only full stop is that of the heading's number.
fn is_numbered(text: &str) -> bool {
    let is_counted = text.starts_with(|first: char| first.is_ascii_digit()) || section_number(text).is_some();
    is_counted && text.matches(". ").count() == 1
}

/// Whether most of the longer words have capitals, as in English titles.
fn is_capitalised(text: &str) -> bool {
    let long: Vec<&str> = text
        .split(|next: char| !(next.is_alphanumeric() || matches!(next, '\'' | '’' | '-')))
        .filter(|word| word.chars().count() >= 4 && word.chars().any(char::is_alphabetic))
        .collect();
    let capitals = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    !long.is_empty() && capitals * 100 >= long.len() * CAPITALS
}
