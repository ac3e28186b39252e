//! An author's running text as letters, and back: where a reader of letters finds something, the tree
//! is cut at that place.

use crate::document::{Inline, Parsed, Target};

use super::addresses::{self, Address};
use super::prose::Piece;

/// The text of `content` in pieces of one style. Marks of notes and citations have no letters.
pub(super) fn pieces(content: &[Inline<Parsed>]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(content.len());
    pieces_into(content, false, None, &mut pieces);
    pieces
}

fn pieces_into<'a>(
    content: &'a [Inline<Parsed>],
    is_emphasised: bool,
    address: Option<&'a str>,
    pieces: &mut Vec<Piece<'a>>,
) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => {
                pieces.push(Piece { text, is_emphasised, address });
            }
            Inline::LineBreak => pieces.push(Piece { text: " ", is_emphasised, address }),
            Inline::Emphasis(content) => pieces_into(content, true, address, pieces),
            Inline::Link { to, content } => match &to.target {
                Target::Address(to) if matches!(addresses::read(to), Address::External(_)) => {
                    pieces_into(content, is_emphasised, Some(to), pieces);
                }
                target if is_mark(target) => {}
                _ => pieces_into(content, is_emphasised, address, pieces),
            },
            other => pieces_into(other.content(), is_emphasised, address, pieces),
        }
    }
}

fn is_mark(target: &Target) -> bool {
    matches!(target, Target::Note(_) | Target::Citation(_) | Target::Timestamp(_))
}

/// Cuts the text at the given places, which ascend: one part more than there are places. What is
/// emphasised or linked on both sides of a place is so in both parts.
pub(super) fn split(content: Vec<Inline<Parsed>>, places: &[usize]) -> Vec<Vec<Inline<Parsed>>> {
    let mut cutter = Cutter { at: 0, places };
    let mut parts = cutter.split(content);
    parts.resize_with(parts.len() + cutter.places.len(), Vec::new);
    parts
}

struct Cutter<'a> {
    at: usize,
    /// Those still to come.
    places: &'a [usize],
}

impl Cutter<'_> {
    /// Whether a cut is due before the letter at `end`.
    fn cuts_before(&mut self, end: usize) -> Option<usize> {
        let (&place, rest) = self.places.split_first().filter(|(place, _)| **place < end)?;
        self.places = rest;
        Some(place)
    }

    fn split(&mut self, content: Vec<Inline<Parsed>>) -> Vec<Vec<Inline<Parsed>>> {
        let mut done = Vec::new();
        let mut part = Vec::new();
        for inline in content {
            while self.cuts_before(self.at + 1).is_some() {
                done.push(std::mem::take(&mut part));
            }
            match inline {
                Inline::Text(text) => self.split_letters(text, Inline::Text, &mut part, &mut done),
                Inline::Code(text) => self.split_letters(text, Inline::Code, &mut part, &mut done),
                Inline::Math(text) => self.split_letters(text, Inline::Math, &mut part, &mut done),
                Inline::LineBreak => {
                    self.at += 1;
                    part.push(Inline::LineBreak);
                }
                Inline::Image { .. } | Inline::Anchor(_) => part.push(inline),
                Inline::Link { ref to, .. } if is_mark(&to.target) => part.push(inline),
                Inline::Emphasis(inner) => self.split_within(inner, Inline::Emphasis, &mut part, &mut done),
                Inline::Strong(inner) => self.split_within(inner, Inline::Strong, &mut part, &mut done),
                Inline::Strikethrough(inner) => {
                    self.split_within(inner, Inline::Strikethrough, &mut part, &mut done);
                }
                Inline::Highlight(inner) => self.split_within(inner, Inline::Highlight, &mut part, &mut done),
                Inline::Superscript(inner) => {
                    self.split_within(inner, Inline::Superscript, &mut part, &mut done);
                }
                Inline::Subscript(inner) => self.split_within(inner, Inline::Subscript, &mut part, &mut done),
                Inline::SmallCaps(inner) => self.split_within(inner, Inline::SmallCaps, &mut part, &mut done),
                Inline::Ruby(inner) => self.split_within(inner, Inline::Ruby, &mut part, &mut done),
                Inline::Reading(inner) => self.split_within(inner, Inline::Reading, &mut part, &mut done),
                Inline::Foreign { language, content } => {
                    let wrap = |content| Inline::Foreign { language: language.clone(), content };
                    self.split_within(content, wrap, &mut part, &mut done);
                }
                Inline::Link { to, content } => {
                    let wrap = |content| Inline::Link { to: to.clone(), content };
                    self.split_within(content, wrap, &mut part, &mut done);
                }
            }
        }
        done.push(part);
        done
    }

    fn split_letters(
        &mut self,
        mut text: String,
        wrap: impl Fn(String) -> Inline<Parsed>,
        part: &mut Vec<Inline<Parsed>>,
        done: &mut Vec<Vec<Inline<Parsed>>>,
    ) {
        while let Some(place) = self.cuts_before(self.at + text.len()) {
            let mut length = place.saturating_sub(self.at);
            while !text.is_char_boundary(length) {
                length += 1;
            }
            let rest = text.split_off(length);
            self.at += text.len();
            if !text.is_empty() {
                part.push(wrap(text));
            }
            text = rest;
            done.push(std::mem::take(part));
        }
        self.at += text.len();
        if !text.is_empty() {
            part.push(wrap(text));
        }
    }

    fn split_within(
        &mut self,
        content: Vec<Inline<Parsed>>,
        wrap: impl Fn(Vec<Inline<Parsed>>) -> Inline<Parsed>,
        part: &mut Vec<Inline<Parsed>>,
        done: &mut Vec<Vec<Inline<Parsed>>>,
    ) {
        let was_empty = content.is_empty();
        for (position, inner) in self.split(content).into_iter().enumerate() {
            if position > 0 {
                done.push(std::mem::take(part));
            }
            if !inner.is_empty() || was_empty {
                part.push(wrap(inner));
            }
        }
    }
}
