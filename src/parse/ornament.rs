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
    if !rest.starts_with(is_ornament) {
        return None;
    }
    let words = rest.trim_start_matches(|next: char| is_ornament(next) || next.is_whitespace());
    words.chars().any(char::is_alphanumeric).then_some(words)
}

/// Takes the opening emoji off; false when there are none.
pub fn remove(content: &mut Vec<Inline<Parsed>>) -> bool {
    let Some(first) = content.first_mut() else { return false };
    match first {
        Inline::Text(text) => {
            if let Some(words) = strip(text) {
                *text = words.to_owned();
                return true;
            }
            // The emoji may be all of the first text, before bold words.
            let is_alone = strip(&format!("{text}x")).is_some_and(|rest| rest == "x");
            if is_alone && content.len() > 1 {
                content.remove(0);
                return true;
            }
            false
        }
        Inline::Emphasis(inner) | Inline::Strong(inner) => remove(inner),
        _ => false,
    }
}
