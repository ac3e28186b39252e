//! Plain text: structure told by shape.

use super::running_text::{self, RunningText};
use super::{Body, Context, ornament, title};
use crate::diagnostic::Diagnostics;
use crate::document::{Block, Inline, List, Parsed, Span};

mod shape;

/// A line longer than this is a paragraph of its own, not a piece of a hard-wrapped one.
const WRAP_WIDTH: usize = 110;

/// One line of a chunk, by its place in the manuscript.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

/// What one or several lines make.
#[derive(Debug)]
enum Element<'a> {
    Text(Vec<Line<'a>>),
    /// `whole` is the first line with its marker.
    Item {
        number: Option<u64>,
        whole: Line<'a>,
        lines: Vec<Line<'a>>,
        spaced: bool,
    },
    Rule,
}

/// Reads a whole essay.
pub fn read(text: &str, context: &Context, diagnostics: &mut Diagnostics) -> Body {
    let elements = settle_numbers(split(text));
    let mut reader = Reader { context, diagnostics, blocks: Vec::new(), section: Section::default() };
    let mut index = 0;
    while index < elements.len() {
        index = reader.element(&elements, index);
    }
    Body { blocks: reader.blocks, ..Body::default() }
}

/// Splits the text at blank lines, long lines and list markers.
fn split(text: &str) -> Vec<Element<'_>> {
    let mut elements: Vec<Element> = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    for text in text.split('\n') {
        let line = Line { start, text };
        start += text.len() + 1;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            after_blank = true;
            continue;
        }
        if shape::is_rule(trimmed) {
            elements.push(Element::Rule);
        } else if let Some((number, length)) = shape::list_marker(text) {
            let content = Line { start: line.start + length, text: &text[length..] };
            elements.push(Element::Item { number, whole: line, lines: vec![content], spaced: after_blank });
        } else {
            match elements.last_mut().filter(|_| !after_blank) {
                Some(Element::Item { lines, .. }) => lines.push(line),
                Some(Element::Text(lines)) if continues(lines, text) => lines.push(line),
                _ => elements.push(Element::Text(vec![line])),
            }
        }
        after_blank = false;
    }
    elements
}

/// Whether a line goes on with the paragraph above it.
fn continues(lines: &[Line], text: &str) -> bool {
    let above = lines.last().map_or("", |line| line.text.trim());
    let is_long = above.chars().count() > WRAP_WIDTH;
    !is_long || text.trim_start().starts_with(char::is_lowercase)
}

/// A number opens a list item only next to another; alone it numbers a heading or starts a sentence.
fn settle_numbers(elements: Vec<Element<'_>>) -> Vec<Element<'_>> {
    let numbers: Vec<Option<u64>> = elements
        .iter()
        .map(|element| match element {
            Element::Item { number, .. } => *number,
            _ => None,
        })
        .collect();
    let number_at = |index: Option<usize>| index.and_then(|index| numbers.get(index).copied().flatten());
    elements
        .into_iter()
        .enumerate()
        .map(|(index, element)| match element {
            Element::Item { number: Some(number), whole, mut lines, spaced } => {
                let before = number_at(index.checked_sub(1));
                let after = number_at(Some(index + 1));
                if before.is_some_and(|before| before.checked_add(1) == Some(number))
                    || after.is_some_and(|after| number.checked_add(1) == Some(after))
                {
                    return Element::Item { number: Some(number), whole, lines, spaced };
                }
                if let Some(first) = lines.first_mut() {
                    *first = whole;
                }
                Element::Text(lines)
            }
            other => other,
        })
        .collect()
}

/// The heading that the text at hand stands under.
#[derive(Default)]
struct Section {
    is_numbered: bool,
    /// Whether nothing but the heading has come yet.
    is_empty: bool,
    level: u8,
}

struct Reader<'a> {
    context: &'a Context<'a>,
    diagnostics: &'a mut Diagnostics,
    blocks: Vec<Block<Parsed>>,
    section: Section,
}

impl Reader<'_> {
    /// Reads one element, or the list that starts with it; returns where the next one stands.
    fn element(&mut self, elements: &[Element], index: usize) -> usize {
        match &elements[index] {
            Element::Rule => self.blocks.push(Block::Break),
            Element::Item { .. } => return self.list(elements, index),
            Element::Text(lines) => {
                let has_prose_after =
                    elements.get(index + 1).is_some_and(|next| !matches!(next, Element::Rule));
                let next = match elements.get(index + 1) {
                    Some(Element::Text(lines)) => lines.first().map(|line| line.text.trim()),
                    _ => None,
                };
                self.text(lines, has_prose_after, next);
            }
        }
        index + 1
    }

    fn text(&mut self, lines: &[Line], followed: bool, next: Option<&str>) {
        let content = self.inlines(lines);
        if let [line] = lines {
            let text = line.text.trim();
            let span = Span::new(line.start, line.start + line.text.len());
            if self.blocks.is_empty() && followed && self.is_title(text) {
                self.section = Section { is_empty: true, level: 1, is_numbered: false };
                self.blocks.push(Block::Heading { level: 1, anchor: None, content, span });
                return;
            }
            if followed && shape::is_heading(text, next) {
                let level = self.enter_section(text);
                self.blocks.push(Block::Heading { level, anchor: None, content, span });
                return;
            }
        }
        self.section.is_empty = false;
        self.blocks.push(Block::Paragraph(content));
    }

    /// The first line is the title if it looks like one and the metadata have no other.
    fn is_title(&self, text: &str) -> bool {
        match &self.context.manuscript.metadata.title {
            Some(title) => title::is_same(text, title),
            None => shape::is_title(text),
        }
    }

    /// The level of a heading: a question or a summary directly under another heading is below it.
    fn enter_section(&mut self, text: &str) -> u8 {
        let words = ornament::strip(text).unwrap_or(text);
        let is_numbered = words.starts_with(|first: char| first.is_ascii_digit());
        let goes_below = (words.ends_with('?') && self.section.is_empty && self.section.level == 2)
            || (words.ends_with(':') && self.section.is_numbered);
        if goes_below {
            self.section.is_empty = false;
            return 3;
        }
        self.section = Section { is_numbered, is_empty: true, level: 2 };
        2
    }

    fn list(&mut self, elements: &[Element], first: usize) -> usize {
        let mut index = first;
        let mut items = Vec::new();
        let mut is_tight = true;
        let mut start = None;
        let mut expected: Option<u64> = None;
        while let Some(Element::Item { number, whole, lines, spaced }) = elements.get(index) {
            let goes_on = items.is_empty() || *number == expected;
            if !goes_on {
                break;
            }
            if items.is_empty() {
                start = *number;
            } else {
                is_tight = is_tight && !*spaced;
            }
            let content = lines.first().map_or(whole.start, |line| line.start);
            self.context.note_markup(Span::new(whole.start, content));
            expected = number.and_then(|number| number.checked_add(1));
            items.push(vec![Block::Paragraph(self.inlines(lines))]);
            index += 1;
        }
        self.section.is_empty = false;
        self.blocks.push(Block::List(List { start, tight: is_tight, items }));
        index.max(first + 1)
    }

    fn inlines(&mut self, lines: &[Line]) -> Vec<Inline<Parsed>> {
        let mut running = RunningText::default();
        for line in lines {
            if !running.is_empty() {
                running.push("\n", line.start.saturating_sub(1));
            }
            let text = line.text.trim_start();
            self.context.note_text(line.text, Span::new(line.start, line.start + line.text.len()));
            running.push(text.trim_end(), line.start + line.text.len() - text.len());
        }
        running_text::read(&running, false, self.context, self.diagnostics)
    }
}
