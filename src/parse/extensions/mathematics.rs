//! TeX's own signs around formulas, `\(…\)` and `\[…\]`, said as the dollars that the Markdown parser knows.

use memchr::memmem;

use super::super::{Context, markdown};
use super::code;

/// What opens and closes a formula, and what is written in their places, byte for byte: braces make up for
/// dollars that are shorter.
const SIGNS: [(&str, &str, &str, &str); 4] = [
    (r"\\(", r"\\)", "${ ", " }$"),
    (r"\\[", r"\\]", "$$ ", " $$"),
    (r"\(", r"\)", "${", "}$"),
    (r"\[", r"\]", "$$", "$$"),
];

/// A formula between signs is not longer than this.
const LONGEST: usize = 4_000;

/// Puts dollars around formulas. What is no formula keeps its signs: they are escapes then.
pub fn delimit(text: String, context: &Context) -> String {
    if !text.contains(r"\(") && !text.contains(r"\[") {
        return text;
    }
    let regions = code::regions(&text, context);
    let mut bytes = text.clone().into_bytes();
    let mut regions = regions.iter().peekable();
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let start = at + found;
        at = start + 1;
        while regions.next_if(|region| region.end <= start).is_some() {}
        if regions.peek().is_some_and(|region| region.contains(&start)) {
            continue;
        }
        let Some((open, close, opening, closing)) =
            SIGNS.iter().find(|(open, ..)| text[start..].starts_with(open))
        else {
            // An escaped backslash escapes nothing.
            at += usize::from(text[at..].starts_with('\\'));
            continue;
        };
        // In the middle of a word, and where a link leads to, brackets are brackets.
        let before = &text[..start];
        if before.ends_with("](") || before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let inner = start + open.len();
        let limit = text.len().min(inner + LONGEST);
        let within = &text.as_bytes()[inner..limit];
        let Some(length) = memmem::find(within, close.as_bytes()) else { continue };
        let tex = &text[inner..inner + length];
        let is_formula = tex.contains(char::is_alphanumeric)
            && markdown::is_math(tex)
            && !tex.contains("\n\n")
            && !tex.contains(open);
        if !is_formula {
            continue;
        }
        let end = inner + length;
        bytes[start..inner].copy_from_slice(opening.as_bytes());
        bytes[end..end + close.len()].copy_from_slice(closing.as_bytes());
        at = end + close.len();
    }
    String::from_utf8(bytes).unwrap_or(text)
}
