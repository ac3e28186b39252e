//! The account of every word: what was in the essays' files against what is in the book.
//!
//! It is kept at every step, each against the one before, and counted from the texts themselves, not
//! from what the steps say of each other:
//!
//! 1. *file → manuscript*: the words that ingest took out are those of its changes;
//! 2. *manuscript → tree*: every word is in the tree, is syntax, or is in one of the parser's changes;
//! 3. *tree → book* ([`delivery`]): every word of the tree is in the chapter or the back matter.
//!
//! A word that none of this explains is missing, and the editor hears of it.

use std::collections::BTreeMap;

use crate::anthology::Anthology;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::document::{Document, Span};
use crate::ledger::{Change, Counts, Fate, Ledger, Missing, Use};
use crate::manuscript::Manuscript;
use delivery::Delivery;

mod delivery;
mod ingestion;
mod reading;
pub mod report;
mod words;

/// Missing words that a message names before it breaks off.
const NAMED_WORDS: usize = 8;

/// What became of the words of one essay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EssayAccount {
    pub file: String,
    pub title: String,
    /// As a manifest names it.
    pub dialect: &'static str,
    pub counts: Counts,
    /// In the order of the file's lines.
    pub changes: Vec<Change>,
    pub missing: Vec<Missing>,
    /// What else the editor was told of the essay, such as links that lead nowhere.
    pub messages: Vec<Diagnostic>,
    /// The file's text as decoded, and what of it went into the tree: line for line.
    pub before: String,
    pub after: String,
    delivery: Delivery,
}

/// The account of a whole book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    pub title: String,
    pub essays: Vec<EssayAccount>,
}

impl Account {
    /// Takes down what was said of each essay, save for what its changes say.
    pub fn take_messages(&mut self, diagnostics: &Diagnostics) {
        let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for message in diagnostics.iter() {
            if let Some(place) = &message.place {
                by_file.entry(&place.file).or_default().push(message);
            }
        }
        for essay in &mut self.essays {
            let messages = by_file.remove(essay.file.as_str()).unwrap_or_default();
            let is_news =
                |message: &&Diagnostic| !essay.changes.iter().any(|change| change.rule == message.code);
            essay.messages = messages.into_iter().filter(is_news).cloned().collect();
        }
    }

    /// Where a text stands in an essay's file for the time after so many; the file as a whole where it does not.
    pub fn place_of(&self, text: &str, file: &str, times: usize) -> Place {
        let essay = self.essays.iter().find(|essay| essay.file == file);
        let found = essay.and_then(|essay| Some((essay, essay.before.match_indices(text).nth(times)?.0)));
        match found {
            Some((essay, at)) => Place::in_text(file, &essay.before, at),
            None => Place::file(file),
        }
    }

    pub fn totals(&self) -> Counts {
        let mut totals = Counts::default();
        self.essays.iter().for_each(|essay| totals.add(essay.counts));
        totals
    }
}

/// Takes down what an essay's file, its manuscript and its tree say, before the tree is compiled away.
pub fn take_down(manuscript: &Manuscript, document: &Document, ledger: Ledger) -> EssayAccount {
    let taken_in = ingestion::check(manuscript);
    let read = reading::check(manuscript, document, &ledger);
    let delivery = Delivery::of(document);
    let is_untouched = manuscript.original == manuscript.text;
    let words = if is_untouched { read.words } else { words::count(&manuscript.original) };
    let mut counts = Counts {
        total: words + count_changes(&manuscript.conversion, |fate| !matches!(fate, Fate::Repaired { .. })),
        gained: taken_in.gained,
        moved: taken_in.moved + read.moved,
        removed: taken_in.removed + read.removed,
        markup: read.markup,
        ..Counts::default()
    };
    let elsewhere = delivery.words_elsewhere().min(read.kept);
    counts.kept = read.kept - elsewhere;
    counts.moved += elsewhere;
    let mut missing = taken_in.missing;
    missing.extend(read.missing);
    let mut changes = manuscript.conversion.clone();
    changes.extend_from_slice(&manuscript.changes);
    let after = without_changed(&manuscript.text, &ledger.uses);
    changes.extend(ledger.changes);
    changes.sort_by_key(|change| change.lines);
    EssayAccount {
        file: manuscript.file.clone(),
        title: document.metadata.title.clone().unwrap_or_default(),
        dialect: manuscript.dialect.name(),
        counts,
        changes,
        missing,
        messages: Vec::new(),
        before: manuscript.original.clone(),
        after,
        delivery,
    }
}

/// Closes the account against the finished book and says what is missing; `strict` makes that an error.
pub fn close(
    mut essays: Vec<EssayAccount>,
    anthology: &Anthology,
    strict: bool,
    diagnostics: &mut Diagnostics,
) -> Account {
    delivery::check(&mut essays, anthology, diagnostics);
    let severity = if strict { Severity::Error } else { Severity::Warning };
    for essay in &mut essays {
        essay.counts.missing = essay.missing.len();
        let restated = essay.delivery.restated().min(essay.counts.kept);
        essay.counts.moved += restated;
        essay.counts.kept = (essay.counts.kept - restated).saturating_sub(essay.delivery.lost());
        if !essay.missing.is_empty() {
            diagnostics.push(report_missing(essay, severity));
        }
    }
    Account { title: anthology.metadata.title.clone(), essays }
}

fn report_missing(essay: &EssayAccount, severity: Severity) -> Diagnostic {
    let count = match essay.missing.len() {
        1 => "a word".to_owned(),
        many => format!("{many} words"),
    };
    let line = essay.missing.iter().find_map(|missing| missing.line);
    let place = match line {
        Some(line) => Place::line(&essay.file, line),
        None => Place::file(&essay.file),
    };
    let names: Vec<&str> = essay.missing.iter().map(|missing| missing.word.as_str()).collect();
    let message = format!("{count} of this essay did not reach the book: {}", name(&names));
    let help = "compare the chapter with the essay; words must not get lost, so please report this";
    Diagnostic::new(severity, "lost-words", message).at(place).help(help)
}

fn name(words: &[&str]) -> String {
    let named: Vec<String> = words.iter().take(NAMED_WORDS).map(|word| format!("`{word}`")).collect();
    let rest = if words.len() > NAMED_WORDS { " …" } else { "" };
    format!("{}{rest}", named.join(", "))
}

/// The text without what the parser took out of it.
fn without_changed(text: &str, uses: &[(Span, Use)]) -> String {
    let mut changed: Vec<Span> =
        uses.iter().filter(|(_, usage)| *usage == Use::Changed).map(|(span, _)| *span).collect();
    changed.sort_unstable();
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for span in changed {
        let (start, end) = (span.start as usize, span.end as usize);
        rest.push_str(text.get(at..start).unwrap_or_default());
        rest.extend(text.get(start.max(at)..end).unwrap_or_default().chars().filter(|next| *next == '\n'));
        at = at.max(end);
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    rest
}

/// Words that changes of one fate hold.
fn count_changes(changes: &[Change], fate: impl Fn(&Fate) -> bool) -> usize {
    changes.iter().filter(|change| fate(&change.fate)).map(|change| words::count(&change.text)).sum()
}
