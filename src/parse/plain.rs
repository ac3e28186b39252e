//! Plain text: structure told by shape.

use super::running_text::{self, RunningText, Within};
use super::{Body, Context, DEPTH_LIMIT, ornament, title};
use crate::diagnostic::Diagnostics;
use crate::document::{Alignment, Block, Inline, List, Parsed, Span, Table};
use element::{Element, Item};
use hyphen::{Seam, Vocabulary};
use line::Line;
use marker::Count;
pub use shape::section_number;
use style::Style;

mod element;
mod emphasis;
mod group;
mod hyphen;
mod line;
mod marker;
mod shape;
mod style;

/// Lists within lists; deeper ones are read as items of the deepest.
const LIST_DEPTH: usize = 12;

/// Reads a whole essay.
pub fn read(text: &str, context: &Context, diagnostics: &mut Diagnostics) -> Body {
    let vocabulary = Vocabulary::of(text);
    let blocks = read_lines(&Line::all(text), 0, &vocabulary, context, diagnostics);
    Body { blocks, ..Body::default() }
}

/// Reads lines that stand under so many marks of quotation.
fn read_lines(
    lines: &[Line],
    depth: usize,
    vocabulary: &Vocabulary,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Vec<Block<Parsed>> {
    let elements = element::split(lines, Style::of(lines));
    let section = Section::default();
    let mut reader = Reader { context, diagnostics, vocabulary, depth, blocks: Vec::new(), section };
    let mut index = 0;
    while index < elements.len() {
        index = reader.element(&elements, index);
    }
    reader.blocks
}

/// The heading that the text at hand stands under.
#[derive(Default)]
struct Section {
    is_numbered: bool,
    /// Whether nothing but the heading has come yet.
    is_empty: bool,
    level: u8,
    /// Whether the essay has chapters, which other headings stand below.
    is_in_chapter: bool,
}

struct Reader<'a, 't> {
    context: &'a Context<'a>,
    diagnostics: &'a mut Diagnostics,
    vocabulary: &'a Vocabulary<'t>,
    depth: usize,
    blocks: Vec<Block<Parsed>>,
    section: Section,
}

impl Reader<'_, '_> {
    /// Reads one element, or the list that starts with it; returns where the next one stands.
    fn element(&mut self, elements: &[Element], index: usize) -> usize {
        match &elements[index] {
            Element::Rule => self.blocks.push(Block::Break),
            Element::Item(_) => {
                let (list, next) = self.list(elements, index, 0);
                self.push(list);
                return next;
            }
            Element::Heading { line, level } => {
                let content = self.inlines(std::slice::from_ref(line));
                self.section = Section { is_empty: true, level: *level, ..Section::default() };
                self.blocks.push(Block::Heading { level: *level, anchor: None, content, span: line.span() });
            }
            Element::Text(lines) => {
                let next = elements.get(index + 1);
                let has_prose_after =
                    next.is_some_and(|next| !matches!(next, Element::Rule | Element::Quote(_)));
                let next = match next {
                    Some(Element::Text(lines)) => lines.first().map(|line| line.trimmed()),
                    _ => None,
                };
                self.text(lines, has_prose_after, next);
            }
            Element::Quote(lines) => {
                let block = if self.depth < DEPTH_LIMIT {
                    Block::Quote(self.nested(lines))
                } else {
                    Block::Paragraph(self.inlines(lines))
                };
                self.push(block);
            }
            Element::Quotation(lines) => {
                let content = self.inlines(lines);
                self.push(Block::Quote(vec![Block::Paragraph(content)]));
            }
            Element::Verse(lines) => {
                let verse = lines.iter().map(|line| self.inlines(std::slice::from_ref(line))).collect();
                self.push(Block::Verse(verse));
            }
            Element::Table(lines) => {
                let table = self.table(lines);
                self.push(table);
            }
            Element::Columns(lines) => {
                let code = self.columns(lines);
                self.push(code);
            }
        }
        index + 1
    }

    fn push(&mut self, block: Block<Parsed>) {
        self.section.is_empty = false;
        self.blocks.push(block);
    }

    fn nested(&mut self, lines: &[Line]) -> Vec<Block<Parsed>> {
        read_lines(lines, self.depth + 1, self.vocabulary, self.context, self.diagnostics)
    }

    fn text(&mut self, lines: &[Line], followed: bool, next: Option<&str>) {
        let content = self.inlines(lines);
        if let [line] = lines
            && self.depth == 0
        {
            let text = line.trimmed();
            let span = line.span();
            if self.blocks.is_empty() && followed && self.is_title(text) {
                self.section = Section { is_empty: true, level: 1, ..Section::default() };
                self.blocks.push(Block::Heading { level: 1, anchor: None, content, span });
                return;
            }
            if followed && shape::is_heading(text, next) {
                let level = self.enter_section(text);
                self.blocks.push(Block::Heading { level, anchor: None, content, span });
                return;
            }
        }
        self.push(Block::Paragraph(content));
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
        let is_chapter = shape::names_chapter(words);
        let is_in_chapter = self.section.is_in_chapter || is_chapter;
        let top = if is_in_chapter && !is_chapter { 3 } else { 2 };
        if let Some(parts) = shape::section_number(words) {
            let level = (top + parts - 1).min(6);
            self.section = Section { is_numbered: true, is_empty: true, level, is_in_chapter };
            return level;
        }
        let is_numbered = words.starts_with(|first: char| first.is_ascii_digit());
        let goes_below = (words.ends_with('?') && self.section.is_empty && self.section.level == 2)
            || (words.ends_with(':') && self.section.is_numbered);
        if goes_below {
            self.section.is_empty = false;
            return 3;
        }
        self.section = Section { is_numbered, is_empty: true, level: top, is_in_chapter };
        top
    }

    /// The list that starts at `first`, and where the element after it stands.
    fn list(&mut self, elements: &[Element], first: usize, depth: usize) -> (Block<Parsed>, usize) {
        let mut items: Vec<Vec<Block<Parsed>>> = Vec::new();
        let (mut index, mut is_tight) = (first, true);
        let (mut base, mut expected) = (None, None);
        while let Some(Element::Item(item)) = elements.get(index) {
            let (indent, marker, start) = *base.get_or_insert((item.indent, item.marker, item.count));
            if item.indent > indent + 1 && depth < LIST_DEPTH {
                let (nested, next) = self.list(elements, index, depth + 1);
                if let Some(outer) = items.last_mut() {
                    outer.push(nested);
                }
                index = next;
                continue;
            }
            let goes_on = items.is_empty()
                || (item.indent + 1 >= indent
                    && item.marker.is_like(marker)
                    && item.count == *expected.get_or_insert(start));
            if !goes_on {
                break;
            }
            is_tight = is_tight && (items.is_empty() || !item.is_spaced) && item.more.is_empty();
            expected = Some(item.count.next());
            items.push(self.item(item));
            index += 1;
        }
        let count = base.map_or(Count::Bullet, |(_, _, count)| count);
        let (start, numerals) = (count.start(), count.numerals());
        (Block::List(List { start, numerals, tight: is_tight, items }), index.max(first + 1))
    }

    fn item(&mut self, item: &Item) -> Vec<Block<Parsed>> {
        let content = item.lines.first().map_or(item.whole.start, |line| line.start);
        self.context.note_markup(Span::new(item.whole.start, content));
        let paragraphs = std::iter::once(&item.lines).chain(&item.more);
        paragraphs.map(|lines| Block::Paragraph(self.inlines(lines))).collect()
    }

    /// Cells between tabs. The first row is a header where the rows below have numbers and it has none.
    fn table(&mut self, lines: &[Line]) -> Block<Parsed> {
        let has_number = |line: &Line| {
            group::cells(*line)
                .skip(1)
                .any(|cell| cell.trimmed().starts_with(|first: char| first.is_ascii_digit()))
        };
        let has_header = lines.len() > 2
            && lines
                .split_first()
                .is_some_and(|(head, rows)| !has_number(head) && rows.iter().all(has_number));
        let mut rows: Vec<Vec<Vec<Inline<Parsed>>>> = lines
            .iter()
            .map(|line| group::cells(*line).map(|cell| self.inlines(&[cell])).collect())
            .collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        rows.iter_mut().for_each(|row| row.resize(columns, Vec::new()));
        let header = if has_header { rows.remove(0) } else { Vec::new() };
        Block::Table(Table { caption: Vec::new(), alignments: vec![Alignment::Start; columns], header, rows })
    }

    /// What is aligned by spaces stays as it is.
    fn columns(&mut self, lines: &[Line]) -> Block<Parsed> {
        let common =
            lines.iter().map(|line| line.text.len() - line.text.trim_start().len()).min().unwrap_or_default();
        let mut text = String::new();
        for line in lines {
            self.context.note_text(line.text, line.span());
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line.text.get(common..).unwrap_or(line.text).trim_end());
        }
        Block::Code { language: None, text }
    }

    fn inlines(&mut self, lines: &[Line]) -> Vec<Inline<Parsed>> {
        let mut running = RunningText::default();
        let mut seam = Seam::Space;
        // Noted last: what is noted later holds.
        let mut divided: Vec<(String, Span)> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if !running.is_empty() && seam == Seam::Space {
                running.push("\n", line.start.saturating_sub(1));
            }
            let text = line.text.trim_start();
            let start = line.start + line.text.len() - text.len();
            let text = text.trim_end();
            self.context.note_text(line.text, line.span());
            let below = lines.get(index + 1).map_or("", |below| below.trimmed());
            seam = self.vocabulary.seam(text, below);
            let kept = match seam {
                Seam::Gone => text.char_indices().next_back().map_or("", |(hyphen, _)| &text[..hyphen]),
                Seam::Space | Seam::Kept => text,
            };
            if let (Seam::Gone, Some(next)) = (seam, lines.get(index + 1)) {
                let (first, last) = (hyphen::last_word(kept), hyphen::first_word(below));
                let begin = start + kept.len() - first.len();
                let end = next.start + next.text.len() - next.text.trim_start().len() + last.len();
                divided.push((format!("{first}{last}"), Span::new(begin, end)));
            }
            running.push(kept, start);
        }
        for (word, span) in divided {
            self.context.note_text(&word, span);
        }
        let mut inlines = Vec::new();
        running_text::read(&running, Within::Text, self.context, &mut inlines, self.diagnostics);
        emphasis::mark(inlines)
    }
}
