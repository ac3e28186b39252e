//! kramdown's attribute lists, `{:toc}`, extensions and abbreviations.

use super::attributes::Attributes;
use super::lines::{Line, lines};
use super::marks::{Act, Draft, Finder};
use crate::document::MarkedTerm;

pub fn take(draft: &mut Draft) {
    take_extensions(draft);
    let text = draft.text();
    let all: Vec<Line> = lines(&text).collect();
    for (at, line) in all.iter().enumerate() {
        let (start, end) = (line.content_start(), line.content_end());
        let trimmed = text.get(start..end).unwrap_or_default();
        if !trimmed.starts_with("{:") || !trimmed.ends_with('}') || draft.is_code(start) {
            continue;
        }
        let inside = &trimmed[2..trimmed.len() - 1];
        if inside.trim() == "toc" || inside.trim_start().starts_with("toc ") {
            draft.mark_lines(start, end, Act::Nothing);
            if let Some(before) = at.checked_sub(1).and_then(|before| all.get(before)) {
                take_list_for_contents(draft, before);
            }
        } else if let Some(attributes) = Attributes::read(inside) {
            draft.mark_lines(start, end, Act::Describe(attributes));
        }
    }
    take_spans(draft);
}

/// The item that the table of contents would replace.
fn take_list_for_contents(draft: &mut Draft, line: &Line) {
    let (start, end) = (line.content_start(), line.content_end());
    let item = line.text.trim();
    let is_item = item.starts_with(['*', '-', '+', '1']);
    if is_item && draft.remove(start, end, "removed-contents", "the place of a table of contents") {
        draft.blank(start, end);
    }
}

/// `*text*{: .class}`; a heading takes the identifier.
fn take_spans(draft: &mut Draft) {
    let text = draft.text();
    let mut close = Finder::new(&text, "}");
    // Some themes have `{.class}`, as other dialects do.
    let colons = text.match_indices("{:").map(|(start, _)| start);
    let classes = text.match_indices("{.").map(|(start, _)| start);
    let mut starts: Vec<usize> = colons.chain(classes).collect();
    starts.sort_unstable();
    for start in starts {
        let Some(end) = close.after(start).filter(|_| !draft.is_code(start)) else { continue };
        let inside = &text[start + 1..end];
        if inside.len() > 300 || inside.contains(['\n', '{']) {
            continue;
        }
        if let Some(attributes) = Attributes::read(inside) {
            let act = match attributes.width() {
                Some(width) => Act::Size(width),
                None if attributes.id.is_some() => Act::Describe(attributes),
                None => Act::Nothing,
            };
            draft.mark(start, end + 1, act);
        }
    }
}

/// `{::comment}…{:/comment}`, `{::nomarkdown}…{:/}`, `{::options … /}`.
fn take_extensions(draft: &mut Draft) {
    let text = draft.text();
    let mut close = Finder::new(&text, "{:/");
    let mut brace = Finder::new(&text, "}");
    let mut at = 0;
    while let Some(step) = text[at..].find("{::") {
        let start = at + step;
        at = start + 3;
        let Some(end) = brace.after(start).map(|end| end + 1).filter(|_| !draft.is_code(start)) else {
            continue;
        };
        let inside = text[start + 3..end - 1].trim();
        if inside.ends_with('/') {
            draft.mark(start, end, Act::Nothing);
            at = end;
            continue;
        }
        let Some(last) = close.after(end) else { continue };
        let Some(last_end) = brace.after(last).map(|end| end + 1) else { continue };
        if inside.starts_with("comment") {
            if draft.remove(start, last_end, "removed-comment", "a comment") {
                draft.mark_known(start, last_end, Act::Nothing);
            }
        } else {
            draft.mark(start, end, Act::Nothing);
            draft.mark(last, last_end, Act::Nothing);
        }
        at = last_end;
    }
}

/// Goldmark's attribute lists: a line `{.class #id}` below a block.
pub fn take_attribute_lines(draft: &mut Draft) {
    let text = draft.text();
    for line in lines(&text) {
        let (start, end) = (line.content_start(), line.content_end());
        let trimmed = text.get(start..end).unwrap_or_default();
        let inside = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let attributes = inside.filter(|_| !draft.is_code(start)).and_then(Attributes::read);
        if let Some(attributes) = attributes {
            draft.mark_lines(start, end, Act::Describe(attributes));
        }
    }
}

/// `*[HTML]: Hypertext Markup Language`: the glossary's now.
pub fn take_abbreviations(draft: &mut Draft) {
    let text = draft.text();
    if !text.contains("*[") {
        return;
    }
    for line in lines(&text) {
        let (start, end) = (line.content_start(), line.content_end());
        let trimmed = text.get(start..end).unwrap_or_default();
        let Some((short, long)) = trimmed.strip_prefix("*[").and_then(|rest| rest.split_once("]:")) else {
            continue;
        };
        let is_abbreviation = !short.is_empty() && !short.contains(['[', ']']);
        if is_abbreviation
            && !draft.is_code(start)
            && draft.relocate(start, end, "abbreviation", "to the glossary")
        {
            let (short, long) = (short.trim().to_owned(), long.trim().to_owned());
            if !short.is_empty() && !long.is_empty() {
                draft.mark_term(MarkedTerm::Abbreviation { short, long });
            }
            draft.blank(start, end);
        }
    }
}
