//! A text as lines that know where they stand.

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    pub start: usize,
    pub text: &'t str,
}

impl Line<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many bytes of white space it starts with.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    /// Where its text starts, after white space and the marks of quotations.
    pub fn content_start(&self) -> usize {
        self.start + self.text.len() - self.text.trim_start_matches([' ', '\t', '>']).len()
    }

    /// Where its text ends, before white space.
    pub fn content_end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }
}

pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let here = Line { start, text: line };
        start += line.len() + 1;
        here
    })
}
