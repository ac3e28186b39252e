//! What the readers share about an essay besides its tree: the manuscript, and the ledger of its text.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::extensions::Marks;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{MarkedTerm, Span};
use crate::ledger::{Change, Fate, Ledger, Use};
use crate::manuscript::Manuscript;

/// Notes of one rule that an editor will read; what is left is counted.
const MOST_NOTES: usize = 100;

/// How many bytes of an essay go with one entry of its ledger, at a guess.
const BYTES_PER_USE: usize = 64;

/// One essay while it is being read.
#[derive(Debug)]
pub struct Context<'a> {
    pub manuscript: &'a Manuscript,
    /// Labels of the essay's numbered references.
    pub references: BTreeSet<String>,
    /// Labels of undefined notes that were reported, so that each is once.
    pub undefined: RefCell<BTreeSet<String>>,
    /// Numbers in brackets that no entry of a list has, and where each stands first.
    unlisted: RefCell<BTreeMap<u32, Span>>,
    /// Notes without an end.
    unclosed: Cell<usize>,
    /// Where the dialect's own syntax stood, and what becomes of it.
    pub marks: Marks,
    /// How many tags stand in running text, and where the first does.
    pub tags: Cell<Option<(usize, Span)>>,
    /// How often each rule removed something.
    removals: RefCell<BTreeMap<&'static str, usize>>,
    ledger: RefCell<Ledger>,
    line_starts: OnceCell<Vec<usize>>,
    /// Terms that the text marks.
    marked_terms: RefCell<Vec<MarkedTerm>>,
}

impl<'a> Context<'a> {
    pub fn new(manuscript: &'a Manuscript) -> Self {
        Context {
            manuscript,
            references: BTreeSet::new(),
            undefined: RefCell::default(),
            unlisted: RefCell::default(),
            unclosed: Cell::default(),
            marks: Marks::default(),
            tags: Cell::default(),
            removals: RefCell::default(),
            ledger: RefCell::new(Ledger {
                uses: Vec::with_capacity(manuscript.text.len() / BYTES_PER_USE),
                ..Ledger::default()
            }),
            line_starts: OnceCell::new(),
            marked_terms: RefCell::default(),
        }
    }

    /// Takes down a term that the text marks.
    pub fn mark_term(&self, term: MarkedTerm) {
        const MOST: usize = 5_000;
        let mut terms = self.marked_terms.borrow_mut();
        if terms.len() < MOST {
            terms.push(term);
        }
    }

    /// The terms that the text marks, in reading order.
    pub fn take_marked_terms(&self) -> Vec<MarkedTerm> {
        self.marked_terms.take()
    }

    pub fn into_ledger(self) -> Ledger {
        self.ledger.into_inner()
    }

    /// The manuscript's text at `span`; empty where the span is not in it.
    #[inline]
    pub fn source(&self, span: Span) -> &'a str {
        self.manuscript.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Notes that `text` goes into the tree and stands at `span` in the manuscript.
    pub fn note_text(&self, text: &str, span: Span) {
        let written = self.source(span);
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        if is_same_line(written, text) {
            self.note(span, Use::Text);
        } else if has_words(text) {
            self.note(span, Use::Written(text.to_owned()));
        } else if has_words(written) {
            self.note(span, Use::Markup);
        }
    }

    /// Likewise where delimiters stand around the text.
    pub fn note_enclosed(&self, text: &str, span: Span) {
        match self.source(span).find(text) {
            Some(at) => {
                let start = span.start as usize + at;
                self.note(Span::new(start, start + text.len()), Use::Text);
            }
            None => self.note(span, Use::Written(text.to_owned())),
        }
    }

    /// Notes that the words at `span` are syntax.
    #[inline]
    pub fn note_markup(&self, span: Span) {
        self.note(span, Use::Markup);
    }

    /// Notes that a text that went into the tree became structure, and is no word there any more.
    pub fn note_spent(&self, text: &str) {
        if text.contains(char::is_alphanumeric) {
            self.ledger.borrow_mut().spent.push(text.to_owned());
        }
    }

    #[inline]
    fn note(&self, span: Span, usage: Use) {
        if span.start < span.end {
            self.ledger.borrow_mut().uses.push((span, usage));
        }
    }

    /// Notes that the text refers to numbers that no entry has.
    pub fn note_unlisted(&self, numbers: &[u32], span: Span) {
        let mut unlisted = self.unlisted.borrow_mut();
        for number in numbers {
            unlisted.entry(*number).or_insert(span);
        }
    }

    /// Tells of a note or its mark that has a beginning and no end.
    pub fn warn_unclosed(&self, span: Span, sign: &str, diagnostics: &mut Diagnostics) {
        self.unclosed.set(self.unclosed.get() + 1);
        if self.unclosed.get() <= MOST_NOTES {
            let message = format!("`{sign}` begins a note that nothing ends; it stays as text");
            let help = "close it with `]` in the same paragraph";
            let place = self.manuscript.place(span);
            diagnostics.push(Diagnostic::warning("unclosed-note", message).at(place).help(help));
        }
    }

    /// Leaves out what stands at `span`, and tells the editor. False where the editor forbids it: then
    /// the text must stay.
    pub fn remove(
        &self,
        span: Span,
        rule: &'static str,
        reason: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let done = self.leave_out(span, rule, reason);
        if done && self.is_worth_telling(rule) {
            let place = self.manuscript.place(span);
            diagnostics.push(Diagnostic::note(rule, format!("removed {reason}")).at(place));
        }
        done
    }

    /// Leaves out a sign without words that stands at `offset`. False where the editor forbids it.
    pub fn drop_sign(&self, sign: &str, offset: usize, rule: &'static str, reason: &str) -> bool {
        let line = self.line(offset);
        let (reason, text) = (reason.to_owned(), sign.to_owned());
        self.record(Change { fate: Fate::Removed, rule, reason, lines: (line, line), text })
    }

    /// Whether this is told, or only counted: an editor reads so many messages of one kind.
    pub fn is_worth_telling(&self, rule: &'static str) -> bool {
        let mut removals = self.removals.borrow_mut();
        let count = removals.entry(rule).or_default();
        *count += 1;
        *count <= MOST_NOTES
    }

    /// Tells what is told once for the whole essay.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        for (rule, count) in self.removals.borrow().iter().filter(|(_, count)| **count > MOST_NOTES) {
            let message = format!("did so in {} more places; the report has all of them", count - MOST_NOTES);
            let place = Place::file(&self.manuscript.file);
            diagnostics.push(Diagnostic::note(rule, message).at(place));
        }
        self.report_unlisted(diagnostics);
        let untold = self.unclosed.get().saturating_sub(MOST_NOTES);
        if untold > 0 {
            let message = format!("{untold} more notes have no end");
            let place = Place::file(&self.manuscript.file);
            diagnostics.push(Diagnostic::warning("unclosed-note", message).at(place));
        }
        if let Some((count, span)) = self.tags.get() {
            let tags = if count == 1 { "a tag".to_owned() } else { format!("{count} tags") };
            let message = format!("took the `#` off {tags} in running text; the words stay");
            diagnostics.push(Diagnostic::note("inline-tag", message).at(self.manuscript.place(span)));
        }
    }

    /// Tells of numbers that no entry has. Where there is no list, a lone number may be anything, but the
    /// first of all.
    fn report_unlisted(&self, diagnostics: &mut Diagnostics) {
        const MOST_NAMED: usize = 10;
        let unlisted = self.unlisted.borrow();
        let is_citing = !self.references.is_empty() || unlisted.contains_key(&1) || unlisted.len() > 1;
        let Some(first) = unlisted.values().min().filter(|_| is_citing) else { return };
        let mut numbers: Vec<String> =
            unlisted.keys().take(MOST_NAMED).map(|number| format!("[{number}]")).collect();
        if unlisted.len() > MOST_NAMED {
            numbers.push("…".to_owned());
        }
        let numbers = numbers.join(", ");
        let smallest = unlisted.keys().next().copied().unwrap_or_default();
        let last = self.references.iter().filter_map(|label| label.parse::<u32>().ok()).max();
        let (message, help) = match last {
            Some(last) if last < smallest => (
                format!("the text refers to {numbers}, but the list of references ends at [{last}]"),
                "add what is missing, or correct the marks",
            ),
            Some(_) => (
                format!("the text refers to {numbers}, which the list of references does not have"),
                "add what is missing, or correct the marks",
            ),
            None => (
                format!("the text refers to {numbers}, but the essay has no list of references"),
                "end the essay with the list, one line for each entry: `[1] …`",
            ),
        };
        let place = self.manuscript.place(*first);
        diagnostics.push(Diagnostic::warning("unlisted-reference", message).at(place).help(help));
    }

    /// Leaves out what stands at `span`; the caller tells the editor.
    pub fn leave_out(&self, span: Span, rule: &'static str, reason: &str) -> bool {
        self.change(span, Fate::Removed, rule, reason)
    }

    /// Notes that words in the tree stand for those at `span`.
    pub fn note_written(&self, text: &str, span: Span) {
        self.note(span, Use::Written(text.to_owned()));
    }

    /// Likewise with what goes elsewhere in the book, which is no loss to tell of.
    pub fn relocate(&self, span: Span, rule: &'static str, reason: &str) -> bool {
        self.change(span, Fate::Moved, rule, reason)
    }

    fn change(&self, span: Span, fate: Fate, rule: &'static str, reason: &str) -> bool {
        let text = self.source(span);
        let end = span.end.saturating_sub(1).max(span.start);
        let lines = (self.line(span.start as usize), self.line(end as usize));
        let change = Change { fate, rule, reason: reason.to_owned(), lines, text: text.to_owned() };
        let done = self.record(change);
        if done {
            self.ledger.borrow_mut().uses.push((span, Use::Changed));
        }
        done
    }

    /// Enters a change, unless the editor forbids it.
    fn record(&self, change: Change) -> bool {
        if self.manuscript.keep.spare(change.rule, change.lines) {
            return false;
        }
        self.ledger.borrow_mut().changes.push(change);
        true
    }

    /// The 1-based line of a byte of the manuscript.
    fn line(&self, offset: usize) -> u32 {
        let starts = self.line_starts.get_or_init(|| {
            let newlines = self.manuscript.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            newlines.map(|(at, _)| at + 1).collect()
        });
        starts.partition_point(|start| *start <= offset) as u32 + 1
    }
}

/// Whether two texts are the same but for the ends of lines, which are spaces in one of them.
fn is_same_line(written: &str, text: &str) -> bool {
    let mut pairs = written.bytes().zip(text.bytes());
    written == text
        || (written.len() == text.len()
            && pairs.all(|(one, two)| one == two || (one.is_ascii_whitespace() && two.is_ascii_whitespace())))
}
