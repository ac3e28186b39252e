//! Emphasis as typewriters have it: `_a word_`, `*a word*`, `/a word/`.

use crate::document::{Inline, Parsed};

/// Longer stretches are two marks that have nothing to do with each other.
const LONGEST: usize = 300;
const LONGEST_SLANTED: usize = 60;

/// Turns the marks in running text into emphasis.
pub fn mark(inlines: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
    let has_mark =
        |inline: &Inline<Parsed>| matches!(inline, Inline::Text(text) if text.contains(['_', '*', '/']));
    if !inlines.iter().any(has_mark) {
        return inlines;
    }
    let mut marked = Vec::with_capacity(inlines.len() + 2);
    for inline in inlines {
        match inline {
            Inline::Text(text) => mark_text(&text, &mut marked),
            other => marked.push(other),
        }
    }
    marked
}

fn mark_text(text: &str, marked: &mut Vec<Inline<Parsed>>) {
    let (mut written, mut position) = (0, 0);
    while let Some(step) = text[position..].find(['_', '*', '/']) {
        let start = position + step;
        let Some(length) = inside(text, start) else {
            position = start + 1;
            continue;
        };
        let end = start + 1 + length;
        if written < start {
            marked.push(Inline::Text(text[written..start].to_owned()));
        }
        let content = vec![Inline::Text(text[start + 1..end].to_owned())];
        let is_strong = text[start..].starts_with('*');
        marked.push(if is_strong { Inline::Strong(content) } else { Inline::Emphasis(content) });
        (written, position) = (end + 1, end + 1);
    }
    if written < text.len() {
        marked.push(Inline::Text(text[written..].to_owned()));
    }
}

/// Length of what a mark at `start` emphasises: whole words, closed before a space or punctuation.
fn inside(text: &str, start: usize) -> Option<usize> {
    let mark = text[start..].chars().next()?;
    let opens = text[..start]
        .chars()
        .next_back()
        .is_none_or(|before| before.is_whitespace() || "([{“‘\"'«„—–-".contains(before));
    let rest = &text[start + 1..];
    let starts = rest.starts_with(|first: char| first.is_alphanumeric() || "“‘\"'«„(¿¡…".contains(first));
    if !opens || !starts {
        return None;
    }
    let limit = if mark == '/' { LONGEST_SLANTED } else { LONGEST };
    let mut before = ' ';
    for (at, next) in rest.char_indices() {
        if at > limit {
            return None;
        }
        if next == mark {
            let after = rest[at + 1..].chars().next();
            let closes = !before.is_whitespace()
                && after.is_none_or(|after| !after.is_alphanumeric() && after != mark);
            let is_words = mark != '/' || is_slanted(&rest[..at], after);
            return (closes && is_words).then_some(at);
        }
        before = next;
    }
    None
}

/// Between slashes stand words, not a path.
fn is_slanted(inside: &str, after: Option<char>) -> bool {
    let is_word = |next: char| {
        next.is_alphabetic() || next.is_whitespace() || matches!(next, '’' | '\'' | '-' | ',' | '!' | '?')
    };
    inside.chars().count() >= 2 && inside.chars().all(is_word) && !matches!(after, Some('/' | '\\'))
}
