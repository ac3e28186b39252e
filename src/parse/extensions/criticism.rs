//! CriticMarkup: `{++added++}`, `{--deleted--}`, `{~~old~>new~~}`, `{>>remark<<}`, `{==marked==}`.

use super::marks::{Act, Draft, Element, Finder};

/// The changes that an editor proposed are made; what they take out is recorded.
pub fn take(draft: &mut Draft) {
    let text = draft.text();
    let mut closes = ["++}", "--}", "~~}", "<<}", "==}"].map(|needle| Finder::new(&text, needle));
    let mut swap = Finder::new(&text, "~>");
    let mut at = 0;
    while let Some(step) = text[at..].find('{') {
        let start = at + step;
        at = start + 1;
        let kind =
            ["{++", "{--", "{~~", "{>>", "{=="].iter().position(|open| text[start..].starts_with(open));
        let Some(kind) = kind.filter(|_| !draft.is_code(start)) else { continue };
        let Some(last) = closes[kind].after(start + 3) else { continue };
        let end = last + 3;
        match kind {
            0 => {
                draft.mark(start, start + 3, Act::Nothing);
                draft.mark(last, end, Act::Nothing);
            }
            4 => {
                draft.mark(start, start + 3, Act::Open { name: "{==", element: Element::Highlight });
                draft.mark(last, end, Act::close("{=="));
            }
            2 => {
                let Some(middle) = swap.after(start).filter(|middle| *middle < last) else { continue };
                if draft.remove(start, middle + 2, "removed-deletion", "what the essay's editor replaced") {
                    draft.mark_known(start, middle + 2, Act::Nothing);
                    draft.mark(last, end, Act::Nothing);
                }
            }
            _ => {
                let (rule, reason) = match kind {
                    1 => ("removed-deletion", "what the essay's editor deleted"),
                    _ => ("removed-comment", "a comment"),
                };
                if draft.remove(start, end, rule, reason) {
                    draft.mark_known(start, end, Act::Nothing);
                }
            }
        }
        // What was added or marked may hold more of it.
        at = if matches!(kind, 0 | 4) { start + 3 } else { end };
    }
}
