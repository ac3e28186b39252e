//! Numbered lists that CommonMark does not know: `(@)`, `(@good)`, `#.`, `(1)`, `a.`, `(i)`, `A)`.

use std::collections::BTreeMap;

use super::lines::{Line, lines};
use super::marks::{Act, Draft};
use crate::document::Span;
use crate::numerals::value_of_roman;

/// A list's mark at the start of a line.
#[derive(Debug)]
struct Marker {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Example {
        label: String,
    },
    /// `#.`
    Automatic,
    /// `(1)`
    Parenthesised,
    Letters(Letters),
}

/// `a.` may be the first letter, `i.` the ninth or the first Roman number.
#[derive(Debug, PartialEq)]
struct Letters {
    indent: usize,
    before: bool,
    after: u8,
    is_upper: bool,
    letter: Option<u32>,
    roman: Option<u32>,
}

impl Letters {
    fn is_next_after(&self, other: &Letters) -> bool {
        let follows = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b.map(|b| b + 1);
        (self.indent, self.before, self.after, self.is_upper)
            == (other.indent, other.before, other.after, other.is_upper)
            && (follows(self.letter, other.letter) || follows(self.roman, other.roman))
    }
}

/// Rewrites the marks so that lists become lists, and references to examples become their numbers.
pub fn take(draft: &mut Draft) {
    let text = draft.text();
    let markers = markers(draft, &text);
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut count = 0;
    for (at, marker) in markers.iter().enumerate() {
        match &marker.kind {
            Kind::Example { label } => {
                // A label that comes again means the same example.
                let number = match numbers.get(label).filter(|_| !label.is_empty()) {
                    Some(number) => *number,
                    None => {
                        count += 1;
                        numbers.insert(label.clone(), count);
                        count
                    }
                };
                number_item(draft, marker, number);
            }
            Kind::Automatic => draft.overwrite(marker.start, marker.start + 1, "1"),
            Kind::Parenthesised => {
                let number = text[marker.start + 1..marker.end].to_owned();
                draft.context.note_markup(Span::new(marker.start, marker.end));
                draft.overwrite(marker.start, marker.end, &number);
            }
            Kind::Letters(letters) => {
                let beside = |other: Option<&Marker>| match other.map(|other| &other.kind) {
                    Some(Kind::Letters(other)) => {
                        letters.is_next_after(other) || other.is_next_after(letters)
                    }
                    _ => false,
                };
                let before = at.checked_sub(1).and_then(|last| markers.get(last));
                if beside(before) || beside(markers.get(at + 1)) {
                    letter_item(draft, marker, &text);
                }
            }
        }
    }
    numbers.remove("");
    if !numbers.is_empty() {
        refer_to_examples(draft, &numbers);
    }
}

/// An ordered item's mark as wide as what the author wrote, so that the text stays where it is.
fn number_item(draft: &mut Draft, marker: &Marker, number: u32) {
    const WIDEST: usize = 10;
    const SPACES: usize = 3;
    let width = marker.end - marker.start;
    let digits = width.min(WIDEST) - 1;
    let mark = format!("{number:0digits$})");
    draft.context.note_markup(Span::new(marker.start, marker.end));
    if mark.len() <= width && width <= WIDEST + SPACES {
        draft.overwrite(marker.start, marker.end, &mark);
    } else {
        draft.mark_known(marker.start, marker.end, Act::Text(format!("({number})")));
    }
}

/// An item whose mark is a letter keeps it as text, since lists know numbers only.
fn letter_item(draft: &mut Draft, marker: &Marker, text: &str) {
    let written = format!("{} ", &text[marker.start..marker.end]);
    draft.context.note_markup(Span::new(marker.start, marker.end));
    draft.overwrite(marker.start, marker.start + 2, "-");
    draft.mark_known(marker.start + 2, marker.end + 1, Act::Text(written));
}

fn markers(draft: &Draft, text: &str) -> Vec<Marker> {
    let mut markers = Vec::new();
    // A list starts after an empty line, and goes on with any line.
    let (mut after_blank, mut in_list) = (true, false);
    for line in lines(text) {
        if line.is_blank() {
            (after_blank, in_list) = (true, false);
            continue;
        }
        let can_start = after_blank || in_list;
        after_blank = false;
        let marker = marker(&line).filter(|_| can_start && !draft.is_code(line.content_start()));
        if let Some(marker) = marker {
            in_list = true;
            markers.push(marker);
        }
    }
    markers
}

fn marker(line: &Line) -> Option<Marker> {
    let indent = line.content_start() - line.start;
    let content = line.text.get(indent..)?;
    let length = content.find([' ', '\t'])?;
    let mark = &content[..length];
    if content[length..].trim().is_empty() || mark.len() > 40 {
        return None;
    }
    let start = line.start + indent;
    let kind = if let Some(label) = mark.strip_prefix("(@").and_then(|rest| rest.strip_suffix(')')) {
        let is_label = label.chars().all(|next| next.is_ascii_alphanumeric() || "-_".contains(next));
        is_label.then(|| Kind::Example { label: label.to_owned() })?
    } else if matches!(mark, "#." | "#)") {
        Kind::Automatic
    } else {
        let before = mark.starts_with('(');
        let after = *mark.as_bytes().last().filter(|last| matches!(last, b'.' | b')'))?;
        let inside = mark.get(usize::from(before)..mark.len() - 1).filter(|inside| !inside.is_empty())?;
        let is_number = inside.len() <= 6 && inside.bytes().all(|byte| byte.is_ascii_digit());
        if before && after == b')' && is_number {
            Kind::Parenthesised
        } else {
            Kind::Letters(letters(inside, indent, before, after)?)
        }
    };
    Some(Marker { start, end: start + length, kind })
}

fn letters(inside: &str, indent: usize, before: bool, after: u8) -> Option<Letters> {
    let is_upper = inside.bytes().all(|byte| byte.is_ascii_uppercase());
    if before && after != b')' || inside.len() > 6 {
        return None;
    }
    if !is_upper && !inside.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let lower = inside.to_ascii_lowercase();
    let letter = match lower.as_bytes() {
        [only] => Some(u32::from(only - b'a') + 1),
        _ => None,
    };
    let roman = value_of_roman(&lower);
    (letter.is_some() || roman.is_some()).then_some(Letters {
        indent,
        before,
        after,
        is_upper,
        letter,
        roman,
    })
}

/// `(@good)` in the text becomes the number of that example.
fn refer_to_examples(draft: &mut Draft, numbers: &BTreeMap<String, u32>) {
    let text = draft.text();
    for (at, _) in text.match_indices("(@") {
        let label: &str = text[at + 2..]
            .split(|next: char| !(next.is_ascii_alphanumeric() || "-_".contains(next)))
            .next()
            .unwrap_or_default();
        let end = at + 2 + label.len();
        let Some(number) = numbers.get(label).filter(|_| text[end..].starts_with(')')) else { continue };
        if !draft.is_code(at) {
            draft.mark_known(at, end + 1, Act::Text(format!("({number})")));
        }
    }
}
