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
    let mut tidied = Tidied::default();
    for piece in &mut pieces {
        let (Piece::Joint(content) | Piece::Item(_, content)) = piece;
        tidied.tidy(content);
    }
    pieces
}

pub(super) fn inlines(children: ElemChildren) -> Vec<Inline<Resolved>> {
    let mut out = Vec::new();
    inlines_into(children, &mut out);
    out
}

/// An entry of the bibliography, tidied as citations are: without what empty parts leave behind: a second space, one at the end, one
/// before a semicolon or between numbers and their colon, a comma before a bracket (`(2021,)`), and a full stop
/// after a title that ends its own sentence (`Why?.`).
pub(super) fn entry(children: ElemChildren) -> Vec<Inline<Resolved>> {
    let mut content = inlines(children);
    let mut tidied = Tidied { last: ' ', ..Tidied::default() };
    tidied.tidy(&mut content);
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().len());
    }
    content
}

/// The end of what is tidied so far.
#[derive(Default)]
struct Tidied {
    last: char,
    before: char,
}

impl Tidied {
    fn tidy(&mut self, content: &mut [Inline<Resolved>]) {
        for inline in content {
            match inline {
                Inline::Text(text) => *text = self.tidied(text),
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::SmallCaps(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Link { content, .. } => self.tidy(content),
                _ => self.push('x'),
            }
        }
    }

    fn tidied(&mut self, text: &str) -> String {
        let mut tidy = String::with_capacity(text.len());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let follows_end = matches!(self.last, '?' | '!')
                || matches!(self.last, '”' | '’' | '»') && matches!(self.before, '.' | '?' | '!');
            match c {
                ' ' if self.last == ' ' => continue,
                ' ' if rest.peek() == Some(&';') => continue,
                ' ' if self.last.is_ascii_digit() && is_colon_of_number(rest.clone()) => continue,
                '.' if follows_end && rest.peek() != Some(&'.') => continue,
                ')' if self.last == ',' => {
                    tidy.pop();
                }
                ')' if self.last == ' ' && self.before == ',' => {
                    tidy.truncate(tidy.trim_end_matches([',', ' ']).len());
                }
                _ => {}
            }
            tidy.push(c);
            self.push(c);
        }
        tidy
    }

    fn push(&mut self, c: char) {
        self.before = std::mem::replace(&mut self.last, c);
    }
}

/// `: 145` or `:145`
fn is_colon_of_number(mut rest: impl Iterator<Item = char>) -> bool {
    rest.next() == Some(':') && rest.find(|c| *c != ' ').is_some_and(|c| c.is_ascii_digit())
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
