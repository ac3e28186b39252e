//! Words that a hyphen divides at the end of a line.

use std::cell::OnceCell;
use std::collections::HashSet;

/// What becomes of the hyphen at a line's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// There is none: a space parts the lines.
    Space,
    /// It is part of the word: `well-known`.
    Kept,
    /// It only divided the word.
    Gone,
}

/// The words that an essay uses, to tell which of them a line's end divided.
pub struct Vocabulary<'a> {
    text: &'a str,
    words: OnceCell<HashSet<&'a str>>,
}

impl<'a> Vocabulary<'a> {
    pub fn of(text: &'a str) -> Self {
        Vocabulary { text, words: OnceCell::new() }
    }

    fn has(&self, word: &str) -> bool {
        self.words
            .get_or_init(|| self.text.split(|next: char| !next.is_alphanumeric()).collect())
            .contains(word)
    }

    /// What joins two lines of a paragraph.
    pub fn seam(&self, above: &str, below: &str) -> Seam {
        let Some(stem) = above.strip_suffix(['-', '\u{2010}', '\u{AD}']) else { return Seam::Space };
        let (start, end) = (last_word(stem), first_word(below));
        let is_word = |word: &str| word.chars().all(char::is_alphabetic) && !word.is_empty();
        if !is_word(start) || !is_word(end) || !end.starts_with(char::is_lowercase) {
            return Seam::Space;
        }
        if above.ends_with('\u{AD}') {
            return Seam::Gone;
        }
        // `pre- and post-war`
        if matches!(
            end,
            "and"
                | "or"
                | "to"
                | "und"
                | "oder"
                | "bis"
                | "et"
                | "ou"
                | "y"
                | "o"
                | "e"
                | "i"
                | "lub"
                | "en"
                | "of"
        ) {
            return Seam::Space;
        }
        let joined = format!("{start}{end}");
        let is_known = self.has(&joined) || self.has(&joined.to_lowercase());
        if is_known { Seam::Gone } else { Seam::Kept }
    }
}

/// The letters at the end of a line.
pub fn last_word(text: &str) -> &str {
    text.rfind(|next: char| !next.is_alphanumeric()).map_or(text, |at| {
        let length = text[at..].chars().next().map_or(1, char::len_utf8);
        &text[at + length..]
    })
}

/// The letters at the start of a line.
pub fn first_word(text: &str) -> &str {
    &text[..text.find(|next: char| !next.is_alphanumeric()).unwrap_or(text.len())]
}
