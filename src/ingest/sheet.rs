//! An essay while it is being cleaned: numbered lines, and a record of every change.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::ledger::{Change, Fate};
use crate::manuscript::Vetoes;

/// The lines of one file. A removed line stays as an empty one, so that numbers keep their meaning.
#[derive(Debug)]
pub struct Sheet {
    pub file: String,
    pub lines: Vec<String>,
    pub diagnostics: Diagnostics,
    pub changes: Vec<Change>,
    /// What was done to the file to get the lines, where they are not the file's own.
    pub conversion: Vec<Change>,
    /// What the editor wants to stay.
    pub keep: Vetoes,
    /// Whether the lines are essay HTML.
    pub is_html: bool,
}

impl Sheet {
    pub fn new(file: &str, text: &str) -> Self {
        Sheet {
            file: file.to_owned(),
            lines: split_lines(text),
            diagnostics: Diagnostics::new(),
            changes: Vec::new(),
            conversion: Vec::new(),
            keep: Vetoes::default(),
            is_html: false,
        }
    }

    /// Puts the essay HTML that was made of the file in the place of its lines.
    pub fn turn_into_html(&mut self, html: &str, changes: Vec<Change>) {
        self.lines = split_lines(html);
        self.conversion.append(&mut self.changes);
        self.conversion.extend(changes);
        self.is_html = true;
    }

    /// A line as its reader sees it: without tags, where it is HTML.
    pub fn shown(&self, line: usize) -> Cow<'_, str> {
        let text = self.lines.get(line).map_or("", String::as_str);
        if self.is_html { Cow::Owned(without_tags(text)) } else { Cow::Borrowed(text) }
    }

    /// The place of a line, counted from 0.
    pub fn place(&self, line: usize) -> Place {
        let excerpt = self.lines.get(line).map(|text| shorten(text, 120));
        Place { excerpt, ..Place::line(&self.file, line as u32 + 1) }
    }

    /// Empties a line and notes it with its text. False, and nothing done, where the editor forbids it.
    pub fn remove(&mut self, line: usize, rule: &'static str, what: &str) -> bool {
        self.remove_lines(&[line], rule, what, Fate::Removed)
    }

    /// Likewise with several lines, which are one change; they stand in order.
    pub fn remove_lines(&mut self, lines: &[usize], rule: &'static str, what: &str, fate: Fate) -> bool {
        let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return false };
        let numbers = (first as u32 + 1, last as u32 + 1);
        if self.keep.spare(rule, numbers) || !self.are_whole(lines) {
            return false;
        }
        let place = self.place(first);
        let mut removed = Vec::with_capacity(lines.len());
        for &line in lines {
            removed.extend(self.lines.get_mut(line).map(std::mem::take));
        }
        let text = removed.join("\n");
        let done = if fate == Fate::Moved { "moved" } else { "removed" };
        let shown = if self.is_html { without_tags(&text) } else { text.clone() };
        let message = format!("{done} {what}: “{}”", shorten(&shown.trim().replace('\n', " "), 60));
        self.diagnostics.push(Diagnostic::note(rule, message).at(place));
        self.changes.push(Change { fate, rule, reason: what.to_owned(), lines: numbers, text });
        true
    }

    /// Whether lines can go without taking a tag from its partner.
    fn are_whole(&self, lines: &[usize]) -> bool {
        let is_whole = |&line: &usize| {
            let text = self.lines.get(line).map_or("", String::as_str);
            let opened = text.matches('<').count() - text.matches("</").count();
            opened
                == text.matches("</").count() + text.matches("<br>").count() + text.matches("<img ").count()
        };
        !self.is_html || lines.iter().all(is_whole)
    }

    /// Notes every line that differs from the file's as repaired. `original`: the file's lines.
    pub fn note_repairs(&mut self, original: &str) {
        let mut rest = original;
        for (number, after) in self.lines.iter().enumerate() {
            // Most lines are as they were, and where they end need not be looked for.
            let ends_here = matches!(rest.as_bytes().get(after.len()), None | Some(b'\n'));
            let is_same = ends_here && rest.starts_with(after.as_str());
            let end = if is_same { Some(after.len()) } else { memchr(b'\n', rest.as_bytes()) };
            let (before, below) = rest.split_at(end.unwrap_or(rest.len()));
            rest = below.strip_prefix('\n').unwrap_or_default();
            if before != after {
                let line = number as u32 + 1;
                self.changes.push(Change {
                    fate: Fate::Repaired { after: after.clone() },
                    rule: "repaired-encoding",
                    reason: "characters repaired or normalised".to_owned(),
                    lines: (line, line),
                    text: before.to_owned(),
                });
            }
        }
    }

    /// Numbers of the lines that hold text, outside fenced code.
    pub fn prose_lines(&self) -> Vec<usize> {
        let mut fence: Option<&str> = None;
        let mut prose = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let trimmed = line.trim_start();
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
}

fn split_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()) {
        lines.push(text[start..end].to_owned());
        start = end + 1;
    }
    lines.push(text[start..].to_owned());
    lines
}

/// The text of a line of essay HTML, where no `<` or `>` stands but in tags.
pub fn without_tags(line: &str) -> String {
    let mut pieces = line.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.split_once('>').map_or("", |(_, shown)| shown));
    }
    html_escape::decode_html_entities(&text).into_owned()
}

/// The start of a text, cut at a word where it is longer than `limit` characters.
pub fn shorten(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..cut];
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{head} …")
}
