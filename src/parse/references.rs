//! Numbered references: `[1] HuggingFace: https://…` in a list at the end, `[1]` in the text.

use super::running_text::{self, RunningText};
use super::{Context, markdown};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, NoteKind, Span, WrittenNote};
use crate::manuscript::Dialect;

/// Headings that stand over a list of references.
const HEADINGS: [&str; 9] = [
    "references",
    "reference",
    "sources",
    "bibliography",
    "works cited",
    "citations",
    "literature",
    "notes and references",
    "endnotes",
];

/// An entry of the list, still as written.
#[derive(Debug)]
pub struct Entry {
    pub label: String,
    text: String,
    span: Span,
}

/// A line of the manuscript.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

/// Takes the list off the text, leaving spaces so that every offset stays what it was.
pub fn take(text: &mut String, context: &Context, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.push(Line { start, text: line });
        start += line.len() + 1;
    }
    let Some((entries, heading)) = find(&lines) else { return Vec::new() };
    let mut blanked: Vec<Span> = entries.iter().map(|entry| entry.span).collect();
    if let Some(heading) = heading {
        let span = Span::new(heading.start, heading.start + heading.text.len());
        let name = heading.text.trim_matches(['#', '*', ' ', ':']);
        let reason = format!("the list under “{name}” joins the book's bibliography");
        if !context.relocate(span, "moved-references", &reason) {
            return Vec::new();
        }
        let place = context.manuscript.place(span);
        diagnostics.push(Diagnostic::note("moved-references", reason).at(place));
        blanked.push(span);
    }
    let mut bytes = std::mem::take(text).into_bytes();
    for span in blanked {
        for byte in bytes.iter_mut().take(span.end as usize).skip(span.start as usize) {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    *text = String::from_utf8(bytes).unwrap_or_else(|_| context.manuscript.text.clone());
    entries
}

/// The list at the end of the text, with its heading; entries may be spaced out.
fn find<'a>(lines: &[Line<'a>]) -> Option<(Vec<Entry>, Option<Line<'a>>)> {
    let filled: Vec<Line> = lines.iter().copied().filter(|line| !line.text.trim().is_empty()).collect();
    let has_fence = |line: &Line| line.text.trim_start().starts_with("```");
    let mut entries: Vec<Entry> = Vec::new();
    let mut continuation_end: Option<usize> = None;
    let mut index = filled.len();
    while let Some(line) = index.checked_sub(1).and_then(|last| filled.get(last)) {
        if has_fence(line) {
            return None;
        }
        let end = continuation_end.unwrap_or(line.start + line.text.len());
        if let Some((label, offset)) = bracket_label(line.text) {
            let first = lines.partition_point(|other| other.start < line.start);
            let last = lines.partition_point(|other| other.start < end);
            let body: Vec<&str> = lines[first..last].iter().map(|other| other.text).collect();
            let text = body.join(" ");
            let text = text.get(offset..).unwrap_or_default().trim().to_owned();
            entries.push(Entry { label, text, span: Span::new(line.start, end) });
            continuation_end = None;
        } else if line.text.starts_with([' ', '\t']) && continuation_end.is_none() {
            // An entry's second line, if an entry comes before it.
            continuation_end = Some(end);
        } else {
            break;
        }
        index -= 1;
    }
    if entries.is_empty() || continuation_end.is_some() {
        return None;
    }
    entries.reverse();
    // The numbers of a list rise; a text that ends in `[2] …` alone holds no list.
    let numbers: Vec<u32> = entries.iter().filter_map(|entry| entry.label.parse().ok()).collect();
    let rises = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    if !rises || numbers.first().is_none_or(|first| *first > 1) {
        return None;
    }
    let heading =
        index.checked_sub(1).and_then(|last| filled.get(last)).copied().filter(|line| is_heading(line.text));
    Some((entries, heading))
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_matches(|next: char| !next.is_alphanumeric()).to_lowercase();
    HEADINGS.contains(&words.as_str())
}

/// The label of `[1] …` or `[1]: …`, and where the text after it starts.
fn bracket_label(line: &str) -> Option<(String, usize)> {
    let trimmed = line.trim_start();
    let inside = trimmed.strip_prefix('[')?;
    let (label, rest) = inside.split_once(']')?;
    let number: u32 = label.parse().ok().filter(|_| label.len() <= 3)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let separated = rest.starts_with([' ', '\t', '\u{A0}']);
    (separated && !rest.trim().is_empty()).then(|| (number.to_string(), line.len() - rest.len()))
}

impl Entry {
    /// Reads the entry in the essay's dialect.
    pub fn read(self, context: &Context, diagnostics: &mut Diagnostics) -> WrittenNote {
        let source = self.span.start as usize;
        let offset =
            context.manuscript.text.get(source..).and_then(|rest| rest.find(&self.text)).unwrap_or(0);
        context.note_markup(Span::new(source, source + offset));
        let content = if context.manuscript.dialect == Dialect::Plain {
            context.note_text(&self.text, Span::new(source + offset, source + offset + self.text.len()));
            let mut running = RunningText::default();
            running.push(&self.text, source + offset);
            running_text::read(&running, false, context, diagnostics)
        } else {
            markdown::read_fragment(&self.text, source + offset, context, diagnostics)
        };
        WrittenNote {
            label: self.label,
            kind: NoteKind::Reference,
            body: vec![Block::Paragraph(content)],
            span: self.span,
        }
    }
}
