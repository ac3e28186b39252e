//! What became of the words of a page that are not in the essay.

use std::collections::BTreeMap;

use super::clutter::Verdict;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::ingest::sheet::shorten;
use crate::ledger::{Change, Fate};

#[derive(Debug, Default)]
pub struct Record {
    changes: Vec<Change>,
    /// Small things that occur often, as one change for each reason.
    gathered: BTreeMap<&'static str, Change>,
    /// Whether the last change can take in what follows it.
    is_open: bool,
}

impl Record {
    /// Notes that a text is left out.
    pub fn remove(&mut self, verdict: Verdict, lines: (u32, u32), text: String) {
        self.note(Fate::Removed, verdict, lines, text);
    }

    /// Notes that a text is elsewhere in the book.
    pub fn relocate(&mut self, verdict: Verdict, lines: (u32, u32), text: String) {
        self.note(Fate::Moved, verdict, lines, text);
    }

    fn note(&mut self, fate: Fate, verdict: Verdict, lines: (u32, u32), text: String) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        self.is_open = false;
        self.changes.push(Change {
            fate,
            rule: verdict.rule,
            reason: verdict.reason.to_owned(),
            lines,
            text,
        });
    }

    /// Notes a region of the page; neighbours of the same kind are one change.
    pub fn remove_region(&mut self, verdict: Verdict, lines: (u32, u32), text: String) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        if self.is_open
            && let Some(last) = self.changes.last_mut()
            && last.reason == verdict.reason
        {
            last.lines.1 = last.lines.1.max(lines.1);
            last.text.push('\n');
            last.text.push_str(&text);
            return;
        }
        self.remove(verdict, lines, text);
        self.is_open = true;
    }

    /// Ends a region: something of the essay stands between it and the next one.
    pub fn end_region(&mut self) {
        self.is_open = false;
    }

    /// Notes one of many small removals of a kind.
    pub fn gather(&mut self, verdict: Verdict, line: u32, text: &str) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        let change = self.gathered.entry(verdict.reason).or_insert_with(|| Change {
            fate: Fate::Removed,
            rule: verdict.rule,
            reason: verdict.reason.to_owned(),
            lines: (line, line),
            text: String::new(),
        });
        change.lines = (change.lines.0.min(line), change.lines.1.max(line));
        if !change.text.is_empty() {
            change.text.push(' ');
        }
        change.text.push_str(text);
    }

    /// The changes in the order of the file, and a note to the editor for each.
    pub fn finish(self, file: &str, diagnostics: &mut Diagnostics) -> Vec<Change> {
        let mut changes = self.changes;
        changes.extend(self.gathered.into_values());
        changes.sort_by_key(|change| change.lines.0);
        for change in &changes {
            let done = if change.fate == Fate::Moved { "moved" } else { "removed" };
            let first = change.text.lines().next().unwrap_or_default();
            let message = format!("{done} {}: “{}”", change.reason, shorten(first.trim(), 60));
            let note = Diagnostic::note(change.rule, message).at(Place::line(file, change.lines.0));
            diagnostics.push(note);
        }
        changes
    }
}
