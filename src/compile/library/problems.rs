//! What is wrong with a bibliography file, entry by entry.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::manuscript::InputFile;

/// Broken entries that an editor will read of; what is left is counted.
const MOST_TOLD: usize = 50;
/// Kinds of fields that are named.
const MOST_NAMED: usize = 40;

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    file: &'a InputFile<String>,
    diagnostics: Vec<Diagnostic>,
    broken: usize,
    /// How often each kind of field was left out.
    left_out: BTreeMap<String, usize>,
}

impl<'a> Problems<'a> {
    pub(super) fn of(file: &'a InputFile<String>) -> Self {
        Problems { file, diagnostics: Vec::new(), broken: 0, left_out: BTreeMap::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Something in the entry at this byte cannot be read.
    pub(super) fn broken(&mut self, offset: usize, message: String, help: &str) {
        self.tell("bibliography-syntax", offset, message, help);
    }

    /// Two entries of this file have one key.
    pub(super) fn repeated(&mut self, offset: usize, key: &str) {
        let message = format!("there is a different `{key}` before this one");
        self.tell(
            "duplicate-key",
            offset,
            message,
            "the first one is used; give one of the works another key",
        );
    }

    fn tell(&mut self, code: &'static str, offset: usize, message: String, help: &str) {
        self.broken += 1;
        if self.broken <= MOST_TOLD {
            let place = Place::in_text(&self.file.path, &self.file.content, offset);
            self.diagnostics.push(Diagnostic::warning(code, message).at(place).help(help));
        }
    }

    /// A field that an entry has no place for.
    pub(super) fn left_out(&mut self, field: &str) {
        *self.left_out.entry(field.to_owned()).or_default() += 1;
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let place = || Place::file(&self.file.path);
        if self.broken > MOST_TOLD {
            let message = format!("{} more places in this file cannot be read", self.broken - MOST_TOLD);
            self.diagnostics.push(
                Diagnostic::warning("bibliography-syntax", message)
                    .at(place())
                    .help("correct the ones that are named, and build again"),
            );
        }
        if !self.left_out.is_empty() {
            let names = self.left_out.iter().take(MOST_NAMED).map(|(field, times)| match times {
                1 => format!("`{field}`"),
                times => format!("`{field}` ({times} times)"),
            });
            let names: Vec<String> = names.collect();
            let more = self.left_out.len() - names.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("a bibliography has no use for {}{more}", names.join(", "));
            self.diagnostics.push(Diagnostic::note("bibliography-field", message).at(place()));
        }
        self.diagnostics
    }
}
