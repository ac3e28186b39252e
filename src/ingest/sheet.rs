//! An essay while it is being cleaned: numbered lines, and a record of every change.

use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// The lines of one file. A removed line stays as an empty one, so that numbers keep their meaning.
#[derive(Debug)]
pub struct Sheet {
    pub file: String,
    pub lines: Vec<String>,
    pub diagnostics: Diagnostics,
}

impl Sheet {
    pub fn new(file: &str, text: &str) -> Self {
        Sheet {
            file: file.to_owned(),
            lines: text.split('\n').map(str::to_owned).collect(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// The place of a line, counted from 0.
    pub fn place(&self, line: usize) -> Place {
        let excerpt = self.lines.get(line).map(|text| shorten(text, 120));
        Place { excerpt, ..Place::line(&self.file, line as u32 + 1) }
    }

    /// Empties a line and notes it with its text.
    pub fn remove(&mut self, line: usize, code: &'static str, what: &str) {
        let place = self.place(line);
        let Some(text) = self.lines.get_mut(line) else { return };
        let removed = std::mem::take(text);
        let message = format!("removed {what}: “{}”", shorten(removed.trim(), 60));
        self.diagnostics.push(Diagnostic::note(code, message).at(place));
    }

    /// Numbers of the lines that hold text, outside fenced code.
    pub fn prose_lines(&self) -> Vec<usize> {
        let mut fence: Option<&str> = None;
        let mut prose = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let trimmed = line.trim();
            let marker = ["```", "~~~"].into_iter().find(|marker| trimmed.starts_with(marker));
            match (fence, marker) {
                (None, Some(marker)) => fence = Some(marker),
                (Some(open), Some(marker)) if open == marker => fence = None,
                (None, None) if !trimmed.is_empty() => prose.push(number),
                _ => {}
            }
        }
        prose
    }

    pub fn into_text(self) -> (String, Diagnostics) {
        (self.lines.join("\n"), self.diagnostics)
    }
}

/// The start of a text, cut at a word where it is longer than `limit` characters.
pub fn shorten(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..cut];
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{head} …")
}
