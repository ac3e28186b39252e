//! Syntax that the Markdown parser does not know, taken out of its sight.
//!
//! Before an essay is parsed, each stretch of such syntax is overwritten byte for byte, so that every
//! offset stays true. Within a line the filler is text to the Markdown parser; around whole lines it
//! is an HTML block. Where the filler turns up among the parser's events, its mark says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::Context;
use super::attributes::Attributes;
use super::code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Alignment, CitedKey, IndexMark, MarkedTerm, Span, Width};

/// The first byte of a mark within a line; ingest removes control characters, so no author has it.
pub const FIRST: char = '\u{1}';
/// The bytes after it.
pub const REST: char = '\u{2}';

/// What stands for a stretch of syntax in the tree.
#[derive(Debug, Clone)]
pub enum Act {
    /// It leaves nothing.
    Nothing,
    /// These words.
    Text(String),
    /// These signs, as code.
    Literal(String),
    Picture {
        address: String,
        alt: String,
        caption: String,
    },
    Link {
        address: String,
        text: String,
    },
    Cite(Vec<CitedKey>),
    /// A reference to a note of the essay.
    NoteReference(String),
    Code {
        language: Option<String>,
        text: String,
    },
    Math(String),
    /// Opens an element that the [`Act::Close`] with the same name ends.
    Open {
        name: &'static str,
        element: Element,
    },
    Close {
        name: &'static str,
        /// Whose words a quotation was.
        author: String,
    },
    /// A place to link to.
    Place(String),
    /// A place that the index leads to.
    Index(IndexMark),
    /// Attributes of the block that ends here.
    Describe(Attributes),
    /// How wide the picture before it is.
    Size(Width),
    /// A line of verse begins, this far from the margin.
    VerseLine {
        indent: usize,
    },
    Table(TableDraft),
    /// A caption of the table beside it.
    Caption(String),
}

impl Act {
    /// Ends the element of that name.
    pub fn close(name: &'static str) -> Self {
        Act::Close { name, author: String::new() }
    }

    /// Whether it leaves something for readers where it stands.
    pub fn shows_text(&self) -> bool {
        match self {
            Act::Text(_)
            | Act::Literal(_)
            | Act::Picture { .. }
            | Act::Link { .. }
            | Act::Cite(_)
            | Act::NoteReference(_)
            | Act::Code { .. }
            | Act::Math(_)
            | Act::Table(_)
            | Act::Caption(_) => true,
            Act::Nothing
            | Act::Open { .. }
            | Act::Close { .. }
            | Act::Place(_)
            | Act::Index(_)
            | Act::Describe(_)
            | Act::Size(_)
            | Act::VerseLine { .. } => false,
        }
    }
}

/// What syntax of one's own can open.
#[derive(Debug, Clone)]
pub enum Element {
    Callout { kind: String, title: String },
    Quote,
    Division,
    Note { label: String },
    SmallCaps,
    Highlight,
    Strikethrough,
    Foreign { language: String },
    Plain,
}

/// A table drawn with lines; its cells are still Markdown.
#[derive(Debug, Clone, Default)]
pub struct TableDraft {
    pub alignments: Vec<Alignment>,
    pub header: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// The lines of a cell: where each stands, and what it says.
#[derive(Debug, Clone, Default)]
pub struct Cell(pub Vec<(usize, String)>);

/// A stretch of syntax and what becomes of it.
#[derive(Debug)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    /// Whether it has its lines for itself.
    pub has_lines: bool,
    pub act: Act,
}

/// What was taken out of an essay's text.
#[derive(Debug, Default)]
pub struct Marks {
    /// By where they start.
    marks: Vec<Mark>,
    /// The essay's headings by what references call them, where its dialect knows such references.
    headings: BTreeMap<String, String>,
}

impl Marks {
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Adds marks that were made elsewhere.
    pub fn join(&mut self, marks: Vec<Mark>) {
        self.marks.extend(marks);
        self.marks.sort_by_key(|mark| mark.start);
    }

    /// The heading that a reference names by its text.
    pub fn heading(&self, reference: &str) -> Option<&str> {
        if self.headings.is_empty() {
            return None;
        }
        self.headings.get(&fold(reference)).map(String::as_str)
    }

    /// The marks that start in a range of the manuscript.
    pub fn within(&self, range: Range<usize>) -> &[Mark] {
        let from = self.marks.partition_point(|mark| mark.start < range.start);
        let rest = self.marks.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|mark| mark.start < range.end)).unwrap_or_default()
    }
}

/// Headings and references to them may differ in case, spacing and emphasis.
fn fold(text: &str) -> String {
    let letters = |word: &str| word.chars().filter(|next| next.is_alphanumeric()).collect::<String>();
    let words = text.split_whitespace().map(letters).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text of an essay while syntax is being taken out of it.
pub struct Draft<'a, 'd> {
    pub context: &'a Context<'a>,
    pub diagnostics: &'d mut Diagnostics,
    bytes: Vec<u8>,
    marks: Vec<Mark>,
    headings: BTreeMap<String, String>,
    /// Stretches that are code or mathematics, in order.
    code: Vec<Range<usize>>,
    /// What was told already, and would be told too often.
    told: BTreeSet<String>,
}

impl<'a, 'd> Draft<'a, 'd> {
    pub fn new(text: String, context: &'a Context<'a>, diagnostics: &'d mut Diagnostics) -> Self {
        let code = code::regions(&text, context);
        Draft {
            context,
            diagnostics,
            bytes: text.into_bytes(),
            marks: Vec::new(),
            headings: BTreeMap::new(),
            code,
            told: BTreeSet::new(),
        }
    }

    /// The text as it stands now.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A stretch as it stands now.
    pub fn slice(&self, start: usize, end: usize) -> String {
        String::from_utf8_lossy(self.bytes.get(start..end).unwrap_or_default()).into_owned()
    }

    /// Whether a byte belongs to syntax that was taken out already.
    pub fn is_taken(&self, offset: usize) -> bool {
        self.bytes.get(offset).is_some_and(|byte| [FIRST as u8, REST as u8].contains(byte))
    }

    /// Forgets the marks that larger ones have overwritten.
    pub fn drop_overwritten(&mut self) {
        // Of those that start together, the one that was made last holds.
        self.marks.reverse();
        self.marks.sort_by_key(|mark| mark.start);
        self.marks.dedup_by_key(|mark| mark.start);
        let bytes = &self.bytes;
        self.marks.retain(|mark| {
            let first = if mark.has_lines { b'<' } else { FIRST as u8 };
            bytes.get(mark.start) == Some(&first)
        });
    }

    pub fn finish(mut self) -> (String, Marks) {
        self.marks.sort_by_key(|mark| mark.start);
        let text = String::from_utf8(self.bytes).unwrap_or_else(|_| self.context.manuscript.text.clone());
        (text, Marks { marks: self.marks, headings: self.headings })
    }

    /// Lets references name a heading by its text.
    pub fn note_heading(&mut self, text: &str) {
        let name = fold(text);
        if !name.is_empty() {
            self.headings.entry(name).or_insert_with(|| text.to_owned());
        }
    }

    pub fn is_code(&self, offset: usize) -> bool {
        let after = self.code.partition_point(|range| range.start <= offset);
        after.checked_sub(1).and_then(|at| self.code.get(at)).is_some_and(|range| offset < range.end)
    }

    /// The code that ends at an offset.
    pub fn code_before(&self, offset: usize) -> Option<Range<usize>> {
        let after = self.code.partition_point(|range| range.start < offset);
        after.checked_sub(1).and_then(|at| self.code.get(at)).filter(|range| range.end == offset).cloned()
    }

    /// Marks syntax within a line. Its words are markup unless the ledger learns better.
    pub fn mark(&mut self, start: usize, end: usize, act: Act) {
        self.context.note_markup(Span::new(start, end));
        self.mark_known(start, end, act);
    }

    /// Marks syntax that the ledger knows.
    pub fn mark_known(&mut self, start: usize, end: usize, act: Act) {
        self.fill(start, end, REST as u8);
        if let Some(first) = self.bytes.get_mut(start) {
            *first = FIRST as u8;
        }
        self.marks.push(Mark { start, end, has_lines: false, act });
    }

    /// Marks syntax that has its lines for itself; it is at least three bytes long.
    pub fn mark_lines(&mut self, start: usize, end: usize, act: Act) {
        self.context.note_markup(Span::new(start, end));
        self.mark_lines_known(start, end, act);
    }

    /// Likewise where the ledger knows what becomes of its words.
    pub fn mark_lines_known(&mut self, start: usize, end: usize, act: Act) {
        self.fill(start, end, b' ');
        // A processing instruction is the shortest HTML block: `<?>` is one.
        for (at, byte) in [(start, b'<'), (start + 1, b'?'), (end - 2, b'?'), (end - 1, b'>')] {
            if let Some(place) = self.bytes.get_mut(at) {
                *place = byte;
            }
        }
        self.marks.push(Mark { start, end, has_lines: true, act });
    }

    /// Overwrites with spaces.
    pub fn blank(&mut self, start: usize, end: usize) {
        self.fill(start, end, b' ');
    }

    /// Overwrites with a text that is not longer, and spaces.
    pub fn overwrite(&mut self, start: usize, end: usize, text: &str) {
        if text.len() <= end - start && end <= self.bytes.len() {
            self.fill(start, end, b' ');
            self.bytes[start..start + text.len()].copy_from_slice(text.as_bytes());
        }
    }

    fn fill(&mut self, start: usize, end: usize, filler: u8) {
        let end = end.min(self.bytes.len());
        for byte in self.bytes.get_mut(start..end).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = filler;
            }
        }
    }

    /// Leaves a stretch out of the book and tells the editor so. False where that is forbidden.
    pub fn remove(&mut self, start: usize, end: usize, rule: &'static str, reason: &str) -> bool {
        let span = Span::new(start, end);
        if !self.context.leave_out(span, rule, reason) {
            return false;
        }
        if self.tells(rule, reason) {
            let place = self.context.manuscript.place(span);
            self.diagnostics.push(Diagnostic::note(rule, format!("removed {reason}")).at(place));
        }
        true
    }

    /// Takes out what goes elsewhere in the book. False where that is forbidden.
    pub fn relocate(&mut self, start: usize, end: usize, rule: &'static str, reason: &str) -> bool {
        self.context.relocate(Span::new(start, end), rule, reason)
    }

    /// Takes down a term that the text marks.
    pub fn mark_term(&self, term: MarkedTerm) {
        self.context.mark_term(term);
    }

    /// Likewise with what readers will miss.
    pub fn miss(&mut self, start: usize, end: usize, rule: &'static str, reason: &str, help: &str) -> bool {
        let span = Span::new(start, end);
        if !self.context.leave_out(span, rule, reason) {
            return false;
        }
        if self.tells(rule, reason) {
            let place = self.context.manuscript.place(span);
            let message = format!("left out {reason}");
            self.diagnostics.push(Diagnostic::warning(rule, message).at(place).help(help));
        }
        true
    }

    /// Warns of what stays as it is, once for each message.
    pub fn warn_once(&mut self, warning: Diagnostic) {
        if self.tells(warning.code, &warning.message) {
            self.diagnostics.push(warning);
        }
    }

    /// Whether this is told: once for each reason, and of so many reasons only.
    fn tells(&mut self, rule: &str, reason: &str) -> bool {
        const MOST: usize = 200;
        self.told.len() < MOST && self.told.insert(format!("{rule} {reason}"))
    }
}

/// Finds one needle again and again from rising offsets, in linear time over all.
#[derive(Debug)]
pub struct Finder<'t> {
    text: &'t str,
    needle: &'static str,
    next: Option<usize>,
    begun: bool,
}

impl<'t> Finder<'t> {
    pub fn new(text: &'t str, needle: &'static str) -> Self {
        Finder { text, needle, next: None, begun: false }
    }

    /// Where the needle stands at or after an offset.
    pub fn after(&mut self, offset: usize) -> Option<usize> {
        let is_stale = self.next.is_some_and(|next| next < offset);
        if !self.begun || is_stale {
            self.begun = true;
            self.next =
                self.text.get(offset..).and_then(|rest| rest.find(self.needle)).map(|step| offset + step);
        }
        self.next
    }
}
