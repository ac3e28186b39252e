//! A line of plain text, and what it looks like on its own.

use crate::document::Span;

/// One line by its place in the manuscript.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub start: usize,
    pub text: &'a str,
}

impl<'a> Line<'a> {
    pub fn all(text: &'a str) -> Vec<Line<'a>> {
        let mut start = 0;
        let lines = text.split('\n').map(|text| {
            let line = Line { start, text };
            start += text.len() + 1;
            line
        });
        lines.collect()
    }

    pub fn trimmed(self) -> &'a str {
        self.text.trim()
    }

    pub fn is_blank(self) -> bool {
        self.trimmed().is_empty()
    }

    pub fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// The line without its first bytes.
    pub fn skip(self, bytes: usize) -> Line<'a> {
        Line { start: self.start + bytes, text: self.text.get(bytes..).unwrap_or_default() }
    }

    /// Columns of white space before the text; a tab is four.
    pub fn indent(self) -> usize {
        let space = self.text.chars().take_while(|next| next.is_whitespace());
        space.map(|next| if next == '\t' { 4 } else { 1 }).sum()
    }

    /// Characters of the text.
    pub fn width(self) -> usize {
        let text = self.trimmed();
        if text.is_ascii() { text.len() } else { text.chars().count() }
    }

    /// The line below a quotation mark of e-mail: `> text`.
    pub fn unquoted(self) -> Option<Line<'a>> {
        let text = self.text.trim_start();
        let rest = text.strip_prefix('>')?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        Some(self.skip(self.text.len() - rest.len()))
    }

    /// Whether the line ends as sentences do.
    pub fn ends_sentence(self) -> bool {
        let text = self.trimmed().trim_end_matches(['"', '”', '’', '\'', ')', '»', '_', '*']);
        text.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
    }
}
