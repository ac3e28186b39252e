//! Numbered references: `[1] HuggingFace: https://…` in a list at the end, `[1]` in the text.

use super::running_text::{self, RunningText, Within};
use super::{Context, markdown};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, NoteKind, Span, WrittenNote};
use crate::manuscript::Dialect;
use crate::section_names;

/// An entry of the list, still as written.
#[derive(Debug)]
pub struct Entry {
    pub label: String,
    kind: NoteKind,
    text: String,
    /// Where the text starts; a space stands in it for every line end.
    start: usize,
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
    if !may_end_in_list(text) {
        return Vec::new();
    }
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.push(Line { start, text: line });
        start += line.len() + 1;
    }
    let is_plain = context.manuscript.dialect == Dialect::Plain;
    let raised = || find(&lines, raised_label).filter(|_| is_plain);
    let found = find(&lines, bracket_label).or_else(raised).or_else(|| {
        let (entries, heading) = find(&lines, list_label).filter(|(entries, _)| rises(entries))?;
        // A numbered list is one of references only under such a heading, and if the text refers to it.
        let body = text.get(..heading?.start)?;
        is_cited(body, &entries).then_some((entries, heading))
    });
    let Some((mut entries, heading)) = found else { return Vec::new() };
    let is_of_notes = heading.is_some_and(|heading| section_names::names_notes(heading.text));
    for entry in &mut entries {
        let source = text.get(entry.span.start as usize..).unwrap_or_default();
        let is_raised = source.trim_start().starts_with("[^");
        if is_of_notes || is_raised {
            entry.kind = NoteKind::Footnote;
        }
    }
    let mut blanked: Vec<Span> = entries.iter().map(|entry| entry.span).collect();
    if let Some(heading) = heading {
        let span = Span::new(heading.start, heading.start + heading.text.len());
        let name = heading.text.trim_matches(['#', '*', ' ', ':']);
        let goal = if is_of_notes { "the chapter's notes" } else { "the book's bibliography" };
        let reason = format!("the list under “{name}” joins {goal}");
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

/// Whether the last line of the text can be one of an entry.
fn may_end_in_list(text: &str) -> bool {
    let last = text.trim_end().rsplit('\n').next().unwrap_or_default();
    last.starts_with([' ', '\t']) || last.trim_start().starts_with('[') || list_label(last).is_some()
}

/// Whether every entry's number stands in the text in brackets or raised, most likely.
fn is_cited(body: &str, entries: &[Entry]) -> bool {
    let Some(Entry { label, .. }) = entries.first() else { return false };
    let is_bracketed = [']', ',', ';', '-', '–'].iter().any(|end| body.contains(&format!("[{label}{end}")));
    let is_raised = || ["<", ","].iter().any(|end| body.contains(&format!("<sup>{label}{end}")));
    is_bracketed || is_raised() || label == "1" && body.contains('¹') || body.contains(&format!("^{label}^"))
}

/// The label of an entry and where its text starts.
type Label = fn(&str) -> Option<(String, usize)>;

/// The list at the end of the text, with its heading; entries may be spaced out.
fn find<'a>(lines: &[Line<'a>], label_of: Label) -> Option<(Vec<Entry>, Option<Line<'a>>)> {
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
        if let Some((label, offset)) = label_of(line.text) {
            let first = lines.partition_point(|other| other.start < line.start);
            let last = lines.partition_point(|other| other.start < end);
            let body: Vec<&str> = lines[first..last].iter().map(|other| other.text).collect();
            let text = body.join(" ");
            let text = text.get(offset..).unwrap_or_default().trim_end();
            let start = line.start + offset + text.len() - text.trim_start().len();
            let (kind, text) = (NoteKind::Reference, text.trim_start().to_owned());
            entries.push(Entry { label, kind, text, start, span: Span::new(line.start, end) });
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
    let heading =
        index.checked_sub(1).and_then(|last| filled.get(last)).copied().filter(|line| is_heading(line.text));
    // The numbers of a list rise, but for one that stands there twice by mistake; a text that ends in
    // `[2] …` alone holds no list.
    let numbers: Vec<u32> = numbers(&entries).collect();
    let rises = numbers.windows(2).all(|pair| pair[0] <= pair[1]) || heading.is_some();
    if !rises || numbers.first().is_none_or(|first| *first > 1) {
        return None;
    }
    Some((entries, heading))
}

fn numbers(entries: &[Entry]) -> impl Iterator<Item = u32> {
    entries.iter().filter_map(|entry| entry.label.parse().ok())
}

/// Whether each number is larger than the one before.
fn rises(entries: &[Entry]) -> bool {
    numbers(entries).zip(numbers(entries).skip(1)).all(|(one, next)| one < next)
}

fn is_heading(line: &str) -> bool {
    section_names::names_references(line) || section_names::names_notes(line)
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

/// The label of Markdown's `[^1]: …`, which plain text has, too.
fn raised_label(line: &str) -> Option<(String, usize)> {
    let trimmed = line.trim_start();
    let (label, rest) = trimmed.strip_prefix("[^")?.split_once("]:")?;
    let number: u32 = label.parse().ok().filter(|_| label.len() <= 3)?;
    (!rest.trim().is_empty()).then(|| (number.to_string(), line.len() - rest.len()))
}

/// The label of `1. …` or `1) …`, likewise.
fn list_label(line: &str) -> Option<(String, usize)> {
    let trimmed = line.trim_start();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = trimmed[..digits].parse().ok().filter(|_| digits <= 3)?;
    let rest = trimmed[digits..].strip_prefix(['.', ')'])?;
    let separated = rest.starts_with([' ', '\t', '\u{A0}']);
    (separated && !rest.trim().is_empty()).then(|| (number.to_string(), line.len() - rest.len()))
}

impl Entry {
    /// Reads the entry in the essay's dialect.
    pub fn read(self, context: &Context, diagnostics: &mut Diagnostics) -> WrittenNote {
        context.note_markup(Span::new(self.span.start as usize, self.start));
        let content = if context.manuscript.dialect == Dialect::Plain {
            context.note_text(&self.text, Span::new(self.start, self.start + self.text.len()));
            let mut running = RunningText::default();
            running.push(&self.text, self.start);
            let mut content = Vec::new();
            running_text::read(&running, Within::Text, context, &mut content, diagnostics);
            content
        } else {
            markdown::read_fragment(&self.text, self.start, context, diagnostics)
        };
        WrittenNote {
            label: self.label,
            kind: self.kind,
            body: vec![Block::Paragraph(content)],
            span: self.span,
        }
    }
}
