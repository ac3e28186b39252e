//! Quotations with who said them, epigraphs, and verse.

use super::block::DEEPEST_INDENT;
use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::right_edge;
use super::paragraph::Align;
use super::table_columns::widths;
use crate::anthology::Resolved;
use crate::document::{Block, Inline, plain_text};
use crate::paged_book::Role;

/// Longer ones are no epigraphs but the beginning of the text.
const LONGEST_EPIGRAPH: usize = 700;
const LONGEST_ATTRIBUTION: usize = 160;
/// Epigraphs stand in this part of the measure.
const EPIGRAPH_MEASURE: f32 = 0.72;
/// A tab that an author indents verse with, in spaces.
const TAB: usize = 4;

impl Compositor<'_> {
    pub fn set_quote(&mut self, body: &[Block<Resolved>], frame: Frame) {
        self.space(self.layout.leading / 2.0);
        let element = self.structure.add(frame.element, Role::Quote);
        let indent = if frame.depth < DEEPEST_INDENT { frame.style.size * 1.4 } else { 0.0 };
        let style = TextStyle { size: (frame.style.size * 0.95).max(self.layout.note_size), ..frame.style };
        self.set_quoted(body, Frame { style, ..frame.inset(indent, indent).within(element) });
        self.space(self.layout.leading / 2.0);
    }

    /// A quotation before the text of an essay.
    pub fn set_epigraph(&mut self, body: &[Block<Resolved>], frame: Frame) {
        let element = self.structure.add(frame.element, Role::Quote);
        let indent = frame.measure * (1.0 - EPIGRAPH_MEASURE);
        let style = TextStyle { size: (frame.style.size * 0.95).max(self.layout.note_size), ..frame.style };
        let inner = frame.inset(indent, 0.0).within(element);
        self.set_quoted(body, Frame { style, align: Align::Ragged, ..inner });
        self.keep_together(self.lines.len().saturating_sub(1), true);
        self.space(self.layout.leading * 1.5);
    }

    /// Sets what is quoted, and who said it below at the far side.
    fn set_quoted(&mut self, body: &[Block<Resolved>], frame: Frame) {
        let (quoted, attribution) = split_attribution(body);
        self.set_blocks(&quoted, frame);
        if let Some(attribution) = attribution {
            self.keep_together(self.lines.len().saturating_sub(1), true);
            let start = self.lines.len();
            self.set_text(attribution, Frame { align: Align::Ragged, ..frame }, 0.0);
            if !frame.right_to_left {
                for line in self.lines.iter_mut().skip(start) {
                    let gap = frame.left + frame.measure - right_edge(line);
                    line.shift(gap.max(0.0), 0.0);
                }
            }
        }
    }

    pub fn set_verse(&mut self, lines: &[Vec<Inline<Resolved>>], frame: Frame) {
        self.space(self.layout.leading / 2.0);
        let element = self.structure.add(frame.element, Role::Paragraph);
        let inner = Frame { align: Align::Ragged, ..frame.inset(frame.style.size * 1.4, 0.0) };
        let mut stanza = self.lines.len();
        for line in lines {
            let start = self.lines.len();
            self.set_verse_line(line, inner, Context::new(frame.style.unhyphenated(), element));
            if self.lines.len() == start {
                self.space(self.layout.leading / 2.0);
                stanza = start;
            } else if start > stanza {
                // No line of a stanza stands alone at a page's end; nor does its last, on the next page.
                self.keep_together(stanza, false);
                if start > stanza + 1
                    && let Some(before) = self.lines.get_mut(stanza + 1..start - 1)
                {
                    before.iter_mut().for_each(|line| line.keep_with_next = false);
                }
            }
        }
        self.space(self.layout.leading / 2.0);
    }

    /// Sets a line of verse as far in as its author did; what finds no room is turned over, further in.
    fn set_verse_line(&mut self, line: &[Inline<Resolved>], frame: Frame, context: Context) {
        let (blank, line) = split_indent(line);
        self.read(blank.len());
        let columns: usize = blank.chars().map(|character| if character == '\t' { TAB } else { 1 }).sum();
        let indent = (frame.style.size * 0.5 * columns as f32).min(frame.measure / 3.0);
        let mut flow = Flow::default();
        self.flow_inlines(&mut flow, &line, context);
        if !flow.finish() {
            return;
        }
        let mut shape = frame.inset(indent, 0.0).shape();
        let hang = frame.style.size * 2.0;
        if widths(&flow.items).1 > shape.measure {
            shape.measure -= hang;
            shape.left += if frame.right_to_left { hang } else { 0.0 };
        }
        let (mut lines, _) = self.set_paragraph(&flow, &shape);
        for line in lines.iter_mut().skip(1) {
            line.shift(if frame.right_to_left { -hang } else { hang }, 0.0);
        }
        self.push_lines(lines);
        self.set_notes(&flow, frame);
    }
}

/// The quotations that an essay begins with, before its text.
pub fn split_epigraphs(body: &[Block<Resolved>]) -> (Vec<&[Block<Resolved>]>, &[Block<Resolved>]) {
    let short = |block: &Block<Resolved>| match block {
        Block::Quote(quoted) => {
            let length = quoted.iter().map(|block| match block {
                Block::Paragraph(content) => Some(plain_text(content).len()),
                Block::Verse(lines) => Some(lines.iter().map(|line| plain_text(line).len()).sum()),
                _ => None,
            });
            length.sum::<Option<usize>>().is_some_and(|length| length <= LONGEST_EPIGRAPH)
        }
        _ => false,
    };
    const MOST: usize = 3;
    let count = body.iter().take_while(|block| short(block)).count();
    // A run of quotations is a text of its own.
    let count = if count > MOST || count == body.len() { 0 } else { count };
    let (epigraphs, rest) = body.split_at(count);
    let quoted = epigraphs.iter().filter_map(|block| match block {
        Block::Quote(quoted) => Some(quoted.as_slice()),
        _ => None,
    });
    (quoted.collect(), rest)
}

/// Parts the words of a quotation from the line that says whose they are, which opens with a dash: its last
/// paragraph, or the last line of that.
fn split_attribution(body: &[Block<Resolved>]) -> (Vec<Block<Resolved>>, Option<&[Inline<Resolved>]>) {
    let whole = || (body.to_vec(), None);
    let Some((Block::Paragraph(last), before)) = body.split_last() else { return whole() };
    if !before.is_empty() && is_attribution(last) {
        return (before.to_vec(), Some(last));
    }
    let Some(end) = last.iter().rposition(|inline| *inline == Inline::LineBreak) else { return whole() };
    let (words, line) = (&last[..end], &last[end + 1..]);
    if words.is_empty() || !is_attribution(line) {
        return whole();
    }
    let mut quoted = before.to_vec();
    quoted.push(Block::Paragraph(words.to_vec()));
    (quoted, Some(line))
}

fn is_attribution(content: &[Inline<Resolved>]) -> bool {
    let text = plain_text(content);
    text.len() <= LONGEST_ATTRIBUTION && text.starts_with(['—', '–', '―'])
}

/// Parts the spaces that a line opens with from the rest.
fn split_indent(line: &[Inline<Resolved>]) -> (String, Vec<Inline<Resolved>>) {
    match line.split_first() {
        Some((Inline::Text(text), rest)) => {
            let words = text.trim_start();
            let blank = text[..text.len() - words.len()].to_owned();
            let words = Inline::Text(words.to_owned());
            (blank, std::iter::once(words).chain(rest.iter().cloned()).collect())
        }
        _ => (String::new(), line.to_vec()),
    }
}
