//! Raised numbers that refer to the essay's list: `word³`, `word<sup>3</sup>`, `word^3^`.

use std::ops::Range;

use super::{RunningText, link, reference_numbers};
use crate::document::{Inline, Parsed, Span, Target};
use crate::parse::Context;

/// Raised digits in the order of their values.
const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
/// What is raised to a power though it looks like a word.
const UNITS: [&str; 12] = ["cm", "dm", "dam", "ft", "hm", "in", "km", "mi", "mm", "nm", "sq", "yd"];

/// Adds text, with the raised digits in it that are marks.
pub(super) fn push_text(
    inlines: &mut Vec<Inline<Parsed>>,
    running: &RunningText,
    range: Range<usize>,
    context: &Context,
) {
    let text = &running.text[range.clone()];
    if context.references.is_empty() || text.is_ascii() || !text.contains(DIGITS) {
        return super::push_text(inlines, text);
    }
    let mut written = range.start;
    let mut at = range.start;
    while let Some(found) = running.text[at..range.end].find(DIGITS) {
        let start = at + found;
        let is_part = |c: char| DIGITS.contains(&c) || c == ',' || c == '⁻';
        let mark = running.text[start..range.end].split(|c: char| !is_part(c)).next().unwrap_or_default();
        let mark = mark.trim_end_matches(',');
        at = start + mark.len();
        let plain: String = mark.chars().map(lower).collect();
        let span = running.span(start, at);
        if let Some(marks) = numbers(&plain, &running.text[..start], span, context) {
            super::push_text(inlines, &running.text[written..start]);
            inlines.extend(marks);
            written = at;
        }
    }
    super::push_text(inlines, &running.text[written..range.end]);
}

/// What is raised as a whole, if it is marks.
pub(super) fn marks(running: &RunningText, before: &str, context: &Context) -> Option<Vec<Inline<Parsed>>> {
    let text = running.text.as_str();
    numbers(text.trim(), before, running.span(0, text.len()), context)
}

/// The marks that raised numbers after `before` are, if the list has them all and they are no powers.
pub(super) fn numbers(
    written: &str,
    before: &str,
    span: Span,
    context: &Context,
) -> Option<Vec<Inline<Parsed>>> {
    if context.references.is_empty() || !can_bear_mark(before) {
        return None;
    }
    let numbers = reference_numbers(written)?;
    if !numbers.iter().all(|number| context.references.contains(&number.to_string())) {
        return None;
    }
    context.note_markup(span);
    let mark = |number: u32| link(Target::Note(number.to_string()), span, number.to_string());
    Some(numbers.into_iter().map(mark).collect())
}

/// Whether text ends with a word or the end of a clause: what stands behind symbols and units is a power.
fn can_bear_mark(before: &str) -> bool {
    if before.ends_with(['.', ',', ';', ':', '!', '?', '”', '’', '"', '»', '“', ')', ']']) {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() > 1 && word.chars().all(char::is_alphabetic) && !UNITS.contains(&word)
}

fn lower(raised: char) -> char {
    let value = DIGITS.iter().position(|digit| *digit == raised);
    match value.and_then(|value| char::from_digit(value as u32, 10)) {
        Some(digit) => digit,
        None if raised == '⁻' => '-',
        None => raised,
    }
}

#[cfg(test)]
mod tests {
    use super::can_bear_mark;

    #[test]
    fn powers_are_no_marks() {
        for text in ["They say so", "It is so.", "“It is.”", "the AI"] {
            assert!(can_bear_mark(text), "{text}");
        }
        for text in ["", "x", "5 m", "12 km", "10", "E = mc", "so "] {
            assert_eq!(can_bear_mark(text), text == "E = mc", "{text}");
        }
    }
}
