//! The text of one paragraph, seen through its inlines.

use std::borrow::Cow;

use super::languages::{Rules, rules};
use super::marks::{self, Edit};
use crate::document::{Inline, Parsed, Target, plain_text};

/// Stands for what is not to be read: code, formulas, pictures, addresses. A word, as it were.
pub const OBJECT: char = '\u{FFFC}';

/// A run of text under the rules of one language.
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    pub start: usize,
    pub rules: Rules,
}

/// The text of a paragraph's inlines in one piece; its memory serves many paragraphs.
#[derive(Debug, Default)]
pub struct Run {
    text: String,
    /// Where each text of the inlines lies.
    pieces: Vec<(usize, usize)>,
    passages: Vec<Passage>,
    edits: Vec<Edit>,
    has_pictures: bool,
}

impl Run {
    /// Sets a paragraph. Texts that are right already stay where they are in memory.
    pub fn set(&mut self, inlines: &mut [Inline<Parsed>], language: Rules) {
        if let [Inline::Text(text)] = inlines {
            return self.set_text(text, language);
        }
        self.clear(language);
        self.gather(inlines, language);
        marks::find(&self.text, &self.passages, &mut self.edits);
        if !self.edits.is_empty() {
            let mut pieces = self.pieces.iter();
            apply(inlines, &mut pieces, &mut self.edits.as_slice());
        }
        if self.has_pictures {
            self.set_alternatives(inlines, language);
        }
    }

    /// Sets a text that stands alone.
    pub fn set_text(&mut self, text: &mut String, language: Rules) {
        self.clear(language);
        marks::find(text, &self.passages, &mut self.edits);
        if !self.edits.is_empty() {
            edit(text, (0, text.len()), &mut self.edits.as_slice());
        }
    }

    fn clear(&mut self, language: Rules) {
        self.text.clear();
        self.pieces.clear();
        self.passages.clear();
        self.edits.clear();
        self.has_pictures = false;
        self.passages.push(Passage { start: 0, rules: language });
    }

    fn gather(&mut self, inlines: &[Inline<Parsed>], language: Rules) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    let start = self.text.len();
                    self.text.push_str(text);
                    self.pieces.push((start, self.text.len()));
                }
                Inline::LineBreak => self.text.push('\n'),
                // The mark of a note stands between a word and its full stop without parting them.
                Inline::Link { to, .. } if matches!(to.target, Target::Note(_)) => {}
                Inline::Foreign { language: tag, content } => {
                    let foreign = rules(tag);
                    self.passages.push(Passage { start: self.text.len(), rules: foreign });
                    self.gather(content, foreign);
                    self.passages.push(Passage { start: self.text.len(), rules: language });
                }
                other if is_closed(other) => {
                    self.has_pictures |= matches!(other, Inline::Image { .. });
                    self.text.push(OBJECT);
                }
                other => self.gather(other.content(), language),
            }
        }
    }

    fn set_alternatives(&mut self, inlines: &mut [Inline<Parsed>], language: Rules) {
        for inline in inlines {
            match inline {
                Inline::Image { alt, .. } => self.set_text(alt, language),
                other => self.set_alternatives(other.content_mut(), language),
            }
        }
    }
}

/// Whether an inline's text is none of ours.
fn is_closed(inline: &Inline<Parsed>) -> bool {
    match inline {
        Inline::Code(_) | Inline::Math(_) | Inline::Image { .. } => true,
        Inline::Link { to, content } => match &to.target {
            Target::Address(address) => {
                let shown = match content.as_slice() {
                    [Inline::Text(text)] => Cow::Borrowed(text.as_str()),
                    _ => Cow::Owned(plain_text(content)),
                };
                shown.contains("://") || shown.starts_with("www.") || address.ends_with(shown.as_ref())
            }
            Target::Wikilink { .. } | Target::Embed { .. } => false,
            Target::Note(_) | Target::Citation(_) | Target::Timestamp(_) => true,
        },
        _ => false,
    }
}

/// Puts the edits into the texts that they belong to.
fn apply<'a>(
    inlines: &mut [Inline<Parsed>],
    pieces: &mut impl Iterator<Item = &'a (usize, usize)>,
    edits: &mut &[Edit],
) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let Some(&piece) = pieces.next() else { return };
                edit(text, piece, edits);
            }
            other if is_closed(other) => {}
            other => apply(other.content_mut(), pieces, edits),
        }
    }
}

/// Edits one text, which lies at `piece` in its run; takes the edits that are done or past.
fn edit(text: &mut String, piece: (usize, usize), edits: &mut &[Edit]) {
    let (start, end) = piece;
    let count = edits.partition_point(|edit| edit.start < end);
    let (ours, rest) = edits.split_at(count);
    *edits = rest;
    if ours.is_empty() {
        return;
    }
    let mut edited = String::with_capacity(text.len() + 4 * ours.len());
    let mut written = start;
    for edit in ours {
        // What begins in one text and ends in another is no mark: `-*-*`.
        if edit.start < written || edit.end > end {
            continue;
        }
        edited.push_str(&text[written - start..edit.start - start]);
        edited.push_str(edit.set);
        written = edit.end;
    }
    edited.push_str(&text[written - start..]);
    *text = edited;
}
