//! Whether what an essay cites can be right, as far as its own words tell.
//!
//! The check reads an essay as it was parsed, changes nothing, and tells the editor of what deserves a
//! look: a sentence that names another source than its mark leads to ([attributions]), addresses that
//! lead nowhere ([addresses]), notes whose marks cannot all be right ([notes]). What is only known once
//! the essay is linked is told by [`tell_uncited`], and once the sources are merged by [descriptions]. Marks
//! of notes and numbers that nothing stands behind are told by who finds them: the parser and the linker.
//! A warning that is wrong costs more than one that is missing: each rule says what it leaves alone.

mod addresses;
mod attributions;
pub(super) mod descriptions;
mod knowledge;
mod notes;
mod sentences;
mod uncited;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::Span;
use crate::manuscript::Manuscript;

use super::library::Library;
use super::order::Essay;

pub(super) use uncited::{Uncited, tell_uncited};

/// Problems of one kind that an editor will read of one essay; what is left is counted.
const MOST_TOLD: usize = 100;

/// Checks one essay as it was parsed.
pub(super) fn check(essay: &Essay, library: &Library) -> Vec<Diagnostic> {
    let mut findings = Findings::of(&essay.manuscript);
    notes::check(&essay.document, &mut findings);
    addresses::check(&essay.document, &mut findings);
    attributions::check(&essay.document, library, &mut findings);
    findings.finish()
}

/// What was found in one essay.
struct Findings<'a> {
    manuscript: &'a Manuscript,
    found: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
}

impl<'a> Findings<'a> {
    fn of(manuscript: &'a Manuscript) -> Self {
        Findings { manuscript, found: Vec::new(), counts: BTreeMap::new() }
    }

    /// Enters what stands at `span`. What it is gets written only where it will be read.
    fn enter(&mut self, code: &'static str, span: Span, finding: impl FnOnce() -> Diagnostic) {
        if self.is_worth_telling(code) {
            let place = self.manuscript.place(span);
            self.found.push(finding().at(place));
        }
    }

    fn is_worth_telling(&mut self, code: &'static str) -> bool {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        *count <= MOST_TOLD
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts.into_iter().filter(|(_, count)| *count > MOST_TOLD) {
            let message = format!("{} more places in this essay have this problem", count - MOST_TOLD);
            let place = Place::file(&self.manuscript.file);
            self.found.push(Diagnostic::warning(code, message).at(place));
        }
        self.found
    }
}

/// The start of a text that is to be shown in a message, in one line.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    let whole_words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', ';', ':', '.', '(']))
}
