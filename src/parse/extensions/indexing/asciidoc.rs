//! AsciiDoc's marks: `((shown))`, `(((main, sub)))`, `indexterm:[main, sub]`, `indexterm2:[shown]`.

use super::entry;
use super::{Found, LONGEST_MARK};
use crate::document::IndexMark;

/// Longest text that is shown and an entry, too, in words; what is longer stands in brackets for other reasons.
const MOST_WORDS: usize = 8;

/// What double or triple parentheses mean.
pub fn parentheses(text: &str, at: usize) -> Option<Found> {
    // What follows a word is a call, or a formula.
    if text[..at].ends_with(|before: char| before.is_alphanumeric() || "(_\\".contains(before)) {
        return None;
    }
    let is_hidden = text[at..].starts_with("(((");
    let (open, close) = if is_hidden { ("(((", ")))") } else { ("((", "))") };
    let start = at + open.len();
    let inside = until(text, start, close)?;
    let end = start + inside.len() + close.len();
    let stands_alone = !text[end..].starts_with(|after: char| after.is_alphanumeric() || after == ')');
    if !stands_alone || inside.contains(['(', ')']) {
        return None;
    }
    if is_hidden {
        return Some(Found::hidden(at, end, listed(inside)));
    }
    let (shown, mark) = shown(inside);
    let is_term = shown.contains(char::is_alphabetic)
        && shown.split_whitespace().count() <= MOST_WORDS
        && !shown.starts_with(char::is_whitespace);
    is_term.then_some(Found { start: at, end, shown: Some((start, start + shown.len())), mark })
}

/// The macros' long names.
pub fn macro_call(text: &str, at: usize) -> Option<Found> {
    if text[..at].ends_with(|before: char| before.is_alphanumeric()) {
        return None;
    }
    let rest = &text[at..];
    let open = ["indexterm:[", "indexterm2:["].into_iter().find(|open| rest.starts_with(open))?;
    let start = at + open.len();
    let inside = until(text, start, "]")?;
    let end = start + inside.len() + 1;
    if open == "indexterm:[" {
        return Some(Found::hidden(at, end, listed(inside)));
    }
    let (shown, mark) = shown(inside);
    Some(Found { start: at, end, shown: Some((start, start + shown.len())), mark })
}

fn until<'t>(text: &'t str, start: usize, close: &str) -> Option<&'t str> {
    let rest = &text[start..];
    let limit = (0..=rest.len().min(LONGEST_MARK)).rev().find(|end| rest.is_char_boundary(*end))?;
    let length = rest[..limit].find(close)?;
    let inside = &rest[..length];
    (!inside.contains("\n\n")).then_some(inside)
}

/// `main, sub, subsub`; a level with a comma stands in quotation marks.
fn listed(inside: &str) -> IndexMark {
    let (levels, see, see_also) = references(inside);
    let mut mark = entry::of_levels(fields(levels).iter().map(String::as_str).filter(|it| !it.contains('=')));
    mark.see = see;
    mark.see_also = see_also;
    for field in fields(levels) {
        match field.split_once('=') {
            Some(("see", other)) => mark.see.push(unquoted(other)),
            Some(("see-also", other)) => mark.see_also.extend(unquoted(other).split(',').map(clean)),
            _ => {}
        }
    }
    mark
}

/// The words that are shown, and the mark that they make.
fn shown(inside: &str) -> (&str, IndexMark) {
    let (words, see, see_also) = references(inside);
    let words = words.trim_end();
    let mark = entry::written(&entry::spelt_out(words));
    (words, IndexMark { see, see_also, ..mark })
}

/// What stands before `>> other`, or before `&> one &> another`.
fn references(inside: &str) -> (&str, Vec<String>, Vec<String>) {
    if let Some((words, other)) = inside.split_once(">>") {
        return (words, vec![clean(other)], Vec::new());
    }
    let mut parts = inside.split("&>");
    let words = parts.next().unwrap_or_default();
    (words, Vec::new(), parts.map(clean).collect())
}

/// Parts at commas outside of quotation marks.
fn fields(list: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for letter in list.chars() {
        match (letter, fields.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => fields.push(String::new()),
            (other, Some(field)) => field.push(other),
            (_, None) => {}
        }
    }
    fields.iter().map(|field| clean(field)).collect()
}

fn unquoted(text: &str) -> String {
    clean(text.trim_matches('"'))
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{listed, parentheses};

    fn levels(inside: &str) -> Vec<String> {
        listed(inside).path.into_iter().map(|heading| heading.text).collect()
    }

    #[test]
    fn levels_are_parted_by_commas() {
        assert_eq!(levels("Sword, Broadsword, Excalibur"), ["Sword", "Broadsword", "Excalibur"]);
        assert_eq!(levels("knight, \"Arthur, King\""), ["knight", "Arthur, King"]);
        assert_eq!(listed("flash >> HTML 5").see, ["HTML 5"]);
        assert_eq!(listed("HTML 5 &> CSS 3 &> SVG").see_also, ["CSS 3", "SVG"]);
        assert_eq!(listed("a, see=b").see, ["b"]);
        assert_eq!(levels("a, see=b"), ["a"]);
    }

    #[test]
    fn calls_and_formulas_are_no_marks() {
        let is_mark = |text: &str| parentheses(text, text.find("((").unwrap_or_default()).is_some();
        assert!(is_mark("the ((Sword)) lay"));
        assert!(is_mark("a (((main, sub)))"));
        assert!(!is_mark("f((x))"));
        assert!(!is_mark("((a + b) * c)"));
        assert!(!is_mark("((1))"));
        assert!(!is_mark("((unclosed)"));
    }
}
