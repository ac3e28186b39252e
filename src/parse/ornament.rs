//! Emoji that open a heading or a list item: decoration of a Web page, not words.

use icu_properties::CodePointSetData;
use icu_properties::props::ExtendedPictographic;

use crate::document::{Inline, Parsed};

/// Signs that say something where they stand: marks of a task list, trade marks, arrows.
const WORDLIKE: [char; 12] = ['©', '®', '™', 'ℹ', '☐', '☑', '☒', '✓', '✔', '✗', '✘', '✖'];

/// The text after the emoji that open it, if words follow.
pub fn strip(text: &str) -> Option<&str> {
    let pictographic = CodePointSetData::new::<ExtendedPictographic>();
    let is_ornament = |next: char| {
        (pictographic.contains(next) && !WORDLIKE.contains(&next) && !('←'..='⇿').contains(&next))
            || matches!(next, '\u{FE0F}' | '\u{200D}' | '\u{1F1E6}'..='\u{1F1FF}')
    };
    let rest = text.trim_start();
    // Most texts start with a letter below every emoji, and need no look into the tables.
    if rest.starts_with(|first: char| first < '\u{A9}') || !rest.starts_with(is_ornament) {
        return None;
    }
    let words = rest.trim_start_matches(|next: char| is_ornament(next) || next.is_whitespace());
    words.chars().any(char::is_alphanumeric).then_some(words)
}

/// The emoji that open a heading or an item, and stand apart from its words.
pub fn of(content: &[Inline<Parsed>]) -> Option<&str> {
    match content.first()? {
        Inline::Text(text) => {
            if let Some(words) = strip(text) {
                return Some(text[..text.len() - words.len()].trim());
            }
            // The emoji may be all of the first text, before bold words.
            let is_alone = content.len() > 1 && strip(&format!("{text}x")).is_some_and(|rest| rest == "x");
            is_alone.then(|| text.trim())
        }
        Inline::Emphasis(inner) | Inline::Strong(inner) => of(inner),
        _ => None,
    }
}

/// Takes the opening emoji off.
pub fn remove(content: &mut Vec<Inline<Parsed>>) {
    match content.first_mut() {
        Some(Inline::Text(text)) => match strip(text) {
            Some(words) => *text = words.to_owned(),
            None => {
                content.remove(0);
            }
        },
        Some(Inline::Emphasis(inner) | Inline::Strong(inner)) => remove(inner),
        _ => {}
    }
}
