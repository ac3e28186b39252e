//! What the style has set, as text of the book.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

use crate::anthology::{Link, Resolved};
use crate::document::Inline;

use super::super::addresses::{self, Address};
use super::super::rewrite;
use super::Piece;

/// A citation in pieces: each work by itself, to be a link of its own.
pub(super) fn pieces(citation: ElemChildren) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for child in citation.0 {
        match child {
            ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => {
                if let Some(ElemMeta::Entry(position)) = elem.meta {
                    pieces.push(Piece::Item(position, inlines(elem.children)));
                }
            }
            other => {
                let joint = inlines(ElemChildren(vec![other]));
                pieces.push(Piece::Joint(joint));
            }
        }
    }
    pieces
}

pub(super) fn inlines(children: ElemChildren) -> Vec<Inline<Resolved>> {
    let mut out = Vec::new();
    inlines_into(children, &mut out);
    out
}

/// An entry of the bibliography. Styles leave two spaces where a part between them is empty, one at the
/// end, and a comma before a bracket (`(2021,)`); none of them is meant.
pub(super) fn entry(children: ElemChildren) -> Vec<Inline<Resolved>> {
    let mut content = inlines(children);
    let mut after_space = true;
    for inline in &mut content {
        match inline {
            Inline::Text(text) => {
                let mut single = String::with_capacity(text.len());
                for c in text.chars() {
                    if c == ')' {
                        single.truncate(single.trim_end_matches([',', ' ']).len());
                    }
                    if c != ' ' || !after_space {
                        single.push(c);
                    }
                    after_space = c == ' ';
                }
                *text = single;
            }
            _ => after_space = false,
        }
    }
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().len());
    }
    content
}

fn inlines_into(children: ElemChildren, out: &mut Vec<Inline<Resolved>>) {
    for child in children.0 {
        match child {
            ElemChild::Text(text) => push_formatted(text, out),
            ElemChild::Elem(elem) => inlines_into(elem.children, out),
            ElemChild::Markup(text) => rewrite::push_text(text, out),
            ElemChild::Link { text, url } => match addresses::read(&url) {
                Address::External(address) => {
                    let mut content = Vec::new();
                    push_formatted(text, &mut content);
                    out.push(Inline::Link { to: Link::External(address), content });
                }
                _ => push_formatted(text, out),
            },
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn push_formatted(Formatted { text, formatting }: Formatted, out: &mut Vec<Inline<Resolved>>) {
    if formatting == Formatting::default() {
        rewrite::push_text(text, out);
        return;
    }
    let mut content = vec![Inline::Text(text)];
    if formatting.font_variant == FontVariant::SmallCaps {
        content = vec![Inline::SmallCaps(content)];
    }
    if formatting.font_style == FontStyle::Italic {
        content = vec![Inline::Emphasis(content)];
    }
    if formatting.font_weight == FontWeight::Bold {
        content = vec![Inline::Strong(content)];
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => content = vec![Inline::Superscript(content)],
        VerticalAlign::Sub => content = vec![Inline::Subscript(content)],
        _ => {}
    }
    out.extend(content);
}
