//! Pandoc's brackets: `^[a note]`, `[text]{.class}`, and attributes after links, pictures and code.

use super::attributes::Attributes;
use super::marks::{Act, Draft, Element};
use crate::document::Span;

/// Attribute lists are short; the search for their end must be, too.
const LONGEST_LIST: usize = 400;

/// Takes notes, spans and attributes.
pub fn take(draft: &mut Draft) {
    read(draft, true);
}

/// Takes notes only, which vaults share.
pub fn take_notes(draft: &mut Draft) {
    read(draft, false);
}

struct Open {
    at: usize,
    is_note: bool,
}

fn read(draft: &mut Draft, with_attributes: bool) {
    let text = draft.text();
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut notes = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).and_then(|last| bytes.get(last)).copied();
        match byte {
            b'\\' => at += 1,
            b'[' | b']' | b'{' if draft.is_code(at) => {}
            // No bracket reaches beyond its paragraph.
            b'\n' if matches!(before, Some(b'\n')) => leave_open(&mut open, draft),
            b'[' => {
                let is_note = before == Some(b'^') && !text[..at - 1].ends_with('\\');
                open.push(Open { at, is_note });
            }
            b']' => {
                if let Some(Open { at: start, is_note }) = open.pop() {
                    if is_note {
                        notes += 1;
                        let element = Element::Note { label: format!("^{notes}") };
                        draft.mark(start - 1, start + 1, Act::Open { name: "^[", element });
                        draft.mark(at, at + 1, Act::close("^["));
                    } else if with_attributes && bytes.get(at + 1) == Some(&b'{') {
                        at = take_span(draft, &text, start, at);
                    }
                }
            }
            b'{' if with_attributes => at = take_attributes(draft, &text, at, before),
            _ => {}
        }
        at += 1;
    }
    leave_open(&mut open, draft);
}

/// Forgets brackets that nothing closes; notes among them are told of.
fn leave_open(open: &mut Vec<Open>, draft: &mut Draft) {
    for Open { at, .. } in open.drain(..).filter(|it| it.is_note) {
        let span = Span::new(at - 1, at + 1);
        draft.context.warn_unclosed(span, "^[", draft.diagnostics);
    }
}

/// The attribute list that starts at a brace, and its last byte.
fn list_at(text: &str, brace: usize) -> Option<(Attributes, usize)> {
    let rest = text.get(brace + 1..)?;
    let length = rest.bytes().take(LONGEST_LIST).position(|byte| matches!(byte, b'}' | b'{'))?;
    let close = brace + 1 + length;
    let inside = text.get(brace + 1..close).filter(|_| text.as_bytes().get(close) == Some(&b'}'))?;
    Some((Attributes::read(inside)?, close))
}

/// Takes a bracketed span with its attributes; gives the last byte that it took.
fn take_span(draft: &mut Draft, text: &str, start: usize, end: usize) -> usize {
    let Some((attributes, close)) = list_at(text, end + 1) else { return end };
    let inside = text.get(start + 1..end).unwrap_or_default();
    let is_picture = text[..start].ends_with('!');
    if is_picture || inside.starts_with(['@', '^', '-']) && inside.contains(['@', '^']) {
        draft.mark(end + 1, close + 1, Act::Nothing);
        return close;
    }
    draft.mark(start, start + 1, Act::Open { name: "[", element: element(&attributes) });
    draft.mark(end, close + 1, Act::close("["));
    close
}

fn element(attributes: &Attributes) -> Element {
    let has = |names: &[&str]| attributes.classes.iter().any(|class| names.contains(&class.as_str()));
    let style = attributes.value("style").unwrap_or_default();
    match attributes.value("lang") {
        Some(language) => Element::Foreign { language: language.to_owned() },
        None if has(&["smallcaps", "small-caps", "sc"]) || style.contains("small-caps") => Element::SmallCaps,
        None if has(&["mark", "highlight", "hl"]) => Element::Highlight,
        None if has(&["strike", "strikeout", "del"]) => Element::Strikethrough,
        None => Element::Plain,
    }
}

/// Takes attributes of the link, picture or code that ends at a brace.
fn take_attributes(draft: &mut Draft, text: &str, brace: usize, before: Option<u8>) -> usize {
    let code = draft.code_before(brace);
    if let (Some(code), Some(format)) = (&code, raw_format(text, brace)) {
        let close = brace + "{=".len() + format.len();
        take_raw(draft, text, code.start, brace, close, format);
        return close;
    }
    let Some((attributes, close)) = list_at(text, brace).filter(|_| before == Some(b')') || code.is_some())
    else {
        return brace;
    };
    draft.mark(brace, close + 1, attributes.width().map_or(Act::Nothing, Act::Size));
    close
}

/// The format that `{=html}` names.
fn raw_format(text: &str, brace: usize) -> Option<&str> {
    let rest = text.get(brace..)?.strip_prefix("{=")?;
    let length = rest.bytes().take(LONGEST_LIST).position(|byte| byte == b'}')?;
    let format = rest.get(..length)?;
    format.chars().all(|next| next.is_alphanumeric() || next == '-').then_some(format)
}

/// `` `<b>`{=html} `` is HTML; what is meant for another format is left out.
fn take_raw(draft: &mut Draft, text: &str, start: usize, end: usize, close: usize, format: &str) {
    if format == "html" {
        let code = text.get(start..end).unwrap_or_default();
        let fence = code.len() - code.trim_start_matches('`').len();
        if code.len() > 2 * fence {
            draft.mark(start, start + fence, Act::Nothing);
            draft.mark(end - fence, close + 1, Act::Nothing);
        }
    } else if draft.remove(start, close + 1, "removed-raw", &format!("what is written for {format} only")) {
        draft.mark_known(start, close + 1, Act::Nothing);
    }
}
