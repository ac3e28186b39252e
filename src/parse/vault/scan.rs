//! One pass over a vault's text that finds what is no Markdown, outside of code.

use super::super::Context;
use super::super::extensions::{Act, Mark, indexing};
use super::field::{self, Field};
use super::tag;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Metadata, Span};

/// Fenced blocks that are queries to a plugin: a book has no answers to them.
const QUERIES: [&str; 6] = ["dataview", "dataviewjs", "query", "tasks", "base", "tracker"];

/// More than so many backticks open no code span.
const LONGEST_MARK: usize = 32;

/// Longest value of a field within a sentence.
const LONGEST_VALUE: usize = 400;

/// Finds what to take out and notes what becomes of it; metadata is taken over first. `text` is the
/// manuscript's.
pub fn scan(text: &str, context: &Context, metadata: &mut Metadata, diagnostics: &mut Diagnostics) -> Found {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        known_line_end: 0,
        paragraph_end: 0,
        unclosed: [usize::MAX; LONGEST_MARK],
        open_comments_end: true,
        open_templates_end: true,
        fence: None,
        formula: false,
        is_after_gap: true,
        in_list: false,
        first_prose: None,
        last_prose: 0,
        tag_lines: Vec::new(),
        tasks: Vec::new(),
        has_task: false,
        found: Found::default(),
        context,
        metadata,
        diagnostics,
    };
    scanner.run();
    scanner.settle_tags();
    scanner.settle_tasks();
    scanner.found.marks.sort_by_key(|mark| mark.start);
    scanner.found
}

/// What the pass found.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the text.
    pub marks: Vec<Mark>,
    /// Where the state of a task stands that Markdown does not know.
    pub task_states: Vec<usize>,
}

/// A fenced block that is open.
struct Fence {
    start: usize,
    mark: u8,
    length: usize,
    is_query: bool,
    in_quote: bool,
}

struct Scanner<'a, 'c> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    known_line_end: usize,
    /// Where the paragraph ends that was last looked at.
    paragraph_end: usize,
    /// By length of its mark: the end of a paragraph in which no code span is closed any more.
    unclosed: [usize; LONGEST_MARK],
    /// Whether a comment, or a template, that opens may still have an end.
    open_comments_end: bool,
    open_templates_end: bool,
    fence: Option<Fence>,
    /// Within `$$`.
    formula: bool,
    /// Whether only empty lines, and code, came since the last paragraph.
    is_after_gap: bool,
    in_list: bool,
    first_prose: Option<usize>,
    last_prose: usize,
    tag_lines: Vec<Span>,
    /// States of tasks, and whether each is sure to be one.
    tasks: Vec<usize>,
    has_task: bool,
    found: Found,
    context: &'c Context<'c>,
    metadata: &'c mut Metadata,
    diagnostics: &'c mut Diagnostics,
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        let mut is_line_start = true;
        while self.at < self.bytes.len() {
            if is_line_start {
                is_line_start = false;
                if self.line() {
                    is_line_start = true;
                    continue;
                }
            }
            match self.bytes[self.at..] {
                [b'\n', ..] => {
                    self.at += 1;
                    is_line_start = true;
                }
                [b'\\', next, ..] if next != b'\n' => self.at += 2,
                [b'`', ..] => self.code_span(),
                [b'%', b'%', ..] => self.comment(),
                [b'<', b'%', ..] => self.template(),
                [b'[' | b'(', next, ..] if next.is_ascii_alphabetic() => self.inline_field(),
                [b'^', next, ..] if next.is_ascii_alphanumeric() => self.block_id(),
                _ => self.at += 1,
            }
        }
        if let Some(fence) = self.fence.take() {
            self.end_fence(&fence, self.bytes.len());
        }
    }

    /// Where the line ends; asked for again and again within a line.
    fn line_end(&mut self) -> usize {
        if self.known_line_end < self.at || self.at == 0 {
            self.known_line_end = find_byte(self.bytes, b'\n', self.at).unwrap_or(self.bytes.len());
        }
        self.known_line_end
    }

    /// Looks at the line that starts here. True where the whole line is done with.
    fn line(&mut self) -> bool {
        let (start, end) = (self.at, self.line_end());
        let line = &self.text[start..end];
        let content = line.trim_start_matches(['>', ' ', '\t']);
        let after = (end + 1).min(self.bytes.len());
        let in_quote = line.trim_start().starts_with('>');
        if let Some(fence) = &self.fence {
            if fence.in_quote && !in_quote {
                self.fence = None;
            } else {
                self.at = after;
                let rest = content.trim_start_matches(char::from(fence.mark));
                if content.len() - rest.len() >= fence.length && rest.trim().is_empty() {
                    let fence = self.fence.take();
                    fence.iter().for_each(|fence| self.end_fence(fence, end));
                }
                return true;
            }
        }
        if self.formula || content.starts_with("$$") {
            // A formula may end on the line that it starts on.
            self.formula ^= content.matches("$$").count() % 2 == 1;
            self.note_prose(start);
            self.at = after;
            return true;
        }
        if let Some(fence) = opening_fence(content, start, in_quote) {
            self.note_prose(start);
            self.fence = Some(fence);
            self.at = after;
            return true;
        }
        if content.is_empty() {
            self.is_after_gap = true;
            self.at = after;
            return true;
        }
        if self.is_indented_code(line) {
            self.note_prose(start);
            self.at = after;
            return true;
        }
        self.is_after_gap = false;
        let item = content.trim_start_matches(['-', '*', '+']).trim_start();
        let is_field = field::value_start(item).is_some() && self.field_line(start, end, item);
        if is_field {
            self.at = after;
            return true;
        }
        if tag::all_of(content).is_some() && !in_quote && !content.contains(indexing::TAG) {
            self.tag_lines.push(Span::new(start, end));
            self.at = after;
            return true;
        }
        let is_apart = content.starts_with("# ") || content.starts_with("%%") || content.starts_with("[^");
        if !is_apart {
            self.note_prose(start);
        }
        self.task(end - content.len(), content);
        self.at = end - content.len();
        // Where the content starts, a comment is a block of its own.
        if content.starts_with("%%") {
            self.comment_until(self.bytes.len());
        }
        false
    }

    /// Whether a line is code because it is indented after an empty line, and not part of a list.
    fn is_indented_code(&mut self, line: &str) -> bool {
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        if is_indented {
            return self.is_after_gap && !self.in_list;
        }
        let content = line.trim_start();
        let is_item = content.starts_with(['-', '*', '+']) || after_number(content).is_some();
        self.in_list = is_item || (self.in_list && (line.starts_with(' ') || !self.is_after_gap));
        false
    }

    fn note_prose(&mut self, at: usize) {
        self.first_prose.get_or_insert(at);
        self.last_prose = at;
    }

    fn end_fence(&mut self, fence: &Fence, end: usize) {
        if fence.is_query {
            let span = Span::new(fence.start, end);
            self.remove(span, "removed-query", "a query that only the vault can answer");
        }
    }

    fn leave_out(&mut self, span: Span) {
        let (start, end) = (span.start as usize, span.end as usize);
        self.found.marks.push(Mark { start, end, has_lines: false, act: Act::Nothing });
    }

    /// Removes what stands at `span`, unless the editor forbids it.
    fn remove(&mut self, span: Span, rule: &'static str, reason: &str) -> bool {
        let done = self.context.remove(span, rule, reason, self.diagnostics);
        if done {
            self.leave_out(span);
        }
        done
    }

    fn field_line(&mut self, start: usize, end: usize, item: &str) -> bool {
        let span = Span::new(start, end);
        let Some(field) = Field::read(item, self.metadata) else {
            return self.remove(span, "removed-field", "a field of the vault's database");
        };
        let done = self.context.relocate(span, "moved-field", "a field that says something of the essay");
        if done {
            field.apply(self.metadata);
            self.leave_out(span);
        }
        done
    }

    /// `[key:: value]` keeps its value, as the vault shows it.
    fn inline_field(&mut self) {
        let start = self.at;
        self.at += 1;
        let end = self.line_end();
        let inside = &self.text[start + 1..end];
        let Some(value) = field::value_start(inside) else { return };
        let value_text = inside[value..].trim_start();
        let value = inside.len() - value_text.len();
        let value_bytes = value_text.as_bytes().iter().take(LONGEST_VALUE);
        let (open, close) = if self.bytes[start] == b'[' { (b'[', b']') } else { (b'(', b')') };
        let mut depth = 0;
        let length = value_bytes.copied().position(|byte| {
            depth += i32::from(byte == open) - i32::from(byte == close);
            depth < 0
        });
        let Some(length) = length else { return };
        if inside.starts_with("index::") {
            return self.index(start, start + 1 + value + length + 1, &value_text[..length]);
        }
        let value = start + 1 + value;
        if self.remove(Span::new(start, value), "removed-field", "the name of a field, whose value stays") {
            let span = Span::new(value + length, value + length + 1);
            self.leave_out(span);
        }
        self.at = value;
    }

    fn code_span(&mut self) {
        let start = self.at;
        let mark = self.bytes[start..].iter().take_while(|&&byte| byte == b'`').count();
        self.at += mark;
        let end = self.end_of_paragraph();
        if self.unclosed.get(mark).is_none_or(|unclosed| *unclosed == end) {
            return;
        }
        let mut at = self.at;
        while let Some(found) = find_byte(&self.bytes[..end], b'`', at) {
            let length = self.bytes[found..end].iter().take_while(|&&byte| byte == b'`').count();
            at = found + length;
            if length == mark {
                if is_query(&self.text[start + mark..found]) {
                    let span = Span::new(start, at);
                    self.remove(span, "removed-query", "a query that only the vault can answer");
                }
                self.at = at;
                return;
            }
        }
        if let Some(unclosed) = self.unclosed.get_mut(mark) {
            *unclosed = end;
        }
    }

    /// Where the next empty line is.
    fn end_of_paragraph(&mut self) -> usize {
        if self.paragraph_end <= self.at {
            let mut at = self.at;
            self.paragraph_end = loop {
                let Some(newline) = find_byte(self.bytes, b'\n', at) else { break self.bytes.len() };
                let next = find_byte(self.bytes, b'\n', newline + 1).unwrap_or(self.bytes.len());
                if self.bytes[newline + 1..next].trim_ascii().is_empty() {
                    break newline + 1;
                }
                at = newline + 1;
            };
        }
        self.paragraph_end
    }

    /// A comment within a paragraph ends in it.
    fn comment(&mut self) {
        let end = self.end_of_paragraph();
        if !self.comment_until(end) {
            self.at += 2;
        }
    }

    fn comment_until(&mut self, limit: usize) -> bool {
        let start = self.at;
        if !self.open_comments_end {
            return false;
        }
        let Some(end) = find_pair(&self.bytes[..limit], *b"%%", start + 2) else {
            self.open_comments_end = limit < self.bytes.len();
            return false;
        };
        self.at = end + 2;
        if let Some(entry) = indexing::comment(&self.text[start + 2..end]) {
            self.index(start, end + 2, entry);
            return true;
        }
        let span = Span::new(start, self.at);
        if !self.remove(span, "removed-comment", "a comment of the author's") {
            // The words stay, their marks say nothing to a reader.
            for mark in [start, end] {
                self.leave_out(Span::new(mark, mark + 2));
            }
        }
        true
    }

    /// A mark for the book's index, which leaves no words.
    fn index(&mut self, start: usize, end: usize, entry: &str) {
        let mark = indexing::in_notation(entry);
        let (start, end) = indexing::with_spaces(self.text, start, end);
        self.context.note_markup(Span::new(start, end));
        let act = if mark.path.is_empty() { Act::Nothing } else { Act::Index(mark) };
        self.found.marks.push(Mark { start, end, has_lines: false, act });
        self.at = end;
    }

    fn template(&mut self) {
        let start = self.at;
        self.at += 2;
        if !self.open_templates_end {
            return;
        }
        match find_pair(self.bytes, *b"%>", self.at) {
            Some(end) => {
                let span = Span::new(start, end + 2);
                self.remove(span, "removed-template", "a command to a template program");
                self.at = end + 2;
            }
            None => self.open_templates_end = false,
        }
    }

    /// `^id` at the end of a line makes its block a place to link to.
    fn block_id(&mut self) {
        let start = self.at;
        self.at += 1;
        let is_apart = start == 0 || matches!(self.bytes[start - 1], b' ' | b'\t' | b'\n' | b'>');
        let id = self.bytes[start + 1..].iter();
        let length = id.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let end = start + 1 + length;
        let ends_line = self.bytes[end..]
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_none_or(|byte| *byte == b'\n');
        if is_apart && ends_line {
            let span = Span::new(start, end);
            self.context.note_markup(span);
            let act = Act::Place(self.text[start..end].to_owned());
            self.found.marks.push(Mark { start, end, has_lines: false, act });
            self.at = end;
        }
    }

    /// Remembers the state of `- [/] task`.
    fn task(&mut self, start: usize, content: &str) {
        let rest = content.trim_start_matches(['-', '*', '+']);
        let marker = content.len() - rest.len();
        let rest = if marker == 0 { after_number(content).unwrap_or_default() } else { rest };
        let is_item = marker <= 1 && rest.starts_with([' ', '\t']);
        let box_text = rest.trim_start();
        if let (true, [b'[', state, b']', b' ', ..]) = (is_item, box_text.as_bytes()) {
            match state {
                b' ' | b'x' | b'X' => self.has_task = true,
                b'0'..=b'9' => {}
                _ if state.is_ascii() => self.tasks.push(start + content.len() - box_text.len() + 1),
                _ => {}
            }
        }
    }

    /// States of a letter are sure to be some only where there are other tasks.
    fn settle_tasks(&mut self) {
        let is_sure = self.has_task;
        let (text, context) = (self.text, self.context);
        let state = |at: usize| text.as_bytes().get(at).copied().unwrap_or_default();
        self.tasks.retain(|&at| is_sure || !state(at).is_ascii_alphabetic());
        let Some(&first) = self.tasks.first() else { return };
        self.tasks.iter().for_each(|&at| context.note_markup(Span::new(at, at + 1)));
        let message = match self.tasks.len() {
            1 => "a task of another state than open or done is shown as open".to_owned(),
            many => format!("{many} tasks of other states than open or done are shown as open"),
        };
        let place = self.context.manuscript.place(Span::new(first, first + 1));
        self.diagnostics.push(Diagnostic::note("task-state", message).at(place));
        self.found.task_states = std::mem::take(&mut self.tasks);
    }

    /// Lines of tags before and after the prose say what the essay is about.
    fn settle_tags(&mut self) {
        for span in std::mem::take(&mut self.tag_lines) {
            let start = span.start as usize;
            let is_outside = self.first_prose.is_none_or(|first| start < first) || start > self.last_prose;
            let tags = tag::all_of(self.context.source(span).trim()).unwrap_or_default();
            if is_outside && self.context.relocate(span, "moved-tags", "tags, which are the essay's keywords")
            {
                if self.context.is_worth_telling("moved-tags") {
                    let place = self.context.manuscript.place(span);
                    let message = format!("the tags {} became keywords", tags.join(", "));
                    self.diagnostics.push(Diagnostic::note("moved-tags", message).at(place));
                }
                field::add_names(&mut self.metadata.keywords, tags.into_iter().map(str::to_owned));
                self.leave_out(span);
            }
        }
    }
}

/// What follows `1.` or `1)`.
fn after_number(content: &str) -> Option<&str> {
    let rest = content.trim_start_matches(|next: char| next.is_ascii_digit());
    (rest.len() < content.len()).then(|| rest.strip_prefix(['.', ')'])).flatten()
}

fn opening_fence(content: &str, start: usize, in_quote: bool) -> Option<Fence> {
    let mark = *content.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let info = content.trim_start_matches(char::from(mark));
    let length = content.len() - info.len();
    let word = info.trim_start().split([' ', '\t', '{']).next().unwrap_or_default();
    let is_query = QUERIES.iter().any(|query| query.eq_ignore_ascii_case(word));
    let is_fence = length >= 3 && !(mark == b'`' && info.contains('`'));
    is_fence.then_some(Fence { start, mark, length, is_query, in_quote })
}

/// Whether a code span is a query: `= this.rating`, `$= dv.current()`.
fn is_query(code: &str) -> bool {
    let Some(expression) = code.trim().strip_prefix("$=").or_else(|| code.trim().strip_prefix('=')) else {
        return false;
    };
    ["this.", "[[", "dv.", "date(", "link(", "dateformat("]
        .iter()
        .any(|start| expression.trim_start().starts_with(start))
}

fn find_byte(bytes: &[u8], byte: u8, from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.iter().position(|&other| other == byte)?;
    Some(from + found)
}

fn find_pair(bytes: &[u8], pair: [u8; 2], from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.windows(2).position(|two| two == pair)?;
    Some(from + found)
}
